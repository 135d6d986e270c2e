"""`aligner align`: any letter and any articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.build import print_changes
from aligner.cli.console import progress
from aligner.cli.faults import say


def align(
    source: Annotated[Path, typer.Option(help="File with the English letter.")],
    target: Annotated[list[Path], typer.Option(help="Article in Chinese; may be repeated.")],
    out: Annotated[Path, typer.Option(help="Folder for <target's stem>.json.")],
    source_from: Annotated[str | None, typer.Option(metavar="WORDS", help="The letter's first words.")] = None,
    source_to: Annotated[str | None, typer.Option(metavar="WORDS", help="The letter's last words.")] = None,
    letter: Annotated[str | None, typer.Option(metavar="ID", help="Id of the letter; its file's stem.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of all files; recognised without it.")] = None,
    encoder: Annotated[str, typer.Option(help="Encoder ('aligner list' shows them).")] = "use",
    as_json: Annotated[bool, typer.Option("--json", help="Print what changed for a program to read.")] = False,
) -> None:
    """Align a letter with articles that no manifest knows; one alignment file per article."""
    from aligner import documents, home, pipeline
    from aligner.encoders import open_encoder
    from aligner.formats import alignment_json
    from aligner.pipeline.output import check_writable

    for path in target:
        check_writable(out / f"{path.stem}.json")
    read: list[documents.Extracted] = []
    with progress() as show:
        _, alignments = pipeline.align_files(
            source,
            target,
            encoder=open_encoder(encoder, cache=home.vectors_dir()),
            letter_id=letter,
            from_words=source_from,
            to_words=source_to,
            encoding=encoding,
            progress=show,
            keep=read.append,
        )
    files = {out / f"{item.rendering}.json": alignment_json.dumps(item).encode() for item in alignments}
    files |= {out / name: data for name, data in documents.stored(read).items()}
    print_changes(pipeline.write_all(files), as_json)
    for each in read:
        for remark in each.remarks:
            say(f"{each.document.name}: {remark}")
    for item in alignments:
        if not item.links:
            say(f"{item.target.document}: no rendering of the letter was found in it")
