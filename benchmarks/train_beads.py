"""Learn the weights of the bead engine from a folder of gold alignments, by chapter-wise cross-validation.

    python benchmarks/train_beads.py FOLDER_OF_INTERTEXT [--write FILE]

The folder is MAC-Dev's `intertext` (Zhou et al., Multilingual Alignment of Chinese literature; GPL-3.0).
Prints strict and lax F1 on each held-out chapter, never the fit. Needs SciPy.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from beads_gold import Chapter, read_intertext, score
from scipy.optimize import minimize

from aligner.encoders import open_encoder
from aligner.engines.beads.features import MEASURES, NAMES, Measured, measure, scores, text_of
from aligner.engines.beads.lattice import NOTHING, best_path, closed, posteriors
from aligner.engines.beads.types import TYPES


@dataclass
class Sample:
    chapter: Chapter
    measured: Measured
    gold: list[tuple[int, int, int]]  # row, place in the row, type


def prepare(chapter: Chapter, encoder: object) -> Sample:
    started = time.perf_counter()
    measured = measure(text_of(chapter.source, "en", encoder), text_of(chapter.target, "zh", encoder), encoder)
    band, kinds = measured.band, {kind: t for t, kind in enumerate(TYPES)}
    cells, i, j = [], 0, 0
    outside = 0
    for ours, theirs in chapter.beads:
        kind = (len(ours), len(theirs))
        k = j - band.low[i]
        if kind in kinds and 0 <= k < band.width:
            cells.append((i, int(k), kinds[kind]))
        else:
            outside += 1
        i, j = i + kind[0], j + kind[1]
    print(f"{chapter.name}: {len(chapter.source)} x {len(chapter.target)}, {len(cells)} beads in the lattice, "
          f"{outside} not, {time.perf_counter() - started:.1f} s")
    return Sample(chapter, measured, cells)


def loss(theta: npt.NDArray, samples: list[Sample], ridge: float) -> tuple[float, npt.NDArray]:
    total, gradient = ridge * float(theta @ theta), 2 * ridge * theta
    for sample in samples:
        values = sample.measured.values
        raw = closed(sample.measured.band, scores(sample.measured, theta))
        found = posteriors(sample.measured.band, raw)
        rows, places, kinds = np.array(sample.gold).T
        total += found.log_sum - raw[rows, places, kinds].sum()
        expected = found.beads.astype(np.float32)
        gradient[: len(MEASURES)] += np.tensordot(expected, values, 3) - values[rows, places, kinds].sum(axis=0)
        gradient[len(MEASURES) :] += expected.sum(axis=(0, 1)) - np.bincount(kinds, minlength=len(TYPES))
    return total, gradient


def fit(samples: list[Sample], ridge: float, rounds: int) -> npt.NDArray:
    options = {"maxiter": rounds}
    return minimize(loss, np.zeros(len(NAMES)), (samples, ridge), jac=True, method="L-BFGS-B", options=options).x


def decoded(sample: Sample, theta: npt.NDArray) -> list:
    raw = closed(sample.measured.band, scores(sample.measured, theta))
    found = posteriors(sample.measured.band, raw).beads
    path = best_path(sample.measured.band, found, raw > NOTHING / 2)
    return [(tuple(range(i, i + TYPES[t][0])), tuple(range(j, j + TYPES[t][1]))) for i, j, t in path]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ridge", type=float, default=0.5)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    encoder = open_encoder("use", cache=Path.home() / ".cache" / "letter-aligner-training")
    samples = [prepare(chapter, encoder) for chapter in read_intertext(args.folder)]
    pairs = []
    for held in samples:
        theta = fit([s for s in samples if s is not held], args.ridge, args.rounds)
        test = decoded(held, theta)
        pairs.append((held.chapter.beads, test))
        print(f"{held.chapter.name}: strict {score(pairs[-1:])[0]:.3f} lax {score(pairs[-1:])[1]:.3f}", flush=True)
        if args.verbose:
            for name, weight in zip(NAMES, theta, strict=True):
                print(f"   {name} {weight:+.2f}")
            gold = set(held.chapter.beads)
            for bead in test:
                if bead not in gold:
                    print("  ", bead)
    print("held out, all: strict {:.4f} lax {:.4f}".format(*score(pairs)))
    if args.write:
        theta = fit(samples, args.ridge, args.rounds)
        args.write.write_text(json.dumps(dict(zip(NAMES, np.round(theta, 4).tolist(), strict=True)), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
