"""A rendering's article as the page needs it: text around the letter, carriers, what stands between."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from aligner.model import INSIDE_SEGMENTS, Alignment, Document, Residue, ResidueKind, Segment
from aligner.ui.views.placement import Cell, Piece

# The inspector shows 200 characters either side of a piece; one more line of slack for its edges.
CONTEXT = 200
SLACK = 60

# Reporting words are a clause ("he also said,"); more than this is narration in its own right.
LONGEST_CARRIER = 32

Carriers = dict[str, list[Residue]]


def excerpt(document: Document, alignment: Alignment) -> dict[str, Any]:
    """The stretch of the article that holds every piece with its context.

    `text` begins at `start` of the document; `residue` are `[start, end, kind]` in the document.
    """
    places = [(s.start, s.end) for s in alignment.target_segments]
    places += [(r.start, r.end) for r in alignment.residue]
    if not places:
        return {"start": 0, "text": "", "residue": []}
    first = max(0, min(start for start, _ in places) - CONTEXT - SLACK)
    last = min(len(document.text), max(end for _, end in places) + CONTEXT + SLACK)
    return {
        "start": first,
        "text": document.text[first:last],
        "residue": [[r.start, r.end, r.kind.value] for r in alignment.residue if r.kind not in INSIDE_SEGMENTS],
    }


def carriers(alignment: Alignment, document: Document) -> dict[str, Residue]:
    """Short narration that leads to a segment in the same line, by the segment's id."""
    starts = [segment.start for segment in alignment.target_segments]
    found = {}
    for residue in alignment.residue:
        if residue.kind is not ResidueKind.NARRATION or residue.end - residue.start > LONGEST_CARRIER:
            continue
        at = bisect_right(starts, residue.end - 1)
        if at == len(starts):
            continue
        segment = alignment.target_segments[at]
        gap = document.text[residue.end : segment.start]
        if segment.start - residue.end <= 2 and "\n" not in gap:
            found[segment.id] = residue
    return found


def texts(piece: Piece, document: Document, notes: Sequence[Residue], led: dict[str, Residue]) -> list[dict[str, Any]]:
    """A piece's text as stretches that stand together; each with its carrier and its insertions.

    Segments with nothing but white space between them are one stretch.
    """
    stretches: list[list[Segment]] = []
    for segment in piece.segments:
        if stretches and not document.text[stretches[-1][-1].end : segment.start].strip():
            stretches[-1].append(segment)
        else:
            stretches.append([segment])
    found = []
    for group in stretches:
        start, end = group[0].start, group[-1].end
        carrier = led.get(group[0].id)
        found.append(
            {
                "start": start,
                "end": end,
                "text": document.text[start:end],
                "carrier": document.text[carrier.start : start] if carrier else "",
                "inserted": [[n.start - start, n.end - start] for n in notes if start <= n.start and n.end <= end],
            }
        )
    return found


def between(cells: Sequence[Cell], alignment: Alignment, led: dict[str, Residue]) -> dict[int, list[dict[str, Any]]]:
    """Residue by the number of the row after whose rendering it stands (0: before the first).

    Rows that stand out of order do not count, so that residue stays where the letter's own order
    has it. Carriers are shown with their piece, furniture and insertions not at all.
    """
    places = sorted(
        (segment.end, row + 1)
        for row, cell in enumerate(cells)
        for piece in cell.pieces
        if piece.moved_after is None and piece.rows[-1] == row
        for segment in piece.segments
    )
    ends = [end for end, _ in places]
    shown = {id(residue) for residue in led.values()}
    found: dict[int, list[dict[str, Any]]] = {}
    for residue in alignment.residue:
        if residue.kind in INSIDE_SEGMENTS or residue.kind is ResidueKind.FURNITURE or id(residue) in shown:
            continue
        at = bisect_right(ends, residue.start)
        item = {"start": residue.start, "end": residue.end, "kind": residue.kind.value, "text": residue.text}
        found.setdefault(places[at - 1][1] if at else 0, []).append(item)
    return found
