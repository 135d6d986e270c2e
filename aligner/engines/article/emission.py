"""A stretch of the article that renders source sentences, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.engines.article.evidence import Evidence, Floats


@dataclass(frozen=True, slots=True)
class Emission:
    """Atoms `[begin, end)` render source sentences `[first, last)`, with a probability."""

    begin: int
    end: int
    first: int
    last: int
    confidence: float


def mean_belief(evidence: Evidence, belief: Floats, emission: Emission) -> float:
    """The mean of `belief[atom, sentence]` over an emission, by the length of atoms."""
    size = np.array([a.end - a.start for a in evidence.atoms[emission.begin : emission.end]], dtype=np.float64)
    pairs = belief[emission.begin : emission.end, emission.first : emission.last]
    return float((pairs.mean(axis=1) @ size) / size.sum())


def met_words(emission: Emission, evidence: Evidence, first: int, last: int) -> Floats:
    """Strength with which an emission meets each content word of source sentences `[first, last)`."""
    table = evidence.words
    inside = (table.source_sentence >= first) & (table.source_sentence < last)
    source = np.flatnonzero(inside & (table.source_weight >= 1))
    target = np.flatnonzero((table.target_atom >= emission.begin) & (table.target_atom < emission.end))
    if not len(source) or not len(target):
        return np.zeros(len(source))
    strength: Floats = table.strength[np.ix_(target, source)].max(axis=0)
    return np.where(strength >= 0.3, strength, 0.0)
