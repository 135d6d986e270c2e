"""Encoders by name: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aligner.encoders.base import Encoder, PieceEncoder, Pieces, Vectors
from aligner.encoders.cache import CachedEncoder
from aligner.encoders.e5 import E5Encoder
from aligner.encoders.sbert import SentenceTransformerEncoder
from aligner.encoders.use import UniversalSentenceEncoder
from aligner.errors import UnknownNameError

ENCODERS: dict[str, Callable[[], Encoder]] = {
    "use": UniversalSentenceEncoder,
    "e5": E5Encoder,
}
PREFIX = "sentence-transformers:"

__all__ = ["ENCODERS", "CachedEncoder", "Encoder", "PieceEncoder", "Pieces", "Vectors", "open_encoder"]


def open_encoder(name: str = "use", *, cache: Path | None = None) -> Encoder:
    """The encoder called `name`, its vectors kept under the folder `cache` if one is given.

    Names: those of `ENCODERS`, and `sentence-transformers:<model>`.

    Raises UnknownNameError for another name, MissingExtraError when its package is not installed.
    """
    if name.startswith(PREFIX) and len(name) > len(PREFIX):
        return CachedEncoder(SentenceTransformerEncoder(name[len(PREFIX) :]), cache)
    if name not in ENCODERS:
        raise UnknownNameError("encoder", name, [*ENCODERS, f"{PREFIX}<model>"])
    return CachedEncoder(ENCODERS[name](), cache)
