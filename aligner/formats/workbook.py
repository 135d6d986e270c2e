"""An Excel workbook for people: side by side, every link, findings, reviewers' errors, and what it is.

Every text is stored as text, so nothing runs as a formula and no zero is lost. A colour never stands
without its word. Cells hold at most `LONGEST` characters; what was cut is told on the last sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aligner
from aligner.formats.base import LetterExport, LinkFilter, RenderingExport
from aligner.formats.packing import repacked
from aligner.formats.pieces import spool
from aligner.formats.remarks import Remarks, finding_line
from aligner.formats.rows import Cell, cells
from aligner.formats.table_rows import LONG_COLUMNS, long_rows
from aligner.formats.texts import SEPARATOR, flat

if TYPE_CHECKING:
    from openpyxl import Workbook

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


Row = Iterable[tuple[Value, str]]
"""Cells as `(value, severity)`; the severity colours the cell and may be empty."""


def xlsx_chunks(exports: Iterable[LetterExport], options: WorkbookOptions) -> Iterator[bytes]:
    """The workbook of any number of letters, the same bytes for the same values.

    Sheets grow side by side in files on disk. In *Side by side* every letter begins with a head of its own.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    cut: list[str] = []
    style = _Style()
    beside = links = found = reviewed = None
    about = []
    for export in exports:
        head, widths = _columns(export)
        beside = beside or _Sheet(book, "Side by side", widths, style, cut)
        beside.head(head)
        beside.write(_side_rows(export, options))
        links = links or _Sheet(book, "Links", _widths(LONG_COLUMNS), style, cut, LONG_COLUMNS)
        links.write([(cell, "") for cell in row] for row in _plain(export, options))
        found = found or _Sheet(book, "Findings", _widths(FINDING_COLUMNS), style, cut, FINDING_COLUMNS)
        found.write(_findings(export))
        if any(rendering.annotations for rendering in export.renderings):
            reviewed = reviewed or _Sheet(book, "Reviewed", _widths(ERROR_COLUMNS), style, cut, ERROR_COLUMNS)
            reviewed.write(_errors(export))
        about.append(list(_of_letter(export)))
    last = _Sheet(book, "About", [30, 90], style, [], ("what", "value"))
    last.write(_about(about, cut))
    for sheet in (beside, links, found, reviewed):
        if sheet:
            sheet.filtered()
    with spool() as file:
        book.save(file)
        yield from repacked(file)


def _widths(columns: Iterable[str]) -> list[int]:
    return [_WIDTHS.get(name, 14) for name in columns]


class _Style:
    """How cells look, made once for a workbook."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        self.bold = Font(bold=True)
        self.wrap = Alignment(wrap_text=True, vertical="top")
        self.plain: Any = None  # what openpyxl made of it; made anew for every cell it takes most of the time
        self.fills = {name: PatternFill("solid", fgColor=f"FF{colour}") for name, colour in FILLS.items()}
        self.head = PatternFill("solid", fgColor="FFF4F3EE")


class _Sheet:
    """One sheet, written row by row; what had to be cut is told in `cut`."""

    def __init__(
        self,
        book: Workbook,
        title: str,
        widths: Sequence[int],
        style: _Style,
        cut: list[str],
        head: Sequence[str] = (),
    ) -> None:
        from openpyxl.utils import get_column_letter

        self._title, self._style, self._cut = title, style, cut
        self._sheet: Any = book.create_sheet(title)
        self._columns = [get_column_letter(number) for number in range(1, len(widths) + 1)]
        for column, width in zip(self._columns, widths, strict=True):
            self._sheet.column_dimensions[column].width = width
        self._sheet.freeze_panes = "C2" if title == "Side by side" else "A2"
        self._sheet.print_title_rows = "1:1"
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.fitToHeight = 0
        self._sheet.sheet_properties.pageSetUpPr = _fit_to_width()
        self._count = 0
        if head:
            self.head(head)

    def head(self, names: Sequence[str]) -> None:
        """A row of names."""
        self._count += 1
        made = [self._cell(name) for name in names]
        for cell in made:
            cell.font, cell.fill = self._style.bold, self._style.head
        self._sheet.append(made)

    def write(self, rows: Iterable[Row]) -> None:
        """More rows."""
        for row in rows:
            self._count += 1
            made = []
            for value, severity in row:
                cell = self._cell(value)
                if severity in self._style.fills:
                    cell.fill = self._style.fills[severity]
                made.append(cell)
            self._sheet.append(made)

    def filtered(self) -> None:
        """Offer a filter for every column."""
        if self._columns:
            self._sheet.auto_filter.ref = f"A1:{self._columns[-1]}{self._count}"

    def _cell(self, value: Value) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if isinstance(value, str):
            short = shortened(flat(value))
            if short != flat(value):
                self._cut.append(f"{self._title}, row {self._count}: {len(flat(value)) - len(short)} characters cut")
            value = short
        cell: Any = WriteOnlyCell(self._sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # what begins with "=" would be a formula, "#N/A" an error
        if self._style.plain is None:
            cell.alignment = self._style.wrap
            self._style.plain = cell._style
        cell._style = copy(self._style.plain)
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


def _plain(export: LetterExport, options: LinkFilter) -> Iterator[list[Value]]:
    for row in long_rows(export, options):
        values = [row.get(name) for name in LONG_COLUMNS]
        yield [(flat(value) or None) if isinstance(value, str) else value for value in values]


def _columns(export: LetterExport) -> tuple[list[str], list[int]]:
    head, widths = ["segment", "source"], [9, 50]
    for rendering in export.renderings:
        head += [rendering.id, f"{rendering.id}: findings"]
        widths += [50, 40]
    return head, widths


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


def _of_letter(export: LetterExport) -> Iterator[tuple[str, str]]:
    letter = export.letter
    yield from (("letter", letter.id), ("title", letter.title), ("author", letter.author), ("date", letter.date))
    for rendering in export.renderings:
        yield from _of_rendering(rendering)


def _about(letters: Sequence[Sequence[tuple[str, str]]], cut: Sequence[str]) -> Iterator[Row]:
    facts = [fact for letter in letters for fact in letter]
    facts += [("made by", f"letter-aligner {aligner.__version__}")]
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
