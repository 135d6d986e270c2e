"""How alike the words of two renderings of one sentence are, so that what corresponds can share a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from aligner.checks.words.evidence import ALIKE, UNLIKE
from aligner.checks.words.strength import Floats, Vocabulary
from aligner.checks.words.tokens import Token

SAME, PARTNER, NEAR = 1.0, 0.8, 0.6
"""The same word; another for the same word of the letter; one that is near by its vector: so ordered, no more is
meant by the figures."""
LIGHT = 0.3
"""What function words count: content decides which words share a column."""
STRAYED = 0.25
"""What is left of the likeness of two words that render different words of the letter: the same word twice in it."""

Partners = Mapping[int, frozenset[int]]
"""Number of a word -> the places in the letter of the words that it renders."""


def likeness(
    one: Sequence[Token], other: Sequence[Token], partners: tuple[Partners, Partners], held: Vocabulary
) -> Floats:
    """0 to 1, of shape `(words of one, words of other)`; 0 for words that nothing connects."""
    if not one or not other:
        return np.zeros((len(one), len(other)))
    cosine = held.rows([t.text for t in one]) @ held.rows([t.text for t in other]).T
    near = np.clip((cosine.astype(np.float64) - UNLIKE) / (ALIKE - UNLIKE), 0.0, 1.0)
    # Half way from unlike to alike is where two words may as well be strangers.
    out = np.where(near > 0.5, near * NEAR, 0.0)
    for i, first in enumerate(one):
        for j, second in enumerate(other):
            mine, theirs = partners[0].get(i, frozenset()), partners[1].get(j, frozenset())
            if first.text == second.text:
                out[i, j] = SAME
            elif mine & theirs:
                out[i, j] = max(out[i, j], PARTNER)
            if mine and theirs and not mine & theirs:
                out[i, j] *= STRAYED
            if first.light and second.light:
                out[i, j] *= LIGHT
            elif first.light or second.light:
                out[i, j] = 0.0
    return np.asarray(out, dtype=np.float64)
