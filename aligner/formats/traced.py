"""The text of a link on one line that still knows where each of its characters stands in its document.

Offsets of a document leave the program through here, and come back: annotations point into documents,
other programs into the sentence that they were given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.formats.texts import clean, flat, seam
from aligner.formats.units import Texts
from aligner.model import Emendation, Letter, Link, Quoted, Segment

_BREAKS = re.compile("[\r\n\v\f\x85\u2028\u2029]")
_INSERTED = -1


@dataclass(frozen=True, slots=True)
class Traced:
    """`text`, and the offset in the document of each of its characters, or -1 for one that stands in none.

    `pieces` are the segments that it was made of.
    """

    text: str
    offsets: tuple[int, ...]
    pieces: tuple[Segment, ...]

    def find(self, span: Quoted) -> tuple[int, int] | None:
        """Where the characters of `span` stand in `text`, end exclusive; None when none of them does."""
        inside = [place for place, offset in enumerate(self.offsets) if span.start <= offset < span.end]
        return (inside[0], inside[-1] + 1) if inside else None

    def quoted(self, start: int, end: int) -> tuple[Quoted, ...]:
        """The stretch `[start, end)` of `text` in the document, one span for each segment it touches."""
        wanted = [offset for offset in self.offsets[start:end] if offset != _INSERTED]
        spans = []
        for piece in self.pieces:
            if inside := [offset for offset in wanted if piece.start <= offset < piece.end]:
                first, last = min(inside), max(inside) + 1
                spans.append(Quoted(first, last, piece.text[first - piece.start : last - piece.start]))
        return tuple(spans)


class Traces:
    """The traced texts of an alignment's links."""

    def __init__(self, letter: Letter, texts: Texts) -> None:
        self.texts = texts
        self._emendations = sorted((e for e in letter.emendations if not e.rejected), key=lambda item: item.start)

    def source(self, link: Link) -> Traced:
        """The link's reading text."""
        pieces = self.texts.source(link)
        return _joined(pieces, [self._reading(piece) for piece in pieces], self.texts.source_seams(pieces))

    def target(self, link: Link) -> Traced:
        """The link's text in the rendering."""
        pieces = self.texts.target(link)
        return _joined(pieces, [_written(piece) for piece in pieces], self.texts.target_seams(pieces))

    def absent(self, segment: Segment) -> Traced:
        """The reading text of one source segment."""
        return _joined([segment], [self._reading(segment)], [])

    def _reading(self, segment: Segment) -> list[tuple[str, int]]:
        return _emended(segment, self._emendations)


def _written(segment: Segment) -> list[tuple[str, int]]:
    return [(character, segment.start + place) for place, character in enumerate(segment.text)]


def _emended(segment: Segment, emendations: Sequence[Emendation]) -> list[tuple[str, int]]:
    found, last = [], segment.start
    written = _written(segment)
    for change in emendations:
        if last <= change.start and change.end <= segment.end:
            found += written[last - segment.start : change.start - segment.start]
            # A replacement stands where what it replaces does; more of it than that stands at its last character.
            end = max(change.end - 1, change.start)
            found += [(new, min(change.start + place, end)) for place, new in enumerate(change.replacement)]
            last = change.end
    return found + written[last - segment.start :]


def _joined(pieces: Sequence[Segment], traces: Sequence[list[tuple[str, int]]], seams: Sequence[str | None]) -> Traced:
    whole = _flat(traces[0])
    for between, trace in zip(seams, traces[1:], strict=True):
        piece = _flat(trace)
        if whole and piece:
            mended = seam(whole[-1][0], piece[0][0]) if between is None else between
            whole += [(character, _INSERTED) for character in mended]
        whole += piece
    return Traced("".join(c for c, _ in whole), tuple(offset for _, offset in whole), tuple(pieces))


def _flat(trace: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """What `flat` makes of the text, character by character."""
    text = "".join(character for character, _ in trace)
    if flat(text) == text and "\t" not in text:
        return trace
    lines: list[list[tuple[str, int]]] = [[]]
    for character, offset in trace:
        if _BREAKS.match(character):
            lines.append([])
        else:
            lines[-1].append((character, offset))
    whole: list[tuple[str, int]] = []
    for number, line in enumerate(lines):
        legal = [(" " if c == "\t" else c, offset) for c, offset in line if clean(c)]
        legal = _stripped(legal, left=number > 0, right=number < len(lines) - 1)
        if whole and legal:
            whole += [(character, _INSERTED) for character in seam(whole[-1][0], legal[0][0])]
        whole += legal
    return _stripped(whole, left=True, right=True)


def _stripped(trace: list[tuple[str, int]], *, left: bool, right: bool) -> list[tuple[str, int]]:
    start, end = 0, len(trace)
    while left and start < end and trace[start][0].isspace():
        start += 1
    while right and end > start and trace[end - 1][0].isspace():
        end -= 1
    return trace[start:end]
