"""Decisions about an alignment, replayed over it: what reviewers left stands, whatever engine made the ground.

`replay` is pure. What no longer fits is not dropped: it comes back as orphaned, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aligner.errors import AlignerError, AlignmentError
from aligner.model import Alignment, Quoted
from aligner.review.anchoring import located
from aligner.review.conversion import alignment_of, part_of_alignment
from aligner.review.decisions import Decision, Kind
from aligner.review.edits import Edit, edit_of
from aligner.review.ground import Ground
from aligner.review.imposing import impose
from aligner.review.parts import Bead, Part


@dataclass(frozen=True, slots=True)
class Orphaned:
    """A decision that does not fit today's texts or alignment, and why."""

    decision: Decision
    reason: str


@dataclass(frozen=True, slots=True)
class Ban:
    """A link that a reviewer rejected: none of these characters renders any of these segments."""

    source: tuple[Quoted, ...]
    target: tuple[Quoted, ...]


@dataclass(frozen=True)
class Replayed:
    """An alignment with decisions over it.

    `applied` are ids of all that it holds, `adapted` of those among them that met another ground than their author
    saw and were imposed on it;
    `bans` are the rejected links that no later decision linked again.
    """

    alignment: Alignment
    adapted: tuple[str, ...] = ()
    orphans: tuple[Orphaned, ...] = ()
    bans: tuple[Ban, ...] = ()
    applied: tuple[str, ...] = ()


def replay(alignment: Alignment, decisions: Iterable[Decision], source: str, target: str) -> Replayed:
    """`alignment` with the `decisions` that change alignments over it, in their order; others are passed over.

    `decisions` are those that stand (`history.standing`), of one layer, about this rendering; `source` and
    `target` are the decoded texts of its two documents. Raises AlignmentError when these are not the
    documents that were aligned.
    """
    _check_texts(alignment, source, target)
    ground = Ground(part_of_alignment(alignment))
    adapted: list[str] = []
    orphans: list[Orphaned] = []
    edits: list[Edit] = []
    applied: list[str] = []
    for decision in decisions:
        if decision.kind is not Kind.REPLACE:
            continue
        try:
            edit = placed(decision, alignment, source, target)
            if not _do(ground, edit, alignment, source, target):
                adapted.append(decision.id)
        except AlignerError as fault:
            orphans.append(Orphaned(decision, fault.what))
            continue
        edits.append(edit)
        applied.append(decision.id)
    changed = bool(edits)
    result = alignment_of(ground.part, alignment) if changed else alignment
    return Replayed(result, tuple(adapted), tuple(orphans), _bans(edits, ground), tuple(applied))


def placed(decision: Decision, alignment: Alignment, source: str, target: str) -> Edit:
    """A decision's edit with its spans where they stand in today's texts. Raises AlignerError when they do not."""
    edit = edit_of(decision)

    def move(part: Part) -> Part:
        return part.moved(
            lambda quoted: located(quoted, decision.source_sha256, alignment.source.text_sha256, source),
            lambda quoted: located(quoted, decision.target_sha256, alignment.target.text_sha256, target),
        )

    return replace(edit, before=move(edit.before), after=move(edit.after))


def apply(alignment: Alignment, edit: Edit, source: str, target: str) -> Alignment:
    """`alignment` after one edit. Raises AlignerError when the result would break a rule of alignments."""
    _check_texts(alignment, source, target)
    ground = Ground(part_of_alignment(alignment))
    _do(ground, edit, alignment, source, target)
    return alignment_of(ground.part, alignment)


def _do(ground: Ground, edit: Edit, alignment: Alignment, source: str, target: str) -> bool:
    """Whether the edit met the ground it was made on; raises with the ground unchanged when it cannot be done."""
    if ground.exchange(edit.before, edit.after) or ground.has(edit.before, edit.after):
        return True
    was = ground.part
    try:
        impose(ground, edit.before, edit.after, source, target, alone=edit.alone)
        alignment_of(ground.part, alignment)
    except AlignerError:
        ground.replace(was)
        raise
    return False


def _bans(edits: list[Edit], ground: Ground) -> tuple[Ban, ...]:
    linked = [(bead, {(q.start, q.end) for q in bead.source}) for bead in ground.beads.values()]

    def again(bead: Bead) -> bool:
        return any(
            (q.start, q.end) in sources
            and any(t.start < o.end and o.start < t.end for t in bead.target for o in there.target)
            for there, sources in linked
            for q in bead.source
        )

    return tuple(
        Ban(bead.source, bead.target) for edit in edits if edit.rejects for bead in edit.before.beads if not again(bead)
    )


def _check_texts(alignment: Alignment, source: str, target: str) -> None:
    for side, text in (("source", source), ("target", target)):
        for segment in alignment.source_segments if side == "source" else alignment.target_segments:
            if text[segment.start : segment.end] != segment.text:
                raise AlignmentError(
                    f"segment {segment.id} is not what stands in the {side} document",
                    where=f"rendering {alignment.rendering}",
                    hint="build the corpus again",
                )
