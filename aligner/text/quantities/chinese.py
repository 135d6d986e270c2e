"""Quantities in Chinese (Simplified characters), in digits and numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aligner.text.numbers import chinese_value
from aligner.text.quantities import chinese_patterns as patterns
from aligner.text.quantities.base import SECONDS, Quantity, Scale, ranged


def chinese_quantities(text: str) -> list[Quantity]:
    """The quantities of a Chinese text, given in Simplified characters, in order, without overlap.

    Blanks between digits and ideographs (`2021 年 10 月`) are passed over.
    """
    kept = [i for i, character in enumerate(text) if not patterns.BLANK.match(text, i)]
    if len(kept) == len(text):
        return _quantities(text)
    found = _quantities("".join(text[i] for i in kept))
    return [replace(q, start=kept[q.start], end=kept[q.end - 1] + 1) for q in found]


def _quantities(text: str) -> list[Quantity]:
    taken: list[Quantity] = []
    closed = [(m.start(), m.end()) for m in patterns.IDIOM.finditer(text)]
    for find in (_phones, _shares, _times, _clocks, _dates, _ordinals, _halves):
        for quantity in list(find(text)):
            _add(taken, closed, quantity)
    for quantity in list(_plain(text)):
        _add(taken, closed, quantity)
    return ranged(sorted(taken, key=lambda q: q.start), text, patterns.TO)


def _add(taken: list[Quantity], closed: list[tuple[int, int]], quantity: Quantity) -> None:
    if any(quantity.start < end and start < quantity.end for start, end in closed):
        return
    if not any(quantity.start < q.end and q.start < quantity.end for q in taken):
        taken.append(quantity)


def _value(numeral: str) -> float:
    """The value of digits with a scale (4.1亿) or of a numeral (六十)."""
    plain = (
        numeral.replace(",", "")
        .replace("，", "")
        .replace("．", ".")
        .replace("○", "〇")
        .replace("Ｏ", "〇")
        .replace(" ", "")
    )
    if not plain[0].isdigit():
        return chinese_value(plain.replace("十有", "十"))
    total = 0.0
    for digits, scales in re.findall(r"(\d+(?:\.\d+)?)([十百千万亿]*)", plain):  # 18万5千: two of them
        value = float(digits)
        for character in scales:
            value *= {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}[character]
        total += value
    return total


def _exact(match: re.Match[str], start: int, end: int, value: float, scale: Scale, unit: str = "") -> Quantity:
    return Quantity(start, end, value, value, scale, unit, bound=_bound(match.string, start))


def _phones(text: str) -> Iterator[Quantity]:
    for match in patterns.PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= 7:
            yield Quantity(match.start(), match.end(), float(digits), float(digits), Scale.DIGITS, digits)


def _shares(text: str) -> Iterator[Quantity]:
    for match in patterns.SHARE.finditer(text):
        if match[4]:
            bottom, top = _value(match[4]), _value(match[5])
            if not bottom:
                continue
            value = top / bottom
        elif match[6]:
            value = _value(match[6]) / 10 + (_value(match[7]) / 100 if match[7] else 0)
        else:
            value = _value(match[1] or match[2] or match[3]) / 100
        yield _exact(match, match.start(), match.end(), value, Scale.SHARE, "percent")


def _times(text: str) -> Iterator[Quantity]:
    for match in patterns.TIMES.finditer(text):
        if match[1]:
            grown = re.search(
                r"(?:增长|增加|成长|上涨|提高|涨|多)了?\s?$", text[max(0, match.start() - 5) : match.start()]
            )
            value = _value(match[1]) + (1 if grown or match[1] in {"一", "1"} else 0)
        else:
            value = 4.0 if match[2] == "两番" else 2.0
        yield Quantity(match.start(), match.end(), value, value, Scale.TIMES, sure=bool(match[1]))


def _clocks(text: str) -> Iterator[Quantity]:
    for match in patterns.CLOCK.finditer(text):
        hour = _value(match[2] or match[4])
        if match[4] and not match[1] and not (match[5] or match[6] or match[7] or text[match.end() - 1] in "钟整"):
            after = text[match.end() : match.end() + 1]
            if text[match.end() - 1] == "时" or after in "一二三四五六七八九零〇子儿建意滴名":
                continue  # 一点 is a little, 三点建议 three pieces of advice
        minute = _value(match[3] or match[7] or "0") if (match[3] or match[7]) else 30 if match[5] else 0
        if match[6]:
            minute = 15 if match[6] == "一刻" else 45
        if hour > 24 or minute > 59 or (match[4] in {"一", "几"} and not match[1]):
            continue
        if (
            match[1]
            and patterns.AFTERNOON.fullmatch(match[1])
            and hour < 12
            and not (match[1] == "中午" and hour >= 10)
        ):
            hour += 12
        minutes = hour * 60 + minute
        yield _exact(match, match.start(), match.end(), minutes, Scale.CLOCK)
    for match in patterns.NOON.finditer(text):
        minutes = 720.0 if match[0] in {"正午", "中午"} else 0.0
        yield _exact(match, match.start(), match.end(), minutes, Scale.CLOCK)


def _dates(text: str) -> Iterator[Quantity]:
    for match in patterns.YEAR.finditer(text):
        yield _exact(match, match.start(), match.end(), _value(match[1]), Scale.YEAR)
    for match in patterns.MONTH.finditer(text):
        month = _value(match[1])
        if not 1 <= month <= 12:
            continue
        yield _exact(match, match.start(1), match.end(1) + 1, month, Scale.MONTH)
        if match[2] and _value(match[2]) <= 31:
            yield _exact(match, match.start(2), match.end(2) + 1, _value(match[2]), Scale.DAY)
    for match in re.finditer(r"元旦", text):
        yield _exact(match, match.start(), match.end(), 1, Scale.MONTH)
    for match in patterns.WEEKDAY.finditer(text):
        day = "一二三四五六日".find(match[1].replace("天", "日")) + 1
        yield _exact(match, match.start(), match.end(), day, Scale.WEEKDAY)
    for match in patterns.DAY.finditer(text):
        if 1 <= _value(match[1]) <= 31 and not text.startswith("两", match.start()):
            yield _exact(match, match.start(), match.end(), _value(match[1]), Scale.DAY)


def _ordinals(text: str) -> Iterator[Quantity]:
    for match in patterns.ORDINAL.finditer(text):
        value = _value(match[1])
        yield Quantity(match.start(), match.end(), value, value, Scale.ORDINAL, sure=value >= 4)


def _halves(text: str) -> Iterator[Quantity]:
    for match in patterns.HALF_TIME.finditer(text):
        unit = {"小时": "hour", "钟头": "hour", "天": "day", "月": "month", "年": "year", "个世纪": "century"}.get(
            match[1]
        )
        before = text[match.start() - 1 : match.start()]
        if unit and before not in set(patterns.NUMERAL + "个年大前后上下多"):
            value = SECONDS[unit] / 2
            yield _exact(match, match.start(), match.end(), value, Scale.DURATION, unit)
    for match in patterns.HALF.finditer(text):
        yield Quantity(match.start(), match.end(), 0.5, 0.5, Scale.SHARE, sure=False)


def _plain(text: str) -> Iterator[Quantity]:
    at = 0
    while match := patterns.VALUE.search(text, at):
        at = match.end(2)
        found = _measured(text, match)
        if found:
            at = max(at, found.end)
            yield found
    for match in re.finditer(rf"([数几])(?={patterns.one_of(patterns.TIME_UNITS)})", text):
        found = _several(text, match)
        if found:
            yield found


def _measured(text: str, match: re.Match[str]) -> Quantity | None:
    numeral, start, end = match[2], match.start(2), match.end(2)
    if match[1] or numeral[0] in "百千万亿":
        return _vague(text, match)
    value = _value(numeral)
    low, high = value, value
    if match[3] in {"几", "多", "余", "来"} and value >= 10:
        low, high, end = value, value + _step(value) * 0.999, match.end(3)
        if match[3] == "来":  # about so many, not more than so many
            high = value
        else:
            low += 0.01 * _step(value)
    if numeral[-1] == "亿" and (rest := patterns.BELOW.match(text, end)):
        low, high, end = low + _value(rest[0]), high + _value(rest[0]), rest.end()
    scale, unit, factor, stop = _unit(text, end)
    digits = numeral[0].isdigit()
    if scale is Scale.DURATION and text.startswith("半", stop):
        return Quantity(
            start, stop + 1, (low + 0.5) * factor, (high + 0.5) * factor, scale, unit, bound=_bound(text, start)
        )
    if half := patterns.HALF_INSIDE.match(text, end):
        factor = SECONDS[patterns.HALVES[half[1]]]
        return Quantity(
            start, half.end(), (value + 0.5) * factor, (value + 0.5) * factor, Scale.DURATION, patterns.HALVES[half[1]]
        )
    if scale is Scale.DURATION and text[stop : stop + 1] in {"多", "余"} and high == low:
        low, high, stop = value + 1e-6, value + 0.999, stop + 1
    sign = patterns.SIGN.search(text, max(0, start - 4), start)
    if sign and scale is Scale.COUNT:
        unit, start = patterns.SIGNS[sign[1]], sign.start()
    known = scale is not Scale.COUNT or bool(unit)
    single = len(numeral) == 1 and not digits
    counted = bool(patterns.CLASSIFIER.match(text, end) or patterns.RANGE_GOES_ON.match(text, end))
    if single and not known and not counted:
        return None
    weak = numeral in {"一", "零", "〇"} or (numeral == "1" and not known)
    if numeral in {"一", "零", "〇"} and scale is not Scale.DURATION:
        return None
    sure = not weak and (known or counted or digits or value >= 10)
    return Quantity(start, stop, low * factor, high * factor, scale, unit, sure, _bound(text, start))


def _vague(text: str, match: re.Match[str]) -> Quantity | None:
    """数亿, 几十年, 上百人; None for a scale that stands alone (百, 万) and for 几 before a value."""
    numeral = match[2]
    if not match[1] or not re.fullmatch("[十百千万亿]+", numeral):
        return None
    size = _value("一" + numeral)
    low = size if match[1] == "上" else 2 * size
    stop = match.end(3) if match[3] else match.end(2)
    scale, unit, factor, stop = _unit(text, stop)
    return Quantity(match.start(), stop, low * factor, 9.99 * size * factor, scale, unit, sure=False)


def _unit(text: str, end: int) -> tuple[Scale, str, float, int]:
    """Scale, unit, factor to the scale's base, and where the unit ends."""
    if match := patterns.AFTER_COIN.match(text, end):
        return Scale.COUNT, patterns.COINS[match[1]], 1.0, match.end()
    if (match := patterns.AFTER_TIME.match(text, end)) and not _no_time(text, match):
        unit = patterns.TIME_UNITS[match[1]]
        return Scale.DURATION, unit, SECONDS[unit], match.end(1)
    if match := patterns.AFTER_MEASURE.match(text, end):
        scale, size = patterns.MEASURES[match[1]]
        return scale, match[1], size, match.end()
    return Scale.COUNT, "", 1.0, end


