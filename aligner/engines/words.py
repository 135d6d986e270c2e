"""Which words of a source sentence have a counterpart in which words of the article, and how surely.

A word is compared by its encoder vector; numbers and Latin words by value and letters, which beats
any vector; transliterated names by how they sound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder, word_encoder
from aligner.text.names import sound_keys
from aligner.text.numbers import numbers
from aligner.text.tokens import words

Floats = npt.NDArray[np.float64]

FUNCTION_WEIGHT = 0.15
# Cosines of single words: strangers lie below the first, translations mostly above the second.
STRANGER, TWIN = 0.40, 0.85
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.'’&-]*")
ENGLISH_FUNCTION = frozenset(
    """
    a an the and or but if so as at by for from in into of off on onto out over to up with about
    after all also am any are be been before being both can could did do does doing down each few
    had has have having he her here hers him his how i i'm i've i'll i'd it it's its just may me
    might more most must my no nor not now only other our ours own same shall she should some such
    than that that's the their theirs them then there there's these they this those through too
    under until very was we we're we've we'd we'll were what when where which while who whom why
    will would you you're you've your yours us yet still even ever let much many one ones upon am
    """.split()
)
CHINESE_FUNCTION = frozenset(
    """
    的 了 在 是 和 与 及 也 都 就 而 但 并 对 为 以 将 把 被 从 到 向 于 由 等 着 过 地 得 之 其 这
    那 该 此 有 没有 我 你 他 她 它 我们 你们 他们 她们 它们 大家 一个 一种 这个 那个 这些 那些 自己
    不 没 还 又 很 更 最 会 能 可以 可能 要 让 使 给 跟 同 或 或者 因为 所以 如果 虽然 但是 然而
    不过 而且 以及 上 下 中 里 时 后 前 来 去 说 称 表示 個 們 這 為 與 會 對 將 從 過 著 後 還 裡
    來 說 稱 於 沒 沒有 我們 你們 他們 一 人
    """.split()
)


@dataclass(frozen=True)
class WordTable:
    """Strength of counterpart, 0 to 1, of every article word against every source word.

    `strength`: `(target words, source words)`. `target_atom`, `source_sentence`: where each word
    stands; weights say how much content a word carries (function words little).
    """

    strength: Floats
    target_atom: npt.NDArray[np.int64]
    target_weight: Floats
    source_sentence: npt.NDArray[np.int64]
    source_weight: Floats


@dataclass(frozen=True, slots=True)
class Word:
    """A word to compare: what the encoder sees, its number if it is one, and its weight."""

    text: str
    value: float | None
    weight: float


def content_words(text: str, language: str) -> list[Word]:
    """The words of a text with their weights; a number is one word."""
    values = numbers(text, language)
    out = [Word(text[n.start : n.end], n.value, 1.0) for n in values]
    function = CHINESE_FUNCTION if language.startswith("zh") else ENGLISH_FUNCTION
    for token in words(text, language):
        if any(token.start < n.end and n.start < token.end for n in values):
            continue
        if not any(c.isalnum() for c in token.text):
            continue
        light = token.text.lower().replace("’", "'") in function
        out.append(Word(token.text, None, FUNCTION_WEIGHT if light else 1.0))
    return out


def word_table(source: Sequence[str], target: Sequence[str], encoder: Encoder, languages: tuple[str, str]) -> WordTable:
    """Compare the words of all source sentences with the words of all atoms (both as encoders see them)."""
    left = [(i, word) for i, text in enumerate(source) for word in content_words(text, languages[0])]
    right = [(a, word) for a, text in enumerate(target) for word in content_words(text, languages[1])]
    left_texts = sorted({word.text for _, word in left})
    right_texts = sorted({word.text for _, word in right})
    table = np.zeros((len(right_texts), len(left_texts)))
    if left_texts and right_texts:
        vectors = word_encoder(encoder).encode([*left_texts, *right_texts])
        cosine = vectors[len(left_texts) :] @ vectors[: len(left_texts)].T
        table = np.clip((cosine - STRANGER) / (TWIN - STRANGER), 0.0, 1.0).astype(np.float64)
    _names(table, left_texts, right_texts)
    left_at = {text: k for k, text in enumerate(left_texts)}
    right_at = {text: k for k, text in enumerate(right_texts)}
    strength = table[np.ix_([right_at[w.text] for _, w in right], [left_at[w.text] for _, w in left])]
    _numbers(strength, [w for _, w in left], [w for _, w in right])
    return WordTable(
        strength,
        np.array([a for a, _ in right], dtype=np.int64),
        np.array([w.weight for _, w in right]),
        np.array([i for i, _ in left], dtype=np.int64),
        np.array([w.weight for _, w in left]),
    )


def _names(table: Floats, left: list[str], right: list[str]) -> None:
    """Latin words count by their letters, Chinese words against capitalised ones also by their sound."""
    folded = {text.lower(): k for k, text in enumerate(left)}
    by_sound: dict[str, list[int]] = {}
    for k, name in enumerate(left):
        if name[:1].isupper() and name.isascii() and name.lower() not in ENGLISH_FUNCTION:
            for key in sound_keys(name):
                by_sound.setdefault(key, []).append(k)
    for row, text in enumerate(right):
        if LATIN.fullmatch(text):
            table[row] *= 0.6
            if (same := folded.get(text.lower())) is not None:
                table[row, same] = 1.0
        elif len(text) >= 2:
            for k in {k for key in sound_keys(text) for k in by_sound.get(key, ())}:
                table[row, k] = max(table[row, k], 0.9)


def _numbers(strength: Floats, left: list[Word], right: list[Word]) -> None:
    left_value = np.array([np.nan if w.value is None else w.value for w in left])
    right_value = np.array([np.nan if w.value is None else w.value for w in right])
    numeric = ~np.isnan(right_value)[:, None] & ~np.isnan(left_value)[None, :]
    with np.errstate(invalid="ignore"):
        equal = np.isclose(right_value[:, None], left_value[None, :], rtol=1e-6)
    strength[numeric] = 0.0
    strength[numeric & equal] = 1.0
