"""Which beads could be right at all: every bead of the band, judged by a few cheap measures.

What is left, some ten beads a sentence, is worth measuring closely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engines.beads.band import Band
from aligner.engines.beads.lattice import closed, likely
from aligner.engines.beads.text import HAN, HAN_WORTH, Text, sizes
from aligner.engines.beads.types import MOST, NULLS, TYPES

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

MEASURES = ("cosine", "length", "null_length")
NAMES = (*MEASURES, *(f"type_{a}_{b}" for a, b in TYPES))
LIKELY = 1e-4  # a bead less likely than this is left out; on MAC-Dev all of the gold's are kept
BLOCK = 48  # rows whose windows are compared in one product
ROWS = 480  # of the band at a time, so that memory does not grow with the length of the text
AT_ODDS = 2.0


@dataclass(frozen=True)
class Cells:
    """Beads: `[source, source + TYPES[kind][0])` with `[target, target + TYPES[kind][1])`, by source, target, kind."""

    source: Integers
    target: Integers
    kind: Integers

    @property
    def widths(self) -> tuple[Integers, Integers]:
        """How many source, and how many target sentences each has."""
        types = np.array(TYPES, dtype=np.int64)
        return types[self.kind, 0], types[self.kind, 1]


def likely_beads(source: Text, target: Text, band: Band, weights: Floats, least: float = LIKELY) -> Cells:
    """The beads of the band that are likelier than `least` by `weights` (as `NAMES` orders them)."""
    scores = np.empty((band.sources + 1, band.width, len(TYPES)), dtype=np.float32)
    ratio = expected(source, target)
    for first in range(0, band.sources + 1, ROWS):
        rows = np.arange(first, min(first + ROWS, band.sources + 1))
        scores[rows] = _scored(source, target, band, rows, ratio, weights)
    rows, places, kinds = likely(band, closed(band, scores), least)
    return Cells(rows, places + band.low[rows], kinds)


def rough_measures(source: Text, target: Text, cells: Cells) -> Floats:
    """The measures of single beads, `(beads, len(NAMES))`, as `likely_beads` weighs them."""
    wide, high = cells.widths
    linked = (wide > 0) & (high > 0)
    out = np.zeros((len(cells.kind), len(NAMES)))
    left = source.windows[np.maximum(wide, 1) - 1, np.minimum(cells.source, len(source.sentences) - 1)]
    right = target.windows[np.maximum(high, 1) - 1, np.minimum(cells.target, len(target.sentences) - 1)]
    out[:, 0] = np.where(linked, np.einsum("ij,ij->i", left, right), 0)
    ours, theirs = _lengths(source, target, cells.source, cells.target, wide, high, expected(source, target))
    out[:, 1] = np.where(linked, _apart(ours, theirs), 0)
    out[:, 2] = np.where(linked, 0, np.log1p(ours + theirs) / 4)
    out[np.arange(len(out)), len(MEASURES) + cells.kind] = 1
    return out


def expected(source: Text, target: Text) -> float:
    """Characters of the target that go with one of the source: as the whole texts have it, if that can be.

    Texts of which most has no counterpart say nothing about those that have; so no more than
    `AT_ODDS` times, or less than that part of, what their scripts make likely.
    """
    totals = [sizes(side.sentences).sum() for side in (source, target)]
    worth = [
        1 + (HAN_WORTH - 1) * sum(len(HAN.findall(s)) for s in side.sentences) / total
        for side, total in zip((source, target), totals, strict=True)
    ]
    usual = worth[0] / worth[1]
    return float(np.clip(totals[1] / totals[0], usual / AT_ODDS, usual * AT_ODDS))


def _lengths(
    source: Text, target: Text, i: Integers, j: Integers, wide: Integers, high: Integers, ratio: float
) -> tuple[Floats, Floats]:
    """Length of the source side in target characters, and of the target side; arguments broadcast."""
    ours, theirs = (np.concatenate([[0.0], np.cumsum(sizes(side.sentences))]) for side in (source, target))
    n, m = len(ours) - 1, len(theirs) - 1
    left = ours[np.minimum(i + wide, n)] - ours[np.minimum(i, n)]
    right = theirs[np.minimum(j + high, m)] - theirs[np.minimum(j, m)]
    return left * ratio, right


def _apart(ours: Floats, theirs: Floats) -> Floats:
    out: Floats = np.abs(np.log((theirs + 4) / (ours + 4)))
    return out


def _scored(source: Text, target: Text, band: Band, rows: Integers, ratio: float, weights: Floats) -> Floats32:
    """Scores of all beads that begin in `rows`, `(len(rows), width, types)`."""
    cosine = _cosines(source, target, band, rows)
    out = np.empty((len(rows), band.width, len(TYPES)), dtype=np.float32)
    places = band.low[rows][:, None] + np.arange(band.width)[None, :]
    for kind, (a, b) in enumerate(TYPES):
        wide, high = np.array(a), np.array(b)
        ours, theirs = _lengths(source, target, rows[:, None], places, wide, high, ratio)
        bias = weights[len(MEASURES) + kind]
        if kind < NULLS:
            out[:, :, kind] = bias + weights[2] * np.log1p(ours + theirs) / 4
        else:
            out[:, :, kind] = bias + weights[0] * cosine[:, :, a - 1, b - 1] + weights[1] * _apart(ours, theirs)
    return out


def _cosines(source: Text, target: Text, band: Band, rows: Integers) -> Floats32:
    """`out[r, k, a - 1, b - 1]`: of source window `[i, i + a)` and target window `[low + k, ... + b)`."""
    out = np.zeros((len(rows), band.width, MOST, MOST), dtype=np.float32)
    places = np.arange(band.width)
    for first in range(0, len(rows), BLOCK):
        some = rows[first : first + BLOCK]
        some = some[some < band.sources]
        if not len(some):
            break
        low = int(band.low[some[0]])
        high = min(int(band.low[some[-1]]) + band.width, band.targets)
        left = source.windows[:, some].reshape(-1, source.windows.shape[2])
        right = target.windows[:, low:high].reshape(-1, target.windows.shape[2])
        near = (left @ right.T).reshape(MOST, len(some), MOST, high - low)
        columns = band.low[some][:, None] + places - low
        inside = columns < high - low
        columns = np.minimum(columns, high - low - 1)
        taken = near[:, np.arange(len(some))[:, None], :, columns]  # (rows, width, MOST, MOST): source, target
        out[first : first + len(some)] = np.where(inside[:, :, None, None], taken, 0)
    return out
