"""The article engine as one pure function: a letter and a document in, an alignment out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner import __version__
from aligner.encoders import Encoder
from aligner.engines.anchors import Anchors
from aligner.engines.article.absences import absences
from aligner.engines.article.atoms import cut
from aligner.engines.article.constraints import Constraints, Settled, banned_pairs, emissions_of, open_atoms, split
from aligner.engines.article.decode import CLAIM, Decoded, decode, packaged_weights
from aligner.engines.article.evidence import Evidence, encoder_text, gather
from aligner.engines.article.features import Candidates, lattice
from aligner.engines.article.lattice import Lattice
from aligner.engines.article.modes import modes
from aligner.engines.article.pieces import new_spans
from aligner.engines.article.residue import residue
from aligner.model import Absence, Alignment, Document, Letter, Link, Segment, Side, Signature, Span, Status
from aligner.text.scripts import language_of

# Below this confidence a link is marked for a person to look at. On letters that the weights had not seen
# (benchmarks/letters, three held out at a time) 25 of 969 links lie below, and 6 in 10 of their characters
# are right; of those above, 8 in 10 and more in every tenth: there a reader may trust what he sees.
REVIEW_BELOW = 0.7
NAME = "article-crf"
NO_ANCHORS = Anchors()


def align_article(
    letter: Letter,
    target: Document,
    encoder: Encoder,
    *,
    rendering: str,
    language: str | None = None,
    within: Span | None = None,
    anchors: Anchors = NO_ANCHORS,
) -> Alignment:
    """Find `letter` inside `target` and align it.

    `language` is the target's (`zh-Hans`, `zh-Hant`, ...; found from the text if not given); `within`
    limits the search to a stretch of the document. `anchors` are kept: confirmed links come out as they
    stand, forbidden pairs never; the rest is aligned around them. An article that renders nothing of
    the letter gives an alignment without links, every sentence `outside`. Pure: the same values give
    the same alignment.

    Raises AlignmentError when an anchor fits neither the letter nor the document.
    """
    anchors.check(letter, target)
    work = Work(letter, target, encoder, language or language_of(target.text))
    found = search(work, Constraints.of(anchors), within)
    missing = absences(letter.segments, found.decoded, found.evidence, encoder)
    return assemble(work, rendering, found.links, missing, anchors)


@dataclass(frozen=True)
class Work:
    """What is aligned with what; `language` is the target's."""

    letter: Letter
    target: Document
    encoder: Encoder
    language: str


@dataclass(frozen=True)
class Found:
    """All links of an alignment, settled and new ones, and what they were found from."""

    links: tuple[Settled, ...]
    decoded: Decoded
    evidence: Evidence
    lattice: tuple[Lattice, Candidates]


def search(work: Work, constraints: Constraints, within: Span | None = None) -> Found:
    """Look for new links around the settled ones."""
    letter, text = work.letter, work.target.text
    atoms = split(cut(work.target, work.language, within), text, constraints)
    readings = tuple(encoder_text(reading, letter.language) for reading in letter.readings)
    free = open_atoms(atoms, constraints)
    evidence = gather(readings, text, atoms, work.encoder, (letter.language, work.language), free)
    settled = [e for link in constraints.settled for e in emissions_of(link, atoms, letter)]
    banned = banned_pairs(atoms, letter, constraints.forbidden)
    made = lattice(evidence)
    decoded = decode(made[0], evidence, packaged_weights(), settled, banned)
    return Found(linked(work, decoded, evidence, constraints), decoded, evidence, made)


def linked(work: Work, decoded: Decoded, evidence: Evidence, constraints: Constraints) -> tuple[Settled, ...]:
    """The settled links, and those of what was found; all renderings vote on its modes."""
    voting = tuple(e for e in decoded.every if e.begin < e.end)
    mode_of = dict(zip(voting, modes(voting, evidence, work.target.text), strict=True))
    links = []
    for emission in decoded.emissions:
        source = tuple(segment.id for segment in work.letter.segments[emission.first : emission.last])
        spans = new_spans(emission, source, evidence.atoms, work.target.text, constraints)
        confidence = round(packaged_weights().curve(emission.confidence), 4)
        status = Status.NEEDS_REVIEW if confidence < REVIEW_BELOW else Status.AUTO
        if spans:
            links.append(Settled(source, tuple(spans), mode_of[emission], confidence, status))
    return (*constraints.settled, *links)


def assemble(
    work: Work, rendering: str, links: Sequence[Settled], missing: tuple[Absence, ...], anchors: Anchors
) -> Alignment:
    """The alignment of these links, which are numbered in the article's order."""
    letter, target, weights = work.letter, work.target, packaged_weights()
    spans = sorted((span for link in links for span in link.target), key=lambda span: span.start)
    segments = tuple(Segment(f"t{k}", s.start, s.end, s.of(target.text)) for k, s in enumerate(spans, 1))
    name = {(segment.start, segment.end): segment.id for segment in segments}
    ordered = sorted(links, key=lambda link: min(span.start for span in link.target))
    settings = {"claim": CLAIM}
    if anchors:
        settings |= {"confirmed": len(anchors.confirmed), "forbidden": len(anchors.forbidden)}
    region = Span(segments[0].start, segments[-1].end) if segments else None
    return Alignment(
        letter=letter.id,
        rendering=rendering,
        source=_side(letter.base.document, letter.language),
        target=_side(target, work.language, region),
        signature=Signature(__version__, f"{NAME}/{weights.signature}", work.encoder.signature, settings),
        source_segments=letter.segments,
        target_segments=segments,
        links=tuple(
            Link(
                f"l{k}",
                link.source,
                tuple(name[span.start, span.end] for span in link.target),
                link.mode,
                link.confidence,
                link.status,
            )
            for k, link in enumerate(ordered, 1)
        ),
        absences=missing,
        residue=residue(target, segments, work.language),
    )


def _side(document: Document, language: str, region: Span | None = None) -> Side:
    return Side(document.name, document.sha256, document.text_sha256, language, region)
