"""What reviewers said that an alignment must keep: links they confirmed, and links they forbade."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from aligner.errors import AlignmentError
from aligner.model import Alignment, Document, Letter, Mode, Span, Status


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A link that comes out exactly as it stands here: ids of source segments, spans of the target document."""

    source: tuple[str, ...]
    target: tuple[Span, ...]
    mode: Mode

    def __post_init__(self) -> None:
        _check_sides(self.source, self.target, "confirmed")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A link that never comes out: no character of these spans renders any of these source segments."""

    source: tuple[str, ...]
    target: tuple[Span, ...]

    def __post_init__(self) -> None:
        _check_sides(self.source, self.target, "forbidden")


@dataclass(frozen=True, slots=True)
class Anchors:
    """Constraints on one rendering; they cannot contradict each other.

    Raises AlignmentError when two confirmed links share target characters, or when a pair of segment and
    character is both confirmed and forbidden.
    """

    confirmed: tuple[Confirmed, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()

    def __post_init__(self) -> None:
        spans = sorted((span for link in self.confirmed for span in link.target), key=lambda s: (s.start, s.end))
        for one, other in itertools.pairwise(spans):
            if other.start < one.end:
                raise AlignmentError(f"the confirmed spans {shown(one)} and {shown(other)} overlap")
        for link in self.confirmed:
            for ban in self.forbidden:
                both = set(link.source) & set(ban.source)
                for span in link.target:
                    if both and any(span.overlap(other) for other in ban.target):
                        raise AlignmentError(f"{min(both)} and {shown(span)} are both confirmed and forbidden")

    def __bool__(self) -> bool:
        return bool(self.confirmed or self.forbidden)

    def check(self, letter: Letter, target: Document) -> None:
        """Raise AlignmentError unless source ids are segments of `letter` and spans hold words of `target`."""
        known = {segment.id for segment in letter.segments}
        anchors: list[Confirmed | Forbidden] = [*self.confirmed, *self.forbidden]
        for anchor in anchors:
            for name in anchor.source:
                if name not in known:
                    ids = f"{letter.segments[0].id} to {letter.segments[-1].id}" if letter.segments else "none"
                    raise AlignmentError(f"an anchor names unknown source segment {name}; the letter has {ids}")
            for span in anchor.target:
                if span.end > len(target.text):
                    raise AlignmentError(
                        f"the anchor {shown(span)} lies outside {target.name}, which has {len(target.text)} characters"
                    )
                if not span.of(target.text).strip():
                    raise AlignmentError(f"the anchor {shown(span)} holds no words of {target.name}, only blanks")

    @classmethod
    def of(cls, alignment: Alignment, forbidden: Iterable[Forbidden] = ()) -> Anchors:
        """The confirmed links of an alignment as anchors."""
        spans = {segment.id: Span(segment.start, segment.end) for segment in alignment.target_segments}
        return cls(
            tuple(
                Confirmed(link.source, tuple(spans[name] for name in link.target), link.mode)
                for link in alignment.links
                if link.status is Status.CONFIRMED
            ),
            tuple(forbidden),
        )


def shown(span: Span) -> str:
    """A span as messages name it."""
    return f"[{span.start}, {span.end})"


def _check_sides(source: tuple[str, ...], target: tuple[Span, ...], what: str) -> None:
    if not source or not target:
        raise AlignmentError(f"a {what} link has an empty side")
