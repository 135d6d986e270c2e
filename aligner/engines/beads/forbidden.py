"""The beads that are left when pairs of sentences may not be linked."""

from __future__ import annotations

import itertools

import numpy as np

from aligner.engines.beads.rough import Cells
from aligner.engines.beads.types import TYPES


def without(cells: Cells, forbidden: frozenset[tuple[int, int]], sources: int, targets: int) -> Cells:
    """The beads that hold no `forbidden` pair, and enough null beads that a path through the texts is left.

    Null beads are added from every state that the beads touch to the states around it: first those of the
    source, then those of the target, so that whatever was cut can be gone around.
    """
    kept = {
        (i, j, kind)
        for i, j, kind in zip(cells.source.tolist(), cells.target.tolist(), cells.kind.tolist(), strict=True)
        if not any(pair in forbidden for pair in itertools.product(*_numbers(i, j, kind)))
    }
    dropped, inserted = TYPES.index((1, 0)), TYPES.index((0, 1))
    for i, j, kind in zip(cells.source.tolist(), cells.target.tolist(), cells.kind.tolist(), strict=True):
        a, b = TYPES[kind]
        kept |= {(i + step, j, dropped) for step in range(a) if i + step < sources}
        kept |= {(i + a, j + step, inserted) for step in range(b) if j + step < targets}
    return Cells(*np.array(sorted(kept), dtype=np.int64).reshape(-1, 3).T)


def _numbers(i: int, j: int, kind: int) -> tuple[range, range]:
    a, b = TYPES[kind]
    return range(i, i + a), range(j, j + b)
