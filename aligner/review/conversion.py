"""Alignments with their ids to pieces by spans, and back."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from aligner.model import Absence, AbsenceKind, Alignment, Link, Quoted, Segment, Span
from aligner.review.parts import Bead, Gap, Part

Key = TypeVar("Key", bound=Hashable)


def part_of_alignment(alignment: Alignment) -> Part:
    """All of an alignment by spans."""
    segment = {s.id: Quoted(s.start, s.end, s.text) for s in alignment.source_segments + alignment.target_segments}

    def side(names: tuple[str, ...]) -> tuple[Quoted, ...]:
        return tuple(sorted((segment[name] for name in names), key=lambda q: q.start))

    def missing(absence: Absence) -> Quoted | None:
        if absence.start is None or absence.end is None or absence.text is None:
            return None
        return Quoted(absence.start, absence.end, absence.text)

    return Part(
        tuple(Bead(side(x.source), side(x.target), x.mode, x.confidence, x.status) for x in alignment.links),
        tuple(Gap(segment[x.source], x.kind, x.confidence, missing(x)) for x in alignment.absences),
        alignment.residue,
    )


def alignment_of(part: Part, alignment: Alignment) -> Alignment:
    """`part` as an alignment of the same rendering, without findings; what did not change keeps its id and order.

    Raises AlignmentError when it breaks a rule of alignments.
    """
    old = {(s.start, s.end): s.id for s in alignment.source_segments}
    sources = _segments(part.source, old, "s")
    old = {(s.start, s.end): s.id for s in alignment.target_segments}
    targets = _segments(part.target, old, "t")
    before = part_of_alignment(alignment)
    ids = {bead.key: link.id for bead, link in zip(before.beads, alignment.links, strict=True)}
    position = {bead.key: number for number, bead in enumerate(before.beads)}
    names = _names(ids, [bead.key for bead in part.beads], "l")
    where = {(s.start, s.end): s.id for s in sources}
    there = {(s.start, s.end): s.id for s in targets}
    links = [
        Link(
            names[bead.key],
            tuple(where[q.start, q.end] for q in bead.source),
            tuple(there[q.start, q.end] for q in bead.target),
            bead.mode,
            bead.confidence,
            bead.status,
        )
        for bead in part.beads
    ]
    if {bead.key for bead in part.beads} == position.keys():
        keys = {names[bead.key]: position[bead.key] for bead in part.beads}
        links.sort(key=lambda link: keys[link.id])
    absences = [
        Absence(where[g.source.start, g.source.end], g.kind, g.confidence, g.part.start, g.part.end, g.part.text)
        if g.part
        else Absence(where[g.source.start, g.source.end], g.kind, g.confidence)
        for g in sorted(part.gaps, key=lambda gap: (gap.source.start, gap.kind is AbsenceKind.PARTIAL, gap.key))
    ]
    region = Span(targets[0].start, targets[-1].end) if targets else None
    return replace(
        alignment,
        target=replace(alignment.target, region=region),
        source_segments=sources,
        target_segments=targets,
        links=tuple(links),
        absences=tuple(absences),
        residue=tuple(sorted(part.residue, key=lambda each: (each.start, each.end))),
        findings=(),
    )


def _segments(quoted: Iterable[Quoted], old: dict[tuple[int, int], str], letter: str) -> tuple[Segment, ...]:
    ordered = sorted(quoted, key=lambda q: (q.start, q.end))
    names = _names(old, [(q.start, q.end) for q in ordered], letter)
    return tuple(Segment(names[q.start, q.end], q.start, q.end, q.text) for q in ordered)


def _names(old: Mapping[Key, str], keys: list[Key], letter: str) -> dict[Key, str]:
    """The old names of what has one; the next free numbers, above all old ones, for the rest."""
    numbers = [int(name[1:]) for name in old.values() if name[:1] == letter and name[1:].isdecimal()]
    free = max(numbers, default=0)
    found: dict[Key, str] = {}
    for key in keys:
        if key in old:
            found[key] = old[key]
        else:
            free += 1
            found[key] = f"{letter}{free}"
    return found
