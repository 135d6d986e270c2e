"""What reviewers said of one rendering, out of the log: errors, scores, verdicts, comments, and how far the work is.

Everything has its place in today's texts; what has lost it is in `orphans`, with the reason. Annotations and scores
stay each reviewer's own; `published` is what holds after adjudication.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from aligner.errors import AlignerError
from aligner.model import Document, Quoted, Segment
from aligner.review.anchoring import located
from aligner.review.annotations import ErrorAnnotation
from aligner.review.decisions import Decision, Kind
from aligner.review.payloads import said
from aligner.review.replay import Orphaned
from aligner.review.said import Adjudication, Assignment, Comment, Emended, Mark, Score, Suggestion, Verdict, Work

Value = TypeVar("Value")

DONE = "done"
FINISHED = frozenset({DONE, "skipped"})
"""States of work after which nothing is left to be done."""

_HELD = {True: "accepted", False: "dismissed"}


@dataclass(frozen=True, slots=True)
class Texts:
    """The decoded texts of today: the letter's document and the article's, with their SHA-256."""

    source: str
    target: str
    source_sha256: str
    target_sha256: str

    @classmethod
    def of(cls, source: Document, target: Document) -> Texts:
        """Those of the letter's document and the article's."""
        return cls(source.text, target.text, source.text_sha256, target.text_sha256)


@dataclass(frozen=True)
class Judgements:
    """Each value with the decision that said it, in the order of the log; later words of one reviewer replace
    earlier ones where only one can hold (a score, a verdict, a state). `replaced` has the ids of such two."""

    errors: tuple[tuple[Decision, Mark], ...] = ()
    verdicts: tuple[tuple[Decision, Verdict], ...] = ()
    scores: tuple[tuple[Decision, Score], ...] = ()
    comments: tuple[tuple[Decision, Comment], ...] = ()
    suggestions: tuple[tuple[Decision, Suggestion], ...] = ()
    emendations: tuple[tuple[Decision, Emended], ...] = ()
    work: tuple[tuple[Decision, Work], ...] = ()
    adjudications: tuple[tuple[Decision, Adjudication], ...] = ()
    assigned: tuple[str, ...] = ()
    orphans: tuple[Orphaned, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()

    def annotations(self, reviewer: str | None = None) -> tuple[ErrorAnnotation, ...]:
        """Errors that reviewers marked, and findings they accepted; of one reviewer if named."""
        return tuple(m.annotation(d) for d, m in self._marks() if reviewer in (None, d.reviewer))

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who marked, scored or judged a finding, by name."""
        every = (*self.errors, *self.verdicts, *self.scores)
        return tuple(sorted({decision.reviewer for decision, _ in every}))

    def published(self) -> tuple[ErrorAnnotation, ...]:
        """Errors after adjudication: what was settled gives way to its outcome, the rest stays."""
        settled = {name for _, each in self.adjudications for name in each.settles}
        left = tuple(mark.annotation(decision) for decision, mark in self._marks() if decision.id not in settled)
        outcomes = ((decision, _outcome(each)) for decision, each in self.adjudications if decision.id not in settled)
        return left + tuple(mark.annotation(decision) for decision, mark in outcomes if mark)

    def finished(self, sentence: Quoted | Segment, reviewer: str) -> bool:
        """Whether a reviewer need not look at a sentence any more: they called it done or skipped, or, if they said
        nothing of it alone, the whole rendering. In whatever layer they did: earlier programs used the shared one."""
        states = {
            value.sentence and (value.sentence.start, value.sentence.end): value.state
            for decision, value in self.work
            if decision.reviewer == reviewer
        }
        return states.get((sentence.start, sentence.end), states.get(None)) in FINISHED

    def findings(self) -> dict[str, str]:
        """What holds of each finding that was judged, after adjudication: `accepted`, `dismissed` or `disputed`."""
        settled = {name for _, each in self.adjudications for name in each.settles}
        said: dict[str, set[bool]] = {}
        for decision, verdict in self.verdicts:
            if decision.id not in settled:
                said.setdefault(verdict.finding, set()).add(verdict.accepted)
        about = {decision.id: {verdict.finding} for decision, verdict in self.verdicts}
        for decision, ruling in self.adjudications:
            # One about an earlier adjudication is about what that one settled.
            about[decision.id] = set().union(*(about.get(each, ()) for each in ruling.settles))
            if decision.id not in settled:
                said |= {name: {_outcome(ruling) is not None} for name in about[decision.id]}
        return {name: "disputed" if len(held) > 1 else _HELD[held == {True}] for name, held in said.items()}

    def _marks(self) -> list[tuple[Decision, Mark]]:
        accepted = [(decision, verdict.mark) for decision, verdict in self.verdicts if verdict.mark]
        return sorted([*self.errors, *accepted], key=lambda pair: pair[0].time)


