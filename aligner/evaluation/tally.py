"""Counts that become precision, recall and F1, and can be added up over files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """`right` of `tested` test items are right; `found` of `wanted` gold items are found.

    The two pairs are counted apart because beads are judged differently for precision and recall.
    `if_none` is what a share of nothing is worth: 0 in vecalign's scorer, 1 where finding nothing
    that is not there is a success.
    """

    right: int = 0
    tested: int = 0
    found: int = 0
    wanted: int = 0
    if_none: float = 0.0

    @property
    def precision(self) -> float:
        """Share of the test items that are right."""
        return self.right / self.tested if self.tested else self.if_none

    @property
    def recall(self) -> float:
        """Share of the gold items that are found."""
        return self.found / self.wanted if self.wanted else self.if_none

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.tested + other.tested,
            self.found + other.found,
            self.wanted + other.wanted,
            self.if_none,
        )


def of_sets(test: set[object], gold: set[object], if_none: float = 0.0) -> Tally:
    """The tally of two sets whose members are right when they stand in both.

    >>> of_sets({1, 2, 3, 4}, {3, 4, 5}).f1
    0.5714285714285714
    """
    both = len(test & gold)
    return Tally(both, len(test), both, len(gold), if_none)
