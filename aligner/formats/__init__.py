"""Ways out of the program: each format is one file here and one line in `FORMATS`; `reading/` is the way back."""

from __future__ import annotations

from dataclasses import replace

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

_JSON, _JSONL, _TSV, _PARQUET, _ZIP = (
    "application/json",
    "application/jsonl",
    "text/tab-separated-values",
    "application/vnd.apache.parquet",
    "application/zip",
)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLIFF = "application/x-xliff+xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        streamed("tmx", ".tmx", "application/x-tmx+xml", TmxOptions, tmx.tmx_chunks, holds="pairs"),
        streamed("html", ".html", "text/html", report.ReportOptions, report.html_chunks),
        streamed("xlsx", ".xlsx", _XLSX, workbook.WorkbookOptions, workbook.xlsx_chunks, binary=True),
        streamed("docx", ".docx", _DOCX, word.WordOptions, word.docx_chunks, binary=True),
        streamed("xliff", ".xlf", _XLIFF, xliff.XliffOptions, xliff.xliff_chunks, holds="pairs"),
        replace(
            streamed("json", ".json", _JSON, NoOptions, alignment_json.letter_chunks),
            per_rendering=alignment_json.export_rendering,
        ),
        streamed("csv", ".csv", "text/csv", TableOptions, tables.wide_csv_chunks),
        streamed("csv-long", ".long.csv", "text/csv", TableOptions, tables.long_csv_chunks),
        streamed("tsv", ".tsv", _TSV, TableOptions, tables.wide_tsv_chunks),
        streamed("tsv-long", ".long.tsv", _TSV, TableOptions, tables.long_tsv_chunks),
        streamed("parquet", ".parquet", _PARQUET, LinkFilter, table_files.wide_parquet_chunks, binary=True),
        streamed("parquet-long", ".long.parquet", _PARQUET, LinkFilter, table_files.long_parquet_chunks, binary=True),
        streamed("jsonl", ".jsonl", _JSONL, LinkFilter, table_files.wide_jsonl_chunks),
        streamed("jsonl-long", ".long.jsonl", _JSONL, LinkFilter, table_files.long_jsonl_chunks),
        streamed("beads", ".beads.zip", _ZIP, NoOptions, beads.beads_chunks, binary=True),
        streamed("mqm", ".mqm.tsv", _TSV, google.GoogleOptions, google.google_chunks, holds="judgements"),
        streamed("mqm-jsonl", ".mqm.jsonl", _JSONL, google.GoogleOptions, metrics.metrics_chunks, holds="judgements"),
        streamed("pearmut", ".pearmut.json", _JSON, pearmut.PearmutOptions, pearmut.pearmut_chunks, holds="judgements"),
        streamed("annotations", ".annotations.jsonl", _JSONL, NoOptions, own.own_chunks, holds="judgements"),
        streamed("intertext", ".intertext.zip", _ZIP, NoOptions, intertext.intertext_chunks, binary=True),
        streamed("xliff-its", ".its.xlf", _XLIFF, xliff_its.ItsOptions, xliff_its.xliff_its_chunks, holds="pairs"),
    )
}
"""The formats by name, in the order in which they are offered."""


def find_format(name: str) -> Format:
    """The format called `name`; raises UnknownNameError with the known names."""
    if name not in FORMATS:
        raise UnknownNameError("format", name, FORMATS)
    return FORMATS[name]
