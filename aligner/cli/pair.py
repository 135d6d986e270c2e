"""`aligner pair`: two texts to bead lines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import print_json, progress


def pair(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="Text in one language.")],
    target: Annotated[Path, typer.Argument(metavar="TGT", help="The same text in another language.")],
    presplit: Annotated[bool, typer.Option("--presplit", help="One sentence a line; blank lines count.")] = False,
    engine: Annotated[str | None, typer.Option(help="Engine ('aligner list' shows them).")] = None,
    encoder: Annotated[str | None, typer.Option(help="Encoder ('aligner list' shows them); 'use' without it.")] = None,
    accurate: Annotated[
        bool, typer.Option("--accurate", help="Slower, with a second encoder: '--encoder use+e5'; needs the extra e5.")
    ] = False,
    languages: Annotated[
        tuple[str, str] | None, typer.Option(metavar="SRC TGT", help="Languages, as in 'en zh'; recognised without it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print sentences and beads for a program to read.")] = False,
) -> None:
    """Align two texts that correspond and print beads: '[0, 1]:[2]:0.973', 0-based sentence numbers."""
    from aligner import home, pipeline
    from aligner.encoders import ACCURATE, open_encoder
    from aligner.errors import AlignerError

    if accurate and encoder not in (None, ACCURATE):
        hint = "leave one of the two out"
        raise AlignerError(f"--accurate stands for --encoder {ACCURATE}, and --encoder says {encoder}", hint=hint)
    work = pipeline.pair_lines if presplit else pipeline.pair_documents
    with progress() as show:
        show("aligning", 0, 1)
        pairing = work(
            source,
            target,
            engine=engine,
            encoder=open_encoder(ACCURATE if accurate else encoder or "use", cache=home.vectors_dir()),
            languages=languages,
        )
    if as_json:
        print_json(
            {
                "languages": list(pairing.languages),
                "source": list(pairing.source),
                "target": list(pairing.target),
                "beads": [
                    {"source": list(b.source), "target": list(b.target), "confidence": round(b.confidence, 4)}
                    for b in pairing.beads
                ],
            }
        )
        return
    for line in pairing.lines:
        print(line)
