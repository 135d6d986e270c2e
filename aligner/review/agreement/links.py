"""How far two alignments of one rendering agree: two reviewers', or a reviewer's and the engine's."""

from __future__ import annotations

from collections.abc import Hashable, Set

import numpy as np

from aligner.model import Span
from aligner.review.figures import DEFAULT, Figure, Resampling, Weights, figure, ratio

SpanPair = tuple[Span, Span]
"""A source span and a target span that render each other, in offsets of their documents."""


def link_agreement(first: Set[SpanPair], second: Set[SpanPair], resampling: Resampling = DEFAULT) -> Figure:
    """Jaccard index of the links: those that both have, exactly, of those that one has.

    1 where neither has any. The interval resamples the links that one has.
    """
    return _shares(first, second, "Jaccard index of links: both / either", "links", resampling, 1.0)


def boundary_agreement(first: Set[SpanPair], second: Set[SpanPair], resampling: Resampling = DEFAULT) -> Figure:
    """Dice coefficient (F1) of the places where links begin and end, on both sides.

    2 x places that both have / (places of the first + places of the second); 1 where neither has any. The
    interval resamples the places that one has.
    """
    formula = "Dice coefficient of link boundaries: 2 x both / (first + second)"
    return _shares(boundaries(first), boundaries(second), formula, "boundaries", resampling, 2.0)


def boundaries(links: Set[SpanPair]) -> set[tuple[str, str, int]]:
    """(side, `start` or `end`, offset) of every link."""
    return {
        (side, edge, offset)
        for source, target in links
        for side, span in (("source", source), ("target", target))
        for edge, offset in (("start", span.start), ("end", span.end))
    }


def _shares(
    first: Set[Hashable], second: Set[Hashable], formula: str, kind: str, resampling: Resampling, times: float
) -> Figure:
    """`times` x both / (`times` x both + one only), over the items that either has."""
    if not first and not second:
        return Figure(1.0, formula, 0, kind, None, "neither has any")
    common = np.array([True] * len(first & second) + [False] * len(first ^ second))

    def statistic(weights: Weights) -> float:
        both = float(weights @ common)
        return ratio(times * both, times * both + float(weights.sum()) - both)

    return figure(statistic, len(common), formula=formula, kind=kind, resampling=resampling)
