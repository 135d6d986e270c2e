"""Beads of chapters by weights that never saw them: the seam between the comparison and the training.

    python benchmarks/held_out.py FOLDER_OF_INTERTEXT [--encoder NAME]

One fold per chapter: the weights are learned from the other chapters with the settings of `train_beads.py`, and
the engine then runs as it is, with those in place of the packaged ones. Needs SciPy (`pip install scipy`).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

import numpy as np
import numpy.typing as npt
import train_beads
from beads_gold import read_intertext

from aligner.encoders import Encoder, open_encoder
from aligner.engines import ENGINES, Bead
from aligner.engines.beads import engine as bead_engine
from aligner.evaluation import Bead as JudgedBead
from aligner.evaluation import BeadScores, score_beads

RIDGE, ROUNDS = 0.5, 60
"""What `train_beads.py` takes when it is told nothing."""


@contextlib.contextmanager
def weights(theta: npt.NDArray[np.float64]) -> Iterator[None]:
    """Within this block the bead engine uses `theta`."""
    with mock.patch.object(bead_engine, "packaged_weights", lambda *_: theta):
        yield


def held_out_beads(folder: Path, encoder: Encoder, jobs: int = 1) -> dict[str, tuple[Bead, ...]]:
    """The engine's beads of each chapter in `folder`, with confidences, by weights learned from the others.

    `jobs` folds are learned at the same time.
    """
    chapters = read_intertext(folder)
    samples = [train_beads.prepare(each, train_beads.read_sides(each, encoder), encoder) for each in chapters]
    found = {}
    for chapter, theta in zip(chapters, learned(samples, jobs), strict=True):
        with weights(theta):
            found[chapter.name] = ENGINES["crf"].beads(chapter.source, chapter.target, encoder, ("en", "zh"))
    return found


def learned(samples: Sequence[train_beads.Sample], jobs: int) -> list[npt.NDArray[np.float64]]:
    """For each sample, weights learned from the others."""
    HELD.extend(samples)
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [fold(number) for number in range(len(samples))]
    with multiprocessing.get_context("fork").Pool(jobs) as pool:  # a fork sees the samples without a copy
        return pool.map(fold, range(len(samples)), chunksize=1)


HELD: list[train_beads.Sample] = []
"""What the processes of `learned` work on."""


def fold(number: int) -> npt.NDArray[np.float64]:
    return train_beads.fit([each for n, each in enumerate(HELD) if n != number], RIDGE, ROUNDS)


def judged(folder: Path, found: dict[str, tuple[Bead, ...]]) -> dict[str, BeadScores]:
    """The scores of each chapter."""
    return {
        chapter.name: score_beads(
            [JudgedBead(*sides) for sides in chapter.beads],
            [JudgedBead(bead.source, bead.target, bead.confidence) for bead in found[chapter.name]],
        )
        for chapter in read_intertext(folder)
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors")
    parser.add_argument("--jobs", type=int, default=1, help="folds learned at the same time (1)")
    parser.add_argument("--json", action="store_true", help="print the beads, for a program to read")
    given = parser.parse_args()
    encoder = open_encoder(given.encoder, cache=given.cache)
    found = held_out_beads(given.folder, encoder, given.jobs)
    if given.json:
        beads = {name: [(b.source, b.target, b.confidence) for b in each] for name, each in found.items()}
        json.dump(beads, sys.stdout)
        return
    scores = judged(given.folder, found)
    for name, one in [*scores.items(), ("all", sum(scores.values(), BeadScores()))]:
        error = one.calibration.error
        print(
            f"{name}: strict {one.strict.f1:.4f} lax {one.lax.f1:.4f} null {one.null.f1:.4f} "
            f"calibration error {error if error is None else round(error, 4)}"
        )


if __name__ == "__main__":
    main()
