"""A Word document for people who comment in Word: the letter and its renderings in one landscape table.

The head is repeated on every page, rows are not broken, Chinese is set in a Chinese font. Findings
and what reviewers said stand below the text they are about, in words and in the severity's colour.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aligner
from aligner.formats.base import LetterExport, LinkFilter
from aligner.formats.packing import repacked
from aligner.formats.remarks import Remarks, finding_line
from aligner.formats.report import short_name
from aligner.formats.report.words import Words
from aligner.formats.rows import Cell, cells
from aligner.formats.texts import flat
from aligner.model import Severity

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

CHINESE = {"zh-Hans": ("SimSun", "zh-CN"), "zh-Hant": ("PMingLiU", "zh-TW")}
"""Script -> the font and the language that Word is told for Chinese."""
COLOURS = {"info": "5E626A", "neutral": "5E626A", "minor": "7C5200", "major": "A02818", "critical": "8E1A0E"}
LATIN = "Georgia"


@dataclass(frozen=True, slots=True)
class WordOptions(LinkFilter):
    """`language` (`en`, `zh`) is that of the words around the texts; `findings` and `annotations` show them."""

    language: str = "en"
    findings: bool = True
    annotations: bool = True

    def __post_init__(self) -> None:
        LinkFilter.__post_init__(self)
        Words(self.language)


def export_docx(export: LetterExport, options: WordOptions) -> bytes:
    """The document of an export, the same bytes for the same values."""
    import docx

    say = Words(options.language)
    document = docx.Document()
    _page(document)
    title = flat(export.letter.title) or export.letter.id
    document.core_properties.title = title
    document.core_properties.author = flat(export.letter.author)
    document.core_properties.comments = say("made_with", version=aligner.__version__)
    _run(document.add_paragraph(), title, size=18, bold=True)
    facts = [flat(text) for text in (export.letter.author, export.letter.date) if text]
    _run(document.add_paragraph(), " · ".join([*facts, say("made_with", version=aligner.__version__)]), size=9)
    _table(document, export, options, say)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _page(document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(14)
    section.top_margin = section.bottom_margin = Mm(14)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(10)
    normal.paragraph_format.space_after = Pt(2)
    _east_asian(normal.element.get_or_add_rPr(), "zh-Hans")


def _table(document: Document, export: LetterExport, options: WordOptions, say: Words) -> None:
    from docx.shared import Mm

    sides = [(each, cells(export.letter, each.alignment, options), Remarks(each)) for each in export.renderings]
    heads = ["", say("english")]
    for each, _, _ in sides:
        outlet = flat(each.info.outlet)
        heads.append(" ".join(filter(None, (short_name(each.id, export.letter.id), outlet))))
    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    width = (297 - 28 - 10) / (len(heads) - 1)
    widths = [Mm(10), *(Mm(width) for _ in heads[1:])]
    for column, size in zip(table.columns, widths, strict=True):
        column.width = size
    _head_row(table.rows[0], heads, widths)
    firsts: list[dict[str, int]] = [{} for _ in sides]
    for index, reading in enumerate(export.letter.readings):
        row = table.add_row()
        _whole(row)
        made: Sequence[_Cell] = row.cells
        for cell, size in zip(made, widths, strict=True):
            cell.width = size
        _run(made[0].paragraphs[0], str(index + 1), size=8)
        _run(made[1].paragraphs[0], flat(reading))
        for place, ((rendering, column, remarks), seen) in enumerate(zip(sides, firsts, strict=True)):
            language = rendering.alignment.target.language
            _fill(made[place + 2], column[index], (index, seen), (remarks, options, language), say)


def _fill(
    target: _Cell,
    cell: Cell,
    at: tuple[int, dict[str, int]],
    about: tuple[Remarks, WordOptions, str],
    say: Words,
) -> None:
    index, seen = at
    remarks, options, language = about
    paragraph = target.paragraphs[0]
    if not cell.units and cell.absent:
        _run(paragraph, f"[{say(cell.absent.value)}]", size=8.5, colour="5E626A")
    for number, unit in enumerate(cell.units):
        if number:
            paragraph = target.add_paragraph()
        first = seen.setdefault(unit.link.id, index)
        if first != index:
            _run(paragraph, say("continued", n=first + 1), size=8.5, colour="5E626A")
            continue
        _run(paragraph, unit.target, language=language)
        _run(target.add_paragraph(), say(unit.link.mode.value), size=8, colour="5E626A")
        if options.findings:
            for finding in remarks.findings(unit.link):
                if finding.severity is not Severity.INFO:
                    grade = finding.severity.value
                    line = finding_line(finding, say.language).replace(f"{grade} ", f"{say(grade)} ", 1)
                    _run(target.add_paragraph(), line, size=8, colour=COLOURS[grade])
        if options.annotations:
            for error in remarks.annotations(unit.link):
                parts = [f"{error.reviewer}: {say.known(error.severity)} {say.kind(error.category)}"]
                parts += filter(None, [error.comment, error.correction and f"{say('suggested')} {error.correction}"])
                colour = COLOURS.get(error.severity, "2C4A86")
                _run(target.add_paragraph(), flat(" — ".join(parts)), size=8, colour=colour)
            for comment in remarks.comments(unit.link):
                _run(target.add_paragraph(), flat(f"{comment.reviewer}: {comment.text}"), size=8, colour="2C4A86")


def _run(
    paragraph: Any, text: str, *, size: float = 10, bold: bool = False, colour: str = "", language: str = "zh-Hans"
) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    _east_asian(run._element.get_or_add_rPr(), language)


def _east_asian(properties: Any, language: str) -> None:
    """Tell Word which font and language Chinese characters of a run have: its own guess is Japanese or Latin."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    font, tag = CHINESE.get(language, CHINESE["zh-Hans"])
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:ascii"), LATIN)
    fonts.set(qn("w:hAnsi"), LATIN)
    fonts.set(qn("w:eastAsia"), font)
    found = properties.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        properties.append(found)
    found.set(qn("w:val"), "en-US")
    found.set(qn("w:eastAsia"), tag)


def _head_row(row: Any, heads: Sequence[str], widths: Sequence[Any]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell, text, width in zip(row.cells, heads, widths, strict=True):
        cell.width = width
        _run(cell.paragraphs[0], text, size=9, bold=True)
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F4F3EE")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeated)


def _whole(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
