"""Which decisions of a log hold, after undoing, redoing and retracting."""

from __future__ import annotations

from collections.abc import Iterable

from aligner.review.decisions import REFERRING, Decision, Kind


def standing(log: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold, in the order of the log.

    An id counts once, the first time. Undo, redo and retract reach only their own reviewer's decisions in the same
    layer; those that name another's, or none known, change nothing. What is retracted cannot be redone.
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
        if named is None or named.kind in REFERRING or (named.reviewer, named.layer) != (each.reviewer, each.layer):
            continue
        if each.kind is Kind.UNDO:
            undone.add(named.id)
        elif each.kind is Kind.REDO:
            undone.discard(named.id)
        else:
            retracted.add(named.id)
    gone = undone | retracted
    return tuple(each for each in known.values() if each.kind not in REFERRING and each.id not in gone)
