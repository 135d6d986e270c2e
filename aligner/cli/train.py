"""`aligner train`: learn an engine's weights from gold, and say how they do on what they have not seen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import progress
from aligner.cli.faults import say
from aligner.errors import UnknownNameError

TRAINED = ("crf",)


def train(
    engine: Annotated[str, typer.Argument(metavar="ENGINE", help="Whose weights: crf.")],
    gold: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders with gold.")],
    encoder: Annotated[str, typer.Option(help="Encoder ('aligner list' shows them).")] = "use",
    write: Annotated[Path | None, typer.Option(help="File for the weights learned from all of the gold.")] = None,
    folds: Annotated[
        bool, typer.Option("--folds/--no-folds", help="Judge each text by weights learned from the others.")
    ] = True,
    trained_on: Annotated[str, typer.Option(help="What the file is to say it was learned from.")] = "",
) -> None:
    """Learn an engine's weights from gold; needs the extra 'train'. Prints what held-out texts show, never the fit."""
    if engine not in TRAINED:
        raise UnknownNameError("engine with weights", engine, TRAINED)
    _train_beads(gold, encoder, write, folds, trained_on or ", ".join(folder.name for folder in gold))


def _train_beads(gold: list[Path], encoder_name: str, write: Path | None, folds: bool, trained_on: str) -> None:
    from aligner.cli import evaluation_tables
    from aligner.encoders import open_encoder
    from aligner.evaluation import Bead, BeadScores, score_beads
    from aligner.training import beads
    from aligner.training.files import write_weights

    encoder = open_encoder(encoder_name)
    with progress() as show:
        show("reading", 0, 1)
        chapters = [chapter for folder in gold for chapter in beads.read_chapters(folder, encoder)]
        show("mixing", 0, 1)
        strange = beads.with_strangers(chapters, encoder)
        done: list[str] = []
        found = {}
        if folds:

            def report(name: str) -> None:
                done.append(name)
                show(f"held out {name}", len(done), len(chapters))

            show("learning", 0, len(chapters))
            found = beads.held_out(chapters, strange, report=report)
    if folds:
        scores = {
            chapter.name: score_beads(
                [Bead(*sides) for sides in chapter.beads],
                [Bead(b.source, b.target, b.confidence) for b in found[chapter.name]],
            )
            for chapter in chapters
        }
        for line in evaluation_tables.beads_text(scores, sum(scores.values(), BeadScores()), calibration=True):
            print(line)
    if write is not None:
        with progress() as show:
            show("learning from all", 0, 1)
            parts = beads.learn_both([*chapters, *strange])
        signature = write_weights(write, parts, encoder=encoder.signature, trained_on=trained_on, ridge=beads.RIDGE)
        say(f"{write}: weights {signature}")
