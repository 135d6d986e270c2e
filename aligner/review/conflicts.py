"""When two decisions of one layer contradict each other unseen.

Only what a layer holds once can be contested: its alignment and its reading text. Annotations, scores and comments
are each reviewer's own and stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable

from aligner.review.decisions import Decision, Kind
from aligner.review.spans import payload_spans

CONTESTABLE = frozenset({Kind.REPLACE, Kind.EMENDATION})
"""Kinds of which a layer can hold one word only at each place."""


def contesting(new: Decision, unseen: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those of `unseen` that `new` contradicts: standing decisions that its author had not seen.

    They are of the same letter, rendering and layer, and touch a character of either text that `new` touches.
    """
    if new.kind not in CONTESTABLE:
        return ()
    here = touched(new)
    return tuple(
        each
        for each in unseen
        if each.kind is new.kind
        and (each.letter, each.rendering, each.layer) == (new.letter, new.rendering, new.layer)
        and any(
            side == other and start < end_ and start_ < end
            for side, start, end in here
            for other, start_, end_ in touched(each)
        )
    )


def touched(decision: Decision) -> frozenset[tuple[str, int, int]]:
    """`(side, start, end)` of every place that a contestable decision changes, side `source` or `target`."""
    spans = ((side, span["start"], span["end"]) for side, span, _ in payload_spans(decision.payload) if side)
    # A faulty line of a log must not make the rest unreadable.
    return frozenset(each for each in spans if type(each[1]) is type(each[2]) is int)
