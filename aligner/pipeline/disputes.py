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
from aligner.review.agreement.ratings import match
from aligner.review.annotations import ErrorAnnotation
from aligner.review.typologies import Typology

Errors = Mapping[str, Sequence[ErrorAnnotation]]
"""Unit -> errors of one reviewer."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Dispute:
    """One thing on which two differ; `weight` runs from just above 0 to 1, the worst.

    `about` says in what: `words`, `severity` and `category` of errors, `score`, or `link`. `first` and `second` are
    what each of `between` said. `sentence` is the number of the letter's sentence, None for the whole rendering;
    `source` and `target` are the words concerned, as offsets into their documents.
    """

    about: tuple[str, ...]
    rendering: str
    between: Pair
    first: str
    second: str
    weight: float
    sentence: int | None = None
    source: tuple[Quoted, ...] = ()
    target: tuple[Quoted, ...] = ()


def worst(*lists: Iterable[Dispute]) -> tuple[Dispute, ...]:
    """All of them, the gravest first; equal ones in the order given."""
    return tuple(sorted((each for some in lists for each in some), key=lambda dispute: -dispute.weight))


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
        for each in of_spans(pair, pieces_of(heard, mine), pieces_of(heard, theirs)):
            weights.setdefault(each.where, {})["words"] = each.weight
        for each in grave:
            if each.reviewers == pair:
                weights.setdefault(each.where, {})["severity"] = each.weight
        for name in mine.keys() & theirs.keys():
            if any(a.category != b.category for a, b in match(mine[name], theirs[name])):
                weights.setdefault(name, {})["category"] = 1.0
        found += [_of_errors(heard, pair, name, mine[name], theirs[name], each) for name, each in weights.items()]
    return found


def _of_errors(
    heard: Sequence[Hearing],
    pair: Pair,
    name: str,
    mine: Sequence[ErrorAnnotation],
    theirs: Sequence[ErrorAnnotation],
    weights: Mapping[str, float],
) -> Dispute:
    rendering, sentence = _sentence(heard, name)
    both = (*mine, *theirs)
    return Dispute(
        tuple(about for about in ("words", "severity", "category") if about in weights),
        rendering,
        pair,
        _said(mine),
        _said(theirs),
        max(weights.values()),
        sentence.number,
        tuple(dict.fromkeys(quoted for error in both for quoted in error.source)),
        tuple(dict.fromkeys(quoted for error in both for quoted in error.target)),
    )


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
                number, words = (sentence.number, (_quoted(sentence),)) if sentence else (None, ())
                found.append(Dispute(("score",), hearing.rendering, (one, other), *said, weight, number, words))
    return found


def disputes_of_links(rendering: str, made: Mapping[str, Linking], placing: Placing) -> list[Dispute]:
    """Links that only one of two alignments has, by how little the other comes near them."""
    found = []
    for one, other in combinations(made, 2):
        texts = made[one].source, made[one].target
        for each in of_links((one, other), made[one].links, made[other].links):
            if each.spans is not None:
                source, target = (_cut(span, text) for span, text in zip(each.spans, texts, strict=True))
                said = ("linked", "not so") if each.first == "linked" else ("not so", "linked")
                number = placing.sentence(source).number
                found.append(
                    Dispute(("link",), rendering, (one, other), *said, each.weight, number, (source,), (target,))
                )
    return found


def _sentence(heard: Sequence[Hearing], name: str) -> tuple[str, Sentence]:
    rendering, _, sentence = name.rpartition(" ")
    (placing,) = (hearing.placing for hearing in heard if hearing.rendering == rendering)
    return rendering, next(each for each in placing.sentences if each.id == sentence)


def _quoted(sentence: Sentence) -> Quoted:
    return Quoted(sentence.span.start, sentence.span.end, sentence.text)


def _cut(span: Span, text: str) -> Quoted:
    return Quoted(span.start, span.end, span.of(text))


def _said(errors: Sequence[ErrorAnnotation]) -> str:
    """What one reviewer marked: severity, category and words of each error."""
    told = []
    for error in errors:
        words = " … ".join(f"“{quoted.text}”" for quoted in error.target or error.source)
        told.append(" ".join(filter(None, (error.severity, error.category, words))))
    return "; ".join(told) or "no error"
