"""What an encoder is: a named function from texts to unit vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

Vectors: TypeAlias = npt.NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Turns texts of several languages into vectors whose dot product says how alike they are."""

    @property
    def signature(self) -> str:
        """Name, version and settings: two encoders with one signature give the same vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape `(len(texts), dimensions)`, float32, each row of length 1.

        A blank text gets a row of zeros.
        """


@dataclass(frozen=True)
class Pieces:
    """Texts read in pieces, so that the vectors of any run of them follow without reading it again.

    `body`: `(pieces, d)`, a sum for each piece; `edge`: `(texts, d)`, what a text's beginning and end
    add to it; `size`: `(pieces,)`, how many tokens a piece has; `owner`: `(pieces,)`, the text it
    belongs to. `join(sums, sizes)` makes unit vectors of sums of bodies and one edge.
    """

    body: Vectors
    edge: Vectors
    size: npt.NDArray[np.float64]
    owner: npt.NDArray[np.int64]
    join: Callable[[Vectors, npt.NDArray[np.floating]], Vectors]


@runtime_checkable
class PieceEncoder(Protocol):
    """An encoder that can read texts in pieces; others encode every piece and every run by itself."""

    def pieces(self, texts: Sequence[Sequence[str]]) -> Pieces | None:
        """The texts, each given as the pieces that make it up, in order; None if this cannot be done."""


@runtime_checkable
class JoinedEncoder(Protocol):
    """Two encoders in one: `words` for all that is short, and a second for whole sentences."""

    words: Encoder

    def second(self, texts: Sequence[str]) -> Vectors:
        """The second encoder's vectors of whole sentences."""

    def side_by_side(self, first: Vectors, second: Vectors) -> Vectors:
        """Rows of both as one, so that a cosine is the weighted mean of both cosines."""


def rows_of_unit_length(vectors: npt.NDArray[np.floating]) -> Vectors:
    """Scale every row to length 1; rows of zeros stay."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.where(norms == 0, 1, norms)).astype(np.float32)
    return unit
