"""How the pieces of sentences find each other: what a bead cuts apart although it belongs together.

Every piece of one side spreads its weight over the pieces of the other that could render it, the
nearest taking most, and keeps some where none is near. A bead is as good as the weight that stays
inside it; weight that leaves it shows content that crosses a sentence boundary.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engines.beads.rough import Cells
from aligner.engines.beads.text import Text
from aligner.engines.beads.types import MOST

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

SHARP = 12.0  # how much nearer the nearest piece counts
NO_PIECE = 0.45  # the cosine as near as nothing
SLACK = 3  # sentences on either side of the beads that a sentence may stand in


@dataclass(frozen=True)
class Spread:
    """Weight between sentences near each other, `(n, width + 1)`, summed along the target.

    `kept[s, k]`: from (or to, or both ways) source sentence `s` with target sentences `low[s] .. low[s] + k`.
    """

    low: Integers
    kept: Floats

    def inside(self, cells: Cells) -> Floats:
        """The weight inside each bead, `(beads,)`."""
        wide, high = cells.widths
        count, width = self.kept.shape
        out = np.zeros(len(cells.kind))
        for step in range(MOST):
            row = np.minimum(cells.source + step, count - 1)
            first = np.clip(cells.target - self.low[row], 0, width - 1)
            last = np.clip(cells.target + high - self.low[row], 0, width - 1)
            out += np.where(step < wide, self.kept[row, last] - self.kept[row, first], 0)
        return out


@dataclass(frozen=True)
class Affinity:
    """`source`, `target`: the weight that pieces of that side send to the other; `both`: their geometric mean.

    `source_sent`, `target_sent`: what the pieces of each sentence send in all, `(n,)` and `(m,)`.
    """

    source: Spread
    target: Spread
    both: Spread
    source_sent: Floats
    target_sent: Floats


def affinity(source: Text, target: Text, cells: Cells) -> Affinity:
    """Spread the pieces of both sides over the sentences that stand in one of `cells` with theirs, or near."""
    n, m = len(source.sentences), len(target.sentences)
    low, high = _reach(cells, n, m)
    ours, theirs = (np.searchsorted(side.owner, np.arange(k + 1)) for side, k in ((source, n), (target, m)))
    blocks: list[Floats] = []
    received = np.zeros(len(target.pieces))
    for s in range(n):
        there = slice(int(theirs[low[s]]), int(theirs[high[s]]))
        near = source.pieces[ours[s] : ours[s + 1]] @ target.pieces[there].T
        block = np.exp(SHARP * (near.astype(np.float64) - NO_PIECE))
        blocks.append(block)
        received[there] += block.sum(axis=0)
    width = int((high - low).max(initial=0))
    kept = np.zeros((3, n, width + 1))
    for s, block in enumerate(blocks):
        there = slice(int(theirs[low[s]]), int(theirs[high[s]]))
        weight, other = source.weight[ours[s] : ours[s + 1], None], target.weight[None, there]
        sent = block / (1 + block.sum(axis=1, keepdims=True)) * weight
        back = block / (1 + received[None, there]) * other
        edges = theirs[low[s] : high[s] + 1] - there.start
        for part, values in enumerate((sent, back, np.sqrt(sent * back))):
            along = np.concatenate([[0.0], np.cumsum(values.sum(axis=0))])[edges]
            kept[part, s, : len(along)] = along
            kept[part, s, len(along) :] = along[-1]
    target_sent = _columns(kept[1], low, high, m)
    spreads = [Spread(low, part) for part in kept]
    return Affinity(spreads[0], spreads[1], spreads[2], kept[0][:, -1].copy(), target_sent)


def _reach(cells: Cells, n: int, m: int) -> tuple[Integers, Integers]:
    """The target sentences `[low, high)` that each source sentence is compared with."""
    wide, high_ = cells.widths
    linked = high_ > 0
    low, high = np.full(n, m, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for step in range(MOST):
        use = linked & (step < wide)
        np.minimum.at(low, cells.source[use] + step, cells.target[use])
        np.maximum.at(high, cells.source[use] + step, (cells.target + high_)[use])
    low = np.maximum(low - SLACK, 0)
    high = np.minimum(high + SLACK, m)
    return np.minimum(low, high), high


def _columns(kept: Floats, low: Integers, high: Integers, m: int) -> Floats:
    """The sums of a spread by target sentence, `(m,)`."""
    out = np.zeros(m)
    for s in range(len(kept)):
        size = int(high[s] - low[s])
        out[low[s] : high[s]] += np.diff(kept[s, : size + 1])
    return out
