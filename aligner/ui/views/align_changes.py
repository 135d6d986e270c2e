"""What changed of the Align page since it was sent whole: a long letter is two megabytes, a correction a few boxes.

Changes are always those since the whole, not since the last answer: an answer that the browser never saw, of which a
burst has several, is then no loss. A page that does not hold that whole asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]

MOST = 400
"""Boxes and gaps that changed; from there on the whole is sent again, and changes are counted from it."""


def changed(whole: Mapping[str, Any], view: Mapping[str, Any]) -> Json | None:
    """`view` with nothing of the letter but its id, and of the lanes what differs from `whole`; None for too much.

    A lane has the `items` and `gaps` that are new or other, and by their starts those that are `gone` and `closed`.
    """
    if whole["letter"] != view["letter"] or len(whole["lanes"]) != len(view["lanes"]):
        return None
    lanes, size = [], 0
    for before, after in zip(whole["lanes"], view["lanes"], strict=True):
        if before is after:
            continue
        if _head(before) != _head(after):
            return None
        items, gone = _differ(before["items"], after["items"])
        gaps, closed = _differ(before["gaps"], after["gaps"])
        size += len(items) + len(gone) + len(gaps) + len(closed)
        found = {"items": items, "gone": gone, "gaps": gaps, "closed": closed}
        lanes.append({"id": after["id"], "revision": after["revision"], **found})
    return None if size > MOST else {**view, "letter": {"id": view["letter"]["id"]}, "lanes": lanes}


def _head(lane: Mapping[str, Any]) -> Json:
    return {key: value for key, value in lane.items() if key not in ("items", "gaps", "revision")}


def _differ(before: Sequence[Json], after: Sequence[Json]) -> tuple[list[Json], list[int]]:
    """What is new or other, and the starts of what is gone; each has its start for itself."""
    old = {each["start"]: each for each in before}
    new = {each["start"] for each in after}
    return [each for each in after if old.get(each["start"]) != each], [start for start in old if start not in new]
