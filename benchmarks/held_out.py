"""Beads of chapters by weights that never saw them: the seam between the comparison and the training.

    python benchmarks/held_out.py FOLDER_OF_INTERTEXT [--encoder NAME]

One fold per chapter: the weights are learned from the other chapters as `aligner train crf` learns them. Needs SciPy.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from aligner.encoders import Encoder, open_encoder
from aligner.engines import Bead
from aligner.evaluation import Bead as JudgedBead
from aligner.evaluation import BeadScores, read_folder, score_beads
from aligner.training import beads


def held_out_beads(folder: Path, encoder: Encoder) -> dict[str, tuple[Bead, ...]]:
    """The engine's beads of each chapter in `folder`, with confidences, by weights learned from the others."""
    chapters = beads.read_chapters(folder, encoder)
    return beads.held_out(chapters, beads.with_strangers(chapters, encoder), report=lambda _: None)


def judged(folder: Path, found: dict[str, tuple[Bead, ...]]) -> dict[str, BeadScores]:
    """The scores of each chapter."""
    return {
        chapter.name: score_beads(
            [JudgedBead(*bead.sides) for bead in chapter.beads],
            [JudgedBead(bead.source, bead.target, bead.confidence) for bead in found[chapter.name]],
        )
        for chapter in read_folder(folder)
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors")
    parser.add_argument("--json", action="store_true", help="print the beads, for a program to read")
    given = parser.parse_args()
    encoder = open_encoder(given.encoder, cache=given.cache)
    found = held_out_beads(given.folder, encoder)
    if given.json:
        named = {name: [(b.source, b.target, b.confidence) for b in each] for name, each in found.items()}
        json.dump(named, sys.stdout)
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
