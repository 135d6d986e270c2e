"""`aligner train`: learn an engine's weights from gold, and say how they do on what they have not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import Progress, progress
from aligner.cli.faults import say
from aligner.errors import AlignerError, DocumentError, UnknownNameError

if TYPE_CHECKING:
    from aligner.encoders import Encoder
    from aligner.engines import Bead as EngineBead
    from aligner.training.beads import Chapter


@dataclass(frozen=True)
class _Wanted:
    """What was asked for; `rounds` is None where the engine's own number is meant."""

    gold: list[Path]
    encoder: Encoder
    write: Path | None
    folds: bool
    fold_count: int
    rounds: int | None
    trained_on: str


def train(
    engine: Annotated[str, typer.Argument(metavar="ENGINE", help="Whose weights: crf or article-crf.")],
    gold: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders with gold.")],
    encoder: Annotated[str, typer.Option(help="Encoder ('aligner list' shows them).")] = "use",
    write: Annotated[Path | None, typer.Option(help="File for the weights learned from all of the gold.")] = None,
    folds: Annotated[
        bool, typer.Option("--folds/--no-folds", help="Judge each text by weights learned from the others.")
    ] = True,
    fold_count: Annotated[
        int, typer.Option(min=0, help="Groups of texts that are held out together; 0: each alone.")
    ] = 0,
    rounds: Annotated[int | None, typer.Option(min=1, help="At most so many steps of learning.")] = None,
    trained_on: Annotated[str, typer.Option(help="What the file is to say it was learned from.")] = "",
) -> None:
    """Learn an engine's weights from gold; needs the extra 'train'. Prints what held-out texts show, never the fit."""
    if engine not in TRAINED:
        raise UnknownNameError("engine with weights", engine, TRAINED)
    if not folds and write is None:
        raise AlignerError("--no-folds without --write leaves nothing to do", hint="name a file with --write")
    for folder in gold:
        if not folder.is_dir():
            raise DocumentError("no such folder", where=str(folder), hint="name folders that hold gold")
    from aligner.encoders import open_encoder
    from aligner.training.fit import need_scipy

    need_scipy()
    names = trained_on or ", ".join(folder.resolve().name for folder in gold)
    TRAINED[engine](_Wanted(gold, open_encoder(encoder), write, folds, fold_count, rounds, names))


def _train_beads(wanted: _Wanted) -> None:
    from aligner.training import beads
    from aligner.training.files import write_weights

    rounds = wanted.rounds or beads.ROUNDS
    with progress() as show:
        show("reading", 0, 1)
        chapters = [chapter for folder in wanted.gold for chapter in beads.read_chapters(folder, wanted.encoder)]
        show("mixing", 0, 1)
        strange = beads.with_strangers(chapters, wanted.encoder)
        if wanted.folds:
            report = _counted(show, len(chapters))
            found = beads.held_out(chapters, strange, report=report, fold_count=wanted.fold_count, rounds=rounds)
    if wanted.folds:
        _print_beads(chapters, found)
    if wanted.write is not None:
        with progress() as show:
            show("learning from all", 0, 1)
            parts = beads.learn_both([*chapters, *strange], rounds=rounds)
        about = {"encoder": wanted.encoder.signature, "trained_on": wanted.trained_on, "ridge": beads.RIDGE}
        say(f"{wanted.write}: weights {write_weights(wanted.write, parts, **about)}")


def _print_beads(chapters: list[Chapter], found: dict[str, tuple[EngineBead, ...]]) -> None:
    from aligner.cli.evaluation_tables import beads_text
    from aligner.evaluation import Bead, BeadScores, score_beads

    scores = {
        chapter.name: score_beads(
            [Bead(*sides) for sides in chapter.beads],
            [Bead(b.source, b.target, b.confidence) for b in found[chapter.name]],
        )
        for chapter in chapters
    }
    for line in beads_text(scores, sum(scores.values(), BeadScores()), calibration=True):
        print(line)


def _train_articles(wanted: _Wanted) -> None:
    from aligner.training import article_report, articles
    from aligner.training.article_gold import read_letters
    from aligner.training.files import write_weights

    rounds = wanted.rounds or articles.ROUNDS
    with progress() as show:
        show("reading", 0, 1)
        groups = read_letters(wanted.gold, wanted.encoder)
        # Without --folds too: confidences and the weights of other articles are learned from what was held out.
        looks = articles.first_looks(groups, wanted.fold_count, rounds, _counted(show, len(groups)))
        show("comparing articles", 0, 1)
        peers = articles.peers_of(looks, wanted.encoder)
        again = articles.second_looks(looks, peers) if wanted.folds else []
    if wanted.folds:
        alone = articles.judged(look for group in looks.values() for look in group)
        for line in article_report.report(alone, articles.judged(again)):
            print(line)
    if wanted.write is not None:
        with progress() as show:
            show("learning from all", 0, 1)
            parts = articles.learn(groups, looks, peers, rounds)
        about = {"encoder": wanted.encoder.signature, "trained_on": wanted.trained_on, "ridge": articles.RIDGE}
        say(f"{wanted.write}: weights {write_weights(wanted.write, parts, **about)}")


def _counted(show: Progress, total: int) -> Callable[[str], None]:
    """What is told each text that was held out, and counts them."""
    done: list[str] = []

    def report(name: str) -> None:
        done.append(name)
        show(f"held out {name}", len(done), total)

    show("learning", 0, total)
    return report


TRAINED: dict[str, Callable[[_Wanted], None]] = {"crf": _train_beads, "article-crf": _train_articles}
