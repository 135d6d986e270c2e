"""How surely two words of two languages render each other, for all words of many units at once."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.checks.words.cedict import LONGEST_WORD, Gloss, glosses, known
from aligner.checks.words.english import stem
from aligner.checks.words.tokens import Token
from aligner.encoders import Encoder
from aligner.text.names import keys_of, skeleton_by_character, sound_keys
from aligner.text.quantities import same

Floats = npt.NDArray[np.float64]

STRANGER, TWIN = 0.40, 0.85
"""Cosines of single words: strangers lie below the first, translations mostly above the second."""
WINDOW = 0.9
"""What a word gets of the likeness of a window of two words that it stands in."""
WHOLE, PART = 0.95, 0.5
"""Strength of a gloss whose words all stand in the sentence, and of one of which only this word does."""
CHARACTER = 0.6
"""What a piece of a Chinese word counts that the dictionary knows by itself."""
SOUND = 0.92
NAME_LENGTH = 7
"""Characters of the longest window that is tried as a transliterated name."""


@dataclass(frozen=True)
class Vocabulary:
    """Vectors of all words and windows of a run, encoded in one go."""

    vectors: npt.NDArray[np.float32]
    at: dict[str, int]

    def rows(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of `texts`, shape `(len(texts), dimensions)`."""
        return self.vectors[[self.at[text] for text in texts]]


def windows(tokens: Sequence[Token], *, chinese: bool) -> list[str]:
    """Every two words in a row, as the encoder sees them."""
    joint = "" if chinese else " "
    return [one.text + joint + other.text for one, other in itertools.pairwise(tokens)]


def vocabulary(texts: Sequence[str], encoder: Encoder) -> Vocabulary:
    """The vectors of `texts`."""
    unique = sorted(set(texts))
    return Vocabulary(encoder.encode(unique), {text: k for k, text in enumerate(unique)})


def strengths(english: Sequence[Token], chinese: Sequence[Token], held: Vocabulary) -> Floats:
    """Strength, 0 to 1, of shape `(English words, Chinese words)`."""
    if not english or not chinese:
        return np.zeros((len(english), len(chinese)))
    out = _by_vectors(english, chinese, held)
    _by_glosses(out, english, chinese)
    _by_letters(out, english, chinese)
    _by_sound(out, english, chinese)
    _by_value(out, english, chinese)
    return out


def _scaled(cosine: npt.NDArray[np.float32]) -> Floats:
    return np.clip((cosine.astype(np.float64) - STRANGER) / (TWIN - STRANGER), 0.0, 1.0)


def _by_vectors(english: Sequence[Token], chinese: Sequence[Token], held: Vocabulary) -> Floats:
    left, right = held.rows([t.text for t in english]), held.rows([t.text for t in chinese])
    out = _scaled(left @ right.T)
    if len(chinese) > 1:
        pairs = _scaled(left @ held.rows(windows(chinese, chinese=True)).T) * WINDOW
        out[:, :-1] = np.maximum(out[:, :-1], pairs)
        out[:, 1:] = np.maximum(out[:, 1:], pairs)
    if len(english) > 1:
        pairs = _scaled(held.rows(windows(english, chinese=False)) @ right.T) * WINDOW
        out[:-1] = np.maximum(out[:-1], pairs)
        out[1:] = np.maximum(out[1:], pairs)
    return out


def _by_glosses(out: Floats, english: Sequence[Token], chinese: Sequence[Token]) -> None:
    """What the dictionary says of each Chinese word, of words written together, and of their pieces."""
    places: dict[str, list[int]] = {}
    for i, token in enumerate(english):
        for part in {token.text, *token.text.split("-")}:
            if part:
                places.setdefault(stem(part), []).append(i)
    present = set(places)
    for first in range(len(chinese)):
        text = ""
        for last in range(first, min(first + 3, len(chinese))):
            if last > first and chinese[last].start != chinese[last - 1].end:
                break
            text += chinese[last].text
            if len(text) > LONGEST_WORD:
                break
            if last == first or known(text):
                _gloss(out, glosses(text), places, present, range(first, last + 1), 1.0)
        for piece in _pieces(chinese[first].text):
            _gloss(out, glosses(piece), places, present, range(first, first + 1), CHARACTER)


def _gloss(
    out: Floats,
    senses: Sequence[Gloss],
    places: dict[str, list[int]],
    present: set[str],
    columns: range,
    share: float,
) -> None:
    for sense in senses:
        there = [s for s in sense.stems if s in present]
        if not there:
            continue
        value = share * (WHOLE if len(there) == len(sense.stems) else PART * len(there) / len(sense.stems))
        for s in there:
            for i in places[s]:
                out[i, columns.start : columns.stop] = np.maximum(out[i, columns.start : columns.stop], value)


def _pieces(word: str) -> list[str]:
    """The parts of a longer word that the dictionary has: 研究 and 实验室 of 研究实验室; else characters."""
    if len(word) < 2 or word.isascii():
        return []
    parts = [word[a:b] for a in range(len(word)) for b in range(a + 1, len(word) + 1) if 0 < b - a < len(word)]
    longer = [part for part in parts if len(part) > 1 and known(part)]
    return longer or parts


def _by_letters(out: Floats, english: Sequence[Token], chinese: Sequence[Token]) -> None:
    """A Latin word in a Chinese text renders the same word, and hardly another."""
    for j, token in enumerate(chinese):
        if not token.latin:
            continue
        out[:, j] *= 0.6
        folded = token.text.lower()
        for i, other in enumerate(english):
            lower = other.text.lower()
            if lower == folded or (len(folded) > 2 and _bare(lower) == folded):
                out[i, j] = 1.0


def _by_sound(out: Floats, english: Sequence[Token], chinese: Sequence[Token]) -> None:
    """A name and the characters that sound like it, which are often cut into several words."""
    names = [i for i, t in enumerate(english) if t.text[:1].isupper() and not t.light and len(t.text) > 2]
    if not names:
        return
    for run in _runs(chinese):
        text = "".join(chinese[j].text for j in run)
        owner = [j for j in run for _ in chinese[j].text]
        for first in range(len(text)):
            for last in range(first + 2, min(first + NAME_LENGTH, len(text)) + 1):
                keys = keys_of(skeleton_by_character(text[first:last]))
                for i in names:
                    if keys & sound_keys(_bare(english[i].text)):
                        columns = sorted(set(owner[first:last]))
                        out[i, columns] = np.maximum(out[i, columns], SOUND)


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")


def _runs(chinese: Sequence[Token]) -> list[list[int]]:
    """Numbers of the words that are written together, without punctuation, Latin or digits between them."""
    runs: list[list[int]] = [[]]
    for j, token in enumerate(chinese):
        if token.latin or token.text[0].isdigit():
            runs.append([])
            continue
        if runs[-1] and chinese[j - 1].end != token.start:
            runs.append([])
        runs[-1].append(j)
    return [run for run in runs if run]


def _by_value(out: Floats, english: Sequence[Token], chinese: Sequence[Token]) -> None:
    for i, one in enumerate(english):
        if one.quantity is None:
            continue
        for j, other in enumerate(chinese):
            if other.quantity is not None:
                out[i, j] = 1.0 if same(one.quantity, other.quantity) else min(out[i, j], 0.4)
