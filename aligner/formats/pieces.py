"""Files written piece by piece: what must wait does so on disk, so that memory does not grow with what is written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from lxml import etree

from aligner.errors import AlignmentError
from aligner.formats.base import LetterExport, RenderingExport

SPOOLED = 1024 * 1024
"""So many bytes wait in memory before a file on disk takes them."""
READ = 256 * 1024
"""Bytes that are copied at a time."""


def spool() -> tempfile.SpooledTemporaryFile[bytes]:
    """A file without a name that is in memory while it is small, and gone when it is closed."""
    return tempfile.SpooledTemporaryFile(max_size=SPOOLED)


def copied(file: IO[bytes]) -> Iterator[bytes]:
    """All that `file` holds, from its beginning."""
    file.seek(0)
    while piece := file.read(READ):
        yield piece


def each_rendering(exports: Iterable[LetterExport]) -> Iterator[tuple[LetterExport, RenderingExport]]:
    """The renderings of one letter after the other; raises AlignmentError when two have one id."""
    names: set[str] = set()
    for export in exports:
        for rendering in export.renderings:
            if rendering.id in names:
                raise AlignmentError("two letters have a rendering of this id", where=f"rendering {rendering.id}")
            names.add(rendering.id)
            yield export, rendering


def element_bytes(element: etree._Element, depth: int = 0, *, namespaces: Iterable[bytes] = ()) -> bytes:
    """The element on lines of its own, `depth` deep; texts stand on one line each, so every line is markup.

    `namespaces` are declarations that the root makes: ` xmlns="..."`.
    """
    text = bytes(etree.tostring(element, encoding="UTF-8", xml_declaration=False, pretty_print=True))
    for declared in namespaces:
        text = text.replace(declared, b"", 1)
    return b"".join(b"  " * depth + line for line in text.splitlines(keepends=True)) if depth else text
