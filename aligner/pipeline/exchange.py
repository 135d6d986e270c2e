"""Decisions of another database, line by line as JSON Lines, into this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.corpus import Corpus
from aligner.errors import AlignerError, DocumentError
from aligner.review.conflicts import contesting
from aligner.review.decisions import WHOLE, Decision, Kind, loads
from aligner.review.history import check_spans, standing
from aligner.review.payloads import said
from aligner.store import Conflict, Store
from aligner.store.rows import row_of

STORED, KNOWN, PARKED, REFUSED, LEFT_OUT = "stored", "known", "parked", "refused", "left out"
SETTLES = "settles"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line of a file: its number, the decision's id (if it could be read), and why."""

    number: int
    id: str
    state: str
    reason: str = ""


def take_in(corpus: Corpus, store: Store, text: str, where: str) -> tuple[Line, ...]:
    """Append the decisions of JSON Lines to the store, each event once; all in one transaction.

    If a line is refused, nothing is stored, and what could have been is `left out`. Revisions count
    in the database where a decision was made; here its author counts as having seen what stands before it in the
    file, and what it contradicts besides is parked. Raises StoreError.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    log = [each.decision for each in store.decisions()]
    here = {each.id: each for each in log} | {each.decision.id: each.decision for each in store.parked()}
    waiting = {each.decision.id for each in store.parked()}
    report: list[Line] = []
    fresh: list[Decision] = []
    future = list(log)
    seen: set[str] = set()
    for number, line in lines:
        try:
            (given,) = loads(line, f"{where}, line {number}")
            state = _state(corpus, given, here, waiting)
        except AlignerError as fault:
            report.append(Line(number, "", REFUSED, fault.what))
            continue
        if state == STORED:
            new, contested = _translated(given, future, seen, waiting)
            fresh.append(new)
            here[new.id] = new
            if not contested:
                future.append(new)
        seen.add(given.id)
        report.append(Line(number, given.id, state))
    if any(each.state == REFUSED for each in report):
        return tuple(replace(each, state=LEFT_OUT) if each.state == STORED else each for each in report)
    parked = {each.mine.decision.id for each in store.append_all(fresh) if isinstance(each, Conflict)}
    return tuple(replace(each, state=PARKED) if each.id in parked else each for each in report)


def _state(corpus: Corpus, given: Decision, here: dict[str, Decision], waiting: set[str]) -> str:
    """What is to become of a decision. Raises AlignerError for one that is refused."""
    said(given)
    if given.kind is Kind.REATTACH:
        check_spans(given)
    row_of(given, given.time)
    entry = corpus.entry(given.letter)
    if given.rendering != WHOLE:
        corpus.rendering(entry.id, given.rendering)
    known = here.get(given.id)
    if known is None:
        return STORED
    if _words(known) != _words(given):
        raise AlignerError(f"another decision of {known.reviewer} has the id {given.id}")
    return PARKED if given.id in waiting else KNOWN


def _words(decision: Decision) -> Decision:
    """The decision without what means something only in its own database."""
    payload = {key: value for key, value in decision.payload.items() if key != SETTLES}
    return replace(decision, revision=0, payload=payload)


def _translated(given: Decision, log: Sequence[Decision], seen: set[str], waiting: set[str]) -> tuple[Decision, bool]:
    """The decision with a revision of this database, without `settles` where what it settled is not here; and whether
    it contradicts what its author has not seen."""
    unseen = [each for each in standing(log) if each.id not in seen]
    against = {each.id for each in contesting(given, unseen)}
    position = {each.id: number for number, each in enumerate(log)}
    revision = min((position[name] for name in against), default=len(log))
    payload = given.payload
    if payload.get(SETTLES) not in waiting:
        payload = {key: value for key, value in payload.items() if key != SETTLES}
    return replace(given, revision=revision, payload=payload), bool(against)


def read(file: Path) -> str:
    """The text of a file of decisions. Raises DocumentError."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise DocumentError(f"cannot be read: {fault.strerror}", where=str(file), hint="name an export") from fault
    except UnicodeDecodeError as fault:
        raise DocumentError("is not UTF-8", where=str(file), hint="give the file as it was exported") from fault
