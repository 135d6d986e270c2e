"""`aligner list`: every name the other commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from aligner.cli.console import print_json, printable


def list_names(
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print for a program to read.")] = False,
) -> None:
    """List letters and their renderings, engines, encoders and export formats."""
    from aligner import home
    from aligner.corpus import MANIFEST

    names = collect(corpus)
    if as_json:
        print_json(names)
        return
    print(f"letters in {printable(names['corpus'])}")
    for letter in names["letters"]:
        print("  " + printable(" · ".join(letter[key] for key in ("id", "title", "author", "date") if letter[key])))
        for rendering in letter["renderings"]:
            state = "" if rendering["built"] else " · not built"
            parts = (rendering[key] for key in ("id", "outlet", "date", "language") if rendering[key])
            print("    " + printable(" · ".join(parts)) + state)
    if corpus is None and (home.letters_dir() / MANIFEST).exists():
        print(printable(f"own letters are in {home.letters_dir()} (--corpus)"))
    for kind in ("engines", "encoders", "formats"):
        print(f"{kind}: {', '.join(names[kind])}")


def collect(corpus: Path | None) -> dict[str, Any]:
    """All names as plain JSON values."""
    from aligner.corpus import Corpus
    from aligner.encoders import ENCODERS
    from aligner.engines import ENGINES
    from aligner.formats import FORMATS

    opened = Corpus.open(corpus)
    return {
        "corpus": str(opened.folder),
        "letters": [
            {
                "id": letter.id,
                "title": letter.title,
                "author": letter.author,
                "date": letter.date,
                "renderings": [
                    {
                        "id": item.id,
                        "document": item.document,
                        "outlet": item.outlet,
                        "date": item.date,
                        "language": item.language,
                        "built": (opened.folder / letter.id / f"{item.id}.json").is_file(),
                    }
                    for item in letter.renderings
                ],
            }
            for letter in opened.manifest.letters
        ],
        "engines": sorted(ENGINES),
        "encoders": sorted(ENCODERS),
        "formats": sorted(FORMATS),
    }
