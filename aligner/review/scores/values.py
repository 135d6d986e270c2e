"""What scores are made of, and what they are, as frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from aligner.errors import AlignerError
from aligner.review.annotations import ErrorAnnotation
from aligner.review.figures import DEFAULT, Figure, Resampling
from aligner.review.typologies import Typology


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
    errors: float
    points: float
    rate: Figure
    raw: Figure


@dataclass(frozen=True)
class RenderingScore:
    """What the annotations of one reviewer, or of several, say of one rendering.

    `profile_rates` are errors per reference length of each row of `profile`, in its order.

    `length` is the evaluated word (or character) count: that of the linked source sentences. `errors` and
    `points` are whole texts' sums; of several reviewers, of each sentence's means. `passed` is None where
    there is no verdict.
    """

    typology: str
    version: str
    unit: Unit
    length: int
    errors: float
    points: float
    error_rate: Figure
    penalty_rate: Figure
    raw: Figure
    calibrated: Figure
    profile: tuple[ProfileRow, ...]
    sentences: tuple[SentenceScore, ...]
    passed: bool | None
    profile_rates: tuple[Figure, ...] = ()


def counted(sentences: Sequence[Evaluated], typology: Typology, complete: bool) -> list[Evaluated]:
    """The sentences that count; raises AlignerError for one given twice or an error the typology does not know."""
    seen: set[str] = set()
    for item in sentences:
        if item.id in seen:
            raise AlignerError("is given twice", where=f"sentence {item.id}")
        seen.add(item.id)
        for error in item.errors:
            typology.check(error)
    return [item for item in sentences if item.linked or complete]


def length_of(item: Evaluated, unit: Unit) -> int:
    """Its evaluated length: nothing where it is not linked."""
    if not item.linked:
        return 0
    return item.words if unit is Unit.WORDS else item.characters


def points_of(item: Evaluated, typology: Typology) -> float:
    """Penalty points of its errors."""
    return sum(typology.points(error.category, error.severity) for error in item.errors)
