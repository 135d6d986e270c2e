"""One rendering's alignment while decisions are replayed over it: links, absences and residue by their spans.

A decision says what it found and what it leaves there. Where the ground is as its author saw it, the one is exchanged
for the other, exactly. Where another engine or segmentation made it different, what the author left is imposed
(`aligner.review.imposing`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from aligner.model import AbsenceKind, Residue, ResidueKind
from aligner.review.parts import Bead, Gap, Part, Spans, inside, spans

SpanPair = tuple[int, int]
ResidueKey = tuple[int, int, ResidueKind]


class Ground:
    """Mutable only while replaying; `part` gives its state as a value."""

    def __init__(self, part: Part) -> None:
        self.beads: dict[tuple[Spans, Spans], Bead] = {}
        self.gaps: dict[tuple[Spans, Spans], Gap] = {}
        self.residue: dict[ResidueKey, Residue] = {}
        self._linked: Counter[SpanPair] = Counter()
        self._absent: set[SpanPair] = set()
        self.insert(part)

    @property
    def part(self) -> Part:
        """Everything on it, in the order of the article and of the letter."""
        return Part(
            tuple(sorted(self.beads.values(), key=lambda bead: (bead.key[1], bead.key[0]))),
            tuple(sorted(self.gaps.values(), key=lambda gap: gap.key)),
            tuple(sorted(self.residue.values(), key=lambda each: (each.start, each.end))),
        )

    def exchange(self, before: Part, after: Part) -> bool:
        """Put `after` where `before` stands; False, with nothing changed, when it does not stand or fit there."""
        there = self.standing(before)
        if there is None:
            return False
        self.remove(before)
        if self._fits(before, after):
            self.insert(after)
            return True
        self.insert(there)
        return False

    def standing(self, part: Part) -> Part | None:
        """What stands here at the spans of `part`, None unless all of it does; modes and status may differ."""
        beads = [self.beads.get(bead.key) for bead in part.beads]
        gaps = [self.gaps.get(gap.key) for gap in part.gaps]
        residue = [self.residue.get(_key(each)) for each in part.residue]
        found = Part(
            tuple(each for each in beads if each is not None),
            tuple(each for each in gaps if each is not None),
            tuple(each for each in residue if each is not None),
        )
        whole = (len(found.beads), len(found.gaps), len(found.residue)) == (len(beads), len(gaps), len(residue))
        return found if whole else None

    def has(self, before: Part, after: Part) -> bool:
        """Whether `after` stands here already, and nothing of `before` that it took away."""
        if self.standing(after) != after:
            return False
        gone = Ground(before)
        gone.remove(after)
        return not (
            gone.beads.keys() & self.beads or gone.gaps.keys() & self.gaps or gone.residue.keys() & self.residue
        )

    def remove(self, part: Part) -> None:
        """Take away what stands at the spans of `part`, as far as it does."""
        for bead in part.beads:
            if gone := self.beads.pop(bead.key, None):
                self._linked.subtract(gone.key[0])
        for gap in part.gaps:
            if self.gaps.pop(gap.key, None) and gap.kind is not AbsenceKind.PARTIAL:
                self._absent.discard(gap.key[0][0])
        for each in part.residue:
            self.residue.pop(_key(each), None)

    def insert(self, part: Part) -> None:
        """Add `part`; what stands at the same spans is replaced."""
        self.remove(part)
        for bead in part.beads:
            self.beads[bead.key] = bead
            self._linked.update(bead.key[0])
        for gap in part.gaps:
            self.gaps[gap.key] = gap
            if gap.kind is not AbsenceKind.PARTIAL:
                self._absent.add(gap.key[0][0])
        for each in part.residue:
            self.residue[_key(each)] = each

    def replace(self, part: Part) -> None:
        """Hold `part` and nothing else."""
        self.__init__(part)  # type: ignore[misc]

    def linked(self, span: SpanPair) -> bool:
        """Whether this very segment of the letter stands in a link."""
        return self._linked[span] > 0

    def _fits(self, before: Part, after: Part) -> bool:
        """Whether `after` can stand where `before` was taken away, by the rules of an alignment."""
        had, has = ({(q.start, q.end) for q in part.source} for part in (before, after))
        known = {span for span, count in self._linked.items() if count > 0} | self._absent if not has <= had else set()
        if _collide(has - had, known):
            return False
        linked = {span for bead in after.beads for span in bead.key[0]}
        absent = {gap.key[0][0] for gap in after.gaps if gap.kind is not AbsenceKind.PARTIAL}
        partial = {gap.key[0][0] for gap in after.gaps if gap.kind is AbsenceKind.PARTIAL}
        if linked & absent or linked & self._absent or any(self.linked(span) for span in absent):
            return False
        if any(span not in linked and not self.linked(span) for span in partial):
            return False
        if not all(span in has or self.linked(span) or span in self._absent for span in had - _recut(had, has)):
            return False
        if any(not (span in linked or self.linked(span)) for span in self._partials(had)):
            return False
        return self._article_fits(before, after)

    def _article_fits(self, before: Part, after: Part) -> bool:
        """Whether links and residue of `after` overlap nothing that remains, and notes still lie where they may."""
        new, old = solid(after), solid(before)
        if not new <= old and _collide(new, self._solid(), equal=True):
            return False
        notes = {_key(each) for each in (*self.residue.values(), *after.residue) if inside(each)}
        if not notes:
            return True
        segments = [span for bead in (*self.beads.values(), *after.beads) for span in bead.key[1]]
        loose = [note[:2] for note in notes if not any(start <= note[0] and note[1] <= end for start, end in segments)]
        if len(set(loose)) < len(loose):  # a note and an addition of the same words, which lost their link
            return False
        return not _collide(loose, self._solid() | new, equal=True) and not _collide(loose, loose)

    def _partials(self, among: set[SpanPair]) -> list[SpanPair]:
        if len(self.gaps) == len(self._absent):
            return []
        return [k[0][0] for k, gap in self.gaps.items() if gap.kind is AbsenceKind.PARTIAL and k[0][0] in among]

    def _solid(self) -> set[SpanPair]:
        residue = (key[:2] for key, each in self.residue.items() if not inside(each))
        return set(chain(*(bead.key[1] for bead in self.beads.values()), residue))


def solid(part: Part) -> set[SpanPair]:
    """The stretches of the article that only one thing may hold: linked segments, and residue but for notes."""
    residue = ((each.start, each.end) for each in part.residue if not inside(each))
    return {*spans(part.target), *residue}


def _recut(had: set[SpanPair], has: set[SpanPair]) -> set[SpanPair]:
    """The segments of `had` that `has` holds in other pieces."""
    return {old for old in had - has if any(new[0] < old[1] and old[0] < new[1] for new in has)}


def _collide(new: Iterable[SpanPair], old: Iterable[SpanPair], *, equal: bool = False) -> bool:
    """Whether a new span overlaps an old one; the very same span counts only if `equal`."""
    there = list(old)
    return any((equal or one != other) and one[0] < other[1] and other[0] < one[1] for one in new for other in there)


def _key(residue: Residue) -> ResidueKey:
    return residue.start, residue.end, residue.kind
