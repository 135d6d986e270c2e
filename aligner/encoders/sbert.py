"""Any sentence-transformers model by name, for who has it on disk or may download it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from aligner.encoders.base import Vectors, rows_of_unit_length
from aligner.errors import AlignerError, MissingExtraError

EXTRA = "pip install 'letter-aligner[sentence-transformers]'"


class SentenceTransformerEncoder:
    """`sentence-transformers:<name>`: the name of a model, or the folder that holds one."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
            from sentence_transformers import __version__ as version
        except ImportError as fault:
            raise MissingExtraError(
                f"encoder 'sentence-transformers:{name}' is not installed", hint=f"install it with: {EXTRA}"
            ) from fault
        try:
            self._model: Any = SentenceTransformer(name)
        except (OSError, ValueError) as fault:
            raise AlignerError(
                f"model {name!r} cannot be loaded ({str(fault).splitlines()[0]})",
                where="sentence-transformers",
                hint="give the folder of a downloaded model, or connect to the network once",
            ) from fault
        self._signature = f"sentence-transformers:{name}/{version}"

    @property
    def signature(self) -> str:
        """The model's name and the version of sentence-transformers."""
        return self._signature

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode `texts`; blank texts become rows of zeros."""
        vectors = np.asarray(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32)
        vectors[[i for i, text in enumerate(texts) if not text.strip()]] = 0
        return rows_of_unit_length(vectors)
