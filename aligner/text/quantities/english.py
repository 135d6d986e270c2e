"""Quantities in English, in digits and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.text.numbers import SCALES, TENS, UNITS, numbers
from aligner.text.quantities.base import SECONDS, Quantity, Scale, ranged

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted((name.capitalize() for name in _MONTHS), key=len, reverse=True))
_WEEKDAYS = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split(), 1)
}
_ORDINALS = {
    name: number
    for number, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1)
}  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
          "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000}  # fmt: skip
_SMALL = "|".join(sorted([*UNITS, *TENS], key=len, reverse=True))
_NUMBER = rf"(?:\d+|{_SMALL})"
_TIME_UNIT = r"(second|minute|hour|day|week|fortnight|month|quarter|year|decade|century|centurie)s?(?![a-z])"
_BETWEEN = (
    r"(?:more|full|long|whole|short|further|additional|other|consecutive|straight|calendar|business|working|extra"
    r"|entire|good|solid|busy|happy|hard|wonderful|amazing|incredible)"
)
_AFTER_TIME = re.compile(rf"(?:\s+|-)(?:{_BETWEEN}\s+){{0,2}}{_TIME_UNIT}", re.IGNORECASE)
_MEASURES = {
    "kilometre": (Scale.LENGTH, 1000.0), "kilometer": (Scale.LENGTH, 1000.0), "km": (Scale.LENGTH, 1000.0),
    "metre": (Scale.LENGTH, 1.0), "meter": (Scale.LENGTH, 1.0), "mile": (Scale.LENGTH, 1609.344),
    "foot": (Scale.LENGTH, 0.3048), "feet": (Scale.LENGTH, 0.3048), "inch": (Scale.LENGTH, 0.0254),
    "inche": (Scale.LENGTH, 0.0254), "centimetre": (Scale.LENGTH, 0.01), "centimeter": (Scale.LENGTH, 0.01),
    "yard": (Scale.LENGTH, 0.9144), "kg": (Scale.WEIGHT, 1.0), "kilogram": (Scale.WEIGHT, 1.0),
    "kilo": (Scale.WEIGHT, 1.0), "gram": (Scale.WEIGHT, 0.001), "tonne": (Scale.WEIGHT, 1000.0),
    "ton": (Scale.WEIGHT, 1000.0), "pound": (Scale.WEIGHT, 0.45359), "acre": (Scale.AREA, 4046.86),
    "hectare": (Scale.AREA, 10000.0),
}  # fmt: skip
_AFTER_MEASURE = re.compile(rf"(?:\s+|-)?({'|'.join(sorted(_MEASURES, key=len, reverse=True))})s?(?![a-z])", re.I)
_PERCENT = re.compile(r"\s*(?:%|％|per\s?cent\b|percentage points?\b)", re.IGNORECASE)
_SIGNS = {"$": "USD", "US$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "HK$": "HKD", "NT$": "TWD", "A$": "AUD",
          "C$": "CAD"}  # fmt: skip
_SIGN = re.compile(r"(US\$|HK\$|NT\$|A\$|C\$|[$£€¥])\s?$")
_COINS = {
    "dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "crown": "crown",
    "krona": "crown", "kronor": "crown", "krone": "crown", "kroner": "crown", "franc": "franc", "ruble": "RUB",
    "rouble": "RUB", "peso": "peso", "lira": "lira", "baht": "THB", "zloty": "PLN", "dinar": "dinar", "rand": "ZAR",
    "florin": "florin", "forint": "HUF", "ringgit": "MYR", "rupee": "INR",
}  # fmt: skip
_AFTER_COIN = re.compile(
    rf"\s+(?:US\s+|Swiss\s+)?({'|'.join(_COINS)})s?\b",
    re.IGNORECASE,
)

_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(a\.?m\b\.?|p\.?m\b\.?|o['’]clock)|\b(\d{1,2}):(\d{2})\b|\b(noon|midday|midnight)\b",
    re.I,
)
_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b|({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d|\s*%))"
)
_MONTH_ALONE = re.compile(
    rf"(?:\b(?:in|since|by|until|before|after|of|from|to|during|last|next|this|early|late|mid)[\s-]+({_MONTH})\b(?!\s+\w+ed\b)"
    rf"|\b({_MONTH})\s+(?=(?:1[5-9]|20)\d\d\b)|\b(January|February|April|June|July|August|September|October|November|December)\b)"
)
_WEEKDAY = re.compile(r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b")
_YEAR = re.compile(r"(?<![\d,.$£€])\b(1[5-9]\d\d|20\d\d)\b(?!\s*(?:%|,\d|\.\d|years?\b|people|words))")
_ORDINAL = re.compile(
    rf"\b(?:(\d+)(?:st|nd|rd|th)|((?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?({'|'.join(_ORDINALS)}))\b",
    re.I,
)
_FRACTION = re.compile(
    rf"\b(?:(a|one|{_SMALL}|\d+)[\s-]+)?({'|'.join(sorted(_PARTS, key=len, reverse=True))})s?(?=\s+(?:of|a|an|the"
    r"|as|my|our|your|his|her|their|its)\b|[,.;]|$)"
    rf"|\b({_NUMBER})\s+(?:in|out of)(?:\s+every)?\s+({_NUMBER})\b",
    re.I,
)
_TIMES = re.compile(
    rf"\b(?:(twice|double[ds]?|doubling|two-?fold)|(thrice|triple[ds]?|tripling|three-?fold)|(quadruple[ds]?)"
    rf"|(?<![\d,.])({_NUMBER}|\d{{1,3}}(?:,\d{{3}})+)\s+times)\b",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:(?:a\s+)?(dozens|hundreds|thousands|millions|billions)(?:\s+(?:or|and)\s+(?:even\s+)?\w+s)?"
    r"(?:\s+of\s+(thousands|millions|billions))?|a\s+(?:few|couple\s+of)\s+(hundred|thousand|million|billion))\b",
    re.I,
)
_A_TIME = re.compile(
    r"\b(?:(an?|one|a\s+single|this|each|every|last|past|next)\s+(?:whole\s+|full\s+|entire\s+)?)(hour|day|week|fortnight|month|quarter|year|decade|century)\b",
    re.I,
)
_HALF_TIME = re.compile(r"\bhalf\s+(?:an?|of\s+an?)\s+(hour|day|month|year|decade|century)\b", re.I)
_TO = re.compile(r"\s*(?:to|or|and|-|–|—)\s*", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.])\+?\d{2,5}(?:[ -]\d{2,5}){1,4}(?![\w%]|,\d|\.\d)")
_PLACE = re.compile(r"\b(?:page|chapter|article|section|clause|paragraph|appendix|line|verse)\s+$", re.I)
"""Behind these a number counts places: page nine is 第九页."""
_BOUNDS = (
    (
        "more",
        re.compile(r"(?:more than|over|above|upwards of|exceed(?:s|ed|ing)?|at least|beyond)\s+(?:[$£€]\s?)?$", re.I),
    ),
    (
        "less",
        re.compile(
            r"(?:less than|fewer than|under|below|barely|almost|nearly|not quite|up to|at most|just short of)\s+"
            r"(?:[$£€]\s?)?$",
            re.I,
        ),
    ),
    ("about", re.compile(r"(?:about|around|roughly|some|approximately|circa|or so)\s+(?:[$£€]\s?)?$", re.I)),
)


def english_quantities(text: str) -> list[Quantity]:
    """The quantities of an English text in order, without overlap."""
    taken: list[Quantity] = []
    for find in (_phones, _clocks, _dates, _years, _vague, _fractions, _half_times, _multiples, _ordinals):
        _add(taken, find(text))
    _add(taken, _plain(text, taken))
    _add(taken, _single_times(text))
    return ranged(sorted(taken, key=lambda q: q.start), text, _TO)


def _add(taken: list[Quantity], new: Iterator[Quantity]) -> None:
    for quantity in list(new):
        if not any(quantity.start < q.end and q.start < quantity.end for q in taken):
            taken.append(quantity)


def _small(text: str) -> float:
    lower = text.lower()
    lower = lower.replace(",", "")
    return float(lower) if lower.isdigit() else float(UNITS.get(lower, TENS.get(lower, 1)))


def _phones(text: str) -> Iterator[Quantity]:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= 7:
            yield Quantity(match.start(), match.end(), float(digits), float(digits), Scale.DIGITS, digits)


def _clocks(text: str) -> Iterator[Quantity]:
    for match in _CLOCK.finditer(text):
        if match[6]:
            minutes = 0 if match[6].lower() == "midnight" else 720
        else:
            hour, minute = int(match[1] or match[4]), int(match[2] or match[5] or 0)
            if hour > 24 or minute > 59:
                continue
            half = (match[3] or "").lower()
            hour = hour % 12 + 12 if half.startswith("p") else hour % 12 if half.startswith("a") else hour
            minutes = hour * 60 + minute
        yield Quantity(match.start(), match.end(), minutes, minutes, Scale.CLOCK)


def _dates(text: str) -> Iterator[Quantity]:
    for match in _DATE.finditer(text):
        day, month = (1, 2) if match[1] else (4, 3)
        if not 1 <= int(match[day]) <= 31:
            continue
        yield _exact(match, day, int(match[day]), Scale.DAY)
        yield _exact(match, month, _MONTHS[match[month].lower()], Scale.MONTH)
    for match in _MONTH_ALONE.finditer(text):
        group = next(k for k in (1, 2, 3) if match[k])
        yield _exact(match, group, _MONTHS[match[group].lower()], Scale.MONTH)
    for match in re.finditer(r"\b(?:May|March)\b", text):
        month = _MONTHS[match[0].lower()]
        yield Quantity(match.start(), match.end(), month, month, Scale.MONTH, sure=False)
    for match in _WEEKDAY.finditer(text):
        yield _exact(match, 1, _WEEKDAYS[match[1].lower()], Scale.WEEKDAY)


def _years(text: str) -> Iterator[Quantity]:
    for match in _YEAR.finditer(text):
        yield _exact(match, 1, float(match[1]), Scale.YEAR)


def _exact(match: re.Match[str], group: int, value: float, scale: Scale) -> Quantity:
    return Quantity(match.start(group), match.end(group), value, value, scale)


def _vague(text: str) -> Iterator[Quantity]:
    base = {"dozens": 12.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9}
    for match in _VAGUE.finditer(text):
        if match[3]:
            low, high = 2 * SCALES[match[3].lower()], 9.99 * SCALES[match[3].lower()]
        else:
            low = 2 * base[match[1].lower()] * (base[match[2].lower()] if match[2] else 1)
            high = low * (5 if match[1].lower() != "dozens" else 4)
        yield Quantity(match.start(), match.end(), low, high, sure=False)


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text):
        if match[3]:
            top, bottom = _small(match[3]), _small(match[4])
            if not 0 < top < bottom <= 100:
                continue
        else:
            part = match[2].lower()
            if part in _ORDINALS and not match[1]:
                continue
            top, bottom = _small(match[1]) if match[1] else 1.0, _PARTS[part]
            if part in {"second"} or top >= bottom or (part == "quarter" and not match[1]):
                continue
        sure = bottom != 2
        yield Quantity(match.start(), match.end(), top / bottom, top / bottom, Scale.SHARE, sure=sure,
                       bound=_bound(text, match.start()))  # fmt: skip


def _half_times(text: str) -> Iterator[Quantity]:
    for match in _HALF_TIME.finditer(text):
        value = SECONDS[match[1].lower()] / 2
        yield Quantity(match.start(), match.end(), value, value, Scale.DURATION, match[1].lower())


def _multiples(text: str) -> Iterator[Quantity]:
    for match in _TIMES.finditer(text):
        value = 2.0 if match[1] else 3.0 if match[2] else 4.0 if match[3] else _small(match[4])
        yield Quantity(match.start(), match.end(), value, value, Scale.TIMES, sure=bool(match[4]))


def _plain(text: str, taken: list[Quantity]) -> Iterator[Quantity]:
    blank = list(text)
    for quantity in taken:
        blank[quantity.start : quantity.end] = " " * (quantity.end - quantity.start)
    rest = "".join(blank)
    for number in numbers(rest, "en"):
        if rest[number.start].isupper() and rest[number.start : number.end].lower().split("-")[0].split()[0] not in {
            *UNITS,
            *TENS,
            *SCALES,
        }:
            continue  # months stand among the dates
        yield _measured(text, number.start, number.end, number.value)
    for match in re.finditer(
        r"\b(?:one|a)\s+(hundred|thousand|million|billion|dozen)\b|\bone(?=[\s-]+(?:second|minute|hour|day|week|month|year|decade)\b)",
        rest,
        re.I,
    ):
        value = SCALES[match[1].lower()] if match[1] else 1.0
        yield _measured(text, match.start(), match.end(), value)


def _measured(text: str, start: int, end: int, value: float) -> Quantity:
    """The number at `[start, end)` with the unit that stands beside it."""
    bound = _bound(text, start)
    if match := _PERCENT.match(text, end):
        return Quantity(start, match.end(), value / 100, value / 100, Scale.SHARE, "percent", bound=bound)
    if sign := _SIGN.search(text, 0, start):
        return Quantity(sign.start(), end, value, value, Scale.COUNT, _SIGNS[sign[1]], bound=bound)
    if match := _AFTER_COIN.match(text, end):
        return Quantity(start, match.end(), value, value, Scale.COUNT, _COINS[match[1].lower()], bound=bound)
    if match := _AFTER_TIME.match(text, end):
        unit = match[1].lower().replace("centurie", "century")
        seconds = value * SECONDS[unit]
        return Quantity(start, match.end(), seconds, seconds, Scale.DURATION, unit, bound=bound)
    if match := _AFTER_MEASURE.match(text, end):
        scale, size = _MEASURES[match[1].lower()]
        return Quantity(start, match.end(), value * size, value * size, scale, match[1].lower(), bound=bound)
    scale = Scale.ORDINAL if _PLACE.search(text, 0, start) else Scale.COUNT
    return Quantity(start, end, value, value, scale, bound=bound)


def _bound(text: str, start: int) -> str:
    found = bound_before(text, start)
    return found[0] if found else ""


def bound_before(text: str, start: int) -> tuple[str, str] | None:
    """What bounds the number at `start`, `more`, `less` or `about`, and the words that do; None without any."""
    before = text[max(0, start - 24) : start]
    return next(((name, match[0]) for name, pattern in _BOUNDS if (match := pattern.search(before))), None)


def _ordinals(text: str) -> Iterator[Quantity]:
    for match in _ORDINAL.finditer(text):
        if match[1]:
            value = float(match[1])
        else:
            value = _ORDINALS[match[3].lower()] + (TENS[match[2][:-1].lower()] if match[2] else 0)
        yield Quantity(match.start(), match.end(), value, value, Scale.ORDINAL, sure=value >= 4 or bool(match[1]))


def _single_times(text: str) -> Iterator[Quantity]:
    for match in _A_TIME.finditer(text):
        value = SECONDS[match[2].lower()]
        yield Quantity(match.start(), match.end(), value, value, Scale.DURATION, match[2].lower(), sure=False)
