"""Krippendorff's alpha for nominal, ordinal and interval values, with missing ones.

Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): alpha = 1 - D_o / D_e from the matrix of
coincidences, in which every pairable value of a unit of m values counts with 1 / (m - 1).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from aligner.errors import AlignerError, UnknownNameError
from aligner.review.figures import DEFAULT, Figure, Resampling, Weights, figure

Units = Mapping[str, Mapping[str, Hashable]]
"""Unit -> reviewer -> value. A reviewer who gave no value is left out."""


class Level(StrEnum):
    """What may be done with values: told apart, ordered, subtracted."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def alpha(units: Units, level: Level, order: Sequence[Hashable] = (), resampling: Resampling = DEFAULT) -> Figure:
    """Krippendorff's alpha; 1 is full agreement, 0 what chance gives, below 0 is systematic disagreement.

    `order` lists ordinal values from the least to the greatest; numbers need none. Units with fewer than
    two values do not count. The interval resamples units. Undefined where there is nothing to compare or
    all values are the same: without variation nothing can be said about agreement beyond chance.
    Raises AlignerError for values that the level cannot take.
    """
    paired = [list(values.values()) for values in units.values() if len(values) > 1]
    present = {value for values in paired for value in values}
    domain = _domain(present, level, order)
    place = {value: number for number, value in enumerate(domain)}
    counts = np.zeros((len(paired), len(domain)))
    for row, values in enumerate(paired):
        for value in values:
            counts[row, place[value]] += 1
    numbers = np.array([float(value) for value in domain]) if level is Level.INTERVAL else None  # type: ignore[arg-type]
    return figure(
        lambda weights: _alpha(counts, weights, level, numbers),
        len(paired),
        formula=f"Krippendorff's alpha, {level}",
        kind="units",
        resampling=resampling,
        undefined="no unit has two values" if not paired else "all values are the same",
    )


def _domain(present: set[Hashable], level: Level, order: Sequence[Hashable]) -> list[Hashable]:
    """The values in the order of the columns."""
    if level is Level.NOMINAL:
        return sorted(present, key=repr)
    if level is Level.ORDINAL and order:
        for value in sorted(present, key=repr):
            if value not in order:
                raise UnknownNameError("value", str(value), order, where="order of values")
        return [value for value in order if value in present]
    for value in sorted(present, key=repr):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise AlignerError(f"{value!r} is not a number", where=f"alpha, {level}", hint="give numbers, or an order")
    return sorted(present)  # type: ignore[type-var]


def _alpha(counts: NDArray[np.float64], weights: Weights, level: Level, numbers: NDArray[np.float64] | None) -> float:
    """Alpha of units (rows of `counts`: how often each value was given) that count `weights` times."""
    sizes = counts.sum(axis=1)
    shares = (weights / (sizes - 1))[:, None] * counts
    coincidences = counts.T @ shares - np.diag(shares.sum(axis=0))
    totals = coincidences.sum(axis=1)
    difference = _difference(totals, level, numbers)
    n = totals.sum()
    expected = float(totals @ difference @ totals)
    if expected <= 0:
        return math.nan
    return float(1 - (n - 1) * (coincidences * difference).sum() / expected)


def _difference(totals: NDArray[np.float64], level: Level, numbers: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Squared differences between values, shape (values, values)."""
    if numbers is not None:
        return np.asarray((numbers[:, None] - numbers[None, :]) ** 2)
    if level is Level.NOMINAL:
        return np.asarray(1.0 - np.eye(len(totals)))
    middle = np.cumsum(totals) - totals / 2  # the rank of a value's middle: ordinal distance is that of the middles
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)
