"""Ways out of the program: each format is one file here and one line in `FORMATS`; `reading/` is the way back."""

from __future__ import annotations

from typing import Any

from aligner.errors import UnknownNameError
from aligner.formats import (
    alignment_json,
    beads,
    intertext,
    report,
    table_files,
    tables,
    tmx,
    word,
    workbook,
    xliff,
    xliff_its,
)
from aligner.formats.base import (
    Comment,
    Format,
    LetterExport,
    LinkFilter,
    NoOptions,
    RenderingExport,
    RenderingInfo,
    streamed,
    title,
)
from aligner.formats.mqm import google, metrics, own, pearmut
from aligner.formats.tables import TableOptions, long_frame, wide_frame
from aligner.formats.tmx import TmxOptions

__all__ = [
    "FORMATS",
    "Comment",
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

_JSONL, _TSV, _PARQUET, _ZIP = (
    "application/jsonl",
    "text/tab-separated-values",
    "application/vnd.apache.parquet",
    "application/zip",
)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLIFF = "application/x-xliff+xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _format(name: str, suffix: str, media: str, options: type, write: object, **more: Any) -> Format:
    """A format that writes a letter and a rendering alike."""
    return Format(name, suffix, media, title(name), options, write, write, **more)  # type: ignore[arg-type]


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        streamed("tmx", ".tmx", "application/x-tmx+xml", TmxOptions, tmx.tmx_chunks, holds="pairs"),
        _format("html", ".html", "text/html", report.ReportOptions, report.export_html),
        _format("xlsx", ".xlsx", _XLSX, workbook.WorkbookOptions, workbook.export_xlsx, binary=True),
        _format("docx", ".docx", _DOCX, word.WordOptions, word.export_docx, binary=True),
        streamed("xliff", ".xlf", _XLIFF, xliff.XliffOptions, xliff.xliff_chunks, holds="pairs"),
        Format(
            "json",
            ".json",
            "application/json",
            title("json"),
            NoOptions,
            alignment_json.export_letter,
            alignment_json.export_rendering,
        ),
        _format("csv", ".csv", "text/csv", TableOptions, tables.wide_csv),
        streamed("csv-long", ".long.csv", "text/csv", TableOptions, tables.long_csv_chunks),
        _format("tsv", ".tsv", _TSV, TableOptions, tables.wide_tsv),
        streamed("tsv-long", ".long.tsv", _TSV, TableOptions, tables.long_tsv_chunks),
        _format("parquet", ".parquet", _PARQUET, LinkFilter, table_files.wide_parquet, binary=True),
        streamed("parquet-long", ".long.parquet", _PARQUET, LinkFilter, table_files.long_parquet_chunks, binary=True),
        streamed("jsonl", ".jsonl", _JSONL, LinkFilter, table_files.wide_jsonl_chunks),
        streamed("jsonl-long", ".long.jsonl", _JSONL, LinkFilter, table_files.long_jsonl_chunks),
        _format("beads", ".beads.zip", _ZIP, NoOptions, beads.export_beads, binary=True),
        streamed("mqm", ".mqm.tsv", _TSV, google.GoogleOptions, google.google_chunks, holds="judgements"),
        streamed("mqm-jsonl", ".mqm.jsonl", _JSONL, google.GoogleOptions, metrics.metrics_chunks, holds="judgements"),
        _format(
            "pearmut",
            ".pearmut.json",
            "application/json",
            pearmut.PearmutOptions,
            pearmut.export_pearmut,
            holds="judgements",
        ),
        streamed("annotations", ".annotations.jsonl", _JSONL, NoOptions, own.own_chunks, holds="judgements"),
        _format("intertext", ".intertext.zip", _ZIP, NoOptions, intertext.export_intertext, binary=True),
        _format("xliff-its", ".its.xlf", _XLIFF, xliff_its.ItsOptions, xliff_its.export_xliff_its, holds="pairs"),
    )
}
"""The formats by name, in the order in which they are offered."""


def find_format(name: str) -> Format:
    """The format called `name`; raises UnknownNameError with the known names."""
    if name not in FORMATS:
        raise UnknownNameError("format", name, FORMATS)
    return FORMATS[name]
