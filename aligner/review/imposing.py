"""What a reviewer left, imposed on a ground that is not the one the reviewer saw.

The reviewer's links and residue keep every character they name. What stood there gives way: a link that keeps
something on both sides stays with what it keeps, to be reviewed; what it keeps on one side only becomes an absence or
commentary. Segments of the letter that overlap differently are cut at each other's ends, so that no text of the
letter is lost or counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from aligner.model import AbsenceKind, Quoted, Residue, ResidueKind, Status
from aligner.review.ground import Ground
from aligner.review.parts import Bead, Gap, Part, inside, spans

Text = str


def impose(ground: Ground, before: Part, after: Part, source: Text, target: Text, *, alone: bool = False) -> None:
    """Put `after` onto `ground`; `source` and `target` are the decoded texts.

    Absences of `after` give way to links of the same segment that remain; not when they stand `alone`, as
    when a reviewer marks a sentence as not rendered.
    """
    every = ground.part.source | after.source
    ground.remove(before)
    rest = ground.part
    claimed = {(q.start, q.end) for q in (*after.target, *before.target)}
    claimed |= {(each.start, each.end) for each in (*after.residue, *before.residue)}
    wanted = {(q.start, q.end) for bead in after.beads for q in bead.source}
    wanted |= {(gap.source.start, gap.source.end) for gap in after.gaps if gap.part is None}
    banned = {(g.source.start, g.source.end) for g in after.gaps if g.part is None} if alone else set()
    beads: list[Bead] = [*after.beads]
    spare: list[Quoted] = []
    for bead in rest.beads:
        kept, left = _give_way(bead, claimed, wanted, banned, source, target)
        beads += kept
        spare += left
    cuts = _cuts((q for bead in beads for q in bead.source), (gap.source for gap in after.gaps if gap.part is None))
    beads = [replace(bead, source=_refined(bead.source, cuts, source)) for bead in beads]
    linked = {q for bead in beads for q in bead.source}
    gaps = _absences(every, linked, (*after.gaps, *rest.gaps), cuts, source)
    gaps += _partials((*after.gaps, *rest.gaps), linked, after)
    ground.replace(Part(tuple(beads), tuple(gaps), _residue(rest, after, claimed, spare, beads, target)))


def _give_way(
    bead: Bead,
    claimed: set[tuple[int, int]],
    wanted: set[tuple[int, int]],
    banned: set[tuple[int, int]],
    source: Text,
    target: Text,
) -> tuple[list[Bead], list[Quoted]]:
    """What is left of a link, and pieces of the article that lost their source."""
    targets = tuple(piece for q in bead.target for piece in without(q, claimed, target))
    sources = bead.source
    if targets != bead.target:
        sources = tuple(piece for q in bead.source for piece in without(q, wanted, source))
    elif banned:
        sources = tuple(piece for q in bead.source for piece in without(q, banned, source))
    if (sources, targets) == (bead.source, bead.target):
        return [bead], []
    if not sources or not targets:
        return [], list(targets)
    return [Bead(sources, targets, bead.mode, bead.confidence, Status.NEEDS_REVIEW)], []


def _absences(
    every: Iterable[Quoted], linked: set[Quoted], gaps: tuple[Gap, ...], cuts: list[int], source: Text
) -> list[Gap]:
    """One whole absence for each piece of `every` segment that no link has, as the first of `gaps` says it."""
    whole = [gap for gap in gaps if gap.part is None]
    taken = {(q.start, q.end) for q in linked}
    loose = {rest for q in every for piece in _refined((q,), cuts, source) for rest in without(piece, taken, source)}
    found: list[Gap] = []
    last = -1
    for piece in sorted(loose, key=lambda q: (q.start, -q.end)):
        if piece.start < last:
            continue
        said = next((gap for gap in whole if gap.source.start < piece.end and piece.start < gap.source.end), None)
        found.append(replace(said, source=piece) if said else Gap(piece, AbsenceKind.OMITTED, 0.0))
        last = piece.end
    return found


def _partials(gaps: tuple[Gap, ...], linked: set[Quoted], after: Part) -> list[Gap]:
    """Partial absences that still lie in one linked segment; those of touched segments only as `after` has them."""
    touched = {(q.start, q.end) for bead in after.beads for q in bead.source}
    found: dict[Quoted, Gap] = {}
    for gap in gaps:
        if gap.part is None:
            continue
        if gap not in after.gaps and any(gap.part.start < end and start < gap.part.end for start, end in touched):
            continue
        for segment in linked:
            if segment.start <= gap.part.start and gap.part.end <= segment.end:
                found.setdefault(gap.part, replace(gap, source=segment))
    return list(found.values())


def _residue(
    rest: Part, after: Part, claimed: set[tuple[int, int]], spare: list[Quoted], beads: list[Bead], target: Text
) -> tuple[Residue, ...]:
    """Residue of the ground without what is claimed, that of `after`, and what lost its link."""
    outside: list[Residue] = [each for each in after.residue if not inside(each)]
    for each in rest.residue:
        if not inside(each):
            quoted = Quoted(each.start, each.end, each.text)
            pieces = without(quoted, claimed, target)
            # A closing quotation mark that is left of a stretch is not worth a mark of its own.
            kept = (q for q in pieces if q == quoted or any(c.isalnum() for c in q.text))
            outside += [Residue(q.start, q.end, q.text, each.kind) for q in kept]
    outside += [Residue(q.start, q.end, q.text, ResidueKind.COMMENTARY) for q in spare]
    segments = [q for bead in beads for q in bead.target]
    notes: list[Residue] = []
    for each in (*after.residue, *(r for r in rest.residue if inside(r))):
        if not inside(each) or each in notes:
            continue
        within = any(q.start <= each.start and each.end <= q.end for q in segments)
        taken = spans(segments) + tuple((r.start, r.end) for r in (*outside, *notes))
        if within or not any(each.start < end and start < each.end for start, end in taken):
            notes.append(each)
    return (*outside, *notes)


def without(quoted: Quoted, claimed: Iterable[tuple[int, int]], text: Text) -> tuple[Quoted, ...]:
    """What is left of a span when `claimed` stretches are taken out, without blanks at the ends.

    >>> without(Quoted(0, 9, "one, two."), {(3, 4)}, "one, two.")
    (Quoted(start=0, end=3, text='one'), Quoted(start=5, end=9, text='two.'))
    """
    left: list[tuple[int, int]] = []
    at = quoted.start
    for start, end in sorted(claimed):
        if end <= at or start >= quoted.end:
            continue
        if start > at:
            left.append((at, start))
        at = max(at, end)
    if at < quoted.end:
        left.append((at, quoted.end))
    if left == [(quoted.start, quoted.end)]:
        return (quoted,)
    return tuple(piece for start, end in left if (piece := trimmed(start, end, text)))


def trimmed(start: int, end: int, text: Text) -> Quoted | None:
    """The stretch without blanks at its ends, None when it is blank."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Quoted(start, start + len(words), words) if words else None


def _cuts(*groups: Iterable[Quoted]) -> list[int]:
    return sorted({at for group in groups for quoted in group for at in (quoted.start, quoted.end)})


def _refined(segments: tuple[Quoted, ...], cuts: list[int], text: Text) -> tuple[Quoted, ...]:
    """Segments cut at every place of `cuts` that lies inside them."""
    found: list[Quoted] = []
    for segment in segments:
        ends = [at for at in cuts if segment.start < at < segment.end]
        if not ends:
            found.append(segment)
            continue
        starts = [segment.start, *ends]
        found += [
            p for start, end in zip(starts, [*ends, segment.end], strict=True) if (p := trimmed(start, end, text))
        ]
    return tuple(found)
