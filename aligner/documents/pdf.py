"""PDFs with a text layer: lines from pypdf, put together to paragraphs, with the page and line of each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from aligner.documents import limits
from aligner.documents.extraction import Dropped, Found, Passage
from aligner.documents.pdf_furniture import furniture
from aligner.documents.pdf_lines import Chunk, PageLine, chunk, page_lines
from aligner.documents.pdf_paragraphs import Body
from aligner.errors import DocumentError

_UNREADABLE = "\ufffd"
_MANY = 0.02
"""Share of characters without meaning (U+FFFD, private ones) from which a remark is made."""


def pdf(where: str, data: bytes, encoding: str | None = None) -> Found:  # noqa: ARG001 - fonts say their encodings
    """What a PDF's pages say, furniture and marks of notes left out and listed.

    Raises DocumentError: encrypted, too many pages, no text layer, nothing readable; and on damage
    whatever pypdf raises.
    """
    reader = _opened(where, data)
    pages, remarks = _pages(where, reader)
    around = furniture(pages)
    lines = [
        replace(line, number=number)
        for page in pages
        for number, line in enumerate((each for each in page if (each.page, each.number) not in around), 1)
    ]
    dropped = [
        Dropped(line.text, around[line.page, line.number], f"page {line.page}")
        for page in pages
        for line in page
        if (line.page, line.number) in around
    ]
    dropped += [Dropped(mark, "footnote mark", line.label) for line in lines for mark in line.marks]
    if not lines:
        raise _scanned(where)
    text, notes = Body(lines).passages()
    if notes:
        remarks.append("small lines at the feet of pages are taken for notes and stand after the text")
    remarks += _unread(text)
    return Found(f"pypdf {version('pypdf')}", "pdf", (*text, *notes), tuple(dropped), tuple(remarks))


def _opened(where: str, data: bytes) -> Any:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        try:
            open_to_all = bool(reader.decrypt(""))
        except Exception:  # ciphers that are not installed, and damage to the key
            open_to_all = False
        if not open_to_all:
            raise DocumentError("is encrypted", where=where, hint="open it and save a copy without password")
    count = len(reader.pages)
    if count > limits.PAGES:
        hint = "split it, or save its text as a .txt file"
        raise DocumentError(f"has {count:,} pages, at most {limits.PAGES:,} are read", where=where, hint=hint)
    if not count:
        raise DocumentError("has no pages", where=where, hint="open it and save it anew")
    return reader


def _pages(where: str, reader: Any) -> tuple[list[list[PageLine]], list[str]]:
    pages, broken, bare = [], [], []
    error: Exception | None = None
    for number, page in enumerate(reader.pages, 1):
        try:
            chunks = _chunks(page)
        except MemoryError:
            raise
        except Exception as fault:  # pypdf raises anything at all on damaged pages; the others may be whole
            broken.append(number)
            error = fault
            continue
        pages.append(page_lines(chunks, number))
        if not pages[-1] and "/XObject" in str(page.get("/Resources", "")):
            bare.append(number)
    if error is not None and len(broken) == len(reader.pages):
        raise error
    if not any(pages):
        raise _scanned(where)
    remarks = []
    if broken:
        remarks.append(f"pages that cannot be read and are left out: {', '.join(map(str, broken))}")
    if bare:
        remarks.append(f"pages without text, perhaps pictures of text: {', '.join(map(str, bare))}")
    return pages, remarks


def _chunks(page: Any) -> list[Chunk]:
    found: list[Chunk] = []

    def visit(text: str, matrix: Sequence[float], text_matrix: Sequence[float], _: object, size: float | None) -> None:
        if text.strip() and (each := chunk(text, matrix, text_matrix, size)) is not None:
            found.append(each)

    page.extract_text(visitor_text=visit)
    return found


def _scanned(where: str) -> DocumentError:
    return DocumentError(
        "has no text layer: its pages are pictures", where=where, hint="run OCR first (for instance ocrmypdf)"
    )


def _unread(passages: list[Passage]) -> list[str]:
    text = "".join(passage.text for passage in passages)
    odd = sum(c == _UNREADABLE or "\ue000" <= c <= "\uf8ff" for c in text)
    if odd <= _MANY * len(text):
        return []
    return [f"{odd} of {len(text)} characters have no meaning outside their font; compare the text with the page"]
