"""Changes of an alignment as values that can be undone: what stood there, and what the reviewer left.

Each function takes the alignment by spans (`parts.Part`, as `replay.part_of_alignment` gives it) and returns the
`Edit`; nothing is changed here. Links that a reviewer makes are confirmed, with confidence 1. Raises AlignerError when
something is not there, or cannot be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from aligner.errors import AlignerError
from aligner.model import AbsenceKind, Mode, Quoted, Residue, ResidueKind, Status
from aligner.review.decisions import Decision
from aligner.review.ground import Ground
from aligner.review.imposing import impose, trimmed, without
from aligner.review.parts import Bead, Gap, Part, inside, part_of
from aligner.review.stretches import Stretches


class Action(StrEnum):
    """What a reviewer did to an alignment."""

    LINK = "link"
    UNLINK = "unlink"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    MODE = "mode"
    CONFIRM = "confirm"
    REJECT = "reject"
    ABSENCE = "absence"
    RESIDUE = "residue"
    UNMARK = "unmark"
    REALIGN = "realign"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Edit:
    """`before` becomes `after`. A rejected link is also one that an engine must not make again."""

    action: Action
    before: Part
    after: Part

    def __post_init__(self) -> None:
        if not self.before and not self.after:
            raise AlignerError("an edit that changes nothing")

    @property
    def rejects(self) -> bool:
        """Whether the links of `before` are forbidden from now on."""
        return self.action is Action.REJECT

    @property
    def alone(self) -> bool:
        """Whether absences of `after` hold against links that remain."""
        return self.action is Action.ABSENCE

    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.action if self.action is not Action.REJECT else Action.LINK, self.after, self.before)

    def payload(self) -> dict[str, Any]:
        """As it stands in a decision of kind `replace`."""
        return {"action": self.action.value, "before": self.before.payload(), "after": self.after.payload()}


def edit_of(decision: Decision) -> Edit:
    """The edit in a decision of kind `replace`. Raises AlignerError."""
    payload = decision.payload
    action = payload.get("action")
    if action not in [each.value for each in Action]:
        raise AlignerError(f"unknown action {action!r}", hint=f"known: {', '.join(sorted(Action))}")
    return Edit(Action(action), part_of(payload.get("before")), part_of(payload.get("after")))


@dataclass(frozen=True)
class Editor:
    """Makes edits of one state of an alignment; `source` and `target` are the decoded texts."""

    part: Part
    source: str
    target: str

    def link(self, source: Sequence[Quoted], target: Sequence[Quoted], mode: Mode = Mode.DIRECT) -> Edit:
        """Say that these segments of the letter and stretches of the article render each other.

        Stretches may lie anywhere in the article; other links of the same segments stay.
        """
        return self._imposed(Action.LINK, Part((self._bead(source, target, mode),)))

    def unlink(self, bead: Bead, kind: ResidueKind = ResidueKind.COMMENTARY) -> Edit:
        """Take a link apart: its segments become omitted unless they are linked elsewhere, its target `kind`."""
        return self._imposed(Action.UNLINK, self._apart(self._there(bead), kind))

    def reject(self, bead: Bead, kind: ResidueKind = ResidueKind.COMMENTARY) -> Edit:
        """Unlink, and forbid the link."""
        return replace(self.unlink(bead, kind), action=Action.REJECT)

    def merge(self, beads: Sequence[Bead]) -> Edit:
        """Make one link of several."""
        found = [self._there(bead) for bead in beads]
        if len(found) < 2:
            raise AlignerError("one link cannot be merged", hint="choose two or more")
        sources = {q for bead in found for q in bead.source}
        targets = {q for bead in found for q in bead.target}
        return self._imposed(Action.MERGE, Part((self._bead(list(sources), list(targets), found[0].mode),)))

    def split(self, bead: Bead, source_at: int | None, target_at: int | None) -> Edit:
        """Make two links of one, at these places of the letter and of the article.

        A place may lie inside a segment, which is then cut. Without a place on one side, both links keep all
        of the letter's side; the article's side must be cut.
        """
        there = self._there(bead)
        sources = (there.source, there.source) if source_at is None else _cut(there.source, source_at, self.source)
        if target_at is None:
            raise AlignerError("a link is split in the article too", hint="name a place in the target")
        targets = _cut(there.target, target_at, self.target)
        halves = tuple(self._bead(s, t, there.mode) for s, t in zip(sources, targets, strict=True))
        return self._imposed(Action.SPLIT, Part(halves))

    def move(self, quoted: Quoted, origin: Bead, goal: Bead) -> Edit:
        """Move one segment of either side from one link to another; a link left with one side is taken apart."""
        origin, goal = self._there(origin), self._there(goal)
        if origin.key == goal.key:
            raise AlignerError("the segment stands in that link already", hint="choose another link")
        if quoted in origin.target:
            core = self._moved(quoted, origin, goal, of_target=True)
        elif quoted in origin.source:
            core = self._moved(quoted, origin, goal, of_target=False)
        else:
            raise AlignerError(f"{quoted.text!r} does not stand in the link it is to be moved from")
        return self._imposed(Action.MOVE, core)

    def set_mode(self, bead: Bead, mode: Mode) -> Edit:
        """Say how a link renders its source."""
        there = self._there(bead)
        return Edit(Action.MODE, Part((there,)), Part((replace(there, mode=mode, status=Status.CONFIRMED),)))

    def confirm(self, beads: Sequence[Bead]) -> Edit:
        """Stand behind links as they are; they keep the engine's confidence."""
        found = tuple(self._there(bead) for bead in beads)
        after = tuple(replace(bead, status=Status.CONFIRMED) for bead in found)
        return Edit(Action.CONFIRM, Part(found), Part(after))

    def mark_absent(self, segment: Quoted, kind: AbsenceKind, missing: Quoted | None = None) -> Edit:
        """Say that a segment is not rendered, or (`partial`) which part of a linked one is missing."""
        gap = Gap(segment, kind, 1.0, missing)
        if missing is None:
            return self._imposed(Action.ABSENCE, Part((), (gap,)), alone=True)
        if segment not in {q for bead in self.part.beads for q in bead.source}:
            raise AlignerError("a part of a segment is missing only where the rest is linked", hint="link it first")
        same = tuple(each for each in self.part.gaps if each.key == gap.key)
        return Edit(Action.ABSENCE, Part((), same), Part((), (gap,)))

    def mark_residue(self, stretch: Quoted, kind: ResidueKind) -> Edit:
        """Say what a stretch of the article is that renders nothing; links lose it, but for notes and additions."""
        new = Residue(stretch.start, stretch.end, stretch.text, kind)
        if inside(new) and (holder := self._holder(new)):
            over = tuple(r for r in self.part.residue if r.start < new.end and new.start < r.end)
            return Edit(Action.RESIDUE, Part((holder,), (), over), Part((holder,), (), (new,)))
        gone = Stretches([(stretch.start, stretch.end)])
        cores: list[Bead] = []
        parts = Part((), (), (new,))
        for bead in self.part.beads:
            left = tuple(piece for q in bead.target for piece in without(q, gone, self.target))
            if left != bead.target and left:
                cores.append(replace(bead, target=left, status=Status.CONFIRMED, confidence=1.0))
        return self._imposed(Action.RESIDUE, replace(parts, beads=tuple(cores)))

    def unmark(self, mark: Gap | Residue) -> Edit:
        """Take a partial absence or a stretch of residue away."""
        gone = Part((), (mark,)) if isinstance(mark, Gap) else Part((), (), (mark,))
        if isinstance(mark, Gap) and mark.part is None:
            raise AlignerError("a segment without link stays absent", hint="link it")
        if mark not in self.part.gaps and mark not in self.part.residue:
            raise AlignerError("the mark is not there")
        return Edit(Action.UNMARK, gone, Part())

    def become(self, other: Part, action: Action) -> Edit:
        """Everything by which `other` differs, as one edit. Raises AlignerError when nothing does."""
        return difference(self.part, other, action)

    def _there(self, bead: Bead) -> Bead:
        for each in self.part.beads:
            if each.key == bead.key:
                return each
        raise AlignerError("the link is not there any more", hint="reload and look again")

    def _holder(self, note: Residue) -> Bead | None:
        held = (b for b in self.part.beads if any(q.start <= note.start and note.end <= q.end for q in b.target))
        return next(held, None)

    def _bead(self, source: Iterable[Quoted], target: Iterable[Quoted], mode: Mode) -> Bead:
        return Bead(_ordered(source), _ordered(target), mode)

    def _apart(self, bead: Bead, kind: ResidueKind) -> Part:
        gaps = tuple(Gap(q, AbsenceKind.OMITTED) for q in bead.source)
        return Part((), gaps, tuple(Residue(q.start, q.end, q.text, kind) for q in bead.target))

    def _moved(self, quoted: Quoted, origin: Bead, goal: Bead, *, of_target: bool) -> Part:
        taken = tuple(q for q in (origin.target if of_target else origin.source) if q != quoted)
        given = {*(goal.target if of_target else goal.source), quoted}
        if of_target:
            less, more = (origin.source, taken), self._bead(goal.source, given, goal.mode)
        else:
            less, more = (taken, origin.target), self._bead(given, goal.target, goal.mode)
        left = Part((self._bead(*less, origin.mode),)) if taken else self._rest(origin, of_target=of_target)
        return replace(left, beads=(*left.beads, more))

    def _rest(self, origin: Bead, *, of_target: bool) -> Part:
        apart = self._apart(origin, ResidueKind.COMMENTARY)
        return replace(apart, residue=()) if of_target else replace(apart, gaps=())

    def _imposed(self, action: Action, core: Part, *, alone: bool = False) -> Edit:
        ground = Ground(self.part)
        impose(ground, Part(), core, self.source, self.target, alone=alone)
        return difference(self.part, ground.part, action)


