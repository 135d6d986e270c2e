"""The spans of a new link: where the rendering stands in the document, to the character."""

from __future__ import annotations

from aligner.engines.article.atoms import Atom
from aligner.engines.article.constraints import Constraints, outside
from aligner.engines.article.emission import Emission
from aligner.model import Span

PAIRS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"), ("《", "》"))


def new_spans(
    emission: Emission, source: tuple[str, ...], atoms: tuple[Atom, ...], text: str, constraints: Constraints
) -> list[Span]:
    """One span per sentence, quotation marks and brackets in pairs, nothing of it settled or forbidden."""
    taken = constraints.spans
    taken += [span for ban in constraints.forbidden if set(ban.source) & set(source) for span in ban.target]
    return [piece for span in pieces(emission, atoms, text) for piece in outside(span, taken, text)]


def pieces(emission: Emission, atoms: tuple[Atom, ...], text: str) -> list[Span]:
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
