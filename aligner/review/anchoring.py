"""Where a decision's span stands in a document of today."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.errors import AlignerError
from aligner.model import Quoted, Span, sha256_of


@dataclass(frozen=True, slots=True)
class Orphan:
    """A span that no longer has its place; `reason` says why, for the reviewer."""

    quoted: Quoted
    reason: str


def place(quoted: Quoted, text_sha256: str, text: str) -> Span | Orphan:
    """The place of `quoted`, which was taken from the text with that SHA-256, in `text` (code points, end exclusive).

    By its offsets when the text is the same, else where its words stand if they do exactly once.
    """
    if not 0 <= quoted.start < quoted.end or not quoted.text:
        return Orphan(quoted, "the span is empty or negative")
    if sha256_of(text) == text_sha256:
        if text[quoted.start : quoted.end] == quoted.text:
            return Span(quoted.start, quoted.end)
        return Orphan(quoted, "the quoted words do not stand at their offsets")
    first = text.find(quoted.text)
    if first < 0:
        return Orphan(quoted, "the document changed and no longer has the quoted words")
    if text.find(quoted.text, first + 1) >= 0:
        return Orphan(quoted, "the document changed and has the quoted words more than once")
    return Span(first, first + len(quoted.text))


def located(quoted: Quoted, sha256: str, today: str, text: str) -> Quoted:
    """`place`, for a text whose SHA-256 is known to be `today`. Raises AlignerError with the reason for an orphan."""
    if sha256 == today and 0 <= quoted.start < quoted.end and text[quoted.start : quoted.end] == quoted.text:
        return quoted
    found = place(quoted, sha256, text)
    if isinstance(found, Orphan):
        raise AlignerError(f"{found.reason}: {quoted.text}", hint="re-attach the decision to where the words stand now")
    return Quoted(found.start, found.end, quoted.text)
