"""Tables: wide for reading side by side, long for counting; as pandas frames, and as CSV written from them.

Texts stand on one line each; offsets lead back to the documents. The columns are described in the
documentation of formats, which a test compares with the constants here. pandas is imported where a
table is made: it takes longer to load than all else here, and most commands make no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from aligner.errors import AlignmentError
from aligner.formats.base import LetterExport, LinkFilter, RenderingExport, number
from aligner.formats.rows import ALL_LINKS, cells
from aligner.formats.texts import SEPARATOR, flat
from aligner.formats.units import Texts, Unit
from aligner.model import Absence, AbsenceKind, Letter, Link

if TYPE_CHECKING:
    import pandas as pd

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
DTYPES = dict.fromkeys(("start", "end", "source_start", "source_end", "target_start", "target_end"), "Int64") | {
    "confidence": "float64"
}
"""The types of columns that are not `string`, by their whole name (`<rendering>.confidence` is a text)."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what spreadsheets take for a formula's beginning
_DIGITS = re.compile("0[0-9]+|[0-9]{16,}")  # what they would write as another number
_LIST = "; "

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class TableOptions(LinkFilter):
    """How a table is written.

    `bom` puts the mark at the beginning by which Excel knows UTF-8. `formula_safe` puts `'` before
    texts that a spreadsheet would run as a formula, and before numbers whose zeros or last digits it
    would lose; programs that read tables want it off.
    """

    bom: bool = False
    formula_safe: bool = True


def wide_frame(export: LetterExport, options: LinkFilter = ALL_LINKS) -> pd.DataFrame:
    """One row per English segment, one set of columns per rendering.

    Columns: `WIDE_COLUMNS`, then `<rendering>.<column>` for each of `RENDERING_COLUMNS`. `start` and
    `end` are Int64, code points of the base witness's document; all else is string, `confidence` too:
    several links meet in a cell, joined by `; `. Where there is nothing, there is <NA>.
    """
    letter = export.letter
    names = [[f"{each.id}.{name}" for name in RENDERING_COLUMNS] for each in export.renderings]
    sides = [_wide_cells(letter, rendering, options) for rendering in export.renderings]
    rows: list[dict[str, Cell]] = []
    for index, (segment, reading) in enumerate(zip(letter.segments, letter.readings, strict=True)):
        source, witness = flat(reading), flat(segment.text)
        changed = "" if source.split() == witness.split() else witness
        fixed = (letter.id, segment.id, segment.start, segment.end, source, changed)
        row: dict[str, Cell] = dict(zip(WIDE_COLUMNS, fixed, strict=True))
        for columns, side in zip(names, sides, strict=True):
            row |= zip(columns, side[index], strict=True)
        rows.append(row)
    return _frame([*WIDE_COLUMNS, *(name for columns in names for name in columns)], rows)


def long_frame(export: LetterExport, options: LinkFilter = ALL_LINKS) -> pd.DataFrame:
    """One row per link and per absence of each rendering, in the letter's order.

    Columns: `LONG_COLUMNS`. Offsets are Int64, code points of the two documents; `confidence` is
    float64, 0 to 1, 4 places at most, never missing; all else is string. Where there is nothing,
    there is <NA>.
    """
    rows: list[dict[str, Cell]] = []
    for rendering in export.renderings:
        found = [*_link_rows(export.letter, rendering, options), *_absence_rows(export.letter, rendering)]
        found.sort(key=lambda row: int(row["source_start"]))
        rows.extend(found)
    return _frame(LONG_COLUMNS, rows)


def wide_csv(export: LetterExport, options: TableOptions) -> bytes:
    """`wide_frame` as UTF-8, RFC 4180; <NA> is an empty cell."""
    return _csv(wide_frame(export, options), options)


def long_csv(export: LetterExport, options: TableOptions) -> bytes:
    """`long_frame` as UTF-8, RFC 4180; <NA> is an empty cell."""
    return b"".join(long_csv_chunks((export,), options))


