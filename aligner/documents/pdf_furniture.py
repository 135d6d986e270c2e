"""What pages of a PDF repeat around their text: running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict

from aligner.documents.pdf_lines import PageLine

EDGE = 3
"""Lines at the top and at the bottom of a page that can be furniture."""

_NEAR = 4.0
"""Points by which the height of a running head may differ between pages."""

_SHARE = 0.4
"""Share of the pages (but two at least) on which a line stands that is furniture; left and right pages differ."""

_NUMBER = re.compile(
    r"\W{0,6}(?:(?:page|p\.|seite)\s*)?(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页|\s*頁)?"
    r"(?:\s*(?:/|of|／|共|von)\s*\d{1,4}(?:\s*页|\s*頁)?)?\W{0,6}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def furniture(pages: list[list[PageLine]]) -> dict[tuple[int, int], str]:
    """(page, line number) of what is furniture -> what it is."""
    edges = {page[0].page: _edges(page) for page in pages if page}
    seen: dict[str, list[PageLine]] = defaultdict(list)
    for lines in edges.values():
        for line in lines:
            # Lines of text can differ by a number alone, too; the outermost line of every page hardly.
            seen[_DIGITS.sub("#", line.text) if _outermost(line, lines) else line.text].append(line)
    found: dict[tuple[int, int], str] = {}
    for same in seen.values():
        for line in same:
            near = {other.page for other in same if abs(other.y - line.y) <= _NEAR}
            if len(near) >= max(2, _SHARE * len(edges)):
                number = _NUMBER.fullmatch(line.text)
                found[line.page, line.number] = "page number" if number else "running head or foot"
    for lines in edges.values():
        for line in lines:
            if _NUMBER.fullmatch(line.text) and any(c.isdigit() for c in line.text) and _outermost(line, lines):
                found.setdefault((line.page, line.number), "page number")
    return found


def _edges(page: list[PageLine]) -> list[PageLine]:
    ordered = sorted(page, key=lambda line: -line.y)
    chosen = {line.number: line for line in [*ordered[:EDGE], *ordered[-EDGE:]]}
    return list(chosen.values())


def _outermost(line: PageLine, lines: list[PageLine]) -> bool:
    """Whether nothing stands above it or nothing below it."""
    heights = [other.y for other in lines]
    return len(lines) > 1 and (line.y >= max(heights) or line.y <= min(heights))
