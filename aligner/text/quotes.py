"""Quotations: where somebody's words stand between quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "〝": "〞", "«": "»"}
_CLOSERS = {close: opening for opening, close in _PAIRS.items()} | {"〟": "〝"}
_STRAIGHT = "\"'＂"
_MARKS = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_CLOSERS) + _STRAIGHT) + "]")
_PARAGRAPH_END = re.compile(r"(?:\r\n|\r|\n)[ \t\u3000]*(?:\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation `[start, end)` with its marks and `[inner_start, inner_end)` without them.

    One that never closes runs to the end of its paragraph; then `end == inner_end`.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int

    @property
    def closed(self) -> bool:
        """Whether its closing mark is there."""
        return self.end > self.inner_end


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    at: int


def quotes(text: str, start: int = 0, end: int | None = None) -> tuple[Quote, ...]:
    """The quotations in `text[start:end]`, by start, outer before inner; empty ones are left out.

    “” ‘’ 「」 『』 are paired by their shape, with tolerance for a mark turned the wrong way; straight
    quotes by turns within a paragraph. Apostrophes (`we’ve`, `D‘Angelo`, `years'`) and inches are no
    quotes, 《》 encloses a title and is none either. A quotation left open at the end of a paragraph
    (speech that runs over several) ends there.
    """
    stop = len(text) if end is None else end
    found: list[Quote] = []
    at = start
    for gap in [*_PARAGRAPH_END.finditer(text, start, stop), None]:
        until = gap.start() if gap else stop
        _paragraph(text, at, until, found)
        at = gap.end() if gap else stop
    return tuple(sorted((quote for quote in found if _worded(text, quote)), key=lambda q: (q.start, -q.end)))


def _paragraph(text: str, start: int, end: int, found: list[Quote]) -> None:
    stack: list[_Open] = []
    for match in _MARKS.finditer(text, start, end):
        at, mark = match.start(), match.group()
        depth = _closes(text, at, mark, stack, start, end)
        if depth is not None:
            found.append(Quote(stack[depth].at, at + 1, stack[depth].at + 1, at))
            del stack[depth:]
        elif _opens(text, at, mark, start, end):
            stack.append(_Open(mark, at))
    last = end
    while last > start and text[last - 1].isspace():
        last -= 1
    # An unclosed single quote is nearly always a stray apostrophe.
    found.extend(Quote(item.at, last, item.at + 1, last) for item in stack if item.mark not in "'‘" and item.at < last)


def _closes(text: str, at: int, mark: str, stack: list[_Open], start: int, end: int) -> int | None:
    """Index in the stack of the quotation that the mark at `at` closes, or None."""
    before, after = _around(text, at, start, end)
    if mark in "'’" and before.isalnum() and after.isalnum() and before.isascii() and after.isascii():
        return None
    wanted = {mark} if mark in _STRAIGHT else {_CLOSERS[mark]} if mark in _CLOSERS else set()
    if mark in _PAIRS and mark != "‘" and (before in set("。！？.!?…,，") or not _wordlike(after)):
        wanted = {mark}  # an opening mark where only a closing one makes sense
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].mark in wanted or (mark == "”" and stack[depth].mark == "”"):
            return depth
    return None


def _opens(text: str, at: int, mark: str, start: int, end: int) -> bool:
    before, after = _around(text, at, start, end)
    if not after or after.isspace():
        return False
    latin_before = before.isalnum() and before.isascii()
    if mark in "'‘":
        return not latin_before and _wordlike(after)
    if mark in '"＂':
        return not (latin_before and not after.isalnum())
    if mark == "”":
        return not before.isalnum() and before not in set("。！？.!?…,，") and _wordlike(after)
    return mark in _PAIRS


def _around(text: str, at: int, start: int, end: int) -> tuple[str, str]:
    return text[at - 1] if at > start else "", text[at + 1] if at + 1 < end else ""


def _wordlike(character: str) -> bool:
    return character.isalnum() or (character != "" and character in "“‘「『《(（[【\"'$€£#@")


def _worded(text: str, quote: Quote) -> bool:
    return bool(text[quote.inner_start : quote.inner_end].strip())
