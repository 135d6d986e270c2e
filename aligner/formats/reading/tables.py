"""Pairs in a table: CSV, TSV and Excel, this program's own or anybody's with a head."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from aligner.formats.reading.values import Imported, ImportedPair, ReadingError
from aligner.formats.reading.zipped import ANEW, unpacking

SOURCE = ("source", "src", "english", "en", "原文", "英文")
TARGET = ("target", "tgt", "translation", "chinese", "zh", "译文", "中文")
NOTE = ("note", "comment", "备注")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_DIGITS = re.compile("0[0-9]+|[0-9]{16,}")
_PROPS = ("letter", "rendering", "link", "mode", "confidence", "status", "source_segments", "bead")
MOST_ROWS = 1_048_576
"""Rows of a sheet, as Excel has them."""
LONG = "this looks like a wide table, which is not read back; csv-long, tsv-long and xlsx are"
HINT = f"name a column {SOURCE[0]} and one {TARGET[0]} in the first line"


def read_csv(data: bytes, where: str, languages: tuple[str, str] | None = None) -> Imported:
    """The pairs of a CSV file with a head (comma or semicolon), UTF-8; raises ReadingError with the line."""
    text = _text(data, where)
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return _pairs("csv", _numbered(reader, where), where, languages)


def read_tsv(data: bytes, where: str, languages: tuple[str, str] | None = None) -> Imported:
    """The pairs of a tab-separated file with a head, UTF-8, nothing quoted; raises ReadingError with the line."""
    lines = _text(data, where).replace("\r\n", "\n").removesuffix("\n").split("\n")
    return _pairs("tsv", enumerate((line.split("\t") for line in lines), 1), where, languages)


def read_xlsx(data: bytes, where: str, languages: tuple[str, str] | None = None) -> Imported:
    """The pairs of the first sheet of an Excel workbook whose head has both columns; raises ReadingError.

    Cells are read as they were last calculated: a formula gives its value, never is it run.
    """
    for title, rows in _sheets(data, where):
        numbered = enumerate(rows, 1)
        head = next(numbered, (1, []))
        if _column(head[1], SOURCE) is not None and _column(head[1], TARGET) is not None:
            return _pairs("xlsx", _chain(head, numbered), f"{where}:{title}", languages)
    raise ReadingError("no sheet has both columns", where=where, hint=HINT)


def _sheets(data: bytes, where: str) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Title and rows of each sheet, read as they are asked for; raises ReadingError."""
    from openpyxl import load_workbook

    try:
        with unpacking(data, where, "Excel workbook"):
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except ReadingError:
        raise
    except Exception as error:  # a damaged part raises whatever it leads to in that library
        raise ReadingError(f"is no Excel workbook that can be read: {error}", where=where, hint=ANEW) from error
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # a sheet may claim a million columns, and every row would be filled up to them
        yield sheet.title, _rows(sheet, f"{where}:{sheet.title}")


def _rows(sheet: Any, where: str) -> Iterator[list[str]]:
    try:
        # A row may claim any number, and the rows before it are filled up.
        for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS):
            yield [_cell(value) for value in row]
    except Exception as error:
        raise ReadingError(f"cannot be read to its end: {error}", where=where, hint=ANEW) from error


def _pairs(
    kind: str, rows: Iterable[tuple[int, Sequence[str]]], where: str, languages: tuple[str, str] | None
) -> Imported:
    numbered = iter(rows)
    _, head = next(numbered, (1, []))
    at = (_column(head, SOURCE), _column(head, TARGET))
    if at[0] is None or at[1] is None:
        missing = "source" if at[0] is None else "target"
        wide = at[1] is None and any(name.endswith(".text") for name in head)
        raise ReadingError(f"has no column for the {missing}", where=f"{where}:1", hint=LONG if wide else HINT)
    names = [name.strip().lower() for name in head]
    own = {"letter", "rendering", "link", "kind"} <= set(names)
    note_at = _column(head, NOTE)
    pairs, left = [], 0
    tags = languages or ("", "")
    for number, row in numbered:
        if any(row[len(head) :]):
            raise ReadingError(f"has {len(row)} cells, the head {len(head)}", where=f"{where}:{number}")
        if not any(row):
            continue
        cells = [*row[: len(head)], *[""] * (len(head) - len(row))]
        cells = [_unguarded(cell) for cell in cells] if own else cells
        of = dict(zip(names, cells, strict=True))
        source, target = cells[at[0]], cells[at[1]]
        if not source.strip() or not target.strip():
            left += of.get("kind", "link") == "link"
            continue
        props = {f"x-{name}": of[name] for name in _PROPS if of.get(name)}
        name = f"{of['rendering']}.{of['link']}" if own else of.get("id") or str(number)
        language = of.get("language") or tags[1]
        note = "" if note_at is None else cells[note_at]
        pairs.append(ImportedPair(source, target, tags[0], language, note, props, name))
    return Imported(kind, tuple(pairs), (f"{where}: {left} rows have only one text",) if left else ())


def _column(head: Sequence[str], names: Sequence[str]) -> int | None:
    lower = [name.strip().lower() for name in head]
    return next((lower.index(name) for name in names if name in lower), None)


def _unguarded(cell: str) -> str:
    """The cell without the `'` that our tables put before what a spreadsheet would run."""
    guarded = cell[1:].startswith(_FORMULA) or _DIGITS.fullmatch(cell[1:])
    return cell[1:] if cell.startswith("'") and guarded else cell


def _numbered(reader: Iterator[list[str]], where: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for row in reader:
            number = number + 1
            yield number, row
    except csv.Error as error:
        raise ReadingError(f"is no CSV: {error}", where=f"{where}:{number + 1}") from error


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ReadingError("is not UTF-8", where=f"{where}:{line}", hint="save it as UTF-8") from error


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _chain(head: tuple[int, list[str]], rest: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield head
    yield from rest
