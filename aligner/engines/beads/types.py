"""Bead types and the band of the two texts in which beads are looked for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

MOST = 6  # sentences on one side of a bead
OTHER = 4  # on the other side of such a bead
TYPES: tuple[tuple[int, int], ...] = (
    (1, 0),
    (0, 1),
    *((a, b) for a in range(1, MOST + 1) for b in range(1, MOST + 1) if min(a, b) <= OTHER and max(a, b) <= MOST),
)
NULLS = 2  # the first two types have an empty side
