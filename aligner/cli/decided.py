"""The decisions that `aligner build` and `aligner export` replay, where there is a database of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from aligner import home

if TYPE_CHECKING:
    from aligner.review.decisions import Decision

DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="DB", help="Reviewers' decisions: a file, or postgresql://USER@HOST/NAME."),
]


def stored_decisions(database: str | None) -> tuple[Decision, ...] | None:
    """The log of decisions; None when there is no database yet, which is not made then.

    One that `--database` names must exist. Nothing of the store is loaded while the file in `home()` is meant and
    absent.
    """
    if not database:
        named = os.environ.get(home.DATABASE_VARIABLE, "").strip()
        if not named and not home.database_file().exists():
            return None
        from aligner.store.address import address, file_of

        file = file_of(address())
        if file is not None and not file.exists():
            return None
    from aligner.store import open_store

    with open_store(database, must_exist=True) as store:
        return tuple(each.decision for each in store.decisions())
