"""The two tables as JSON Lines and Parquet, for pandas, datasets and other programs.

Names, types and cells are those of `wide_frame` and `long_frame`; a cell without a value is null.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from numbers import Integral
from typing import TYPE_CHECKING, Any

from aligner.formats.base import LetterExport, LinkFilter
from aligner.formats.tables import DTYPES, column_names, long_frames, pd_index, wide_frames

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def wide_jsonl_chunks(exports: Iterable[LetterExport], options: LinkFilter) -> Iterator[bytes]:
    """One JSON object per English segment, a letter after the other."""
    return map(_jsonl, wide_frames(exports, options, alike=False))


def long_jsonl_chunks(exports: Iterable[LetterExport], options: LinkFilter) -> Iterator[bytes]:
    """One JSON object per link and per absence, a letter after the other."""
    return map(_jsonl, long_frames(exports, options))


def wide_parquet_chunks(exports: Iterable[LetterExport], options: LinkFilter) -> Iterator[bytes]:
    """The wide table as a Parquet file, a row group for each letter or each `ROWS` rows of one."""
    return _parquet(wide_frames(exports, options))


def long_parquet_chunks(exports: Iterable[LetterExport], options: LinkFilter) -> Iterator[bytes]:
    """The long table as a Parquet file, a row group for each letter or each `ROWS` rows of one."""
    return _parquet(long_frames(exports, options))


def _jsonl(frame: pd.DataFrame) -> bytes:
    import pandas as pd

    names = column_names(frame)
    lines = []
    for row in frame.itertuples(index=False, name=None):
        cells = {name: _plain(cell) for name, cell in zip(names, row, strict=True) if not pd.isna(cell)}
        cells = {name: cells.get(name) for name in names}
        lines.append(json.dumps(cells, ensure_ascii=False, allow_nan=False) + "\n")
    return "".join(lines).encode()


def _plain(cell: Any) -> Any:
    return int(cell) if isinstance(cell, Integral) else cell  # Int64 columns give NumPy's, which JSON does not know


class _Sink(io.RawIOBase):
    """Takes what a writer writes and hands it on in pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data


def _parquet(frames: Iterable[pd.DataFrame]) -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink, writer = _Sink(), None
    for frame in frames:
        names = column_names(frame)
        types = {"Int64": pa.int64(), "float64": pa.float64(), "string": pa.string()}
        schema = pa.schema([(name, types[DTYPES.get(name, "string")]) for name in names])
        table: pa.Table = pa.Table.from_pandas(
            frame.set_axis(pd_index(names), axis="columns"), schema=schema, preserve_index=False
        )
        writer = writer or pq.ParquetWriter(sink, table.schema)
        writer.write_table(table)
        yield sink.taken()
    if writer:
        writer.close()
    yield sink.taken()
