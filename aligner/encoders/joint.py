"""`use` and `e5` as one encoder: their vectors side by side, so that cosines are averages of both cosines.

All e5 vectors point into one narrow cone: two strangers have a cosine of about 0.8, as against 0.1 with `use`, and
those of one language are nearer still. What they have in common is taken away first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from aligner.encoders.base import Encoder, Vectors, rows_of_unit_length
from aligner.encoders.e5 import E5Encoder
from aligner.encoders.use import UniversalSentenceEncoder
from aligner.errors import AlignerError

NAME = "use+e5"
SHARE = 0.3
"""What the cosine of e5 counts in the average. On MAC-Dev, by weights learned from the other chapters, strict and lax
F1 are 0.887 / 0.992 at 0 (`use` alone), 0.884 / 0.991 at 0.2, 0.887 / 0.992 at 0.3, 0.887 / 0.990 at 0.5 and
0.875 / 0.986 at 1 (`e5` alone)."""
FILE = "e5_centre.json"


@dataclass(frozen=True)
class Common:
    """What e5 vectors share: the mean vectors of sentences of two languages, found by benchmarks/e5_centre.py."""

    english: Vectors
    chinese: Vectors

    def taken_from(self, vectors: Vectors) -> Vectors:
        """Unit vectors less the mean of both languages and what tells the two apart; rows of zeros stay."""
        apart = self.english - self.chinese
        apart = apart / np.linalg.norm(apart)
        moved: npt.NDArray[np.floating] = vectors - (self.english + self.chinese) / 2
        moved = moved - np.outer(moved @ apart, apart)
        return rows_of_unit_length(np.where(vectors.any(axis=1, keepdims=True), moved, 0))


@cache
def common() -> Common:
    """What is in the package; raises AlignerError when the file is missing or broken."""
    try:
        held = json.loads(files(__package__).joinpath(FILE).read_text("utf-8"))
        return Common(*(np.array(held[name], dtype=np.float32) for name in ("english", "chinese")))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        hint = "install the program again"
        raise AlignerError("the file of encoder use+e5 is missing or broken", where=FILE, hint=hint) from fault


class UseWithE5:
    """`use+e5`: the more accurate and much slower encoder of sentences; the extra `e5`.

    `words` is the encoder for single words, which e5 does not help: see `word_encoder`.
    """

    def __init__(self, use: Encoder | None = None, e5: Encoder | None = None) -> None:
        self._e5 = e5 or E5Encoder()
        self.words = use or UniversalSentenceEncoder()

    @property
    def signature(self) -> str:
        """Both encoders' and the share of the second."""
        return f"{self.words.signature}+{self._e5.signature}@{SHARE}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of both, of unit length each and together; a blank text is zeros in both."""
        return self.side_by_side(self.words.encode(texts), self.second(texts))

    def second(self, texts: Sequence[str]) -> Vectors:
        """The vectors of e5, without what all of them share."""
        return common().taken_from(self._e5.encode(texts))

    def side_by_side(self, first: Vectors, second: Vectors) -> Vectors:
        """Rows of both, `(..., d)`, so that a cosine of the result is the weighted mean of theirs."""
        return np.concatenate([np.sqrt(1 - SHARE) * first, np.sqrt(SHARE) * second], axis=-1, dtype=np.float32)


def word_encoder(encoder: Encoder) -> Encoder:
    """The encoder that compares single words where `encoder` compares sentences: itself, if it names no other."""
    words = getattr(encoder, "words", encoder)
    return words if isinstance(words, Encoder) else encoder
