"""`aligner scores`: MQM, Google's and ESA scores of renderings, from what reviewers said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import print_json, progress
from aligner.cli.database import Database
from aligner.errors import AlignerError, UnknownNameError


def scores(
    letter: Annotated[str, typer.Argument(help="Id of a letter ('aligner list' shows them).")],
    rendering: Annotated[list[str] | None, typer.Option(help="Only this rendering; may be repeated.")] = None,
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this reviewer said.")] = None,
    published: Annotated[
        bool, typer.Option("--published", help="What holds after adjudication, as one set of errors.")
    ] = False,
    typology: Annotated[
        str, typer.Option(metavar="ID_OR_FILE", help="mqm-core, google-mqm, esa, or the TOML file of your own.")
    ] = "mqm-core",
    formula: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="council, google or esa; may be repeated. All without it.")
    ] = None,
    unit: Annotated[str, typer.Option(metavar="UNIT", help="Lengths in source 'words' or 'characters'.")] = "words",
    complete: Annotated[
        bool, typer.Option("--complete", help="The article claims to be complete: what it leaves out costs.")
    ] = False,
    passing: Annotated[float, typer.Option(metavar="SCORE", help="Calibrated score that just passes.")] = 95.0,
    acceptable: Annotated[
        float, typer.Option(metavar="POINTS", help="Penalty points per 1,000 that just pass.")
    ] = 10.0,
    sentences: Annotated[bool, typer.Option("--sentences", help="Also sentence by sentence.")] = False,
    profile: Annotated[bool, typer.Option("--profile", help="All kinds of errors, not only the costliest.")] = False,
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print for a program to read.")] = False,
) -> None:
    """Score renderings from what reviewers marked: MQM (Council and Google) and ESA, with formulas and intervals."""
    from aligner.cli import judged, score_json, score_tables
    from aligner.pipeline.scoring import FORMULAS, Asked, score_letter
    from aligner.pipeline.typologies import known
    from aligner.review.scores import Settings, Unit

    if reviewer is not None and published:
        raise AlignerError(
            "--reviewer and --published together",
            hint="give one: one reviewer's word, or what holds after adjudication",
        )
    if unit not in tuple(Unit):
        raise UnknownNameError("unit", unit, tuple(Unit))
    settings = Settings(unit=Unit(unit), complete=complete, passing=passing, acceptable=acceptable)
    with judged.desk(corpus, database, letter, rendering or []) as desk:
        kind = known(typology, desk.store, keep=False)
        asked = Asked(kind, settings, reviewer, published, tuple(formula or FORMULAS))
        with progress() as show:
            show("scoring", 0, 1)
            found = score_letter(desk, letter, rendering or [], asked)
        title = desk.corpus.entry(letter).title
    if as_json:
        print_json(score_json.as_json(letter, found, asked))
    else:
        score_tables.draw(title or letter, found, asked, sentences=sentences, profile=profile)
