"""What a person should know before a file is imported."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.documents.extraction import Dropped, Extracted


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file at a glance: what it was taken for, how it was read, and what is not in its text.

    `kind` is a phrase (`a PDF`); `encoding` that of a text or page, else the format's name; `paragraphs`
    counts blocks.
    """

    kind: str
    encoding: str
    extractor: str
    characters: int
    paragraphs: int
    remarks: tuple[str, ...]
    dropped: tuple[Dropped, ...]


def inspected(kind: str, extracted: Extracted) -> Inspection:
    """The glance at a document that was read."""
    document = extracted.document
    return Inspection(
        kind,
        document.encoding,
        extracted.extractor,
        len(document.text),
        len(document.blocks),
        extracted.remarks,
        extracted.dropped,
    )