def _outcome(settled: Adjudication) -> Mark | None:
    outcome = settled.outcome
    return outcome if isinstance(outcome, Mark) else outcome.mark if isinstance(outcome, Verdict) else None


def judgements(decisions: Iterable[Decision], texts: Texts) -> Judgements:
    """What standing decisions about one rendering say; those of kind `replace` are `replay`'s and passed over.

    A decision whose payload is faulty, or whose places are gone, is in `orphans`.
    """
    table = _Table()
    for decision in decisions:
        if decision.kind is Kind.REPLACE:
            continue
        try:
            value = said(decision)
            if value is not None:
                table.add(decision, _placed(value, decision, texts))
        except AlignerError as fault:
            table.orphans.append(Orphaned(decision, fault.what))
    return table.judgements()


@dataclass
class _Table:
    """Values by what they are about, so that a later one takes the place of an earlier one."""

    rows: dict[type, dict[object, tuple[Decision, object]]] = field(default_factory=dict)
    assigned: dict[str, tuple[Decision, bool]] = field(default_factory=dict)
    orphans: list[Orphaned] = field(default_factory=list)
    replaced: list[tuple[str, str]] = field(default_factory=list)

    def add(self, decision: Decision, value: object) -> None:
        if isinstance(value, Assignment):
            self._instead(self.assigned.get(value.reviewer), decision)
            self.assigned[value.reviewer] = (decision, value.assigned)
            return
        row = self.rows.setdefault(type(value), {})
        if isinstance(value, Mark) and value.replaces:
            old = row.get(value.replaces)
            if old is not None and old[0].reviewer == decision.reviewer:
                self._instead(row.pop(value.replaces), decision)
        key = _about(decision, value)
        self._instead(row.pop(key, None), decision)
        row[key] = (decision, value)

    def _instead(self, old: tuple[Decision, object] | None, new: Decision) -> None:
        if old is not None:
            self.replaced.append((old[0].id, new.id))

    def judgements(self) -> Judgements:
        return Judgements(
            self._of(Mark),
            self._of(Verdict),
            self._of(Score),
            self._of(Comment),
            self._of(Suggestion),
            self._of(Emended),
            self._of(Work),
            self._of(Adjudication),
            tuple(sorted(name for name, (_, yes) in self.assigned.items() if yes)),
            tuple(self.orphans),
            tuple(self.replaced),
        )

    def _of(self, kind: type[Value]) -> tuple[tuple[Decision, Value], ...]:
        return tuple(
            (decision, value) for decision, value in self.rows.get(kind, {}).values() if isinstance(value, kind)
        )


def _about(decision: Decision, value: object) -> object:
    """What only one word can hold about: a later decision with the same key replaces the earlier."""
    if isinstance(value, Verdict):
        return decision.reviewer, value.finding
    if isinstance(value, Score | Work):
        return decision.reviewer, value.sentence and (value.sentence.start, value.sentence.end)
    if isinstance(value, Emended):
        return value.emendation.start, value.emendation.end
    return decision.id


def _placed(value: Value, decision: Decision, texts: Texts) -> Value:
    """`value` with its spans where they stand today. Raises AlignerError when one stands nowhere."""

    def source(quoted: Quoted) -> Quoted:
        return located(quoted, decision.source_sha256, texts.source_sha256, texts.source)

    def target(quoted: Quoted) -> Quoted:
        return located(quoted, decision.target_sha256, texts.target_sha256, texts.target)

    if isinstance(value, Mark | Comment | Suggestion):
        return replace(value, source=tuple(map(source, value.source)), target=tuple(map(target, value.target)))
    if isinstance(value, Verdict):
        return replace(value, mark=_placed(value.mark, decision, texts)) if value.mark else value
    if isinstance(value, Score | Work):
        return replace(value, sentence=source(value.sentence)) if value.sentence else value
    if isinstance(value, Emended):
        return replace(value, emendation=source(value.emendation))
    if isinstance(value, Adjudication) and value.outcome is not None:
        return replace(value, outcome=_placed(value.outcome, decision, texts))
    return value
