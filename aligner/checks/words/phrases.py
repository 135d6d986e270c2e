"""How well a phrase of one side is met by the nearest stretch of the other, whatever its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.checks.words.evidence import Evidence
from aligner.checks.words.tokens import Token
from aligner.encoders import Encoder
from aligner.text.adverbials import Adverbial, adverbials

LONGEST = 4
"""Words of the longest stretch that a phrase is compared with."""


@dataclass(frozen=True)
class Phrase:
    """An adverbial of item number `item`: the cosine of the nearest stretch, how surely its words are met,
    and the mean cosine in the peers (None without any)."""

    item: int
    place: Adverbial
    nearest: float
    met: float
    in_peers: float | None


def phrases(evidence: Evidence, encoder: Encoder) -> tuple[Phrase, ...]:
    """The adverbials of all English sources with a Chinese target; one call of the encoder."""
    found = [
        (i, place)
        for i, item in enumerate(evidence.items)
        if not item.source.chinese and item.target.chinese
        for place in adverbials(item.source.text)
    ]
    stretches = {i: _stretches(evidence, i) for i in {i for i, _ in found}}
    texts = sorted({t for ts in stretches.values() for t in ts} | {_text(evidence, i, place) for i, place in found})
    if not texts:
        return ()
    vectors = encoder.encode(texts)
    at = {text: k for k, text in enumerate(texts)}
    nearest: dict[tuple[int, int], float] = {}
    by_place: dict[int, dict[int, float]] = defaultdict(dict)
    for i, place in found:
        rows = [at[text] for text in stretches[i]]
        phrase = vectors[at[_text(evidence, i, place)]]
        value = float((vectors[rows] @ phrase).max()) if rows else 0.0
        nearest[i, place.start] = value
        by_place[evidence.items[i].source.at[place.start]][i] = value
    out = []
    for i, place in found:
        others = by_place[evidence.items[i].source.at[place.start]]
        peers = [others[j] for j in evidence.peers[i] if j in others]
        mean = float(np.mean(peers)) if peers else None
        out.append(Phrase(i, place, nearest[i, place.start], _met(evidence, i, place), mean))
    return tuple(out)


def _text(evidence: Evidence, i: int, place: Adverbial) -> str:
    return evidence.items[i].source.text[place.start : place.end].lower()


def _stretches(evidence: Evidence, i: int) -> list[str]:
    words, text = evidence.words[i].target, evidence.items[i].target.simplified
    found = []
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first and words[last].start - words[last - 1].end > 1:
                break
            found.append(text[words[first].start : words[last].end])
    return found


def _met(evidence: Evidence, i: int, place: Adverbial) -> float:
    tokens, met = evidence.words[i].side(source=True)
    inside: Sequence[tuple[Token, float]] = [
        (t, float(m)) for t, m in zip(tokens, met, strict=True) if place.start <= t.start and t.end <= place.end
    ]
    heavy = [m for t, m in inside if not t.light] or [m for _, m in inside]
    return max(heavy, default=1.0)
