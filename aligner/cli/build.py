"""`aligner build`: everything in the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import print_json, printable, progress
from aligner.cli.decided import DatabaseOption, stored_decisions
from aligner.cli.faults import say

if TYPE_CHECKING:
    from aligner.corpus import Corpus
    from aligner.pipeline import FileChange


def build(
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write to; without it, the corpus folder.")] = None,
    encoder: Annotated[str, typer.Option(help="Encoder ('aligner list' shows them).")] = "use",
    jobs: Annotated[int, typer.Option(min=1, help="Letters to align at the same time.")] = 1,
    auto: Annotated[
        bool, typer.Option("--auto", help="The engine's alignments alone, without reviewers' decisions.")
    ] = False,
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what changed for a program to read.")] = False,
) -> None:
    """Align every rendering of the manifest; write alignments, TMX and collations, and say what changed."""
    from aligner import home, pipeline
    from aligner.corpus import Corpus
    from aligner.encoders import open_encoder

    opened = Corpus.open(corpus)
    decisions = None if auto else stored_decisions(database)
    with progress() as show:
        report = pipeline.build(
            opened,
            out or default_out(opened),
            encoder=open_encoder(encoder, cache=home.vectors_dir()),
            progress=show,
            jobs=jobs,
            decisions=decisions or (),
        )
    print_changes(report.files, as_json)
    if decisions is not None:
        say(
            f"alignments hold {report.replayed} decisions of reviewers, {len(report.adapted)} of them adapted; "
            f"{len(report.orphans)} orphaned"
            + (" ('aligner review list LETTER --orphans' says why)" if report.orphans else "")
        )


def default_out(corpus: Corpus) -> Path:
    """The corpus folder; `./corpus` for the corpus inside the installed program, which nobody writes to."""
    import aligner

    package = Path(aligner.__file__).resolve().parent
    return Path("corpus") if corpus.folder.resolve().is_relative_to(package) else corpus.folder


def print_changes(files: Sequence[FileChange], as_json: bool) -> None:
    """One line per file on stdout, the sum on stderr."""
    if as_json:
        print_json([{"path": str(file.path), "change": file.change.value} for file in files])
        return
    for file in files:
        print(f"{file.change.value:<9} {printable(str(file.path))}")
    changes = [file.change.value for file in files]
    say(", ".join(f"{changes.count(kind)} {kind}" for kind in ("new", "changed", "unchanged")))
