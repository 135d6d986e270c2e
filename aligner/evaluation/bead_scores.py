"""How well beads agree with gold, as the scorer of vecalign counts (Thompson and Koehn, 2019).

Strict: a bead is right when the gold has the same bead. Lax: also when some source sentence and
some target sentence of it stand in one bead of the gold. Precision counts null beads, recall leaves
those of the gold out. A bead that stands twice in a file counts once, one without any sentence never.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aligner.evaluation.beads import Bead
from aligner.evaluation.calibration import Calibration, calibration
from aligner.evaluation.tally import Tally, of_sets

Sides = tuple[tuple[int, ...], tuple[int, ...]]
Type = tuple[int, int]
"""Numbers of source and target sentences."""


@dataclass(frozen=True)
class BeadScores:
    """What one pair of files, or several added up, scores.

    `null` counts sentences that stand in null beads, so that it does not matter how they are grouped,
    and is 1 where neither side has any;
    `types` counts strict matches by the type of the bead, null types included.
    """

    strict: Tally = field(default_factory=Tally)
    lax: Tally = field(default_factory=Tally)
    null: Tally = field(default_factory=lambda: Tally(if_none=1.0))
    types: Mapping[Type, Tally] = field(default_factory=dict)
    calibration: Calibration = field(default_factory=Calibration)

    def __add__(self, other: BeadScores) -> BeadScores:
        kinds = sorted(self.types.keys() | other.types.keys())
        return BeadScores(
            self.strict + other.strict,
            self.lax + other.lax,
            self.null + other.null,
            {kind: self.types.get(kind, Tally()) + other.types.get(kind, Tally()) for kind in kinds},
            self.calibration + other.calibration,
        )


def score_beads(gold: Iterable[Bead], test: Iterable[Bead]) -> BeadScores:
    """The scores of `test` against `gold`, which are beads of the same two texts."""
    wanted = dict.fromkeys(bead.sides for bead in gold if bead.source or bead.target)
    tested: dict[Sides, float | None] = {}
    for bead in test:
        if bead.source or bead.target:
            tested.setdefault(bead.sides, bead.confidence)
    full_wanted, full_tested = ([sides for sides in each if all(sides)] for each in (wanted, tested))
    found = {sides for sides in full_wanted if sides in tested}
    judged = [(confidence, sides in wanted) for sides, confidence in tested.items() if confidence is not None]
    return BeadScores(
        Tally(sum(sides in wanted for sides in tested), len(tested), len(found), len(full_wanted)),
        Tally(_lax(tested, wanted), len(tested), _lax(full_wanted, full_tested), len(full_wanted)),
        of_sets(_null_sentences(tested), _null_sentences(wanted), if_none=1.0),
        _types(wanted, tested),
        calibration(judged),
    )


def _lax(judged: Iterable[Sides], against: Iterable[Sides]) -> int:
    """How many of `judged` are in `against` or share a pair of sentences with one of them."""
    known = set(against)
    partners: dict[int, set[int]] = defaultdict(set)
    for source, target in known:
        for number in source:
            partners[number].update(target)
    return sum(
        (source, target) in known or any(not partners[number].isdisjoint(target) for number in source)
        for source, target in judged
    )


def _null_sentences(beads: Iterable[Sides]) -> set[object]:
    """(side, number) of every sentence in a null bead."""
    return {(side, number) for sides in beads if not all(sides) for side in (0, 1) for number in sides[side]}


def _types(wanted: Iterable[Sides], tested: Iterable[Sides]) -> dict[Type, Tally]:
    golds, tests = _by_type(wanted), _by_type(tested)
    return {kind: of_sets(tests[kind], golds[kind]) for kind in sorted(golds.keys() | tests.keys())}


def _by_type(beads: Iterable[Sides]) -> defaultdict[Type, set[object]]:
    held: defaultdict[Type, set[object]] = defaultdict(set)
    for sides in beads:
        held[len(sides[0]), len(sides[1])].add(sides)
    return held
