"""A Word document for people who comment in Word: the letter and its renderings in one landscape table.

The head is repeated on every page, rows are not broken, Chinese is set in a Chinese font. Findings
and what reviewers said stand below the text they are about, in words and in the severity's colour.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

import aligner
from aligner.formats.base import LetterExport, LinkFilter
from aligner.formats.packing import packed, timeless
from aligner.formats.pieces import spool
from aligner.formats.remarks import Remarks, finding_line
from aligner.formats.report import short_name
from aligner.formats.report.words import Words
from aligner.formats.rows import Cell, cells
from aligner.formats.texts import flat
from aligner.formats.units import Unit
from aligner.formats.word_xml import CHINESE, LATIN, paragraph, row, run, table_start
from aligner.model import Severity

if TYPE_CHECKING:
    from docx.document import Document

COLOURS = {"info": "5E626A", "neutral": "5E626A", "minor": "7C5200", "major": "A02818", "critical": "8E1A0E"}
GREY, BLUE = "5E626A", "2C4A86"
PAGE, MARGIN, NUMBER = 297, 14, 10
"""Width of the page, of its margins and of the column of numbers, in millimetres."""
_BODY = "word/document.xml"
_MARK = "letters-stand-here"


@dataclass(frozen=True, slots=True)
class WordOptions(LinkFilter):
    """`language` (`en`, `zh`) is that of the words around the texts; `findings` and `annotations` show them."""

    language: str = "en"
    findings: bool = True
    annotations: bool = True

    def __post_init__(self) -> None:
        LinkFilter.__post_init__(self)
        Words(self.language)


def docx_chunks(exports: Iterable[LetterExport], options: WordOptions) -> Iterator[bytes]:
    """The document of any number of letters, each on pages of its own; the same bytes for the same values."""
    say = Words(options.language)
    about: list[str] = []
    body = _letters(exports, options, say, about)
    first = next(body, b"")  # says what the document is called
    with spool() as file:
        _empty(file, about, say)
        with zipfile.ZipFile(file) as archive:
            yield from packed(_parts(archive, chain((first,), body)))


def _empty(file: IO[bytes], about: list[str], say: Words) -> None:
    """Everything around the letters, made by python-docx, with a mark where they stand."""
    import docx

    document = docx.Document()
    _page(document)
    document.core_properties.title, document.core_properties.author = about or ("", "")
    document.core_properties.comments = say("made_with", version=aligner.__version__)
    document.add_paragraph(_MARK)
    document.save(file)


def _parts(archive: zipfile.ZipFile, body: Iterator[bytes]) -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
    for name in archive.namelist():
        data = archive.read(name)
        if name == _BODY:
            before, _, after = data.partition(_MARK.encode())
            start, end = before.rindex(b"<w:p>"), after.index(b"</w:p>") + len(b"</w:p>")
            yield name, chain((before[:start],), body, (after[end:],))
        else:
            yield name, timeless(name, data)


def _page(document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE), Mm(210)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(10)
    normal.paragraph_format.space_after = Pt(2)
    font, tag = CHINESE["zh-Hans"]
    properties = normal.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), tag)
    properties.append(language)


def _letters(exports: Iterable[LetterExport], options: WordOptions, say: Words, about: list[str]) -> Iterator[bytes]:
    """Title and table of each letter; `about` becomes title and author of the first."""
    for number, export in enumerate(exports):
        title = flat(export.letter.title) or flat(export.letter.id)
        about += [title, flat(export.letter.author)] if not number else []
        facts = [flat(text) for text in (export.letter.author, export.letter.date) if text]
        made = " · ".join([*facts, say("made_with", version=aligner.__version__)])
        top = paragraph(run(title, size=18, bold=True), new_page=number > 0) + paragraph(run(made, size=9))
        yield top.encode()
        for piece in _table(export, options, say):
            yield piece.encode("utf-8", "replace")


def _table(export: LetterExport, options: WordOptions, say: Words) -> Iterator[str]:
    heads = ["", say("english")]
    for each in export.renderings:
        outlet = flat(each.info.outlet)
        heads.append(" ".join(filter(None, (short_name(each.id, export.letter.id), outlet))))
    width = (PAGE - 2 * MARGIN - NUMBER) / (len(heads) - 1)
    widths = [NUMBER, *(width for _ in heads[1:])]
    yield table_start(widths)
    yield row([[paragraph(run(text, size=9, bold=True))] for text in heads], widths, head=True)
    sides = [_Side(each.alignment.target.language, Remarks(each), options, say) for each in export.renderings]
    columns = [cells(export.letter, each.alignment, options) for each in export.renderings]
    for index, reading in enumerate(export.letter.readings):
        made = [[paragraph(run(str(index + 1), size=8))], [paragraph(run(flat(reading)))]]
        made += [list(side.cell(column[index], index)) for side, column in zip(sides, columns, strict=True)]
        yield row(made, widths)
    yield "</w:tbl>"


class _Side:
    """One rendering's column."""

    def __init__(self, language: str, remarks: Remarks, options: WordOptions, say: Words) -> None:
        self._language, self._remarks, self._options, self._say = language, remarks, options, say
        self._firsts: dict[str, int] = {}

    def cell(self, cell: Cell, index: int) -> Iterator[str]:
        """The paragraphs of sentence `index`; a joint link is shown at its first sentence."""
        if not cell.units:
            yield paragraph(*([run(f"[{self._say(cell.absent.value)}]", size=8.5, colour=GREY)] if cell.absent else []))
        for unit in cell.units:
            first = self._firsts.setdefault(unit.link.id, index)
            if first != index:
                yield paragraph(run(self._say("continued", n=first + 1), size=8.5, colour=GREY))
            else:
                yield paragraph(run(unit.target, language=self._language))
                yield from (paragraph(run(text, size=8, colour=colour)) for text, colour in self._below(unit))

    def _below(self, unit: Unit) -> Iterator[tuple[str, str]]:
        """What stands below a text, and its colour."""
        say = self._say
        yield say(unit.link.mode.value), GREY
        for finding in self._remarks.findings(unit.link) if self._options.findings else ():
            if finding.severity is not Severity.INFO:
                grade = finding.severity.value
                yield finding_line(finding, say.language).replace(f"{grade} ", f"{say(grade)} ", 1), COLOURS[grade]
        if not self._options.annotations:
            return
        for error in self._remarks.annotations(unit.link):
            parts = [f"{error.reviewer}: {say.known(error.severity)} {say.kind(error.category)}"]
            parts += filter(None, [error.comment, error.correction and f"{say('suggested')} {error.correction}"])
            yield flat(" — ".join(parts)), COLOURS.get(error.severity, BLUE)
        for comment in self._remarks.comments(unit.link):
            yield flat(f"{comment.reviewer}: {comment.text}"), BLUE
