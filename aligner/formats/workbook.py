"""An Excel workbook for people: side by side, every link, findings, reviewers' errors, and what it is.

Every text is stored as text, so nothing runs as a formula and no zero is lost. A colour never stands
without its word. Cells hold at most `LONGEST` characters; what was cut is told on the last sheet.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aligner
from aligner.formats.base import LetterExport, LinkFilter, RenderingExport
from aligner.formats.packing import repacked
from aligner.formats.remarks import Remarks, finding_line
from aligner.formats.rows import Cell, cells
from aligner.formats.tables import LONG_COLUMNS, long_frame
from aligner.formats.texts import SEPARATOR, flat

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

LONGEST = 32_767
"""Characters of a cell, by Excel's own limit (UTF-16 units)."""
FILLS = {"info": "F1F1EF", "neutral": "F1F1EF", "minor": "FBF2DC", "major": "FBEAE6", "critical": "F6D5CE"}
"""Severity -> the colour behind its word."""
GRAVITY = ("neutral", "info", "minor", "major", "critical")
FINDING_COLUMNS = ("rendering", "check", "severity", "category", "source", "target", "message", "message_zh", "score")
ERROR_COLUMNS = ("rendering", "reviewer", "severity", "category", "source", "target", "comment", "correction")
_WIDTHS = {"source": 50, "target": 50, "message": 50, "message_zh": 50, "comment": 40, "correction": 40, "missing": 30}

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class WorkbookOptions(LinkFilter):
    """Which links stand in the workbook."""


