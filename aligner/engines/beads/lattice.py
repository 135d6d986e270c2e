"""Sums over all ways to cut two texts into beads, inside a band.

State `(i, j)`: the first `i` source and `j` target sentences are done. A bead of type `(a, b)` that
starts there leads to `(i + a, j + b)`. Arrays are `(sources + 1, width)` in the coordinates of the
band; scores are `(sources + 1, width, types)`, `NOTHING` where a bead would leave the texts or the band.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from aligner.engines.beads.band import Band
from aligner.engines.beads.types import TYPES

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
NOTHING = -1e30
WIDE, HIGH = (np.array(side, dtype=np.int64) for side in zip(*TYPES, strict=True))
INSERTED = TYPES.index((0, 1))
LINKING = np.array([kind for kind in range(len(TYPES)) if kind != INSERTED], dtype=np.int64)


def closed(band: Band, scores: Floats32) -> Floats32:
    """The scores, in place, with `NOTHING` where a bead leaves the texts or the band."""
    rows = np.arange(band.sources + 1)[:, None]
    places = band.low[:, None] + np.arange(band.width)[None, :]
    for kind, (a, b) in enumerate(TYPES):
        end_row = np.minimum(rows + a, band.sources)
        end = places + b
        inside = (rows + a <= band.sources) & (end <= band.targets) & (places <= band.targets)
        inside &= (end >= band.low[end_row]) & (end < band.low[end_row] + band.width)
        scores[..., kind][~inside] = NOTHING
    return scores


def forward(band: Band, scores: Floats32) -> Floats:
    """Log of the sum over all paths from the beginning to each state."""
    alpha = np.full((band.sources + 1, band.width), NOTHING)
    alpha[0, -band.low[0]] = 0.0
    places = np.arange(band.width)[None, :]
    for i in range(band.sources + 1):
        kinds = LINKING[WIDE[LINKING] <= i]
        if len(kinds):
            rows = i - WIDE[kinds]
            columns = places + (band.low[i] - band.low[rows] - HIGH[kinds])[:, None]
            inside = (columns >= 0) & (columns < band.width)
            columns = np.clip(columns, 0, band.width - 1)
            values = alpha[rows[:, None], columns] + scores[rows[:, None], columns, kinds[:, None]]
            alpha[i] = np.logaddexp(alpha[i], _log_sum(np.where(inside, values, NOTHING)))
        alpha[i] = _along(alpha[i], scores[i, :, INSERTED])
    return alpha


def likely(band: Band, scores: Floats32, least: float) -> tuple[Integers, Integers, Integers]:
    """Row, place in the row, and type of every bead more probable than `least`, in order."""
    rows, places, kinds, _ = _probable(band, scores, least)
    return rows, places, kinds


def probabilities(band: Band, scores: Floats32) -> Floats:
    """The probability of every bead, `(sources + 1, width, types)`."""
    out = np.zeros(scores.shape)
    rows, places, kinds, chances = _probable(band, scores, 0.0)
    out[rows, places, kinds] = chances
    return out


def _probable(band: Band, scores: Floats32, least: float) -> tuple[Integers, Integers, Integers, Floats]:
    alpha = forward(band, scores)
    goal = band.targets - band.low[band.sources]
    total = float(alpha[band.sources, goal])
    beta = np.full((band.sources + 1, band.width), NOTHING)
    beta[band.sources, goal] = 0.0
    places = np.arange(band.width)[:, None]
    found: list[tuple[Integers, Integers, Integers, Floats]] = []
    for i in range(band.sources, -1, -1):
        kinds = LINKING[WIDE[LINKING] <= band.sources - i]
        onward = np.full((band.width, len(TYPES)), NOTHING)
        if len(kinds):
            rows = i + WIDE[kinds]
            columns = places + (band.low[i] - band.low[rows] + HIGH[kinds])[None, :]
            inside = (columns >= 0) & (columns < band.width)
            values = beta[rows[None, :], np.clip(columns, 0, band.width - 1)] + scores[i][:, kinds]
            onward[:, kinds] = np.where(inside, values, NOTHING)
            beta[i] = np.logaddexp(beta[i], _log_sum(onward.T))
        beta[i] = _along(beta[i][::-1], np.append(scores[i, :-1, INSERTED][::-1], 0.0))[::-1]
        onward[:-1, INSERTED] = beta[i, 1:] + scores[i, :-1, INSERTED]
        chance = np.exp(np.clip(alpha[i][:, None] + onward - total, -700.0, 0.0))
        place, kind = np.nonzero(chance > max(least, 1e-300))
        found.append((np.full(len(place), i), place, kind, chance[place, kind]))
    rows, columns, types, chances = (np.concatenate(side) for side in zip(*found[::-1], strict=True))
    return rows, columns, types, chances


def _log_sum(values: Floats) -> Floats:
    """Log of the sum of exponentials over the first axis."""
    top = values.max(axis=0)
    total: Floats = top + np.log(np.exp(values - top).sum(axis=0))
    return total


def _along(row: Floats, step: npt.NDArray[np.floating]) -> Floats:
    """Along a row over beads without source sentence: `out[k] = row[k] (+) out[k - 1] + step[k - 1]`."""
    sums = np.concatenate([[0.0], np.cumsum(np.maximum(step[:-1].astype(np.float64), -1e9))])
    out: Floats = np.maximum(np.logaddexp.accumulate(row - sums) + sums, NOTHING)
    return out
