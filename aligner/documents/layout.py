"""Layout: which stretch of a document is heading, body, quotation, list item, image or furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from aligner.documents import furniture, marks
from aligner.documents.context import AROUND, BYLINE_WIDTH, HEADING_WIDTH, Piece, bylines, captions, headings, tail
from aligner.documents.wrapping import Paragraph, paragraphs
from aligner.model import Block, BlockKind, Span
from aligner.text.lines import Line, finished, item_starts, trim, width
from aligner.text.quotes import quotes

_NOTICE_WIDTH = 400


def layout(text: str) -> tuple[Block, ...]:
    """The blocks of `text`, in order, without overlap; what lies between them is markup and white space.

    Markup (Markdown) decides first; then what articles print around their text (by-lines, captions,
    related links, notices: `furniture`); then the look of a line: a short one without final punctuation
    that stands alone above text is a heading. A salutation, a closing line and a name under it are body.
    """
    pieces = _pieces(text)
    pieces = bylines(text, pieces)
    pieces = captions(text, pieces)
    pieces = headings(text, pieces)
    pieces = tail(text, pieces)
    return tuple(Block(piece.start, piece.end, piece.kind) for piece in pieces)


def kinds(text: str, known: Sequence[tuple[int, int, BlockKind | None]]) -> list[tuple[int, int, BlockKind]]:
    """What the paragraphs `(start, end, kind)` of an extracted text are, where their file does not say (None).

    Their words and places decide as in `layout`; signs of Markdown do not, for there they are text.
    """
    found = []
    for number, (start, end, kind) in enumerate(known):
        body = text[start:end]
        guess = BlockKind.FURNITURE if kind is None and (_line_furniture(body) or _notice(body)) else BlockKind.BODY
        found.append(Piece(start, end, kind or guess, sure=kind is not None, solo="\n" not in body, stretch=number))
    found = tail(text, headings(text, captions(text, bylines(text, found))))
    return [(piece.start, piece.end, piece.kind) for piece in found]


def _pieces(text: str) -> list[Piece]:
    found: list[Piece] = []
    previous: Paragraph | None = None
    after_item = False
    alone = cache(partial(_alone, text))  # each line is asked about several times
    for paragraph in paragraphs(text, alone, partial(marks.begins, text)):
        first = paragraph.lines[0]
        if previous is None or previous.stretch != paragraph.stretch:
            previous, after_item = None, False
        item = item_starts(text, first, previous.lines[-1] if previous else None, after_item=after_item)
        found.extend(
            replace(piece, solo=paragraph.solo, stretch=paragraph.stretch)
            for piece in _classify(text, paragraph.lines, item)
        )
        after_item, previous = item is not None, paragraph
    return found


def _alone(text: str, line: Line) -> bool:
    """Whether a line is a block by itself, whatever its neighbours are."""
    body = text[line.start : line.end].strip()
    related = furniture.RELATED.fullmatch(body.strip(AROUND))
    return marks.is_whole_line(body) or _line_furniture(body) or bool(related or furniture.CAPTION.match(body))


def _classify(text: str, group: Sequence[Line], item: int | None) -> list[Piece]:
    """The pieces of one paragraph by its own markup and words."""
    span = trim(text, group[0].start, group[-1].end)
    if span is None:
        return []
    body = span.of(text)
    if marks.RULE.fullmatch(body):
        return [Piece(span.start, span.end, BlockKind.FURNITURE, sure=True)]
    if marks.is_image(body):
        return [Piece(span.start, span.end, BlockKind.IMAGE, sure=True)]
    if marks.mostly_links(body):
        return [Piece(span.start, span.end, BlockKind.FURNITURE, sure=True)]
    if heading := marks.HEADING.match(text, span.start, span.end):
        return _one(text, heading.end(), span.end, BlockKind.HEADING, sure=True)
    if quoted := marks.QUOTED.match(text, span.start, span.end):
        kind = BlockKind.FURNITURE if _line_furniture(text[quoted.end() : span.end]) else BlockKind.QUOTATION
        return _one(text, quoted.end(), span.end, kind, sure=True)
    if item is not None and not furniture.BARE.fullmatch(body) and not marks.numbered(body):
        kind = BlockKind.FURNITURE if _notice(text[item : span.end]) else BlockKind.LIST_ITEM
        return _one(text, item, span.end, kind)
    if inner := marks.emphasised(text, span.start, span.end):
        return [_emphasis(text, inner)]
    if label := marks.LABEL.match(text, span.start, span.end):
        first = Span(label.start("label"), label.end("label"))
        return [
            Piece(first.start, first.end, BlockKind.BODY, sure=True),
            *_one(text, label.end(), span.end, BlockKind.BODY),
        ]
    if _line_furniture(body) or _notice(body):
        return [Piece(span.start, span.end, BlockKind.FURNITURE)]
    return _one(text, span.start, span.end, BlockKind.BODY)


def _one(text: str, start: int, end: int, kind: BlockKind, *, sure: bool = False) -> list[Piece]:
    """One piece without the emphasis that encloses it or is left open in it."""
    inner = marks.emphasised(text, start, end) or marks.unbalanced(text, start, end)
    return [Piece(inner.start, inner.end, kind, sure=sure)] if inner else []


def _emphasis(text: str, inner: Span) -> Piece:
    body = inner.of(text)
    if _notice(body) or _line_furniture(body):
        return Piece(inner.start, inner.end, BlockKind.FURNITURE)
    spoken = quotes(text, inner.start, inner.end)
    if spoken and spoken[0].closed and (spoken[0].start, spoken[0].end) == (inner.start, inner.end):
        content = trim(text, spoken[0].inner_start, spoken[0].inner_end) or inner
        return Piece(content.start, content.end, BlockKind.QUOTATION, sure=True)
    if not text.startswith(("**", "__"), inner.start - 2):
        return Piece(inner.start, inner.end, BlockKind.BODY, slanted=True)
    if width(body) <= HEADING_WIDTH and "\n" not in body and (not finished(body) or body[-1] in "?？:："):
        return Piece(inner.start, inner.end, BlockKind.HEADING, sure=True)
    return Piece(inner.start, inner.end, BlockKind.BODY)


def _line_furniture(body: str) -> bool:
    plain = body.strip("*_ \t")
    if width(plain) > _NOTICE_WIDTH:
        return False
    if marks.BARE_URL.fullmatch(plain) or marks.navigation(plain):
        return True
    if furniture.BARE.fullmatch(plain) or furniture.COUNTERS.fullmatch(plain):
        return True
    if width(plain) > BYLINE_WIDTH and "://" not in plain:
        return False
    if furniture.DATELINE.fullmatch(plain):
        return True
    labelled = furniture.LABELLED.match(plain)
    return bool(labelled or furniture.BYLINE.fullmatch(plain)) and not plain.endswith(("。", ".”", "!", "！"))


def _notice(body: str) -> bool:
    plain = body.strip("*_ \t")
    return width(plain) <= _NOTICE_WIDTH and bool(furniture.NOTICE.search(plain))
