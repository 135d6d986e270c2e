"""When two decisions of one layer contradict each other unseen.

Only what a layer holds once can be contested: its alignment and its reading text. Annotations, scores and comments
are each reviewer's own and stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aligner.review.decisions import Decision, Kind

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
    if decision.kind is Kind.EMENDATION:
        return frozenset(_spans("source", decision.payload.get("emendation")))
    found: set[tuple[str, int, int]] = set()
    for part in (decision.payload.get("before"), decision.payload.get("after")):
        if not isinstance(part, dict):
            continue
        for link in _list(part.get("links")):
            for side in ("source", "target"):
                found.update(_spans(side, *_list(link.get(side))))
        for absence in _list(part.get("absences")):
            found.update(_spans("source", absence.get("source")))
        found.update(_spans("target", *_list(part.get("residue"))))
    return frozenset(found)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _spans(side: str, *values: Any) -> list[tuple[str, int, int]]:
    return [(side, each["start"], each["end"]) for each in values if isinstance(each, dict)]
