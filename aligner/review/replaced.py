"""Which corrections of an alignment nothing is left of, for a later one said something else of their place."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.review.edits import Edit
from aligner.review.parts import Part


def replaced(edits: Sequence[tuple[str, Edit]], now: Part) -> dict[str, str]:
    """Id of a correction that lost its place -> id of the first later one that touched it.

    `edits` are all that were applied, by the ids of their decisions and in their order, with their spans in today's
    texts; `now` is what they made. One of which anything is left is not among them.
    """
    left = _pieces(now)
    places = [_places(edit.before) | _places(edit.after) for _, edit in edits]
    found: dict[str, str] = {}
    for number, (name, edit) in enumerate(edits):
        before, after = _pieces(edit.before), _pieces(edit.after)
        made, removed = after - before, before - after
        gone = not made & left if made else removed <= left
        if gone:
            later = (n for n in range(number + 1, len(edits)) if _meet(places[number], places[n]))
            if (by := next(later, None)) is not None:
                found[name] = edits[by][0]
    return found


def _pieces(part: Part) -> frozenset[object]:
    return frozenset((*part.beads, *part.gaps, *part.residue))


def _places(part: Part) -> frozenset[tuple[str, int, int]]:
    source = {("source", each.start, each.end) for each in part.source}
    target = {("target", each.start, each.end) for each in part.target}
    return frozenset(source | target | {("target", each.start, each.end) for each in part.residue})


def _meet(here: frozenset[tuple[str, int, int]], there: frozenset[tuple[str, int, int]]) -> bool:
    return any(a == b and start < end_ and start_ < end for a, start, end in here for b, start_, end_ in there)
