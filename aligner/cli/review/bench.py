"""One rendering of one layer, laid out to be corrected."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.cli.review.options import Layer, Sitting, sitting

if TYPE_CHECKING:
    from aligner.model import Alignment, Quoted
    from aligner.pipeline.correcting import Correcting
    from aligner.review.edits import Edit, Editor
    from aligner.review.parts import Bead
    from aligner.store import Conflict, Stored


@dataclass(frozen=True)
class Bench:
    """One rendering of one layer, to be corrected."""

    at: Sitting
    letter: str
    name: str
    layer: Layer
    seen: int | None
    alignment: Alignment
    editor: Editor

    def link(self, name: str) -> Bead:
        """A link by its id."""
        from aligner.pipeline.places import link

        return link(self.alignment, name)

    def source(self, places: Sequence[str] | None) -> list[Quoted]:
        """Places of the letter."""
        from aligner.pipeline.places import source_words

        return [source_words(self.at.desk.corpus, self.letter, self.alignment, each) for each in places or ()]

    def target(self, places: Sequence[str] | None) -> list[Quoted]:
        """Places of the rendering."""
        from aligner.pipeline.places import target_words

        return [target_words(self.editor.target, self.alignment, each) for each in places or ()]

    def do(self, edit: Edit) -> None:
        """Store an edit and print what it changed; exit with 1 for a conflict."""
        layer = self.at.layer(self.layer)
        answer: Stored | Conflict | None
        if self.seen is None:
            answer = self.at.desk.say(edit, self.at.reviewer, self.letter, self.name, layer=layer)
        else:
            place = looking(self.at, self.letter, self.name, self.layer, self.seen)
            answer = place.correct(lambda _: edit, uuid.uuid4().hex)
        after = self.at.desk.state(self.letter, self.name, layer_seen(self.at, self.layer)).alignment
        if answer is not None:
            self.at.told(answer, self.alignment, after)


def looking(at: Sitting, letter: str, name: str, layer: Layer, seen: int) -> Correcting:
    """Corrections of who looked at revision `seen`."""
    from aligner.pipeline.correcting import Correcting

    return Correcting(at.desk, letter, name, at.reviewer, seen, layer=at.layer(layer))


def layer_seen(at: Sitting, layer: Layer) -> str | None:
    """The layer whose state is shown: what is published, unless it is one's own."""
    return at.layer(layer) if layer is Layer.OWN else None


@contextmanager
def bench(
    *,
    rendering: str,
    layer: Layer,
    seen: int | None,
    corpus: Path | None,
    database: str | None,
    reviewer: str | None,
    as_json: bool,
) -> Iterator[Bench]:
    """The rendering that a command corrects."""
    from aligner.pipeline.places import rendering_place

    with sitting(corpus=corpus, database=database, reviewer=reviewer, as_json=as_json) as at:
        letter, name = rendering_place(at.desk.corpus, rendering)
        if seen is None or seen >= at.desk.store.revision():
            state = at.desk.state(letter, name, layer_seen(at, layer)).alignment
            editor = at.desk.editor_of(state)
        else:  # ids of links and segments are those that the author saw, whatever was made of them since
            place = looking(at, letter, name, layer, seen)
            state, editor = place.then(), place.editor_of_seen()
        yield Bench(at, letter, name, layer, seen, state, editor)
