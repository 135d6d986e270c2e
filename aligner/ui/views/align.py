"""The Align page as one value: the letter's sentences, and a lane of boxes for each rendering, in its order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.model import AbsenceKind, Letter, Quoted, Residue
from aligner.review.parts import Bead, Part, inside
from aligner.ui.views.placement import touched

AROUND = 400
"""So many characters of the article before and after the rendering are offered for pulling in."""
SHORTEST_LOOSE = 2  # letters; less than that is punctuation between segments


@dataclass(frozen=True, slots=True)
class Lane:
    """One rendering as it stands now: `state` after `revision`, over `text`; or why there is none."""

    id: str
    chip: str
    outlet: str
    language: str
    state: Part | None = None
    text: str = ""
    revision: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    kind: str  # bead, loose, or a kind of residue
    bead: int = -1


def letter_rows(letter: Letter) -> list[dict[str, Any]]:
    """The letter's sentences, numbered from 1."""
    return [{"n": n, "start": s.start, "end": s.end, "text": s.text} for n, s in enumerate(letter.segments, 1)]


def lane_view(letter: Letter, lane: Lane) -> dict[str, Any]:
    """One rendering: `items` in the article's order, each with the `row` it is laid beside, and `gaps`.

    An item is a bead's run of segments, a stretch of residue, or a `loose` stretch of the article. `rows` of a bead
    are `[number, from, to]`, the shares of a sentence that it renders.
    """
    head = {"id": lane.id, "chip": lane.chip, "outlet": lane.outlet, "language": lane.language}
    if lane.state is None:
        return {**head, "problem": lane.problem, "items": [], "gaps": [], "revision": lane.revision}
    part = lane.state
    held = sorted((r for r in part.residue if inside(r)), key=lambda r: r.start)
    items = [_item(run, part, letter, lane.text, held) for run in _runs(_pieces(part, lane.text))]
    for item, row in zip(items, _placed([item["rows"] for item in items]), strict=True):
        item["row"] = row
    gaps = [
        {"row": row, "kind": gap.kind.value, "said": gap.confidence == 1.0, "start": gap.source.start}
        for gap in sorted(part.gaps, key=lambda gap: gap.source.start)
        if gap.kind is not AbsenceKind.PARTIAL and (row := _first_row(gap.source, letter))
    ]
    return {**head, "revision": lane.revision, "items": items, "gaps": gaps}


def _pieces(part: Part, text: str) -> list[_Piece]:
    """Everything of the article around the rendering, in order and without overlap."""
    found = [_Piece(q.start, q.end, "bead", n) for n, bead in enumerate(part.beads) for q in bead.target]
    found += [_Piece(r.start, r.end, r.kind.value) for r in part.residue if not inside(r)]
    found.sort(key=lambda piece: (piece.start, piece.end))
    if not found:
        return [_Piece(q.start, q.end, "loose") for q in _loose(0, min(len(text), 2 * AROUND), text)]
    ends = [max(0, found[0].start - AROUND), *(piece.end for piece in found)]
    starts = [*(piece.start for piece in found), min(len(text), found[-1].end + AROUND)]
    between = [q for start, end in zip(ends, starts, strict=True) for q in _loose(start, end, text)]
    return sorted(found + [_Piece(q.start, q.end, "loose") for q in between], key=lambda piece: piece.start)


def _loose(start: int, end: int, text: str) -> list[Quoted]:
    """The lines of a stretch that nothing stands for."""
    found = []
    for line in text[start:end].split("\n"):
        words = line.strip()
        if sum(sign.isalnum() for sign in words) >= SHORTEST_LOOSE:
            at = start + line.index(words)
            found.append(Quoted(at, at + len(words), words))
        start += len(line) + 1
    return found


def _runs(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Segments of one bead that follow each other stand in one box."""
    runs: list[list[_Piece]] = []
    for piece in pieces:
        if runs and piece.bead >= 0 and runs[-1][-1].bead == piece.bead:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _item(run: Sequence[_Piece], part: Part, letter: Letter, text: str, held: Sequence[Residue]) -> dict[str, Any]:
    texts: list[dict[str, Any]] = [{"start": p.start, "end": p.end, "text": text[p.start : p.end]} for p in run]
    item: dict[str, Any] = {"kind": run[0].kind, "start": run[0].start, "end": run[-1].end, "texts": texts, "rows": []}
    if run[0].bead < 0:
        return item
    bead = part.beads[run[0].bead]
    for piece in texts:
        first, last = (bisect_left(held, piece[edge], key=lambda r: r.start) for edge in ("start", "end"))
        notes = [r for r in held[first:last] if r.end <= piece["end"]]
        if notes:
            piece["notes"] = [[r.start - piece["start"], r.end - piece["start"], r.kind.value] for r in notes]
    item |= {
        "bead": bead.target[0].start,
        "mode": bead.mode.value,
        "status": bead.status.value,
        "confidence": round(bead.confidence, 4),
        "rows": _shares(bead, letter),
    }
    return item


def _shares(bead: Bead, letter: Letter) -> list[list[float]]:
    """Which shares of which sentences a bead renders; pieces of one sentence are joined."""
    found: dict[int, list[float]] = {}
    for quoted in bead.source:
        for n in touched(quoted, letter.segments):
            segment = letter.segments[n - 1]
            start, end = max(quoted.start, segment.start), min(quoted.end, segment.end)
            size = segment.end - segment.start
            a, b = round((start - segment.start) / size, 3), round((end - segment.start) / size, 3)
            old = found.get(n, [a, b])
            found[n] = [min(old[0], a), max(old[1], b)]
    return [[n, *found[n]] for n in sorted(found)]


def _first_row(quoted: Quoted, letter: Letter) -> int:
    return next(iter(touched(quoted, letter.segments)), 0)


def _placed(rows: Sequence[Sequence[Sequence[float]]]) -> list[int]:
    """The row that each item is laid beside: its own where the article keeps the letter's order, else the last one."""
    first = [(i, int(each[0][0])) for i, each in enumerate(rows) if each]
    anchors = dict(_rising(first))
    at = next(iter(anchors.values()), 1)
    placed = []
    for i in range(len(rows)):
        at = anchors.get(i, at)
        placed.append(at)
    return placed


def _rising(numbered: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `(index, row)` whose rows do not fall.

    >>> _rising([(0, 5), (1, 1), (2, 2), (3, 2)])
    [(1, 1), (2, 2), (3, 2)]
    """
    tails: list[int] = []
    ends: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in numbered:
        at = bisect_right(tails, pair[1])
        before[pair] = ends[at - 1] if at else None
        tails[at:], ends[at:] = [pair[1], *tails[at + 1 :]], [pair, *ends[at + 1 :]]
    found: list[tuple[int, int]] = []
    last = ends[-1] if ends else None
    while last:
        found.append(last)
        last = before[last]
    return found[::-1]
