"""`aligner evaluate`: how well beads, or alignments of letters, agree with gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import print_json
from aligner.cli.faults import say
from aligner.errors import AlignerError


def evaluate(
    gold: Annotated[
        Path | None, typer.Option(help="Bead lines or InterText links made by people; or a folder.")
    ] = None,
    test: Annotated[Path | None, typer.Option(help="What is to be judged: the same; in folders, by stem.")] = None,
    letters: Annotated[Path | None, typer.Option(help="Folder with the gold of letters.")] = None,
    built: Annotated[Path | None, typer.Option(help="Folder with alignment files, to be judged.")] = None,
    documents: Annotated[Path | None, typer.Option(help="Folder with the documents of the gold.")] = None,
    swap: Annotated[bool, typer.Option("--swap", help="The test has source and target the other way round.")] = False,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Show how often each confidence is right.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores for a program to read.")] = False,
) -> None:
    """Score beads (--gold, --test) or alignments of letters (--letters, --built, --documents) against gold."""
    of_letters = (letters, built, documents)
    if gold and test and not any(of_letters):
        _evaluate_beads(gold, test, swap, calibration, as_json)
    elif letters and built and documents and not (gold or test or swap or calibration):
        _evaluate_letters(letters, built, documents, as_json)
    else:
        raise AlignerError(
            "evaluate takes --gold and --test, or --letters, --built and --documents",
            hint="'aligner evaluate --help' explains them",
        )


def _evaluate_beads(gold: Path, test: Path, swap: bool, calibration: bool, as_json: bool) -> None:
    from aligner.cli import evaluation_tables
    from aligner.evaluation import BeadScores, check_pair, matched, score_beads

    pairs, remarks = matched(gold, test)
    scores: dict[str, BeadScores] = {}
    for wanted, given in pairs:
        judged = given.swapped() if swap else given
        remarks += check_pair(wanted, judged)
        scores[wanted.names[-1] if len(pairs) > 1 else given.where] = score_beads(wanted.beads, judged.beads)
    total = sum(scores.values(), BeadScores())
    for remark in remarks:
        say(remark)
    if as_json:
        print_json(evaluation_tables.beads_json(scores, total, remarks))
        return
    for line in evaluation_tables.beads_text(scores, total, calibration):
        print(line)


def _evaluate_letters(letters: Path, built: Path, documents: Path, as_json: bool) -> None:
    from aligner import documents as reader
    from aligner.cli import evaluation_tables
    from aligner.evaluation import read_gold, score_built
    from aligner.formats import alignment_json

    scores, remarks = score_built(
        read_gold(letters),
        built,
        documents,
        read_alignment=alignment_json.loads,
        read_text=lambda path: reader.load(path).text,
    )
    for remark in remarks:
        say(remark)
    if as_json:
        print_json(evaluation_tables.letters_json(scores, remarks))
        return
    for line in evaluation_tables.letters_text(scores):
        print(line)
