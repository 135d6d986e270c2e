"""What a reviewer left, imposed on a ground that is not the one the reviewer saw.

The reviewer's links and residue keep every character they name. What stood there gives way: a link that keeps
something on both sides stays with what it keeps, to be reviewed; what it keeps on one side only becomes an absence or
commentary. Segments of the letter that overlap differently are cut at each other's ends, so that no text of the
letter is lost or counted twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from aligner.model import AbsenceKind, Quoted, Residue, ResidueKind, Status
from aligner.review.ground import Ground
from aligner.review.parts import Bead, Gap, Part, inside, spans
from aligner.review.stretches import Stretches

Text = str


def impose(ground: Ground, before: Part, after: Part, source: Text, target: Text, *, alone: bool = False) -> None:
    """Put `after` onto `ground`; `source` and `target` are the decoded texts.

    Absences of `after` give way to links of the same segment that remain; not when they stand `alone`, as
    when a reviewer marks a sentence as not rendered.
    """
    every = ground.part.source | after.source
    ground.remove(before)
    rest = ground.part
    claimed = Stretches(_ends((*after.target, *before.target, *after.residue, *before.residue)))
    absent = [gap.source for gap in after.gaps if gap.part is None]
    wanted = Stretches(_ends([*(q for bead in after.beads for q in bead.source), *absent]))
    banned = Stretches(_ends(absent) if alone else ())
    beads: list[Bead] = [*after.beads]
    spare: list[Quoted] = []
    for bead in rest.beads:
        kept, left = _give_way(bead, claimed, wanted, banned, source, target)
        beads += kept
        spare += left
    cuts = _cuts((q for bead in beads for q in bead.source), absent)
    beads = [replace(bead, source=_refined(bead.source, cuts, source)) for bead in beads]
    linked = {q for bead in beads for q in bead.source}
    gaps = _absences(every, linked, (*after.gaps, *rest.gaps), cuts, source)
    gaps += _partials((*after.gaps, *rest.gaps), linked, after)
    ground.replace(Part(tuple(beads), tuple(gaps), _residue(rest, after, claimed, spare, beads, target)))


def _give_way(
    bead: Bead,
    claimed: Stretches,
    wanted: Stretches,
    banned: Stretches,
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
    said_of = Stretches((gap.source.start, gap.source.end) for gap in whole)
    taken = Stretches(_ends(linked))
    loose = {rest for q in every for piece in _refined((q,), cuts, source) for rest in without(piece, taken, source)}
    found: list[Gap] = []
    last = -1
    for piece in sorted(loose, key=lambda q: (q.start, -q.end)):
        if piece.start < last:
            continue
        first = min(said_of.numbers(piece.start, piece.end), default=None)
        none = Gap(piece, AbsenceKind.OMITTED, 0.0)
        found.append(none if first is None else replace(whole[first], source=piece))
        last = piece.end
    return found


def _partials(gaps: tuple[Gap, ...], linked: set[Quoted], after: Part) -> list[Gap]:
    """Partial absences that still lie in one linked segment; those of touched segments only as `after` has them."""
    touched = Stretches((q.start, q.end) for bead in after.beads for q in bead.source)
    segments = list(linked)
    places = Stretches(_ends(segments))
    found: dict[Quoted, Gap] = {}
    for gap in gaps:
        if gap.part is None:
            continue
        if gap not in after.gaps and touched.over(gap.part.start, gap.part.end):
            continue
        for segment in (segments[number] for number in places.numbers(gap.part.start, gap.part.end)):
            if segment.start <= gap.part.start and gap.part.end <= segment.end:
                found.setdefault(gap.part, replace(gap, source=segment))
    return list(found.values())


def _residue(
    rest: Part, after: Part, claimed: Stretches, spare: list[Quoted], beads: list[Bead], target: Text
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
    segments = Stretches(span for bead in beads for span in spans(bead.target))
    apart = Stretches(_ends(outside))
    notes: dict[Residue, None] = {}
    for each in (*after.residue, *(r for r in rest.residue if inside(r))):
        if not inside(each) or each in notes:
            continue
        held = segments.over(each.start, each.end)
        within = any(start <= each.start and each.end <= end for start, end in held)
        others = held or apart.over(each.start, each.end) or Stretches(_ends(notes)).over(each.start, each.end)
        if within or not others:
            notes[each] = None
    return (*outside, *notes)


def without(quoted: Quoted, claimed: Stretches, text: Text) -> tuple[Quoted, ...]:
    """What is left of a span when `claimed` stretches are taken out, without blanks at the ends.

    >>> without(Quoted(0, 9, "one, two."), Stretches({(3, 4)}), "one, two.")
    (Quoted(start=0, end=3, text='one'), Quoted(start=5, end=9, text='two.'))
    """
    left: list[tuple[int, int]] = []
    at = quoted.start
    for start, end in claimed.over(quoted.start, quoted.end):
        if end <= at:
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


def _ends(these: Iterable[Quoted | Residue]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in these]


def _cuts(*groups: Iterable[Quoted]) -> list[int]:
    return sorted({at for group in groups for quoted in group for at in (quoted.start, quoted.end)})


def _refined(segments: tuple[Quoted, ...], cuts: list[int], text: Text) -> tuple[Quoted, ...]:
    """Segments cut at every place of `cuts` that lies inside them."""
    found: list[Quoted] = []
    for segment in segments:
        ends = cuts[bisect_right(cuts, segment.start) : bisect_left(cuts, segment.end)]
        if not ends:
            found.append(segment)
            continue
        starts = [segment.start, *ends]
        found += [
            p for start, end in zip(starts, [*ends, segment.end], strict=True) if (p := trimmed(start, end, text))
        ]
    return tuple(found)
