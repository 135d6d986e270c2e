"""A text cut into runs by the spans that lie over it, so that overlapping spans can be drawn side by side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document that belongs to the finding of that number; `place` is one of its other places."""

    start: int
    end: int
    finding: int
    place: bool = False


class Laid:
    """Stretches by where they lie: those over a part of a document are found without a look at all of them."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._all = sorted(stretches, key=lambda each: each.start)
        self._reached = list(accumulate((each.end for each in self._all), max))

    def over(self, start: int, end: int) -> list[Stretch]:
        """Those that share characters with `[start, end)`, by their start."""
        first = bisect_right(self._reached, start)
        last = bisect_left(self._all, end, key=lambda each: each.start)
        return [each for each in self._all[first:last] if start < each.end]


def runs(start: int, end: int, stretches: Iterable[Stretch]) -> list[dict[str, Any]]:
    """The parts of `[start, end)` under at least one stretch, in order, none overlapping another.

    Offsets are code points of the document; `start` and `end` of a run are counted from the given
    `start`. `on` are the findings that the run belongs to, `off` those that end with it inside the
    text (or are cut by its end), `places` those that have one of their other places there.

    >>> runs(10, 20, [Stretch(8, 14, 0), Stretch(12, 99, 1)])[1]
    {'start': 2, 'end': 4, 'on': [0, 1], 'off': [0]}
    """
    inside = [s for s in stretches if s.start < end and start < s.end]
    edges = sorted({edge for s in inside for edge in (max(s.start, start), min(s.end, end))})
    found = []
    for first, last in pairwise(edges):
        over = [s for s in inside if s.start < last and first < s.end]
        on = _numbers(s for s in over if not s.place)
        places = _numbers(s for s in over if s.place)
        if not over:
            continue
        run: dict[str, Any] = {"start": first - start, "end": last - start, "on": on}
        run["off"] = _numbers(s for s in over if not s.place and min(s.end, end) == last)
        if places:
            run["places"] = places
        found.append(run)
    return found


def _numbers(stretches: Iterable[Stretch]) -> list[int]:
    return sorted({each.finding for each in stretches})
