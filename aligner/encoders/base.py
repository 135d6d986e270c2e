"""What an encoder is: a named function from texts to unit vectors."""

from __future__ import annotations

from collections.abc import Sequence
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


def rows_of_unit_length(vectors: npt.NDArray[np.floating]) -> Vectors:
    """Scale every row to length 1; rows of zeros stay."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.where(norms == 0, 1, norms)).astype(np.float32)
    return unit
