"""How far the work is, who does it, and what holds where reviewers differ."""

from __future__ import annotations

from typing import Annotated

import typer

from aligner.cli.console import print_json, printable
from aligner.cli.review.commands import at_desk, on_rendering
from aligner.cli.review.judging import Category, Comment, Correction, SentenceOption, Severity
from aligner.cli.review.lines import link_line
from aligner.cli.review.options import DatabaseOption, JsonOption, Sitting
from aligner.cli.review.spot import Spot
from aligner.errors import AlignerError


@on_rendering
def work(
    here: Spot,
    *,
    state: Annotated[str, typer.Argument(metavar="STATE", help="open, in_work, done or skipped.")],
    sentence: SentenceOption = None,
) -> None:
    """Say how far a rendering, or one sentence of it, is."""
    from aligner.review.said import Work

    here.decide(Work(state, here.sentence(sentence)))


@on_rendering
def assign(
    here: Spot,
    *,
    to: Annotated[str, typer.Argument(metavar="REVIEWER", help="Who is to review it.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take it from them instead.")] = False,
) -> None:
    """Assign a rendering to a reviewer: `next` shows them theirs first."""
    from aligner.review.said import Assignment

    to = to.strip()
    assigned = here.at.desk.judgements(here.letter, here.rendering).assigned
    if (to in assigned) != remove:
        what = f"is not assigned to {to}" if remove else f"is assigned to {to} already"
        raise AlignerError(what, where=here.rendering, hint=f"assigned: {', '.join(assigned) or 'nobody'}")
    here.decide(Assignment(to, not remove))


def people(database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List who reviews: their role, since when they are known, and how many decisions are theirs."""
    from collections import Counter

    from aligner.store import open_store

    with open_store(database) as store:
        counts = Counter(each.decision.reviewer for each in store.decisions())
        known = store.reviewers()
    if as_json:
        rows = [{"name": e.name, "role": e.role, "since": e.added, "decisions": counts[e.name]} for e in known]
        print_json({"reviewers": rows})
        return
    for each in known:
        print(f"{printable(each.name)}: {each.role}, since {each.added[:10]}, decisions {counts[each.name]}")
    if not known:
        print("nobody has decided anything yet")


@at_desk
def adjudicate(
    at: Sitting,
    *,
    decisions: Annotated[list[str], typer.Argument(metavar="DECISION...", help="Numbers of the decisions it settles.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    take: Annotated[str | None, typer.Option(metavar="DECISION", help="This one holds.")] = None,
    none: Annotated[bool, typer.Option("--none", help="None of them holds.")] = False,
    category: Category = None,
    severity: Severity = None,
    comment: Comment = None,
    correction: Correction = None,
    score: Annotated[float | None, typer.Option(metavar="VALUE", help="This score holds.")] = None,
) -> None:
    """Say what holds where reviewers differ: one of their decisions, a changed one, or none.

    The decisions themselves stay as they are.
    """
    from aligner.pipeline.places import decision
    from aligner.pipeline.settling import adjudicate as settle
    from aligner.pipeline.settling import outcome_of, with_changes

    holds = take is not None or score is not None or category is not None or severity is not None
    if none and holds:
        raise AlignerError("--none says that nothing holds, and another option that something does", hint="give one")
    if not none and not holds:
        raise AlignerError(
            "it is not said what holds", hint="give --take, --none, --score, or --category and --severity"
        )
    log = at.desk.store.decisions()
    about = [decision(log, each).decision for each in decisions]
    outcome = None
    if not none:
        first = decision(log, take).decision if take is not None else about[0]
        if first not in about:
            raise AlignerError(
                f"{take} is not among the decisions that are settled", hint="name it too, or take another"
            )
        outcome = with_changes(
            at.desk, outcome_of(at.desk, first), score, category=category, severity=severity, comment=comment,
            correction=correction,
        )  # fmt: skip
    at.told(settle(at.desk, at.reviewer, about, outcome, reason))


@on_rendering
def publish(
    here: Spot,
    *,
    of: Annotated[str, typer.Option("--of", metavar="REVIEWER", help="Whose own layer it is.")],
    yes: Annotated[bool, typer.Option("--yes", help="Also where it takes back links that were confirmed.")] = False,
) -> None:
    """Adjudicate alignments: make one reviewer's own layer the published alignment."""
    from aligner.pipeline.settling import layer_edit, publish_layer

    at = here.at
    edit, lost = layer_edit(at.desk, here.letter, here.rendering, of)
    if not lost or yes:
        at.told(publish_layer(at.desk, at.reviewer, here.letter, here.rendering, edit))
        return
    if at.as_json:
        print_json({"published": False, "change": edit.payload()})
    else:
        print(f"{printable(here.rendering)}: this would take back what is confirmed; nothing changed, --yes does it")
        print("\n".join(f"  {link_line(bead)}" for bead in lost))
    raise typer.Exit(1)
