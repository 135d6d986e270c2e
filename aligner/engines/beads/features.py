"""What speaks for and against a bead, for every bead of the band at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder, Vectors
from aligner.engines.beads.band import Band, band_of
from aligner.engines.beads.cover import Cover, covers
from aligner.engines.beads.types import MOST, NULLS, TYPES
from aligner.text.scripts import HAN

Floats32 = npt.NDArray[np.float32]

MEASURES = (
    "cosine", "cosine_squared", "margin", "leak_source", "leak_target", "join_source", "join_target", "grow",
    "worst_source", "worst_target", "length", "length_signed", "source_cover", "target_cover", "bare", "question",
    "exclamation", "speech", "diagonal", "merged_cosine",
)  # fmt: skip
NAMES = (*MEASURES, *(f"type_{a}_{b}" for a, b in TYPES))
FAR = -0.2  # stands for a cosine with something outside the texts
NEAREST = 4  # neighbours in the margin
HAN_WORTH = 3.0  # Latin letters that say as much as one Chinese character
AT_ODDS = 2.0
HAN_CHARACTER = re.compile(f"[{HAN}]")
QUESTION = re.compile(r"[?？]")
EXCLAMATION = re.compile(r"[!！]")
SPEECH = re.compile(r"[“”\"「」『』]")


@dataclass(frozen=True)
class Text:
    """One side: sentences, their unit vectors `(n, d)`, and the vectors of windows of them.

    `windows[w - 1, i]` is the unit vector of sentences `[i, i + w)`, shape `(MOST, n, d)`.
    """

    sentences: tuple[str, ...]
    vectors: Vectors
    language: str
    windows: Floats32


@dataclass(frozen=True)
class Measured:
    """The band and its features, `(sources + 1, width, types, len(MEASURES))`; type biases are added by `scores`."""

    band: Band
    values: Floats32


def measure(source: Text, target: Text, encoder: Encoder, band: Band | None = None) -> Measured:
    """All measures of all beads in the band around the coarse path (or in `band`)."""
    band = band or band_of(source.vectors, target.vectors)
    cosine = _cosines(source, target, band)
    cover = covers(source.sentences, target.sentences, band, encoder, (source.language, target.language))
    values = np.zeros((band.sources + 1, band.width, len(TYPES), len(MEASURES)), dtype=np.float32)
    _similarity(values, cosine, band)
    _lengths(values, source, target, band)
    _cover(values, cover, band)
    _marks(values, source, target, band)
    return Measured(band, values)


def scores(measured: Measured, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Weighted sums with the biases of the types, `(sources + 1, width, types)`."""
    plain = measured.values @ weights[: len(MEASURES)].astype(np.float32)
    return plain.astype(np.float64) + weights[len(MEASURES) :]


def text_of(sentences: Sequence[str], language: str, encoder: Encoder) -> Text:
    """A side of the alignment with its vectors; those of windows are sums over their sentences."""
    vectors = encoder.encode(list(sentences))
    return Text(tuple(sentences), vectors, language, _summed(vectors, _sizes(sentences)))


def _summed(vectors: Vectors, lengths: npt.NDArray[np.float64]) -> Floats32:
    """Unit vectors of all windows, `(MOST, n, d)`: sums of sentence vectors weighted by length.

    Encoding every window as it reads takes ten times as long and, beside the words, gains nothing.
    """
    weighted = vectors * lengths[:, None].astype(np.float32)
    out = np.zeros((MOST, *vectors.shape), dtype=np.float32)
    running = np.zeros_like(vectors)
    for width in range(MOST):
        if width < len(vectors):
            running[: len(vectors) - width] += weighted[width:]
        norms = np.linalg.norm(running, axis=1, keepdims=True)
        out[width] = running / np.where(norms == 0, 1, norms)
    return out


