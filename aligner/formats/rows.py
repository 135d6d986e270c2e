"""A rendering beside the letter, sentence by sentence, the form that formats for reading share."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from aligner.formats.base import LinkFilter
from aligner.formats.units import Texts, Unit
from aligner.model import Absence, AbsenceKind, Alignment, Letter

ALL_LINKS = LinkFilter()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one rendering has for one segment of the letter.

    `units` are its links in the order of the article; a link of several segments stands in the cell of
    each. `absences` are in the order of the alignment, partial ones too.
    """

    units: list[Unit] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)

    @property
    def absent(self) -> AbsenceKind | None:
        """How the whole segment is missing, None when it is not."""
        return next((item.kind for item in self.absences if item.kind is not AbsenceKind.PARTIAL), None)


def cells(letter: Letter, alignment: Alignment, options: LinkFilter = ALL_LINKS) -> list[Cell]:
    """A cell for each of the letter's segments, with the links that `options` keep.

    By offset, not by id: an alignment made with another segmentation still lands in the right rows.
    """
    texts = Texts(letter, alignment)
    starts = [segment.start for segment in letter.segments]
    row_of = {segment.id: max(0, bisect_right(starts, segment.start) - 1) for segment in alignment.source_segments}
    found = [Cell() for _ in starts]
    for link in sorted(alignment.links, key=lambda item: texts.target(item)[0].start):
        if options.refusal(link) is None:
            unit = texts.unit(link)
            for row in {row_of[name] for name in link.source}:
                found[row].units.append(unit)
    for absence in alignment.absences:
        found[row_of[absence.source]].absences.append(absence)
    return found
