"""A reviewer's word on quality as frozen values: an error with its spans, and a score from 0 to 100.

Offsets are Unicode code points into the document's decoded text, end exclusive. Values here are plain:
whether a category exists is asked of the typology (`Typology.check`), which an annotation names with its
version.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from aligner.errors import AlignerError
from aligner.model import Quoted


@dataclass(frozen=True, slots=True)
class ErrorAnnotation:
    """One error that one reviewer marked in one rendering.

    `target` are its places in the rendering, `source` those in the letter; an omission has its place in
    the source, an addition in the target; one error may have several places on either side, and has one
    at least. `category` is empty in a typology without categories. `correction` is the text that the
    reviewer suggests.
    """

    id: str
    reviewer: str
    rendering: str
    typology: str
    version: str
    category: str
    severity: str
    target: tuple[Quoted, ...] = ()
    source: tuple[Quoted, ...] = ()
    comment: str = ""
    correction: str | None = None

    def __post_init__(self) -> None:
        where = f"annotation {self.id}"
        if not self.target and not self.source:
            raise AlignerError(
                "no span", where=where, hint="mark the error in the rendering, or an omission in the letter"
            )
        for side in (self.target, self.source):
            for span in side:
                if span.start < 0 or not span.text or span.end - span.start != len(span.text):
                    raise AlignerError(
                        f"span [{span.start}, {span.end}) does not fit its text {span.text!r}", where=where
                    )
            ordered = sorted(side, key=lambda span: span.start)
            for left, right in pairwise(ordered):
                if right.start < left.end:
                    raise AlignerError(f"spans overlap at offset {right.start}", where=where, hint="join them into one")


@dataclass(frozen=True, slots=True)
class EsaScore:
    """One reviewer's direct judgement of one sentence of a rendering, or of all of it (`sentence` None).

    From 0 (nothing preserved) to 100 (perfect), as in Error Span Annotation (Kocmi et al. 2024,
    arXiv:2406.11580).
    """

    reviewer: str
    rendering: str
    score: float
    sentence: str | None = None

    def __post_init__(self) -> None:
        if not math.isfinite(self.score) or not 0 <= self.score <= 100:
            where = f"score of {self.reviewer} for {self.rendering}"
            raise AlignerError(f"{self.score} is not between 0 and 100", where=where)
