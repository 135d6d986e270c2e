"""What stands on a page of a PDF: chunks of text with their places to lines."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.documents.joining import unpresented, unspaced

_SAME_LINE = 0.35
"""Share of the letters' height by which two chunks of one line may stand higher or lower."""

_RAISED = (0.12, 0.75)
"""The same for raised numbers: between a wobble and the line above."""

_SMALL = 0.8
"""Share of the line's letters below which a raised number is one."""

_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§]{1,3}|[①-⑳])[\])]?\s*")
_POWERS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of text as the page's program sets it: baseline at `(x, y)` in points from the lower left."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line on a page; `number` counts the lines of the page from 1 as they are set (in
    the end without furniture)."""

    text: str
    page: int
    number: int
    x: float
    y: float
    size: float
    marks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its place for people."""
        return f"page {self.page}, line {self.number}"


def chunk(text: str, matrix: Sequence[float], text_matrix: Sequence[float], size: float | None) -> Chunk | None:
    """What pypdf's visitor is told, in points of the page; None for what cannot be seen or counted."""
    a, b, c, d, e, f = (float(value) for value in matrix)
    _, _, tc, td, x, y = (float(value) for value in text_matrix)
    height = abs(size or 0.0) * math.hypot(tc * a + td * c, tc * b + td * d)
    place = x * a + y * c + e, x * b + y * d + f
    if not text.strip() or not all(map(math.isfinite, (*place, height))):
        return None
    return Chunk(text.replace("\n", " "), *place, height or 1.0)


def page_lines(chunks: Sequence[Chunk], page: int) -> list[PageLine]:
    """The lines of a page in the order in which it sets them, which is nearly always the order of reading."""
    groups: list[list[Chunk]] = []
    for each in chunks:
        if groups and _continues(groups[-1], each):
            groups[-1].append(each)
        else:
            groups.append([each])
    lines = [_line(group, page) for group in groups]
    shown = [line for line in lines if line.text]
    return [replace(line, number=number) for number, line in enumerate(shown, 1)]


def _continues(group: list[Chunk], each: Chunk) -> bool:
    first = max(group, key=lambda chunk: chunk.size)
    size = max(first.size, each.size)
    off = abs(each.y - first.y) / size
    if off <= _SAME_LINE:
        # Back to the left on the same height is another column or the page's number.
        return each.x >= group[-1].x - size
    raised = each.size < _SMALL * first.size or first.size < _SMALL * each.size
    return raised and off <= _RAISED[1] and each.x >= group[-1].x


def _line(group: list[Chunk], page: int) -> PageLine:
    size = max(chunk.size for chunk in group)
    base = next(chunk for chunk in group if chunk.size == size)
    marks: list[str] = []
    text = ""
    for chunk in group:
        small = chunk.size < _SMALL * size and chunk.y > base.y + _RAISED[0] * size
        if small and _MARK.fullmatch(chunk.text):
            plain = chunk.text.strip()
            if plain.isdigit() and text[-1:].isdigit():
                text += plain.translate(_POWERS)
            elif text.strip():
                marks.append(plain)
                text = text.rstrip()
        else:
            text += chunk.text
    text = unspaced(unpresented(re.sub(r"[ \t]+", " ", text).strip()))
    return PageLine(text, page, 0, min(chunk.x for chunk in group), base.y, size, tuple(marks))
