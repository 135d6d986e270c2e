"""Sums and best paths over the beads that are left: a graph of states and the beads between them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from aligner.engines.beads.rough import Cells

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
NEVER = -1e30
NEGLIGIBLE = -40.0


@dataclass(frozen=True)
class Graph:
    """`cells` in order of their beginnings; a state is a pair of places `(i, j)` at which a bead begins or ends."""

    cells: Cells
    sources: int
    targets: int

    @cached_property
    def _states(self) -> tuple[Integers, Integers, int]:
        """For each bead the number of its first and of its last state; and how many states there are."""
        wide, high = self.cells.widths
        row = self.targets + 1
        begin = self.cells.source * row + self.cells.target
        end = (self.cells.source + wide) * row + self.cells.target + high
        every = np.unique(np.concatenate([[0], begin, end, [self.sources * row + self.targets]]))
        return np.searchsorted(every, begin), np.searchsorted(every, end), len(every)

    def posteriors(self, scores: Floats) -> tuple[Floats, float]:
        """The probability of each bead, and the log of the sum over all paths."""
        first, last, count = self._states
        begins, ends, values = first.tolist(), last.tolist(), scores.tolist()
        ahead = _sums(begins, ends, values, count, 0)
        behind = _sums(ends[::-1], begins[::-1], values[::-1], count, count - 1)
        total = float(ahead[-1])
        return np.exp(np.clip(ahead[first] + scores + behind[last] - total, -700.0, 0.0)), total

    def best_path(self, gains: Floats) -> list[int]:
        """The beads of the path with the greatest sum of gains, in order."""
        first, last, count = self._states
        best, back = [NEVER] * count, [-1] * count
        best[0] = 0.0
        for bead, (begin, end, gain) in enumerate(zip(first.tolist(), last.tolist(), gains.tolist(), strict=True)):
            value = best[begin] + gain
            if value > best[end]:
                best[end], back[end] = value, bead
        path, state = [], count - 1
        while state:
            path.append(back[state])
            state = int(first[path[-1]])
        return path[::-1]


def _sums(begins: Iterable[int], ends: Iterable[int], values: Iterable[float], count: int, start: int) -> Floats:
    """Log of the sum over all paths from `start` to each state; beads in the order in which paths meet them."""
    out = [NEVER] * count
    out[start] = 0.0
    exp, log1p = math.exp, math.log1p
    for begin, end, value in zip(begins, ends, values, strict=True):
        less, more = out[begin] + value, out[end]
        if less > more:
            less, more = more, less
        out[end] = more + log1p(exp(less - more)) if less - more > NEGLIGIBLE else more
    return np.array(out)
