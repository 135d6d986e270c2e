"""Learn the weights of the bead engine from a folder of gold alignments, by chapter-wise cross-validation.

    python benchmarks/train_beads.py FOLDER_OF_INTERTEXT [--write FILE]

The folder is MAC-Dev's `intertext` (Zhou et al., Multilingual Alignment of Chinese literature; GPL-3.0).
Prints strict and lax F1 on each held-out chapter, never the fit. Needs SciPy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from beads_gold import Chapter, read_intertext, score
from scipy.optimize import minimize

from aligner.encoders import Encoder, open_encoder
from aligner.engines.beads.engine import gains, seen
from aligner.engines.beads.features import MEASURES, NAMES, Measured, Text, measure, scores, text_of
from aligner.engines.beads.lattice import NOTHING, best_path, closed, posteriors
from aligner.engines.beads.types import TYPES

Floats = npt.NDArray[np.float64]


@dataclass
class Sample:
    """A chapter with its features, and where its gold beads stand in the lattice."""

    chapter: Chapter
    sides: tuple[Text, Text]
    measured: Measured
    gold: list[tuple[int, int, int]]  # row, place in the row, type


def read_sides(chapter: Chapter, encoder: Encoder) -> tuple[Text, Text]:
    return (
        text_of([seen(s, "en") for s in chapter.source], "en", encoder),
        text_of([seen(s, "zh") for s in chapter.target], "zh", encoder),
    )


def prepare(chapter: Chapter, sides: tuple[Text, Text], encoder: Encoder) -> Sample:
    measured = measure(*sides, encoder)
    band, kinds = measured.band, {kind: t for t, kind in enumerate(TYPES)}
    cells, i, j = [], 0, 0
    for ours, theirs in chapter.beads:
        kind = (len(ours), len(theirs))
        k = int(j - band.low[i])
        if kind in kinds and 0 <= k < band.width:
            cells.append((i, k, kinds[kind]))
        else:
            print(f"{chapter.name}: gold bead {ours}:{theirs} is not in the lattice")
        i, j = i + kind[0], j + kind[1]
    return Sample(chapter, sides, measured, cells)


def loss(theta: Floats, samples: list[Sample], ridge: float) -> tuple[float, Floats]:
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


def fit(samples: list[Sample], ridge: float, rounds: int) -> Floats:
    options = {"maxiter": rounds}
    return minimize(loss, np.zeros(len(NAMES)), (samples, ridge), jac=True, method="L-BFGS-B", options=options).x


def decoded(sample: Sample, theta: Floats) -> list:
    raw = closed(sample.measured.band, scores(sample.measured, theta))
    found = posteriors(sample.measured.band, raw).beads
    path = best_path(sample.measured.band, gains(found), raw > NOTHING / 2)
    return [(tuple(range(i, i + TYPES[t][0])), tuple(range(j, j + TYPES[t][1]))) for i, j, t in path]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ridge", type=float, default=0.5)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--no-folds", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    encoder = open_encoder("use", cache=Path.home() / ".cache" / "letter-aligner-training")
    started = time.perf_counter()
    samples = [prepare(c, read_sides(c, encoder), encoder) for c in read_intertext(args.folder)]
    pairs = []
    for held in [] if args.no_folds else samples:
        theta = fit([s for s in samples if s is not held], args.ridge, args.rounds)
        pairs.append((held.chapter.beads, decoded(held, theta)))
        spent = time.perf_counter() - started
        print(
            "{}: strict {:.3f} lax {:.3f}  ({:.0f} s)".format(held.chapter.name, *score(pairs[-1:]), spent), flush=True
        )
        if args.verbose:
            gold = set(held.chapter.beads)
            print("\n".join(f"  {bead}" for bead in pairs[-1][1] if bead not in gold))
    print("held out, all: strict {:.4f} lax {:.4f}".format(*score(pairs)))
    if args.write:
        theta = fit(samples, args.ridge, args.rounds)
        held = dict(zip(NAMES, np.round(theta, 4).tolist(), strict=True))
        digest = hashlib.sha256(json.dumps(held).encode()).hexdigest()[:8]
        about = {"signature": digest, "encoder": encoder.signature, "trained_on": "MAC-Dev", "ridge": args.ridge}
        args.write.write_text(json.dumps({**about, "weights": held}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
