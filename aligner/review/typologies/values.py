"""A typology of errors as a value: its severities, categories and what an error of each costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Severity
from aligner.review.annotations import ErrorAnnotation


@dataclass(frozen=True, slots=True)
class Grade:
    """A severity: `multiplier` penalty points per error; `fails` says that one such error fails the text.

    `findings` are the severities of findings that become this one when a reviewer accepts them.
    """

    id: str
    multiplier: float
    names: Mapping[str, str]
    hints: Mapping[str, str]
    findings: tuple[Severity, ...] = ()
    fails: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of error, `dimension/type` in lower case, or a dimension alone.

    `weight` multiplies the severity's points; `points` replaces the product for single severities.
    `source_span` says that an annotation must mark the letter, as for an omission.
    """

    id: str
    names: Mapping[str, str]
    hints: Mapping[str, str]
    weight: float = 1.0
    source_span: bool = False
    points: Mapping[str, float] = field(default_factory=dict)

    @property
    def dimension(self) -> str:
        """What stands before the first slash."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a value on the scale from 0 to 100 means."""

    value: float
    names: Mapping[str, str]


@dataclass(frozen=True)
class Typology:
    """A versioned set of severities and categories; an annotation names `id` and `version`.

    `mqm` is true only for what may be called MQM. Severities stand from the least to the gravest.
    """

    id: str
    version: str
    names: Mapping[str, str]
    source: str
    severities: tuple[Grade, ...]
    categories: tuple[Category, ...] = ()
    scale: tuple[Anchor, ...] = ()
    mqm: bool = False

    def severity(self, name: str) -> Grade:
        """The severity called `name`; raises UnknownNameError with the known ones."""
        for grade in self.severities:
            if grade.id == name:
                return grade
        raise UnknownNameError("severity", name, self.order, where=f"typology {self.id} {self.version}")

    def category(self, name: str) -> Category:
        """The category called `name`; raises UnknownNameError with the known ones."""
        for category in self.categories:
            if category.id == name:
                return category
        known = [category.id for category in self.categories]
        raise UnknownNameError("category", name, known, where=f"typology {self.id} {self.version}")

    @property
    def order(self) -> tuple[str, ...]:
        """The names of the severities, from the least to the gravest."""
        return tuple(grade.id for grade in self.severities)

    def points(self, category: str, severity: str) -> float:
        """Penalty points of one error: the category's own for that severity, else weight x multiplier."""
        grade = self.severity(severity)
        if not self.categories and not category:
            return grade.multiplier
        kind = self.category(category)
        return kind.points.get(severity, kind.weight * grade.multiplier)

    def of_finding(self, severity: Severity) -> str:
        """The severity that a finding's becomes here; raises AlignerError where the typology names none."""
        for grade in self.severities:
            if severity in grade.findings:
                return grade.id
        raise AlignerError(
            f"no severity for findings that are {severity}",
            where=f"typology {self.id} {self.version}",
            hint="name it under `findings` of a severity",
        )

    def check(self, annotation: ErrorAnnotation) -> None:
        """Refuse an annotation that this typology does not know; AlignerError says what is wrong with it."""
        where = f"annotation {annotation.id}"
        if (annotation.typology, annotation.version) != (self.id, self.version):
            raise AlignerError(
                f"made with typology {annotation.typology} {annotation.version}, not {self.id} {self.version}",
                where=where,
                hint="read it with the version it names",
            )
        self.points(annotation.category, annotation.severity)
        if not self.categories:
            return
        if self.category(annotation.category).source_span and not annotation.source:
            raise AlignerError(f"{annotation.category} needs a span in the letter", where=where, hint="mark it there")
