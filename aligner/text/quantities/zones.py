"""Time zones, and currencies that stand apart from their sums."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.text.quantities.chinese_patterns import COINS

_ZONES = {
    "UTC": r"\b(?:UTC|GMT)\b|协调世界时|世界标准时间|格林尼?[治威](?:标准)?时间|世界时",
    "Beijing": r"北京时间|\bBeijing time\b|京时间|中原标准时间|台北时间|香港时间|\bHong Kong time\b",
    "Eastern": r"\bE[SD]?T\b|\bEastern (?:Time|Standard Time|Daylight Time)\b|美东(?:时间)?|东部时间|纽约时间",
    "Pacific": r"\bP[SD]?T\b|\bPacific (?:Time|Standard Time|Daylight Time)\b|太平洋时间|美西时间",
    "Central": r"\bCES?T\b|\bCentral European (?:Summer )?Time\b|欧洲中部(?:夏令)?时间|中欧时间",
    "Tokyo": r"\bJST\b|东京时间|日本时间",
    "London": r"\bBST\b|伦敦时间|英国时间|\bLondon time\b",
    "local": r"\blocal time\b|当地时间",
}
ZONES = {name: re.compile(pattern) for name, pattern in _ZONES.items()}


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone named at `[start, end)`."""

    start: int
    end: int
    name: str


def zones(text: str) -> tuple[Zone, ...]:
    """The time zones named in a text, in order; Chinese is to be given in Simplified characters.

    >>> [zone.name for zone in zones("noon (UTC)")]
    ['UTC']
    """
    found = [Zone(m.start(), m.end(), name) for name, pattern in ZONES.items() for m in pattern.finditer(text)]
    return tuple(sorted(found, key=lambda zone: zone.start))


def currency_words(text: str) -> list[tuple[str, tuple[int, int]]]:
    """The currencies that a Chinese text names, with or without a sum, and where."""
    pattern = re.compile("|".join(sorted(COINS, key=len, reverse=True)))
    return [(COINS[m[0]], m.span()) for m in pattern.finditer(text)]
