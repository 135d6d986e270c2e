"""Layout: which stretch of a document is heading, body, quotation, list item, image or furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aligner.documents import furniture, marks
from aligner.documents.wrapping import paragraphs
from aligner.model import Block, BlockKind, Span
from aligner.text.forms import closes, greets, signs
from aligner.text.lines import Line, finished, item_starts, trim, width
from aligner.text.quotes import quotes

_HEADING_WIDTH = 72
"""Columns (two per ideograph) up to which a line without markup can be a heading."""

_TITLE_WIDTH = 140
_NOTICE_WIDTH = 400
_BYLINE_WIDTH = 100
_TAIL_SHARE = 0.2
"""Share of the document's prose that may stand below a heading like "related stories" and still be furniture."""

_AROUND = "*_# ：:【】〈〉《》[]（）()—-－·•▍|｜👇\t\u3000"
"""Signs set around the heading of a section of links."""

_TEXT = frozenset({BlockKind.BODY, BlockKind.LIST_ITEM, BlockKind.QUOTATION})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph on its way to be a block: content `[start, end)`; `sure` when its markup says what it is."""

    start: int
    end: int
    kind: BlockKind
    sure: bool = False
    slanted: bool = False  # nothing but italics
    solo: bool = False  # one line between blank lines
    stretch: int = 0  # number of the stretch of lines without a blank one


def layout(text: str) -> tuple[Block, ...]:
    """The blocks of `text`, in order, without overlap; what lies between them is markup and white space.

    Markup (Markdown) decides first; then what articles print around their text (by-lines, captions,
    related links, notices: `furniture`); then the look of a line: a short one without final punctuation
    that stands alone above text is a heading. A salutation, a closing line and a name under it are body.
    """
    pieces = _pieces(text)
    pieces = _bylines(text, pieces)
    pieces = _captions(text, pieces)
    pieces = _headings(text, pieces)
    pieces = _tail(text, pieces)
    return tuple(Block(piece.start, piece.end, piece.kind) for piece in pieces)


def _pieces(text: str) -> list[_Piece]:
    found: list[_Piece] = []
    stretch = 0
    groups = paragraphs(text, lambda line: _alone(text, line), lambda line: marks.begins(text, line))
    last_end = 0
    previous: Line | None = None
    after_item = False
    for index, group in enumerate(groups):
        blank_before = "\n" in text[last_end : group[0].start].replace("\r\n", "\n").replace("\r", "\n")[1:]
        if blank_before or not found:
            stretch += 1
            previous, after_item = None, False
        following = groups[index + 1][0].start if index + 1 < len(groups) else len(text)
        blank_after = "\n" in text[group[-1].end : following].replace("\r\n", "\n").replace("\r", "\n")[1:]
        solo = len(group) == 1 and (blank_before or not found) and (blank_after or index + 1 == len(groups))
        item = item_starts(text, group[0], previous, after_item=after_item)
        new = _classify(text, group, item)
        found.extend(replace(piece, solo=solo, stretch=stretch) for piece in new)
        after_item = item is not None
        previous, last_end = group[-1], group[-1].end
    return found


def _alone(text: str, line: Line) -> bool:
    """Whether a line is a block by itself, whatever its neighbours are."""
    body = text[line.start : line.end].strip()
    related = furniture.RELATED.fullmatch(body.strip(_AROUND))
    return marks.is_whole_line(body) or _line_furniture(body) or bool(related or furniture.CAPTION.match(body))


def _classify(text: str, group: list[Line], item: int | None) -> list[_Piece]:
    """The pieces of one paragraph by its own markup and words."""
    span = trim(text, group[0].start, group[-1].end)
    if span is None:
        return []
    body = span.of(text)
    if marks.RULE.fullmatch(body):
        return [_Piece(span.start, span.end, BlockKind.FURNITURE, sure=True)]
    if marks.is_image(body):
        return [_Piece(span.start, span.end, BlockKind.IMAGE, sure=True)]
    if marks.mostly_links(body):
        return [_Piece(span.start, span.end, BlockKind.FURNITURE, sure=True)]
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
            _Piece(first.start, first.end, BlockKind.BODY, sure=True),
            *_one(text, label.end(), span.end, BlockKind.BODY),
        ]
    if _line_furniture(body) or _notice(body):
        return [_Piece(span.start, span.end, BlockKind.FURNITURE)]
    return _one(text, span.start, span.end, BlockKind.BODY)


def _one(text: str, start: int, end: int, kind: BlockKind, *, sure: bool = False) -> list[_Piece]:
    """One piece without the emphasis that encloses it or is left open in it."""
    inner = marks.emphasised(text, start, end) or marks.unbalanced(text, start, end)
    return [_Piece(inner.start, inner.end, kind, sure=sure)] if inner else []


def _emphasis(text: str, inner: Span) -> _Piece:
    body = inner.of(text)
    if _notice(body) or _line_furniture(body):
        return _Piece(inner.start, inner.end, BlockKind.FURNITURE)
    spoken = quotes(text, inner.start, inner.end)
    if spoken and spoken[0].closed and (spoken[0].start, spoken[0].end) == (inner.start, inner.end):
        content = trim(text, spoken[0].inner_start, spoken[0].inner_end) or inner
        return _Piece(content.start, content.end, BlockKind.QUOTATION, sure=True)
    if not text.startswith(("**", "__"), inner.start - 2):
        return _Piece(inner.start, inner.end, BlockKind.BODY, slanted=True)
    if width(body) <= _HEADING_WIDTH and "\n" not in body and (not finished(body) or body[-1] in "?？:："):
        return _Piece(inner.start, inner.end, BlockKind.HEADING, sure=True)
    return _Piece(inner.start, inner.end, BlockKind.BODY)


def _line_furniture(body: str) -> bool:
    plain = body.strip("*_ \t")
    if width(plain) > _NOTICE_WIDTH:
        return False
    if marks.BARE_URL.fullmatch(plain) or marks.navigation(plain):
        return True
    if furniture.BARE.fullmatch(plain) or furniture.COUNTERS.fullmatch(plain):
        return True
    if width(plain) > _BYLINE_WIDTH and "://" not in plain:
        return False
    if furniture.DATELINE.fullmatch(plain):
        return True
    labelled = furniture.LABELLED.match(plain)
    return bool(labelled or furniture.BYLINE.fullmatch(plain)) and not plain.endswith(("。", ".”", "!", "！"))


def _notice(body: str) -> bool:
    plain = body.strip("*_ \t")
    return width(plain) <= _NOTICE_WIDTH and bool(furniture.NOTICE.search(plain))


def _bylines(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """A stretch of short lines of which half are by-lines, dates or controls is a by-line as a whole."""
    known: dict[int, list[bool]] = {}
    pieces = _dated_head(text, pieces)
    for piece in pieces:
        body = text[piece.start : piece.end]
        dated = width(body) <= _BYLINE_WIDTH and bool(furniture.DATE.match(body)) and not finished(body)
        long = width(body) > _BYLINE_WIDTH or (finished(body) and piece.kind is BlockKind.BODY) or piece.sure
        known.setdefault(piece.stretch, []).append(not long and (piece.kind is BlockKind.FURNITURE or dated))
        if long:
            known[piece.stretch].extend([False] * 10)
    furnished = {stretch for stretch, marked in known.items() if sum(marked) * 2 >= len(marked)}
    return [
        replace(piece, kind=BlockKind.FURNITURE)
        if piece.stretch in furnished and piece.kind in _TEXT and not piece.sure
        else piece
        for piece in pieces
    ]


def _dated_head(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Above the first finished paragraph a short unfinished line with a calendar day is a by-line."""
    found: list[_Piece] = []
    head = True
    for piece in pieces:
        body = text[piece.start : piece.end]
        head = head and not (piece.kind in _TEXT and finished(body) and width(body) > _HEADING_WIDTH)
        plain = _open_text(piece) and width(body) <= _BYLINE_WIDTH and not finished(body)
        dated = head and plain and found and furniture.DATE.search(body)
        found.append(replace(piece, kind=BlockKind.FURNITURE) if dated else piece)
    return found


