"""One side of an alignment: its sentences, their pieces, and the vectors of both and of runs of sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder, JoinedEncoder, PieceEncoder, Pieces, Vectors
from aligner.engines.beads.types import MOST

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

STOPS = ",;:.!?…，；：。！？—–"
# Up to marks that end a piece and what closes with them. `3,500` is cut too, which cost nothing measurable.
PIECE = re.compile(rf"[^{STOPS}]*(?:[{STOPS}]+[\"'”’」』»）)\]]*(?=\s|[^\x00-\x7f]|$)|$|[{STOPS}]+)")
SHORTEST = 6.0  # of a piece; a Han character counts `HAN_WORTH`
HAN_WORTH = 3.0  # Latin letters that say as much as one Chinese character
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
MOST_WEIGHT = 1.5  # a long piece counts as much as this many of mean size


@dataclass(frozen=True)
class Text:
    """Sentences and their vectors.

    `windows[w - 1, i]`: the unit vector of sentences `[i, i + w)`, shape `(MOST, n, d)`, at the end of
    the text of fewer. `pieces`: `(p, d)`, the stretches between punctuation marks, in order; `owner`: the
    sentence of each; `weight`: 1 for one of the text's mean size.
    """

    sentences: tuple[str, ...]
    language: str
    windows: Vectors
    pieces: Vectors
    owner: Integers
    weight: Floats

    @property
    def vectors(self) -> Vectors:
        """Of the sentences, `(n, d)`."""
        one: Vectors = self.windows[0]
        return one


def text_of(sentences: Sequence[str], language: str, encoder: Encoder) -> Text:
    """A side of the alignment, encoded; in one pass if the encoder can read texts in pieces.

    Of an encoder that joins two, the second sees whole sentences only, which is what it is good at.
    """
    if isinstance(encoder, JoinedEncoder):
        text = text_of(sentences, language, encoder.words)
        more = _runs(encoder.second(sentences), sentences)
        return replace(text, windows=encoder.side_by_side(text.windows, more))
    split = [pieces_of(sentence) for sentence in sentences]
    read = encoder.pieces(split) if isinstance(encoder, PieceEncoder) else None
    if read is None:
        return _encoded(sentences, split, language, encoder)
    count = len(sentences)
    bodies = np.zeros_like(read.edge)
    np.add.at(bodies, read.owner, read.body)
    counts: Floats = np.bincount(read.owner, read.size, minlength=count).astype(np.float64)
    blank = np.array([not sentence.strip() for sentence in sentences], dtype=bool)
    bodies[blank], counts[blank] = 0, 0
    return Text(
        tuple(sentences),
        language,
        _joined(bodies, counts, blank, read),
        read.join(read.body + read.edge[read.owner], read.size + 2),
        read.owner,
        _weights(read.size),
    )


def pieces_of(sentence: str) -> list[str]:
    """The stretches that end in punctuation, short ones with what follows; they join back to the sentence."""
    found: list[str] = []
    held = ""
    for match in PIECE.finditer(sentence):
        held += match[0]
        if letters(held) >= SHORTEST:
            found.append(held)
            held = ""
    if held:
        if found and letters(held) < SHORTEST:
            found[-1] += held
        else:
            found.append(held)
    return found or [sentence]


def letters(text: str) -> float:
    """How much a text says: its letters, Chinese characters counting more."""
    han = len(HAN.findall(text))
    return sum(c.isalnum() for c in text) + (HAN_WORTH - 1) * han


def sizes(sentences: Sequence[str]) -> Floats:
    """Characters of every sentence, and one."""
    return np.array([len(sentence.strip()) + 1 for sentence in sentences], dtype=np.float64)


def _joined(bodies: Vectors, counts: Floats, blank: npt.NDArray[np.bool_], read: Pieces) -> Vectors:
    """Vectors of all runs of up to `MOST` sentences, `(MOST, n, d)`; zeros for blank ones."""
    n = len(bodies)
    edges = np.where(blank[:, None], 0, read.edge).astype(np.float64)
    body = np.vstack([np.zeros((1, bodies.shape[1])), np.cumsum(bodies, axis=0, dtype=np.float64)])
    edge = np.vstack([np.zeros((1, bodies.shape[1])), np.cumsum(edges, axis=0)])
    size = np.concatenate([[0.0], np.cumsum(counts)])
    filled = np.concatenate([[0], np.cumsum(~blank)])
    out = np.zeros((MOST, n, bodies.shape[1]), dtype=np.float32)
    first = np.arange(n)
    for width in range(1, MOST + 1):
        last = np.minimum(first + width, n)
        texts = filled[last] - filled[first]
        mean_edge = (edge[last] - edge[first]) / np.maximum(texts, 1)[:, None]
        sums = (body[last] - body[first] + mean_edge).astype(np.float32)
        out[width - 1] = read.join(sums, size[last] - size[first] + 2)
        out[width - 1][texts == 0] = 0
    return out


def _encoded(sentences: Sequence[str], split: Sequence[Sequence[str]], language: str, encoder: Encoder) -> Text:
    """The same by an encoder that knows whole texts only: runs are sums of sentence vectors, by length."""
    flat = [piece for pieces in split for piece in pieces]
    vectors = encoder.encode([*sentences, *flat])
    own, parts = vectors[: len(sentences)], vectors[len(sentences) :]
    owner = np.repeat(np.arange(len(split)), [len(pieces) for pieces in split])
    return Text(tuple(sentences), language, _runs(own, sentences), parts, owner, _weights(sizes(flat)))


def _runs(own: Vectors, sentences: Sequence[str]) -> Vectors:
    """Unit vectors of all runs, `(MOST, n, d)`: sums of the sentences' vectors, by length."""
    weighted = own * sizes(sentences)[:, None].astype(np.float32)
    windows = np.zeros((MOST, *own.shape), dtype=np.float32)
    running = np.zeros_like(own)
    for width in range(MOST):
        if width < len(own):
            running[: len(own) - width] += weighted[width:]
        norms = np.linalg.norm(running, axis=1, keepdims=True)
        windows[width] = running / np.where(norms == 0, 1, norms)
    return windows


def _weights(size: Floats) -> Floats:
    return np.minimum(size / max(1.0, float(size.mean()) if len(size) else 1.0), MOST_WEIGHT)
