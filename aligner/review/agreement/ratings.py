"""Error annotations of several reviewers -> the units that Krippendorff's alpha compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from aligner.review.agreement.spans import Marked
from aligner.review.annotations import ErrorAnnotation
from aligner.review.typologies import Typology

NO_ERROR = "none"
"""The severity of a sentence in which a reviewer marked nothing; below all others."""

Layers = Mapping[str, Mapping[str, Sequence[ErrorAnnotation]]]
"""Reviewer -> sentence that this reviewer judged -> errors marked in it, perhaps none."""


def worst_severities(layers: Layers, typology: Typology) -> tuple[dict[str, dict[str, str]], tuple[str, ...]]:
    """Sentence -> reviewer -> the gravest severity marked, `none` without errors; and the order of severities."""
    order = (NO_ERROR, *typology.order)
    units: dict[str, dict[str, str]] = {}
    for reviewer, sentences in layers.items():
        for sentence, errors in sentences.items():
            names = [typology.severity(error.severity).id for error in errors]
            units.setdefault(sentence, {})[reviewer] = max([NO_ERROR, *names], key=order.index)
    return units, order


def matched_categories(layers: Layers) -> dict[str, dict[str, str]]:
    """Errors of two reviewers that overlap, as units: what each called it.

    Within a sentence and pair of reviewers, the two errors with the most characters in common are matched
    first, each error once; errors that only one marked are no unit, `span_f1` counts those.
    """
    units: dict[str, dict[str, str]] = {}
    for one, other in combinations(layers, 2):
        for sentence in layers[one]:
            if sentence not in layers[other]:
                continue
            for mine, theirs in match(layers[one][sentence], layers[other][sentence]):
                units[f"{sentence}: {mine.id}, {theirs.id}"] = {one: mine.category, other: theirs.category}
    return units


def match(
    first: Sequence[ErrorAnnotation], second: Sequence[ErrorAnnotation]
) -> list[tuple[ErrorAnnotation, ErrorAnnotation]]:
    """Pairs of errors that share characters, greedily by how many, then in the order given."""
    found = sorted(
        ((-_shared(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second) if _shared(a, b)),
    )
    pairs: list[tuple[ErrorAnnotation, ErrorAnnotation]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in found:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((first[i], second[j]))
    return pairs


def _shared(one: ErrorAnnotation, other: ErrorAnnotation) -> int:
    return sum(a.span.overlap(b.span) for a in Marked.of((one,)) for b in Marked.of((other,)) if a.side == b.side)
