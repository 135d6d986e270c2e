"""Share of the words of a window that have a counterpart in the other window, for all windows of the band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder, Vectors
from aligner.engines.beads.band import Band
from aligner.engines.beads.types import MOST
from aligner.engines.words import LATIN, STRANGER, TWIN, Word, content_words
from aligner.text.names import sound_keys

Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Side:
    """The words of one text: which (`kind`), with what weight, and where each sentence's words begin."""

    words: tuple[Word, ...]
    kind: npt.NDArray[np.int64]
    weight: Floats32
    starts: npt.NDArray[np.int64]  # (sentences + 1,)


@dataclass(frozen=True)
class Cover:
    """`source[b - 1][i, k]`, `target[a - 1][i, k]`: sums over ONE sentence, see `covers`; and the weights.

    `source[b-1][i, k]`: weight of the words of source sentence `i` met by target sentences
    `[j, j + b)`; `target[a-1][i, k]`: of target sentence `j` by source sentences `[i, i + a)`.
    """

    source: Floats32
    target: Floats32
    source_weight: Floats32
    target_weight: Floats32


def side_of(sentences: Sequence[str], language: str, known: dict[str, int]) -> Side:
    """The words of `sentences`; `known` numbers the different words and grows."""
    words: list[Word] = []
    starts = [0]
    for sentence in sentences:
        words += content_words(sentence, language)
        starts.append(len(words))
    kinds = [known.setdefault(word.text, len(known)) for word in words]
    return Side(
        tuple(words),
        np.array(kinds, dtype=np.int64),
        np.array([word.weight for word in words], dtype=np.float32),
        np.array(starts, dtype=np.int64),
    )


def covers(
    source: Sequence[str], target: Sequence[str], band: Band, encoder: Encoder, languages: tuple[str, str]
) -> Cover:
    """Compare every source sentence's words with those of the target sentences in its band."""
    left_known: dict[str, int] = {}
    right_known: dict[str, int] = {}
    left, right = side_of(source, languages[0], left_known), side_of(target, languages[1], right_known)
    vectors = encoder.encode([*left_known, *right_known])
    exact = _exact(list(left_known), list(right_known), left, right)
    left_vectors, right_vectors = vectors[: len(left_known)], vectors[len(left_known) :]
    shape = (MOST, band.sources + 1, band.width)
    met_source, met_target = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    best_target: list[tuple[int, Floats32]] = []  # per row: first word of its band, best strength per word
    for i in range(band.sources):
        low, high = int(band.low[i]), min(int(band.low[i]) + band.width + MOST, band.targets)
        first, last = int(right.starts[low]), int(right.starts[high])
        own = slice(int(left.starts[i]), int(left.starts[i + 1]))
        block = _strength(left_vectors, right_vectors, left.kind[own], right.kind[first:last], exact)
        best_target.append((first, block.max(axis=0, initial=0.0)))
        _source_row(met_source, i, block, left.weight[own], right.starts[low : high + 1] - first)
    _target_rows(met_target, best_target, right, band)
    return Cover(met_source, met_target, _sums(left), _sums(right))


def _sums(side: Side) -> Floats32:
    total = np.concatenate([[0.0], np.cumsum(side.weight)])
    out: Floats32 = (total[side.starts[1:]] - total[side.starts[:-1]]).astype(np.float32)
    return out


def _strength(
    left: Vectors,
    right: Vectors,
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    exact: dict[int, dict[int, float]],
) -> Floats32:
    if not len(rows) or not len(columns):
        return np.zeros((len(rows), len(columns)), dtype=np.float32)
    block: Floats32 = np.clip((left[rows] @ right[columns].T - STRANGER) / (TWIN - STRANGER), 0.0, 1.0).astype(
        np.float32
    )
    for place, kind in enumerate(rows.tolist()):
        for other, value in exact.get(kind, {}).items():
            block[place, columns == other] = value
    return block


def _exact(left: list[str], right: list[str], ours: Side, theirs: Side) -> dict[int, dict[int, float]]:
    """Pairs that letters, value or sound decide: Latin words, numbers, transliterated names."""
    by_letters = {text.lower(): k for k, text in enumerate(right) if LATIN.fullmatch(text)}
    by_sound: dict[str, list[int]] = {}
    for k, text in enumerate(right):
        if len(text) >= 2 and not text.isascii():
            for key in sound_keys(text):
                by_sound.setdefault(key, []).append(k)
    by_value: dict[float, list[int]] = {}
    for word, kind in zip(theirs.words, theirs.kind.tolist(), strict=True):
        if word.value is not None:
            by_value.setdefault(word.value, []).append(kind)
    values = {
        kind: word.value for word, kind in zip(ours.words, ours.kind.tolist(), strict=True) if word.value is not None
    }
    out: dict[int, dict[int, float]] = {}
    for k, text in enumerate(left):
        if (value := values.get(k)) is not None:
            pairs = dict.fromkeys((n for numbers in by_value.values() for n in numbers), 0.0)
            out[k] = pairs | dict.fromkeys(by_value.get(value, ()), 1.0)
        elif text[:1].isupper() and text.isascii():
            pairs = {n: 0.9 for key in sound_keys(text) for n in by_sound.get(key, ())}
            if (same := by_letters.get(text.lower())) is not None:
                pairs[same] = 1.0
            if pairs:
                out[k] = pairs
    return out


def _source_row(out: Floats32, i: int, block: Floats32, weight: Floats32, starts: npt.NDArray[np.int64]) -> None:
    """`out[b - 1, i, k]` from the strengths of one source sentence's words against the band's words."""
    count = len(starts) - 1
    best = np.zeros((len(weight), count), dtype=np.float32)
    for j in range(count):
        if starts[j + 1] > starts[j]:
            best[:, j] = block[:, starts[j] : starts[j + 1]].max(axis=1, initial=0.0)
    running = best.copy()
    width = out.shape[2]
    for b in range(MOST):
        if 0 < b < count:
            running[:, : count - b] = np.maximum(running[:, : count - b], best[:, b:])
        row = weight @ running if len(weight) else np.zeros(count, dtype=np.float32)
        out[b, i, : min(width, count)] = row[:width]


def _target_rows(out: Floats32, best: list[tuple[int, Floats32]], side: Side, band: Band) -> None:
    """`out[a - 1, i, k]`: the weight of target sentence `j`'s words met by source sentences `[i, i + a)`."""
    for i in range(band.sources):
        first, running = best[i][0], best[i][1].copy()
        low = int(band.low[i])
        high = min(low + band.width, band.targets)
        starts = side.starts[low : high + 1] - first
        for a in range(MOST):
            if a and i + a < band.sources:
                other_first, other = best[i + a]
                offset = other_first - first
                length = min(len(running) - offset, len(other))
                if length > 0:
                    running[offset : offset + length] = np.maximum(running[offset : offset + length], other[:length])
            weighted = np.concatenate([[0.0], np.cumsum(running * side.weight[first : first + len(running)])])
            out[a, i, : len(starts) - 1] = weighted[starts[1:]] - weighted[starts[:-1]]
