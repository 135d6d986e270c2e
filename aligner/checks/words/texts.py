"""The texts that a run compares, and their vectors, encoded in one go."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.checks.passages import Passage
from aligner.checks.words.gaps import Stretch
from aligner.encoders import Encoder
from aligner.text.clauses import clauses


class Texts:
    """All texts to be compared, and their vectors."""

    def __init__(self, items: Sequence[tuple[Passage, Passage]], found: Sequence[tuple[int, bool, Stretch]]) -> None:
        self._items = items
        self._wanted: dict[str, None] = {}
        for sides in items:
            for passage in sides:
                self._add(passage.text)
                for piece in clause_texts(passage):
                    self._add(piece)
        for i, side, stretch in found:
            passage = items[i][0 if side else 1]
            self._add(passage.text[stretch.start : stretch.end])
            self._add(without(passage, stretch))

    def _add(self, text: str) -> None:
        self._wanted[text] = None

    def encode(self, encoder: Encoder) -> None:
        """Encode everything that was asked for."""
        texts = sorted(self._wanted)
        self._vectors = encoder.encode(texts)
        self._at = {text: k for k, text in enumerate(texts)}

    def vector(self, text: str) -> np.ndarray:
        """The vector of a text that was asked for."""
        row: np.ndarray = self._vectors[self._at[text]]
        return row

    def sentence(self, i: int, source: bool) -> np.ndarray:
        """The vector of one side of an item."""
        return self.vector(self._items[i][0 if source else 1].text)


def without(passage: Passage, stretch: Stretch) -> str:
    """The passage's text with a stretch cut out."""
    joint = "" if passage.chinese else " "
    return f"{passage.text[: stretch.start].rstrip()}{joint}{passage.text[stretch.end :].lstrip()}"


def clause_texts(passage: Passage) -> list[str]:
    """The clauses of a passage."""
    return [p.of(passage.text) for p in clauses(passage.text, passage.language, 0, len(passage.text))]
