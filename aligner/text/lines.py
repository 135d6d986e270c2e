"""Lines, paragraphs and list markers: what line breaks say before anybody reads the words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from aligner.model import Span

BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")

LIST_MARKER = re.compile(
    r"[ \t\u3000]*(?:"
    r"\*\*\d{1,2}[.)、]?\*\*[ \t\u3000]+"  # **1.**
    r"|(?:[*+\-–—]|[•‣●○◎▪◦■□◆◇·・．]|[▶▸►➤✦✓✔])[ \t\u3000]+(?:(?:[a-zA-Z]|\d{1,2})[.)）][ \t\u3000]+)?"  # * , • , * a)
    r"|[•‣●◎▪◦■◆▶▸►➤・．](?=\S)"
    r"|\d{1,2}(?:[.)][ \t\u3000]+|[）、．])"  # 1. 2) 3、
    r"|[a-zA-Z][)）][ \t\u3000]*"  # a)
    r"|[(（](?:\d{1,2}|[a-z]|[一二三四五六七八九十]{1,3})[)）][ \t\u3000]*"  # (1) （二）
    r"|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十][、线線流等])"
    r"|[①-⑳][ \t\u3000]*"
    r")(?=\S)"
)
"""A list item's marker with the white space around it, at the start of a line."""

_BLANK = " \t\u3000\u00a0\u200b\u200c\u200d\u2060\ufeff\r\n\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x1f\x85"


_WEAK_MARKER = re.compile(r"[ \t\u3000]*(?:[*+\-–—][ \t\u3000]|\d|[a-zA-Z][)）]|[一二三四五六七八九十])")
"""Markers that a wrapped line can also begin with by chance: a dash, a number, a letter."""

_FINISHED = re.compile(r"[.。．!！?？…:：;；]['\"”’」』）)*_\]】]*\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line `[start, end)` without its line end; it can be empty."""

    start: int
    end: int


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]`, empty ones included; a final line end does not open another line."""
    stop = len(text) if end is None else end
    at = start
    for match in BREAK.finditer(text, start, stop):
        yield Line(at, match.start())
        at = match.end()
    if at < stop:
        yield Line(at, stop)


def trim(text: str, start: int, end: int) -> Span | None:
    """`[start, end)` without white space (zero-width space included) at its ends; None if nothing is left."""
    while start < end and (text[start] in _BLANK or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _BLANK or text[end - 1].isspace()):
        end -= 1
    return Span(start, end) if start < end else None


def finished(text: str) -> bool:
    """Whether a line ends with the punctuation that ends a sentence or leads in what follows."""
    return bool(_FINISHED.search(text))


def item_starts(text: str, line: Line, previous: Line | None, *, after_item: bool) -> int | None:
    """Where a list item's content begins on `line`, or None if the line starts none.

    A dash or number at the start of a line that continues an unfinished one is no marker, unless
    the line before is an item itself (`after_item`).
    """
    marker = LIST_MARKER.match(text, line.start, line.end)
    if not marker:
        return None
    continues = previous is not None and not after_item and not finished(text[previous.start : previous.end])
    return None if continues and _WEAK_MARKER.match(text, line.start, line.end) else marker.end()


def is_blank(text: str) -> bool:
    """Whether there is nothing but white space (zero-width space included)."""
    return trim(text, 0, len(text)) is None


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The stretches between blank lines, trimmed."""
    first: int | None = None
    last = start
    for line in lines(text, start, end):
        if is_blank(text[line.start : line.end]):
            if first is not None and (span := trim(text, first, last)):
                yield span
            first = None
        else:
            first = line.start if first is None else first
            last = line.end
    if first is not None and (span := trim(text, first, last)):
        yield span


def width(text: str) -> int:
    """Columns that `text` takes in a terminal: two for a wide East Asian character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def pieces(text: str, start: int, end: int, cuts: set[int]) -> tuple[Span, ...]:
    """`[start, end)` cut at the offsets in `cuts`, trimmed, without blank pieces."""
    edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    spans = (trim(text, a, b) for a, b in pairwise(edges))
    return tuple(span for span in spans if span)
