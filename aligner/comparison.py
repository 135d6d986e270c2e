"""What concerns several renderings of a letter at once, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aligner.model import Finding, Place, Quoted


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of the letter seen across its renderings: a name, a term, a number, wording that is shared.

    `kind` names the table it stands in; `forms` are its places in the renderings, `score` how much they differ
    or agree, between 0 and 1.
    """

    kind: str
    source: tuple[Quoted, ...]
    forms: tuple[Place, ...]
    score: float = 0.0
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sharing:
    """How much wording two renderings share.

    `runs` counts the shared stretches, `shares` the part, 0 to 1, of each one's linked Chinese characters that
    lies in them; `dates` are days as the manifest states them, `earlier` is the rendering of the earlier day.
    """

    renderings: tuple[str, str]
    runs: int
    shares: dict[str, float]
    dates: dict[str, str | None]
    earlier: str | None = None


@dataclass(frozen=True, slots=True)
class Distance:
    """How far two renderings of one sentence are apart, 0 to 1: in their words, and in what they mean."""

    renderings: tuple[str, str]
    wording: float
    meaning: float


@dataclass(frozen=True, slots=True)
class Variation:
    """A sentence of the letter with the distances of its renderings."""

    source: Quoted
    pairs: tuple[Distance, ...]


@dataclass(frozen=True)
class Comparison:
    """What concerns several renderings of a letter at once."""

    letter: str
    renderings: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    sharing: tuple[Sharing, ...] = ()
    variation: tuple[Variation, ...] = ()
