"""Lines of a PDF's pages to paragraphs: by gaps, indents, sizes and lines that end early."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from aligner.documents.extraction import Passage
from aligner.documents.joining import Joiner
from aligner.documents.pdf_lines import PageLine
from aligner.model import BlockKind
from aligner.text.forms import closes, greets
from aligner.text.lines import LIST_MARKER, finished, width

_GAP = 1.25
"""Of the usual distance between lines: more is a gap between paragraphs."""

_INDENT = 0.8
"""Of the letters' height: a line that begins further to the right than others is indented."""

_OTHER_SIZE = 0.1
_HEADING = 1.15
_NOTE = 0.87
"""Of the text's size: smaller letters at the foot of a page are a note."""

_EARLY, _VERY_EARLY = 0.9, 0.7
"""Share of the widest lines in which a line and the next word together must fit to have ended on purpose."""

_FIRST_WORD = re.compile(r"[\x21-\x7e\u00a1-\u024f]+|\S")


@dataclass
class Body:
    """The lines of a document without furniture, in the order of reading."""

    lines: list[PageLine] = field(repr=False)

    def passages(self) -> tuple[list[Passage], list[Passage]]:
        """The paragraphs of the text, and the notes at the feet of its pages."""
        joiner = Joiner([line.text for line in self.lines])
        notes = self._notes()
        text = [line for line in self.lines if (line.page, line.number) not in notes]
        below = [line for line in self.lines if (line.page, line.number) in notes]
        return (
            [self._passage(group, joiner) for group in self._grouped(text)],
            [self._passage(group, joiner, note=True) for group in self._grouped(below)],
        )

    def _grouped(self, lines: list[PageLine]) -> list[list[PageLine]]:
        groups = [lines[:1]] if lines else []
        for before, line in pairwise(lines):
            if self._begins(before, line, groups[-1]):
                groups.append([line])
            else:
                groups[-1].append(line)
        return groups

    def _begins(self, before: PageLine, line: PageLine, group: list[PageLine]) -> bool:
        """Whether `line` begins a paragraph and does not go on with the one of `before`."""
        if abs(line.size - before.size) > _OTHER_SIZE * max(line.size, before.size):
            return True
        ended = finished(before.text)
        greeting = greets(before.text) and before.text.endswith(tuple(",，:：!！–—"))
        if greeting or (ended and closes(line.text)):
            return True
        item = LIST_MARKER.match(line.text)
        in_item = LIST_MARKER.match(group[0].text)
        if item and (ended or in_item):
            return True
        if line.page == before.page and line.y < before.y:
            if before.y - line.y > _GAP * self._step(line.size):
                return True
            indented = line.x > before.x + _INDENT * line.size
            if indented and in_item and len(group) == 1:
                return False  # the lines of an item stand under its words, not under its mark
            again = self._indents and len(group) == 1 and before.x > self._margin(before) + _INDENT * line.size
            if indented or (again and abs(line.x - before.x) < 1.0 and (ended or self._early(before, line, _EARLY))):
                return True
        elif self._indents and line.x > self._margin(line) + _INDENT * line.size:
            return True
        return self._early(before, line, _EARLY if ended else _VERY_EARLY)

    def _early(self, before: PageLine, line: PageLine, share: float) -> bool:
        """Whether `before` ended though the first word of `line` would have had room in it."""
        if not finished(before.text) and line.text[:1].islower():
            return False  # ragged, or a divided word
        first = _FIRST_WORD.match(line.text)
        word = width(first.group()) if first else 0
        return width(before.text) + 1 + word < share * self._full(before.size)

    def _notes(self) -> set[tuple[int, int]]:
        """The small lines at the foot of pages that have larger ones above."""
        found: set[tuple[int, int]] = set()
        pages: dict[int, list[PageLine]] = {}
        for line in self.lines:
            pages.setdefault(line.page, []).append(line)
        for page in pages.values():
            lines = sorted(page, key=lambda line: line.y)
            small = []
            for line in lines:
                if line.size >= _NOTE * self._size:
                    break
                small.append(line)
            if len(small) < len(lines):
                found.update((line.page, line.number) for line in small)
        return found

    def _passage(self, group: list[PageLine], joiner: Joiner, *, note: bool = False) -> Passage:
        text, places = "", []
        following = [line.text for line in group[1:]] + [""]
        for line, after in zip(group, following, strict=True):
            places.append((len(text), f"{line.label} (note)" if note else line.label))
            text += joiner.join(line.text, after)
        kind = BlockKind.BODY if note else None
        mark = ""
        if not note and group[0].size > _HEADING * self._size and len(group) < 4:
            kind = BlockKind.HEADING
        elif item := LIST_MARKER.match(text):
            kind, mark = (BlockKind.BODY if note else BlockKind.LIST_ITEM), item.group()
            text = text[len(mark) :]
            places = [(max(0, at - len(mark)), label) for at, label in places]
        return Passage(text, tuple(places), kind, mark)

    @cached_property
    def _size(self) -> float:
        """The size in which most letters are set."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[round(line.size, 1)] += len(line.text)
        return sizes.most_common(1)[0][0]

    def _step(self, size: float) -> float:
        """The usual distance between lines of this size."""
        return self._steps.get(round(size, 1), 1.5 * size)

    @cached_property
    def _steps(self) -> dict[float, float]:
        found: dict[float, list[float]] = {}
        for a, b in pairwise(self.lines):
            same = a.page == b.page and round(a.size, 1) == round(b.size, 1)
            if same and 0 < a.y - b.y < 3 * a.size:
                found.setdefault(round(a.size, 1), []).append(a.y - b.y)
        # Where every paragraph is a line or two, half of all distances are gaps: the small ones are the rule.
        return {size: sorted(steps)[(len(steps) - 1) // 3] for size, steps in found.items()}

    def _margin(self, line: PageLine) -> float:
        return self._margins.get(line.page, line.x)

    @cached_property
    def _margins(self) -> dict[int, float]:
        found: dict[int, list[float]] = {}
        for line in self.lines:
            if abs(line.size - self._size) <= _OTHER_SIZE * self._size:
                found.setdefault(line.page, []).append(line.x)
        return {page: _leftmost(starts) for page, starts in found.items()}

    @cached_property
    def _indents(self) -> bool:
        """Whether first lines are indented here, as a rule."""
        indented = sum(
            line.x > self._margin(line) + _INDENT * line.size and abs(line.size - self._size) < 1 for line in self.lines
        )
        return indented > 1

    def _full(self, size: float) -> float:
        """Columns of a full line of this size."""
        return self._fulls[round(size)]

    @cached_property
    def _fulls(self) -> dict[int, float]:
        found: dict[int, list[int]] = {}
        for line in self.lines:
            found.setdefault(round(line.size), []).append(width(line.text))
        return {size: float(median(sorted(columns)[-max(1, len(columns) // 4) :])) for size, columns in found.items()}


def _leftmost(starts: list[float]) -> float:
    """Where lines begin that are not indented: furthest to the left, but not where one line alone begins."""
    counts = Counter(round(x) for x in starts)
    usual = [x for x, count in counts.items() if count >= max(2, len(starts) // 20)]
    return float(min(usual or counts))
