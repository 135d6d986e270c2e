"""Where reviewers differ, with the words concerned and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from aligner.model import Quoted, Span
from aligner.pipeline.judging import Hearing
from aligner.pipeline.linking import Linking
from aligner.pipeline.placing import Placing, Sentence
from aligner.review.agreement import Level, Marked, of_links, of_ratings, of_spans, worst_severities
from aligner.review.agreement.links import SpanPair
from aligner.review.agreement.ratings import match
from aligner.review.annotations import ErrorAnnotation
from aligner.review.typologies import Typology

Errors = Mapping[str, Sequence[ErrorAnnotation]]
"""Unit -> errors of one reviewer."""

LONGEST = 50
"""Characters of an error's words in what a reviewer said; `source` and `target` have all of them."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One thing on which two differ, or several alignments; `weight` runs from just above 0 to 1, the worst.

    `about` says in what: `words`, `severity` and `category` of errors, `score`, or `link`. `said` is what each of
    `between` said. `sentence` is the letter's, None for the whole rendering; `source` and `target` are
    the words concerned, as offsets into their documents. `points` are those of the gravest error, to put the grave
    first among disputes of one weight.
    """

    about: tuple[str, ...]
    rendering: str
    between: tuple[str, ...]
    said: tuple[str, ...]
    weight: float
    sentence: Sentence | None = None
    source: tuple[Quoted, ...] = ()
    target: tuple[Quoted, ...] = ()
    points: float = 0.0


def worst(*lists: Iterable[Dispute]) -> tuple[Dispute, ...]:
    """All of them by weight, then by the points at stake; equal ones in the order given."""
    return tuple(sorted((each for some in lists for each in some), key=lambda each: (-each.weight, -each.points)))


def unit(rendering: str, sentence: str) -> str:
    """The name of a sentence of a rendering among those of all."""
    return f"{rendering} {sentence}"


def pieces_of(heard: Sequence[Hearing], layer: Errors) -> dict[str, list[Marked]]:
    """Unit -> the marked stretches that lie in it: an error over two sentences is marked in both."""
    placings = {hearing.rendering: hearing.placing for hearing in heard}
    found: dict[str, list[Marked]] = {name: [] for name in layer}
    for name, errors in layer.items():
        rendering = name.rpartition(" ")[0]
        for error in errors:
            for side, quotes in (("source", error.source), ("target", error.target)):
                for quoted in quotes:
                    for sentence, span in placings[rendering].pieces(side, quoted):
                        there = unit(rendering, sentence.id)
                        # What reaches into a sentence that was not judged stays with the one that was.
                        found[there if there in found else name].append(Marked(side, span, error.severity))
    return found


def disputes_of_errors(heard: Sequence[Hearing], layers: Mapping[str, Errors], typology: Typology) -> list[Dispute]:
    """Sentences in which two reviewers marked other words, severities or categories, each sentence once."""
    severities, order = worst_severities({name: dict(layer) for name, layer in layers.items()}, typology)
    grave = of_ratings("severity", severities, Level.ORDINAL, order)
    found = []
    for pair in combinations(layers, 2):
        mine, theirs = (layers[name] for name in pair)
        weights: dict[str, dict[str, float]] = {}
        for told in of_spans(pair, pieces_of(heard, mine), pieces_of(heard, theirs)):
            weights.setdefault(told.where, {})["words"] = told.weight
        for told in grave:
            if told.reviewers == pair:
                weights.setdefault(told.where, {})["severity"] = told.weight
        for name in (each for each in mine if each in theirs):
            if any(a.category != b.category for a, b in match(mine[name], theirs[name])):
                weights.setdefault(name, {})["category"] = 1.0
        for name, each in weights.items():
            rendering, sentence = _sentence(heard, name)
            both = (*mine[name], *theirs[name])
            found.append(
                Dispute(
                    tuple(about for about in ("words", "severity", "category") if about in each),
                    rendering,
                    pair,
                    (_said(mine[name]), _said(theirs[name])),
                    max(each.values()),
                    sentence,
                    tuple(dict.fromkeys(quoted for error in both for quoted in error.source)),
                    tuple(dict.fromkeys(quoted for error in both for quoted in error.target)),
                    # Pieces of an error can reach into a sentence that has no error of its own.
                    max((typology.points(error.category, error.severity) for error in both), default=0.0),
                )
            )
    return found


def disputes_of_scores(heard: Sequence[Hearing], names: Sequence[str]) -> list[Dispute]:
    """Scores of one sentence, or of the whole rendering, that differ; the weight is their distance / 100."""
    found = []
    for hearing in heard:
        numbers = {sentence.id: sentence for sentence in hearing.placing.sentences}
        given = {
            name: {score.sentence: score.score for score in hearing.layers[name].scores}
            for name in names
            if name in hearing.layers
        }
        for one, other in combinations(given, 2):
            for where in given[one]:
                mine, theirs = given[one][where], given[other].get(where)
                if theirs is None or mine == theirs:
                    continue
                sentence = numbers[where] if where else None
                said = (f"{mine:g} of 100", f"{theirs:g} of 100")
                weight = abs(mine - theirs) / 100
                found.append(Dispute(("score",), hearing.rendering, (one, other), said, weight, sentence))
    return found


def disputes_of_links(rendering: str, made: Mapping[str, Linking], placing: Placing) -> list[Dispute]:
    """Links that some alignments have and others have not, each once, by how little any other comes near them."""
    weights: dict[SpanPair, float] = {}
    for one, other in combinations(made, 2):
        for each in of_links((one, other), made[one].links, made[other].links):
            if each.spans is not None:
                weights[each.spans] = max(each.weight, weights.get(each.spans, 0.0))
    found = []
    for spans, weight in weights.items():
        texts = next((linking.source, linking.target) for linking in made.values())
        source, target = (_cut(span, text) for span, text in zip(spans, texts, strict=True))
        said = tuple("linked" if spans in linking.links else "not so" for linking in made.values())
        sentence = placing.sentence(source)
        found.append(Dispute(("link",), rendering, tuple(made), said, weight, sentence, (source,), (target,)))
    return found


def _sentence(heard: Sequence[Hearing], name: str) -> tuple[str, Sentence]:
    rendering, _, sentence = name.rpartition(" ")
    (placing,) = (hearing.placing for hearing in heard if hearing.rendering == rendering)
    return rendering, next(each for each in placing.sentences if each.id == sentence)


def _cut(span: Span, text: str) -> Quoted:
    return Quoted(span.start, span.end, span.of(text))


def _said(errors: Sequence[ErrorAnnotation]) -> str:
    """What one reviewer marked: severity and category of each error, with its places."""
    told = []
    for error in errors:
        sides = (("article", error.target), ("letter", error.source))
        places = [f"{side} [{q.start}, {q.end}) “{_short(q.text)}”" for side, quotes in sides for q in quotes]
        told.append(f"{' '.join(filter(None, (error.severity, error.category)))}: {', '.join(places)}")
    return "; ".join(told) or "no error"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
