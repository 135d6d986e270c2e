"""Learn the weights of the article engine from letters with gold, by L-BFGS on the conditional likelihood.

    python benchmarks/train_articles.py benchmarks/letters/?? --write aligner/engines/article/weights.json

Prints, for letters that the weights did not see (leave one letter out), the figures per article and per kind of
article, and whether confidences mean what they say (each letter's, by a curve fitted to the others'). Needs SciPy,
which the program itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from article_fit import Task, fit, fit_extra
from article_gold import Sample, read_folder
from article_scores import Judged, calibrated, judge, report

from aligner.encoders import Encoder, open_encoder
from aligner.engines.article.decode import Curve, Decoded, Weights, decode
from aligner.engines.article.features import NAMES
from aligner.engines.article.lattice import GAPS, JUMPS
from aligner.engines.article.peers import NAMES as PEER_NAMES
from aligner.engines.article.peers import PeerEvidence, compare, peer_features
from aligner.engines.article.together import added, versions

Floats = npt.NDArray[np.float64]
# Articles about other letters teach what a quotation alone does not prove; at full weight they would also
# teach that every third article renders nothing, which is not how people use the program.
DECOY_WEIGHT = 0.2
RIDGE, ROUNDS = 0.3, 60
PEER_RIDGE, PEER_ROUNDS, PEER_FOLDS = 0.5, 40, 5


def tasks_of(samples: Sequence[Sample]) -> list[Task]:
    """What is learned from: every article, and with less weight those about other letters."""
    return [Task(s.lattice, s.right, s.must, DECOY_WEIGHT if "!" in s.rendering else 1.0) for s in samples]


def weights_of(theta: Floats) -> Weights:
    """The flat vector of the fit as the engine reads it."""
    return Weights(theta[: len(NAMES)], theta[len(NAMES) :].reshape(len(JUMPS), GAPS), "")


@dataclass(frozen=True)
class Look:
    """An article as weights see it that were learned without its letter."""

    sample: Sample
    weights: Weights
    decoded: Decoded


def first_looks(groups: dict[str, list[Sample]], folds: int, ridge: float, rounds: int) -> dict[str, list[Look]]:
    """Per letter its articles, each by itself."""
    names = sorted(groups)
    looks = {}
    for k in range(folds):
        test = names[k::folds]
        learn = [s for name in names if name not in test for s in groups[name]]
        weights = weights_of(fit(tasks_of(learn), ridge, rounds))
        for name in test:
            looks[name] = [Look(s, weights, decode(s.lattice, s.evidence, weights)) for s in groups[name]]
            print(f"{name} held out", file=sys.stderr, flush=True)
    return looks


def peers_of(looks: dict[str, list[Look]], encoder: Encoder) -> dict[str, PeerEvidence]:
    """Per article what the other articles about its letter say, as found in a first look."""
    found = {}
    for group in looks.values():
        real = {look.sample.rendering: look for look in group if "!" not in look.sample.rendering}
        said = {name: versions(look.sample.evidence, look.decoded, look.weights.curve) for name, look in real.items()}
        for look in group:
            others = [v for name, texts in said.items() if name != look.sample.rendering for v in texts]
            found[look.sample.rendering] = compare(look.sample.evidence, others, encoder)
    return found


def fit_peers(looks: Sequence[Look], peers: dict[str, PeerEvidence], jumps: Floats) -> Floats:
    """Weights of what other articles say, on top of the scores of the first look."""
    samples = []
    for look in looks:
        s = look.sample
        extra = peer_features(s.evidence, s.lattice, s.chosen, peers[s.rendering])
        base = s.lattice.features @ look.weights.features
        samples.append(replace(s, lattice=replace(s.lattice, features=np.hstack([base[:, None], extra]))))
    return fit_extra(tasks_of(samples), PEER_RIDGE, PEER_ROUNDS, jumps)


def second_looks(looks: dict[str, list[Look]], peers: dict[str, PeerEvidence], folds: int) -> list[Look]:
    """Every article in the light of the others, by weights of peers learned without its letter."""
    names = sorted(looks)
    out = []
    for k in range(folds):
        test = names[k::folds]
        learn = [look for name in names if name not in test for look in looks[name]]
        extra = fit_peers(learn, peers, np.mean([look.weights.jumps for look in learn], axis=0))
        for look in (look for name in test for look in looks[name]):
            s = look.sample
            weights = replace(look.weights, peers=extra)
            free = np.zeros((s.lattice.atoms, s.lattice.sources), dtype=bool)
            again = look.decoded
            if again.emissions and peers[s.rendering].known.any():
                again = added(s.evidence, (s.lattice, s.chosen), again, peers[s.rendering], weights, free)
            out.append(Look(s, weights, again))
    return out


def read_groups(folders: Sequence[Path], decoys: int, encoder: Encoder) -> dict[str, list[Sample]]:
    """Per letter its articles, and `decoys` articles about other letters."""
    groups = {}
    for k, folder in enumerate(folders):
        others = [folders[(k + step) % len(folders)] for step in range(1, decoys + 1)]
        strange = [other / f"r{1 + (k + step) % 4}.txt" for step, other in enumerate(others)]
        groups[folder.name] = read_folder(folder, encoder, strange)
    return groups


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--ridge", type=float, default=RIDGE)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folds", type=int, default=0, help="groups of letters held out together; 0: each alone")
    parser.add_argument("--decoys", type=int, default=3, help="articles about other letters, for each letter")
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    encoder = open_encoder("use", cache=Path.home() / ".cache" / "letter-aligner-training")
    folders = [folder for folder in args.folders if (folder / "gold").is_dir()]
    groups = read_groups(folders, args.decoys, encoder)
    looks = first_looks(groups, args.folds or len(groups), args.ridge, args.rounds)
    alone = [(look.sample, judge(look.sample, look.decoded)) for group in looks.values() for look in group]
    peers = peers_of(looks, encoder)
    together = [(look.sample, judge(look.sample, look.decoded)) for look in second_looks(looks, peers, PEER_FOLDS)]
    for (sample, found), (_, again) in zip(sorted_by_name(alone), sorted_by_name(together), strict=True):
        print(
            f"{sample.rendering:10s} {found}" + ("" if again.f1 == found.f1 else f"  with the others F1 {again.f1:.3f}")
        )
    print("\neach article by itself")
    report(alone)
    print("\nwith the other articles about the letter")
    report(together)
    curve = calibrated([link for _, found in alone for link in found.links])
    every = [look for group in looks.values() for look in group]
    theta = fit(tasks_of([s for group in groups.values() for s in group]), args.ridge, args.rounds)
    learned = [*theta[: len(NAMES)], *theta[len(NAMES) :].reshape(-1, GAPS)]
    for name, weight in zip((*NAMES, *JUMPS), learned, strict=True):
        print(f"  {name:24s} {np.round(weight, 2)}", file=sys.stderr)
    extra = fit_peers(every, peers, theta[len(NAMES) :].reshape(-1, GAPS))
    print({name: round(float(weight), 2) for name, weight in zip(PEER_NAMES, extra, strict=True)}, file=sys.stderr)
    if args.write:
        write(args.write, theta, extra, curve, encoder, folders, args.ridge)


def sorted_by_name(judged: list[tuple[Sample, Judged]]) -> list[tuple[Sample, Judged]]:
    """By rendering, articles about other letters last."""
    return sorted(judged, key=lambda pair: ("!" in pair[0].rendering, pair[0].rendering))


def write(
    path: Path, theta: Floats, extra: Floats, curve: Curve, encoder: Encoder, folders: Sequence[Path], ridge: float
) -> None:
    """The weights file of the package."""
    weights, jumps = theta[: len(NAMES)], theta[len(NAMES) :].reshape(-1, GAPS)
    flat = np.round([*theta, *extra, curve.slope, curve.shift], 4)
    held = {
        "signature": hashlib.sha256(flat.tobytes()).hexdigest()[:8],
        "features": dict(zip(NAMES, np.round(weights, 4).tolist(), strict=True)),
        "jumps": dict(zip(JUMPS, np.round(jumps, 4).tolist(), strict=True)),
        "peers": dict(zip(PEER_NAMES, np.round(extra, 4).tolist(), strict=True)),
        "confidence": {"slope": round(curve.slope, 4), "shift": round(curve.shift, 4)},
        "encoder": encoder.signature,
        "trained_on": [folder.name for folder in folders],
        "ridge": ridge,
    }
    path.write_text(json.dumps(held, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
