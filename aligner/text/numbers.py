"""Numbers in English and Chinese, in digits and words, on one scale.

What is read: digits with separators and decimals (`1,240`, `4.5`), scale words (`3.2 billion`, `4.1亿`,
`5万`), Chinese numerals (`六年半`, `二十四`, `两成`), English number words (`six-and-a-half`,
`seventeen percent`, `hundreds of millions` is left alone: it is no number), percentages as their
face value (`17%`, `17 percent` and `百分之十七` are all 17). Ordinals and fractions are not read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.model import Span

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
JOINED = {"廿": 20, "卅": 30}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}

WORD = "|".join(sorted([*UNITS, *TENS, *SCALES, "half"], key=len, reverse=True))
ENGLISH_WORDS = re.compile(rf"\b(?:{WORD})(?:(?:\s+|-)(?:(?:and|a)(?:\s+|-))*(?:{WORD})\b)*", re.IGNORECASE)
PLAIN = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
SCALE_AFTER = re.compile(
    r"\s*(hundred|thousand|million|billion|trillion)\b|\s*([千百]?[万萬亿億]|[千百](?![克米瓦]))", re.I
)
CHINESE = re.compile(
    r"[零〇一二三四五六七八九十百千万萬亿億两兩廿卅]+(?:点[零〇一二三四五六七八九]+(?![零〇一二三四五六七八九十百千分]))?"
)
HALF_AFTER = re.compile(r"[年个個天月小时時度]{0,2}半(?![夜天路])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands at `[start, end)`, and its value."""

    start: int
    end: int
    value: float

    @property
    def span(self) -> Span:
        """Its offsets."""
        return Span(self.start, self.end)


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of `text` in order, without overlap; offsets are into `text`."""
    found = _digits(text)
    more = _chinese(text) if language.startswith("zh") else _english(text)
    taken = [n.span for n in found]
    found += [n for n in more if not any(n.span.overlap(span) for span in taken)]
    return tuple(sorted(found, key=lambda n: n.start))


def _digits(text: str) -> list[Number]:
    found = []
    for match in PLAIN.finditer(text):
        value, end = float(match[0].replace(",", "")), match.end()
        scale = SCALE_AFTER.match(text, end)
        if scale:
            end = scale.end()
            value *= SCALES[scale[1].lower()] if scale[1] else _scale(scale[2])
        elif half := HALF_AFTER.match(text, end):
            value, end = value + 0.5, half.end()
        found.append(Number(match.start(), end, round(value, 6)))
    return found


def _scale(characters: str) -> float:
    value = 1.0
    for character in characters:
        value *= SMALL.get(character) or LARGE[character]
    return value


def _chinese(text: str) -> list[Number]:
    found = []
    for match in CHINESE.finditer(text):
        tenths = text.startswith("成", match.end())
        half = HALF_AFTER.match(text, match.end())
        counted = tenths or (half and len(half[0]) > 1)  # `一半` is no number, `一年半` is
        if match[0][0] in LARGE or (len(match[0]) == 1 and match[0] in "一百千万萬零两兩" and not counted):
            continue
        value, end = chinese_value(match[0]), match.end()
        if half:
            value, end = value + 0.5, half.end()
        elif tenths and value <= 10:
            value, end = value * 10, end + 1
        found.append(Number(match.start(), end, round(value, 6)))
    return found


def chinese_value(numeral: str) -> float:
    """The value of a Chinese numeral such as `一亿零三百万`, `二〇二四` or `十二点五`."""
    whole, _, tail = numeral.partition("点")
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        value = float("".join(str(DIGITS[c] % 10) for c in whole))
    else:
        total = section = digit = 0.0
        for character in whole:
            if character in SMALL:
                section += (digit or 1) * SMALL[character]
                digit = 0
            elif character in LARGE:
                scale = LARGE[character]
                # `一亿零三百万`: what is above the scale already stays as it is; `一万亿`: what is below grows.
                more = (section + digit) * scale
                total = total + more if total >= scale else total * scale + more
                section = digit = 0
            elif character in JOINED:
                section += JOINED[character]
            else:
                digit = DIGITS[character]
        value = total + section + digit
    return value + (float("0." + "".join(str(DIGITS[c]) for c in tail)) if tail else 0.0)


def _english(text: str) -> list[Number]:
    found = []
    for match in ENGLISH_WORDS.finditer(text):
        parts = re.split(r"[\s-]+", match[0].lower())
        if parts in (["one"], ["half"], ["hundred"], ["thousand"], ["million"], ["billion"], ["dozen"]):
            continue
        found.append(Number(match.start(), match.end(), round(_english_value(parts), 6)))
    capitals = re.finditer(r"\b[A-Z][a-z]+\b", text)
    found += [Number(m.start(), m.end(), MONTHS[m[0].lower()]) for m in capitals if m[0].lower() in MONTHS]
    return found


def _english_value(parts: list[str]) -> float:
    total = section = 0.0
    for part in parts:
        if part == "half":
            section += 0.5
        elif part in SCALES:
            section = (section or 1) * SCALES[part]
            if SCALES[part] >= 1e3:
                total, section = total + section, 0.0
        else:
            section += UNITS.get(part, TENS.get(part, 0))
    return total + section
