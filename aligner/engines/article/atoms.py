"""The article cut into its smallest pieces: clauses, quoted phrases, reporting words."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from aligner.engines.article.reporting import carrier_end
from aligner.model import Block, BlockKind, Document, Span
from aligner.text.clauses import clauses
from aligner.text.quotes import Quote, quotes
from aligner.text.sentences import sentences

LETTERS = re.compile(r"[^\W_]")
EDGE = " \t\r\n　*_"


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece `[start, end)` of a document that the engine never cuts further.

    `block` and `sentence` number the block and the sentence it stands in; `quoted` says that it
    stands between quotation marks or in a block set off as a quotation; `carrier` that it holds
    reporting words only; `foreign` that it is not in the article's language.
    """

    start: int
    end: int
    block: int
    sentence: int
    kind: BlockKind
    quoted: bool
    carrier: bool
    foreign: bool


def cut(document: Document, language: str, within: Span | None = None) -> tuple[Atom, ...]:
    """The atoms of `document` (or of the stretch `within`) in order; pieces without letters are left out."""
    blocks = document.blocks or (Block(0, len(document.text), BlockKind.BODY),)
    found: list[Atom] = []
    number = 0
    open_quote = False
    for index, block in enumerate(blocks):
        start, end = block.start, block.end
        if within is not None:
            start, end = max(start, within.start), min(end, within.end)
        if start >= end:
            continue
        marks = quotes(document.text, start, end)
        for sentence in sentences(document.text, language, start, end):
            for piece, quoted, carrier in _pieces(document.text, sentence, language, marks):
                trimmed = trim(document.text, piece.start, piece.end)
                if trimmed is None:
                    continue
                quoted_here = quoted or block.kind is BlockKind.QUOTATION or open_quote
                foreign = language.startswith("zh") and not has_han(trimmed.of(document.text))
                found.append(Atom(trimmed.start, trimmed.end, index, number, block.kind, quoted_here, carrier, foreign))
            number += 1
    return tuple(found)


def _pieces(text: str, sentence: Span, language: str, marks: tuple[Quote, ...]) -> list[tuple[Span, bool, bool]]:
    """Clauses of a sentence, cut again where a quotation begins or ends and behind reporting words."""
    cuts = {sentence.start, sentence.end}
    inside = []
    for mark in marks:
        if mark.end <= sentence.start or mark.start >= sentence.end:
            continue
        cuts |= {
            c for c in (mark.start, mark.inner_start, mark.inner_end, mark.end) if sentence.start < c < sentence.end
        }
        inside.append((mark.inner_start, mark.inner_end))
    for clause in clauses(text, language, sentence.start, sentence.end):
        cuts |= {clause.start, clause.end}
    edges = sorted(cuts)
    pieces: list[tuple[Span, bool, bool]] = []
    for start, end in itertools.pairwise(edges):
        quoted = any(a <= start and end <= b for a, b in inside)
        if quoted:
            pieces.append((Span(start, end), True, False))
            continue
        split = carrier_end(text[start:end], language)
        if split:
            pieces.append((Span(start, start + split), False, True))
        if start + split < end:
            pieces.append((Span(start + split, end), False, False))
    return pieces


def trim(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space and emphasis marks at its edges; None if no letter or digit is left."""
    if not LETTERS.search(text, start, end):
        return None
    while text[start] in EDGE:
        start += 1
    while text[end - 1] in EDGE:
        end -= 1
    return Span(start, end)


def has_han(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return any("㐀" <= c <= "鿿" or "\U00020000" <= c <= "\U0003ffff" for c in text)
