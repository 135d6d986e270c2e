"""The desk of a reviewer: a corpus, the store of decisions about it, and what can be done with both."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aligner.corpus import Corpus
from aligner.encoders import Encoder
from aligner.engines import realign_article
from aligner.errors import AlignerError
from aligner.formats import LetterExport
from aligner.model import Alignment, Document, Finding, Letter
from aligner.pipeline.exporting import letter_export
from aligner.pipeline.importing import event_id
from aligner.pipeline.publishing import anchors_of, layer_for, of_layer, of_rendering, published
from aligner.pipeline.reviewed import as_reviewed
from aligner.pipeline.states import read_state
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import REFERRING, WHOLE, Decision, Kind
from aligner.review.edits import Action, Edit, Editor, difference
from aligner.review.history import redoable, standing, undoable
from aligner.review.judgements import Judgements, Texts, judgements
from aligner.review.layers import PUBLISHED, SHARED, TOGETHER
from aligner.review.parts import Part
from aligner.review.payloads import KINDS, payload_of
from aligner.review.replay import Replayed
from aligner.review.said import Said
from aligner.store import Conflict, Store, Stored

Reachable = Callable[[Iterable[Decision], str, str], tuple[Decision, ...]]
"""What a reviewer can undo, or redo, in a layer; the last of them is next."""


@dataclass(frozen=True)
class Realigned:
    """What an engine would make around a reviewer's word; `edit` is the change, None when there is none."""

    alignment: Alignment
    edit: Edit | None


