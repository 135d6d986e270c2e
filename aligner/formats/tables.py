"""Tables: wide for reading side by side, long for counting; as pandas frames, and as CSV written from them.

Texts stand on one line each; offsets lead back to the documents. The columns are described in the
documentation of formats, which a test compares with the constants here. pandas is imported where a
table is made: it takes longer to load than all else here, and most commands make no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from aligner.errors import AlignmentError
from aligner.formats.base import LetterExport, LinkFilter
from aligner.formats.rows import ALL_LINKS
from aligner.formats.table_rows import LONG_COLUMNS, Cell, Row, long_rows, wide_columns, wide_rows
from aligner.formats.texts import flat

if TYPE_CHECKING:
    import pandas as pd

ROWS = 1000
"""Rows that a file is written of at a time."""
DTYPES = dict.fromkeys(("start", "end", "source_start", "source_end", "target_start", "target_end"), "Int64") | {
    "confidence": "float64"
}
"""The types of columns that are not `string`, by their whole name (`<rendering>.confidence` is a text)."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what spreadsheets take for a formula's beginning
_DIGITS = re.compile("0[0-9]+|[0-9]{16,}")  # what they would write as another number


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
    return _frame(wide_columns(export), wide_rows(export, options))


def long_frame(export: LetterExport, options: LinkFilter = ALL_LINKS) -> pd.DataFrame:
    """One row per link and per absence of each rendering, in the letter's order.

    Columns: `LONG_COLUMNS`. Offsets are Int64, code points of the two documents; `confidence` is
    float64, 0 to 1, 4 places at most, never missing; all else is string. Where there is nothing,
    there is <NA>.
    """
    return _frame(LONG_COLUMNS, long_rows(export, options))


def wide_frames(exports: Iterable[LetterExport], options: LinkFilter, *, alike: bool = True) -> Iterator[pd.DataFrame]:
    """`wide_frame` of one letter after the other, `ROWS` rows at a time.

    `alike` says that all must have the columns of the first; raises AlignmentError for one that has not.
    """
    first: list[str] | None = None
    for export in exports:
        columns = wide_columns(export)
        first = first or columns
        if alike and columns != first:
            raise AlignmentError(
                "has other renderings than the letter before it, so other columns",
                where=f"letter {export.letter.id}",
                hint="write the wide table of each letter apart, or the long one of all",
            )
        yield from _frames(columns, wide_rows(export, options))


def long_frames(exports: Iterable[LetterExport], options: LinkFilter) -> Iterator[pd.DataFrame]:
    """`long_frame` of one letter after the other, `ROWS` rows at a time."""
    for export in exports:
        yield from _frames(LONG_COLUMNS, long_rows(export, options))


def _frames(columns: Sequence[str], rows: Iterator[Row]) -> Iterator[pd.DataFrame]:
    some = list(islice(rows, ROWS))
    while True:
        yield _frame(columns, some)
        if not (some := list(islice(rows, ROWS))):
            return


def wide_csv_chunks(exports: Iterable[LetterExport], options: TableOptions) -> Iterator[bytes]:
    """`wide_frame` as UTF-8, RFC 4180; <NA> is an empty cell."""
    return _csv(wide_frames(exports, options), options)


def long_csv_chunks(exports: Iterable[LetterExport], options: TableOptions) -> Iterator[bytes]:
    """`long_frame` as UTF-8, RFC 4180; <NA> is an empty cell."""
    return _csv(long_frames(exports, options), options)


def wide_tsv_chunks(exports: Iterable[LetterExport], options: TableOptions) -> Iterator[bytes]:
    """`wide_frame` as UTF-8, tab-separated, nothing quoted; <NA> is an empty cell."""
    return _csv(wide_frames(exports, options), options, separator="\t")


def long_tsv_chunks(exports: Iterable[LetterExport], options: TableOptions) -> Iterator[bytes]:
    """`long_frame` as UTF-8, tab-separated, nothing quoted; <NA> is an empty cell."""
    return _csv(long_frames(exports, options), options, separator="\t")


def column_names(frame: pd.DataFrame) -> list[str]:
    """The frame's columns as a file names them; raises AlignmentError when two have the same name there."""
    names = [flat(name) for name in frame.columns]
    if twice := {name for name in names if names.count(name) > 1}:
        raise AlignmentError(f"two columns would be called {min(twice)!r}", hint="rename one of the renderings")
    return names


def _frame(columns: Sequence[str], rows: Iterable[Row]) -> pd.DataFrame:
    import pandas as pd

    rows = list(rows)
    data = {
        index: pd.Series([_value(row.get(name, "")) for row in rows], dtype=DTYPES.get(name, "string"))
        for index, name in enumerate(columns)
    }
    # As objects: ids come from file names, which can hold what is not text for pandas (lone surrogates).
    return pd.DataFrame(data).set_axis(pd_index(columns), axis="columns")


def _value(cell: Cell) -> Cell | None:
    return (flat(cell) or None) if isinstance(cell, str) else cell


def _csv(frames: Iterable[pd.DataFrame], options: TableOptions, *, separator: str = ",") -> Iterator[bytes]:
    for number, frame in enumerate(frames):
        yield _csv_piece(frame, options, separator=separator, head=not number)


def _csv_piece(frame: pd.DataFrame, options: TableOptions, *, separator: str, head: bool) -> bytes:
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
