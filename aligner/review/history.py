"""Which decisions of a log hold, after undoing, redoing, retracting and re-attaching."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from aligner.errors import AlignerError
from aligner.model import Quoted
from aligner.review.decisions import REFERRING, Decision, Kind
from aligner.review.parts import quoted_json, quoted_of
from aligner.review.spans import changed_spans


def standing(log: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold, in the order of the log.

    An id counts once, the first time. Undo, redo and retract reach only their own reviewer's decisions in the same
    layer; those that name another's, or none known, change nothing. What is retracted cannot be redone. Anybody may
    re-attach: the decision keeps its author and words and gets new spans and hashes (`reattached`).
    """
    known: dict[str, Decision] = {}
    undone: set[str] = set()
    retracted: set[str] = set()
    for each in log:
        if each.id in known:
            continue
        known[each.id] = each
        if each.kind not in REFERRING:
            continue
        named = known.get(each.payload["decision"])
        if named is None or named.kind in REFERRING or named.layer != each.layer:
            continue
        if each.kind is Kind.REATTACH:
            # A faulty line of a log must not make the rest unreadable.
            with suppress(AlignerError):
                known[named.id] = reattached(named, each)
        elif named.reviewer != each.reviewer:
            continue
        elif each.kind is Kind.UNDO:
            undone.add(named.id)
        elif each.kind is Kind.REDO:
            undone.discard(named.id)
        else:
            retracted.add(named.id)
    gone = undone | retracted
    return tuple(each for each in known.values() if each.kind not in REFERRING and each.id not in gone)


def undoable(log: Iterable[Decision], reviewer: str, layer: str) -> tuple[Decision, ...]:
    """The reviewer's standing decisions in a layer, the last one last: what undo takes back next."""
    return tuple(each for each in standing(log) if (each.reviewer, each.layer) == (reviewer, layer))


def redoable(log: Iterable[Decision], reviewer: str, layer: str) -> tuple[Decision, ...]:
    """What the reviewer undid since the last new decision, in the order of undoing: redo takes the last one.

    A new decision ends what can be redone, as in any editor.
    """
    undone: list[Decision] = []
    known: dict[str, Decision] = {}
    for each in log:
        if each.id in known or (each.reviewer, each.layer) != (reviewer, layer):
            continue
        known[each.id] = each
        named = known.get(str(each.payload.get("decision", "")))
        if each.kind is Kind.UNDO and named and named not in undone:
            undone.append(named)
        elif each.kind in (Kind.REDO, Kind.RETRACT) and named in undone:
            undone.remove(named)
        elif each.kind not in REFERRING:
            undone.clear()
    return tuple(undone)


def reattached(decision: Decision, to: Decision) -> Decision:
    """`decision` with the spans that `to` (kind reattach) gives it, in the texts that `to` names.

    `to.payload["spans"]` is a list of `{"side", "from", "to"}`; a span that it does not name stays.
    Raises AlignerError when it is something else.
    """
    moves = {(side, old.start, old.end): quoted_json(new) for side, old, new in check_spans(to)}

    def moved(side: str | None, span: dict[str, Any]) -> dict[str, Any]:
        place = (side or "target", span["start"], span["end"])
        return next((span | new for old, new in moves.items() if old == place), span)

    payload = changed_spans(decision.payload, moved)
    return replace(decision, payload=payload, source_sha256=to.source_sha256, target_sha256=to.target_sha256)


def check_spans(to: Decision) -> tuple[tuple[str, Quoted, Quoted], ...]:
    """`(side, from, to)` of every span that a re-attachment names. Raises AlignerError when they are none."""
    try:
        return tuple((str(e["side"]), quoted_of(e["from"]), quoted_of(e["to"])) for e in to.payload.get("spans", ()))
    except (KeyError, TypeError, AttributeError) as fault:
        raise AlignerError(
            f"the spans of decision {to.id} are none ({fault!r})", hint="give side, from and to"
        ) from fault