def _captions(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Lines that begin like a caption, and a short credited line under an image."""
    found: list[_Piece] = []
    for piece in pieces:
        body = text[piece.start : piece.end]
        under = bool(found) and found[-1].kind is BlockKind.IMAGE and found[-1].sure
        short = width(body) <= 2 * _HEADING_WIDTH
        caption = furniture.CAPTION.match(body) or (under and (piece.slanted or furniture.CREDIT.search(body)))
        if piece.kind in _TEXT and not piece.sure and short and caption:
            found.append(replace(piece, kind=BlockKind.IMAGE))
        else:
            found.append(piece)
    return found


def _headings(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Lines that are headings by their look: numbered ones, and short ones that stand alone above text."""
    title = _title(text, pieces)
    numbered = {i for i, p in enumerate(pieces) if _open_text(p) and marks.numbered(text[p.start : p.end])}
    looks = [i for i, piece in enumerate(pieces) if i not in numbered and _looks(text, pieces, i)]
    plain = [i for i in looks if text[pieces[i].end - 1] not in "?？"]
    proper = sum(piece.kind in _TEXT and finished(text[piece.start : piece.end]) for piece in pieces)
    chosen = set(numbered)
    # A text without final punctuation is no row of headings.
    if len(looks) <= proper:
        chosen.update(looks if len(plain) > 1 else plain)
    found = []
    for i, piece in enumerate(pieces):
        again = title is not None and _open_text(piece) and text[piece.start : piece.end] == title
        found.append(replace(piece, kind=BlockKind.HEADING) if i in chosen or again else piece)
    return found


def _open_text(piece: _Piece) -> bool:
    return piece.kind is BlockKind.BODY and not piece.sure


def _title(text: str, pieces: list[_Piece]) -> str | None:
    first = next((piece for piece in pieces if piece.kind not in {BlockKind.FURNITURE, BlockKind.IMAGE}), None)
    if first is None or len(pieces) < 2:
        return None
    body = text[first.start : first.end]
    if first.kind is BlockKind.HEADING:
        return body
    ok = _open_text(first) and first.solo and width(body) <= _TITLE_WIDTH and not (greets(body) or signs(body))
    return body if ok and not re.search(r"[。.!！:：,，;；…–—]$", body) else None


def _looks(text: str, pieces: list[_Piece], index: int) -> bool:
    piece = pieces[index]
    body = text[piece.start : piece.end]
    if not _open_text(piece) or not piece.solo or piece.slanted or furniture.ADVERT.search(body):
        return False
    if width(body) > _HEADING_WIDTH or not marks.titled(body):
        return False
    before = pieces[index - 1] if index else None
    if before and before.kind in _TEXT and _leads_to_name(text[before.start : before.end]):
        return False
    after = next((p for p in pieces[index + 1 :] if p.kind is not BlockKind.IMAGE), None)
    return after is not None and after.kind is not BlockKind.FURNITURE


def _leads_to_name(body: str) -> bool:
    """Whether a paragraph is a closing line, so that a short line after it is a name and no heading."""
    return closes(body) or (width(body) <= _HEADING_WIDTH and body[-1] in ",，")


def _tail(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """What stands under a heading of related links is furniture: all of it near the end, links and titles elsewhere."""
    prose = sum(piece.end - piece.start for piece in pieces if piece.kind in _TEXT)
    found: list[_Piece] = []
    below = everything = False
    for i, piece in enumerate(pieces):
        body = text[piece.start : piece.end].strip(_AROUND)
        if piece.kind is not BlockKind.IMAGE and furniture.RELATED.fullmatch(body):
            rest = sum(p.end - p.start for p in pieces[i + 1 :] if p.kind in _TEXT)
            below, everything = True, everything or rest <= _TAIL_SHARE * prose
            found.append(replace(piece, kind=BlockKind.FURNITURE))
            continue
        if below and not everything:
            linked = piece.kind in {BlockKind.FURNITURE, BlockKind.IMAGE}
            below = linked or (not finished(body) and piece.kind is not BlockKind.HEADING)
        inside = below and piece.kind is not BlockKind.IMAGE
        found.append(replace(piece, kind=BlockKind.FURNITURE) if inside else piece)
    return found
