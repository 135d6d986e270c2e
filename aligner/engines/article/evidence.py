"""Everything measured about a letter and an article before anything is decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder, Vectors
from aligner.engines.article.atoms import Atom
from aligner.engines.article.fragments import density, embedded, phrase_nearness, pointing
from aligner.engines.article.lines import source_lines, target_lines
from aligner.engines.article.windows import UNALIGNED, Run, sentence_spans, source_runs, target_runs
from aligner.engines.words import WordTable, word_table
from aligner.model import Span
from aligner.text.clauses import clauses
from aligner.text.normalise import to_simplified, unwrap

Floats = npt.NDArray[np.float64]

# A sentence none of whose pieces comes this near to any source sentence is never a candidate.
RELEVANT = 0.22
NOTE_IN_BRACKETS = re.compile(
    r"[（(\[［](?=[^（）()\[\]［］]*(?:编者|译者|注[：:]|未[写说点指注明]|应为|原文))[^（）()\[\]［］]*[）)\]］]"
)
MARKS = re.compile(r"[\s*_#]+$|^[\s*_#]+")


@dataclass(frozen=True)
class Evidence:
    """Measures of one article against one letter.

    `runs[w]` are candidate runs of atoms, `views[w]` their texts, `sources[s]` runs of source sentences;
    `cosine[w, s]`.
    `pieces` are the single sentences and then all shorter runs of clauses: `piece_cosine[w, k]`,
    `piece_sentence[k]`, `piece_share[k]` (of its sentence). `best_piece[w, i]` is the piece of
    sentence `i` nearest to run `w`, `parts[w, i]` its cosine. `embedded[w]`, `phrases[w, i]`,
    `pointing[atom, i]` and `density` are what `fragments.py` says, `source_lines[i]` and
    `target_lines[atom]` what `lines.py` says.
    """

    atoms: tuple[Atom, ...]
    texts: tuple[str, ...]
    runs: tuple[Run, ...]
    views: tuple[str, ...]
    sources: tuple[Run, ...]
    readings: tuple[str, ...]
    cosine: Floats
    piece_cosine: Floats
    piece_sentence: npt.NDArray[np.int64]
    piece_share: Floats
    best_piece: npt.NDArray[np.int64]
    parts: Floats
    words: WordTable
    languages: tuple[str, str]
    embedded: npt.NDArray[np.bool_]
    phrases: Floats
    pointing: Floats
    density: float
    source_lines: tuple[bool, ...]
    target_lines: tuple[bool, ...]


def encoder_text(text: str, language: str) -> str:
    """What the encoder sees of a stretch: lines joined, Simplified characters, no emphasis, no translator's notes."""
    plain = MARKS.sub("", unwrap(text)).replace("**", "")
    return NOTE_IN_BRACKETS.sub("", to_simplified(plain)) if language.startswith("zh") else plain


def clause_runs(reading: str, language: str) -> list[tuple[Span, float]]:
    """The runs of clauses shorter than the sentence, with their share of its length."""
    pieces = clauses(reading, language, 0, len(reading))
    runs = []
    for i in range(len(pieces)):
        for j in range(i + 1, len(pieces) + 1):
            if j - i < len(pieces):
                span = Span(pieces[i].start, pieces[j - 1].end)
                runs.append((span, (span.end - span.start) / max(1, len(reading))))
    return runs


