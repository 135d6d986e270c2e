"""The rest of a sentence: what a long sentence's rendering goes on to say behind the part found.

A path through the article sees a second piece of a sentence as an unlikely return to where it was. Seen
from the sentence it is likely: its own words are still missing, and just behind its rendering stands,
in front of the next sentence's rendering, an unlinked stretch that has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.engines.article.emission import Emission, mean_belief, met_words
from aligner.engines.article.evidence import Evidence, Floats

# Of a sentence's content words at least this share is unmet, or there is nothing to complete.
UNMET = 0.3
# A stretch must meet this share of the unmet words, and have this cosine with some piece of the sentence.
MEETS, SENSE = 0.45, 0.42
SURE = 0.9  # of both neighbours
UNSURE = 0.49  # at most, unless the model itself believes more: a person should look at it


def completed(emissions: Sequence[Emission], evidence: Evidence, belief: Floats) -> list[Emission]:
    """The emissions, and the missing pieces of their sentences found right behind them."""
    out = list(emissions)
    for emission in emissions:
        for i in range(emission.first, emission.last):
            piece = _missing_piece(i, emission, out, evidence, belief)
            if piece is not None:
                out = sorted([*out, piece], key=lambda e: e.begin)
    return out


def _missing_piece(
    i: int, emission: Emission, emissions: list[Emission], evidence: Evidence, belief: Floats
) -> Emission | None:
    """The unlinked sentences between the rendering of sentence `i` and that of the next, if they complete it."""
    following = next((e for e in emissions if e.begin >= emission.end), None)
    if i != emission.last - 1 or following is None or following.first != i + 1:
        return None
    if min(emission.confidence, following.confidence) < SURE:
        return None
    met = met_words(emission, evidence, i, i + 1)
    unmet = met < 0.5
    if len(met) < 4 or unmet.mean() < UNMET:
        return None
    best: tuple[float, Emission] | None = None
    for window, (begin, end) in enumerate(evidence.runs):
        if not emission.end <= begin < end <= following.begin or not _whole_and_alike(begin, end, emission, evidence):
            continue
        sense = float(evidence.parts[window, i])
        candidate = Emission(begin, end, i, i + 1, 0.0)
        gain = float((met_words(candidate, evidence, i, i + 1)[unmet] >= 0.3).mean())
        if sense >= SENSE and gain >= MEETS and (best is None or gain + sense > best[0]):
            chance = max(mean_belief(evidence, belief, candidate), min(UNSURE, gain * sense))
            best = gain + sense, replace(candidate, confidence=chance)
    return best[1] if best else None


def _whole_and_alike(begin: int, end: int, emission: Emission, evidence: Evidence) -> bool:
    """Whether a run is whole sentences, quoted or not as the rendering it would complete."""
    atoms = evidence.atoms
    starts = atoms[begin - 1].sentence != atoms[begin].sentence
    ends = end == len(atoms) or atoms[end].sentence != atoms[end - 1].sentence
    alike = all(
        (a.quoted, a.kind) == (atoms[emission.begin].quoted, atoms[emission.begin].kind) for a in atoms[begin:end]
    )
    return starts and ends and alike