def _cosines(source: Text, target: Text, band: Band) -> Floats32:
    """`cosine[i, k, a - 1, b - 1]` of source window `[i, i+a)` with target window `[j, j+b)`; `FAR` outside."""
    left, right = source.windows, target.windows
    out = np.full((band.sources + 1, band.width, MOST, MOST), FAR, dtype=np.float32)
    for i in range(band.sources):
        low = int(band.low[i])
        high = min(low + band.width, band.targets)
        widths = min(MOST, band.sources - i)
        near = left[:widths, i] @ right[:, low:high].reshape(-1, right.shape[2]).T
        out[i, : high - low, :widths] = near.reshape(widths, MOST, high - low).transpose(2, 0, 1)
    for b in range(1, MOST):  # windows that would pass the end
        places = band.low[:, None] + np.arange(band.width)[None, :]
        out[..., b][places + b >= band.targets] = FAR
    return out


def _sizes(sentences: Sequence[str]) -> npt.NDArray[np.float64]:
    return np.array([len(sentence.strip()) + 1 for sentence in sentences], dtype=np.float64)


def _expected(source: Text, target: Text) -> float:
    """Characters of the target that go with one of the source: as the whole texts have it, if that can be.

    Texts of which most has no counterpart say nothing about those that have; so no more than
    `AT_ODDS` times, or less than that part of, what their scripts make likely.
    """
    worth = [
        1 + (HAN_WORTH - 1) * sum(len(HAN_CHARACTER.findall(s)) for s in side.sentences) / _sizes(side.sentences).sum()
        for side in (source, target)
    ]
    usual = worth[0] / worth[1]
    found = _sizes(target.sentences).sum() / _sizes(source.sentences).sum()
    return float(np.clip(found, usual / AT_ODDS, usual * AT_ODDS))


class Shifted:
    """Values of the band seen from `(i + rows, j + places)`; `FAR` outside."""

    def __init__(self, band: Band) -> None:
        self._band = band

    def __call__(self, values: Floats32, rows: int, places: int) -> Floats32:
        """`out[i, k] = values at (i + rows, j + places)`; `values` is `(sources + 1, width)`."""
        band = self._band
        row = np.arange(band.sources + 1) + rows
        inside_row = (row >= 0) & (row < band.sources)
        safe = np.clip(row, 0, band.sources)
        column = np.arange(band.width)[None, :] + (band.low + places - band.low[safe])[:, None]
        inside = inside_row[:, None] & (column >= 0) & (column < band.width)
        out: Floats32 = np.where(inside, values[safe[:, None], np.clip(column, 0, band.width - 1)], FAR)
        return out


def _similarity(values: Floats32, cosine: Floats32, band: Band) -> None:
    at = {name: k for k, name in enumerate(MEASURES)}
    see = Shifted(band)
    for t, (a, b) in enumerate(TYPES):
        if t < NULLS:
            continue
        own = cosine[..., a - 1, b - 1]
        out = values[:, :, t]
        out[..., at["cosine"]] = own
        out[..., at["cosine_squared"]] = own * np.abs(own)
        if a + b > 2:
            out[..., at["merged_cosine"]] = own
        out[..., at["leak_target"]] = np.maximum(see(cosine[..., a - 1, 0], 0, -1), see(cosine[..., a - 1, 0], 0, b))
        out[..., at["leak_source"]] = np.maximum(see(cosine[..., 0, b - 1], -1, 0), see(cosine[..., 0, b - 1], a, 0))
        if a > 1:
            less = np.maximum(cosine[..., a - 2, b - 1], see(cosine[..., a - 2, b - 1], 1, 0))
            out[..., at["join_source"]] = own - less
        if b > 1:
            less = np.maximum(cosine[..., a - 1, b - 2], see(cosine[..., a - 1, b - 2], 0, 1))
            out[..., at["join_target"]] = own - less
        out[..., at["grow"]] = _grown(cosine, see, a, b) - own
        members = [see(cosine[..., 0, b - 1], x, 0) for x in range(a)]
        out[..., at["worst_source"]] = np.minimum.reduce(members)
        out[..., at["worst_target"]] = np.minimum.reduce([see(cosine[..., a - 1, 0], 0, y) for y in range(b)])
        crowd = np.sort(cosine[..., a - 1, 0], axis=1)[:, -NEAREST - 1 : -1].mean(axis=1)
        out[..., at["margin"]] = own - crowd[:, None]


