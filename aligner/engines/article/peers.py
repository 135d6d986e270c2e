"""Other renderings of the same letter as evidence: Chinese is more like Chinese than like English.

What surer renderings elsewhere say for a sentence is compared with the runs of this article, by vectors and
by pairs of characters. It moves what is doubtful here; what is sure here stays (see `together.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder
from aligner.engines.article.evidence import Evidence, clause_runs
from aligner.engines.article.features import Candidates, rivals
from aligner.engines.article.lattice import Lattice

Floats = npt.NDArray[np.float64]

NAMES = (
    "known", "unknown", "cosine", "cosine_squared", "source_margin", "target_margin", "overlap", "overlap_margin",
    "embedded:known", "embedded:cosine", "embedded:overlap", "inside:known", "inside:cosine", "inside:overlap",
)  # fmt: skip
LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Version:
    """What another article says for source sentence `sentence`, as the encoder sees it."""

    sentence: int
    text: str


@dataclass(frozen=True)
class PeerEvidence:
    """`cosine[run, sentence]` with the nearest piece of any version, `overlap` as share of pairs of characters.

    `known[sentence]` says which sentences have a version.
    """

    cosine: Floats
    overlap: Floats
    known: npt.NDArray[np.bool_]


def compare(evidence: Evidence, versions: Sequence[Version], encoder: Encoder) -> PeerEvidence:
    """Compare the runs of an article with the versions of other articles."""
    shape = (len(evidence.runs), len(evidence.readings))
    cosine, overlap = np.zeros(shape), np.zeros(shape)
    known = np.zeros(shape[1], dtype=bool)
    if not versions or not shape[0]:
        return PeerEvidence(cosine, overlap, known)
    language = evidence.languages[1]
    pieces = [(v.sentence, v.text) for v in versions]
    pieces += [
        (v.sentence, v.text[span.start : span.end]) for v in versions for span, _ in clause_runs(v.text, language)
    ]
    views = evidence.views
    near = encoder.encode(views) @ encoder.encode([text for _, text in pieces]).T
    bigrams = [_pairs(view) for view in views]
    for i in {v.sentence for v in versions}:
        known[i] = True
        cosine[:, i] = near[:, [k for k, (sentence, _) in enumerate(pieces) if sentence == i]].max(axis=1)
        said = [_pairs(v.text) for v in versions if v.sentence == i]
        overlap[:, i] = [max(len(own & other) for other in said) / max(1, len(own)) for own in bigrams]
    return PeerEvidence(cosine, overlap, known)


def _pairs(text: str) -> frozenset[str]:
    letters = "".join(LETTER.findall(text))
    return frozenset(letters[k : k + 2] for k in range(len(letters) - 1)) or frozenset(letters)


def peer_features(evidence: Evidence, made: Lattice, chosen: Candidates, peers: PeerEvidence) -> Floats:
    """What other renderings say for each candidate, shape `(candidates, len(NAMES))`; zeros if there are none."""
    out = np.zeros((len(made.begin), len(NAMES)))
    if not peers.known.any() or not len(made.begin):
        return out
    at = {name: k for k, name in enumerate(NAMES)}
    columns = np.arange(made.sources)[None, :]
    inside = (columns >= made.first[:, None]) & (columns < made.last[:, None])
    has = (inside & peers.known).any(axis=1)
    before, after = rivals(evidence, peers.cosine)
    out[:, at["known"]] = has
    out[:, at["unknown"]] = ~has
    for name, values in (("cosine", peers.cosine[chosen.window]), ("overlap", peers.overlap[chosen.window])):
        own = np.where(inside, values, 0.0).max(axis=1)
        rival = np.where(inside, 0.0, values).max(axis=1)
        out[:, at[name]] = own
        out[:, at["source_margin" if name == "cosine" else "overlap_margin"]] = (own - rival) * has
    own = out[:, at["cosine"]]
    out[:, at["cosine_squared"]] = own**2
    other = np.maximum(before[made.begin, made.first], after[made.end, made.first])
    out[:, at["target_margin"]] = np.where(has & (other >= 0), own - other, 0.0)
    embedded = evidence.embedded[chosen.window]
    runs = np.array(evidence.runs)[chosen.window]
    starts = {a for a, atom in enumerate(evidence.atoms) if a == 0 or atom.sentence != evidence.atoms[a - 1].sentence}
    whole = np.array([a in starts and (b in starts or b == len(evidence.atoms)) for a, b in runs.tolist()])
    for kind, which in (("embedded", embedded), ("inside", ~embedded & ~whole)):
        for name in ("known", "cosine", "overlap"):
            out[:, at[f"{kind}:{name}"]] = out[:, at[name]] * which
    return out
