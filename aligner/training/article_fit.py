"""The likelihood of many articles at once, and the weights that make it greatest.

The same sums as `aligner/engines/article/lattice.py`, over a batch: position by position for all articles
together, the jumps as one matrix product. `tests/test_engines_article_fit.py` compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engines.article.lattice import GAPS, JUMPS, NOTHING, Lattice, jump_table
from aligner.errors import AlignerError
from aligner.training.fit import least

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """One article to learn from: candidates that agree with the gold, atoms a right path may not skip, its weight."""

    lattice: Lattice
    right: npt.NDArray[np.bool_]
    must: npt.NDArray[np.bool_]
    weight: float = 1.0


class Batch:
    """Lattices of several articles, longest first; `only` picks candidates, `must` forbids skipping atoms."""

    def __init__(
        self, lattices: Sequence[Lattice], only: Sequence[Integers], must: Sequence[npt.NDArray[np.bool_]]
    ) -> None:
        self.size, self.length = len(lattices), max(made.atoms for made in lattices)
        self.sources = max(made.sources for made in lattices)
        self.weight = np.ones(self.size)
        self.classes = (jump_table(self.sources)[:, :, None] * GAPS + np.arange(GAPS)).ravel()
        self.atoms = np.array([made.atoms for made in lattices])
        self.active = np.array([(self.atoms > p).sum() for p in range(self.length + 1)])
        self.skippable = np.ones((self.length, self.size), dtype=bool)
        self.crossing = np.zeros((self.length + 1, self.size), dtype=bool)
        for k, made in enumerate(lattices):
            self.crossing[: made.atoms, k] = made.new_block
            self.skippable[: made.atoms, k] = ~must[k]
        pick = list(zip(lattices, only, strict=True))
        self.begin = np.concatenate([made.begin[keep] for made, keep in pick])
        self.end = np.concatenate([made.end[keep] for made, keep in pick])
        self.first = np.concatenate([made.first[keep] for made, keep in pick])
        self.last = np.concatenate([made.last[keep] for made, keep in pick])
        self.sample = np.repeat(np.arange(self.size), [len(keep) for keep in only])
        self.gap = self.crossing[self.end, self.sample].astype(np.int64)
        self.by_end = self._groups(self.end)
        self.by_begin = self._groups(self.begin)

    def _groups(self, place: Integers) -> list[tuple[Integers, Integers, Integers]]:
        """Per position its candidates sorted by article, where each article starts, and which articles."""
        order = np.lexsort((self.sample, place))
        edges = np.searchsorted(place[order], np.arange(self.length + 2))
        groups = []
        for p in range(self.length + 1):
            own = order[edges[p] : edges[p + 1]]
            starts = np.flatnonzero(np.diff(self.sample[own], prepend=-1)) if len(own) else own
            groups.append((own, starts, self.sample[own][starts]))
        return groups

    def _summed(self, values: Floats, group: tuple[Integers, Integers, Integers], key: Integers, width: int) -> Floats:
        """Log of the sum of exp(values) per article of the group and key."""
        own, starts, _ = group
        top = np.maximum.reduceat(values, starts)
        row = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(own))))
        total = np.bincount(row * width + key[own], np.exp(values - top[row]), len(starts) * width)
        with np.errstate(divide="ignore"):
            logs: Floats = np.maximum(np.log(total.reshape(len(starts), width)) + top[:, None], NOTHING)
        return logs

    def run(self, scores: Floats, jumps: Floats) -> tuple[Floats, Floats, Floats]:
        """Log sums per article, the probability of every candidate, and the expected jumps of all articles by weight.

        The last has shape `(sources, (sources + 2) * GAPS)`; `classes` says which jump each entry is.
        """
        states = self.sources + 2
        weight = np.exp(jumps[jump_table(self.sources)]).reshape(self.sources, -1)
        alpha = np.full((self.length + 1, self.size, states, GAPS), NOTHING)
        alpha[0, :, self.sources + 1, 3] = 0.0
        reach = np.full((self.length, self.size, self.sources), NOTHING)
        for p in range(self.length):
            n = self.active[p]
            reach[p, :n] = _product(alpha[p, :n].reshape(n, -1), weight.T)
            alpha[p + 1, :n] = self._skipped(alpha[p, :n], p, n)
            own, _, articles = group = self.by_end[p + 1]
            if len(own):
                values = reach[self.begin[own], self.sample[own], self.first[own]] + scores[own]
                arrived = self._summed(values, group, self.last, states)
                gap = self.crossing[p + 1, articles].astype(np.int64)
                here = alpha[p + 1]
                here[articles, :, gap] = np.logaddexp(here[articles, :, gap], arrived)
        ends = alpha[self.atoms, np.arange(self.size)].reshape(self.size, -1)
        top = ends.max(axis=1)
        total = np.log(np.exp(ends - top[:, None]).sum(axis=1)) + top
        return total, *self._backward(scores, weight, alpha, reach, total)

    def _skipped(self, state: Floats, p: int, n: int) -> Floats:
        out = np.full_like(state, NOTHING)
        crossing = self.crossing[p + 1, :n] & (self.atoms[:n] > p + 1)
        plain, cross = self.skippable[p, :n] & ~crossing, self.skippable[p, :n] & crossing
        out[plain, :, 2] = np.logaddexp(state[plain, :, 0], state[plain, :, 2])
        out[plain, :, 3] = np.logaddexp(state[plain, :, 1], state[plain, :, 3])
        out[cross, :, 3] = np.logaddexp.reduce(state[cross], axis=2)
        return out

    def _backward(
        self, scores: Floats, weight: Floats, alpha: Floats, reach: Floats, total: Floats
    ) -> tuple[Floats, Floats]:
        states = self.sources + 2
        beta = np.full((self.length + 1, self.size, states, GAPS), NOTHING)
        beta[self.atoms, np.arange(self.size)] = 0.0
        chance = np.zeros(len(scores))
        counts = np.zeros(weight.shape)
        for p in range(self.length - 1, -1, -1):
            n = self.active[p]
            after = beta[p + 1, :n]
            crossing = (self.crossing[p + 1, :n] & (self.atoms[:n] > p + 1))[:, None, None]
            back = np.where(crossing, after[:, :, [3, 3, 3, 3]], after[:, :, [2, 3, 2, 3]])
            beta[p, :n] = np.where(self.skippable[p, :n, None, None], back, NOTHING)
            own, _, articles = group = self.by_begin[p]
            if not len(own):
                continue
            onward = scores[own] + beta[self.end[own], self.sample[own], self.last[own], self.gap[own]]
            sample = self.sample[own]
            chance[own] = np.exp(np.minimum(0.0, reach[p, sample, self.first[own]] + onward - total[sample]))
            ahead = self._summed(onward, group, self.first, self.sources)
            here = beta[p]
            here[articles] = np.logaddexp(here[articles], _product(ahead, weight).reshape(len(articles), states, GAPS))
            before = alpha[p, articles].reshape(len(articles), -1)
            top_a, top_b = ahead.max(axis=1), before.max(axis=1)
            share = np.exp(np.minimum(50.0, top_a + top_b - total[articles])) * self.weight[articles]
            counts += (np.exp(ahead - top_a[:, None]) * share[:, None]).T @ np.exp(before - top_b[:, None])
        return chance, counts * weight


def _product(logs: Floats, matrix: Floats) -> Floats:
    """Log of exp(logs) @ matrix."""
    top = logs.max(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        out = np.maximum(np.log(np.exp(logs - top) @ matrix) + top, NOTHING)
    return np.where(top < NOTHING / 2, NOTHING, out)


class Likelihood:
    """Negative conditional log likelihood of the tasks with a ridge, and its gradient."""

    def __init__(self, tasks: Sequence[Task], ridge: float) -> None:
        tasks = sorted(tasks, key=lambda task: -task.lattice.atoms)
        lattices = [task.lattice for task in tasks]
        self.ridge = ridge
        self.free = Batch(
            lattices,
            [np.arange(len(made.begin)) for made in lattices],
            [np.zeros(made.atoms, dtype=bool) for made in lattices],
        )
        # An article that renders nothing has one right path, which emits nothing: its log sum is 0.
        some = [task for task in tasks if task.right.any()]
        if not some:
            raise AlignerError(
                "no rendering in the gold can be learned from", hint="name folders with more letters or articles"
            )
        only = [np.flatnonzero(task.right) for task in some]
        self.held = Batch([task.lattice for task in some], only, [task.must for task in some])
        self.free.weight = np.array([task.weight for task in tasks])
        self.held.weight = np.array([task.weight for task in some])
        self.features = np.concatenate([made.features for made in lattices])
        self.held_features = np.concatenate([task.lattice.features[task.right] for task in some])
        self.width = self.features.shape[1]

    def __call__(self, theta: Floats) -> tuple[float, Floats]:
        """Its value and gradient at `theta`: weights of features, then of jumps across gaps."""
        weights, jumps = theta[: self.width], theta[self.width :].reshape(len(JUMPS), GAPS)
        value = float(np.sum(self.ridge * theta**2))
        gradient = 2 * self.ridge * theta
        for sign, batch, features in ((1, self.free, self.features), (-1, self.held, self.held_features)):
            total, chance, counts = batch.run(features @ weights, jumps)
            value += sign * float(batch.weight @ total)
            gradient[: self.width] += sign * (features.T @ (chance * batch.weight[batch.sample]))
            gradient[self.width :] += sign * np.bincount(batch.classes, counts.ravel(), len(JUMPS) * GAPS)
        return value, gradient


def fit(tasks: Sequence[Task], ridge: float, rounds: int) -> Floats:
    """The weights: of features, then of jumps across gaps, flat.

    Raises AlignerError when no candidate of any task is right, MissingExtraError without SciPy.
    """
    likelihood = Likelihood(tasks, ridge)
    return least(likelihood, np.zeros(likelihood.width + len(JUMPS) * GAPS), rounds)


class Extra(Likelihood):
    """The same for weights of further features: the first column of the features is a score that stands."""

    def __init__(self, tasks: Sequence[Task], ridge: float, jumps: Floats) -> None:
        super().__init__(tasks, ridge)
        self.jumps = jumps

    def __call__(self, theta: Floats) -> tuple[float, Floats]:
        """Its value and gradient at `theta`, the weights of the further features."""
        value, gradient = float(np.sum(self.ridge * theta**2)), 2 * self.ridge * theta
        for sign, batch, features in ((1, self.free, self.features), (-1, self.held, self.held_features)):
            total, chance, _ = batch.run(features[:, 0] + features[:, 1:] @ theta, self.jumps)
            value += sign * float(batch.weight @ total)
            gradient += sign * (features[:, 1:].T @ (chance * batch.weight[batch.sample]))
        return value, gradient


def fit_extra(tasks: Sequence[Task], ridge: float, rounds: int, jumps: Floats) -> Floats:
    """The weights of the further features; raises as `fit` does."""
    likelihood = Extra(tasks, ridge, jumps)
    return least(likelihood, np.zeros(likelihood.width - 1), rounds)
