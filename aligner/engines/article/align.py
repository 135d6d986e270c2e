"""The article engine as one pure function: a letter and a document in, an alignment out."""

from __future__ import annotations

from dataclasses import replace

from aligner import __version__
from aligner.encoders import Encoder
from aligner.engines.article.absences import absences
from aligner.engines.article.atoms import Atom, cut
from aligner.engines.article.decode import CLAIM, Decoded, decode, packaged_weights
from aligner.engines.article.emission import Emission
from aligner.engines.article.evidence import Evidence, encoder_text, gather
from aligner.engines.article.features import lattice
from aligner.engines.article.modes import modes
from aligner.engines.article.residue import residue
from aligner.model import Alignment, Document, Letter, Link, Mode, Segment, Side, Signature, Span, Status
from aligner.text.scripts import language_of

# Below this probability a link is marked for a person to look at. On letters that the weights had not seen
# (benchmarks/letters, learned on one half and tried on the other, both ways) 42 of 772 links lie below, and
# 59 in 100 of their characters are right; of those above, 94 and more in every tenth.
REVIEW_BELOW = 0.7
NAME = "article-crf"
PAIRS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"), ("《", "》"))


def align_article(
    letter: Letter,
    target: Document,
    encoder: Encoder,
    *,
    rendering: str,
    language: str | None = None,
    within: Span | None = None,
) -> Alignment:
    """Find `letter` inside `target` and align it.

    `language` is the target's (`zh-Hans`, `zh-Hant`, ...; found from the text if not given); `within`
    limits the search to a stretch of the document. An article that renders nothing of the letter
    gives an alignment without links, every sentence `outside`. Pure: the same values give the same
    alignment.
    """
    tongue = language or language_of(target.text)
    atoms = cut(target, tongue, within)
    readings = tuple(encoder_text(reading, letter.language) for reading in letter.readings)
    evidence = gather(readings, target.text, atoms, encoder, (letter.language, tongue))
    weights = packaged_weights()
    decoded = decode(lattice(evidence)[0], evidence, weights)
    found = modes(decoded.emissions, evidence, target.text)
    segments, links = _links(letter, target, decoded, found, evidence)
    region = Span(segments[0].start, segments[-1].end) if segments else None
    return Alignment(
        letter=letter.id,
        rendering=rendering,
        source=_side(letter.base.document, letter.language),
        target=_side(target, tongue, region),
        signature=Signature(__version__, f"{NAME}/{weights.signature}", encoder.signature, {"claim": CLAIM}),
        source_segments=letter.segments,
        target_segments=segments,
        links=links,
        absences=absences(letter.segments, decoded, evidence, encoder),
        residue=residue(target, segments, tongue),
    )


def _side(document: Document, language: str, region: Span | None = None) -> Side:
    return Side(document.name, document.sha256, document.text_sha256, language, region)


def _links(
    letter: Letter, target: Document, decoded: Decoded, found: list[Mode], evidence: Evidence
) -> tuple[tuple[Segment, ...], tuple[Link, ...]]:
    segments: list[Segment] = []
    links: list[Link] = []
    for emission, mode in zip(decoded.emissions, found, strict=True):
        own = [
            Segment(f"t{len(segments) + k + 1}", span.start, span.end, span.of(target.text))
            for k, span in enumerate(_pieces(emission, evidence.atoms, target.text))
        ]
        segments += own
        source = tuple(segment.id for segment in letter.segments[emission.first : emission.last])
        status = Status.NEEDS_REVIEW if emission.confidence < REVIEW_BELOW else Status.AUTO
        confidence = round(min(1.0, emission.confidence), 4)
        links.append(Link("", source, tuple(s.id for s in own), mode, confidence, status))
    numbered = tuple(replace(link, id=f"l{k + 1}") for k, link in enumerate(links))
    return tuple(segments), numbered


def _pieces(emission: Emission, atoms: tuple[Atom, ...], text: str) -> list[Span]:
    """The stretch of an emission, one span per sentence, quotation marks and brackets in pairs."""
    spans: list[Span] = []
    run = atoms[emission.begin : emission.end]
    for k, atom in enumerate(run):
        if k and run[k - 1].sentence == atom.sentence:
            spans[-1] = Span(spans[-1].start, atom.end)
        else:
            spans.append(Span(atom.start, atom.end))
    return [_paired(span, text) for span in spans]


def _paired(span: Span, text: str) -> Span:
    """Take in the closing mark behind a span that holds its opening mark only."""
    inside = span.of(text)
    for opening, closing in PAIRS:
        if inside.count(opening) > inside.count(closing) and text.startswith(closing, span.end):
            return Span(span.start, span.end + 1)
    if inside.count('"') % 2 and text.startswith('"', span.end) and not inside.startswith('"'):
        return Span(span.start, span.end + 1)
    return span
