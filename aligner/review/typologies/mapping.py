"""Errors annotated in one typology, scored in another: `mappings.toml` says what becomes what.

What the table does not carry over is told with its reason, never dropped.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from aligner.errors import AlignerError
from aligner.review.annotations import ErrorAnnotation
from aligner.review.typologies.values import Typology

Version = tuple[str, str]
"""Id and version of a typology."""


@dataclass(frozen=True, slots=True)
class Table:
    """Severity and category of one typology -> those of another; without categories every category is let go."""

    severities: Mapping[str, str]
    categories: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Uncounted:
    """An error that a typology cannot take, and why."""

    annotation: ErrorAnnotation
    reason: str


@dataclass(frozen=True, slots=True)
class Converted:
    """Errors as a typology has them (ids, reviewers and spans as before), and those that it cannot take."""

    errors: tuple[ErrorAnnotation, ...]
    uncounted: tuple[Uncounted, ...] = ()


def convert(annotations: Iterable[ErrorAnnotation], typology: Typology) -> Converted:
    """`annotations` in `typology`: as they are where they were made in it, by the table where there is one."""
    kept, left = [], []
    for annotation in annotations:
        try:
            kept.append(_converted(annotation, typology))
        except AlignerError as fault:
            left.append(Uncounted(annotation, fault.what))
    return Converted(tuple(kept), tuple(left))


def _converted(annotation: ErrorAnnotation, typology: Typology) -> ErrorAnnotation:
    made, wanted = (annotation.typology, annotation.version), (typology.id, typology.version)
    if made != wanted:
        table = tables().get((made, wanted))
        if table is None:
            raise AlignerError(f"made in {' '.join(made)}, and no table leads from there to {' '.join(wanted)}")
        severity = table.severities.get(annotation.severity)
        category = table.categories.get(annotation.category) if typology.categories else ""
        if severity is None or category is None:
            missing = annotation.severity if severity is None else annotation.category
            raise AlignerError(f"{' '.join(wanted)} has no counterpart of {missing!r} of {' '.join(made)}")
        annotation = replace(
            annotation, typology=typology.id, version=typology.version, category=category, severity=severity
        )
    typology.check(annotation)
    return annotation


@cache
def tables() -> Mapping[tuple[Version, Version], Table]:
    """(from, to) -> the table."""
    file = resources.files("aligner.review.typologies") / "mappings.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        (_version(each["from"]), _version(each["to"])): Table(each["severity"], each.get("category", {}))
        for each in data["mapping"]
    }


def _version(data: Mapping[str, str]) -> Version:
    return data["id"], data["version"]
