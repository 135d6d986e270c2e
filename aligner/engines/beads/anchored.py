"""Beads around what a reviewer said: confirmed ones stay, forbidden pairs are never linked, the rest is aligned."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from aligner.encoders import Encoder
from aligner.engines.base import Bead, check_beads
from aligner.errors import AlignmentError

Pair = tuple[int, int]
SURE = 1.0


class Obedient(Protocol):
    """An engine that can be told which pairs of sentences it must not link."""

    def beads(
        self,
        source: Sequence[str],
        target: Sequence[str],
        encoder: Encoder,
        languages: tuple[str, str] = ("en", "zh"),
        *,
        forbidden: frozenset[Pair] = frozenset(),
    ) -> tuple[Bead, ...]:
        """Beads in order, every sentence once, none of which holds a forbidden pair."""


@dataclass(frozen=True)
class BeadAnchors:
    """`confirmed` beads, in the order of the texts, and `forbidden` pairs of source and target sentence (0-based).

    Raises AlignmentError when confirmed beads overlap or cross, or hold a forbidden pair.
    """

    confirmed: tuple[Bead, ...] = ()
    forbidden: frozenset[Pair] = frozenset()

    def __post_init__(self) -> None:
        ends = [0, 0]
        for bead in self.confirmed:
            for side, numbers in enumerate((bead.source, bead.target)):
                if numbers and numbers[0] < ends[side]:
                    name = ("source", "target")[side]
                    raise AlignmentError(f"confirmed beads overlap or cross at {name} sentence {numbers[0]}")
                ends[side] = numbers[-1] + 1 if numbers else ends[side]
            for pair in itertools.product(bead.source, bead.target):
                if pair in self.forbidden:
                    raise AlignmentError(f"sentences {pair[0]} and {pair[1]} are both confirmed and forbidden")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Source sentences `[first, last)` and target sentences `[begin, end)` between two confirmed beads."""

    first: int
    last: int
    begin: int
    end: int


def beads_around(
    engine: Obedient,
    source: Sequence[str],
    target: Sequence[str],
    encoder: Encoder,
    anchors: BeadAnchors,
    languages: tuple[str, str] = ("en", "zh"),
    previous: Sequence[Bead] = (),
) -> tuple[Bead, ...]:
    """All beads: the confirmed as they are, with confidence 1, and those of `engine` between them.

    A stretch between confirmed beads that `previous` fills without a forbidden pair is taken from there and
    not computed again. Raises AlignmentError for an anchor outside the texts.
    """
    size = (len(source), len(target))
    _check(anchors, size)
    found: list[Bead] = []
    for stretch, bead in _stretches(anchors.confirmed, size):
        found += _kept(stretch, previous, anchors.forbidden) or _aligned(
            stretch, engine, source, target, encoder, anchors.forbidden, languages
        )
        if bead is not None:
            found.append(Bead(bead.source, bead.target, SURE))
    return check_beads(found, *size)


def _check(anchors: BeadAnchors, size: tuple[int, int]) -> None:
    named = [(bead.source, bead.target) for bead in anchors.confirmed] + [((i,), (j,)) for i, j in anchors.forbidden]
    for side, name in enumerate(("source", "target")):
        for sides in named:
            for number in sides[side]:
                if not 0 <= number < size[side]:
                    raise AlignmentError(f"an anchor names {name} sentence {number}; there are {size[side]}")


def _stretches(confirmed: Sequence[Bead], size: tuple[int, int]) -> Iterator[tuple[_Stretch, Bead | None]]:
    """What lies before each confirmed bead, with it, and what lies behind the last."""
    at = [0, 0]
    for bead in confirmed:
        start = [side[0] if side else place for side, place in zip((bead.source, bead.target), at, strict=True)]
        yield _Stretch(at[0], start[0], at[1], start[1]), bead
        at = [start[0] + len(bead.source), start[1] + len(bead.target)]
    yield _Stretch(at[0], size[0], at[1], size[1]), None


def _kept(stretch: _Stretch, previous: Sequence[Bead], forbidden: frozenset[Pair]) -> list[Bead]:
    """The beads of `previous` that fill the stretch; none if they do not, or if one has become forbidden."""
    rows, columns = range(stretch.first, stretch.last), range(stretch.begin, stretch.end)
    inside = [b for b in previous if any(i in rows for i in b.source) or any(j in columns for j in b.target)]
    filled = [i for b in inside for i in b.source], [j for b in inside for j in b.target]
    whole = filled == (list(rows), list(columns))
    banned = any(pair in forbidden for b in inside for pair in itertools.product(b.source, b.target))
    return inside if whole and not banned else []


def _aligned(
    stretch: _Stretch,
    engine: Obedient,
    source: Sequence[str],
    target: Sequence[str],
    encoder: Encoder,
    forbidden: frozenset[Pair],
    languages: tuple[str, str],
) -> list[Bead]:
    own = frozenset(
        (i - stretch.first, j - stretch.begin)
        for i, j in forbidden
        if stretch.first <= i < stretch.last and stretch.begin <= j < stretch.end
    )
    found = engine.beads(
        source[stretch.first : stretch.last], target[stretch.begin : stretch.end], encoder, languages, forbidden=own
    )
    return [
        Bead(tuple(i + stretch.first for i in b.source), tuple(j + stretch.begin for j in b.target), b.confidence)
        for b in found
    ]
