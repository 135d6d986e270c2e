"""Ways out of the program: each format is one file here and one line in `FORMATS`."""

from __future__ import annotations

from aligner.errors import UnknownNameError
from aligner.formats import alignment_json, tables, tmx
from aligner.formats.base import Format, LetterExport, LinkFilter, NoOptions, RenderingExport, RenderingInfo
from aligner.formats.tables import TableOptions, long_frame, wide_frame
from aligner.formats.tmx import TmxOptions

__all__ = [
    "FORMATS",
    "Format",
    "LetterExport",
    "LinkFilter",
    "NoOptions",
    "RenderingExport",
    "RenderingInfo",
    "TableOptions",
    "TmxOptions",
    "find_format",
    "long_frame",
    "wide_frame",
]

FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("tmx", ".tmx", "application/x-tmx+xml", "format.tmx", TmxOptions, tmx.export_tmx, tmx.export_tmx),
        Format(
            "json",
            ".json",
            "application/json",
            "format.json",
            NoOptions,
            alignment_json.export_letter,
            alignment_json.export_rendering,
        ),
        Format("csv", ".csv", "text/csv", "format.csv", TableOptions, tables.wide_csv, tables.wide_csv),
        Format("csv-long", ".long.csv", "text/csv", "format.csv_long", TableOptions, tables.long_csv, tables.long_csv),
    )
}
"""The formats by name, in the order in which they are offered."""


def find_format(name: str) -> Format:
    """The format called `name`; raises UnknownNameError with the known names."""
    if name not in FORMATS:
        raise UnknownNameError("format", name, FORMATS)
    return FORMATS[name]
