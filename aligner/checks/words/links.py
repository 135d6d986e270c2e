"""Which words of a sentence and of its rendering correspond: few, sure links in place of a table of strengths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.cedict import known, proper
from aligner.checks.words.strength import SOUND, Floats

FLOOR = 0.55
"""Strength below which two words are no counterparts; as where contrasts of meaning are looked for, whose
threshold was set on the invented letters in `benchmarks/letters`."""
DRIFT = 0.05
"""What a link across the whole sentence costs: it decides between two occurrences of one word, and little else."""
NEAR = 2
"""Function words correspond only within so many words of a pair of content words that does."""
GLOSSED = 0.92
"""Strength from which function words correspond, and a word takes a second counterpart: what the dictionary, letters,
sound or value say. Vectors of function words say little, and those of two words in a row are near to either."""
EMPTY = frozenset("a an the of to".split())
"""English words to which nothing in Chinese corresponds by itself."""


@dataclass(frozen=True, slots=True)
class WordLink:
    """Word number `source` of the letter's side and word number `target` of the rendering's, 0 to 1 how surely."""

    source: int
    target: int
    confidence: float


def word_links(words: WordAlignment, floor: float = FLOOR) -> tuple[WordLink, ...]:
    """The links of a unit in the order of its source words, none weaker than `floor`.

    Competitive linking (Melamed 2000): the strongest pair of free words first, content words before function words;
    a word takes a second counterpart only right beside its first (one name cut into two words). Order in the
    sentence decides nothing but between occurrences of the same word.
    """
    if not words.strength.size:
        return ()
    strength = _believed(words)
    value = _value(strength)
    light = np.array([[s.light or t.light for t in words.target] for s in words.source])
    chosen: dict[tuple[int, int], float] = {}
    for pairs in (_ranked(value, strength, ~light, floor), _ranked(value, strength, light, max(floor, GLOSSED))):
        for i, j in pairs:
            if light[i, j] and not _close(i, j, chosen, light):
                continue
            if all(i != a and j != b for a, b in chosen):
                chosen[i, j] = float(strength[i, j])
    _extend(chosen, words, strength)
    return tuple(WordLink(i, j, round(min(1.0, share), 4)) for (i, j), share in sorted(chosen.items()))


def _believed(words: WordAlignment) -> Floats:
    """The strengths without what is true of names alone, and without words that nothing renders."""
    strength = words.strength.copy()
    for i, token in enumerate(words.source):
        if token.text.lower() in EMPTY:
            strength[i] = 0.0
        for j, other in enumerate(words.target):
            # A common word sounds like a name by chance.
            if strength[i, j] == SOUND and known(other.text) and not proper(other.text):
                strength[i, j] = 0.0
            # One of them a function word: the other says more than it does.
            if token.light != other.light:
                strength[i, j] = 0.0
    return strength


def _value(strength: Floats) -> Floats:
    """Strength, less where either word has a better counterpart or stands elsewhere in its sentence."""
    rows, columns = strength.shape
    own = strength / np.maximum(strength.max(axis=1, keepdims=True), 1e-9)
    others = strength / np.maximum(strength.max(axis=0, keepdims=True), 1e-9)
    places = np.abs(np.linspace(0, 1, rows)[:, None] - np.linspace(0, 1, columns)[None, :])
    return np.asarray(strength * own * others - DRIFT * places)


def _ranked(value: Floats, strength: Floats, wanted: np.ndarray, floor: float) -> Iterator[tuple[int, int]]:
    found = np.argwhere(wanted & (strength >= floor))
    pairs: list[tuple[int, int]] = [(int(i), int(j)) for i, j in found]
    yield from sorted(pairs, key=lambda pair: (-value[pair], pair))


def _close(i: int, j: int, chosen: dict[tuple[int, int], float], light: np.ndarray) -> bool:
    return any(abs(i - a) <= NEAR and abs(j - b) <= NEAR and not light[a, b] for a, b in chosen)


def _extend(chosen: dict[tuple[int, int], float], words: WordAlignment, strength: Floats) -> None:
    """Free content words beside a counterpart that render the same word."""
    for side in (0, 1):
        taken = {pair[side] for pair in chosen}
        tokens = words.source if side == 0 else words.target
        for free in [k for k, token in enumerate(tokens) if k not in taken and not token.light]:
            found = [pair for pair in chosen if abs(pair[side] - free) == 1]
            steps = [(free, pair[1]) if side == 0 else (pair[0], free) for pair in found]
            best = max(steps, key=lambda pair: strength[pair], default=None)
            if best and strength[best] >= GLOSSED:
                chosen[best] = float(strength[best])
