"""Texts as checks read them, every character with its place in the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from aligner.model import Letter, Quoted, Segment, Span
from aligner.text.clauses import clauses
from aligner.text.normalise import to_simplified, unwrap

SEAM = "\n"
"""Stands between pieces of a passage that do not follow each other in the document."""


@dataclass(frozen=True)
class Passage:
    """A text to check: emended, without line breaks; `at[i]` is where character `i` stands in `document`.

    Characters that the document lacks (an emendation's, a seam) stand where the next one does.
    """

    text: str
    at: tuple[int, ...]
    language: str
    document: str

    @property
    def chinese(self) -> bool:
        """Whether it is to be read as Chinese."""
        return self.language.lower().startswith("zh")

    @cached_property
    def simplified(self) -> str:
        """The text in Simplified characters, same offsets: what rules about Chinese words look at."""
        copy = to_simplified(self.text) if self.chinese else self.text
        return copy if len(copy) == len(self.text) else self.text

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """The clauses of the text, as offsets into it, in order."""
        return clauses(self.text, self.language, 0, len(self.text))

    def clause_at(self, place: int) -> Span | None:
        """The clause in which the character at `place` stands; None between two of them."""
        return next((clause for clause in self.clauses if clause.start <= place < clause.end), None)

    def quoted(self, start: int, end: int) -> Quoted | None:
        """The document's stretch under `text[start:end]`, without white space at its ends; None if nothing is left."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            return None
        first, last = self.at[start], self.at[end - 1] + 1
        return Quoted(first, last, self.document[first:last]) if first < last else None


def passage(document: str, pieces: Sequence[tuple[int, str, str]], language: str) -> Passage:
    """A passage of pieces `(start, written, read)`: where it stands, what stands there, what is read.

    Pieces with nothing but white space between them are joined as running text, others by a seam.
    """
    text, at = "", []
    last: int | None = None
    for start, written, read in pieces:
        places = _places(written, read, start)
        if last is not None:
            gap = document[last:start]
            joint = SEAM if any(c.isalnum() for c in gap) else ("" if not gap else " ")
            if joint == " " and language.startswith("zh"):
                joint = ""
            text += joint
            at += [start] * len(joint)
        text += read
        at += places
        last = start + len(written)
    return Passage(text, tuple(at), language, document)


def _places(written: str, read: str, start: int) -> list[int]:
    if written == read:
        return list(range(start, start + len(read)))
    places = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, written, read, autojunk=False).get_opcodes():
        for j in range(j1, j2):
            i = i1 + (j - j1) if kind == "equal" else min(i1 + (j - j1), max(i1, i2 - 1), len(written) - 1)
            places.append(start + i)
    return places


def whole(text: str, language: str) -> Passage:
    """A passage that is a document of its own, as in a list of pairs."""
    read = re.sub(r"\s", " ", text)
    return Passage(read, tuple(range(len(text))), language, text)


def source_passage(letter: Letter, segments: Sequence[Segment]) -> Passage:
    """The reading text of the letter's `segments`, which may also be parts of the letter's own."""
    document = letter.base.document.text
    pieces = []
    for segment in sorted(segments, key=lambda s: s.start):
        read = _reading(letter, segment)
        pieces.append((segment.start, segment.text, unwrap(_emended(letter, segment) if read is None else read)))
    return passage(document, pieces, letter.language)


def _reading(letter: Letter, segment: Segment) -> str | None:
    """The reading text of a segment that is one of the letter's own, found by its place; None for a part of one."""
    at = bisect_left(letter.segments, segment.start, key=lambda own: own.start)
    if at < len(letter.segments) and letter.segments[at].span == segment.span:
        return letter.readings[at]
    return None


def target_passage(document: str, segments: Sequence[Segment], language: str) -> Passage:
    """The text of an article's `segments`."""
    ordered = sorted(segments, key=lambda s: s.start)
    return passage(document, [(s.start, s.text, unwrap(s.text)) for s in ordered], language)


def _emended(letter: Letter, segment: Segment) -> str:
    text, last = "", segment.start
    for change in sorted(letter.emendations, key=lambda item: item.start):
        if not change.rejected and last <= change.start and change.end <= segment.end:
            text += letter.base.document.text[last : change.start] + change.replacement
            last = change.end
    return text + letter.base.document.text[last : segment.end]
