"""Decisions about an alignment, replayed over it: what reviewers left stands, whatever engine made the ground.

`replay` is pure. What no longer fits is not dropped: it comes back as orphaned, with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from aligner.errors import AlignerError, AlignmentError
from aligner.model import Alignment, Quoted
from aligner.review.anchoring import located
from aligner.review.conversion import alignment_of, part_of_alignment
from aligner.review.decisions import Decision, Kind, dumps, loads
from aligner.review.edits import Edit, edit_of
from aligner.review.ground import Ground
from aligner.review.imposing import impose
from aligner.review.parts import Bead, Part, part_of


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
    replaying = Replaying.begin(alignment, source, target)
    for decision in decisions:
        replaying.take(decision)
    return replaying.result()


@dataclass
class Replaying:
    """A replay under way, which can be written down at any decision and gone on with later."""

    alignment: Alignment
    source: str
    target: str
    ground: Ground
    adapted: list[str] = field(default_factory=list)
    orphans: list[Orphaned] = field(default_factory=list)
    rejected: list[Bead] = field(default_factory=list)
    applied: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, alignment: Alignment, source: str, target: str) -> Replaying:
        """At the automatic alignment. Raises AlignmentError when these are not its texts."""
        check_texts(alignment, source, target)
        return cls(alignment, source, target, Ground(part_of_alignment(alignment)))

    def take(self, decision: Decision) -> None:
        """Replay the next standing decision; those that do not change alignments are passed over."""
        if decision.kind is not Kind.REPLACE:
            return
        try:
            edit = placed(decision, self.alignment, self.source, self.target)
            if not _do(self.ground, edit, self.alignment, self.source, self.target):
                self.adapted.append(decision.id)
        except AlignerError as fault:
            self.orphans.append(Orphaned(decision, fault.what))
            return
        self.applied.append(decision.id)
        if edit.rejects:
            self.rejected += edit.before.beads

    def result(self) -> Replayed:
        """What has come of it so far."""
        result = alignment_of(self.ground.part, self.alignment) if self.applied else self.alignment
        bans = _bans(self.rejected, self.ground)
        return Replayed(result, tuple(self.adapted), tuple(self.orphans), bans, tuple(self.applied))

    def written(self) -> str:
        """Its state as JSON; the same state is always the same text."""
        state = {
            "ground": self.ground.part.payload(),
            "adapted": self.adapted,
            "orphans": [[dumps([each.decision]), each.reason] for each in self.orphans],
            "rejected": Part(tuple(self.rejected)).payload(),
            "applied": self.applied,
        }
        return json.dumps(state, ensure_ascii=False, sort_keys=True)

    @classmethod
    def again(cls, written: str, alignment: Alignment, source: str, target: str) -> Replaying:
        """Go on from what `written` gave for the same alignment and texts. Raises AlignerError when it is none."""
        try:
            state = json.loads(written)
            return cls(
                alignment,
                source,
                target,
                Ground(part_of(state["ground"])),
                list(state["adapted"]),
                [Orphaned(loads(line)[0], reason) for line, reason in state["orphans"]],
                list(part_of(state["rejected"]).beads),
                list(state["applied"]),
            )
        except (ValueError, LookupError, TypeError) as fault:
            raise AlignerError(f"not the state of a replay ({fault})") from fault


def placed(decision: Decision, alignment: Alignment, source: str, target: str) -> Edit:
    """A decision's edit with its spans where they stand in today's texts. Raises AlignerError when they do not."""
    edit = edit_of(decision)
    today = (alignment.source.text_sha256, alignment.target.text_sha256)
    if (decision.source_sha256, decision.target_sha256) == today and all(
        part.stands(source, target) for part in (edit.before, edit.after)
    ):
        return edit  # nearly always: nothing was moved

    def move(part: Part) -> Part:
        return part.moved(
            lambda quoted: located(quoted, decision.source_sha256, today[0], source),
            lambda quoted: located(quoted, decision.target_sha256, today[1], target),
        )

    return replace(edit, before=move(edit.before), after=move(edit.after))


def apply(alignment: Alignment, edit: Edit, source: str, target: str) -> Alignment:
    """`alignment` after one edit. Raises AlignerError when the result would break a rule of alignments."""
    check_texts(alignment, source, target)
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


def _bans(rejected: list[Bead], ground: Ground) -> tuple[Ban, ...]:
    """The rejected links that no link of today makes again, wholly or in part."""
    linked = [(bead, set(bead.key[0])) for bead in ground.beads.values()] if rejected else []

    def again(bead: Bead) -> bool:
        near = [there for there, sources in linked if sources & set(bead.key[0])]
        return any(t.start < o.end and o.start < t.end for there in near for t in bead.target for o in there.target)

    return tuple(Ban(bead.source, bead.target) for bead in rejected if not again(bead))


def check_texts(alignment: Alignment, source: str, target: str) -> None:
    """Raise AlignmentError when these are not the documents that were aligned, naming the segment."""
    for side, text in (("source", source), ("target", target)):
        for segment in alignment.source_segments if side == "source" else alignment.target_segments:
            if text[segment.start : segment.end] != segment.text:
                raise AlignmentError(
                    f"segment {segment.id} is not what stands in the {side} document",
                    where=f"rendering {alignment.rendering}",
                    hint="build the corpus again",
                )
