"""One reviewer's corrections in a row: each on the state that its author sees, their own words before it included.

A page sends what was done before it has heard the answer to what was done a moment ago. So a decision says that its
author saw everything up to a revision, and besides every word of their own since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from aligner.errors import AlignerError
from aligner.model import Alignment
from aligner.pipeline.reviewing import Desk
from aligner.review.conflicts import contesting
from aligner.review.decisions import Decision, Kind
from aligner.review.edits import Edit, Editor
from aligner.review.ground import Ground
from aligner.review.history import standing
from aligner.review.layers import OWN, SHARED, TOGETHER
from aligner.review.replay import replay
from aligner.store import Conflict, Stored

MOST_KEPT = 200
"""So many states are remembered of a rendering: of two that follow each other, all but the changed links is shared."""


@dataclass
class States:
    """States of a rendering that a session came by, each by the corrections that make it; the one of now at `count`.

    Undo and redo lead to one of them as a rule, and reading a long alignment takes a third of a second.
    """

    count: int
    now: tuple[str, ...]
    known: dict[tuple[str, ...], Editor]

    def take(self, count: int, name: tuple[str, ...], editor: Editor) -> None:
        """`editor` makes edits of the state after `count` decisions, of which those of `name` hold."""
        self.count, self.now = count, name
        self.known.pop(name, None)
        self.known[name] = editor
        if len(self.known) > MOST_KEPT:
            del self.known[next(iter(self.known))]


Kept = dict[str, States]
"""By rendering."""


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
    layer: str = SHARED

    def editor(self) -> Editor:
        """Makes edits of the layer as it is now; kept until somebody decides something about this rendering."""
        return self._now(self._count())

    def then(self) -> Alignment:
        """The layer as it was at revision `seen`."""
        log = self.desk.store.decisions(self.letter, self.rendering)
        return self._state([each.decision for each in log if each.seq <= self.seen])

    def editor_of_seen(self) -> Editor:
        """Makes edits of what the reviewer sees: the layer at revision `seen` with their own words since."""
        log = self.desk.store.decisions(self.letter, self.rendering)
        return self.desk.editor_of(self._state([each.decision for each in log if not self._unseen(each)]))

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
        store, count = self.desk.store, self._count()
        since = store.decisions(self.letter, self.rendering, after=self.seen)
        newest = since[-1].seq if since else self.seen
        unseen = [each for each in since if self._unseen(each)]
        if not unseen:
            editor = self._now(count)
            edit = make(editor)
            answer = self._say(edit, newest, name) if edit else None
            if edit and isinstance(answer, Stored):
                self._keep(count + 1, editor, edit, name)
            return answer
        edit = make(self.editor_of_seen())
        if edit is None:
            return None
        log = store.decisions(self.letter, self.rendering)
        holds = {each.id for each in standing(each.decision for each in log)}
        against = [each.seq for each in unseen if each.decision.id in holds and self._contest(edit, each.decision)]
        return self._say(edit, min(against) - 1 if against else newest, name)

    @property
    def _layers(self) -> frozenset[str]:
        return frozenset({self.layer}) if self.layer.startswith(OWN) else TOGETHER

    def _count(self) -> int:
        return self.desk.store.count(self.letter, self.rendering)

    def _unseen(self, stored: Stored) -> bool:
        return stored.seq > self.seen and stored.decision.reviewer != self.reviewer

    def _now(self, count: int) -> Editor:
        kept = self.kept.setdefault(self.rendering, States(-1, (), {}))
        if kept.count != count:
            name = self._corrections()
            layer = self.layer if self.layer.startswith(OWN) else None
            found = kept.known.get(name) or self.desk.editor(self.letter, self.rendering, layer)
            kept.take(count, name, found)
        return kept.known[kept.now]

    def _corrections(self) -> tuple[str, ...]:
        """What makes the state of now: the corrections that hold, and those that got new spans meanwhile."""
        log = [each.decision for each in self.desk.store.decisions(self.letter, self.rendering)]
        held = (each.id for each in standing(log) if each.kind is Kind.REPLACE and each.layer in self._layers)
        return (*held, *(each.id for each in log if each.kind is Kind.REATTACH))

    def _keep(self, count: int, editor: Editor, edit: Edit, name: str) -> None:
        """Go on from the state after `edit`, as a replay of it does; where it does not simply fit, read it anew."""
        ground, kept = Ground(editor.part), self.kept[self.rendering]
        if ground.exchange(edit.before, edit.after):
            kept.take(count, (*kept.now, name), replace(editor, part=ground.part))

    def _say(self, edit: Edit, revision: int, name: str) -> Stored | Conflict:
        place = (self.letter, self.rendering)
        return self.desk.say(edit, self.reviewer, *place, layer=self.layer, id=name, revision=revision)

    def _state(self, seen: list[Decision]) -> Alignment:
        """What these decisions of the log make of the layer."""
        texts = self.desk.texts(self.letter, self.rendering)
        theirs = (each for each in standing(seen) if each.layer in self._layers)
        automatic = self.desk.automatic(self.letter, self.rendering)
        return replay(automatic, theirs, texts.source, texts.target).alignment

    def _contest(self, edit: Edit, theirs: Decision) -> bool:
        mine = self.desk.decision(edit, self.reviewer, self.letter, self.rendering)
        return bool(contesting(replace(mine, layer=self.layer), [theirs]))
