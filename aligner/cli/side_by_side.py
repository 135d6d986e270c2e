"""A letter and its renderings as rows, one per sentence: what `aligner show` draws and prints as JSON."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.formats.units import Texts
from aligner.model import AbsenceKind, Alignment, Emendation, Letter, Link, Segment, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """One link seen from one sentence; `text` is its target on one line, `first` its first sentence's number."""

    link: Link
    target: tuple[Segment, ...]
    text: str
    first: int
    moved: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the sentence without rendering."""

    kind: AbsenceKind
    confidence: float
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one rendering has for one sentence, and what it lacks."""

    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]

    @property
    def state(self) -> str:
        """The mode of its first link, or the kind of its absence."""
        return self.pieces[0].link.mode.value if self.pieces else self.gaps[0].kind.value


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of the letter, numbered from 1; `cells` by rendering, in the order given."""

    number: int
    segment: Segment
    reading: str
    emendations: tuple[Emendation, ...]
    cells: dict[str, Cell]


def rows(letter: Letter, alignments: Mapping[str, Alignment]) -> tuple[Row, ...]:
    """The rows of `letter`, one cell per alignment, which must be of this state of its document."""
    columns = {name: cells(letter, alignment) for name, alignment in alignments.items()}
    return tuple(
        Row(
            place + 1,
            segment,
            reading,
            tuple(e for e in letter.emendations if segment.start <= e.start < segment.end),
            {name: column[place] for name, column in columns.items()},
        )
        for place, (segment, reading) in enumerate(zip(letter.segments, letter.readings, strict=True))
    )


def cells(letter: Letter, alignment: Alignment) -> tuple[Cell, ...]:
    """One cell per sentence of `letter`; an alignment may have cut the sentences into smaller segments."""
    starts = [segment.start for segment in letter.segments]
    row = {s.id: max(0, bisect_right(starts, s.start) - 1) for s in alignment.source_segments}
    source = {segment.id: segment for segment in alignment.source_segments}
    target = {segment.id: segment for segment in alignment.target_segments}
    out_of_order, texts = moved(alignment), Texts(letter, alignment)
    pieces: list[list[Piece]] = [[] for _ in starts]
    gaps: list[list[Gap]] = [[] for _ in starts]
    for link in sorted(alignment.links, key=lambda link: target[link.target[0]].start):
        places = sorted({row[name] for name in link.source})
        members = tuple(texts.target(link))
        piece = Piece(link, members, texts.unit(link).target, places[0] + 1, link.id in out_of_order)
        for place in places:
            pieces[place].append(piece)
    for absence in alignment.absences:
        segment = source[absence.source]
        start = segment.start if absence.start is None else absence.start
        end = segment.end if absence.end is None else absence.end
        text = Span(start - segment.start, end - segment.start).of(segment.text)
        gaps[row[segment.id]].append(Gap(absence.kind, absence.confidence, start, end, text))
    return tuple(Cell(tuple(one), tuple(other)) for one, other in zip(pieces, gaps, strict=True))


def coverage(row_cells: Sequence[Cell]) -> dict[str, int]:
    """How many sentences are in each state, by name."""
    return dict(sorted(Counter(cell.state for cell in row_cells).items()))


def moved(alignment: Alignment) -> frozenset[str]:
    """Ids of the links that stand out of the letter's order: all but a longest run that rises on both sides."""
    source = {segment.id: place for place, segment in enumerate(alignment.source_segments)}
    target = {segment.id: place for place, segment in enumerate(alignment.target_segments)}
    links = sorted(alignment.links, key=lambda link: min(target[name] for name in link.target))
    tails: list[int] = []  # the lowest source place that ends a run of each length
    ends: list[int] = []  # the link there
    before: list[int] = []
    for here, link in enumerate(links):
        place = min(source[name] for name in link.source)
        length = bisect_right(tails, place)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [here]
        before.append(ends[length - 1] if length else -1)
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(links[at].id)
        at = before[at]
    return frozenset(link.id for link in links) - kept


def as_json(letter: Letter, alignments: Mapping[str, Alignment]) -> dict[str, Any]:
    """The rows as plain JSON values; offsets are code points into the documents named."""
    return {
        "letter": letter.id,
        "title": letter.title,
        "author": letter.author,
        "date": letter.date,
        "document": letter.base.document.name,
        "renderings": [
            {
                "id": name,
                "document": alignment.target.document,
                "language": alignment.target.language,
                "coverage": coverage(cells(letter, alignment)),
            }
            for name, alignment in alignments.items()
        ],
        "emendations": [
            {
                "id": change.id,
                "start": change.start,
                "end": change.end,
                "text": change.text,
                "replacement": change.replacement,
                "evidence": change.evidence,
                "witness": change.witness,
                "rejected": change.rejected,
            }
            for change in letter.emendations
        ],
        "sentences": [_row_json(row) for row in rows(letter, alignments)],
    }


def _row_json(row: Row) -> dict[str, Any]:
    segment = row.segment
    return {
        "id": segment.id,
        "start": segment.start,
        "end": segment.end,
        "text": segment.text,
        "reading": row.reading,
        "renderings": {name: _cell_json(cell) for name, cell in row.cells.items()},
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {
        "state": cell.state,
        "links": [
            {
                "id": piece.link.id,
                "source": list(piece.link.source),
                "mode": piece.link.mode.value,
                "confidence": round(piece.link.confidence, 4),
                "status": piece.link.status.value,
                "moved": piece.moved,
                "target": [{"id": s.id, "start": s.start, "end": s.end, "text": s.text} for s in piece.target],
            }
            for piece in cell.pieces
        ],
        "absences": [
            {
                "kind": gap.kind.value,
                "confidence": round(gap.confidence, 4),
                "start": gap.start,
                "end": gap.end,
                "text": gap.text,
            }
            for gap in cell.gaps
        ],
    }
