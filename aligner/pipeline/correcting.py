"""One reviewer's corrections in a row: each on the state that its author sees, their own words before it included.

A page sends what was done before it has heard the answer to what was done a moment ago. So a decision says that its
author saw everything up to a revision, and besides every word of their own since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from aligner.errors import AlignerError
from aligner.pipeline.reviewing import Desk
from aligner.review.conflicts import contesting
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import Decision
from aligner.review.edits import Edit, Editor
from aligner.review.ground import Ground
from aligner.review.history import standing
from aligner.review.layers import SHARED, TOGETHER
from aligner.review.replay import replay
from aligner.store import Conflict, Stored

Kept = dict[str, tuple[int, Editor]]
"""By rendering: how many decisions about it there were, and the state that they make."""


@dataclass(frozen=True)
class Correcting:
    """Where `reviewer` corrects one rendering, having seen revision `seen` of it.

    States are remembered in `kept`, which a session gives to each of its corrections of a letter.
    """

    desk: Desk
    letter: str
    rendering: str
    reviewer: str
    seen: int
    kept: Kept = field(default_factory=dict)

    def editor(self) -> Editor:
        """Makes edits of what is published now; kept until somebody decides something about this rendering."""
        return self._now(len(self.desk.store.decisions(self.letter, self.rendering)))

    def correct(self, make: Callable[[Editor], Edit | None], name: str) -> Stored | Conflict | None:
        """Store what `make` gives for the state that the reviewer sees, under the id `name`; None for no change.

        Where it contradicts somebody else's word that came since, both are kept: the answer is a Conflict.
        The same event told twice at once (a page reloaded while it was being saved) is stored once: also None.
        Raises AlignerError for what cannot be done.
        """
        try:
            return self._correct(make, name)
        except AlignerError:
            # The other was quicker: what this one made was of the state after it, or could not be made of that.
            if self.desk.store.knows(name):
                return None
            raise

    def _correct(self, make: Callable[[Editor], Edit | None], name: str) -> Stored | Conflict | None:
        log = self.desk.store.decisions(self.letter, self.rendering)
        newest = log[-1].seq if log else 0
        unseen = [e for e in log if e.seq > self.seen and e.decision.reviewer != self.reviewer]
        if not unseen:
            editor = self._now(len(log))
            edit = make(editor)
            answer = self._say(edit, max(newest, self.seen), name) if edit else None
            if edit and isinstance(answer, Stored):
                self._keep(len(log) + 1, editor, edit)
            return answer
        edit = make(self._editor([each.decision for each in log if each not in unseen]))
        if edit is None:
            return None
        holds = {each.id for each in standing(each.decision for each in log)}
        against = [each.seq for each in unseen if each.decision.id in holds and self._contest(edit, each.decision)]
        return self._say(edit, min(against) - 1 if against else newest, name)

    def _now(self, count: int) -> Editor:
        kept = self.kept.get(self.rendering)
        if kept is None or kept[0] != count:
            kept = self.kept[self.rendering] = (count, self.desk.editor(self.letter, self.rendering))
        return kept[1]

    def _keep(self, count: int, editor: Editor, edit: Edit) -> None:
        """Go on from the state after `edit`, as a replay of it does; where it does not simply fit, read it anew."""
        ground = Ground(editor.part)
        if ground.exchange(edit.before, edit.after):
            self.kept[self.rendering] = (count, replace(editor, part=ground.part))
        else:
            self.kept.pop(self.rendering, None)

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
