"""Annotations and sentences for tests of what reviewers said."""

from __future__ import annotations

from itertools import count

from aligner.model import Quoted
from aligner.review.annotations import ErrorAnnotation
from aligner.review.scores import Evaluated
from aligner.review.typologies import load

_NUMBERS = count(1)


def quoted(start: int, end: int) -> Quoted:
    return Quoted(start, end, "字" * (end - start))


def error(category: str, severity: str, start: int = 0, end: int = 2, typology: str = "mqm-core") -> ErrorAnnotation:
    """An error marked on both sides, so that every category takes it."""
    span = (quoted(start, end),)
    version = load(typology).version
    return ErrorAnnotation(f"e{next(_NUMBERS)}", "r1", "v1", typology, version, category, severity, span, span)


def sentences(words: int, *errors: ErrorAnnotation, of: int = 25) -> list[Evaluated]:
    """`words` words in sentences of `of` words, the errors spread over them in turn."""
    number = words // of
    assert number * of == words
    return [Evaluated(f"s{i + 1}", of, 5 * of, errors[i::number]) for i in range(number)]
