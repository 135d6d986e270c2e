"""The alignments of one rendering that can be compared: the engine's, everybody's, and each reviewer's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.model import Quoted, Span
from aligner.pipeline.publishing import of_rendering
from aligner.pipeline.reviewing import Desk
from aligner.review.agreement.links import SpanPair
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import Decision, Kind
from aligner.review.history import standing
from aligner.review.layers import OWN, SHARED, TOGETHER

ENGINE = "engine"


@dataclass(frozen=True)
class Linking:
    """One alignment as pairs of spans, in the texts that they stand in."""

    links: frozenset[SpanPair]
    source: str
    target: str


def linkings(desk: Desk, letter_id: str, rendering: str, log: Sequence[Decision]) -> dict[str, Linking]:
    """The engine's alignment, and every layer in which somebody worked on it: `shared`, or a reviewer's by name.

    `log` is all of the letter's.
    """
    ours = standing(of_rendering(log, rendering))
    layers = {decision.layer for decision in ours if decision.kind is Kind.REPLACE}
    texts = desk.texts(letter_id, rendering)
    alignments = {ENGINE: desk.automatic(letter_id, rendering)}
    if layers & TOGETHER:
        alignments[SHARED] = desk.state(letter_id, rendering).alignment
    for layer in sorted(layers):
        if layer.startswith(OWN):
            name = layer.removeprefix(OWN)
            name += " (reviewer)" if name in (ENGINE, SHARED) else ""
            alignments[name] = desk.state(letter_id, rendering, layer).alignment
    found = {}
    for name, alignment in alignments.items():
        links = {
            (source, target)
            for bead in part_of_alignment(alignment).beads
            for source in runs(bead.source, texts.source)
            for target in runs(bead.target, texts.target)
        }
        found[name] = Linking(frozenset(links), texts.source, texts.target)
    return found


def runs(side: Sequence[Quoted], text: str) -> list[Span]:
    """The stretches of one side of a link: segments with nothing but blanks between them are one."""
    found: list[Span] = []
    for quoted in side:
        if found and not text[found[-1].end : quoted.start].strip():
            found[-1] = Span(found[-1].start, quoted.end)
        else:
            found.append(Span(quoted.start, quoted.end))
    return found
