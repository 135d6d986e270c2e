"""Stretches of a text by their offsets, asked many times which of them lie over another one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Stretches:
    """`(start, end)` of code points, end exclusive; they may overlap each other.

    A long letter has thousands of segments, and each is compared with those of the rest: looking at every one every
    time took most of a second.

    >>> Stretches([(4, 9), (0, 2), (1, 5)]).over(2, 5)
    [(1, 5), (4, 9)]
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        numbered = sorted((start, end, number) for number, (start, end) in enumerate(spans))
        self._spans = [(start, end) for start, end, _ in numbered]
        self._numbers = [number for _, _, number in numbered]
        self._starts = [start for start, _, _ in numbered]
        # The furthest end until here rises, so that whatever ends too early in front is passed over at once.
        self._furthest = list(accumulate((end for _, end, _ in numbered), max))

    def over(self, start: int, end: int) -> list[tuple[int, int]]:
        """Those that share a character with `[start, end)`, in the text's order."""
        first, last = self._range(start, end)
        return [span for span in self._spans[first:last] if span[1] > start]

    def numbers(self, start: int, end: int) -> list[int]:
        """The same by their numbers among those that were given."""
        first, last = self._range(start, end)
        return [self._numbers[i] for i in range(first, last) if self._spans[i][1] > start]

    def _range(self, start: int, end: int) -> tuple[int, int]:
        return bisect_right(self._furthest, start), bisect_left(self._starts, end)
