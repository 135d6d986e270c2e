"""Measures for renderings shorter than a sentence: quoted words, and clauses inside somebody else's sentence.

A quoted phrase renders a phrase, so it is compared with the letter's phrases, not with its sentences. And
a few words prove a rendering only if they point to one sentence, and are rare in the article itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder
from aligner.engines.article.atoms import Atom
from aligner.engines.article.windows import Run, sentence_spans
from aligner.engines.words import CHINESE_FUNCTION, ENGLISH_FUNCTION, WordTable
from aligner.model import BlockKind, Span
from aligner.text.tokens import words

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

LONGEST = 16  # characters of a quoted phrase that is compared with phrases
PHRASE = 5  # words
ALIKE = 0.5  # cosine from which a sentence of the article counts as like the letter


def embedded(atoms: tuple[Atom, ...], runs: Sequence[Run]) -> npt.NDArray[np.bool_]:
    """Which runs stand between quotation marks in a sentence that is not quoted as a whole."""
    open_words = {atom.sentence for atom in atoms if not atom.quoted and not atom.carrier}
    quoted = np.concatenate([[0], np.cumsum([atom.quoted and atom.kind is not BlockKind.QUOTATION for atom in atoms])])
    return np.array([quoted[b] - quoted[a] == b - a and atoms[a].sentence in open_words for a, b in runs], dtype=bool)


def phrases(reading: str, language: str) -> list[Span]:
    """The runs of up to `PHRASE` words that begin and end with a content word and hold no punctuation."""
    function = CHINESE_FUNCTION if language.startswith("zh") else ENGLISH_FUNCTION
    tokens = words(reading, language)
    light = [token.text.lower().replace("’", "'") in function for token in tokens]
    found = []
    for i, first in enumerate(tokens):
        for j in range(i, min(len(tokens), i + PHRASE)):
            if j > i and any(not c.isspace() for c in reading[tokens[j - 1].end : tokens[j].start]):
                break
            if not light[i] and not light[j]:
                found.append(Span(first.start, tokens[j].end))
    return found


def phrase_nearness(
    readings: Sequence[str], language: str, views: Sequence[str], inside: npt.NDArray[np.bool_], encoder: Encoder
) -> Floats:
    """Cosine of each short quoted run with the nearest phrase of each sentence; 0 for the other runs.

    `views`: the runs as the encoder sees them; `inside`: which of them are embedded.
    """
    near = np.zeros((len(views), len(readings)))
    short = np.array([k for k in np.flatnonzero(inside) if len(views[int(k)]) <= LONGEST], dtype=np.int64)
    own = [(i, span.of(reading)) for i, reading in enumerate(readings) for span in phrases(reading, language)]
    if not len(short) or not own:
        return near
    texts = sorted({text for _, text in own})
    place = {text: k for k, text in enumerate(texts)}
    cosine = encoder.encode([views[int(k)] for k in short]) @ encoder.encode(texts).T
    for i, text in own:
        near[short, i] = np.maximum(near[short, i], cosine[:, place[text]])
    return near


def pointing(table: WordTable, atoms: int, sentences: int) -> Floats:
    """How much the words of each atom point to one sentence and no other, shape `(atoms, sentences)`.

    Per content word: its best counterpart in the sentence less its best elsewhere, divided by the root
    of how often the article has the word.
    """
    out = np.zeros((atoms, sentences))
    content = np.flatnonzero(table.target_weight >= 1)
    if not len(content) or not table.strength.shape[1]:
        return out
    strength = table.strength[content] * (table.source_weight >= 1)
    # The same word has the same strengths.
    rows = [row.tobytes() for row in np.round(strength, 4)]
    known = Counter(rows)
    best = best_per_sentence(strength, table.source_sentence, sentences)
    top = np.sort(best, axis=1)[:, ::-1]
    rival = np.where(best == top[:, :1], top[:, 1:2] if sentences > 1 else 0.0, top[:, :1])
    worth = np.maximum(0.0, best - rival) / np.sqrt([known[row] for row in rows])[:, None]
    np.add.at(out, table.target_atom[content], worth)
    return out


def best_per_sentence(strength: Floats, sentence: Integers, count: int) -> Floats:
    """The greatest strength over the words of each sentence, shape `(words, sentences)`; words stand in order."""
    best = np.zeros((len(strength), count))
    if len(sentence):
        starts = np.flatnonzero(np.diff(sentence, prepend=-1))
        best[:, sentence[starts]] = np.maximum.reduceat(strength, starts, axis=1)
    return best


def density(atoms: tuple[Atom, ...], near: dict[Run, float]) -> float:
    """Share of the article, by length, whose sentences resemble a piece of the letter (`near`: by how much)."""
    alike = total = 0
    for span in sentence_spans(atoms):
        size = atoms[span[1] - 1].end - atoms[span[0]].start
        total += size
        alike += size * (near[span] >= ALIKE)
    return alike / max(1, total)
