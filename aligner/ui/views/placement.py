"""One rendering laid on the letter's rows: what stands in which cell, what moved, what is missing.

A row is one segment of the letter, numbered from 1. An alignment's source segments may be cut
finer than the rows (an imported one may be); they go to the row they overlap most.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.model import AbsenceKind, Alignment, Letter, Link, Mode, Place, Quoted, Segment

# As where the engine asks for review: below, 59 in 100 characters are right; above, 94 and more (docs/engines.md).
LOW_CONFIDENCE = 0.7

MODES = (Mode.DIRECT, Mode.INDIRECT, Mode.FRAGMENT)
KINDS = (*(mode.value for mode in MODES), AbsenceKind.OMITTED.value, AbsenceKind.OUTSIDE.value)
"""What a cell can be, from the fullest rendering to none; coverage is counted in this order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A link as one cell shows it.

    `rows` are all rows it renders (0-based); `moved_after` is the number of the row whose rendering
    precedes it in the article when it stands out of order (0: it stands before all others), else None.
    """

    link: Link
    segments: tuple[Segment, ...]
    rows: tuple[int, ...]
    moved_after: int | None

    @property
    def start(self) -> int:
        """Where it begins in the article."""
        return self.segments[0].start


@dataclass(frozen=True, slots=True)
class Missing:
    """Words of a rendered row without rendering, as offsets into the witness's document."""

    start: int
    end: int
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cell:
    """What one rendering makes of one row; `pieces` are in the article's order."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    missing: tuple[Missing, ...] = ()
    confidence: float | None = None

    @property
    def flags(self) -> tuple[str, ...]:
        """What the filters of the page ask for."""
        found = {
            "omitted": self.kind == AbsenceKind.OMITTED,
            "partial": bool(self.missing),
            "moved": any(piece.moved_after is not None for piece in self.pieces),
            "low": any(piece.link.confidence < LOW_CONFIDENCE for piece in self.pieces),
        }
        return tuple(name for name, true in found.items() if true)


def place(letter: Letter, alignment: Alignment) -> tuple[Cell, ...]:
    """One cell per segment of `letter`."""
    row_of = rows_of(letter.segments, alignment.source_segments)
    cells: list[list[Piece]] = [[] for _ in letter.segments]
    for piece in _pieces(alignment, row_of):
        for row in piece.rows:
            cells[row].append(piece)
    whole, missing = _absences(letter, alignment, row_of)
    return tuple(
        _cell(tuple(pieces), whole.get(row, []), tuple(missing.get(row, ()))) for row, pieces in enumerate(cells)
    )


def rows_of(rows: Sequence[Segment], segments: Iterable[Segment]) -> dict[str, int]:
    """The row (0-based) that each segment overlaps most, or the nearest one before it."""
    starts = [row.start for row in rows]
    found = {}
    for segment in segments:
        first = max(bisect_right(starts, segment.start) - 1, 0)
        last = max(bisect_right(starts, segment.end - 1), first + 1)
        near = range(first, last)
        found[segment.id] = first if len(near) == 1 else max(near, key=lambda row: _overlap(rows[row], segment))
    return found


def _overlap(row: Segment, segment: Segment) -> int:
    return row.span.overlap(segment.span)


Beside = Sequence[tuple[int, int, int]]
"""An article's segments in order: where each starts and ends, and a row (from 1) that it stands beside."""


def beside(cells: Iterable[Cell]) -> Beside:
    """The segments of a rendering, once for each row that they render."""
    return sorted((s.start, s.end, row) for row, cell in enumerate(cells, 1) for p in cell.pieces for s in p.segments)


def touched(span: Quoted | Place | Segment, rows: Sequence[Segment]) -> range:
    """The numbers (from 1) of the rows that a stretch of the letter touches; none for one between them."""
    first = bisect_right(rows, span.start, key=lambda row: row.end)
    return range(first + 1, bisect_left(rows, span.end, key=lambda row: row.start) + 1)


def out_of_order(rows: Sequence[int]) -> set[int]:
    """Indices that do not belong to the longest stretch in order (equal rows are in order).

    >>> out_of_order([1, 4, 2, 3])
    {1}
    """
    tails: list[int] = []
    best: list[int] = []
    before: list[int | None] = []
    for index, row in enumerate(rows):
        at = bisect_right(tails, row)
        before.append(best[at - 1] if at else None)
        tails[at:] = [row, *tails[at + 1 :]]
        best[at:] = [index, *best[at + 1 :]]
    kept: set[int] = set()
    index_or_none = best[-1] if best else None
    while index_or_none is not None:
        kept.add(index_or_none)
        index_or_none = before[index_or_none]
    return set(range(len(rows))) - kept


def _pieces(alignment: Alignment, row_of: dict[str, int]) -> list[Piece]:
    target = {segment.id: segment for segment in alignment.target_segments}
    drafts = []
    for link in alignment.links:
        segments = tuple(sorted((target[name] for name in link.target), key=lambda item: item.start))
        drafts.append((segments, tuple(sorted({row_of[name] for name in link.source})), link))
    drafts.sort(key=lambda draft: draft[0][0].start)
    moved = out_of_order([rows[0] for _, rows, _ in drafts])
    pieces = []
    for index, (segments, rows, link) in enumerate(drafts):
        after = None
        if index in moved:
            others = (earlier[1][-1] for earlier in reversed(drafts[:index]) if not set(earlier[1]) & set(rows))
            after = next(others, -1) + 1
        pieces.append(Piece(link, segments, rows, after))
    return pieces


def _absences(
    letter: Letter, alignment: Alignment, row_of: dict[str, int]
) -> tuple[dict[int, list[tuple[str, float]]], dict[int, list[Missing]]]:
    """Whole absences and missing words by row; an absent piece of a rendered row is missing words."""
    source = {segment.id: segment for segment in alignment.source_segments}
    rendered = {row_of[name] for link in alignment.links for name in link.source}
    whole: dict[int, list[tuple[str, float]]] = {}
    missing: dict[int, list[Missing]] = {}
    text = letter.base.document.text
    for absence in alignment.absences:
        row, segment = row_of[absence.source], source[absence.source]
        if absence.start is not None and absence.end is not None:
            words = Missing(absence.start, absence.end, text[absence.start : absence.end], absence.confidence)
            missing.setdefault(row, []).append(words)
        elif row in rendered:
            words = Missing(segment.start, segment.end, segment.text, absence.confidence)
            missing.setdefault(row, []).append(words)
        else:
            whole.setdefault(row, []).append((absence.kind.value, absence.confidence))
    return whole, missing


def _cell(pieces: tuple[Piece, ...], absences: list[tuple[str, float]], missing: tuple[Missing, ...]) -> Cell:
    if pieces:
        return Cell(min((piece.link.mode.value for piece in pieces), key=KINDS.index), pieces, missing)
    kinds = [kind for kind, _ in absences]
    outside = all(kind == AbsenceKind.OUTSIDE for kind in kinds)
    confidence = min((value for _, value in absences), default=None)
    return Cell((AbsenceKind.OUTSIDE if outside else AbsenceKind.OMITTED).value, confidence=confidence)
