"""What an engine for two given lists of sentences is, and the bead lines other aligners print."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from aligner.encoders import Encoder
from aligner.errors import AlignmentError


@dataclass(frozen=True, slots=True)
class Bead:
    """Source and target sentence numbers (0-based) that render each other; one side may be empty."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float

    def __post_init__(self) -> None:
        if not self.source and not self.target:
            raise AlignmentError("a bead needs at least one sentence")
        for side in (self.source, self.target):
            if any(b != a + 1 for a, b in itertools.pairwise(side)):
                raise AlignmentError(f"bead {side} skips or repeats a sentence")


class Engine(Protocol):
    """Aligns two lists of sentences in order, every sentence in exactly one bead."""

    def beads(
        self,
        source: Sequence[str],
        target: Sequence[str],
        encoder: Encoder,
        languages: tuple[str, str] = ("en", "zh"),
    ) -> tuple[Bead, ...]:
        """Beads in order; together they hold every sentence number of both sides exactly once."""


def bead_line(bead: Bead) -> str:
    """`[0, 1]:[2]:0.973`, as vecalign and bertalign print and score."""
    return f"{list(bead.source)}:{list(bead.target)}:{bead.confidence:.3f}"


def check_beads(beads: Iterable[Bead], sources: int, targets: int) -> tuple[Bead, ...]:
    """The beads, once it is sure that they hold every sentence of both sides once and in order.

    Raises AlignmentError, naming the side and the sentence.
    """
    kept = tuple(beads)
    for side, count, numbers in (
        ("source", sources, [i for bead in kept for i in bead.source]),
        ("target", targets, [i for bead in kept for i in bead.target]),
    ):
        for expected, found in itertools.zip_longest(range(count), numbers):
            if expected != found:
                number = found if expected is None else expected
                raise AlignmentError(f"{side} sentence {number} is skipped, repeated or invented")
    return kept
