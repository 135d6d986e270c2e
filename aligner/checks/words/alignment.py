"""Which words of a unit have a counterpart on its other side, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.checks.passages import Passage
from aligner.checks.words.strength import Floats, Vocabulary, strengths, vocabulary, windows
from aligner.checks.words.tokens import Token, tokens
from aligner.encoders import Encoder

RIVALRY = 2.0
"""How much a counterpart counts less that renders another word better: exponent of the share of its best."""


@dataclass(frozen=True)
class WordAlignment:
    """The words of both sides of a unit.

    `strength`: `(source words, target words)`, 0 to 1; `source_met` and `target_met`: how surely each
    word has a counterpart of its own, which is less than its greatest strength where that counterpart
    renders another word better.
    """

    source: tuple[Token, ...]
    target: tuple[Token, ...]
    strength: Floats
    source_met: Floats
    target_met: Floats

    def side(self, *, source: bool) -> tuple[tuple[Token, ...], Floats]:
        """The words of one side, and how surely they are met."""
        return (self.source, self.source_met) if source else (self.target, self.target_met)


def align_words(
    pairs: Sequence[tuple[Passage, Passage]], encoder: Encoder
) -> tuple[tuple[WordAlignment, ...], Vocabulary]:
    """The word alignments of `(source, target)` passages, and the vectors of all their words.

    All words are encoded in one call.
    """
    known: dict[Passage, tuple[Token, ...]] = {}
    read = []
    for source, target in pairs:
        for passage in (source, target):
            if passage not in known:
                known[passage] = tokens(passage)
        read.append((known[source], known[target]))
    texts = [
        text
        for passage, found in known.items()
        for text in [*(t.text for t in found), *windows(found, chinese=passage.chinese)]
    ]
    held = vocabulary(texts, encoder)
    out = []
    for (source, target), (left, right) in zip(pairs, read, strict=True):
        swapped = source.chinese and not target.chinese
        table = strengths(right, left, held).T if swapped else strengths(left, right, held)
        out.append(WordAlignment(left, right, table, *_met(table)))
    return tuple(out), held


def _met(table: Floats) -> tuple[Floats, Floats]:
    if not table.size:
        return np.zeros(table.shape[0]), np.zeros(table.shape[1])
    by_target = table / np.maximum(table.max(axis=0, keepdims=True), 1e-9)
    by_source = table / np.maximum(table.max(axis=1, keepdims=True), 1e-9)
    return (table * by_target**RIVALRY).max(axis=1), (table * by_source**RIVALRY).max(axis=0)
