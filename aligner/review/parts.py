"""Small pieces of an alignment by spans, so that they mean the same under any engine and segmentation.

Offsets are code points of the decoded texts, end exclusive; `Quoted` spans carry the words that stand there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any

from aligner.errors import AlignerError
from aligner.model import INSIDE_SEGMENTS, AbsenceKind, Mode, Quoted, Residue, ResidueKind, Status

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Bead:
    """A link by spans: segments of the letter, and of the article, each in the order of its text."""

    source: tuple[Quoted, ...]
    target: tuple[Quoted, ...]
    mode: Mode
    confidence: float = 1.0
    status: Status = Status.CONFIRMED
    key: tuple[Spans, Spans] = field(init=False, compare=False, repr=False)
    """Its spans, which tell it from every other link; made once, for a replay asks for them all the time."""

    def __post_init__(self) -> None:
        if not self.source or not self.target:
            raise AlignerError("a link has an empty side", hint="name what renders what, or unlink")
        for side in (self.source, self.target):
            in_order(side, "link")
        _share(self.confidence)
        object.__setattr__(self, "key", (spans(self.source), spans(self.target)))


@dataclass(frozen=True, slots=True)
class Gap:
    """An absence by spans: the segment of the letter, and for `partial` the missing `part` of it."""

    source: Quoted
    kind: AbsenceKind
    confidence: float = 1.0
    part: Quoted | None = None

    def __post_init__(self) -> None:
        in_order((self.source,), "absence")
        _share(self.confidence)
        if (self.part is not None) is not (self.kind is AbsenceKind.PARTIAL):
            raise AlignerError(f"{self.kind.value} absence: only a partial one names a part, and it must")
        if self.part is not None:
            in_order((self.part,), "absence")
            if not self.source.start <= self.part.start < self.part.end <= self.source.end:
                raise AlignerError("the missing part lies outside its segment")

    @property
    def key(self) -> tuple[Spans, Spans]:
        """Its spans, and those of its part."""
        return spans((self.source,)), spans((self.part,)) if self.part else ()


@dataclass(frozen=True, slots=True)
class Part:
    """Some links, absences and residue of one rendering."""

    beads: tuple[Bead, ...] = ()
    gaps: tuple[Gap, ...] = ()
    residue: tuple[Residue, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.beads or self.gaps or self.residue)

    @property
    def source(self) -> frozenset[Quoted]:
        """The segments of the letter that it names."""
        return frozenset(chain((q for bead in self.beads for q in bead.source), (gap.source for gap in self.gaps)))

    @property
    def target(self) -> frozenset[Quoted]:
        """The segments of the article that it links."""
        return frozenset(quoted for bead in self.beads for quoted in bead.target)

    def stands(self, source: str, target: str) -> bool:
        """Whether all its words stand at their offsets in these texts."""
        letter = (*self.source, *(gap.part for gap in self.gaps if gap.part))
        article: Iterable[Quoted | Residue] = chain(self.target, self.residue)
        return all(source[q.start : q.end] == q.text for q in letter) and all(
            target[q.start : q.end] == q.text for q in article
        )

    def moved(self, source: Callable[[Quoted], Quoted], target: Callable[[Quoted], Quoted]) -> Part:
        """The same with every span of the letter as `source` gives it, and of the article as `target` does."""

        def stretch(each: Residue) -> Residue:
            quoted = target(Quoted(each.start, each.end, each.text))
            return Residue(quoted.start, quoted.end, quoted.text, each.kind)

        return Part(
            tuple(
                Bead(tuple(map(source, b.source)), tuple(map(target, b.target)), b.mode, b.confidence, b.status)
                for b in self.beads
            ),
            tuple(Gap(source(g.source), g.kind, g.confidence, source(g.part) if g.part else None) for g in self.gaps),
            tuple(map(stretch, self.residue)),
        )

    def payload(self) -> dict[str, Any]:
        """As it stands in a decision; `part_of` reads it."""
        return {
            "links": [
                {
                    "source": [quoted_json(q) for q in bead.source],
                    "target": [quoted_json(q) for q in bead.target],
                    "mode": bead.mode.value,
                    "confidence": bead.confidence,
                    "status": bead.status.value,
                }
                for bead in self.beads
            ],
            "absences": [
                {
                    "source": quoted_json(gap.source),
                    "kind": gap.kind.value,
                    "confidence": gap.confidence,
                    "part": quoted_json(gap.part) if gap.part else None,
                }
                for gap in self.gaps
            ],
            "residue": [quoted_json(each) | {"kind": each.kind.value} for each in self.residue],
        }


def part_of(data: Any) -> Part:
    """What `Part.payload` wrote. Raises AlignerError."""
    try:
        return Part(
            tuple(
                Bead(
                    tuple(map(quoted_of, each["source"])),
                    tuple(map(quoted_of, each["target"])),
                    Mode(each["mode"]),
                    each["confidence"],
                    Status(each["status"]),
                )
                for each in data["links"]
            ),
            tuple(
                Gap(
                    quoted_of(each["source"]),
                    AbsenceKind(each["kind"]),
                    each["confidence"],
                    quoted_of(each["part"]) if each["part"] else None,
                )
                for each in data["absences"]
            ),
            tuple(
                Residue(each["start"], each["end"], quoted_of(each).text, ResidueKind(each["kind"]))
                for each in data["residue"]
            ),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise AlignerError(f"not a part of an alignment ({type(fault).__name__}: {fault})") from fault


def quoted_json(quoted: Quoted | Residue) -> dict[str, Any]:
    """A span as it stands in a payload."""
    return {"start": quoted.start, "end": quoted.end, "text": quoted.text}


def quoted_of(data: Any) -> Quoted:
    """A span of a payload. Raises AlignerError for one that does not fit its text."""
    try:
        start, end, text = data["start"], data["end"], data["text"]
    except (TypeError, KeyError) as fault:
        raise AlignerError(f"{data!r} is not a span", hint="give start, end and text") from fault
    if type(start) is not int or type(end) is not int or not isinstance(text, str):
        raise AlignerError(f"{data!r} is not a span", hint="give start, end and text")
    if not 0 <= start < end or end - start != len(text):
        raise AlignerError(f"span [{start}, {end}) does not fit its text {text!r}")
    return Quoted(start, end, text)


def spans(quoted: Iterable[Quoted]) -> Spans:
    """The offsets alone."""
    return tuple((each.start, each.end) for each in quoted)


def in_order(side: tuple[Quoted, ...], what: str) -> None:
    """Raise AlignerError unless the spans fit their texts, are not blank, and follow each other."""
    for each in side:
        if not 0 <= each.start < each.end or each.end - each.start != len(each.text) or not each.text.strip():
            raise AlignerError(f"{what}: span [{each.start}, {each.end}) is blank or does not fit its text")
    for left, right in pairwise(side):
        if right.start < left.end:
            raise AlignerError(f"{what}: spans overlap or are out of order at offset {right.start}")


def inside(residue: Residue) -> bool:
    """Whether this kind of residue may lie inside a linked segment."""
    return residue.kind in INSIDE_SEGMENTS


def _share(value: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= 1:
        raise AlignerError(f"confidence {value!r} is not between 0 and 1")
