"""Beads around what a reviewer confirmed or forbade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_engines import Random

from aligner.engines import Bead
from aligner.engines.beads import BeadAnchors, BeadEngine, beads_around
from aligner.errors import AlignmentError

ENGINE = BeadEngine()


class Counting(BeadEngine):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def beads(self, source: Sequence[str], *others: Any, **named: Any) -> tuple[Bead, ...]:
        self.asked.append(tuple(source))
        return super().beads(source, *others, **named)


def texts(n: int, m: int, seed: int) -> tuple[list[str], list[str]]:
    return [f"Sentence {k} of {seed}." for k in range(n)], [f"第{k}句，{seed}。" for k in range(m)]


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, int, BeadAnchors]:
    n, m = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    confirmed, i, j = [], 0, 0
    while draw(st.booleans()) and i < n and j < m:
        i, j = i + draw(st.integers(0, 2)), j + draw(st.integers(0, 2))
        a, b = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        if i + a <= n and j + b <= m and a + b:
            confirmed.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), 0.5))
            i, j = i + a, j + b
    held = {(x, y) for bead in confirmed for x in bead.source for y in bead.target}
    pairs = st.tuples(st.integers(0, max(0, n - 1)), st.integers(0, max(0, m - 1)))
    forbidden = draw(st.frozensets(pairs, max_size=12)) if n and m else frozenset()
    return n, m, BeadAnchors(tuple(confirmed), frozenset(forbidden - held))


@settings(max_examples=80, deadline=None)
@given(cases(), st.integers(0, 99))
def test_anchors_hold_whatever_the_texts(case: tuple[int, int, BeadAnchors], seed: int) -> None:
    n, m, anchors = case
    source, target = texts(n, m, seed)
    found = beads_around(ENGINE, source, target, Random(), anchors)
    assert [i for bead in found for i in bead.source] == list(range(n))
    assert [j for bead in found for j in bead.target] == list(range(m))
    sides = [(bead.source, bead.target) for bead in found]
    assert all((bead.source, bead.target) in sides for bead in anchors.confirmed)
    assert all(found[sides.index((bead.source, bead.target))].confidence == 1 for bead in anchors.confirmed)
    assert not {(i, j) for bead in found for i in bead.source for j in bead.target} & anchors.forbidden


def test_everything_can_be_forbidden() -> None:
    source, target = texts(5, 4, 1)
    every = frozenset((i, j) for i in range(5) for j in range(4))
    found = beads_around(ENGINE, source, target, Random(), BeadAnchors(forbidden=every), ("zh", "en"))
    assert all(not bead.source or not bead.target for bead in found)


def test_only_the_stretch_that_changed_is_computed_again() -> None:
    source, target = texts(9, 9, 2)
    first = beads_around(ENGINE, source, target, Random(), BeadAnchors())
    middle = BeadAnchors((Bead((3,), (3,), 0.1), Bead((6,), (6,), 0.1)))
    before = beads_around(ENGINE, source, target, Random(), middle, previous=first)
    engine = Counting()
    held = next(b for b in before if 4 in b.source) if any(b.source and 4 in b.source for b in before) else before[0]
    ban = frozenset((i, j) for i in range(4, 6) for j in range(4, 6))
    after = beads_around(engine, source, target, Random(), BeadAnchors(middle.confirmed, ban), previous=before)
    assert engine.asked in ([tuple(source[4:6])], [])
    assert [b for b in after if b.source and b.source[0] < 3] == [b for b in before if b.source and b.source[0] < 3]
    assert [b for b in after if b.source and b.source[0] > 6] == [b for b in before if b.source and b.source[0] > 6]
    assert held in before


@pytest.mark.parametrize(
    ("confirmed", "forbidden", "message"),
    [
        ([((0,), (0,)), ((0,), (1,))], [], "overlap or cross at source sentence 0"),
        ([((0,), (1,)), ((1,), (0,))], [], "overlap or cross at target sentence 0"),
        ([((0,), (1,))], [(0, 1)], "both confirmed and forbidden"),
        ([((7,), (1,))], [], "names source sentence 7; there are 3"),
        ([], [(0, 9)], "names target sentence 9; there are 3"),
    ],
)
def test_anchors_that_cannot_be_kept_are_refused(confirmed: Any, forbidden: Any, message: str) -> None:
    with pytest.raises(AlignmentError, match=message):
        anchors = BeadAnchors(tuple(Bead(*sides, 1.0) for sides in confirmed), frozenset(forbidden))
        beads_around(ENGINE, *texts(3, 3, 0), Random(), anchors)
