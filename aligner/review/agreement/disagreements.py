"""Where reviewers differ, so that they can talk about it: worst first."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from aligner.model import Span
from aligner.review.agreement.alpha import Level, Units
from aligner.review.agreement.links import SpanPair
from aligner.review.agreement.spans import HALF, Marked, Marks, tally


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing on which two reviewers differ; `weight` runs from just above 0 to 1, the worst.

    `where` is the sentence or unit, `span` the places where links differ; `first` and `second` say what each
    of `reviewers` said.
    """

    kind: str
    where: str
    reviewers: tuple[str, str]
    first: str
    second: str
    weight: float
    spans: SpanPair | None = None


def worst_first(*lists: Iterable[Disagreement]) -> list[Disagreement]:
    """All of them, the gravest first; equal ones in the order given."""
    return sorted((item for items in lists for item in items), key=lambda item: -item.weight)


def of_ratings(kind: str, units: Units, level: Level, order: Sequence[Hashable] = ()) -> list[Disagreement]:
    """Units to which two reviewers gave different values, by how far apart these are.

    Distance 1 is that of the farthest values: another name (nominal), the ends of the order (ordinal), or of
    the numbers given (interval, and ordinal without an order).
    """
    found = []
    values = {value for given in units.values() for value in given.values()}
    numbers = [float(value) for value in values] if level is not Level.NOMINAL and not order else []  # type: ignore[arg-type]
    reach = (max(numbers) - min(numbers)) if numbers else max(1, len(order) - 1)
    for unit, given in units.items():
        for (one, mine), (other, theirs) in combinations(given.items(), 2):
            if mine == theirs:
                continue
            if level is Level.NOMINAL:
                weight = 1.0
            elif order:
                weight = abs(order.index(mine) - order.index(theirs)) / reach
            else:
                weight = abs(float(mine) - float(theirs)) / reach  # type: ignore[arg-type]
            found.append(Disagreement(kind, unit, (one, other), str(mine), str(theirs), weight))
    return worst_first(found)


def of_spans(reviewers: tuple[str, str], first: Marks, second: Marks, *, credit: float = HALF) -> list[Disagreement]:
    """Sentences in which two reviewers marked different characters or severities, by 1 - F1 of the sentence."""
    found = []
    for sentence in first:
        if sentence not in second:
            continue
        shared, marked = tally(first[sentence], second[sentence], credit)
        if marked and 2 * shared < marked:
            found.append(
                Disagreement(
                    "spans",
                    sentence,
                    reviewers,
                    _said(first[sentence]),
                    _said(second[sentence]),
                    1 - 2 * shared / marked,
                )
            )
    return worst_first(found)


def of_links(reviewers: tuple[str, str], first: Set[SpanPair], second: Set[SpanPair]) -> list[Disagreement]:
    """Links that only one of two has, by how little the nearest link of the other overlaps them."""
    found = []
    for number, (mine, theirs) in enumerate(((first, second), (second, first))):
        for source, target in sorted(mine - theirs, key=lambda link: (link[0].start, link[1].start)):
            near = max((_alike(source, a) * _alike(target, b) for a, b in theirs), default=0.0)
            said = ("linked", "otherwise") if number == 0 else ("otherwise", "linked")
            where = f"[{source.start}, {source.end})"
            found.append(Disagreement("links", where, reviewers, *said, 1 - near, (source, target)))
    return worst_first(found)


def _alike(one: Span, other: Span) -> float:
    """Jaccard index of two spans' characters."""
    both = one.overlap(other)
    return both / (one.end - one.start + other.end - other.start - both)


def _said(marks: Sequence[Marked]) -> str:
    return "; ".join(f"{mark.side} [{mark.span.start}, {mark.span.end}) {mark.severity}" for mark in marks) or "nothing"
