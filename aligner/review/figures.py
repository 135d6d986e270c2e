"""A number that says how it was made: its formula, how many items it rests on, and its interval."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.errors import AlignerError

Weights = NDArray[np.float64]
"""How often each item counts, shape (items,): ones for the data as they are, counts of a resample otherwise."""

Statistic = Callable[[Weights], float]
"""Weights -> the number; NaN where it is not defined."""


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals are made: the bootstrap's number of resamples, its seed and the level of the interval."""

    resamples: int = 1000
    seed: int = 20240925
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.resamples < 1 or not 0 < self.level < 1:
            raise AlignerError(
                f"{self.resamples} resamples at level {self.level} make no interval",
                hint="give at least 1 resample and a level between 0 and 1",
            )


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile interval of the bootstrap; `resamples` are those in which the number was defined."""

    low: float
    high: float
    level: float
    resamples: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its formula.

    `value` is None where the formula is not defined for the data, and `remark` says why. `n` counts the
    `items` (sentences, units, pairs ...) that it rests on. `interval` is None where there are fewer than
    two items to resample, or where most resamples leave the number undefined.
    """

    value: float | None
    formula: str
    n: int
    items: str
    interval: Interval | None = None
    remark: str = ""


DEFAULT = Resampling()


def figure(statistic: Statistic, items: int, *, formula: str, kind: str, n: int | None = None,
           resampling: Resampling = DEFAULT, undefined: str = "not defined for these data") -> Figure:  # fmt: skip
    """The statistic of all items, and its bootstrap interval over resampled items.

    `items` is how many can be resampled, `n` what is shown where that is another number.
    """
    value = statistic(np.ones(items)) if items else math.nan
    shown = items if n is None else n
    if math.isnan(value):
        return Figure(None, formula, shown, kind, None, undefined)
    return Figure(value, formula, shown, kind, bootstrap(statistic, items, resampling))


def bootstrap(statistic: Statistic, items: int, resampling: Resampling = DEFAULT) -> Interval | None:
    """Percentile bootstrap (Efron and Tibshirani 1993, chapter 13): items drawn with replacement, seeded.

    None with fewer than two items, or where fewer than half of the resamples have a defined value.
    """
    if items < 2:
        return None
    draws = np.random.default_rng(resampling.seed).multinomial(
        items, np.full(items, 1 / items), size=resampling.resamples
    )
    values = np.array([statistic(draw.astype(np.float64)) for draw in draws])
    values = values[~np.isnan(values)]
    if 2 * len(values) < resampling.resamples:
        return None
    tail = (1 - resampling.level) / 2
    low, high = np.quantile(values, (tail, 1 - tail))
    return Interval(float(low), float(high), resampling.level, len(values))


def ratio(above: float, below: float) -> float:
    """`above / below`, NaN where there is nothing below."""
    return above / below if below else math.nan
