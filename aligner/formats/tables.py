"""CSV tables: wide for reading side by side, long for counting.

Texts stand on one line each; offsets lead back to the documents. The columns are described in the
documentation of formats, which a test compares with the constants here.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aligner.formats.base import LetterExport, LinkFilter, RenderingExport, number
from aligner.formats.texts import SEPARATOR, flat
from aligner.formats.units import Texts, Unit
from aligner.model import Absence, AbsenceKind, Letter, Link

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
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what spreadsheets take for a formula's beginning
_LIST = "; "

Cell = str | int


@dataclass(frozen=True, slots=True)
class TableOptions(LinkFilter):
    """How a table is written.

    `bom` puts the mark at the beginning by which Excel knows UTF-8. `formula_safe` puts `'` before
    texts that a spreadsheet would run as a formula; programs that read tables want it off.
    """

    bom: bool = False
    formula_safe: bool = True


def wide_csv(export: LetterExport, options: TableOptions) -> bytes:
    """One row per English segment, one set of columns per rendering; UTF-8, RFC 4180."""
    columns = [*WIDE_COLUMNS, *(f"{each.id}.{name}" for each in export.renderings for name in RENDERING_COLUMNS)]
    letter = export.letter
    sides = [_wide_cells(letter, rendering, options) for rendering in export.renderings]
    rows: list[list[Cell]] = []
    for index, (segment, reading) in enumerate(zip(letter.segments, letter.readings, strict=True)):
        source, witness = flat(reading), flat(segment.text)
        row: list[Cell] = [letter.id, segment.id, segment.start, segment.end, source]
        row.append("" if source.split() == witness.split() else witness)
        for cells in sides:
            row.extend(cells[index])
        rows.append(row)
    return _table(columns, rows, options)


def long_csv(export: LetterExport, options: TableOptions) -> bytes:
    """One row per link and per absence of each rendering; UTF-8, RFC 4180."""
    rows: list[Sequence[Cell]] = []
    for rendering in export.renderings:
        found = [*_link_rows(export.letter, rendering, options), *_absence_rows(export.letter, rendering)]
        found.sort(key=lambda row: int(row["source_start"]))
        rows.extend([row.get(name, "") for name in LONG_COLUMNS] for row in found)
    return _table(LONG_COLUMNS, rows, options)


def _wide_cells(letter: Letter, rendering: RenderingExport, options: TableOptions) -> list[list[str]]:
    alignment = rendering.alignment
    texts = Texts(letter, alignment)
    starts = [segment.start for segment in letter.segments]
    # By offset, not by id: an alignment made with another segmentation still lands in the right rows.
    row_of = {segment.id: max(0, bisect_right(starts, segment.start) - 1) for segment in alignment.source_segments}
    units: list[list[Unit]] = [[] for _ in starts]
    for link in sorted(alignment.links, key=lambda item: texts.target(item)[0].start):
        if options.refusal(link) is None:
            unit = texts.unit(link)
            for row in {row_of[name] for name in link.source}:
                units[row].append(unit)
    absences: list[list[Absence]] = [[] for _ in starts]
    for absence in alignment.absences:
        absences[row_of[absence.source]].append(absence)
    return [_wide_row(letter, *pair) for pair in zip(units, absences, strict=True)]


def _wide_row(letter: Letter, units: Sequence[Unit], absences: Sequence[Absence]) -> list[str]:
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


def _link_rows(letter: Letter, rendering: RenderingExport, options: TableOptions) -> Iterator[dict[str, Cell]]:
    texts = Texts(letter, rendering.alignment)
    for link in rendering.alignment.links:
        if options.refusal(link) is None:
            yield _common(letter, rendering) | _link_row(texts, link)


def _link_row(texts: Texts, link: Link) -> dict[str, Cell]:
    unit, source, target = texts.unit(link), texts.source(link), texts.target(link)
    return {
        "kind": "link",
        "link": link.id,
        "source_segments": _LIST.join(segment.id for segment in source),
        "target_segments": _LIST.join(segment.id for segment in target),
        "bead": unit.bead,
        "mode": link.mode.value,
        "confidence": number(link.confidence),
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


def _absence_rows(letter: Letter, rendering: RenderingExport) -> Iterator[dict[str, Cell]]:
    texts = Texts(letter, rendering.alignment)
    segments = {segment.id: segment for segment in rendering.alignment.source_segments}
    for absence in rendering.alignment.absences:
        segment = segments[absence.source]
        start, end = _stretch(absence, segment.start, segment.end)
        yield _common(letter, rendering) | {
            "kind": absence.kind.value,
            "source_segments": absence.source,
            "confidence": number(absence.confidence),
            "source_start": start,
            "source_end": end,
            "source": texts.reading(segment),
            "missing": flat(letter.base.document.text[start:end]) if absence.kind is AbsenceKind.PARTIAL else "",
        }


def _stretch(absence: Absence, start: int, end: int) -> tuple[int, int]:
    if absence.kind is AbsenceKind.PARTIAL and absence.start is not None and absence.end is not None:
        return absence.start, absence.end
    return start, end


def _common(letter: Letter, rendering: RenderingExport) -> dict[str, Cell]:
    return {
        "letter": letter.id,
        "rendering": rendering.id,
        "outlet": rendering.info.outlet,
        "date": rendering.info.date,
        "language": rendering.alignment.target.language,
    }


def _table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], options: TableOptions) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (columns, *rows):
        writer.writerow([_cell(cell, options) for cell in row])
    return text.getvalue().encode("utf-8-sig" if options.bom else "utf-8")


def _cell(value: Cell, options: TableOptions) -> Cell:
    if isinstance(value, int):
        return value
    text = flat(value)
    return f"'{text}" if options.formula_safe and text.startswith(_FORMULA) else text
