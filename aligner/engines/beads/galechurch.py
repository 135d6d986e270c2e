"""Gale and Church (1993): beads by the lengths of sentences alone. Here to be compared with."""

from __future__ import annotations

import math
from collections.abc import Sequence

from aligner.encoders import Encoder
from aligner.engines.base import Bead, check_beads

# Prior probabilities of the paper (table 5), and the variance of the length ratio per character.
PRIORS = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.089, (1, 2): 0.089, (2, 2): 0.011}
VARIANCE = 6.8


class GaleChurch:
    """`galechurch`: dynamic programme over 1-1, 1-0, 0-1, 2-1, 1-2 and 2-2 beads; ignores the encoder."""

    def beads(
        self,
        source: Sequence[str],
        target: Sequence[str],
        encoder: Encoder,  # noqa: ARG002 - part of the contract of engines
        languages: tuple[str, str] = ("en", "zh"),  # noqa: ARG002
    ) -> tuple[Bead, ...]:
        """Beads in order; `confidence` is the density of the bead's length difference, at most 1."""
        left, right = _sums(source), _sums(target)
        ratio = right[-1] / left[-1] if left[-1] and right[-1] else 1.0
        n, m = len(source), len(target)
        best = [[math.inf] * (m + 1) for _ in range(n + 1)]
        back: list[list[tuple[int, int]]] = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
        best[0][0] = 0.0
        for i in range(n + 1):
            for j in range(m + 1):
                for (a, b), prior in PRIORS.items():
                    if i < a or j < b or best[i - a][j - b] == math.inf:
                        continue
                    cost = _cost(left[i] - left[i - a], right[j] - right[j - b], ratio) - math.log(prior)
                    if best[i - a][j - b] + cost < best[i][j]:
                        best[i][j], back[i][j] = best[i - a][j - b] + cost, (a, b)
        found, i, j = [], n, m
        while (i, j) != (0, 0):
            a, b = back[i][j]
            cost = _cost(left[i] - left[i - a], right[j] - right[j - b], ratio)
            found.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), round(math.exp(-cost), 4)))
            i, j = i - a, j - b
        return check_beads(found[::-1], n, m)


def _sums(sentences: Sequence[str]) -> list[int]:
    sums = [0]
    for sentence in sentences:
        sums.append(sums[-1] + len(sentence))
    return sums


def _cost(source: int, target: int, ratio: float) -> float:
    """Minus log of the two-sided probability of a length difference as great as this (formula of section 3.1)."""
    mean = (source + target / ratio) / 2
    if mean == 0:
        return 0.0
    delta = abs(target - source * ratio) / math.sqrt(mean * VARIANCE)
    return -math.log(max(1e-300, math.erfc(delta / math.sqrt(2))))
