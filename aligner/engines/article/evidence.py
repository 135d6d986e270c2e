"""Everything measured about a letter and an article before anything is decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder
from aligner.engines.article.atoms import Atom
from aligner.engines.article.windows import UNALIGNED, Run, sentence_spans, source_runs, target_runs
from aligner.engines.article.words import WordTable, word_table
from aligner.model import Span
from aligner.text.clauses import clauses
from aligner.text.normalise import to_simplified, unwrap

Floats = npt.NDArray[np.float64]

# A sentence none of whose pieces comes this near to any source sentence is never a candidate.
RELEVANT = 0.22
MARKS = re.compile(r"[\s*_#]+$|^[\s*_#]+")


@dataclass(frozen=True)
class Evidence:
    """Measures of one article against one letter.

    `runs[w]` are candidate runs of atoms, `sources[s]` runs of source sentences; `cosine[w, s]`;
    `parts[w, i]`: the best cosine of run `w` with a run of clauses of source sentence `i`, and
    `shares[w, i]` what share of the sentence that clause run is.
    """

    atoms: tuple[Atom, ...]
    texts: tuple[str, ...]
    runs: tuple[Run, ...]
    sources: tuple[Run, ...]
    readings: tuple[str, ...]
    cosine: Floats
    parts: Floats
    shares: Floats
    words: WordTable
    languages: tuple[str, str]


def encoder_text(text: str, language: str) -> str:
    """What the encoder sees of a stretch: lines joined, Simplified characters, no emphasis marks."""
    plain = MARKS.sub("", unwrap(text)).replace("**", "")
    return to_simplified(plain) if language.startswith("zh") else plain


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
    readings: Sequence[str], document_text: str, atoms: tuple[Atom, ...], encoder: Encoder, languages: tuple[str, str]
) -> Evidence:
    """Encode what is needed and no more, in two rounds: sentences and atoms first, runs where it matters."""
    sources = source_runs(len(readings))
    joined = [" ".join(readings[i:j]) for i, j in sources]
    pieces = [(i, span, share) for i, text in enumerate(readings) for span, share in clause_runs(text, languages[0])]
    source_vectors = encoder.encode([*joined, *(readings[i][span.start : span.end] for i, span, _ in pieces)])
    windows, parts = source_vectors[: len(joined)], source_vectors[len(joined) :]

    def seen(a: int, b: int) -> str:
        return encoder_text(document_text[atoms[a].start : atoms[b - 1].end], languages[1])

    spans = sentence_spans(atoms)
    first = sorted({*spans, *((a, a + 1) for a in range(len(atoms)))})
    near = (encoder.encode([seen(*run) for run in first]) @ source_vectors.T).max(axis=1, initial=0.0)
    usable = _usable(atoms, spans, first, near.astype(np.float64))
    runs = target_runs(atoms, usable)
    vectors = encoder.encode([seen(*run) for run in runs])
    cosine = (vectors @ windows.T).astype(np.float64)
    best, share = _best_parts(vectors @ parts.T if len(pieces) else None, pieces, cosine, len(readings))
    texts = tuple(seen(a, a + 1) if usable[a] else "" for a in range(len(atoms)))
    table = word_table(readings, texts, encoder, languages)
    return Evidence(atoms, texts, tuple(runs), tuple(sources), tuple(readings), cosine, best, share, table, languages)


def _usable(atoms: tuple[Atom, ...], spans: list[Run], first: list[Run], near: Floats) -> list[bool]:
    nearness = dict(zip(first, near, strict=True))
    usable = [False] * len(atoms)
    for a, b in spans:
        relevant = max(nearness[run] for run in [(a, b), *((k, k + 1) for k in range(a, b))]) >= RELEVANT
        foreign = all(atom.foreign for atom in atoms[a:b])  # a Latin name inside a Chinese sentence is not
        for k in range(a, b):
            usable[k] = relevant and not foreign and atoms[k].kind not in UNALIGNED
    return usable


def _best_parts(
    similarity: npt.NDArray[np.float32] | None, pieces: list[tuple[int, Span, float]], cosine: Floats, count: int
) -> tuple[Floats, Floats]:
    """Per run and source sentence: the nearest clause run, or the whole sentence if that is nearer."""
    best = cosine[:, :count].copy()  # the first `count` source runs are the single sentences
    share = np.ones_like(best)
    if similarity is None:
        return best, share
    for k, (i, _, part) in enumerate(pieces):
        nearer = similarity[:, k] > best[:, i]
        best[nearer, i] = similarity[nearer, k]
        share[nearer, i] = part
    return best, share
