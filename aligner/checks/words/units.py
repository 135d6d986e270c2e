"""How likely a whole unit holds an omission, an addition or a serious error, from all of its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from aligner.checks.words.evidence import FEATURES, Evidence
from aligner.checks.words.model import Logistic, models
from aligner.checks.words.strength import Floats

ALONE = ("source_peak", "source_sum", "source_mean", "target_peak", "target_sum", "target_mean", "far", "size",
         "short", "gap_source", "gap_target")  # fmt: skip
"""Features of a unit by itself."""

AMONG = (*ALONE, "apart", "peers_short", "far_peers", "lost_peak", "lost_sum", "new_peak", "new_sum")
"""Features of a unit that others render too."""

RISKS = ("omission", "addition", "major")


def gap_scores(evidence: Evidence) -> Floats:
    """For each gap the probability that its words are missing (source side) or added (target side)."""
    return scored_gaps(evidence, models())


def scored_gaps(evidence: Evidence, known: Mapping[str, Logistic]) -> Floats:
    """The same by the models given, one for each side, with and without other renderings."""
    out = np.zeros(len(evidence.gaps))
    with_peers = FEATURES.index("peer_known")
    for source, name in ((True, "gap_source"), (False, "gap_target")):
        for peers, ending in ((1.0, ""), (0.0, "_alone")):
            rows = [
                k for k, gap in enumerate(evidence.gaps) if gap.source is source and gap.features[with_peers] == peers
            ]
            if rows:
                values = np.array([evidence.gaps[k].features for k in rows])
                out[rows] = known[name + ending].probability(values, FEATURES)
    return out


def unit_features(evidence: Evidence, scores: Floats) -> tuple[Floats, list[bool]]:
    """The features `AMONG` of every unit, and whether it has peers; without them their features are 0."""
    count = len(evidence.items)
    best = {True: np.zeros(count), False: np.zeros(count)}
    for gap, score in zip(evidence.gaps, scores, strict=True):
        best[gap.source][gap.item] = max(best[gap.source][gap.item], score)
    lengths = np.array([np.log(len(item.target.text) + 10) for item in evidence.items])
    rows = []
    for i in range(count):
        alone = [*_loose(evidence, i, True), *_loose(evidence, i, False), 1 - float(evidence.cosine[i])]
        alone += [*_sizes(evidence, i), float(best[True][i]) ** 0.5, float(best[False][i]) ** 0.5]
        peers = list(evidence.peers[i])
        among = [0.0] * (len(AMONG) - len(ALONE))
        if peers:
            among = [
                1 - float(evidence.consensus[i]),
                float(np.median(lengths[peers]) - lengths[i]),
                float(evidence.cosine[peers].mean() - evidence.cosine[i]),
                *_lost(evidence, i),
                *_new(evidence, i),
            ]
        rows.append([*alone, *among])
    return np.array(rows).reshape(count, len(AMONG)), [bool(peers) for peers in evidence.peers]


def unit_risks(evidence: Evidence, scores: Floats) -> dict[str, Floats]:
    """For each of `RISKS` the probability, were half of all units so, that a unit is so."""
    values, peers = unit_features(evidence, scores)
    out = {}
    for name in RISKS:
        alone = models()[f"unit_{name}"].probability(values, AMONG)
        among = models()[f"unit_{name}_peers"].probability(values, AMONG)
        out[name] = np.where(peers, among, alone)
    return out


def _loose(evidence: Evidence, i: int, source: bool) -> tuple[float, float, float]:
    tokens, met = evidence.words[i].side(source=source)
    heavy = [k for k, t in enumerate(tokens) if not t.light]
    if not heavy:
        return 0.0, 0.0, 0.0
    weight = np.array([tokens[k].weight for k in heavy])
    loose = weight * (1 - met[heavy])
    return float(loose.max()), float(np.log1p(loose.sum())), float(loose.sum() / max(1e-9, weight.sum()))


def _sizes(evidence: Evidence, i: int) -> tuple[float, float]:
    item = evidence.items[i]
    sizes = [len(p.text) / (1.0 if p.chinese else 3.0) for p in (item.source, item.target)]
    return float(np.log1p(sizes[0])), float(np.log((sizes[0] + 3) / (sizes[1] + 3)))


def _lost(evidence: Evidence, i: int) -> tuple[float, float]:
    """What peers have of the source and this unit has not."""
    own = evidence.words[i]
    mean = evidence.support[i].mean(source=True)
    if mean is None or not own.source:
        return 0.0, 0.0
    lead = np.maximum(0.0, np.nan_to_num(mean) - own.source_met)
    return _peak_and_sum(lead * _content(own.source))


def _new(evidence: Evidence, i: int) -> tuple[float, float]:
    """What this unit's target has that neither the source nor the peers have."""
    own = evidence.words[i]
    mean = evidence.support[i].mean(source=False)
    if mean is None or not own.target:
        return 0.0, 0.0
    return _peak_and_sum((1 - mean) * (1 - own.target_met) * _content(own.target))


def _content(tokens: Sequence) -> Floats:  # type: ignore[type-arg]
    return np.array([0.0 if t.light else t.weight for t in tokens])


def _peak_and_sum(values: Floats) -> tuple[float, float]:
    return float(values.max()), float(np.log1p(values.sum()))
