"""How far the work is, who does it, and what holds where reviewers differ."""

from __future__ import annotations

from typing import Annotated

import typer

from aligner.cli.review.judging import Category, Comment, Correction, SentenceOption, Severity, sentence_of
from aligner.cli.review.options import (
    CorpusOption,
    DatabaseOption,
    JsonOption,
    RenderingArgument,
    ReviewerOption,
    sitting,
)
from aligner.errors import AlignerError


def work(
    rendering: RenderingArgument,
    state: Annotated[str, typer.Argument(metavar="STATE", help="open, in_work, done or skipped.")],
    sentence: SentenceOption = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how far a rendering, or one sentence of it, is."""
    from aligner.pipeline.places import rendering_place
    from aligner.review.said import Work

    with sitting(corpus, database, reviewer, as_json) as at:
        letter, name = rendering_place(at.desk.corpus, rendering)
        at.decide(Work(state, sentence_of(at, letter, name, sentence)), letter, name)


def assign(
    rendering: RenderingArgument,
    to: Annotated[str, typer.Argument(metavar="REVIEWER", help="Who is to review it.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take it from them instead.")] = False,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Assign a rendering to a reviewer: `next` shows them theirs first."""
    from aligner.pipeline.places import rendering_place
    from aligner.review.said import Assignment

    with sitting(corpus, database, reviewer, as_json) as at:
        letter, name = rendering_place(at.desk.corpus, rendering)
        at.decide(Assignment(to.strip(), not remove), letter, name)


def adjudicate(
    decisions: Annotated[list[str], typer.Argument(metavar="DECISION...", help="Numbers of the decisions it settles.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    take: Annotated[str | None, typer.Option(metavar="DECISION", help="This one holds.")] = None,
    none: Annotated[bool, typer.Option("--none", help="None of them holds.")] = False,
    category: Category = None,
    severity: Severity = None,
    comment: Comment = None,
    correction: Correction = None,
    score: Annotated[float | None, typer.Option(metavar="VALUE", help="This score holds.")] = None,
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what holds where reviewers differ: one of their decisions, a changed one, or none.

    The decisions themselves stay as they are.
    """
    from aligner.pipeline.places import decision
    from aligner.pipeline.settling import adjudicate as settle
    from aligner.pipeline.settling import outcome_of, with_changes

    if none == (take is not None or score is not None or category is not None or severity is not None):
        raise AlignerError(
            "it is not said what holds", hint="give --take, --none, --score, or --category and --severity"
        )
    with sitting(corpus, database, reviewer, as_json) as at:
        log = at.desk.store.decisions()
        about = [decision(log, each).decision for each in decisions]
        outcome = None
        if not none:
            first = decision(log, take).decision if take is not None else about[0]
            outcome = with_changes(
                outcome_of(at.desk, first), score, category=category, severity=severity, comment=comment,
                correction=correction,
            )  # fmt: skip
        at.told(settle(at.desk, at.reviewer, about, outcome, reason))


def publish(
    rendering: RenderingArgument,
    of: Annotated[str, typer.Option("--of", metavar="REVIEWER", help="Whose own layer it is.")],
    reviewer: ReviewerOption = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Adjudicate alignments: make one reviewer's own layer the published alignment."""
    from aligner.pipeline.places import rendering_place
    from aligner.pipeline.settling import publish_layer

    with sitting(corpus, database, reviewer, as_json) as at:
        letter, name = rendering_place(at.desk.corpus, rendering)
        at.told(publish_layer(at.desk, at.reviewer, letter, name, of))
