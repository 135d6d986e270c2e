"""Numbers of both sides of a unit, and which of them are meant to be one."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from aligner.checks.context import Unit
from aligner.checks.passages import Passage
from aligner.model import Quoted
from aligner.text.quantities import CURRENCIES, Quantity, Scale, comparable, quantities, same, same_value
from aligner.text.quantities.base import SECONDS

DATE_PARTS = frozenset({Scale.YEAR, Scale.MONTH, Scale.DAY})
JOINT = re.compile(r"\s*(?:to|or|and|-|–|—|到|至|或|~|～)\s*")
UNLIKE = 0.3
"""What a pair loses whose values have nothing in common: two numbers left over need not be one."""


@dataclass(frozen=True)
class Side:
    """One side of a unit with the quantities in it."""

    passage: Passage
    found: tuple[Quantity, ...]

    def quoted(self, quantity: Quantity) -> Quoted | None:
        """The quantity's place; the parts of a date, and both ends of a range, are shown together."""
        start, end = quantity.start, quantity.end
        for other in self.found:
            if other.scale is quantity.scale and other.unit == quantity.unit and quantity.unit:
                if JOINT.fullmatch(self.passage.text, other.end, start):
                    start = other.start
                elif JOINT.fullmatch(self.passage.text, end, other.start):
                    end = other.end
        if quantity.scale in DATE_PARTS:
            for _ in range(2):
                for other in self.found:
                    if other.scale in DATE_PARTS and other.end <= start <= other.end + 2:
                        start = other.start
                    if other.scale in DATE_PARTS and end <= other.start <= end + 2:
                        end = other.end
        return self.passage.quoted(start, end)


def sides_of(unit: Unit) -> tuple[Side, Side]:
    """Source and target of a unit, read."""
    source, target = (
        Side(passage, quantities(passage.simplified, passage.language)) for passage in (unit.source, unit.target)
    )
    return source, target


def compared(
    source: Side, target: Side
) -> tuple[list[Quantity], list[Quantity], list[tuple[float, Quantity, Quantity]]]:
    """What has no equal on the other side, and which of it is meant to be the same, with how surely."""
    left = [q for q in source.found if not any(same(q, other) for other in target.found)]
    right = [q for q in target.found if not any(same(q, other) for other in source.found)]
    likely = sorted(
        ((likeness, s, t) for s in left for t in right if (likeness := _likeness(s, t)) > 0),
        key=lambda item: (-item[0], item[1].start, item[2].start),
    )
    taken: set[Quantity] = set()
    pairs = []
    for likeness, s, t in likely:
        if s not in taken and t not in taken:
            taken |= {s, t}
            pairs.append((likeness, s, t))
    return left, right, pairs


def _likeness(s: Quantity, t: Quantity) -> float:
    """How surely two unequal quantities are meant to be the same one, 0 to 1."""
    if same_value(face(s), face(t)) and {s.scale, t.scale} <= {Scale.DURATION, Scale.COUNT} and s.unit != t.unit:
        likeness = 0.95 if s.sure and t.sure else 0.6
        return likeness if s.scale is t.scale and s.unit and t.unit else 0.0
    if {s.scale, t.scale} == {Scale.TIMES, Scale.COUNT} and s.sure and t.sure:  # read 4,100 times / 读了41000次
        return 0.85 - UNLIKE * (1 - _alike(s, t))
    if not comparable(s, t):
        # `eleven million hours`: the other language may put the unit far from its number.
        counted = {s.scale, t.scale} == {Scale.DURATION, Scale.COUNT} and s.sure and t.sure
        return 0.75 if counted and _alike(s, t) == 1.0 and s.high > 10 * SECONDS["second"] else 0.0
    fractions = s.scale is t.scale is Scale.SHARE  # half / 三分之一
    likeness = 0.95 if s.scale is t.scale and (s.unit == t.unit or fractions) else 0.85 if s.scale is t.scale else 0.6
    if s.scale is Scale.COUNT and t.scale is Scale.COUNT and bool(s.unit) != bool(t.unit):
        likeness = 0.7
    if not (s.sure and t.sure):
        likeness -= 0.15 if s.sure or t.sure else 0.35
    return likeness - UNLIKE * (1 - _alike(s, t))


def _alike(s: Quantity, t: Quantity) -> float:
    """How alike two wrong values look: 1 for swapped or shifted digits, 0 for strangers."""
    one, other = (f"{q.low:.6g}".replace(".", "").strip("0").split("e")[0] for q in (face(s), face(t)))
    if not one or not other:
        return 0.0
    if one == other or (sorted(one) == sorted(other) and len(one) > 1):
        return 1.0
    near = max(0.0, 1.0 - abs(math.log10(max(s.high, 1e-9) / max(t.high, 1e-9))))
    return max(near, SequenceMatcher(None, one, other).ratio())


def face(q: Quantity) -> Quantity:
    """The quantity with the value that stands written: 6 for six weeks."""
    factor = SECONDS.get(q.unit, 1.0) if q.scale is Scale.DURATION else 1.0
    return Quantity(q.start, q.end, q.low / factor, q.high / factor, Scale.COUNT)


def evidence_of(q: Quantity) -> dict[str, object]:
    """A quantity's value on its scale, a pair of values for a range."""
    factor = SECONDS.get(q.unit, 1.0) if q.scale is Scale.DURATION else 1.0
    value = [round(q.low / factor, 4), round(q.high / factor, 4)]
    out: dict[str, object] = {"value": value[0] if q.exact else value, "scale": q.scale.value}
    if q.unit in CURRENCIES or q.scale is Scale.DURATION:
        out["unit"] = q.unit
    return out
