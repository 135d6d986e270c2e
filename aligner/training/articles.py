"""The weights of the article engine, learned by L-BFGS on the conditional likelihood of letters with gold.

First the weights of candidates and jumps; then, from articles as weights see them that did not see their letter, how
confidences are to be read, and the weights of what other articles about the letter say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aligner.encoders import Encoder
from aligner.engines.article.decode import Decoded, Weights, decode
from aligner.engines.article.features import NAMES
from aligner.engines.article.lattice import GAPS, JUMPS
from aligner.engines.article.peers import NAMES as PEER_NAMES
from aligner.engines.article.peers import PeerEvidence, compare, peer_features
from aligner.engines.article.together import added, versions
from aligner.training.article_fit import Task, fit, fit_extra
from aligner.training.article_gold import Sample
from aligner.training.article_report import Judged, calibrated, judge
from aligner.training.fit import Floats, folds

Groups = Mapping[str, Sequence[Sample]]
"""The articles with gold of each letter."""
Report = Callable[[str], None]

# Articles about other letters teach what a quotation alone does not prove; at full weight they would also
# teach that every third article renders nothing, which is not how people use the program.
DECOY_WEIGHT = 0.2
RIDGE, ROUNDS = 0.3, 60
PEER_RIDGE, PEER_ROUNDS, PEER_FOLDS = 0.5, 40, 5


@dataclass(frozen=True)
class Look:
    """An article as weights see it that were learned without its letter."""

    sample: Sample
    weights: Weights
    decoded: Decoded


Looks = Mapping[str, Sequence[Look]]
"""The articles of each letter as they are seen."""


def first_looks(groups: Groups, fold_count: int = 0, rounds: int = ROUNDS, report: Report = print) -> Looks:
    """Per letter its articles, each by itself; `report` is told each letter that is done.

    `fold_count` groups of letters are held out together, each alone when it is 0. Raises AlignerError when nothing is
    left to learn from.
    """
    names = sorted(groups)
    looks = {}
    for test in folds(names, fold_count):
        weights = _weights_of(_fit([s for name in names if name not in test for s in groups[name]], rounds))
        for name in test:
            looks[name] = [Look(s, weights, decode(s.lattice, s.evidence, weights)) for s in groups[name]]
            report(name)
    return looks


def peers_of(looks: Looks, encoder: Encoder) -> dict[str, PeerEvidence]:
    """Per article what the other articles about its letter say, as found in a first look."""
    found = {}
    for group in looks.values():
        real = {look.sample.rendering: look for look in group if not look.sample.decoy}
        said = {name: versions(look.sample.evidence, look.decoded, look.weights.curve) for name, look in real.items()}
        for look in group:
            others = [v for name, texts in said.items() if name != look.sample.rendering for v in texts]
            found[look.sample.rendering] = compare(look.sample.evidence, others, encoder)
    return found


def second_looks(looks: Looks, peers: Mapping[str, PeerEvidence]) -> list[Look]:
    """Every article in the light of the others, by weights of peers learned without its letter."""
    names = sorted(looks)
    out = []
    for test in folds(names, PEER_FOLDS):
        learn_from = [look for name in names if name not in test for look in looks[name]]
        extra = _fit_peers(learn_from, peers, np.mean([look.weights.jumps for look in learn_from], axis=0))
        out += [_again(look, peers[look.sample.rendering], extra) for name in test for look in looks[name]]
    return out


def _again(look: Look, others: PeerEvidence, extra: Floats) -> Look:
    sample, again = look.sample, look.decoded
    weights = replace(look.weights, peers=extra)
    if again.emissions and others.known.any():
        free = np.zeros((sample.lattice.atoms, sample.lattice.sources), dtype=bool)
        again = added(sample.evidence, (sample.lattice, sample.chosen), again, others, weights, free)
    return Look(sample, weights, again)


def judged(looks: Iterable[Look]) -> list[tuple[Sample, Judged]]:
    """Each article with what is right and wrong in it."""
    return [(look.sample, judge(look.sample, look.decoded)) for look in looks]


def learn(
    groups: Groups, looks: Looks, peers: Mapping[str, PeerEvidence], rounds: int = ROUNDS
) -> dict[str, dict[str, object]]:
    """The parts of `weights.json`, from all letters; the weights of peers and the curve from what was held out."""
    theta = _fit([sample for group in groups.values() for sample in group], rounds)
    every = [look for group in looks.values() for look in group]
    weights = _weights_of(theta)
    curve = calibrated([link for _, found in judged(every) for link in found.links])
    return {
        "features": _named(NAMES, weights.features),
        "jumps": _named(JUMPS, weights.jumps),
        "peers": _named(PEER_NAMES, _fit_peers(every, peers, weights.jumps)),
        "confidence": {"slope": round(curve.slope, 4), "shift": round(curve.shift, 4)},
    }


def _named(names: Sequence[str], values: Floats) -> dict[str, object]:
    return dict(zip(names, np.round(values, 4).tolist(), strict=True))


def _tasks(samples: Iterable[Sample]) -> list[Task]:
    """What is learned from: every article, and with less weight those about other letters."""
    return [Task(s.lattice, s.right, s.must, DECOY_WEIGHT if s.decoy else 1.0) for s in samples]


def _fit(samples: Sequence[Sample], rounds: int) -> Floats:
    return fit(_tasks(samples), RIDGE, rounds)


def _weights_of(theta: Floats) -> Weights:
    """The flat vector of the fit as the engine reads it."""
    return Weights(theta[: len(NAMES)], theta[len(NAMES) :].reshape(len(JUMPS), GAPS), "")


def _fit_peers(looks: Sequence[Look], peers: Mapping[str, PeerEvidence], jumps: Floats) -> Floats:
    """Weights of what other articles say, on top of the scores of the first look."""
    samples = []
    for look in looks:
        s = look.sample
        extra = peer_features(s.evidence, s.lattice, s.chosen, peers[s.rendering])
        base = s.lattice.features @ look.weights.features
        samples.append(replace(s, lattice=replace(s.lattice, features=np.hstack([base[:, None], extra]))))
    return fit_extra(_tasks(samples), PEER_RIDGE, PEER_ROUNDS, jumps)