def _ordered(side: Iterable[Quoted]) -> tuple[Quoted, ...]:
    return tuple(sorted(side, key=lambda q: q.start))


def difference(before: Part, after: Part, action: Action) -> Edit:
    """What has to change for `before` to become `after`. Raises AlignerError when they are the same."""
    return Edit(
        action,
        Part(_only(before.beads, after.beads), _only(before.gaps, after.gaps), _only(before.residue, after.residue)),
        Part(_only(after.beads, before.beads), _only(after.gaps, before.gaps), _only(after.residue, before.residue)),
    )


def _only(these: Iterable[Any], those: Iterable[Any]) -> tuple[Any, ...]:
    other = set(those)
    return tuple(each for each in these if each not in other)


def _cut(side: tuple[Quoted, ...], at: int, text: str) -> tuple[tuple[Quoted, ...], tuple[Quoted, ...]]:
    """The segments before and after a place; one that holds it is cut."""
    first: list[Quoted] = []
    second: list[Quoted] = []
    for each in side:
        for start, end, half in ((each.start, min(at, each.end), first), (max(at, each.start), each.end, second)):
            if start < end and (piece := trimmed(start, end, text) if (start, end) != (each.start, each.end) else each):
                half.append(piece)
    if not first or not second:
        raise AlignerError(f"a split at offset {at} leaves nothing on one side", hint="choose a place inside the link")
    return tuple(first), tuple(second)
