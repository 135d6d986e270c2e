"""Errors and judgements -> scores, each with its formula, its n and its interval; docs/scores.md defines them.

Input are the sentences of one rendering as one reviewer annotated them; where a sentence stands in the
letter, and whether it is linked, is the caller's to say. Nothing is clamped: many errors give a raw or
calibrated score below 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from aligner.errors import AlignerError
from aligner.review.annotations import ErrorAnnotation, EsaScore
from aligner.review.figures import DEFAULT, Figure, Resampling, figure, ratio
from aligner.review.typologies import Typology

GOOGLE = "google-mqm"


class Unit(StrEnum):
    """What the length of the evaluated text is counted in."""

    WORDS = "words"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One source sentence, its length, and the errors that one reviewer marked in its rendering.

    `linked` is false for a sentence that nothing renders: its length never counts, and its errors count
    only where the article claims to be complete.
    """

    id: str
    words: int
    characters: int
    errors: tuple[ErrorAnnotation, ...] = ()
    linked: bool = True

    def __post_init__(self) -> None:
        if self.words < 0 or self.characters < 0:
            raise AlignerError(f"{self.words} words, {self.characters} characters", where=f"sentence {self.id}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Scale and thresholds of the Council's scores.

    `reference` (RWC) is the length that penalties are stated for, `maximum` (MSV) the score without
    errors. The calibrated score is `passing` (PT) when a text has exactly `acceptable` (APP) penalty
    points per reference length. Texts shorter than `shortest` (in the unit counted) get no calibrated
    score and no verdict: 500 words is where the Council's usual samples begin.
    """

    unit: Unit = Unit.WORDS
    reference: float = 1000.0
    maximum: float = 100.0
    passing: float = 95.0
    acceptable: float = 10.0
    shortest: int = 500
    complete: bool = False
    resampling: Resampling = DEFAULT

    def __post_init__(self) -> None:
        if self.reference <= 0 or self.acceptable <= 0 or not 0 <= self.passing <= self.maximum or self.shortest < 0:
            raise AlignerError(
                f"reference {self.reference}, acceptable {self.acceptable}, passing {self.passing} of {self.maximum}, "
                f"shortest {self.shortest} make no scale",
                where="settings of scores",
                hint="reference and acceptable are above 0, passing lies between 0 and maximum",
            )


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """How many errors of one category and severity there are, and what they cost together."""

    category: str
    severity: str
    count: int
    points: float


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """The errors of one sentence: their number and points, and points per reference length (`rate`)."""

    id: str
    length: int
    errors: int
    points: float
    rate: Figure
    raw: Figure


@dataclass(frozen=True)
class RenderingScore:
    """What one reviewer's annotations say of one rendering.

    `length` is the evaluated word (or character) count: that of the linked source sentences. `passed` is
    None where there is no verdict.
    """

    typology: str
    version: str
    unit: Unit
    length: int
    errors: int
    points: float
    error_rate: Figure
    penalty_rate: Figure
    raw: Figure
    calibrated: Figure
    profile: tuple[ProfileRow, ...]
    sentences: tuple[SentenceScore, ...]
    passed: bool | None


def score_rendering(
    sentences: Sequence[Evaluated], typology: Typology, settings: Settings | None = None
) -> RenderingScore:
    """Counts, rates, raw and calibrated score (MQM Council) of one rendering.

    Intervals come from resampling the sentences. Raises AlignerError for an annotation that the typology
    does not know or for a sentence given twice.
    """
    settings = settings or Settings()
    counted = _counted(sentences, typology, settings.complete)
    lengths = np.array([_length(item, settings.unit) for item in counted], dtype=float)
    points = np.array([_points(item, typology) for item in counted], dtype=float)
    numbers = np.array([len(item.errors) for item in counted], dtype=float)
    length, total = int(lengths.sum()), float(points.sum())
    formulas = _Formulas(typology, settings)
    short = length < settings.shortest

    def rated(values: np.ndarray, formula: str, offset: float, slope: float) -> Figure:
        return figure(
            lambda weights: offset + slope * ratio(float(weights @ values), float(weights @ lengths)),
            len(counted),
            formula=formula,
            kind="sentences",
            resampling=settings.resampling,
            undefined="no linked sentence",
        )

    slope = -settings.reference * (settings.maximum - settings.passing) / settings.acceptable
    if short:
        remark = f"fewer than {settings.shortest} {settings.unit}: counts and rates only"
        calibrated = Figure(None, formulas.calibrated, len(counted), "sentences", None, remark)
    else:
        calibrated = rated(points, formulas.calibrated, settings.maximum, slope)
    return RenderingScore(
        typology=typology.id,
        version=typology.version,
        unit=settings.unit,
        length=length,
        errors=int(numbers.sum()),
        points=total,
        error_rate=rated(numbers, formulas.error_rate, 0.0, settings.reference),
        penalty_rate=rated(points, formulas.penalty_rate, 0.0, settings.reference),
        raw=rated(points, formulas.raw, settings.maximum, -settings.maximum),
        calibrated=calibrated,
        profile=error_profile(counted, typology),
        sentences=tuple(_sentence(item, typology, settings, formulas) for item in counted),
        passed=_verdict(calibrated, counted, typology, settings),
    )


def error_profile(sentences: Sequence[Evaluated], typology: Typology) -> tuple[ProfileRow, ...]:
    """Errors by category and severity; what costs most stands first."""
    counts = Counter((error.category, error.severity) for item in sentences for error in item.errors)
    rows = [ProfileRow(*key, count, count * typology.points(*key)) for key, count in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row.points, -row.count, row.category, row.severity)))


def google_score(
    layers: Mapping[str, Sequence[Evaluated]],
    typology: Typology,
    *,
    complete: bool = False,
    resampling: Resampling = DEFAULT,
) -> Figure:
    """Google's MQM score of one rendering; 0 is best, more is worse.

    Penalty points are summed per sentence and reviewer, averaged over the reviewers of each sentence, then
    over sentences (Freitag et al. 2021, section 3). `layers` is reviewer -> the sentences that this reviewer
    judged, those without error included. Raises AlignerError unless the typology is Google's.
    """
    if typology.id != GOOGLE:
        raise AlignerError(
            f"Google's score of errors of typology {typology.id}", hint=f"annotate with {GOOGLE}, or use another score"
        )
    judged: dict[str, list[float]] = defaultdict(list)
    for sentences in layers.values():
        for item in _counted(sentences, typology, complete):
            judged[item.id].append(_points(item, typology))
    means = np.array([sum(values) / len(values) for values in judged.values()])
    return figure(
        lambda weights: ratio(float(weights @ means), float(weights.sum())),
        len(means),
        formula="Google MQM: mean over sentences of the mean over reviewers of penalty points",
        kind="sentences",
        resampling=resampling,
        undefined="no sentence was judged",
    )


def esa_mean(scores: Sequence[EsaScore], resampling: Resampling = DEFAULT) -> Figure:
    """Mean of the scores of sentences: over the reviewers of each sentence, then over sentences.

    Scores of whole renderings (`sentence` None) are left out; `esa_overall` averages those. Raises
    AlignerError where the scores are of several renderings or a reviewer scored a sentence twice.
    """
    _one_rendering(scores)
    by_sentence: dict[str, list[float]] = defaultdict(list)
    for score in scores:
        if score.sentence is not None:
            by_sentence[score.sentence].append(score.score)
    return _mean(
        [sum(values) / len(values) for values in by_sentence.values()],
        "ESA: mean over sentences of the mean over reviewers of scores 0-100",
        "sentences",
        resampling,
    )


def esa_overall(scores: Sequence[EsaScore], resampling: Resampling = DEFAULT) -> Figure:
    """Mean over reviewers of the scores that they gave the whole rendering."""
    _one_rendering(scores)
    values = [score.score for score in scores if score.sentence is None]
    return _mean(values, "ESA: mean over reviewers of scores 0-100 of the whole rendering", "reviewers", resampling)


class _Formulas:
    """The formulas as they are written beside the numbers; only MQM is called so."""

    def __init__(self, typology: Typology, settings: Settings) -> None:
        name = "MQM" if typology.mqm else "Penalty"
        per = f"{settings.reference:g} source {settings.unit}"
        maximum, passing, acceptable = (f"{x:g}" for x in (settings.maximum, settings.passing, settings.acceptable))
        self.error_rate = f"errors per {per}"
        self.penalty_rate = f"penalty points per {per} (NPT = APT / EWC x {settings.reference:g})"
        self.raw = f"{name} raw, linear: (1 - APT / EWC) x {maximum}"
        self.calibrated = f"{name} calibrated, linear: {maximum} - NPT x ({maximum} - {passing}) / {acceptable}"


def _counted(sentences: Sequence[Evaluated], typology: Typology, complete: bool) -> list[Evaluated]:
    seen: set[str] = set()
    for item in sentences:
        if item.id in seen:
            raise AlignerError("is given twice", where=f"sentence {item.id}")
        seen.add(item.id)
        for error in item.errors:
            typology.check(error)
    return [item for item in sentences if item.linked or complete]


def _length(item: Evaluated, unit: Unit) -> int:
    if not item.linked:
        return 0
    return item.words if unit is Unit.WORDS else item.characters


def _points(item: Evaluated, typology: Typology) -> float:
    return sum(typology.points(error.category, error.severity) for error in item.errors)


def _sentence(item: Evaluated, typology: Typology, settings: Settings, formulas: _Formulas) -> SentenceScore:
    length, points = _length(item, settings.unit), _points(item, typology)
    share = points / length if length else None
    remark = "" if length else "the sentence is not linked"
    rate = None if share is None else share * settings.reference
    raw = None if share is None else (1 - share) * settings.maximum
    return SentenceScore(
        id=item.id,
        length=length,
        errors=len(item.errors),
        points=points,
        rate=Figure(rate, formulas.penalty_rate, 1, "sentences", None, remark),
        raw=Figure(raw, formulas.raw, 1, "sentences", None, remark),
    )


def _verdict(calibrated: Figure, counted: Sequence[Evaluated], typology: Typology, settings: Settings) -> bool | None:
    if calibrated.value is None:
        return None
    if any(typology.severity(error.severity).fails for item in counted for error in item.errors):
        return False
    return calibrated.value >= settings.passing - 1e-9


def _one_rendering(scores: Sequence[EsaScore]) -> None:
    renderings = sorted({score.rendering for score in scores})
    if len(renderings) > 1:
        raise AlignerError(f"scores of several renderings: {', '.join(renderings)}", hint="average each on its own")
    given = Counter((score.reviewer, score.sentence) for score in scores)
    for (reviewer, sentence), count in given.items():
        if count > 1:
            raise AlignerError(
                f"{reviewer} scored {sentence or 'the rendering'} {count} times", hint="keep the last one"
            )


def _mean(values: Sequence[float], formula: str, kind: str, resampling: Resampling) -> Figure:
    numbers = np.array(values, dtype=float)
    return figure(
        lambda weights: ratio(float(weights @ numbers), float(weights.sum())),
        len(numbers),
        formula=formula,
        kind=kind,
        resampling=resampling,
        undefined="no scores",
    )
