"""Whether two reviewers put the renderings of the same sentences in the same order."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from aligner.review.figures import DEFAULT, Figure, Resampling, Weights, figure, ratio

Judged = Mapping[str, Mapping[str, float]]
"""Sentence (or any item) -> rendering -> score."""

PAIRS = ("concordant", "discordant", "tied for the first only", "tied for the second only", "tied for both")


def pairwise_accuracy(first: Judged, second: Judged, resampling: Resampling = DEFAULT) -> Figure:
    """Share of pairs of renderings of one sentence that both order alike or both tie.

    (C + T_both) / all pairs, ties counting as an answer: Deutsch et al. 2023, "Ties Matter"
    (arXiv:2305.14324). The interval resamples sentences.
    """
    return _figure(
        first, second, "pairwise accuracy with ties: (concordant + tied for both) / pairs", resampling, _accuracy
    )


def kendall_tau(first: Judged, second: Judged, resampling: Resampling = DEFAULT) -> Figure:
    """Kendall's tau-b over all pairs of renderings of one sentence (Kendall 1945), pairs pooled.

    Undefined where one reviewer ties every pair. The interval resamples sentences.
    """
    formula = "Kendall's tau-b: (C - D) / sqrt((C + D + T_first)(C + D + T_second)), pairs pooled over sentences"
    return _figure(first, second, formula, resampling, _tau)


def pair_counts(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[int, int, int, int, int]:
    """How many pairs of renderings that both scored fall under each of `PAIRS`."""
    counts = [0, 0, 0, 0, 0]
    for a, b in combinations(sorted(one.keys() & other.keys()), 2):
        mine, theirs = one[a] - one[b], other[a] - other[b]
        if mine == 0 or theirs == 0:
            counts[4 if mine == theirs else 2 if mine == 0 else 3] += 1
        else:
            counts[0 if (mine > 0) == (theirs > 0) else 1] += 1
    return counts[0], counts[1], counts[2], counts[3], counts[4]


def _accuracy(counts: NDArray[np.float64]) -> float:
    return ratio(float(counts[0] + counts[4]), float(counts.sum()))


def _tau(counts: NDArray[np.float64]) -> float:
    concordant, discordant, mine, theirs, _ = (float(count) for count in counts)
    decided = concordant + discordant
    below = math.sqrt((decided + mine) * (decided + theirs))
    return ratio(concordant - discordant, below)


def _figure(
    first: Judged, second: Judged, formula: str, resampling: Resampling, measure: Callable[[NDArray[np.float64]], float]
) -> Figure:
    rows = [pair_counts(first[item], second[item]) for item in first if item in second]
    table = np.array([row for row in rows if any(row)], dtype=float).reshape(-1, len(PAIRS))

    def statistic(weights: Weights) -> float:
        return measure(np.asarray(weights @ table))

    undefined = "every pair is tied for one of them" if len(table) else "no two renderings were scored by both"
    return figure(
        statistic,
        len(table),
        formula=formula,
        kind="pairs",
        n=int(table.sum()),
        resampling=resampling,
        undefined=undefined,
    )