def _no_time(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a unit of time begins another word: 三天两头 stays, 五年级 and 一天天 are none."""
    after = text[match.end(1) : match.end(1) + 1]
    if not after:
        return False
    others = {
        "年": "级",
        "天": "天才堂空本",
        "日": "天才堂空本",
        "周": "围边末报色会宴",
        "晚": "围边末报色会宴",
        "夜": "围边末报色会宴",
    }
    return after in others.get(match[1], "")


def _step(value: float) -> float:
    """The unit of the last numeral that is not zero: 10 for 20, 100 for 1,300."""
    step = 1.0
    while value % (step * 10) == 0 and step * 10 <= value:
        step *= 10
    return step


def _several(text: str, match: re.Match[str]) -> Quantity | None:
    """数周, 几个月: between two and ten."""
    scale, unit, factor, stop = _unit(text, match.end())
    if text[max(0, match.start() - 1) : match.start()] in set(patterns.NUMERAL + "第好多人无分函"):
        return None
    return Quantity(match.start(), stop, 2 * factor, 9.99 * factor, scale, unit, sure=False)


def _bound(text: str, start: int) -> str:
    found = bound_before(text, start)
    return found[0] if found else ""


def bound_before(text: str, start: int) -> tuple[str, str] | None:
    """What bounds the number at `start`, `more`, `less` or `about`, and the words that do; None without any."""
    before = text[max(0, start - 12) : start]
    return next(((name, match[0]) for name, pattern in patterns.BOUNDS if (match := pattern.search(before))), None)
