"""Documents that somebody brings, before anything is stored: read, corrected, and where their letter begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from aligner import documents
from aligner.documents import Extracted
from aligner.errors import LanguageError, WitnessError
from aligner.model import BlockKind, Document, Span
from aligner.pipeline.adhoc import name_of
from aligner.text.lines import pieces
from aligner.text.scripts import is_hant, language_of, script_counts
from aligner.text.sentences import sentences
from aligner.witnesses import cut, find
from aligner.witnesses.cut import pattern

PASTED = "pasted.txt"
SUFFIXES = (*documents.READERS, *documents.FORMATS)
"""The ends of names of files that are read, in lower case."""

_ENOUGH_CHINESE = 20
"""Ideographs in an article that is mostly in another language: fewer are names and mottoes, no rendering."""

_FIRST_TRY = 6
"""Words that usually stand in a document once."""


@dataclass(frozen=True)
class Draft:
    """A document that was brought: its bytes, the checked suffix of its name, and its text.

    `original` is the document as it came, where somebody corrected its text; `named_encoding` what somebody said of a
    text or page. The name it came with stands in messages only.
    """

    data: bytes
    suffix: str
    extracted: Extracted
    original: Draft | None = None
    named_encoding: str | None = None

    @property
    def document(self) -> Document:
        """The document, named as it came."""
        return self.extracted.document

    @property
    def encoding(self) -> str | None:
        """What the manifest is to say of its encoding; None where the file itself says it."""
        return self.named_encoding or (self.document.encoding if self.suffix in documents.READERS else None)

    @property
    def heading(self) -> str:
        """The first heading on one line, for the manifest; empty when there is none."""
        spans = (block.span for block in self.document.blocks if block.kind is BlockKind.HEADING)
        first = next(spans, None)
        return " ".join(first.of(self.document.text).split())[:200] if first else ""


@dataclass(frozen=True)
class Reach:
    """What a letter can begin and end with: sentences of its document, in order; `first` and `last` are proposed."""

    pieces: tuple[Span, ...]
    first: int
    last: int


def read_upload(name: str, data: bytes, encoding: str | None = None) -> Draft:
    """The document in an uploaded file, its encoding recognised unless it is named.

    Raises DocumentError (see `documents.read_extracted`).
    """
    extracted = documents.read_extracted(name, data, encoding=encoding)
    return Draft(data, PurePath(name).suffix.lower(), extracted, named_encoding=encoding)


def read_paste(text: str, name: str = PASTED) -> Draft:
    """The document that somebody pasted; raises DocumentError."""
    plain = text.removeprefix("\ufeff")
    documents.read_pasted(plain, name)
    data = plain.encode()
    read = documents.read_extracted(PASTED, data, encoding="utf-8")
    return Draft(data, ".txt", replace(read, document=replace(read.document, name=name)))


def corrected(draft: Draft, text: str) -> Draft:
    """The draft with another text: a plain text of its own, the original kept. The same text gives the original back.

    Raises DocumentError.
    """
    original = draft.original or draft
    if _lines(text) == _lines(original.document.text):
        return original
    made = read_paste(text, original.document.name)
    return Draft(made.data, made.suffix, made.extracted, original)


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


def propose(document: Document) -> Reach:
    """Where the English letter in `document` probably begins and ends (see `aligner.witnesses.find`).

    Raises WitnessError when there is nothing in English.
    """
    start, end = find(document, "en")
    cuts = {start, end}
    found = [
        piece
        for block in document.blocks
        for sentence in sentences(document.text, "en", block.start, block.end)
        for piece in pieces(document.text, sentence.start, sentence.end, cuts)
    ]
    if not found:
        raise WitnessError("holds no sentence", where=document.name, hint="paste the letter's text")
    first = next((n for n, piece in enumerate(found) if piece.end > start), len(found) - 1)
    last = max((n for n, piece in enumerate(found) if piece.start < end), default=first)
    return Reach(tuple(found), first, max(first, last))


def pins(document: Document, start: int, end: int) -> tuple[str, str] | None:
    """The first and last words that a manifest finds `[start, end)` by; None when no words stand there once."""
    text = document.text
    spans = [match.span() for match in re.finditer(r"\S+", text[start:end])]
    if not spans:
        return None
    end = start + spans[-1][1]
    heads = (text[start : start + spans[n - 1][1]] for n in _counts(len(spans)))
    tails = (text[start + spans[-n][0] : end] for n in _counts(len(spans)))
    first = next((words for words in heads if _places(text, words, 0) == [(start, start + len(words))]), None)
    last = next((words for words in tails if _places(text, words, start) == [(end - len(words), end)]), None)
    if first is None or last is None:
        return None
    words = " ".join(first.split()), " ".join(last.split())
    try:
        witness = cut(document, *words, "en")
    except WitnessError:
        return None
    return words if (witness.start, witness.end) == (start, end) else None


def _counts(most: int) -> Iterator[int]:
    count = _FIRST_TRY
    while count < most:
        yield count
        count *= 2
    yield most


def _places(text: str, words: str, after: int) -> list[tuple[int, int]]:
    return [match.span() for match in pattern(words).finditer(text, after)]


def check_english(document: Document, start: int, end: int) -> None:
    """Raise LanguageError unless the letter between these offsets is in English."""
    language = language_of(document.text[start:end])
    if language != "en":
        hint = "the letter is the English one; choose where it begins and ends, or take another document"
        raise LanguageError(f"the letter is in {name_of(language)}, not in English", where=document.name, hint=hint)


def chinese_of(document: Document) -> str:
    """`zh-Hans` or `zh-Hant` by the characters of an article; raises LanguageError when it is not in Chinese."""
    language = language_of(document.text)
    if language.startswith("zh"):
        return language
    counts = script_counts(document.text)
    if counts.han < _ENOUGH_CHINESE or counts.han < 10 * (counts.kana + counts.hangul):
        what = f"is in {name_of(language)}, not in Chinese"
        raise LanguageError(what, where=document.name, hint="an article carries a Chinese rendering of the letter")
    return "zh-Hant" if is_hant(document.text) else "zh-Hans"


def doubles(drafts: Sequence[Draft]) -> dict[int, int]:
    """Which drafts are the same document as one before them, by their places."""
    seen: dict[str, int] = {}
    firsts = [seen.setdefault(draft.document.sha256, place) for place, draft in enumerate(drafts)]
    return {place: first for place, first in enumerate(firsts) if first != place}
