"""Quantities on common scales, and when two of them say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from aligner.model import Span


class Scale(StrEnum):
    """What a quantity counts; quantities of one scale can be compared by value."""

    COUNT = "count"  # people, letters, anything
    DURATION = "duration"  # in seconds
    YEAR = "year"  # a calendar year, 2012
    MONTH = "month"  # a calendar month, 1 to 12
    DAY = "day"  # of a month
    WEEKDAY = "weekday"  # 1 is Monday
    CLOCK = "clock"  # in minutes after midnight
    SHARE = "share"  # of a whole: percentages, fractions
    TIMES = "times"  # twice, three times
    ORDINAL = "ordinal"
    LENGTH = "length"  # in metres
    WEIGHT = "weight"  # in kilograms
    AREA = "area"  # in square metres
    DIGITS = "digits"  # telephone numbers and the like; compared by their digits


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `[start, end)`: between `low` and `high` (equal for an exact one) on a scale.

    `unit` is what stands written (`week`, `USD`), for messages and for money; `sure` is False for what
    often is no quantity at all (`a year`, 四周), so that its absence means nothing. `bound` is `more`,
    `less` or `about` where the text says so.
    """

    start: int
    end: int
    low: float
    high: float
    scale: Scale = Scale.COUNT
    unit: str = ""
    sure: bool = True
    bound: str = ""

    @property
    def span(self) -> Span:
        """Its offsets."""
        return Span(self.start, self.end)

    @property
    def exact(self) -> bool:
        """Whether it is one value."""
        return self.low == self.high


DAY, YEAR = 86400.0, 365.25 * 86400.0
SECONDS = {
    "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": DAY, "week": 7 * DAY, "fortnight": 14 * DAY,
    "month": YEAR / 12, "quarter": YEAR / 4, "year": YEAR, "decade": 10 * YEAR, "century": 100 * YEAR,
}  # fmt: skip

CLOSE = 1e-9
"""Relative difference up to which two values are one: what arithmetic loses, nothing else."""

ROUNDED = 0.02
"""Relative difference of converted lengths and weights that are one (19 km, 38 里)."""

_LOOSE = {
    frozenset({Scale.ORDINAL, Scale.DAY}),
    frozenset({Scale.COUNT, Scale.TIMES}),
    frozenset({Scale.COUNT, Scale.ORDINAL}),
    frozenset({Scale.COUNT, Scale.YEAR}),
    frozenset({Scale.COUNT, Scale.DIGITS}),
    frozenset({Scale.COUNT, Scale.CLOCK}),
}
"""Scales that two languages do not keep apart: `on the 5th` is 5日."""


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether the two are on one scale, or on two that languages do not keep apart."""
    return one.scale is other.scale or frozenset({one.scale, other.scale}) in _LOOSE


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether their values agree, whatever the scale."""
    slack = ROUNDED if {one.scale, other.scale} & {Scale.LENGTH, Scale.WEIGHT, Scale.AREA} else CLOSE
    if one.scale is Scale.CLOCK and other.scale is Scale.CLOCK:
        return abs(one.low - other.low) % 720 < 1  # one of them may not say whether it is morning
    low, high = max(one.low, other.low), min(one.high, other.high)
    return low <= high * (1 + slack) + 1e-9


def same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities say the same: 6.5 years and 六年半, 48 hours and 两天, 38% and 三成八.

    A vague one (六年多, 数亿) is never the same as an exact one.
    """
    if not comparable(one, other) or one.exact != other.exact or not same_value(one, other):
        return False
    money = {q.unit for q in (one, other) if q.unit in CURRENCIES}
    return len(money) < 2


def ranged(found: Sequence[Quantity], text: str, joint: re.Pattern[str]) -> list[Quantity]:
    """The quantities, where the first of a range (`eight to ten days`) takes the unit of the last."""
    out = list(found)
    for k in range(len(out) - 2, -1, -1):
        one, other = out[k], out[k + 1]
        bare = one.scale is Scale.COUNT and not one.unit
        taking = other.scale is not Scale.COUNT or other.unit
        if bare and taking and other.scale not in _SINGLE and joint.fullmatch(text, one.end, other.start):
            factor = _factor(one, other)
            out[k] = replace(one, low=one.low * factor, high=one.high * factor, scale=other.scale, unit=other.unit)
    return out


_SINGLE = frozenset({Scale.YEAR, Scale.DIGITS, Scale.WEEKDAY, Scale.ORDINAL, Scale.TIMES})


def _factor(one: Quantity, other: Quantity) -> float:
    """From the written value of the first of a range to its scale."""
    if other.scale is Scale.DURATION:
        return SECONDS.get(other.unit, 1.0)
    if other.scale is Scale.CLOCK:
        return 60.0 if one.high <= 24 else 1.0
    return 0.01 if other.scale is Scale.SHARE else 1.0


CURRENCIES = frozenset({"USD", "GBP", "EUR", "CNY", "JPY", "HKD", "TWD", "CAD", "AUD", "INR", "KRW", "CHF", "SGD"})
