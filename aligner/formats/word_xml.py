"""The body of a Word document as text: python-docx keeps a tree of all of it, which a long letter is too much for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from aligner.formats.texts import clean

CHINESE = {"zh-Hans": ("SimSun", "zh-CN"), "zh-Hant": ("PMingLiU", "zh-TW")}
"""Script -> the font and the language that Word is told for Chinese: its own guess is Japanese or Latin."""
LATIN = "Georgia"
_TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""


def run(text: str, *, size: float = 10, bold: bool = False, colour: str = "", language: str = "zh-Hans") -> str:
    """A run of `text`, `size` points high; `colour` is RRGGBB or empty."""
    font, tag = CHINESE.get(language, CHINESE["zh-Hans"])
    properties = [f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}"/>']
    properties += ["<w:b/>"] if bold else []
    properties += [f'<w:color w:val="{colour}"/>'] if colour else []
    properties += [f'<w:sz w:val="{round(size * 2)}"/>', f'<w:lang w:val="en-US" w:eastAsia="{tag}"/>']
    shown = escape(clean(text), quote=False)
    return f'<w:r><w:rPr>{"".join(properties)}</w:rPr><w:t xml:space="preserve">{shown}</w:t></w:r>'


def paragraph(*runs: str, new_page: bool = False) -> str:
    """A paragraph of `runs`."""
    properties = "<w:pPr><w:pageBreakBefore/></w:pPr>" if new_page else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def table_start(widths: Sequence[float]) -> str:
    """The beginning of a table with a grid, its columns `widths` millimetres wide; ends with `</w:tbl>`."""
    columns = "".join(f'<w:gridCol w:w="{round(width * _TWIPS)}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def row(cells: Iterable[Sequence[str]], widths: Sequence[float], *, head: bool = False) -> str:
    """A row that is not broken between pages, a list of paragraphs for each cell; a head is repeated and grey."""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F4F3EE"/>' if head else ""
    made = [
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/>{shade}</w:tcPr>{"".join(paragraphs)}</w:tc>'
        for paragraphs, width in zip(cells, widths, strict=True)
    ]
    kind = "<w:tblHeader/>" if head else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{kind}</w:trPr>{''.join(made)}</w:tr>"
