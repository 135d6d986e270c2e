"""Several articles about one letter: each by itself first, then a second look at what the others make likely.

The second look only adds. Every link of the first stays as it is, so no rendering can break another; an
article that renders nothing by itself is left alone; without others the result is that of the first look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aligner.encoders import Encoder
from aligner.engines.anchors import Anchors
from aligner.engines.article.absences import absences
from aligner.engines.article.align import NO_ANCHORS, Found, Work, assemble, linked, search
from aligner.engines.article.constraints import Booleans, Constraints, banned_pairs, settled_atoms
from aligner.engines.article.decode import Curve, Decoded, Weights, decode, packaged_weights
from aligner.engines.article.evidence import Evidence
from aligner.engines.article.features import Candidates
from aligner.engines.article.lattice import Lattice
from aligner.engines.article.peers import PeerEvidence, Version, compare, peer_features
from aligner.model import Alignment, Document, Letter, Span
from aligner.text.scripts import language_of

# A rendering elsewhere speaks for a sentence when it is surer than this.
SURE = 0.9
# What the others make likely is linked from this probability on: of such additions in letters that the weights
# had not seen (benchmarks/letters) three in four are right, of those between this and `CLAIM` one in two.
ADD = 0.5


@dataclass(frozen=True, slots=True)
class Target:
    """An article to be aligned with a letter.

    `language` None means that it is recognised; `within` limits the search to a stretch of the article;
    `anchors` are what reviewers said of it.
    """

    rendering: str
    document: Document
    language: str | None = None
    within: Span | None = None
    anchors: Anchors = NO_ANCHORS


def align_articles(
    letter: Letter, targets: Sequence[Target], encoder: Encoder, progress: Callable[[str], None] | None = None
) -> tuple[Alignment, ...]:
    """One alignment per target, in their order; pure.

    `progress` is called with each target's rendering before its first look.

    Raises AlignmentError when an anchor fits neither the letter nor its document.
    """
    looks: list[tuple[Work, Constraints, Found]] = []
    for target in targets:
        if progress is not None:
            progress(target.rendering)
        target.anchors.check(letter, target.document)
        work = Work(letter, target.document, encoder, target.language or language_of(target.document.text))
        constraints = Constraints.of(target.anchors)
        looks.append((work, constraints, search(work, constraints, target.within)))
    curve = packaged_weights().curve
    said = [versions(found.evidence, found.decoded, curve) for _, _, found in looks]
    out = []
    for k, (target, (work, constraints, found)) in enumerate(zip(targets, looks, strict=True)):
        others = [version for n, texts in enumerate(said) if n != k for version in texts]
        if others and found.links:
            found = second_look(work, constraints, found, others)
        missing = absences(letter.segments, found.decoded, found.evidence, encoder)
        out.append(assemble(work, target.rendering, found.links, missing, target.anchors))
    return tuple(out)


def second_look(work: Work, constraints: Constraints, found: Found, others: Sequence[Version]) -> Found:
    """What was found, and what the versions of other articles make likely besides."""
    evidence, weights = found.evidence, packaged_weights()
    banned = banned_pairs(evidence.atoms, work.letter, constraints.forbidden)
    peers = compare(evidence, others, work.encoder)
    both = added(evidence, found.lattice, found.decoded, peers, weights, banned)
    if both is found.decoded:
        return found
    return replace(found, links=linked(work, both, evidence, constraints), decoded=both)


def added(
    evidence: Evidence,
    made: tuple[Lattice, Candidates],
    decoded: Decoded,
    peers: PeerEvidence,
    weights: Weights,
    banned: Booleans,
) -> Decoded:
    """`decoded`, and the emissions that `peers` make likely where it has none."""
    extra = peer_features(evidence, *made, peers) @ weights.peers
    scored = replace(made[0], features=(made[0].features @ weights.features + extra)[:, None])
    # A probability of 1 is a reviewer's word, which this is not.
    first = [replace(emission, confidence=min(emission.confidence, 0.9999)) for emission in decoded.emissions]
    settled = [*decoded.settled, *first]
    banned = banned.copy()
    banned[settled_atoms(settled, len(evidence.atoms))] = True
    again = decode(scored, evidence, Weights(np.ones(1), weights.jumps, ""), settled, banned, ADD)
    if not again.emissions:
        return decoded
    every = tuple(sorted((*decoded.emissions, *again.emissions), key=lambda e: e.begin))
    return replace(decoded, emissions=every, belief=np.maximum(decoded.belief, again.belief))


def versions(evidence: Evidence, decoded: Decoded, curve: Curve) -> list[Version]:
    """What the surer links of an article say for single sentences."""
    links = [(e, curve(e.confidence)) for e in decoded.emissions]
    links += [(e, e.confidence) for e in decoded.settled if e.begin < e.end]
    return [
        Version(e.first, "".join(evidence.texts[e.begin : e.end]))
        for e, confidence in links
        if confidence >= SURE and e.last - e.first == 1
    ]
