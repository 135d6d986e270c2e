"""Sums and best paths over all ways to cut two texts into beads, inside a band.

State `(i, j)`: the first `i` source and `j` target sentences are done. A bead of type `(a, b)` that
starts there leads to `(i + a, j + b)`. Arrays are `(sources + 1, width)` in the coordinates of the
band; scores are `(sources + 1, width, types)`, `-inf` where a bead would leave the texts or the band.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engines.beads.band import Band
from aligner.engines.beads.types import MOST, TYPES

Floats = npt.NDArray[np.float64]
NOTHING = -1e30


@dataclass(frozen=True)
class Posteriors:
    """`beads[i, k, t]`: the probability of that bead; `log_sum`: log of the sum over all paths."""

    beads: Floats
    log_sum: float


def closed(band: Band, scores: npt.NDArray[np.floating]) -> Floats:
    """The scores with `NOTHING` where a bead leaves the texts or the band."""
    out = np.array(scores, dtype=np.float64)
    rows = np.arange(band.sources + 1)[:, None]
    places = band.low[:, None] + np.arange(band.width)[None, :]
    for t, (a, b) in enumerate(TYPES):
        end_row = np.minimum(rows + a, band.sources)
        end = places + b
        inside = (rows + a <= band.sources) & (end <= band.targets) & (places <= band.targets)
        inside &= (end >= band.low[end_row]) & (end < band.low[end_row] + band.width)
        out[..., t][~inside] = NOTHING
    return out


def _by_source_width() -> dict[int, list[int]]:
    return {a: [t for t, kind in enumerate(TYPES) if kind[0] == a] for a in range(1, MOST + 1)}


def _scan(row: Floats, step: Floats) -> Floats:
    """Forward along a row over beads without source sentence: `out[k] = row[k] (+) out[k-1] + step[k-1]`."""
    sums = np.concatenate([[0.0], np.cumsum(np.maximum(step[:-1], -1e9))])
    out: Floats = np.maximum(np.logaddexp.accumulate(row - sums) + sums, NOTHING)
    return out


def forward(band: Band, scores: Floats) -> Floats:
    """Log of the sum over all paths from the beginning to each state."""
    alpha = np.full((band.sources + 1, band.width), NOTHING)
    alpha[0, -band.low[0]] = 0.0
    groups = _by_source_width()
    for i in range(band.sources + 1):
        alpha[i] = _scan(alpha[i], scores[i, :, 1])
        for a, kinds in groups.items():
            if i + a > band.sources:
                continue
            shift = int(band.low[i] - band.low[i + a])
            stack = np.full((len(kinds), band.width), NOTHING)
            for row, t in enumerate(kinds):
                _place(stack[row], alpha[i] + scores[i, :, t], shift + TYPES[t][1])
            alpha[i + a] = np.logaddexp(alpha[i + a], np.logaddexp.reduce(stack, axis=0))
    return alpha


def backward(band: Band, scores: Floats) -> Floats:
    """Log of the sum over all paths from each state to the end."""
    beta = np.full((band.sources + 1, band.width), NOTHING)
    beta[band.sources, band.targets - band.low[band.sources]] = 0.0
    groups = _by_source_width()
    for i in range(band.sources, -1, -1):
        parts = [beta[i]]
        for a, kinds in groups.items():
            if i + a <= band.sources:
                shift = int(band.low[i] - band.low[i + a])
                parts += [scores[i, :, t] + _taken(beta[i + a], shift + TYPES[t][1]) for t in kinds]
        row = np.logaddexp.reduce(np.stack(parts), axis=0)
        beta[i] = _scan(row[::-1], np.append(scores[i, :-1, 1][::-1], 0.0))[::-1]
    return beta


def posteriors(band: Band, scores: Floats) -> Posteriors:
    """Probability of every bead, by forward-backward."""
    alpha, beta = forward(band, scores), backward(band, scores)
    total = float(alpha[band.sources, band.targets - band.low[band.sources]])
    beads = np.zeros_like(scores)
    for i in range(band.sources + 1):
        for t, (a, b) in enumerate(TYPES):
            if i + a <= band.sources:
                onward = _taken(beta[i + a], int(band.low[i] - band.low[i + a]) + b)
                beads[i, :, t] = np.exp(np.clip(alpha[i] + scores[i, :, t] + onward - total, -700.0, 0.0))
    return Posteriors(beads, total)


def best_path(
    band: Band, gains: npt.NDArray[np.floating], allowed: npt.NDArray[np.bool_]
) -> list[tuple[int, int, int]]:
    """The beads `(i, j, type)` of the path with the greatest sum of gains, in order."""
    best = np.full((band.sources + 1, band.width), -np.inf)
    back = np.full((band.sources + 1, band.width), -1, dtype=np.int16)
    best[0, -band.low[0]] = 0.0
    for i in range(band.sources + 1):
        for k in np.flatnonzero(allowed[i, :, 1]):
            value = best[i, k] + gains[i, k, 1]
            if k + 1 < band.width and value > best[i, k + 1]:
                best[i, k + 1], back[i, k + 1] = value, 1
        for t, (a, b) in enumerate(TYPES):
            if a == 0 or i + a > band.sources:
                continue
            shift = int(band.low[i] - band.low[i + a]) + b
            value = np.full(band.width, -np.inf)
            _place(value, np.where(allowed[i, :, t], best[i] + gains[i, :, t], -np.inf), shift)
            better = value > best[i + a]
            best[i + a][better] = value[better]
            back[i + a][better] = t
    path, i, j = [], band.sources, band.targets
    while (i, j) != (0, 0):
        t = int(back[i, j - band.low[i]])
        i, j = i - TYPES[t][0], j - TYPES[t][1]
        path.append((i, j, t))
    return path[::-1]


def _place(out: Floats, values: Floats, shift: int) -> None:
    """`out[k + shift] = values[k]` where both exist."""
    width = len(out)
    if shift >= 0:
        out[shift:] = values[: max(0, width - shift)]
    else:
        out[: max(0, width + shift)] = values[-shift:]


def _taken(values: Floats, shift: int) -> Floats:
    """`out[k] = values[k + shift]` where it exists."""
    out = np.full_like(values, NOTHING)
    width = len(values)
    if shift >= 0:
        out[: max(0, width - shift)] = values[shift:]
    else:
        out[-shift:] = values[: max(0, width + shift)]
    return out
