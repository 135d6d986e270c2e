"""Character-level F1 between what two reviewers marked, with partial credit, micro-averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.errors import AlignerError
from aligner.model import Span
from aligner.review.annotations import ErrorAnnotation
from aligner.review.figures import DEFAULT, Figure, Resampling, Weights, figure

HALF = 0.5
"""Credit of a character that both marked with different severities."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked stretch: `side` is `source` or `target`, `span` its offsets in that side's document."""

    side: str
    span: Span
    severity: str

    @classmethod
    def of(cls, annotations: Iterable[ErrorAnnotation]) -> tuple[Marked, ...]:
        """Every span of the annotations, on both sides."""
        return tuple(
            cls(side, Span(quoted.start, quoted.end), annotation.severity)
            for annotation in annotations
            for side, spans in (("source", annotation.source), ("target", annotation.target))
            for quoted in spans
        )


Marks = Mapping[str, Sequence[Marked]]
"""Sentence -> what one reviewer marked in it; a sentence without errors is there with nothing."""


def span_f1(first: Marks, second: Marks, *, credit: float = HALF, resampling: Resampling = DEFAULT) -> Figure:
    """2 x (characters that both marked, with credit) / (characters that each marked, added up).

    A character that both marked counts 1 where they share a severity, `credit` where they do not; partial
    overlap so earns its share. Sums run over all sentences that both judged (micro-average). 1 where
    neither marked anything. Symmetric. The interval resamples sentences.
    """
    if not 0 <= credit <= 1:
        raise AlignerError(f"credit {credit} is not between 0 and 1", where="F1 of spans")
    both = [sentence for sentence in first if sentence in second]
    tallies = np.array([tally(first[name], second[name], credit) for name in both], dtype=float).reshape(-1, 2)

    def f1(weights: Weights) -> float:
        shared, marked = weights @ tallies
        return float(2 * shared / marked) if marked else 1.0

    return figure(
        f1,
        len(both),
        formula=f"character-level span F1, micro-averaged, credit {credit:g} for another severity",
        kind="sentences",
        resampling=resampling,
        undefined="no sentence was judged by both",
    )


def tally(one: Sequence[Marked], other: Sequence[Marked], credit: float = HALF) -> tuple[float, int]:
    """(Characters marked by both, with credit; characters marked by each, added up) of one sentence."""
    mine, theirs = _characters(one), _characters(other)
    shared = sum(1.0 if mine[key] & theirs[key] else credit for key in mine.keys() & theirs.keys())
    return shared, len(mine) + len(theirs)


def _characters(marks: Sequence[Marked]) -> dict[tuple[str, int], set[str]]:
    held: dict[tuple[str, int], set[str]] = defaultdict(set)
    for mark in marks:
        for offset in range(mark.span.start, mark.span.end):
            held[mark.side, offset].add(mark.severity)
    return held
