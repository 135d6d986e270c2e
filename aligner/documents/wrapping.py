"""Which lines belong to one paragraph: hard-wrapped text against one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from aligner.text.lines import Line, finished, is_blank, lines, width

_LINES_SHARE = 0.6
"""Share of finished lines from which line breaks separate paragraphs; in wrapped text a tenth or two are finished."""

_PAIRS_FOR_OWN_VERDICT = 4
"""Line pairs from which a stretch without blank lines is judged by itself, not with its document."""

_SHORT_LINE = 0.6
_FULL_LINE = 0.9
_NARROWEST_WRAP = 60
"""Columns that wrapped text has at least; a shorter unfinished line was ended on purpose."""

_LINK_END = re.compile(r"\]\([^)\s]*\)")
_BOLD_START = re.compile(r"\s*\*\*")
_LINK_START = re.compile(r"[\s*_]*!?\[")

StandsAlone = Callable[[Line], bool]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `stretch` numbers the lines between two blank ones, `solo` means there is one."""

    lines: tuple[Line, ...]
    stretch: int
    solo: bool


def paragraphs(text: str, stands_alone: StandsAlone, starts: StandsAlone) -> list[Paragraph]:
    """The document's lines grouped into paragraphs, blank lines left out.

    `stands_alone` says which lines are a block by themselves (headings, rules, by-lines), `starts` which
    ones begin a block that later lines may continue (list items, images). Everything else is decided by
    evidence: when most lines end with a sentence, line breaks separate paragraphs; otherwise the text is
    wrapped and a line continues the one before.
    """
    stretches = _stretches(text)
    verdict = _separate(text, [pair for stretch in stretches for pair in _ordinary(stretch, stands_alone, starts)])
    found: list[Paragraph] = []
    for number, stretch in enumerate(stretches):
        pairs = _ordinary(stretch, stands_alone, starts)
        if len(pairs) >= _PAIRS_FOR_OWN_VERDICT:
            separate = _separate(text, pairs)
        else:
            # A name above a title is finished nowhere: what other lines do says nothing about it.
            separate = verdict and any(_ended(text, line) for line in stretch[:-1])
        full = max(width(text[line.start : line.end]) for line in stretch)
        grouped: list[list[Line]] = []
        for line in stretch:
            if grouped and _continues(text, grouped[-1], line, stands_alone, starts, separate=separate, full=full):
                grouped[-1].append(line)
            else:
                grouped.append([line])
        found.extend(Paragraph(tuple(group), number, len(stretch) == 1) for group in grouped)
    return found


def _stretches(text: str) -> list[list[Line]]:
    found: list[list[Line]] = [[]]
    for line in lines(text):
        if is_blank(text[line.start : line.end].strip("> ")):
            found.append([])
        else:
            found[-1].append(line)
    return [stretch for stretch in found if stretch]


def _ordinary(stretch: list[Line], stands_alone: StandsAlone, starts: StandsAlone) -> list[tuple[Line, Line]]:
    return [(a, b) for a, b in pairwise(stretch) if not (stands_alone(a) or stands_alone(b) or starts(a) or starts(b))]


def _separate(text: str, pairs: list[tuple[Line, Line]]) -> bool:
    done = sum(_ended(text, a) for a, _ in pairs)
    return bool(pairs) and done >= _LINES_SHARE * len(pairs)


def _ended(text: str, line: Line) -> bool:
    body = text[line.start : line.end].rstrip()
    # A colon inside emphasis is a label (`**Note:**`), and what it labels follows.
    return finished(body) and not (body.endswith(("*", "_")) and body.rstrip("*_")[-1:] in ":：")


def _continues(
    text: str,
    current: list[Line],
    line: Line,
    stands_alone: StandsAlone,
    starts: StandsAlone,
    *,
    separate: bool,
    full: int,
) -> bool:
    start, end = current[0].start, current[-1].end
    # A paragraph can be long: it is looked at as a whole only where it begins like a link.
    if _LINK_START.match(text, start, end):
        so_far = text[start:end]
        if not _LINK_END.search(so_far):
            return "](" in text[start : line.end] or not _LINK_START.match(text, line.start)
        if so_far.rstrip().endswith((")", "*", "_")):
            return False
    if stands_alone(current[-1]) or stands_alone(line) or starts(line):
        return False
    if _BOLD_START.match(text, start, end) and text.count("**", start, end) % 2:
        return True
    last = text[current[-1].start : current[-1].end].rstrip()
    ended = _ended(text, current[-1])
    if separate:
        return not ended and full >= _NARROWEST_WRAP and width(last) >= _FULL_LINE * full and len(current) < 3
    return not (ended and width(last) <= _SHORT_LINE * full)
