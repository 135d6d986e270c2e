"""Decisions of another database, line by line as JSON Lines, into this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from aligner.corpus import Corpus
from aligner.errors import AlignerError, DocumentError
from aligner.model import Document
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.states import EVERY
from aligner.review.conflicts import CONTESTABLE, contesting
from aligner.review.decisions import REFERRING, WHOLE, Decision, Kind, loads
from aligner.review.history import check_spans, standing
from aligner.review.payloads import said
from aligner.store import Conflict, Store
from aligner.store.rows import row_of

STORED, KNOWN, PARKED, REFUSED, LEFT_OUT = "stored", "known", "parked", "refused", "left out"
SETTLES = "settles"

Place = tuple[str, str, str]
"""A layer: letter, rendering, and its name."""


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line of a file: its number, the decision's id (if it could be read), and why."""

    number: int
    id: str
    state: str
    reason: str = ""


def take_in(corpus: Corpus | None, store: Store, text: str, where: str) -> tuple[Line, ...]:
    """Append the decisions of JSON Lines to the store, each event once; all in one transaction.

    If a line is refused, nothing is stored, and what could have been is `left out`. Revisions count
    in the database where a decision was made; here its author counts as having seen what stands before it in the
    file, and what it contradicts besides is parked. Without a corpus letters and renderings may be any. Raises
    StoreError.
    """
    here = _Here.of(store)
    report: list[Line] = []
    fresh: list[Decision] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            (given,) = loads(line, f"{where}, line {number}")
            _check(corpus, given)
            known = here.knows(given)
        except AlignerError as fault:
            report.append(Line(number, "", REFUSED, fault.what))
            continue
        if not known:
            fresh.append(here.take(given))
        here.see(given)
        report.append(Line(number, given.id, KNOWN if known else STORED, here.parked.get(given.id, "")))
    if any(each.state == REFUSED for each in report):
        return tuple(replace(each, state=LEFT_OUT) if each.state == STORED else each for each in report)
    desk = Desk(corpus, store) if corpus else None
    answers = store.append_all(fresh, _named(desk, fresh) if desk else ())
    parked = {each.mine.decision.id for each in answers if isinstance(each, Conflict)}
    if desk:
        _keep_states(desk, fresh)
    return tuple(replace(each, state=PARKED) if each.state == STORED and each.id in parked else each for each in report)


def _named(desk: Desk, fresh: Sequence[Decision]) -> tuple[Document, ...]:
    """The documents of the corpus that decisions refer to, where they are still the same."""
    found: dict[str, Document] = {}
    for place in sorted({(each.letter, each.rendering) for each in fresh}):
        with suppress(AlignerError):  # a document that is not there now
            found |= {document.name: document for document in desk.documents(*place)}
    hashes = {sha256 for each in fresh for sha256 in (each.source_sha256, each.target_sha256)}
    return tuple(each for each in found.values() if each.text_sha256 in hashes)


def _keep_states(desk: Desk, fresh: Sequence[Decision]) -> None:
    """Read what long logs give once, so that nobody waits for it at a page."""
    counts = Counter((each.letter, each.rendering) for each in fresh if each.kind is Kind.REPLACE)
    for place, count in counts.items():
        if count >= EVERY:
            with suppress(AlignerError):  # not aligned yet, or from other documents: told where it is read
                desk.state(*place)


def _check(corpus: Corpus | None, given: Decision) -> None:
    """Raises AlignerError for a decision that is refused by itself."""
    said(given)
    if given.kind is Kind.REATTACH:
        check_spans(given)
    row_of(given, given.time)
    if corpus is not None:
        entry = corpus.entry(given.letter)
        if given.rendering != WHOLE:
            corpus.rendering(entry.id, given.rendering)


@dataclass
class _Here:
    """What the database holds, and will hold with the lines that were taken.

    `parked` says of what waits under which number; `places` are the decisions of each layer, `numbers` theirs;
    `others` are ids of the decisions in a layer that no line of the file has been, and `unseen` those of them that
    stand, kept until somebody takes one back, for a file is read in one go.
    """

    known: dict[str, Decision]
    parked: dict[str, str]
    numbers: dict[str, int]
    newest: int
    places: dict[Place, list[Decision]] = field(default_factory=dict)
    others: dict[Place, set[str]] = field(default_factory=dict)
    unseen: dict[Place, dict[str, Decision]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> _Here:
        log, parked = store.decisions(), store.parked()
        known = {each.id: each for each in (*(e.decision for e in log), *(e.decision for e in parked))}
        waiting = {each.decision.id: f"parked as p{each.number}" for each in parked}
        numbers = {each.decision.id: each.seq for each in log}
        here = cls(known, waiting, numbers, log[-1].seq if log else 0)
        for each in log:
            here.places.setdefault(_place(each.decision), []).append(each.decision)
            here.others.setdefault(_place(each.decision), set()).add(each.decision.id)
        return here

    def see(self, given: Decision) -> None:
        """A line of the file was this decision: whoever wrote the next one has seen it."""
        self.others.get(_place(given), set()).discard(given.id)
        self.unseen.get(_place(given), {}).pop(given.id, None)

    def _contested(self, given: Decision) -> tuple[Decision, ...]:
        place = _place(given)
        if given.kind not in CONTESTABLE or not (others := self.others.get(place)):
            return ()
        if place not in self.unseen:
            self.unseen[place] = {each.id: each for each in standing(self.places[place]) if each.id in others}
        return contesting(given, self.unseen[place].values())

    def knows(self, given: Decision) -> bool:
        """Whether this event is there. Raises AlignerError for another decision with its id."""
        known = self.known.get(given.id)
        if known is not None and _words(known) != _words(given):
            raise AlignerError(f"another decision of {known.reviewer} has the id {given.id}")
        return known is not None

    def take(self, given: Decision) -> Decision:
        """The decision with a revision of this database, and without `settles` where what it settled is not here."""
        against = self._contested(given)
        revision = min((self.numbers[each.id] - 1 for each in against), default=self.newest)
        payload = given.payload
        if payload.get(SETTLES) not in self.parked:
            payload = {key: value for key, value in payload.items() if key != SETTLES}
        made = replace(given, revision=revision, payload=payload)
        self.known[made.id] = made
        if not against:
            self.newest += 1
            self.numbers[made.id] = self.newest
            self.places.setdefault(_place(made), []).append(made)
            if made.kind in REFERRING:
                self.unseen.pop(_place(made), None)
        return made


def _place(decision: Decision) -> Place:
    return decision.letter, decision.rendering, decision.layer


def _words(decision: Decision) -> Decision:
    """The decision without what means something only in its own database."""
    payload = {key: value for key, value in decision.payload.items() if key != SETTLES}
    return replace(decision, revision=0, payload=payload)


def read(file: Path) -> str:
    """The text of a file of decisions. Raises DocumentError."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise DocumentError(f"cannot be read: {fault.strerror}", where=str(file), hint="name an export") from fault
    except UnicodeDecodeError as fault:
        raise DocumentError("is not UTF-8", where=str(file), hint="give the file as it was exported") from fault
