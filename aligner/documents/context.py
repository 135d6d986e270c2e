"""What a piece of a document is by its place: by-lines, captions, headings, what stands under related links."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aligner.documents import furniture, marks
from aligner.model import BlockKind
from aligner.text.forms import closes, greets, signs
from aligner.text.lines import finished, width

HEADING_WIDTH = 72
"""Columns (two per ideograph) up to which a line without markup can be a heading."""

BYLINE_WIDTH = 100
"""Columns up to which a line can be a by-line."""

_TITLE_WIDTH = 140
_TAIL_SHARE = 0.2
"""Share of the document's prose that may stand below a heading like "related stories" and still be furniture."""

AROUND = "*_# ：:【】〈〉《》[]（）()—-－·•▍|｜👇\t\u3000"
"""Signs set around the heading of a section of links."""

_TEXT = frozenset({BlockKind.BODY, BlockKind.LIST_ITEM, BlockKind.QUOTATION})


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph on its way to be a block: content `[start, end)`; `sure` when its markup says what it is."""

    start: int
    end: int
    kind: BlockKind
    sure: bool = False
    slanted: bool = False  # nothing but italics
    solo: bool = False  # one line between blank lines
    stretch: int = 0  # number of the stretch of lines without a blank one


def bylines(text: str, pieces: list[Piece]) -> list[Piece]:
    """Above the text, a stretch of short lines of which half are by-lines, dates or controls is one as a whole.

    Only there: under a letter, a name above a date is a signature.
    """
    pieces = _dated_head(text, pieces)
    known: dict[int, list[bool]] = {}
    prose: set[int] = set()
    for piece in pieces:
        body = text[piece.start : piece.end]
        if piece.kind in _TEXT and finished(body) and width(body) > HEADING_WIDTH:
            break
        known.setdefault(piece.stretch, []).append(piece.kind is BlockKind.FURNITURE)
        if piece.sure or width(body) > BYLINE_WIDTH or (piece.kind is BlockKind.BODY and finished(body)):
            prose.add(piece.stretch)
    furnished = {stretch for stretch, marked in known.items() if sum(marked) * 2 >= len(marked)} - prose
    return [
        replace(piece, kind=BlockKind.FURNITURE)
        if piece.stretch in furnished and piece.kind in _TEXT and not piece.sure
        else piece
        for piece in pieces
    ]


def _dated_head(text: str, pieces: list[Piece]) -> list[Piece]:
    """Above the first finished paragraph a short unfinished line with a calendar day is a by-line."""
    found: list[Piece] = []
    head = True
    for piece in pieces:
        body = text[piece.start : piece.end]
        head = head and not (piece.kind in _TEXT and finished(body) and width(body) > HEADING_WIDTH)
        plain = _open_text(piece) and width(body) <= BYLINE_WIDTH and not finished(body)
        dated = head and plain and found and furniture.DATE.search(body)
        found.append(replace(piece, kind=BlockKind.FURNITURE) if dated else piece)
    return found


def captions(text: str, pieces: list[Piece]) -> list[Piece]:
    """Lines that begin like a caption, and a short credited line under an image."""
    found: list[Piece] = []
    for piece in pieces:
        body = text[piece.start : piece.end]
        under = bool(found) and found[-1].kind is BlockKind.IMAGE and found[-1].sure
        short = width(body) <= 2 * HEADING_WIDTH
        caption = furniture.CAPTION.match(body) or (under and (piece.slanted or furniture.CREDIT.search(body)))
        if piece.kind in _TEXT and not piece.sure and short and caption:
            found.append(replace(piece, kind=BlockKind.IMAGE))
        else:
            found.append(piece)
    return found


def headings(text: str, pieces: list[Piece]) -> list[Piece]:
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


def _open_text(piece: Piece) -> bool:
    return piece.kind is BlockKind.BODY and not piece.sure


def _title(text: str, pieces: list[Piece]) -> str | None:
    first = next((piece for piece in pieces if piece.kind not in {BlockKind.FURNITURE, BlockKind.IMAGE}), None)
    if first is None or len(pieces) < 2:
        return None
    body = text[first.start : first.end]
    if first.kind is BlockKind.HEADING:
        return body
    ok = _open_text(first) and first.solo and width(body) <= _TITLE_WIDTH and not (greets(body) or signs(body))
    return body if ok and not re.search(r"[。.!！:：,，;；…–—]$", body) else None


def _looks(text: str, pieces: list[Piece], index: int) -> bool:
    piece = pieces[index]
    body = text[piece.start : piece.end]
    if not _open_text(piece) or not piece.solo or piece.slanted or furniture.ADVERT.search(body):
        return False
    if width(body) > HEADING_WIDTH or not marks.titled(body):
        return False
    before = pieces[index - 1] if index else None
    if before and before.kind in _TEXT and _leads_to_name(text[before.start : before.end]):
        return False
    after = next((p for p in pieces[index + 1 :] if p.kind is not BlockKind.IMAGE), None)
    return after is not None and after.kind is not BlockKind.FURNITURE


def _leads_to_name(body: str) -> bool:
    """Whether a paragraph is a closing line, so that a short line after it is a name and no heading."""
    return closes(body) or (width(body) <= HEADING_WIDTH and body[-1] in ",，")


def tail(text: str, pieces: list[Piece]) -> list[Piece]:
    """What stands under a heading of related links is furniture: all of it near the end, links and titles elsewhere."""
    prose = sum(piece.end - piece.start for piece in pieces if piece.kind in _TEXT)
    found: list[Piece] = []
    below = everything = False
    for i, piece in enumerate(pieces):
        body = text[piece.start : piece.end].strip(AROUND)
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
