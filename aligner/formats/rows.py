"""A rendering beside the letter, sentence by sentence, the form that formats for reading share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import overload

from aligner.formats.base import LinkFilter
from aligner.formats.units import Texts, Unit
from aligner.model import Absence, AbsenceKind, Alignment, Letter, Link

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


class Cells(Sequence[Cell]):
    """A cell for each of a letter's segments, made when it is asked for: a long letter's texts are many."""

    def __init__(self, letter: Letter, alignment: Alignment, options: LinkFilter) -> None:
        self._texts = Texts(letter, alignment)
        starts = [segment.start for segment in letter.segments]
        row_of = {segment.id: max(0, bisect_right(starts, segment.start) - 1) for segment in alignment.source_segments}
        self._rows: list[tuple[list[Link], list[Absence]]] = [([], []) for _ in starts]
        for link in sorted(alignment.links, key=lambda item: self._texts.target(item)[0].start):
            if options.refused(link) is None:
                for row in {row_of[name] for name in link.source}:
                    self._rows[row][0].append(link)
        for absence in alignment.absences:
            self._rows[row_of[absence.source]][1].append(absence)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Cell]: ...
    def __getitem__(self, at: int | slice) -> Cell | Sequence[Cell]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        links, absences = self._rows[at]
        return Cell([self._texts.unit(link) for link in links], absences)


def cells(letter: Letter, alignment: Alignment, options: LinkFilter = ALL_LINKS) -> Cells:
    """A cell for each of the letter's segments, with the links that `options` keep.

    By offset, not by id: an alignment made with another segmentation still lands in the right rows.
    """
    return Cells(letter, alignment, options)
