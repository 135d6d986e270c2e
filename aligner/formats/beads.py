"""Bead lines, `[0, 1]:[2]:0.973`: what vecalign and bertalign print and score.

Numbers are 0-based positions in the alignment's own lists of segments. Every source and target
segment stands in exactly one line; one that is in several links stands in one bead with all of them,
as a bead line cannot say it otherwise. Nothing is filtered: a missing sentence would read as an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aligner.formats.base import LetterExport, NoOptions, RenderingExport, number
from aligner.formats.packing import packed
from aligner.formats.texts import flat
from aligner.model import Alignment


@dataclass(frozen=True, slots=True)
class MergedBead:
    """Segments that belong together, as positions in both lists; `confidence` is the least of its links'."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float


def merged_beads(alignment: Alignment) -> tuple[MergedBead, ...]:
    """Every segment of both sides in exactly one bead, nulls too, in the order of the letter.

    Links that share a source segment become one bead.
    """
    at = {segment.id: number for number, segment in enumerate(alignment.source_segments)}
    to = {segment.id: number for number, segment in enumerate(alignment.target_segments)}
    group = list(range(len(at)))

    def head(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for link in alignment.links:
        for name in link.source[1:]:
            first, other = sorted((head(at[link.source[0]]), head(at[name])))
            group[other] = first
    targets: dict[int, list[int]] = {}
    confidences: dict[int, list[float]] = {}
    for link in alignment.links:
        first = head(at[link.source[0]])
        targets.setdefault(first, []).extend(to[name] for name in link.target)
        confidences.setdefault(first, []).append(link.confidence)
    for absence in alignment.absences:
        confidences.setdefault(head(at[absence.source]), []).append(absence.confidence)
    members: dict[int, list[int]] = {}
    for number_ in range(len(at)):
        members.setdefault(head(number_), []).append(number_)
    return tuple(
        MergedBead(tuple(source), tuple(sorted(targets.get(first, ()))), min(confidences[first]))
        for first, source in members.items()
    )


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
        for side in (alignment.source_segments, alignment.target_segments)
    )
    return source, target


def export_beads(export: LetterExport, options: NoOptions) -> bytes:  # noqa: ARG001
    """A zip file: for each rendering its bead lines and the two texts, one sentence a line."""
    return packed(_files(export.renderings))


def _files(renderings: Iterable[RenderingExport]) -> Iterator[tuple[str, bytes]]:
    for rendering in renderings:
        source, target = sentences(rendering)
        yield f"{rendering.id}.beads", bead_lines(rendering.alignment).encode()
        yield f"{rendering.id}.source.txt", source.encode()
        yield f"{rendering.id}.target.txt", target.encode()