def export_xlsx(export: LetterExport, options: WorkbookOptions) -> bytes:
    """The workbook of an export, the same bytes for the same values."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheets = _Sheets(book)
    sheets.write("Side by side", *_side_by_side(export, options))
    rows = ([(cell, "") for cell in row] for row in _plain(long_frame(export, options)))
    sheets.write("Links", LONG_COLUMNS, rows, [_WIDTHS.get(name, 14) for name in LONG_COLUMNS])
    sheets.write("Findings", FINDING_COLUMNS, _findings(export), [_WIDTHS.get(name, 14) for name in FINDING_COLUMNS])
    if any(rendering.annotations for rendering in export.renderings):
        sheets.write("Reviewed", ERROR_COLUMNS, _errors(export), [_WIDTHS.get(name, 14) for name in ERROR_COLUMNS])
    sheets.write("About", ("what", "value"), _about(export, sheets.cut), [30, 90])
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())


Row = Iterable[tuple[Value, str]]
"""Cells as `(value, severity)`; the severity colours the cell and may be empty."""


class _Sheets:
    """Writes sheets, row by row, and keeps what had to be cut."""

    def __init__(self, book: Workbook) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        self._book = book
        self._bold = Font(bold=True)
        self._wrap = Alignment(wrap_text=True, vertical="top")
        self._fills = {name: PatternFill("solid", fgColor=f"FF{colour}") for name, colour in FILLS.items()}
        self._head = PatternFill("solid", fgColor="FFF4F3EE")
        self.cut: list[str] = []

    def write(self, title: str, head: Sequence[str], rows: Iterable[Row], widths: Sequence[int]) -> None:
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(title)
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = "C2" if title == "Side by side" else "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = _fit_to_width()
        count = 1
        heads = [self._cell(sheet, name, title, 1) for name in head]
        for cell in heads:
            cell.font, cell.fill = self._bold, self._head
        sheet.append(heads)
        for count, row in enumerate(rows, 2):
            made = []
            for value, severity in row:
                cell = self._cell(sheet, value, title, count)
                if severity in self._fills:
                    cell.fill = self._fills[severity]
                made.append(cell)
            sheet.append(made)
        if head and title != "About":
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{count}"

    def _cell(self, sheet: WriteOnlyWorksheet, value: Value, title: str, row: int) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if isinstance(value, str):
            short = shortened(flat(value))
            if short != flat(value):
                self.cut.append(f"{title}, row {row}: {len(flat(value)) - len(short)} characters cut")
            value = short
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # what begins with "=" would be a formula, "#N/A" an error
        cell.alignment = self._wrap
        return cell


def shortened(text: str) -> str:
    """`text`, cut to what a cell holds; Excel counts UTF-16 units."""
    if len(text) * 2 <= LONGEST:
        return text
    data = text.encode("utf-16-le")[: LONGEST * 2]
    return data.decode("utf-16-le", errors="ignore")


def _fit_to_width() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _plain(frame: Any) -> Iterator[list[Value]]:
    import pandas as pd

    for row in frame.itertuples(index=False, name=None):
        yield [None if pd.isna(cell) else cell for cell in row]


def _side_by_side(export: LetterExport, options: LinkFilter) -> tuple[list[str], Iterator[Row], list[int]]:
    head, widths = ["segment", "source"], [9, 50]
    for rendering in export.renderings:
        head += [rendering.id, f"{rendering.id}: findings"]
        widths += [50, 40]
    return head, _side_rows(export, options), widths


def _side_rows(export: LetterExport, options: LinkFilter) -> Iterator[Row]:
    sides = [(cells(export.letter, each.alignment, options), Remarks(each)) for each in export.renderings]
    for index, (segment, reading) in enumerate(zip(export.letter.segments, export.letter.readings, strict=True)):
        row: list[tuple[Value, str]] = [(segment.id, ""), (reading, "")]
        for side, remarks in sides:
            text, severity, words = _beside(side[index], remarks)
            row += [(text, severity), (words, severity)]
        yield row


def _beside(cell: Cell, remarks: Remarks) -> tuple[str, str, str]:
    text = SEPARATOR.join(unit.target for unit in cell.units) or (f"[{cell.absent.value}]" if cell.absent else "")
    findings = [item for unit in cell.units for item in remarks.findings(unit.link)]
    errors = [item for unit in cell.units for item in remarks.annotations(unit.link)]
    words = [finding_line(item) for item in {item.id: item for item in findings}.values()]
    words += [line for unit in cell.units for line in remarks.said(unit.link)]
    names = [item.severity.value for item in findings] + [item.severity for item in errors]
    gravest = max(names, key=lambda name: GRAVITY.index(name) if name in GRAVITY else -1, default="")
    return text, gravest, " | ".join(words)


def _findings(export: LetterExport) -> Iterator[Row]:
    for rendering in export.renderings:
        for item in rendering.findings:
            severity = item.severity.value
            yield (
                (rendering.id, ""),
                (item.check, ""),
                (severity, severity),
                (item.category, ""),
                (item.source.text if item.source else "", ""),
                (item.target.text if item.target else "", ""),
                (item.messages.get("en", ""), ""),
                (item.messages.get("zh", ""), ""),
                (round(item.score, 4), ""),
            )


def _errors(export: LetterExport) -> Iterator[Row]:
    for rendering in export.renderings:
        for item in rendering.annotations:
            sides = [SEPARATOR.join(span.text for span in side) for side in (item.source, item.target)]
            values = [item.severity, item.category, *sides, item.comment, item.correction or ""]
            yield [(rendering.id, ""), (item.reviewer, ""), (values[0], item.severity), *((v, "") for v in values[1:])]


def _about(export: LetterExport, cut: Sequence[str]) -> Iterator[Row]:
    letter = export.letter
    facts: list[tuple[str, str]] = [
        ("letter", letter.id),
        ("title", letter.title),
        ("author", letter.author),
        ("date", letter.date),
        ("made by", f"letter-aligner {aligner.__version__}"),
    ]
    facts += [fact for rendering in export.renderings for fact in _of_rendering(rendering)]
    facts += [(f"colour: {name}", f"severity {name}") for name in ("info", "minor", "major", "critical")]
    facts += [("cut", line) for line in cut]
    for name, value in facts:
        if value:
            yield ((name, ""), (value, name.removeprefix("colour: ")))


def _of_rendering(rendering: RenderingExport) -> Iterator[tuple[str, str]]:
    made, info = rendering.alignment.signature, rendering.info
    yield f"rendering {rendering.id}", ", ".join(filter(None, (info.outlet, info.date, info.title)))
    yield f"document of {rendering.id}", rendering.alignment.target.document
    yield f"method of {rendering.id}", f"engine {made.engine}, encoder {made.encoder}, aligner {made.aligner}"
