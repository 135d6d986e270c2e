"""Learn the weights of the article engine from letters with gold, by L-BFGS on the conditional likelihood.

    python benchmarks/train_articles.py benchmarks/letters/a1 benchmarks/letters/a2 ... --write

Prints the likelihood and, per held-out letter, the character-level link F1 in leave-one-letter-out
cross-validation. Needs SciPy, which the program itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from aligner.documents import load
from aligner.encoders import Encoder, open_encoder
from aligner.engines.article.atoms import Atom, cut
from aligner.engines.article.decode import CLAIM, beliefs, gains
from aligner.engines.article.evidence import Evidence, gather
from aligner.engines.article.features import NAMES, lattice
from aligner.engines.article.lattice import GAPS, JUMPS, NOTHING, Lattice, best_cover, marginals
from aligner.text.normalise import unwrap
from aligner.text.scripts import language_of

Floats = npt.NDArray[np.float64]
# Articles about other letters teach what a quotation alone does not prove; at full weight they would also
# teach that every third article renders nothing, which is not how people use the program.
DECOY_WEIGHT = 0.2
PUNCT = set(" \n\t\u3000,.;:!?，。；：！？、“”\"'‘’()（）[]【】*_-—–…·《》「」『』")


@dataclass(frozen=True)
class Sample:
    """One article with gold: its lattice, and what is right in it."""

    letter: str
    rendering: str
    text: str
    evidence: Evidence
    lattice: Lattice
    right: npt.NDArray[np.bool_]
    must: npt.NDArray[np.bool_]
    firm: set[tuple[int, int]]
    soft: set[tuple[int, int]]


def gold_pairs(rendering: dict, index: dict[str, int]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """(sentence number, character) pairs that must be found, and those that may be."""
    firm: set[tuple[int, int]] = set()
    soft: set[tuple[int, int]] = set()
    for span in rendering["spans"]:
        ours = [index[e] for e in span["en"]]
        sink = firm if span["certainty"] == "firm" else soft
        sink.update((e, c) for e in ours for c in range(span["start"], span["end"]))
        if carrier := span.get("carrier"):
            soft.update((e, c) for e in ours for c in range(carrier["start"], carrier["end"]))
        for insertion in span.get("insertions", []):
            inside = {(e, c) for e in ours for c in range(insertion["start"], insertion["end"])}
            firm -= inside
            soft |= inside
        soft.update((index[e], c) for e in span.get("en_soft", []) for c in range(span["start"], span["end"]))
    return firm, soft - firm


def label(atoms: tuple[Atom, ...], made: Lattice, text: str, firm: set, soft: set) -> tuple:
    """Which candidates agree with the gold, and which atoms a right path may not skip."""
    at: dict[int, set[int]] = {}
    for e, c in firm:
        at.setdefault(c, set()).add(e)
    loose: dict[int, set[int]] = {}
    for e, c in soft:
        loose.setdefault(c, set()).add(e)
    truth: list[frozenset[int]] = []
    maybe: list[frozenset[int]] = []
    for atom in atoms:
        inside = [c for c in range(atom.start, atom.end) if text[c] not in PUNCT]
        votes: dict[frozenset[int], int] = {}
        for c in inside:
            key = frozenset(at.get(c, ()))
            votes[key] = votes.get(key, 0) + 1
        truth.append(max(votes, key=lambda key: votes[key]) if votes else frozenset())
        free = [loose.get(c, set()) for c in inside]
        share = sum(bool(f) for f in free) / max(1, len(inside))
        maybe.append(frozenset(set().union(*free)) if share > 0.5 else frozenset())
    right = np.zeros(len(made.begin), dtype=bool)
    for k, (a, b, i, j) in enumerate(zip(made.begin, made.end, made.first, made.last, strict=True)):
        ours = frozenset(range(i, j))
        hard = any(truth[p] for p in range(a, b))
        right[k] = all(truth[p] == ours or (not truth[p] and ours <= maybe[p]) for p in range(a, b)) and (
            hard or all(maybe[p] for p in range(a, b))
        )
    reachable = np.zeros(len(atoms), dtype=bool)
    for k in np.flatnonzero(right):
        reachable[made.begin[k] : made.end[k]] = True
    must = np.array([bool(t) for t in truth], dtype=bool) & reachable
    return right, must


def read_folder(folder: Path, encoder: Encoder, decoys: Sequence[Path] = ()) -> list[Sample]:
    """Every rendering of a letter folder (`gold/`, documents beside it or in `docs/`).

    `decoys` are articles about other letters: they render nothing of this one.
    """
    gold = folder / "gold" if (folder / "gold").is_dir() else folder
    sources = json.loads((gold / "source_sentences.json").read_text("utf-8"))
    renderings = json.loads((gold / "renderings.json").read_text("utf-8"))["renderings"]
    places = (folder, folder / "docs", Path("seeds"))
    samples = []
    for name, rendering in renderings.items():
        path = next(p / rendering["file"] for p in places if (p / rendering["file"]).is_file())
        samples.append(_sample(folder.name, name, sources[rendering["letter"]]["sentences"], path, rendering, encoder))
    if decoys:
        sentences = next(value for key, value in sources.items() if key != "_meta")["sentences"]
        nothing = {"spans": []}
        samples += [
            _sample(folder.name, f"{folder.name}!{p.parent.name}", sentences, p, nothing, encoder) for p in decoys
        ]
    return samples


def _sample(letter: str, name: str, sentences: list, path: Path, rendering: dict, encoder: Encoder) -> Sample:
    document = load(path)
    language = language_of(document.text)
    readings = [unwrap(s.get("clean_text", s["text"])) for s in sentences]
    index = {s["id"]: k for k, s in enumerate(sentences)}
    atoms = cut(document, language)
    evidence = gather(readings, document.text, atoms, encoder, ("en", language))
    made, _ = lattice(evidence)
    firm, soft = gold_pairs(rendering, index)
    right, must = label(atoms, made, document.text, firm, soft)
    keep = {(e, c) for e, c in firm if document.text[c] not in PUNCT}
    loose = {(e, c) for e, c in soft if document.text[c] not in PUNCT}
    return Sample(letter, name, document.text, evidence, made, right, must, keep, loose)


def split(theta: Floats) -> tuple[Floats, Floats]:
    """Feature weights and jump weights."""
    return theta[: len(NAMES)], theta[len(NAMES) :].reshape(len(JUMPS), GAPS)


def loss(theta: Floats, samples: list[Sample], ridge: float) -> tuple[float, Floats]:
    """Negative conditional log likelihood with a ridge, and its gradient."""
    weights, jumps = split(theta)
    total, gradient = ridge * float(theta @ theta), 2 * ridge * theta
    for sample in samples:
        scores = sample.lattice.features @ weights
        free = marginals(sample.lattice, scores, jumps)
        held = marginals(sample.lattice, np.where(sample.right, scores, NOTHING), jumps, ~sample.must)
        weight = DECOY_WEIGHT if "!" in sample.rendering else 1.0
        total += weight * (free.log_sum - held.log_sum)
        gradient[: len(NAMES)] += weight * sample.lattice.features.T @ (free.candidates - held.candidates)
        gradient[len(NAMES) :] += weight * (free.jumps - held.jumps).ravel()
    return total, gradient


def fit(samples: list[Sample], ridge: float, rounds: int) -> Floats:
    start = np.zeros(len(NAMES) + len(JUMPS) * GAPS)
    return minimize(loss, start, (samples, ridge), jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x


def judge(sample: Sample, theta: Floats, threshold: float = CLAIM) -> tuple[int, int, int, list]:
    weights, jumps = split(theta)
    made = sample.lattice
    chance = marginals(made, made.features @ weights, jumps).candidates
    chosen = best_cover(made, gains(made, sample.evidence, beliefs(made, chance), threshold))
    pairs = set()
    for k in chosen:
        start, end = sample.evidence.atoms[made.begin[k]].start, sample.evidence.atoms[made.end[k] - 1].end
        pairs |= {
            (e, c) for e in range(made.first[k], made.last[k]) for c in range(start, end) if sample.text[c] not in PUNCT
        }
    pairs -= sample.soft
    return len(pairs & sample.firm), len(pairs - sample.firm), len(sample.firm - pairs), chosen


def f1(tp: int, fp: int, fn: int) -> float:
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--test", nargs="*", type=Path, default=[])
    parser.add_argument("--ridge", type=float, default=0.3)
    parser.add_argument("--rounds", type=int, default=80)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--decoys", type=int, default=3, help="articles about other letters, for each letter")
    parser.add_argument("--no-folds", action="store_true")
    args = parser.parse_args()
    encoder = open_encoder("use", cache=Path.home() / ".cache" / "letter-aligner-training")
    groups = {}
    for k, folder in enumerate(args.folders):
        others = [args.folders[(k + step) % len(args.folders)] for step in range(1, args.decoys + 1)]
        decoys = [other / f"r{1 + (k + step) % 4}.txt" for step, other in enumerate(others)]
        groups[folder.name] = read_folder(folder, encoder, decoys)
        for s in groups[folder.name]:
            print(
                f"{s.rendering}: {s.lattice.atoms} atoms, {len(s.lattice.begin)} candidates, {s.right.sum()} right, "
                f"{s.must.sum()} atoms to cover",
                file=sys.stderr,
            )
    total = np.zeros(3, dtype=int)
    if not args.no_folds:
        for held in groups:
            theta = fit([s for name, group in groups.items() if name != held for s in group], args.ridge, args.rounds)
            for s in groups[held]:
                counts = judge(s, theta)[:3]
                total += counts
                print(f"{s.rendering:10s} F1 {f1(*counts):.3f}  {counts}")
        print(f"held out, all: F1 {f1(*total):.3f}")
    theta = fit([s for group in groups.values() for s in group], args.ridge, args.rounds)
    test = np.zeros(3, dtype=int)
    for folder in args.test:
        for s in read_folder(folder, encoder):
            counts = judge(s, theta)[:3]
            test += counts
            print(f"test {s.rendering:12s} F1 {f1(*counts):.3f}  {counts}")
    if args.test:
        print(f"test, all: F1 {f1(*test):.3f}")
    weights, jumps = split(theta)
    for name, weight in zip(NAMES, weights, strict=True):
        print(f"  {name:20s} {weight:+.2f}", file=sys.stderr)
    for name, row in zip(JUMPS, jumps, strict=True):
        print(f"  {name:12s} " + " ".join(f"{v:+.2f}" for v in row), file=sys.stderr)
    if args.write:
        held = {
            "signature": hashlib.sha256(np.round(theta, 4).tobytes()).hexdigest()[:8],
            "features": dict(zip(NAMES, np.round(weights, 4).tolist(), strict=True)),
            "jumps": dict(zip(JUMPS, np.round(jumps, 4).tolist(), strict=True)),
            "encoder": encoder.signature,
            "trained_on": [f.name for f in args.folders],
            "ridge": args.ridge,
        }
        args.write.write_text(json.dumps(held, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
