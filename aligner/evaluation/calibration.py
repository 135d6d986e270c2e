"""Whether confidences mean what they say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

BINS = 10
_EDGES = tuple(k / BINS for k in range(1, BINS))


@dataclass(frozen=True, slots=True)
class Bin:
    """Beads whose confidence falls into one bin: how many, the sum of confidences, how many are right."""

    count: int = 0
    confidence_sum: float = 0.0
    right: int = 0

    @property
    def confidence(self) -> float:
        """Mean confidence; 0 of an empty bin."""
        return self.confidence_sum / self.count if self.count else 0.0

    @property
    def accuracy(self) -> float:
        """Share of right ones; 0 of an empty bin."""
        return self.right / self.count if self.count else 0.0


@dataclass(frozen=True)
class Calibration:
    """Ten bins of equal width: [0, 0.1), [0.1, 0.2), ... [0.9, 1]."""

    bins: tuple[Bin, ...] = (Bin(),) * BINS

    @property
    def count(self) -> int:
        """How many confidences were judged."""
        return sum(each.count for each in self.bins)

    @property
    def error(self) -> float | None:
        """Expected calibration error: the bins' |accuracy - mean confidence|, weighted by their counts.

        None where there is no confidence to judge. (Naeini, Cooper and Hauskrecht, 2015.)
        """
        if not self.count:
            return None
        return sum(each.count * abs(each.accuracy - each.confidence) for each in self.bins) / self.count

    def __add__(self, other: Calibration) -> Calibration:
        return Calibration(
            tuple(
                Bin(a.count + b.count, a.confidence_sum + b.confidence_sum, a.right + b.right)
                for a, b in zip(self.bins, other.bins, strict=True)
            )
        )


def calibration(judged: Iterable[tuple[float, bool]]) -> Calibration:
    """The bins of (confidence between 0 and 1, whether it was right)."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        held[bisect_right(_EDGES, confidence)].append((confidence, right))
    return Calibration(tuple(Bin(len(each), sum(c for c, _ in each), sum(r for _, r in each)) for each in held))
