"""The rows of the two tables as plain values, one after the other; `tables.py` makes frames of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.formats.base import LetterExport, LinkFilter, RenderingExport, number
from aligner.formats.rows import cells
from aligner.formats.texts import SEPARATOR, flat
from aligner.formats.units import Texts, Unit
from aligner.model import Absence, AbsenceKind, Letter, Link, Segment

WIDE_COLUMNS = ("letter", "segment", "start", "end", "source", "witness_text")
"""The columns of the English side in the wide table."""
RENDERING_COLUMNS = ("text", "mode", "confidence", "status", "links", "absence", "missing")
"""The columns of each rendering in the wide table, named `<rendering>.<column>`."""
LONG_COLUMNS = (
    "letter",
    "rendering",
    "outlet",
    "date",
    "language",
    "kind",
    "link",
    "source_segments",
    "target_segments",
    "bead",
    "mode",
    "confidence",
    "status",
    "source_start",
    "source_end",
    "source",
    "witness_text",
    "target_start",
    "target_end",
    "target",
    "missing",
)
_LIST = "; "

Cell = str | int | float
Row = dict[str, Cell]


def wide_columns(export: LetterExport) -> list[str]:
    """The columns of the wide table of an export."""
    return [*WIDE_COLUMNS, *(f"{each.id}.{name}" for each in export.renderings for name in RENDERING_COLUMNS)]


def wide_rows(export: LetterExport, options: LinkFilter) -> Iterator[Row]:
    """A row for each segment of the letter."""
    letter, columns = export.letter, wide_columns(export)
    sides = [cells(letter, each.alignment, options) for each in export.renderings]
    for index, (segment, reading) in enumerate(zip(letter.segments, letter.readings, strict=True)):
        source, witness = flat(reading), flat(segment.text)
        changed = "" if source.split() == witness.split() else witness
        values: list[Cell] = [letter.id, segment.id, segment.start, segment.end, source, changed]
        for side in sides:
            cell = side[index]
            values += _wide_cells(letter, cell.units, cell.absences)
        yield dict(zip(columns, values, strict=True))


def long_rows(export: LetterExport, options: LinkFilter) -> Iterator[Row]:
    """A row for each link and absence of each rendering, in the letter's order."""
    for rendering in export.renderings:
        texts = Texts(export.letter, rendering.alignment)
        segments = {segment.id: segment for segment in rendering.alignment.source_segments}
        common = _common(export.letter, rendering)
        found: list[tuple[int, Link | Absence]] = [
            (texts.source(link)[0].start, link) for link in rendering.alignment.links if options.refused(link) is None
        ]
        found += [
            (segments[item.source].start if item.start is None else item.start, item)
            for item in rendering.alignment.absences
        ]
        for _, item in sorted(found, key=lambda pair: pair[0]):
            if isinstance(item, Link):
                yield common | _link_row(texts, item)
            else:
                yield common | _absence_row(export.letter, texts, segments[item.source], item)


def _wide_cells(letter: Letter, units: Sequence[Unit], absences: Sequence[Absence]) -> list[str]:
    document = letter.base.document.text
    missing = [flat(document[item.start : item.end]) for item in absences if item.kind is AbsenceKind.PARTIAL]
    return [
        SEPARATOR.join(unit.target for unit in units),
        _LIST.join(unit.link.mode.value for unit in units),
        _LIST.join(number(unit.link.confidence) for unit in units),
        _LIST.join(unit.link.status.value for unit in units),
        _LIST.join(unit.link.id for unit in units),
        _LIST.join(dict.fromkeys(item.kind.value for item in absences)),
        SEPARATOR.join(missing),
    ]


def _link_row(texts: Texts, link: Link) -> Row:
    unit, source, target = texts.unit(link), texts.source(link), texts.target(link)
    return {
        "kind": "link",
        "link": link.id,
        "source_segments": _LIST.join(segment.id for segment in source),
        "target_segments": _LIST.join(segment.id for segment in target),
        "bead": unit.bead,
        "mode": link.mode.value,
        "confidence": round(link.confidence, 4),
        "status": link.status.value,
        "source_start": source[0].start,
        "source_end": source[-1].end,
        "source": unit.source,
        "witness_text": unit.witness or "",
        "target_start": target[0].start,
        "target_end": target[-1].end,
        "target": unit.target,
        "missing": SEPARATOR.join(unit.missing),
    }


def _absence_row(letter: Letter, texts: Texts, segment: Segment, absence: Absence) -> Row:
    start = segment.start if absence.start is None else absence.start
    end = segment.end if absence.end is None else absence.end
    return {
        "kind": absence.kind.value,
        "source_segments": absence.source,
        "confidence": round(absence.confidence, 4),
        "source_start": start,
        "source_end": end,
        "source": texts.reading(segment),
        "missing": flat(letter.base.document.text[start:end]) if absence.kind is AbsenceKind.PARTIAL else "",
    }


def _common(letter: Letter, rendering: RenderingExport) -> Row:
    return {
        "letter": letter.id,
        "rendering": rendering.id,
        "outlet": rendering.info.outlet,
        "date": rendering.info.date,
        "language": rendering.alignment.target.language,
    }
