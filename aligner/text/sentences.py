"""Sentences as offsets: what a letter and its renderings are compared by."""

from __future__ import annotations

from collections.abc import Iterable

from aligner.model import Block, BlockKind, Span
from aligner.text import chinese, english
from aligner.text.lines import Line, finished, item_starts, lines, paragraphs, trim
from aligner.text.scripts import is_chinese, script_counts

_NOT_LETTER = frozenset({BlockKind.IMAGE, BlockKind.FURNITURE})


def sentences(text: str, language: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, trimmed, in order, without overlap and without blank ones.

    A blank line always ends a sentence, a single line break is white space unless a list item starts
    after it or it follows a salutation, a closing line (`Best,`) or a lead-in (`must change:`). List
    markers (`•`, `1.`, `a)`) at the start of a line stand outside; everything else but white space is
    in a sentence. `language` is a BCP 47 tag: Chinese and Japanese have rules of their own, and a
    paragraph without any ideograph inside them is read by the English ones, as is every other language.
    """
    found: list[Span] = []
    for paragraph in paragraphs(text, start, end):
        for item in _items(text, paragraph):
            found.extend(_of_item(text, language, item))
    return tuple(found)


def letter_sentences(
    text: str, language: str, start: int, end: int, blocks: Iterable[Block] | None = None
) -> tuple[Span, ...]:
    """The segments of a letter that stands at `text[start:end]`.

    With the document's `blocks`, every block is read for itself, so that layout decides where a
    paragraph ends; images and furniture between the letter's paragraphs are passed over, but not where
    the letter was said to begin or end. Without them this is `sentences`.
    """
    if blocks is None:
        return sentences(text, language, start, end)
    found: list[Span] = []
    for block in blocks:
        first, last = max(start, block.start), min(end, block.end)
        pinned = block.start <= start < block.end or block.start < end <= block.end
        if first < last and (pinned or block.kind not in _NOT_LETTER):
            found.extend(sentences(text, language, first, last))
    return tuple(found)


def _items(text: str, paragraph: Span) -> Iterable[Span]:
    """The paragraph cut before lines that start with a list marker, the markers left out."""
    begin = paragraph.start
    previous: Line | None = None
    after_item = False
    for line in lines(text, paragraph.start, paragraph.end):
        content = item_starts(text, line, previous, after_item=after_item)
        if content is not None:
            if before := trim(text, begin, line.start):
                yield before
            begin = content
        after_item = content is not None or (after_item and not finished(text[line.start : line.end]))
        previous = line
    if rest := trim(text, begin, paragraph.end):
        yield rest


def _of_item(text: str, language: str, item: Span) -> tuple[Span, ...]:
    if is_chinese(language):
        counts = script_counts(item.of(text))
        if counts.han + counts.kana or not counts.latin:
            return chinese.sentences(text, item.start, item.end)
    return english.sentences(text, item.start, item.end)