def long_csv_chunks(exports: Iterable[LetterExport], options: TableOptions) -> Iterator[bytes]:
    """`long_csv` of one letter after the other, with one head."""
    for place, export in enumerate(exports):
        yield _csv(long_frame(export, options), options, head=not place)


def wide_tsv(export: LetterExport, options: TableOptions) -> bytes:
    """`wide_frame` as UTF-8, tab-separated, nothing quoted; <NA> is an empty cell."""
    return _csv(wide_frame(export, options), options, separator="\t")


def long_tsv_chunks(exports: Iterable[LetterExport], options: TableOptions) -> Iterator[bytes]:
    """`long_frame` of one letter after the other as UTF-8, tab-separated, nothing quoted."""
    for place, export in enumerate(exports):
        yield _csv(long_frame(export, options), options, separator="\t", head=not place)


def column_names(frame: pd.DataFrame) -> list[str]:
    """The frame's columns as a file names them; raises AlignmentError when two have the same name there."""
    names = [flat(name) for name in frame.columns]
    if twice := {name for name in names if names.count(name) > 1}:
        raise AlignmentError(f"two columns would be called {min(twice)!r}", hint="rename one of the renderings")
    return names


def _wide_cells(letter: Letter, rendering: RenderingExport, options: LinkFilter) -> list[list[str]]:
    return [_wide_row(letter, cell.units, cell.absences) for cell in cells(letter, rendering.alignment, options)]


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


def _link_rows(letter: Letter, rendering: RenderingExport, options: LinkFilter) -> Iterator[dict[str, Cell]]:
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


def _absence_rows(letter: Letter, rendering: RenderingExport) -> Iterator[dict[str, Cell]]:
    texts = Texts(letter, rendering.alignment)
    segments = {segment.id: segment for segment in rendering.alignment.source_segments}
    for absence in rendering.alignment.absences:
        segment = segments[absence.source]
        start, end = _stretch(absence, segment.start, segment.end)
        yield _common(letter, rendering) | {
            "kind": absence.kind.value,
            "source_segments": absence.source,
            "confidence": round(absence.confidence, 4),
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


def _frame(columns: Sequence[str], rows: Sequence[Mapping[str, Cell]]) -> pd.DataFrame:
    import pandas as pd

    data = {
        index: pd.Series([_value(row.get(name, "")) for row in rows], dtype=DTYPES.get(name, "string"))
        for index, name in enumerate(columns)
    }
    # As objects: ids come from file names, which can hold what is not text for pandas (lone surrogates).
    return pd.DataFrame(data).set_axis(pd_index(columns), axis="columns")


def _value(cell: Cell) -> Cell | None:
    return (flat(cell) or None) if isinstance(cell, str) else cell


def _csv(frame: pd.DataFrame, options: TableOptions, *, separator: str = ",", head: bool = True) -> bytes:
    names = column_names(frame)
    if options.formula_safe:
        names = [_unrun(name) for name in names]
        texts = [name for name in frame.columns if frame[name].dtype == "string"]
        frame = frame.assign(**{name: frame[name].map(_unrun, na_action="ignore") for name in texts})
    # No cell holds a tab or a line end, so what separates by tabs needs no quotes.
    quoting: Literal[0, 3] = 3 if separator == "\t" else 0
    end = "\n" if separator == "\t" else "\r\n"
    frame = frame.set_axis(pd_index(names), axis="columns")
    text = frame.to_csv(index=False, header=head, sep=separator, lineterminator=end, quoting=quoting, quotechar='"')
    return text.encode("utf-8-sig" if options.bom and head else "utf-8")


def pd_index(names: Sequence[str]) -> pd.Index[Any]:
    """`names` as they are for columns."""
    import pandas as pd

    return pd.Index(list(names), dtype="object")


def _unrun(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) or _DIGITS.fullmatch(text) else text
