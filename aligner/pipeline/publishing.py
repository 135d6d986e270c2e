"""What reviewers' decisions make of automatic alignments; pure, and without a database.

Layers: alignments are corrected in `SHARED`, by everybody; where a team measures agreement on alignments, in each
reviewer's `own_layer`, and an adjudicator decides in `PUBLISHED`. Published is the automatic alignment with `SHARED`
and `PUBLISHED` over it. What is each reviewer's own (errors, scores, comments, how far they are) stands in `own_layer`.
"""

from __future__ import annotations

from collections.abc import Iterable

from aligner.engines import Anchors, Confirmed, Forbidden
from aligner.model import Alignment, Letter, Quoted, Span, Status
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import REFERRING, WHOLE, Decision, Kind
from aligner.review.edits import Edit
from aligner.review.history import standing
from aligner.review.judgements import Texts, judgements
from aligner.review.layers import PUBLISHED, SHARED, TOGETHER, own_layer
from aligner.review.replay import Replayed, replay
from aligner.review.said import Adjudication, Assignment, Emended, Said

CORRECTING = REFERRING | {Kind.REPLACE, Kind.EMENDATION}
"""Kinds of decisions that can change an alignment, or the letter's reading text."""


def layer_for(value: Said, reviewer: str) -> str:
    """Where a word goes unless a team says otherwise."""
    if isinstance(value, Adjudication):
        return PUBLISHED
    return SHARED if isinstance(value, Edit | Emended | Assignment) else own_layer(reviewer)


def published(automatic: Alignment, decisions: Iterable[Decision], texts: Texts) -> Replayed:
    """The automatic alignment with what holds for everybody over it; `decisions` is the whole log of the letter."""
    ours = of_rendering(decisions, automatic.rendering)
    return replay(automatic, (d for d in standing(ours) if d.layer in TOGETHER), texts.source, texts.target)


def of_layer(automatic: Alignment, decisions: Iterable[Decision], texts: Texts, layer: str) -> Replayed:
    """The automatic alignment with one layer over it."""
    ours = of_rendering(decisions, automatic.rendering)
    return replay(automatic, (d for d in standing(ours) if d.layer == layer), texts.source, texts.target)


def of_rendering(decisions: Iterable[Decision], rendering: str) -> tuple[Decision, ...]:
    """The decisions of a letter's log that are about one rendering."""
    return tuple(each for each in decisions if each.rendering == rendering)


def anchors_of(replayed: Replayed, letter: Letter) -> Anchors:
    """Confirmed and rejected links for an engine, as far as they are made of the letter's own segments."""
    names = {(segment.start, segment.end): segment.id for segment in letter.segments}

    def ids(side: Iterable[Quoted]) -> tuple[str, ...] | None:
        found = tuple(names.get((q.start, q.end), "") for q in side)
        return found if all(found) else None

    beads = [bead for bead in part_of_alignment(replayed.alignment).beads if bead.status is Status.CONFIRMED]
    confirmed = [(ids(bead.source), spans_of(bead.target), bead.mode) for bead in beads]
    bans = [(ids(ban.source), spans_of(ban.target)) for ban in replayed.bans]
    return Anchors(
        tuple(Confirmed(source, target, mode) for source, target, mode in confirmed if source),
        tuple(Forbidden(source, target) for source, target in bans if source),
    )


def spans_of(side: Iterable[Quoted]) -> tuple[Span, ...]:
    """The offsets alone."""
    return tuple(Span(each.start, each.end) for each in side)


def rejected_emendations(decisions: Iterable[Decision], letter: Letter, texts: Texts) -> tuple[str, ...]:
    """Ids of the emendations of a letter that do not hold: as reviewers said last, else as the letter has it."""
    said = judgements((d for d in standing(decisions) if d.rendering == WHOLE and d.layer in TOGETHER), texts)
    verdicts = {
        (each.emendation.start, each.emendation.end, each.replacement): each.accepted for _, each in said.emendations
    }
    return tuple(e.id for e in letter.emendations if not verdicts.get((e.start, e.end, e.replacement), not e.rejected))
