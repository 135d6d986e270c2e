"""`aligner list`: every name the other commands take."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from aligner.cli.console import print_json, printable


def list_names(
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print for a program to read.")] = False,
) -> None:
    """List letters and their renderings, engines, encoders and export formats, and what is not installed."""
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
        absent = names["not_installed"].get(kind, {})
        print(f"{kind}: {', '.join(name for name in names[kind] if name not in absent)}")
        for name, hint in absent.items():
            print(f"  {name} is not installed; {hint}")


def collect(corpus: Path | None) -> dict[str, Any]:
    """All names as plain JSON values."""
    from aligner import encoders, engines
    from aligner.corpus import Corpus
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
        "engines": sorted(engines.ENGINES),
        "encoders": sorted(encoders.ENCODERS),
        "formats": sorted(FORMATS),
        "not_installed": {"engines": _absent(engines.EXTRAS), "encoders": _absent(encoders.EXTRAS)},
    }


def _absent(extras: dict[str, tuple[str, str]]) -> dict[str, str]:
    """How to get what is not installed, by name; nothing of it is loaded."""
    return {name: hint for name, (module, hint) in extras.items() if find_spec(module) is None}
