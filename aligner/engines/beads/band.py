"""Where in the second text to look for each sentence of the first: a band around a coarse path.

Coarse to fine: blocks of sentences are compared first, then single sentences near the path of the
blocks, so that time and memory grow with the length of the texts and not with its square.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.encoders import Vectors

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WHOLE = 1200  # sentences on the longer side up to which the coarse path looks everywhere
POOL = 8  # sentences in a block of the coarsest comparison
HALF = 30  # sentences of the second text on either side of the path
GAP = -0.05  # what the coarse path pays for a sentence without partner, less than a poor pair


@dataclass(frozen=True)
class Band:
    """Row `i` (before sentence `i` of the first text) holds the places `low[i] .. low[i] + width - 1`."""

    low: Integers
    width: int
    sources: int
    targets: int


def band_of(source: Vectors, target: Vectors, half: int = HALF) -> Band:
    """The band for two texts of `(n, d)` and `(m, d)` unit vectors; always holds both corners.

    Neighbouring rows always share a place: the band is wider where the second text has much more
    than the first.
    """
    n, m = len(source), len(target)
    if n == 0 or m <= 2 * half:
        return Band(np.zeros(n + 1, dtype=np.int64), m + 1, n, m)
    return Band(*_around(_path(source, target), half, m), n, m)


def near_path(source: Vectors, target: Vectors, half: int = HALF) -> Integers:
    """The numbers of the target sentences nearer than `half` to the coarse path, in order.

    The others are so many between two source sentences (a long insertion, an excerpt's surroundings)
    that a band around them all would grow with the square of the texts.
    """
    n, m = len(source), len(target)
    if n == 0 or m <= 2 * half:
        return np.arange(m)
    steps = np.zeros(m + 1, dtype=np.int64)
    places = np.concatenate([_path(source, target), [m]])
    np.add.at(steps, np.clip(places - half, 0, m), 1)
    np.add.at(steps, np.clip(places + half, 0, m), -1)
    return np.flatnonzero(np.cumsum(steps[:-1]) > 0)


def _around(centre: Integers, half: int, m: int) -> tuple[Integers, int]:
    """First place of every row and the width of all rows around a path, from corner to corner."""
    path = centre.copy()
    path[0], path[-1] = 0, m
    leap = int(np.diff(path).max())
    width = min(m + 1, 2 * half + 1 + (leap if leap > half else 0))
    low = np.clip(path - half, 0, m + 1 - width)
    return np.maximum.accumulate(low), width


def _path(source: Vectors, target: Vectors) -> Integers:
    """The place in the target that goes with each source place, shape `(n + 1,)`, never falling."""
    n, m = len(source), len(target)
    if max(n, m) <= WHOLE:
        return _coarse(source, target, np.zeros(n + 1, dtype=np.int64), m + 1)
    blocks = _path(_pooled(source), _pooled(target))
    rows = np.arange(n + 1)
    onward = np.append(blocks[1:], blocks[-1])
    # Side by side inside a block, so that an insertion is one leap and not a slope that no text has.
    rough = np.minimum(blocks[rows // POOL] * POOL + rows % POOL, onward[rows // POOL] * POOL)
    low, width = _around(np.minimum(rough, m), 6 * POOL, m)
    return _coarse(source, target, low, width)


def _pooled(vectors: Vectors) -> Vectors:
    count = -(-len(vectors) // POOL)
    padded = np.zeros((count * POOL, vectors.shape[1]), dtype=np.float32)
    padded[: len(vectors)] = vectors
    pooled = padded.reshape(count, POOL, -1).sum(axis=1)
    norms = np.linalg.norm(pooled, axis=1, keepdims=True)
    unit: Vectors = pooled / np.where(norms == 0, 1, norms)
    return unit


def _coarse(source: Vectors, target: Vectors, low: Integers, width: int) -> Integers:
    """Best path of one-to-one steps and gaps through the band, as the target place of every row."""
    n, m = len(source), len(target)
    best = np.full((n + 1, width), -np.inf)
    step = np.zeros((n + 1, width), dtype=np.int8)  # 0 from above, 1 diagonal, 2 from the left
    slide = np.arange(width) * GAP
    for i in range(n + 1):
        if i == 0:
            row = np.where(low[0] + np.arange(width) == 0, 0.0, -np.inf)
        else:
            shift = int(low[i] - low[i - 1])
            above = _shifted(best[i - 1], shift)
            diagonal = _shifted(best[i - 1], shift - 1)
            places = low[i] + np.arange(width) - 1
            near = np.full(width, -np.inf)
            inside = (places >= 0) & (places < m)
            near[inside] = target[places[inside]] @ source[i - 1] - 0.3
            row = np.maximum(above + GAP, diagonal + near)
            step[i] = diagonal + near >= above + GAP
        scanned = np.maximum.accumulate(row - slide) + slide
        step[i][scanned > row] = 2
        best[i] = scanned
    place = np.zeros(n + 1, dtype=np.int64)
    i, k = n, int(min(m - low[n], width - 1))
    while True:
        while step[i, k] == 2 and k > 0:
            k -= 1
        place[i] = low[i] + k
        if i == 0:
            break
        k += int(low[i] - low[i - 1]) - int(step[i, k] == 1)
        k = min(max(k, 0), width - 1)
        i -= 1
    return np.maximum.accumulate(place)


def _shifted(row: Floats, by: int) -> Floats:
    out = np.full_like(row, -np.inf)
    if by >= 0:
        out[: len(row) - by] = row[by:] if by else row
    else:
        out[-by:] = row[:by]
    return out
