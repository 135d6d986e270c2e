"""Who is to work on what, read off the decisions of kind `assignment`.

Their payload is `{"reviewer": NAME}`, or `{"reviewer": NAME, "assigned": false}` to take it back
(`review.said.Assignment`); letter, rendering and layer are the decision's own.
"""

from __future__ import annotations

from collections.abc import Iterable

from aligner.review.decisions import Kind
from aligner.review.history import standing
from aligner.store.values import Assignment, Stored


def assigned(log: Iterable[Stored]) -> tuple[Assignment, ...]:
    """The assignments that hold, in the order in which they were made; what names nobody is passed over."""
    held: dict[tuple[str, str, str, str], Assignment] = {}
    for each in standing(entry.decision for entry in log):
        name = each.payload.get("reviewer")
        if each.kind is not Kind.ASSIGNMENT or not isinstance(name, str) or not name:
            continue
        key = (each.letter, each.rendering, each.layer, name)
        held.pop(key, None)
        if each.payload.get("assigned", True):
            held[key] = Assignment(name, each.letter, each.rendering, each.layer, each.reviewer, each.id)
    return tuple(held.values())
