"""The decisions that `aligner build`, `aligner export` and `aligner show` replay, where there is a database of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aligner import home

if TYPE_CHECKING:
    from aligner.review.decisions import Decision
    from aligner.review.typologies import Typology

DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="DB", help="Reviewers' decisions: a file, or postgresql://USER@HOST/NAME."),
]


def stored_decisions(database: str | None) -> tuple[Decision, ...] | None:
    """The log of decisions; None when there is no database yet, which is not made then.

    One that `--database` names must exist. Nothing of the store is loaded while there is none.
    """
    if not database and not home.existing():
        return None
    from aligner.store import open_store

    with open_store(database, must_exist=True) as store:
        return tuple(each.decision for each in store.decisions())


def stored_typologies(database: str | None) -> tuple[Typology, ...]:
    """The typologies of their own that a team's errors are marked with."""
    if not database and not home.existing():
        return ()
    from aligner.store import open_store

    with open_store(database, must_exist=True) as store:
        return store.typologies()
