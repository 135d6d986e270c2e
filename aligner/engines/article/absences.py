"""Which sentences, and which clauses of linked sentences, have no rendering."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.encoders import Encoder
from aligner.engines.article.decode import Decoded
from aligner.engines.article.emission import Emission
from aligner.engines.article.evidence import Evidence
from aligner.engines.words import content_words
from aligner.model import Absence, AbsenceKind, Segment, Span
from aligner.text.clauses import clauses
from aligner.text.normalise import unwrap

# A clause of a linked sentence is missing when neither its words (share, by strength) nor its sense
# (cosine with any run of the link) reach these. Set on letters a1-a5 of benchmarks/letters, where they
# find 16 of 18 omitted clauses and flag 20 others; on letters never used for it 19 of 24, and 28 others.
WORDS_MET = 0.5
SENSE_MET = 0.3
SHORTEST = 1  # content words; clauses without any are too thin to judge


def absences(
    segments: Sequence[Segment], decoded: Decoded, evidence: Evidence, encoder: Encoder
) -> tuple[Absence, ...]:
    """Whole sentences first to last, each with its missing clauses."""
    linked = {i for e in decoded.every for i in range(e.first, e.last)}
    out: list[Absence] = []
    for i, segment in enumerate(segments):
        if i in linked:
            out += _missing_clauses(i, segment, decoded, evidence, encoder)
        else:
            between = bool(linked) and min(linked) < i < max(linked)
            kind = AbsenceKind.OMITTED if between else AbsenceKind.OUTSIDE
            chance = float(decoded.belief[:, i].max(initial=0.0))
            out.append(Absence(segment.id, kind, round(1.0 - chance, 4)))
    return tuple(out)


def _missing_clauses(i: int, segment: Segment, decoded: Decoded, evidence: Evidence, encoder: Encoder) -> list[Absence]:
    language = evidence.languages[0]
    pieces = clauses(segment.text, language, 0, len(segment.text))
    if len(pieces) < 2:
        return []
    emissions = [e for e in decoded.every if e.first <= i < e.last]
    runs = [
        "".join(evidence.texts[a:b])
        for e in emissions
        for a in range(e.begin, e.end)
        for b in range(a + 1, min(e.end, a + 4) + 1)
    ]
    if not runs:
        return []
    vectors = encoder.encode([*(unwrap(piece.of(segment.text)) for piece in pieces), *runs])
    sense = (vectors[: len(pieces)] @ vectors[len(pieces) :].T).max(axis=1)
    missing = [
        k
        for k, piece in enumerate(pieces)
        if sense[k] < SENSE_MET and _words_met(i, piece.of(segment.text), emissions, evidence) < WORDS_MET
    ]
    if len(missing) == len(pieces):  # then the link itself is in doubt, not its clauses
        return []
    return [_partial(segment, pieces[k], float(sense[k])) for k in missing]


def _partial(segment: Segment, piece: Span, sense: float) -> Absence:
    start, end = segment.start + piece.start, segment.start + piece.end
    return Absence(segment.id, AbsenceKind.PARTIAL, round(1.0 - max(0.0, sense), 4), start, end, piece.of(segment.text))


def _words_met(i: int, clause: str, emissions: Sequence[Emission], evidence: Evidence) -> float:
    """Share of the clause's content words that the link's words meet; 1 for clauses too thin to judge."""
    table = evidence.words
    atoms = {a for e in emissions for a in range(e.begin, e.end)}
    target = np.flatnonzero(np.isin(table.target_atom, list(atoms)))
    words = [word for word in content_words(clause, evidence.languages[0]) if word.weight >= 1]
    if len(words) < SHORTEST or not len(target):
        return 1.0
    own = np.flatnonzero(table.source_sentence == i)
    names = [word.text for word in content_words(evidence.readings[i], evidence.languages[0])]
    met = []
    for word in words:
        at = [own[k] for k, name in enumerate(names) if name == word.text and k < len(own)]
        met.append(max((float(table.strength[target, k].max()) for k in at), default=1.0))
    return sum(met) / len(met)
