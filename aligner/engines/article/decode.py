"""From probabilities to the renderings that are worth claiming."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

import numpy as np

from aligner.engines.article.complete import completed, with_lines, with_quotations
from aligner.engines.article.constraints import Booleans, constrained
from aligner.engines.article.emission import Emission, mean_belief, met_words
from aligner.engines.article.evidence import Evidence
from aligner.engines.article.features import NAMES
from aligner.engines.article.lattice import JUMPS, Floats, Lattice, best_cover, marginals
from aligner.engines.article.peers import NAMES as PEER_NAMES
from aligner.engines.weights import read_weights

# A pair of sentence and character is claimed when it is likelier than this; below one half because
# a missed rendering costs a reader more than a doubtful one, which is shown as such.
CLAIM = 0.45
# Of two renderings of one sentence the weaker stays only if at least this share of the source words
# it renders is not rendered by the stronger.
NEW_SHARE = 0.5
# A run is claimed for several sentences only if it is surer than this of the first and of the last of them. In
# benchmarks/letters anything between 0.6 and 0.8 drops one wrong sentence and no right one.
MERGED = 0.7
CRUMB = 3  # letters
CURVE = ("slope", "shift")


@dataclass(frozen=True, slots=True)
class Curve:
    """From the model's probability to how often links with it are right: a line through log odds (Platt 2000).

    Fitted to links of letters that the weights had not seen; kept with the weights.
    """

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, chance: float) -> float:
        """The confidence of a link that has the probability `chance`."""
        held = min(max(chance, 1e-4), 1 - 1e-4)
        return 1 / (1 + math.exp(-(self.slope * math.log(held / (1 - held)) + self.shift)))


@dataclass(frozen=True)
class Weights:
    """Learned weights: of each feature, and of each jump across each gap; and the curve of confidence."""

    features: Floats
    jumps: Floats
    signature: str
    curve: Curve = Curve()
    peers: Floats = field(default_factory=lambda: np.zeros(len(PEER_NAMES)))


@dataclass(frozen=True)
class Decoded:
    """The emissions in article order; `belief[atom, sentence]` is the probability of each pair.

    `settled` are those that were given, `emissions` those that were found.
    """

    emissions: tuple[Emission, ...]
    belief: Floats
    settled: tuple[Emission, ...] = ()

    @property
    def every(self) -> tuple[Emission, ...]:
        """Found and given ones in article order."""
        return tuple(sorted((*self.emissions, *self.settled), key=lambda e: e.begin))


@cache
def packaged_weights() -> Weights:
    """The weights in the package; the file says what they were trained on."""
    held = read_weights(
        files(__package__), {"features": NAMES, "jumps": JUMPS, "peers": PEER_NAMES, "confidence": CURVE}
    )
    return Weights(
        np.array([held["features"][name] for name in NAMES]),
        np.array([held["jumps"][name] for name in JUMPS]),
        str(held["signature"]),
        Curve(**held["confidence"]),
        np.array([held["peers"][name] for name in PEER_NAMES]),
    )


def decode(
    made: Lattice,
    evidence: Evidence,
    weights: Weights,
    settled: Sequence[Emission] = (),
    banned: Booleans | None = None,
    claim: float = CLAIM,
) -> Decoded:
    """The set of emissions with the greatest expected gain in right over wrong pairs.

    `settled` emissions are given; pairs of atom and sentence in `banned` are never claimed; others when
    likelier than `claim`.
    """
    belief = np.zeros((made.atoms, made.sources))
    if banned is None:
        banned = np.zeros(belief.shape, dtype=bool)
    made, skippable = constrained(made, settled, banned)
    if not len(made.begin):
        return Decoded((), belief, tuple(settled))
    chance = marginals(made, made.features @ weights.features, weights.jumps, skippable).candidates
    belief = beliefs(made, chance)
    chosen = [k for k in best_cover(made, gains(made, evidence, belief, claim)) if skippable[made.begin[k]]]
    emissions = [e for e in (_emission(made, evidence, belief, k) for k in chosen) if not _is_crumb(e, evidence)]
    kept = _without_echoes(_joined(emissions, evidence), evidence, settled)
    kept = with_lines(completed(kept, evidence, belief, settled, banned), evidence, belief, settled, banned)
    kept = with_quotations(kept, evidence, belief, settled, banned)
    return Decoded(tuple(kept), belief, tuple(settled))


def _is_crumb(emission: Emission, evidence: Evidence) -> bool:
    """Whether an emission is two or three unquoted characters of a longer sentence, which say nothing for sure."""
    atoms = evidence.atoms
    run = atoms[emission.begin : emission.end]
    near = [k for k in (emission.begin - 1, emission.end) if 0 <= k < len(atoms)]
    part = any(atoms[k].sentence == run[0].sentence for k in near)
    letters = sum(c.isalnum() for text in evidence.texts[emission.begin : emission.end] for c in text)
    return part and letters <= CRUMB and not any(atom.quoted for atom in run)


def beliefs(made: Lattice, chance: Floats) -> Floats:
    """Probability that atom `a` renders (part of) sentence `i`, shape `(atoms, sources)`."""
    belief = np.zeros((made.atoms, made.sources))
    for k in np.flatnonzero(chance > 1e-4):
        belief[made.begin[k] : made.end[k], made.first[k] : made.last[k]] += chance[k]
    return np.minimum(belief, 1.0)


def gains(made: Lattice, evidence: Evidence, belief: Floats, claim: float) -> Floats:
    """Expected gain of every candidate: characters likelier right than `claim`, less the others."""
    size = np.array([atom.end - atom.start for atom in evidence.atoms], dtype=np.float64)
    worth = np.vstack([np.zeros((1, made.sources)), np.cumsum((belief - claim) * size[:, None], axis=0)])
    across = np.hstack([np.zeros((made.atoms + 1, 1)), np.cumsum(worth, axis=1)])
    total: Floats = (
        across[made.end, made.last]
        - across[made.begin, made.last]
        - across[made.end, made.first]
        + across[made.begin, made.first]
    )
    return total


def _emission(made: Lattice, evidence: Evidence, belief: Floats, k: int) -> Emission:
    begin, end, first, last = (int(side[k]) for side in (made.begin, made.end, made.first, made.last))
    found = Emission(begin, end, first, last, 0.0)
    while found.last - found.first > 1:
        ends = replace(found, last=found.first + 1), replace(found, first=found.last - 1)
        head, tail = (mean_belief(evidence, belief, each) for each in ends)
        if min(head, tail) >= MERGED:
            break
        found = replace(found, first=found.first + 1) if head < tail else replace(found, last=found.last - 1)
    return replace(found, confidence=mean_belief(evidence, belief, found))


def _joined(emissions: list[Emission], evidence: Evidence) -> list[Emission]:
    """Neighbouring runs in one block that render the same sentences are one run."""
    out: list[Emission] = []
    for emission in emissions:
        last = out[-1] if out else None
        if (
            last is not None
            and (last.first, last.last, last.end) == (emission.first, emission.last, emission.begin)
            and evidence.atoms[last.end - 1].block == evidence.atoms[emission.begin].block
            and evidence.atoms[last.end - 1].quoted == evidence.atoms[emission.begin].quoted
        ):
            size = [evidence.atoms[e.end - 1].end - evidence.atoms[e.begin].start for e in (last, emission)]
            mean = (last.confidence * size[0] + emission.confidence * size[1]) / sum(size)
            out[-1] = Emission(last.begin, emission.end, last.first, last.last, mean)
        else:
            out.append(emission)
    return out


def _without_echoes(emissions: list[Emission], evidence: Evidence, settled: Sequence[Emission]) -> list[Emission]:
    """Drop a second rendering of a sentence that says again what a surer one elsewhere, or a settled one, says."""
    kept: list[Emission] = []
    for emission in sorted(emissions, key=lambda e: (-e.confidence * min(1.0, (e.end - e.begin) / 2), e.begin)):
        rivals = [
            other for other in kept if _share_sentence(other, emission) and not _adjacent(other, emission, evidence)
        ] + [
            other
            for other in settled
            if _share_sentence(other, emission)
            and (other.confidence == 1.0 or not _adjacent(other, emission, evidence))
        ]
        if all(_adds(emission, other, evidence) for other in rivals):
            kept.append(emission)
    return sorted(kept, key=lambda e: e.begin)


def _share_sentence(one: Emission, other: Emission) -> bool:
    return one.first < other.last and other.first < one.last


def _adjacent(one: Emission, other: Emission, evidence: Evidence) -> bool:
    """Whether two runs stand side by side, or in one sentence."""
    early, late = sorted((one, other), key=lambda e: e.begin)
    atoms = evidence.atoms
    return late.begin == early.end or atoms[early.end - 1].sentence == atoms[late.begin].sentence


def _adds(emission: Emission, other: Emission, evidence: Evidence) -> bool:
    ours, theirs = (met_words(e, evidence, emission.first, emission.last) for e in (emission, other))
    total = float(ours.sum())
    return total > 0 and float((ours * (theirs < 0.5)).sum()) >= NEW_SHARE * total