def _grown(cosine: Floats32, see: Shifted, a: int, b: int) -> Floats32:
    options = []
    if a < MOST:
        options += [cosine[..., a, b - 1], see(cosine[..., a, b - 1], -1, 0)]
    if b < MOST:
        options += [cosine[..., a - 1, b], see(cosine[..., a - 1, b], 0, -1)]
    if not options:
        return cosine[..., a - 1, b - 1]
    grown: Floats32 = np.maximum.reduce(options)
    return grown


def _window_sums(
    per_sentence: npt.NDArray[np.float64], starts: npt.NDArray[np.int64], width: int
) -> npt.NDArray[np.float64]:
    total = np.concatenate([[0.0], np.cumsum(per_sentence)])
    count = len(per_sentence)
    out: npt.NDArray[np.float64] = total[np.minimum(starts + width, count)] - total[np.minimum(starts, count)]
    return out


def _lengths(values: Floats32, source: Text, target: Text, band: Band) -> None:
    at = {name: k for k, name in enumerate(MEASURES)}
    left, right = _sizes(source.sentences), _sizes(target.sentences)
    expected = _expected(source, target)
    rows = np.arange(band.sources + 1)
    places = band.low[:, None] + np.arange(band.width)[None, :]
    for t, (a, b) in enumerate(TYPES):
        ours = _window_sums(left, rows, a) * expected
        theirs = _window_sums(right, places, b)
        if t < NULLS:
            size = theirs if a == 0 else np.broadcast_to(ours[:, None], theirs.shape)
            values[:, :, t, at["length"]] = np.log1p(size) / 4
            continue
        ratio = np.log((theirs + 4) / (ours[:, None] + 4))
        values[:, :, t, at["length"]] = np.abs(ratio)
        values[:, :, t, at["length_signed"]] = ratio
        values[:, :, t, at["diagonal"]] = np.minimum(np.abs(ratio), 1) ** 2


def _cover(values: Floats32, cover: Cover, band: Band) -> None:
    at = {name: k for k, name in enumerate(MEASURES)}
    see = Shifted(band)
    rows = np.arange(band.sources + 1)
    places = band.low[:, None] + np.arange(band.width)[None, :]
    left, right = cover.source_weight.astype(np.float64), cover.target_weight.astype(np.float64)
    for t, (a, b) in enumerate(TYPES):
        if t < NULLS:
            continue
        met_source = np.add.reduce([np.maximum(see(cover.source[b - 1], x, 0), 0) for x in range(a)])
        met_target = np.add.reduce([np.maximum(see(cover.target[a - 1], 0, y), 0) for y in range(b)])
        all_source = np.maximum(_window_sums(left, rows, a), 0.1)[:, None]
        all_target = np.maximum(_window_sums(right, places, b), 0.1)
        values[:, :, t, at["source_cover"]] = met_source / all_source
        values[:, :, t, at["target_cover"]] = met_target / all_target
        values[:, :, t, at["bare"]] = ((all_source - met_source) + (all_target - met_target)) / 20


def _marks(values: Floats32, source: Text, target: Text, band: Band) -> None:
    at = {name: k for k, name in enumerate(MEASURES)}
    rows = np.arange(band.sources + 1)
    places = band.low[:, None] + np.arange(band.width)[None, :]
    for name, pattern in (("question", QUESTION), ("exclamation", EXCLAMATION), ("speech", SPEECH)):
        left = np.array([bool(pattern.search(s)) for s in source.sentences], dtype=np.float64)
        right = np.array([bool(pattern.search(s)) for s in target.sentences], dtype=np.float64)
        for t, (a, b) in enumerate(TYPES):
            if t >= NULLS:
                ours = _window_sums(left, rows, a)[:, None] > 0
                values[:, :, t, at[name]] = ours != (_window_sums(right, places, b) > 0)
