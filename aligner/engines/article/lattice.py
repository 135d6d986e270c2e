"""A semi-Markov conditional random field over the atoms of an article.

A path goes through the article from left to right; at each atom it either skips it (the atom is no
rendering) or emits a run of atoms as the rendering of a run of source sentences. An emission scores
by its features; two emissions in a row score by how far the source jumps between them and by what
lies between them in the article. Source runs may come in any order, so crossings are ordinary paths.

State before atom `p`: `(j, g)`: `j` is the end of the last emitted source run (`sources + 1` before the
first emission), `g` the gap since then: 0 none, 1 a new block, 2 skipped atoms, 3 both.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

GAPS = 4
# How the next source run starts, seen from the end of the last one.
JUMPS = ("adjacent", "same", "skip_1", "skip_2_3", "skip_4", "back_2_3", "back_4", "first_0", "first_1_2", "first_3")
NOTHING = -1e30


def jump_table(sources: int) -> Integers:
    """Class of jump, shape `(sources, sources + 2)`: from last end `j` (or start) to next start `i`."""
    start = np.arange(sources)[:, None]
    last = np.arange(sources + 2)[None, :]
    step = start - last
    table = np.select(
        [step == 0, step == -1, step == 1, (step == 2) | (step == 3), step >= 4, step >= -3],
        [0, 1, 2, 3, 4, 5],
        6,
    )
    first = np.select([start[:, 0] == 0, start[:, 0] <= 2], [7, 8], 9)
    table[:, sources + 1] = first
    return table.astype(np.int64)


@dataclass(frozen=True)
class Lattice:
    """The candidate emissions of one article, sorted by first atom.

    `begin`, `end`: atoms `[begin, end)` of each candidate; `first`, `last`: its source sentences
    `[first, last)`; `features`: `(candidates, features)`; `new_block[p]`: atom `p` starts a block.
    """

    atoms: int
    sources: int
    begin: Integers
    end: Integers
    first: Integers
    last: Integers
    features: Floats
    new_block: npt.NDArray[np.bool_]

    def starting_at(self) -> list[slice]:
        """For each atom the slice of candidates that begin there."""
        edges = np.searchsorted(self.begin, np.arange(self.atoms + 1))
        return [slice(int(a), int(b)) for a, b in itertools.pairwise(edges)]


@dataclass(frozen=True)
class Marginals:
    """What forward-backward gives: log of the sum over paths, and each candidate's probability.

    `jumps`: expected number of jumps of each class across each gap, shape `(len(JUMPS), GAPS)`.
    """

    log_sum: float
    candidates: Floats
    jumps: Floats


def _logsum(values: Floats, axis: int | tuple[int, ...]) -> Floats:
    top = np.max(values, axis=axis, keepdims=True)
    total: Floats = np.log(np.sum(np.exp(values - top), axis=axis)) + np.squeeze(top, axis=axis)
    return total


def _after_skip(state: Floats, crossing: bool) -> Floats:
    """Move a state `(j, g)` over one skipped atom."""
    out = np.full_like(state, NOTHING)
    if crossing:
        out[:, 3] = _logsum(state, 1)
    else:
        out[:, 2] = np.logaddexp(state[:, 0], state[:, 2])
        out[:, 3] = np.logaddexp(state[:, 1], state[:, 3])
    return out


def _before_skip(state: Floats, crossing: bool) -> Floats:
    """The same backwards: what each state before the atom can reach."""
    if crossing:
        return np.repeat(state[:, 3:4], GAPS, axis=1)
    return np.stack([state[:, 2], state[:, 3], state[:, 2], state[:, 3]], axis=1)


def marginals(
    lattice: Lattice, scores: Floats, jumps: Floats, skippable: npt.NDArray[np.bool_] | None = None
) -> Marginals:
    """Forward-backward.

    `scores`: one per candidate (`NOTHING` bans it); `jumps`: `(len(JUMPS), GAPS)`; atoms for which
    `skippable` is False must be inside an emission.
    """
    weight = np.exp(jumps[jump_table(lattice.sources)]).reshape(lattice.sources, -1)
    slices = lattice.starting_at()
    shape = (lattice.sources + 2, GAPS)
    alpha = np.full((lattice.atoms + 1, *shape), NOTHING)
    alpha[0, lattice.sources + 1, 3] = 0.0
    reach = np.full((lattice.atoms, lattice.sources), NOTHING)
    arriving = _arriving_gap(lattice)
    for p in range(lattice.atoms):
        if skippable is None or skippable[p]:
            crossing = p + 1 < lattice.atoms and bool(lattice.new_block[p + 1])
            alpha[p + 1] = np.logaddexp(alpha[p + 1], _after_skip(alpha[p], crossing))
        here = slices[p]
        if here.start == here.stop:
            continue
        reach[p] = _log_product(alpha[p].ravel(), weight.T)
        value = reach[p, lattice.first[here]] + scores[here]
        np.logaddexp.at(alpha, (lattice.end[here], lattice.last[here], arriving[here]), value)
    total = float(_logsum(alpha[lattice.atoms], (0, 1)))
    return Marginals(total, *_backward(lattice, scores, weight, (alpha, reach, total), skippable))


def _backward(
    lattice: Lattice,
    scores: Floats,
    weight: Floats,
    forward: tuple[Floats, Floats, float],
    skippable: npt.NDArray[np.bool_] | None,
) -> tuple[Floats, Floats]:
    """Probabilities of candidates, and expected jumps."""
    alpha, reach, total = forward
    slices, arriving = lattice.starting_at(), _arriving_gap(lattice)
    shape = (lattice.sources + 2, GAPS)
    beta = np.full((lattice.atoms + 1, *shape), NOTHING)
    beta[lattice.atoms] = 0.0
    chance = np.zeros(len(scores))
    ahead = np.full((lattice.atoms, lattice.sources), NOTHING)
    for p in range(lattice.atoms - 1, -1, -1):
        if skippable is None or skippable[p]:
            crossing = p + 1 < lattice.atoms and bool(lattice.new_block[p + 1])
            beta[p] = _before_skip(beta[p + 1], crossing)
        here = slices[p]
        if here.start == here.stop:
            continue
        onward = scores[here] + beta[lattice.end[here], lattice.last[here], arriving[here]]
        chance[here] = np.exp(np.minimum(0.0, reach[p, lattice.first[here]] + onward - total))
        np.logaddexp.at(ahead[p], lattice.first[here], onward)
        beta[p] = np.logaddexp(beta[p], _log_product(ahead[p], weight).reshape(shape))
    return chance, _expected(alpha[:-1].reshape(lattice.atoms, -1), ahead, weight, total)


def _expected(before: Floats, ahead: Floats, weight: Floats, total: float) -> Floats:
    """Expected jumps of each class across each gap, from what leads to and away from every position."""
    top_before, top_ahead = before.max(axis=1, initial=NOTHING), ahead.max(axis=1, initial=NOTHING)
    used = np.flatnonzero((top_before > NOTHING / 2) & (top_ahead > NOTHING / 2))
    if not len(used):
        return np.zeros((len(JUMPS), GAPS))
    share = np.exp(np.minimum(50.0, top_before[used] + top_ahead[used] - total))
    from_here = np.exp(ahead[used] - top_ahead[used, None]) * share[:, None]
    counts = from_here.T @ np.exp(before[used] - top_before[used, None]) * weight
    classes = jump_table(weight.shape[0])[:, :, None] * GAPS + np.arange(GAPS)
    summed: Floats = np.bincount(classes.ravel(), counts.ravel(), len(JUMPS) * GAPS).astype(np.float64)
    return summed.reshape(len(JUMPS), GAPS)


def _log_product(logs: Floats, matrix: Floats) -> Floats:
    """Log of `exp(logs) @ matrix`, whose entries are positive."""
    top = logs.max()
    if top < NOTHING / 2:
        return np.full(matrix.shape[1], NOTHING)
    out: Floats = np.log(np.exp(logs - top) @ matrix) + top
    return out


def _arriving_gap(lattice: Lattice) -> Integers:
    padded = np.append(lattice.new_block, False)
    gap: Integers = padded[lattice.end].astype(np.int64)
    return gap


def best_cover(lattice: Lattice, gains: Floats) -> list[int]:
    """The candidates of a path with the greatest sum of `gains`; skipped atoms gain nothing."""
    best = np.zeros(lattice.atoms + 1)
    back = np.full(lattice.atoms + 1, -1, dtype=np.int64)
    order = np.argsort(lattice.end, kind="stable")
    edges = np.searchsorted(lattice.end[order], np.arange(lattice.atoms + 2))
    for q in range(1, lattice.atoms + 1):
        best[q] = best[q - 1]
        ending = order[edges[q] : edges[q + 1]]
        if len(ending):
            values = best[lattice.begin[ending]] + gains[ending]
            top = int(np.argmax(values))
            if values[top] > best[q] + 1e-12:
                best[q], back[q] = values[top], ending[top]
    chosen, q = [], lattice.atoms
    while q > 0:
        if back[q] >= 0:
            chosen.append(int(back[q]))
            q = int(lattice.begin[back[q]])
        else:
            q -= 1
    return chosen[::-1]
