"""How far the reviewers of a letter agree, with each other and with the engine; docs/scores.md defines every figure.

Sentences of all renderings asked for are compared together; alignments rendering by rendering.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from aligner.errors import UnknownNameError
from aligner.pipeline.disputes import (
    Dispute,
    disputes_of_errors,
    disputes_of_links,
    disputes_of_scores,
    pieces_of,
    unit,
    worst,
)
from aligner.pipeline.judging import Hearing, hear, nobody
from aligner.pipeline.linking import ENGINE, Linking, linkings
from aligner.pipeline.reviewing import Desk
from aligner.review.agreement import (
    Level,
    alpha,
    boundary_agreement,
    kendall_tau,
    link_agreement,
    matched_categories,
    pairwise_accuracy,
    span_f1,
    worst_severities,
)
from aligner.review.annotations import ErrorAnnotation
from aligner.review.figures import DEFAULT, Figure, Resampling
from aligner.review.layers import SHARED
from aligner.review.typologies import Typology, Uncounted, convert, load

Layer = dict[str, tuple[ErrorAnnotation, ...]]
"""Unit (a sentence of a rendering) -> the errors of one reviewer who judged it."""

Ratings = dict[str, dict[str, float]]
"""Item -> rendering -> number, of one reviewer."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure: `what` it measures, between whom, and of which rendering if of one alone."""

    what: str
    between: tuple[str, ...]
    figure: Figure
    rendering: str | None = None


@dataclass(frozen=True)
class Agreement:
    """All figures of a letter, and the disagreements, worst first.

    `uncounted` are errors that the typology cannot take and that are compared nowhere.
    """

    reviewers: tuple[str, ...]
    renderings: tuple[str, ...]
    judgements: tuple[Compared, ...]
    alignments: tuple[Compared, ...]
    disputes: tuple[Dispute, ...]
    uncounted: tuple[Uncounted, ...]


def agreement(
    desk: Desk,
    letter_id: str,
    renderings: Sequence[str] = (),
    reviewers: Sequence[str] = (),
    typology: Typology | None = None,
    resampling: Resampling = DEFAULT,
) -> Agreement:
    """Agreement about a letter's renderings, or those named, between all reviewers, or those named.

    Raises UnknownNameError for an unknown id or a reviewer who said nothing of them; AlignerError where nobody did.
    """
    kind = typology or load()
    heard = hear(desk, letter_id, renderings)
    log = desk.log(letter_id)
    found = {each.rendering: linkings(desk, letter_id, each.rendering, log) for each in heard}
    judges = {name for hearing in heard for name in hearing.layers}
    known = judges | {name for each in found.values() for name in each} - {ENGINE, SHARED}
    if not known and all(set(each) == {ENGINE} for each in found.values()):
        raise nobody(letter_id, desk.store.where)
    for name in reviewers:
        if name not in known:
            raise UnknownNameError("reviewer", name, known, where=f"letter {letter_id}")
    names = tuple(sorted(judges.intersection(reviewers) if reviewers else judges))
    aligned = {
        rendering: {n: linking for n, linking in each.items() if not reviewers or n in (ENGINE, SHARED, *reviewers)}
        for rendering, each in found.items()
    }
    layers, uncounted = _layers(heard, names, kind)
    scores = {name: _scores(heard, name, whole=False) for name in names}
    overall = {name: _scores(heard, name, whole=True) for name in names}
    judged = _alphas(layers, scores, overall, kind, resampling)
    for pair in combinations(names, 2):
        judged += _pairs(pair, heard, layers, (scores, overall), kind, resampling)
    disputes = worst(
        disputes_of_errors(heard, layers, kind),
        disputes_of_scores(heard, names),
        *(disputes_of_links(each.rendering, aligned[each.rendering], each.placing) for each in heard),
    )
    return Agreement(
        tuple(sorted(known.intersection(reviewers) if reviewers else known)),
        tuple(hearing.rendering for hearing in heard),
        tuple(judged),
        tuple(each for name, made in aligned.items() for each in _alignments(name, made, resampling)),
        disputes,
        uncounted,
    )