@dataclass(frozen=True)
class Desk:
    """A corpus and the store of decisions about it."""

    corpus: Corpus
    store: Store

    def log(self, letter_id: str) -> tuple[Decision, ...]:
        """Every decision about a letter and its renderings, in order. Raises UnknownNameError."""
        return tuple(stored.decision for stored in self.store.decisions(self.corpus.entry(letter_id).id))

    def letter(self, letter_id: str) -> Letter:
        """The letter with its reading text as reviewers left it. Raises what `Corpus.letter` raises."""
        log = self.store.decisions(letter_id, WHOLE, kinds=REFERRING | {Kind.EMENDATION})
        return as_reviewed(self.corpus, letter_id, [stored.decision for stored in log])

    def texts(self, letter_id: str, rendering: str) -> Texts:
        """The decoded texts of a rendering's two documents; for `WHOLE`, the letter's on both sides."""
        return Texts.of(*self.documents(letter_id, rendering))

    def documents(self, letter_id: str, rendering: str) -> tuple[Document, Document]:
        """The documents that a decision about a rendering refers to: the letter's and the article's, as `texts`."""
        source = self.corpus.letter(letter_id).base.document
        if rendering == WHOLE:
            return source, source
        return source, self.corpus.document(self.corpus.rendering(letter_id, rendering).document)

    def automatic(self, letter_id: str, rendering: str) -> Alignment:
        """The engine's alignment. Raises AlignerError when there is none yet."""
        found = self.corpus.automatic(letter_id, rendering)
        if found is None:
            raise AlignerError("is not aligned yet", where=f"rendering {rendering}", hint="run 'aligner build' first")
        return found

    def state(self, letter_id: str, rendering: str, layer: str | None = None) -> Replayed:
        """What is published of a rendering, or what one layer makes of it."""
        together = layer is None or layer == SHARED
        layers, name = (TOGETHER, PUBLISHED) if together else (frozenset({str(layer)}), str(layer))
        automatic, texts = self.automatic(letter_id, rendering), self.texts(letter_id, rendering)
        return read_state(self.store, automatic, texts, layers, name)

    def published(self, letter_id: str, rendering: str) -> Alignment:
        """What is published of a rendering, with the findings of the last build whose words still stand where they did.

        Raises AlignerError when it is not aligned yet.
        """
        alignment, texts = self.state(letter_id, rendering).alignment, self.texts(letter_id, rendering)
        built = self.corpus.alignment(letter_id, rendering) or self.automatic(letter_id, rendering)
        return replace(alignment, findings=tuple(each for each in built.findings if _stands(each, texts)))

    def judgements(self, letter_id: str, rendering: str) -> Judgements:
        """What reviewers said of a rendering."""
        # Corrections of the alignment say nothing here, and are the greater part of a long log.
        log = self.store.decisions(letter_id, rendering, kinds=frozenset(Kind) - {Kind.REPLACE})
        return judgements(standing(stored.decision for stored in log), self.texts(letter_id, rendering))

    def editor(self, letter_id: str, rendering: str, layer: str | None = None) -> Editor:
        """Makes edits of the state of a layer."""
        return self.editor_of(self.state(letter_id, rendering, layer).alignment)

    def editor_of(self, state: Alignment) -> Editor:
        """Makes edits of a state that was read already."""
        texts = self.texts(state.letter, state.rendering)
        return Editor(part_of_alignment(state), texts.source, texts.target)

    def say(
        self,
        value: Said,
        reviewer: str,
        letter_id: str,
        rendering: str,
        *,
        layer: str | None = None,
        revision: int | None = None,
        id: str | None = None,  # noqa: A002 - the field's name
        settles: str | None = None,
    ) -> Stored | Conflict:
        """Store what a reviewer says. `revision` is the one that was seen (now, if None), `id` the event's key.

        `settles` is the id of a parked decision that this one deals with.
        """
        payload = payload_of(value) | ({"settles": settles} if settles else {})
        place = (letter_id, rendering, layer or layer_for(value, reviewer))
        made = self._decision(KINDS[type(value)], payload, reviewer, place, revision=revision, name=id)
        return self.store.append(made, self.documents(letter_id, rendering))

    def say_imported(self, value: Said, reviewer: str, letter_id: str, rendering: str) -> str:
        """Store a word out of a file: `stored`, `known` when it was imported before, `parked` when it contradicts."""
        words = json.dumps(payload_of(value), sort_keys=True)
        name = event_id(reviewer, letter_id, rendering, KINDS[type(value)].value, words)
        if self.store.knows(name):
            return "known"
        answer = self.say(value, reviewer, letter_id, rendering, id=name)
        return "stored" if isinstance(answer, Stored) else "parked"

    def export(self, letter_id: str, renderings: Sequence[str] = ()) -> LetterExport:
        """The letter with the published alignments, as they would be exported, of those that are built.

        Raises AlignerError for one of `renderings` that is not, or where none is.
        """
        entry = self.corpus.entry(letter_id)
        wanted = [item.id for item in entry.renderings if not renderings or item.id in renderings]
        there = [name for name in wanted if self.corpus.automatic(letter_id, name) is not None]
        found = {name: self.state(letter_id, name).alignment for name in (wanted if renderings else there or wanted)}
        return letter_export(self.corpus, entry, self.letter(letter_id), found)

    def decision(self, value: Said, reviewer: str, letter_id: str, rendering: str) -> Decision:
        """What `say` would store now."""
        place = (letter_id, rendering, layer_for(value, reviewer))
        return self._decision(KINDS[type(value)], payload_of(value), reviewer, place)

    def refer(
        self,
        kind: Kind,
        decision: Decision,
        reviewer: str,
        *,
        id: str | None = None,  # noqa: A002 - the field's name
        **more: object,
    ) -> Stored | Conflict:
        """Undo, redo, retract or re-attach a decision."""
        payload = {"decision": decision.id, **more}
        place = (decision.letter, decision.rendering, decision.layer)
        made = self._decision(kind, payload, reviewer, place, name=id)
        return self.store.append(made, self.documents(*place[:2]))

    def undo(
        self,
        reviewer: str,
        letter_id: str,
        rendering: str,
        layer: str = SHARED,
        *,
        id: str | None = None,  # noqa: A002 - the field's name
    ) -> Decision | None:
        """Take back the reviewer's last standing decision about a rendering in a layer; None when there is none."""
        return self._step(Kind.UNDO, undoable, reviewer, (letter_id, rendering, layer), id)

    def redo(
        self,
        reviewer: str,
        letter_id: str,
        rendering: str,
        layer: str = SHARED,
        *,
        id: str | None = None,  # noqa: A002 - the field's name
    ) -> Decision | None:
        """Do again what the reviewer undid last; None when there is nothing."""
        return self._step(Kind.REDO, redoable, reviewer, (letter_id, rendering, layer), id)

    def _step(
        self, kind: Kind, reachable: Reachable, reviewer: str, place: tuple[str, str, str], name: str | None
    ) -> Decision | None:
        letter_id, rendering, layer = place
        open_ = reachable(of_rendering(self.log(letter_id), rendering), reviewer, layer)
        if not open_:
            return None
        self.refer(kind, open_[-1], reviewer, id=name)
        return open_[-1]

    def realigned(self, letter_id: str, rendering: str, encoder: Encoder, layer: str = SHARED) -> Realigned:
        """What the engine makes around the confirmed and rejected links; nothing is stored."""
        state = self.state(letter_id, rendering, layer)
        letter = self.letter(letter_id)
        document = self.corpus.document(self.corpus.rendering(letter_id, rendering).document)
        anchors = anchors_of(state, letter)
        made = realign_article(self.automatic(letter_id, rendering), letter, document, encoder, anchors=anchors)
        texts, log = self.texts(letter_id, rendering), self.log(letter_id)
        over = published(made, log, texts) if layer == SHARED else of_layer(made, log, texts, layer)
        before = part_of_alignment(state.alignment)
        try:
            edit = difference(before, _as_sure(part_of_alignment(over.alignment), before), Action.REALIGN)
        except AlignerError:
            edit = None
        return Realigned(over.alignment, edit)

    def _decision(
        self,
        kind: Kind,
        payload: dict[str, object],
        reviewer: str,
        place: tuple[str, str, str],
        *,
        revision: int | None = None,
        name: str | None = None,
    ) -> Decision:
        letter_id, rendering, layer = place
        texts = self.texts(letter_id, rendering)
        return Decision(
            name or uuid.uuid4().hex,
            reviewer,
            datetime.now(UTC).isoformat(timespec="milliseconds"),
            layer,
            letter_id,
            rendering,
            texts.source_sha256,
            texts.target_sha256,
            self.store.revision() if revision is None else revision,
            kind,
            payload,
        )


def _stands(finding: Finding, texts: Texts) -> bool:
    sides = ((finding.source, texts.source), (finding.target, texts.target))
    return all(text[quoted.start : quoted.end] == quoted.text for quoted, text in sides if quoted)


def _as_sure(part: Part, before: Part) -> Part:
    """`part` with the confidences of `before` where nothing else differs: they alone are no change to be taken."""
    beads = {(bead.key, bead.mode, bead.status): bead for bead in before.beads}
    gaps = {(gap.key, gap.kind): gap for gap in before.gaps}
    return replace(
        part,
        beads=tuple(beads.get((bead.key, bead.mode, bead.status), bead) for bead in part.beads),
        gaps=tuple(gaps.get((gap.key, gap.kind), gap) for gap in part.gaps),
    )
