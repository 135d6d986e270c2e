"""Counts, rates, raw and calibrated score of one rendering, after the MQM Council.

Nothing is clamped: many errors give a raw or calibrated score below 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.review.figures import Figure, figure, ratio
from aligner.review.scores.values import (
    Evaluated,
    ProfileRow,
    RenderingScore,
    SentenceScore,
    Settings,
    counted,
    length_of,
    points_of,
)
from aligner.review.typologies import Typology


def score_rendering(
    sentences: Sequence[Evaluated], typology: Typology, settings: Settings | None = None
) -> RenderingScore:
    """Counts, rates, raw and calibrated score (MQM Council) of one rendering, as one reviewer annotated it.

    Intervals come from resampling the sentences. Raises AlignerError for an annotation that the typology
    does not know or for a sentence given twice.
    """
    return score_reviewers({"": sentences}, typology, settings)


def score_reviewers(
    layers: Mapping[str, Sequence[Evaluated]], typology: Typology, settings: Settings | None = None
) -> RenderingScore:
    """`score_rendering` of what several reviewers annotated: reviewer -> the sentences that this one judged.

    Errors and points of a sentence are averaged over the reviewers who judged it; the profile counts the errors
    of all. One error that fails the text does so whoever marked it. Raises as `score_rendering` does.
    """
    settings = settings or Settings()
    formulas = _Formulas(typology, settings, several=len(layers) > 1)
    judged: dict[str, list[Evaluated]] = {}
    for sentences in layers.values():
        for item in counted(sentences, typology, settings.complete):
            judged.setdefault(item.id, []).append(item)
    items = [item for several in judged.values() for item in several]
    points = np.array([_mean([points_of(i, typology) for i in each]) for each in judged.values()], dtype=float)
    numbers = np.array([_mean([len(i.errors) for i in each]) for each in judged.values()], dtype=float)
    lengths = [length_of(each[0], settings.unit) for each in judged.values()]
    scale = _Scale(np.array(lengths, dtype=float), settings)
    calibrated = scale.calibrated(points, formulas.calibrated)
    profile = error_profile(items, typology)
    return RenderingScore(
        typology=typology.id,
        version=typology.version,
        unit=settings.unit,
        length=scale.length,
        errors=_whole(numbers.sum()),
        points=float(points.sum()),
        error_rate=scale.figure(numbers, formulas.error_rate, 0.0, settings.reference),
        penalty_rate=scale.figure(points, formulas.penalty_rate, 0.0, settings.reference),
        raw=scale.figure(points, formulas.raw, settings.maximum, -settings.maximum),
        calibrated=calibrated,
        profile=profile,
        sentences=tuple(
            _sentence(name, *row, settings, formulas)
            for name, row in zip(judged, zip(lengths, numbers, points, strict=True), strict=True)
        ),
        passed=_verdict(calibrated, items, typology, settings),
        profile_rates=tuple(
            scale.figure(_numbers(row, judged), formulas.error_rate, 0.0, settings.reference) for row in profile
        ),
    )


def _numbers(row: ProfileRow, judged: Mapping[str, Sequence[Evaluated]]) -> NDArray[np.float64]:
    """How many errors of one category and severity each sentence has, by the mean of its reviewers."""
    kind = (row.category, row.severity)
    return np.array(
        [_mean([sum((e.category, e.severity) == kind for e in i.errors) for i in each]) for each in judged.values()],
        dtype=float,
    )


def error_profile(sentences: Sequence[Evaluated], typology: Typology) -> tuple[ProfileRow, ...]:
    """Errors by category and severity; what costs most stands first."""
    counts = Counter((error.category, error.severity) for item in sentences for error in item.errors)
    rows = [ProfileRow(*key, count, count * typology.points(*key)) for key, count in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row.points, -row.count, row.category, row.severity)))


class _Formulas:
    """The formulas as they are written beside the numbers; only MQM is called so."""

    def __init__(self, typology: Typology, settings: Settings, *, several: bool) -> None:
        mean = "; points of a sentence: mean over its reviewers" if several else ""
        name = "MQM" if typology.mqm else "Penalty"
        per = f"{settings.reference:g} source {settings.unit}"
        maximum, passing, acceptable = (f"{x:g}" for x in (settings.maximum, settings.passing, settings.acceptable))
        self.error_rate = f"errors per {per}" + mean.replace("points", "errors")
        self.penalty_rate = f"penalty points per {per} (NPT = APT / EWC x {settings.reference:g}){mean}"
        self.raw = f"{name} raw, linear: (1 - APT / EWC) x {maximum}{mean}"
        self.calibrated = f"{name} calibrated, linear: {maximum} - NPT x ({maximum} - {passing}) / {acceptable}{mean}"


class _Scale:
    """Sums over sentences, divided by their lengths and put on a scale."""

    def __init__(self, lengths: NDArray[np.float64], settings: Settings) -> None:
        self.lengths, self.settings = lengths, settings
        self.length = int(lengths.sum())

    def figure(self, values: NDArray[np.float64], formula: str, offset: float, slope: float) -> Figure:
        """`offset + slope x sum of values / length`."""
        return figure(
            lambda weights: offset + slope * ratio(float(weights @ values), float(weights @ self.lengths)),
            len(values),
            formula=formula,
            kind="sentences",
            resampling=self.settings.resampling,
            undefined="no linked sentence",
        )

    def calibrated(self, points: NDArray[np.float64], formula: str) -> Figure:
        """The calibrated score; empty for a text that is too short for it."""
        given = self.settings
        if self.length < given.shortest:
            remark = f"fewer than {given.shortest} {given.unit}: counts and rates only"
            return Figure(None, formula, len(points), "sentences", None, remark)
        slope = -given.reference * (given.maximum - given.passing) / given.acceptable
        return self.figure(points, formula, given.maximum, slope)


def _sentence(
    name: str, length: int, errors: float, points: float, settings: Settings, formulas: _Formulas
) -> SentenceScore:
    share = float(points) / length if length else None
    remark = "" if length else "the sentence is not linked"
    rate = None if share is None else share * settings.reference
    raw = None if share is None else (1 - share) * settings.maximum
    return SentenceScore(
        id=name,
        length=length,
        errors=_whole(errors),
        points=float(points),
        rate=Figure(rate, formulas.penalty_rate, 1, "sentences", None, remark),
        raw=Figure(raw, formulas.raw, 1, "sentences", None, remark),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _whole(number: float) -> float:
    """An int where it is one, so that one reviewer's errors are counted and not measured."""
    return int(number) if number == int(number) else float(number)


def _verdict(calibrated: Figure, items: Sequence[Evaluated], typology: Typology, settings: Settings) -> bool | None:
    if calibrated.value is None:
        return None
    if any(typology.severity(error.severity).fails for item in items for error in item.errors):
        return False
    # Exactly acceptable penalties pass, also where they come out a rounding error below the threshold.
    return calibrated.value >= settings.passing - 1e-9
