"""The command `aligner`: one module per group of commands, nothing heavy imported before it is needed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from aligner import __version__
from aligner.cli import (
    agreement,
    align,
    build,
    check,
    database,
    evaluate,
    export,
    import_files,
    listing,
    pair,
    review,
    scores,
    serve,
    show,
    train,
)
from aligner.cli.faults import Commands

app = typer.Typer(
    name="aligner",
    cls=Commands,
    # Installing completion would write into the user's shell settings.
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def aligner(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Reads an English letter beside its Chinese renderings: finds, aligns, compares, exports."""
    if context.invoked_subcommand is None:
        print(context.get_help())


app.command("build")(build.build)
app.command("align")(align.align)
app.command("pair")(pair.pair)
app.command("check")(check.check)
app.command("checks")(check.checks)
app.command("evaluate")(evaluate.evaluate)
app.command("train")(train.train)
app.command("import")(import_files.import_files)
app.command("export")(export.export)
app.command("show")(show.show)
app.command("list")(listing.list_names)
app.command("scores")(scores.scores)
app.command("agreement")(agreement.agreement)
app.add_typer(review.commands, name="review")
app.add_typer(database.commands, name="db")
app.command("app")(serve.app)


def main() -> None:
    """The console command: run and leave with an exit code (see `aligner.cli.faults`)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Chinese must survive a pipe on any system, and odd file names must not stop an error message.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    app()
