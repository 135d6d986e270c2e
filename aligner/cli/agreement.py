"""`aligner agreement`: how far reviewers agree, with each other and with the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import print_json, progress
from aligner.cli.database import Database


def agreement(
    letter: Annotated[str, typer.Argument(help="Id of a letter ('aligner list' shows them).")],
    rendering: Annotated[list[str] | None, typer.Option(help="Only this rendering; may be repeated.")] = None,
    reviewer: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this reviewer; may be repeated.")
    ] = None,
    typology: Annotated[
        str, typer.Option(metavar="ID_OR_FILE", help="mqm-core, google-mqm, esa, or the TOML file of your own.")
    ] = "mqm-core",
    disagreements: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="So many disagreements, worst first. [10; all with --json]")
    ] = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print for a program to read.")] = False,
) -> None:
    """Say how far reviewers agree on errors, scores and links, and where they do not, worst first."""
    from aligner.cli import agreement_tables, judged
    from aligner.pipeline.agreeing import agreement as agree
    from aligner.pipeline.typologies import known

    with judged.desk(corpus, database, letter, rendering or []) as desk:
        kind = known(typology, desk.store, keep=False)
        with progress() as show:
            show("comparing", 0, 1)
            found = agree(desk, letter, rendering or [], reviewer or [], kind)
        title = desk.corpus.entry(letter).title
    if as_json:
        print_json(agreement_tables.as_json(letter, found, kind, disagreements))
    else:
        agreement_tables.draw(title or letter, found, kind, disagreements)