def gather(
    readings: Sequence[str],
    document_text: str,
    atoms: tuple[Atom, ...],
    encoder: Encoder,
    languages: tuple[str, str],
    free: npt.NDArray[np.bool_] | None = None,
) -> Evidence:
    """Encode what is needed and no more, in two rounds: sentences and atoms first, runs where it matters.

    `free`: which atoms may be linked; runs keep to them.
    """
    source = _source_side(readings, languages[0], encoder)

    def seen(a: int, b: int) -> str:
        return encoder_text(document_text[atoms[a].start : atoms[b - 1].end], languages[1])

    spans = sentence_spans(atoms)
    first = sorted({*spans, *((a, a + 1) for a in range(len(atoms)))})
    near = (encoder.encode([seen(*run) for run in first]) @ source.vectors.T).max(axis=1, initial=0.0)
    usable = _usable(atoms, spans, first, near.astype(np.float64))
    texts = tuple(seen(a, a + 1) if usable[a] or (free is not None and not free[a]) else "" for a in range(len(atoms)))
    if free is not None:
        usable = [here and may for here, may in zip(usable, free.tolist(), strict=True)]
    runs = target_runs(atoms, usable)
    views = [seen(*run) for run in runs]
    vectors = encoder.encode(views)
    cosine = (vectors @ source.vectors[: len(source.runs)].T).astype(np.float64)
    pieces = (vectors @ source.vectors[len(source.runs) :].T).astype(np.float64)
    pieces = np.hstack([cosine[:, : len(readings)], pieces])
    best = _best_pieces(pieces, source.piece_sentence, len(readings))
    table = word_table(readings, texts, encoder, languages)
    inside = embedded(atoms, runs)
    return Evidence(
        atoms=atoms,
        texts=texts,
        runs=tuple(runs),
        views=tuple(views),
        sources=source.runs,
        readings=tuple(readings),
        cosine=cosine,
        piece_cosine=pieces,
        piece_sentence=source.piece_sentence,
        piece_share=source.piece_share,
        best_piece=best,
        parts=np.take_along_axis(pieces, best, axis=1) if len(runs) else np.zeros((0, len(readings))),
        words=table,
        languages=languages,
        embedded=inside,
        phrases=phrase_nearness(readings, languages[0], views, inside, encoder),
        pointing=pointing(table, len(atoms), len(readings)),
        source_lines=tuple(source_lines(readings)),
        target_lines=tuple(target_lines(atoms, document_text)),
        density=density(atoms, dict(zip(first, near.tolist(), strict=True))),
    )


@dataclass(frozen=True)
class _Source:
    """Runs of sentences and, behind them in `vectors`, runs of clauses; pieces are single sentences and those."""

    runs: tuple[Run, ...]
    vectors: Vectors
    piece_sentence: npt.NDArray[np.int64]
    piece_share: Floats


def _source_side(readings: Sequence[str], language: str, encoder: Encoder) -> _Source:
    runs = source_runs(len(readings))
    pieces = [(i, span, share) for i, text in enumerate(readings) for span, share in clause_runs(text, language)]
    joined = [" ".join(readings[i:j]) for i, j in runs]
    return _Source(
        tuple(runs),
        encoder.encode([*joined, *(span.of(readings[i]) for i, span, _ in pieces)]),
        np.array([*range(len(readings)), *(i for i, _, _ in pieces)], dtype=np.int64),
        np.array([*(1.0 for _ in readings), *(share for _, _, share in pieces)]),
    )


def _usable(atoms: tuple[Atom, ...], spans: list[Run], first: list[Run], near: Floats) -> list[bool]:
    nearness = dict(zip(first, near, strict=True))
    usable = [False] * len(atoms)
    for a, b in spans:
        relevant = max(nearness[run] for run in [(a, b), *((k, k + 1) for k in range(a, b))]) >= RELEVANT
        foreign = all(atom.foreign for atom in atoms[a:b])  # a Latin name inside a Chinese sentence is not
        for k in range(a, b):
            usable[k] = relevant and not foreign and atoms[k].kind not in UNALIGNED
    return usable


def _best_pieces(near: Floats, sentence: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """Per run and source sentence the nearest of the sentence's pieces, shape `(runs, sentences)`."""
    best = np.zeros((len(near), count), dtype=np.int64)
    for i in range(count):
        own = np.flatnonzero(sentence == i)
        best[:, i] = own[np.argmax(near[:, own], axis=1)]
    return best
