"""Bead lines, `[0, 1]:[2]:0.973`: what vecalign and bertalign print and score.

Numbers are 0-based positions in the source segments and in the target's segments with the residue
between them, which renders nothing. Every one stands in exactly one line; a source segment in several
links stands in one bead with all of them, as bead lines cannot say it otherwise. Nothing is filtered:
a missing sentence would read as an error.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aligner.formats.base import LetterExport, NoOptions, RenderingExport, number
from aligner.formats.packing import packed
from aligner.formats.pieces import each_rendering
from aligner.formats.texts import flat
from aligner.model import Alignment, Residue, Segment

Sentence = Segment | Residue


@dataclass(frozen=True, slots=True)
class MergedBead:
    """Sentences that belong together, as positions in both lists; `confidence` is the least of its links'.

    A null bead has an empty side; what is no link and no absence has the confidence 1.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float


def target_sentences(alignment: Alignment) -> tuple[Sentence, ...]:
    """The target's segments and what stands between them, in the order of the article."""
    ends = [segment.end for segment in alignment.target_segments]
    starts = [segment.start for segment in alignment.target_segments]
    between = [
        item
        for item in alignment.residue
        if item.text.strip() and bisect_right(ends, item.start) == bisect_left(starts, item.end)
    ]
    return tuple(sorted((*alignment.target_segments, *between), key=lambda item: item.start))


def merged_beads(alignment: Alignment) -> tuple[MergedBead, ...]:
    """Every sentence of both sides in exactly one bead, nulls too, in the order of the letter.

    Links that share a source segment become one bead; what renders nothing follows the sentence that
    stands before it in the article.
    """
    at = {segment.id: place for place, segment in enumerate(alignment.source_segments)}
    target = target_sentences(alignment)
    to = {item.id: place for place, item in enumerate(target) if isinstance(item, Segment)}
    group = _groups(alignment, at)
    members: dict[int, list[int]] = {}
    for place, first in enumerate(group):
        members.setdefault(first, []).append(place)
    targets: dict[int, list[int]] = {}
    confidences: dict[int, list[float]] = {}
    for link in alignment.links:
        first = group[at[link.source[0]]]
        targets.setdefault(first, []).extend(to[name] for name in link.target)
        confidences.setdefault(first, []).append(link.confidence)
    for absence in alignment.absences:
        confidences.setdefault(group[at[absence.source]], []).append(absence.confidence)
    beads = [
        MergedBead(tuple(source), tuple(sorted(targets.get(first, ()))), min(confidences[first]))
        for first, source in members.items()
    ]
    after: dict[int, list[MergedBead]] = {}
    bead_of = {place: number for number, bead in enumerate(beads) for place in bead.target}
    last = -1
    for place in range(len(target)):
        last = bead_of.get(place, last)
        if place not in bead_of:
            after.setdefault(last, []).append(MergedBead((), (place,), 1.0))
    ordered = list(after.get(-1, ()))
    for number_, bead in enumerate(beads):
        ordered += [bead, *after.get(number_, ())]
    return tuple(ordered)


def _groups(alignment: Alignment, at: Mapping[str, int]) -> list[int]:
    """For each source segment the first of those that links join it with."""
    group = list(range(len(at)))

    def head(place: int) -> int:
        while group[place] != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    for link in alignment.links:
        for name in link.source[1:]:
            first, other = sorted((head(at[link.source[0]]), head(at[name])))
            group[other] = first
    return [head(place) for place in range(len(group))]


def bead_lines(alignment: Alignment) -> str:
    """The alignment as bead lines, each ending with a line end."""
    return "".join(
        f"{list(bead.source)}:{list(bead.target)}:{number(bead.confidence)}\n" for bead in merged_beads(alignment)
    )


def sentences(rendering: RenderingExport) -> tuple[str, str]:
    """The two texts that the beads count, one segment a line, as the documents have them."""
    alignment = rendering.alignment
    source, target = (
        "".join(f"{flat(segment.text)}\n" for segment in side)
        for side in (alignment.source_segments, target_sentences(alignment))
    )
    return source, target


def beads_chunks(exports: Iterable[LetterExport], options: NoOptions) -> Iterator[bytes]:  # noqa: ARG001
    """A zip file: for each rendering its bead lines and the two texts, one sentence a line."""
    return packed(_files(exports))


def _files(exports: Iterable[LetterExport]) -> Iterator[tuple[str, bytes]]:
    for _, rendering in each_rendering(exports):
        source, target = sentences(rendering)
        yield f"{rendering.id}.beads", bead_lines(rendering.alignment).encode()
        yield f"{rendering.id}.source.txt", source.encode()
        yield f"{rendering.id}.target.txt", target.encode()
