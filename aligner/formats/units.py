"""Links as pairs of texts, the form that formats of segment pairs share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aligner.formats.texts import SEPARATOR, flat, seam
from aligner.model import AbsenceKind, Alignment, Letter, Link, Segment

WIDEST_GAP = 4
"""Characters between two target segments that still follow each other.

The target's text is not at hand, only its offsets: this is room for a paragraph break, a closing and
an opening quote. A carrier or comment in the gap is residue and separates however short it is.
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """One link as texts on one line each.

    `segments` are the ids of the source segments in the order of the letter; `source` is the reading
    text; `witness` is what the base witness has there when an emendation changed it, else None;
    `missing` are the stretches of its source segments that are not rendered.
    """

    link: Link
    segments: tuple[str, ...]
    source: str
    witness: str | None
    target: str
    missing: tuple[str, ...]

    @property
    def bead(self) -> str:
        """Its type, `1-2`: so many source segments, so many target segments."""
        return f"{len(self.link.source)}-{len(self.link.target)}"


def units(letter: Letter, alignment: Alignment) -> Iterator[Unit]:
    """A unit for each link, in the order of the letter and, where that is equal, of the article."""
    texts = Texts(letter, alignment)
    return (texts.unit(link) for link in in_order(texts, alignment))


def in_order(texts: Texts, alignment: Alignment) -> list[Link]:
    """The links of `alignment` in that order."""

    def place(link: Link) -> tuple[int, int]:
        return texts.source(link)[0].start, texts.target(link)[0].start

    return sorted(alignment.links, key=place)


class Texts:
    """The texts of an alignment's segments and links, on one line each."""

    def __init__(self, letter: Letter, alignment: Alignment) -> None:
        self._letter = letter
        self._document = letter.base.document.text
        self._source = {segment.id: segment for segment in alignment.source_segments}
        self._target = {segment.id: segment for segment in alignment.target_segments}
        self._order = {name: index for index, name in enumerate(self._target)}
        self._residue = alignment.residue
        self._readings = {
            (segment.start, segment.end): reading
            for segment, reading in zip(letter.segments, letter.readings, strict=True)
        }
        self._missing: defaultdict[str, list[str]] = defaultdict(list)
        for absence in alignment.absences:
            if absence.kind is AbsenceKind.PARTIAL and absence.start is not None:
                self._missing[absence.source].append(flat(self._document[absence.start : absence.end]))

    def unit(self, link: Link) -> Unit:
        """The link's texts."""
        source, target = self.source(link), self.target(link)
        seams = self.source_seams(source)
        reading = _joined([self.reading(segment) for segment in source], seams)
        witness = _joined([flat(segment.text) for segment in source], seams)
        seams = self.target_seams(target)
        return Unit(
            link,
            tuple(segment.id for segment in source),
            reading,
            None if witness.split() == reading.split() else witness,
            _joined([flat(segment.text) for segment in target], seams),
            tuple(text for segment in source for text in self._missing[segment.id]),
        )

    def source(self, link: Link) -> list[Segment]:
        """The link's source segments in the order of the letter."""
        return sorted((self._source[name] for name in link.source), key=lambda segment: segment.start)

    def target(self, link: Link) -> list[Segment]:
        """The link's target segments in the order of the article."""
        return sorted((self._target[name] for name in link.target), key=lambda segment: segment.start)

    def reading(self, segment: Segment) -> str:
        """The reading text of a source segment; a piece of a letter's segment is emended here."""
        known = self._readings.get((segment.start, segment.end))
        if known is not None:
            return flat(known)
        text, last = "", segment.start
        for change in sorted(self._letter.emendations, key=lambda item: item.start):
            if not change.rejected and last <= change.start and change.end <= segment.end:
                text += self._document[last : change.start] + change.replacement
                last = change.end
        return flat(text + self._document[last : segment.end])

    def source_seams(self, pieces: Sequence[Segment]) -> list[str | None]:
        """What stands between each two of `pieces` of the letter; None: what mends a line break there."""
        return [self._between_source(*pair) for pair in pairwise(pieces)]

    def target_seams(self, pieces: Sequence[Segment]) -> list[str | None]:
        """What stands between each two of `pieces` of the rendering; None: what mends a line break there."""
        return [self._between_target(*pair) for pair in pairwise(pieces)]

    def _between_source(self, left: Segment, right: Segment) -> str | None:
        gap = self._document[left.end : right.start]
        if any(character.isalnum() for character in gap):
            return SEPARATOR
        return None if gap else ""

    def _between_target(self, left: Segment, right: Segment) -> str | None:
        gap = right.start - left.end
        apart = self._order[right.id] > self._order[left.id] + 1 or gap > WIDEST_GAP
        if apart or any(left.end <= item.start and item.end <= right.start for item in self._residue):
            return SEPARATOR
        return None if gap else ""


def _joined(texts: Sequence[str], seams: Sequence[str | None]) -> str:
    """`seams[i]` stands between `texts[i]` and `texts[i + 1]`; None: what mends a line break there."""
    text = texts[0]
    for between, piece in zip(seams, texts[1:], strict=True):
        if text and piece:
            text += seam(text[-1], piece[0]) if between is None else between
        text += piece
    return text
