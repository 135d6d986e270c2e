"""One file's bytes to a document with how it was read, whatever its format; `child` runs this for strangers' files."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from aligner.documents import limits
from aligner.documents.decode import Decoded, decoded
from aligner.documents.extraction import Extracted, Found, Place, assemble
from aligner.documents.layout import layout
from aligner.errors import DocumentError
from aligner.model import Document, sha256_of
from aligner.text.lines import is_blank, lines

Reader = Callable[[str, bytes, str | None], Decoded]
"""`(where, data, encoding or None) -> the text`; raises DocumentError."""

Extractor = Callable[[str, bytes, str | None], Found]
"""`(where, data, encoding or None) -> what was found`; raises DocumentError, and on damage anything else."""

READERS: dict[str, Reader] = {".txt": decoded, ".md": decoded, ".markdown": decoded}
"""Suffix in lower case -> reader of plain text."""


def _late(name: str) -> Extractor:
    def call(where: str, data: bytes, encoding: str | None) -> Found:
        extractor: Extractor = getattr(import_module(f"aligner.documents.{name}"), name)
        return extractor(where, data, encoding)

    return call


EXTRACTORS: dict[str, Extractor] = {name: _late(name) for name in ("docx", "epub", "html", "pdf")}
"""Name -> extractor, which imports its library only when it is called; a module of this name has it."""


def read_plain(suffix: str, name: str, where: str, data: bytes, encoding: str | None) -> Extracted:
    """The document of a plain text, whose places are its lines; raises DocumentError: undecodable, binary, blank."""
    found = READERS[suffix](where, data, encoding)
    if is_blank(found.text):
        raise DocumentError("the document is empty", where=where, hint="give a file with text in it")
    _check_size(where, len(found.text))
    document = Document(name, found.text, sha256_of(data), found.encoding, layout(found.text))
    places = tuple(
        Place(line.start, line.end, f"line {number}")
        for number, line in enumerate(lines(found.text), 1)
        if line.start < line.end
    )
    return Extracted(document, "text", places, remarks=(found.remark,) if found.remark else ())


def read_any(how: str, name: str, where: str, data: bytes, encoding: str | None) -> Extracted:
    """The document by the suffix of a plain text or the name of an extractor.

    Raises DocumentError, also for too much text, and whatever an extractor's library raises on damage.
    """
    if how in READERS:
        return read_plain(how, name, where, data, encoding)
    found = EXTRACTORS[how](where, data, encoding)
    _check_size(where, sum(len(passage.text) for passage in found.passages))
    _check_size(where, sum(len(each.text) for each in found.dropped))
    return assemble(name, where, data, found)


def _check_size(where: str, size: int) -> None:
    if size > limits.TEXT_CHARACTERS:
        what = f"holds {size:,} characters of text, at most {limits.TEXT_CHARACTERS:,} are read"
        raise DocumentError(what, where=where, hint="split it")
