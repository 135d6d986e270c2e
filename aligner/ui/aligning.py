"""The Align page's work on the desk: operations of its outbox carried out, and what it shows read back."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import uuid4

from aligner.errors import AlignerError
from aligner.model import Letter
from aligner.pipeline.correcting import Correcting, Kept
from aligner.pipeline.docket import waiting
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.settling import settle
from aligner.review.decisions import Kind
from aligner.review.edits import Edit, Editor
from aligner.review.history import standing
from aligner.review.layers import SHARED
from aligner.store import Conflict, Stored
from aligner.ui import faults
from aligner.ui.desk import adjudicator, reviewer
from aligner.ui.messages import Catalogue
from aligner.ui.outbox import Operation
from aligner.ui.vectors import encoder
from aligner.ui.views import coverage, placement
from aligner.ui.views.align import Lane, lane_view, letter_rows
from aligner.ui.views.align_changes import changed
from aligner.ui.views.align_edits import Args, edit_for
from aligner.ui.views.align_near import candidates
from aligner.ui.views.align_told import leaves, told
from aligner.ui.views.versions import Made, misfit

MOST_HISTORY = 60

Proposal = tuple[str, Edit | None]
"""A rendering, and what aligning it again would change."""

_ONE_AT_A_TIME = Lock()
"""Sessions share the encoder."""


@dataclass
class Aligning:
    """One letter on the desk. `proposal` and the lanes that were read live as long as the session.

    `whole` is the view that the browser got whole, with a name of its own, and `asked` its last wish for one; `who`
    corrected last.
    """

    desk: Desk
    letter: str
    say: Catalogue
    proposal: Proposal | None = None
    read: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    kept: Kept = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    near: dict[str, Any] | None = None
    whole: tuple[str, dict[str, Any]] | None = None
    asked: object = None
    who: str = ""

    def apply(self, operation: Operation) -> str | None:
        """Do one operation; what the reviewer is to be told, or None. Raises AlignerError."""
        args = operation.args
        who, rendering = reviewer(args.get("reviewer")), str(args.get("rendering", ""))
        if not who:
            raise AlignerError(self.say("align.no_name"))
        self.who = who
        self.desk.corpus.rendering(self.letter, rendering)
        seen = args.get("revision")
        place = Correcting(self.desk, self.letter, rendering, who, seen if type(seen) is int else 0, self.kept)
        if self.knows(operation):
            return None
        if operation.kind in ("undo", "redo"):
            return self._step(operation, who, rendering)
        if operation.kind in ("keep_mine", "keep_theirs"):
            return self._settle(operation, who, str(args.get("parked")))
        if operation.kind == "candidates":
            self.near = self._candidates(place, args)
            return None
        if operation.kind in ("realign", "take", "leave"):
            return self._again(operation, place)
        answer = place.correct(lambda editor: edit_for(operation.kind, args, editor), operation.id)
        return self.say("align.contested") if isinstance(answer, Conflict) else None

    def knows(self, operation: Operation) -> bool:
        """Whether the operation was done before, in another session or under another server."""
        return self.desk.store.knows(operation.id)

    def sent(self, asked: object = None) -> dict[str, Any]:
        """The view for the browser: what changed since it was sent whole, or whole again when it asks anew.

        A whole one names itself in `whole`, changes name in `since` that which they are of.
        """
        view = self.view()
        if self.whole is not None and asked == self.asked and (found := changed(self.whole[1], view)) is not None:
            return {**found, "since": self.whole[0]}
        self.whole, self.asked = (uuid4().hex, view), asked
        return {**view, "whole": self.whole[0]}

    def view(self) -> dict[str, Any]:
        """What the page shows, as it stands now."""
        opened = self.desk.corpus
        entries = opened.entry(self.letter).renderings
        chips = coverage.short_names(self.letter, [each.id for each in entries])
        letter, log = self.desk.letter(self.letter), self.desk.store.decisions(self.letter)
        newest = {each.decision.rendering: each.seq for each in log}
        lanes = []
        for entry in entries:
            revision = newest.get(entry.id, 0)
            kept = self.read.get(entry.id)
            if kept is None or kept[0] != revision:
                head = (entry.id, chips[entry.id], entry.outlet, entry.language)
                kept = self.read[entry.id] = (revision, lane_view(letter, self._lane(head, revision)))
            lanes.append(kept[1])
        if not self.order:  # by how much they carry when the page is opened; corrections move no lane
            ready = [lane["id"] for lane in lanes if not lane.get("problem")]
            self.order = coverage.ordered(
                {name: placement.place(letter, self.desk.state(self.letter, name).alignment) for name in ready}
            )
        lanes.sort(key=lambda lane: self.order.index(lane["id"]) if lane["id"] in self.order else len(self.order))
        return {
            "letter": {"id": self.letter, "language": letter.language, "rows": letter_rows(letter)},
            "lanes": lanes,
            "history": _history(log, letter),
            "conflicts": self._conflicts(log),
            "proposal": self._proposed(),
            "near": self.near,
        }

    def _lane(self, head: tuple[str, str, str, str], revision: int) -> Lane:
        name = head[0]
        try:
            document = self.desk.corpus.document(self.desk.corpus.rendering(self.letter, name).document)
            if name in self.read and not self.read[name][1].get("problem"):  # it fitted before
                return Lane(*head, self._editor(name).part, document.text, revision)
            automatic = self.desk.corpus.automatic(self.letter, name)
            if automatic is None:
                return Lane(*head, problem=self.say("align.unbuilt"))
            if problem := misfit(self.desk.corpus.letter(self.letter), Made(document, automatic)):
                return Lane(*head, problem=problem)
            return Lane(*head, self._editor(name).part, document.text, revision)
        except AlignerError as fault:
            return Lane(*head, problem=faults.told(self.say, fault))

    def _editor(self, rendering: str) -> Editor:
        return Correcting(self.desk, self.letter, rendering, "", 0, self.kept).editor()

    def _step(self, operation: Operation, who: str, rendering: str) -> str | None:
        step = self.desk.undo if operation.kind == "undo" else self.desk.redo
        done = step(who, self.letter, rendering, id=operation.id)
        return None if done else self.say(f"align.nothing_to_{operation.kind}")

    def _settle(self, operation: Operation, who: str, name: str) -> str | None:
        """Keep what was parked, as a new word over the other; or leave it at the other. Others' conflicts are settled
        by adjudicators. Raises SignInError."""
        open_ = {each.decision.id: each for each in waiting(self.desk, self.letter)}
        if name not in open_:
            return self.say("align.settled_already")
        if open_[name].decision.reviewer != who:
            adjudicator(who)
        keep = operation.kind == "keep_mine"
        answer = settle(self.desk, open_[name], who, keep_parked=keep, id=operation.id)
        return self.say("align.contested") if isinstance(answer, Conflict) else None

    def _again(self, operation: Operation, place: Correcting) -> str | None:
        """Align again around what is confirmed: propose, then take or leave it."""
        if operation.kind == "realign":
            with _ONE_AT_A_TIME:
                made = self.desk.realigned(self.letter, place.rendering, encoder())
            self.proposal = (place.rendering, made.edit)
            return None
        proposal, self.proposal = self.proposal, None
        if operation.kind == "leave":
            return None
        if proposal is None or proposal[0] != place.rendering:
            return self.say("align.proposal_gone")
        answer = place.correct(lambda _: proposal[1], operation.id)
        return self.say("align.contested") if isinstance(answer, Conflict) else None

    def _candidates(self, place: Correcting, args: Args) -> dict[str, Any]:
        """Sentences near a stretch with how alike they are, for the panel; best first."""
        with _ONE_AT_A_TIME:
            found = candidates(args, place.editor(), self.desk.letter(self.letter), encoder())
        return {"rendering": place.rendering, "at": args.get("at"), "found": found}

    def _conflicts(self, log: tuple[Stored, ...]) -> list[dict[str, Any]]:
        by_id, letter = {each.decision.id: each.decision for each in log}, self.desk.corpus.letter(self.letter)
        return [
            {
                "id": each.decision.id,
                "rendering": each.decision.rendering,
                "mine": leaves(each.decision, letter),
                "theirs": [leaves(by_id[name], letter) for name in each.against if name in by_id],
            }
            for each in waiting(self.desk, self.letter)
            if each.decision.kind is Kind.REPLACE
        ]

    def _proposed(self) -> dict[str, Any] | None:
        if self.proposal is None:
            return None
        rendering, edit = self.proposal
        changes = [] if edit is None else [*_beads(edit, "before"), *_beads(edit, "after")]
        rest = (
            0 if edit is None else len({*edit.before.gaps, *edit.after.gaps, *edit.before.residue, *edit.after.residue})
        )
        return {"rendering": rendering, "some": edit is not None, "changes": changes, "rest": rest}


def _beads(edit: Edit, side: str) -> list[dict[str, Any]]:
    part = edit.before if side == "before" else edit.after
    return [
        {"side": side, "source": [q.text for q in bead.source], "target": [q.text for q in bead.target]}
        for bead in part.beads
    ]


def _history(log: tuple[Stored, ...], letter: Letter) -> list[dict[str, Any]]:
    """The changes of alignments, the newest first, with those that were undone."""
    edits = [each.decision for each in log if each.decision.kind is Kind.REPLACE and each.decision.layer == SHARED]
    holds = {each.id for each in standing(each.decision for each in log)}
    return [{**told(each, letter), "undone": each.id not in holds} for each in edits[::-1][:MOST_HISTORY]]