def _layers(
    heard: Sequence[Hearing], names: Sequence[str], typology: Typology
) -> tuple[dict[str, Layer], tuple[Uncounted, ...]]:
    """What each reviewer marked in each sentence that was judged, in one typology.

    Who called the rendering done, or named no sentences, is taken to have judged all in which somebody marked an
    error, too: an omission that only one of two saw is a difference.
    """
    layers: dict[str, Layer] = {name: {} for name in names}
    uncounted: list[Uncounted] = []
    for hearing in heard:
        marked = {sentence for name in names if name in hearing.layers for sentence in hearing.layers[name].errors}
        for name in names:
            judged = hearing.layers.get(name)
            if judged is None or not judged.marked:
                continue
            theirs = judged.sentences | (marked if judged.whole or not judged.stated else frozenset())
            # In the order of the letter: the bootstrap's interval depends on it.
            for sentence in (each.id for each in hearing.placing.sentences if each.id in theirs):
                made = convert(judged.errors.get(sentence, ()), typology)
                uncounted += made.uncounted
                layers[name][unit(hearing.rendering, sentence)] = made.errors
    return layers, tuple(uncounted)


def _scores(heard: Sequence[Hearing], name: str, *, whole: bool) -> Ratings:
    """Sentence, or the letter as a whole (`""`), -> rendering -> the score that this reviewer gave."""
    found: Ratings = {}
    for hearing in heard:
        if name in hearing.layers:
            for score in hearing.layers[name].scores:
                if (score.sentence is None) is whole:
                    found.setdefault(score.sentence or "", {})[hearing.rendering] = score.score
    return found


def _units(ratings: Mapping[str, Ratings]) -> dict[str, dict[str, float]]:
    """Sentence of a rendering -> reviewer -> score."""
    found: dict[str, dict[str, float]] = {}
    for name, given in ratings.items():
        for sentence, scores in given.items():
            for rendering, score in scores.items():
                found.setdefault(unit(rendering, sentence), {})[name] = score
    return found


def _alphas(
    layers: Mapping[str, Layer],
    scores: Mapping[str, Ratings],
    overall: Mapping[str, Ratings],
    typology: Typology,
    resampling: Resampling,
) -> list[Compared]:
    """Krippendorff's alpha over all reviewers at once."""
    names = tuple(layers)
    severities, order = worst_severities(layers, typology)
    figures = {
        "scores of sentences": alpha(_units(scores), Level.INTERVAL, resampling=resampling),
        "scores of renderings": alpha(_units(overall), Level.INTERVAL, resampling=resampling),
        "gravest severity in a sentence": alpha(severities, Level.ORDINAL, order, resampling),
        "category of errors that overlap": alpha(matched_categories(layers), Level.NOMINAL, resampling=resampling),
    }
    return [Compared(what, names, figure) for what, figure in figures.items()]


def _pairs(
    pair: tuple[str, str],
    heard: Sequence[Hearing],
    layers: Mapping[str, Layer],
    ratings: tuple[Mapping[str, Ratings], Mapping[str, Ratings]],
    typology: Typology,
    resampling: Resampling,
) -> list[Compared]:
    """Marked words, and the order of renderings, of two reviewers."""
    one, other = (pieces_of(heard, layers[name]) for name in pair)
    mine, theirs = (_points(layers[name], typology) for name in pair)
    (a, b), (c, d) = ((scores[pair[0]], scores[pair[1]]) for scores in ratings)
    figures = {
        "marked characters": span_f1(one, other, resampling=resampling),
        "order of renderings by scores": pairwise_accuracy(a, b, resampling),
        "order of renderings by scores, tau": kendall_tau(a, b, resampling),
        "order of renderings by scores of the whole": pairwise_accuracy(c, d, resampling),
        "order of renderings by penalty points": pairwise_accuracy(mine, theirs, resampling),
        "order of renderings by penalty points, tau": kendall_tau(mine, theirs, resampling),
    }
    return [Compared(what, pair, figure) for what, figure in figures.items()]


def _points(layer: Layer, typology: Typology) -> Ratings:
    """Sentence -> rendering -> penalty points, negated: more points are worse."""
    found: Ratings = {}
    for name, errors in layer.items():
        rendering, _, sentence = name.rpartition(" ")
        points = sum(typology.points(error.category, error.severity) for error in errors)
        found.setdefault(sentence, {})[rendering] = -points
    return found


def _alignments(rendering: str, made: Mapping[str, Linking], resampling: Resampling) -> list[Compared]:
    """Links and boundaries of every two alignments of a rendering."""
    return [
        Compared(what, pair, measure(made[pair[0]].links, made[pair[1]].links, resampling), rendering)
        for pair in combinations(made, 2)
        for what, measure in (("links", link_agreement), ("boundaries of links", boundary_agreement))
    ]
