"""Beads read from a file, and what is odd about them.

Skipped and repeated sentences are remarks, not faults: the public gold of older corpora has both,
and published scores were computed with them. Sentences that cannot exist are faults.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.errors import AlignmentError

SIDES = ("source", "target")
FEW = 6
"""So many stretches of sentence numbers are named in a remark; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Bead:
    """0-based sentence numbers that render each other, ascending; a null bead has one empty side."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float | None = None

    def __post_init__(self) -> None:
        for name, numbers in zip(SIDES, self.sides, strict=True):
            if any(later <= earlier for earlier, later in itertools.pairwise(numbers)) or min(numbers, default=0) < 0:
                raise AlignmentError(f"{name} sentences {list(numbers)} of a bead are not ascending numbers from 0")
        if self.confidence is not None and not 0.0 <= self.confidence <= 1.0:
            raise AlignmentError(f"confidence {self.confidence} of a bead is not between 0 and 1")

    @property
    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """What it links, without the confidence."""
        return self.source, self.target

    @property
    def null(self) -> bool:
        """Whether exactly one side is empty."""
        return bool(self.source) != bool(self.target)


@dataclass(frozen=True)
class BeadFile:
    """The beads of one pair of texts.

    `totals` are the numbers of sentences of both sides where the file says them (InterText does,
    through its documents; bead lines do not). `names` are what the file can be matched by.
    """

    where: str
    names: tuple[str, ...]
    beads: tuple[Bead, ...]
    totals: tuple[int, int] | None = None
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.totals is not None:
            for name, total, top in zip(SIDES, self.totals, self._tops, strict=True):
                if top > total:
                    raise AlignmentError(f"{name} sentence {top - 1}, but there are {total}", where=self.where)

    @property
    def _tops(self) -> tuple[int, int]:
        first, second = (
            max((number for bead in self.beads for number in bead.sides[side]), default=-1) + 1 for side in (0, 1)
        )
        return first, second

    @property
    def lengths(self) -> tuple[int, int]:
        """Sentences of both sides: as stated, else one more than the highest number."""
        return self.totals or self._tops

    def swapped(self) -> BeadFile:
        """The same beads with source and target exchanged."""
        totals = self.totals and (self.totals[1], self.totals[0])
        beads = tuple(Bead(bead.target, bead.source, bead.confidence) for bead in self.beads)
        return BeadFile(self.where, self.names, beads, totals, self.remarks)


def coverage(file: BeadFile, lengths: Sequence[int] | None = None) -> tuple[str, ...]:
    """Remarks on sentences that stand in no bead of `file`, or in several.

    `lengths` are the numbers of sentences of both sides where another file knows them better.
    """
    remarks = []
    for side, (name, length) in enumerate(zip(SIDES, lengths or file.lengths, strict=True)):
        counts = Counter(number for bead in file.beads for number in bead.sides[side])
        edges = [-1, *sorted(counts), length]
        skipped = [(a + 1, b) for a, b in itertools.pairwise(edges) if b > a + 1]
        repeated = [(number, number + 1) for number, count in sorted(counts.items()) if count > 1]
        remarks += [f"{file.where}: {name} {_listed(skipped)} in no bead"] if skipped else []
        remarks += [f"{file.where}: {name} {_listed(repeated)} in more than one bead"] if repeated else []
    return tuple(remarks)


def _listed(stretches: list[tuple[int, int]]) -> str:
    """`sentences 3, 7-9 stand`: half-open stretches with their last numbers."""
    shown = ", ".join(str(a) if b == a + 1 else f"{a}-{b - 1}" for a, b in stretches[:FEW])
    count = sum(b - a for a, b in stretches)
    if len(stretches) > FEW:
        shown += f" ... ({count} in all)"
    return f"sentence {shown} stands" if count == 1 else f"sentences {shown} stand"


def check_pair(gold: BeadFile, test: BeadFile) -> tuple[str, ...]:
    """Remarks on two files that are to be compared.

    Raises AlignmentError where they cannot be about the same texts: the gold's number of sentences
    is known, and the test states another or names a sentence beyond it.
    """
    remarks = []
    for name, wanted, given in zip(SIDES, gold.lengths, test.lengths, strict=True):
        if gold.totals and (given > wanted or (test.totals and given != wanted)):
            raise AlignmentError(
                f"{given} {name} sentences, but the gold {gold.where} has {wanted}",
                where=test.where,
                hint="numbers are 0-based; was another text aligned, or are the sides the other way round (--swap)?",
            )
        if not gold.totals and given != wanted:
            remarks.append(
                f"{test.where}: the last {name} sentence is {given - 1}, in the gold {gold.where} it is {wanted - 1}"
            )
    return (*gold.remarks, *test.remarks, *coverage(gold), *coverage(test, gold.totals), *remarks)
