"""`aligner export`: a built letter in another program's format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.build import print_changes
from aligner.cli.console import check_names, progress
from aligner.cli.decided import DatabaseOption, stored_decisions, stored_typologies
from aligner.errors import AlignerError


def export(
    letter: Annotated[str, typer.Argument(help="Id of a letter ('aligner list' shows them).")],
    rendering: Annotated[list[str] | None, typer.Option(help="Only this rendering; may be repeated.")] = None,
    format_name: Annotated[str, typer.Option("--format", help="Format ('aligner list' shows them).")] = "tmx",
    out: Annotated[
        Path | None, typer.Option(help="File, or folder (also a new name without an ending); else stdout.")
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Setting of the format; may be repeated."),
    ] = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    auto: Annotated[
        bool, typer.Option("--auto", help="The engine's alignments alone, without reviewers' decisions.")
    ] = False,
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --out: print what changed as JSON.")] = False,
) -> None:
    """Write a letter with its renderings as TMX or in another format; as built, with reviewers' decisions."""
    from aligner import pipeline
    from aligner.corpus import Corpus
    from aligner.formats import find_format

    decisions = () if auto else stored_decisions(database)
    typologies = stored_typologies(database) if decisions else ()
    names = list(dict.fromkeys(rendering or []))
    with progress():
        opened = Corpus.open(corpus)
        check_names(opened, letter, names)
        data = pipeline.export(
            opened,
            letter,
            format_name,
            renderings=names,
            settings=settings(setting or []),
            decisions=decisions,
            typologies=typologies,
        )
    if out is None:
        if b"\0" in data and _terminal():
            hint = f"--out FILE writes it, --out . into this folder as {letter}{find_format(format_name).suffix}"
            raise AlignerError(f"{format_name} is no text that a terminal shows", hint=hint)
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if out.is_dir() or not (out.suffix or out.exists()):  # as `import --out` makes a folder
        stem = names[0] if len(names) == 1 else letter
        out /= stem + find_format(format_name).suffix
    print_changes(pipeline.write_all({out: data}), as_json)


def settings(pairs: list[str]) -> dict[str, str]:
    """`NAME=VALUE` as named values; `-` in a name is `_`.

    >>> settings(["min-confidence=0.5", "direct_only=true"])
    {'min_confidence': '0.5', 'direct_only': 'true'}
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise AlignerError(f"setting {pair!r} has no name and value", hint="write it like min_confidence=0.5")
        found[name.strip().replace("-", "_")] = value.strip()
    return found


def _terminal() -> bool:
    return sys.stdout.isatty()
