"""Annotations and sentences for tests of what reviewers said."""

from __future__ import annotations

from itertools import count

from aligner.model import Quoted
from aligner.review.annotations import ErrorAnnotation
from aligner.review.scores import Evaluated
from aligner.review.typologies import load

_NUMBERS = count(1)

OWN = """
id = "house"
version = "1.2"
name = { en = "House rules", zh = "本社规则" }
source = "our style guide"
[[severity]]
id = "slight"
multiplier = 1
name = { en = "Slight", zh = "小" }
hint = { en = "small", zh = "小错" }
findings = ["minor"]
[[severity]]
id = "grave"
multiplier = 4
name = { en = "Grave", zh = "大" }
hint = { en = "big", zh = "大错" }
fails = true
[[category]]
id = "content/gap"
weight = 2.5
name = { en = "Gap", zh = "缺漏" }
hint = { en = "missing", zh = "缺少" }
source_span = true
points = { slight = 0.5 }
"""
"""A team's own typology."""


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
