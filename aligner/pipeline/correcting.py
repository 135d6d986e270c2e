"""One reviewer's corrections in a row: each on the state that its author sees, their own words before it included.

A page sends what was done before it has heard the answer to what was done a moment ago. So a decision says that its
author saw everything up to a revision, and besides every word of their own since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aligner.pipeline.publishing import SHARED, TOGETHER
from aligner.pipeline.reviewing import Desk
from aligner.review.conflicts import contesting
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import Decision
from aligner.review.edits import Edit, Editor
from aligner.review.history import standing
from aligner.review.replay import replay
from aligner.store import Conflict, Stored


@dataclass(frozen=True)
class Correcting:
    """Where `reviewer` corrects one rendering, having seen revision `seen` of it."""

    desk: Desk
    letter: str
    rendering: str
    reviewer: str
    seen: int

    def known(self, name: str) -> bool:
        """Whether a decision with this id was stored or parked before."""
        log = self.desk.store.decisions(self.letter, self.rendering)
        if any(each.decision.id == name for each in log):
            return True
        return any(each.decision.id == name for each in self.desk.store.parked(self.letter))

    def correct(self, make: Callable[[Editor], Edit | None], name: str) -> Stored | Conflict | None:
        """Store what `make` gives for the state that the reviewer sees, under the id `name`; None for no change.

        Where it contradicts somebody else's word that came since, both are kept: the answer is a Conflict.
        Raises AlignerError for what cannot be done.
        """
        log = self.desk.store.decisions(self.letter, self.rendering)
        newest = log[-1].seq if log else 0
        unseen = [e for e in log if e.seq > self.seen and e.decision.reviewer != self.reviewer]
        if not unseen:
            edit = make(self.desk.editor(self.letter, self.rendering))
            return self._say(edit, max(newest, self.seen), name) if edit else None
        edit = make(self._editor([each.decision for each in log if each not in unseen]))
        if edit is None:
            return None
        holds = {each.id for each in standing(each.decision for each in log)}
        against = [each.seq for each in unseen if each.decision.id in holds and self._contest(edit, each.decision)]
        return self._say(edit, min(against) - 1 if against else newest, name)

    def _say(self, edit: Edit, revision: int, name: str) -> Stored | Conflict:
        return self.desk.say(edit, self.reviewer, self.letter, self.rendering, id=name, revision=revision)

    def _editor(self, seen: list[Decision]) -> Editor:
        """Makes edits of the state without what the reviewer has not seen."""
        texts = self.desk.texts(self.letter, self.rendering)
        mine = (each for each in standing(seen) if each.layer in TOGETHER)
        state = replay(self.desk.automatic(self.letter, self.rendering), mine, texts.source, texts.target)
        return Editor(part_of_alignment(state.alignment), texts.source, texts.target)

    def _contest(self, edit: Edit, theirs: Decision) -> bool:
        mine = self.desk.decision(edit, self.reviewer, self.letter, self.rendering)
        return theirs.layer == SHARED and bool(contesting(mine, [theirs]))
