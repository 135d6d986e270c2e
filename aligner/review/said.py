"""What a decision says, kind by kind, as frozen values that refuse to be wrong.

Spans of `source` are in the letter's document, of `target` in the article's; code points, end exclusive. What changes
an alignment is an `edits.Edit`. `payloads` writes these into decisions and reads them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from aligner.errors import AlignerError
from aligner.model import Quoted
from aligner.review.annotations import ErrorAnnotation
from aligner.review.decisions import Decision
from aligner.review.edits import Edit

Quotes = tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An error: where, which category and severity of which version of a typology; see `ErrorAnnotation`.

    `replaces` names the reviewer's decision that this one corrects.
    """

    typology: str
    version: str
    category: str
    severity: str
    target: Quotes = ()
    source: Quotes = ()
    comment: str = ""
    correction: str | None = None
    replaces: str | None = None

    def annotation(self, decision: Decision) -> ErrorAnnotation:
        """The error annotation that this makes; raises AlignerError for overlapping spans or none."""
        return ErrorAnnotation(
            decision.id,
            decision.reviewer,
            decision.rendering,
            self.typology,
            self.version,
            self.category,
            self.severity,
            self.target,
            self.source,
            self.comment,
            self.correction,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer says of a finding: accepted as the error `mark` (changed or not), or dismissed with a reason."""

    finding: str
    check: str
    mark: Mark | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.mark is None and not self.reason.strip():
            raise AlignerError("a finding is dismissed without a reason", hint="say why it is no error")

    @property
    def accepted(self) -> bool:
        """Whether it became an error."""
        return self.mark is not None


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100 for one sentence of the letter (its span), or for the whole rendering (`sentence` None)."""

    score: float
    sentence: Quoted | None = None

    def __post_init__(self) -> None:
        if isinstance(self.score, bool) or not isinstance(self.score, int | float) or not math.isfinite(self.score):
            raise AlignerError(f"score {self.score!r} is not a number", hint="give one from 0 to 100")
        if not 0 <= self.score <= 100:
            raise AlignerError(f"score {self.score} is not between 0 and 100", hint="0 nothing kept, 100 perfect")


@dataclass(frozen=True, slots=True)
class Comment:
    """Words about places, about another decision or a finding (`about`: its id), or about the whole rendering."""

    text: str
    target: Quotes = ()
    source: Quotes = ()
    about: str | None = None

    def __post_init__(self) -> None:
        _said(self.text, "comment")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A better translation of these stretches of the article."""

    text: str
    target: Quotes
    source: Quotes = ()

    def __post_init__(self) -> None:
        _said(self.text, "suggestion")
        if not self.target and not self.source:
            raise AlignerError("a suggestion for no place", hint="name the stretch that it would replace")


@dataclass(frozen=True, slots=True)
class Emended:
    """Whether an emendation of the letter's reading text holds: this stretch of the witness reads `replacement`."""

    emendation: Quoted
    replacement: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Work:
    """How far a sentence (its span in the letter), or the rendering, is: `open`, `in_work`, `done`, `skipped`."""

    state: str
    sentence: Quoted | None = None

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise AlignerError(f"unknown state {self.state!r}", hint=f"known: {', '.join(STATES)}")


STATES = ("open", "in_work", "done", "skipped")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to review the rendering, or is no longer (`assigned` false)."""

    reviewer: str
    assigned: bool = True

    def __post_init__(self) -> None:
        _said(self.reviewer, "assignment")


@dataclass(frozen=True, slots=True)
class Adjudication:
    """A disagreement settled: the decisions it is about stay as they are, `outcome` is what holds of them.

    `outcome` is an error, a score, a verdict on a finding, or None: nothing of it holds. In a payload they stand under
    `about`: `settles` there names a parked decision, whatever the kind.
    """

    settles: tuple[str, ...]
    outcome: Mark | Score | Verdict | None
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.settles:
            raise AlignerError("an adjudication that settles nothing", hint="name the decisions it is about")


Said = Edit | Mark | Verdict | Score | Comment | Suggestion | Emended | Work | Assignment | Adjudication


def _said(text: str, what: str) -> None:
    if not text.strip():
        raise AlignerError(f"an empty {what}")
