"""Numbers that differ between the letter and a rendering."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.passages import Passage
from aligner.model import Quoted, Severity
from aligner.text.quantities import CURRENCIES, Quantity, Scale, comparable, quantities, same, same_value
from aligner.text.quantities.base import SECONDS
from aligner.text.quantities.hedges import hedge_before, is_left_open
from aligner.text.quantities.zones import currency_words, zones

DATE_PARTS = frozenset({Scale.YEAR, Scale.MONTH, Scale.DAY})
JOINT = re.compile(r"\s*(?:to|or|and|-|–|—|到|至|或|~|～)\s*")
MAGNITUDE = 5.0
"""Factor from which a wrong number is critical: a digit too many, 万 for 亿."""

UNLIKE = 0.3
"""What a pair loses whose values have nothing in common: two numbers left over need not be one."""

ROUNDED = 0.02
"""Relative difference that rounding explains (612,000 / 61万)."""


@dataclass(frozen=True)
class _Side:
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


def find(rendering: Rendering, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Numbers, dates, times, durations, shares and sums of money whose value, unit or bound changed.

    Both sides are read on common scales, whatever is in digits or words. What has no equal on the other
    side is held against what is left there: a pair that counts the same thing is a changed number, the
    rest is a number too few or too many.
    """
    sides = [_sides(unit) for unit in rendering.units]
    for number, unit in enumerate(rendering.units):
        near = [s for k in (number - 1, number + 1) if 0 <= k < len(sides) for s in (sides[k],)]
        yield from _unit(unit, *sides[number], near)


def _sides(unit: Unit) -> tuple[_Side, _Side]:
    source, target = (
        _Side(passage, quantities(passage.simplified, passage.language)) for passage in (unit.source, unit.target)
    )
    return source, target


def _unit(unit: Unit, source: _Side, target: _Side, near: Sequence[tuple[_Side, _Side]]) -> Iterator[Found]:
    yield from _bounds(unit, source, target)
    yield from _hedges(unit, source, target)
    yield from _zones(unit, source, target)
    yield from _currencies(unit, source, target)
    left = [q for q in source.found if not any(same(q, other) for other in target.found)]
    right = [q for q in target.found if not any(same(q, other) for other in source.found)]
    pairs = sorted(
        ((likeness, s, t) for s in left for t in right if (likeness := _likeness(s, t)) > 0),
        key=lambda item: (-item[0], item[1].start, item[2].start),
    )
    paired: set[Quantity] = set()
    for likeness, s, t in pairs:
        if s not in paired and t not in paired:
            paired |= {s, t}
            yield _differs(unit, source.quoted(s), target.quoted(t), s, t, likeness)
    elsewhere = [q for sides in near for side in sides for q in side.found]
    for side, other, rest in ((source, target, left), (target, source, right)):
        for quantity in rest:
            if quantity not in paired and quantity.sure:
                moved = any(same(quantity, q) for q in elsewhere)
                yield _alone(unit, side, other, quantity, 0.2 if moved else 0.5, missing=side is source)


def _likeness(s: Quantity, t: Quantity) -> float:
    """How surely two unequal quantities are meant to be the same one, 0 to 1."""
    if same_value(_face(s), _face(t)) and {s.scale, t.scale} <= {Scale.DURATION, Scale.COUNT} and s.unit != t.unit:
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
    one, other = (f"{q.low:.6g}".replace(".", "").strip("0").split("e")[0] for q in (_face(s), _face(t)))
    if not one or not other:
        return 0.0
    if one == other or (sorted(one) == sorted(other) and len(one) > 1):
        return 1.0
    near = max(0.0, 1.0 - abs(math.log10(max(s.high, 1e-9) / max(t.high, 1e-9))))
    return max(near, SequenceMatcher(None, one, other).ratio())


def _face(q: Quantity) -> Quantity:
    """The quantity with the value that stands written: 6 for six weeks."""
    factor = SECONDS.get(q.unit, 1.0) if q.scale is Scale.DURATION else 1.0
    return Quantity(q.start, q.end, q.low / factor, q.high / factor, Scale.COUNT)


def _differs(
    unit: Unit, source: Quoted | None, target: Quoted | None, s: Quantity, t: Quantity, likeness: float
) -> Found:
    ratio = max(s.high, t.high) / max(min(s.low, t.low), 1e-9)
    severity = Severity.MAJOR
    if s.scale in {Scale.COUNT, Scale.DURATION, Scale.SHARE, Scale.DIGITS, Scale.TIMES} and ratio >= MAGNITUDE:
        severity = Severity.CRITICAL
    elif ratio <= 1 + ROUNDED or not (s.exact and t.exact):
        severity = Severity.MINOR
    return Found(
        "differs",
        "accuracy/mistranslation",
        severity,
        likeness,
        source,
        target,
        {"source": source.text if source else "", "target": target.text if target else ""},
        {"source": _evidence(s), "target": _evidence(t)},
        unit=unit.id,
    )


def _alone(unit: Unit, side: _Side, other: _Side, quantity: Quantity, score: float, *, missing: bool) -> Found:
    quoted = side.quoted(quantity)
    return Found(
        "missing" if missing else "added",
        "accuracy/omission" if missing else "accuracy/addition",
        Severity.MINOR,
        score + (0.1 if not other.found else 0.0),
        quoted if missing else None,
        None if missing else quoted,
        {"text": quoted.text if quoted else ""},
        {"value": _evidence(quantity)},
        unit=unit.id,
    )


def _bounds(unit: Unit, source: _Side, target: _Side) -> Iterator[Found]:
    """`Barely a third` that became `more than a third`."""
    for s in source.found:
        twins = [t for t in target.found if same(s, t)]
        if twins and s.bound in {"more", "less"} and all({s.bound, t.bound} == {"more", "less"} for t in twins):
            one, other = source.quoted(s), target.quoted(twins[0])
            words = {"source": one.text if one else "", "target": other.text if other else ""}
            evidence = {"source": s.bound, "target": twins[0].bound}
            yield Found(
                "bound", "accuracy/mistranslation", Severity.MAJOR, 0.85, one, other, words, evidence, unit=unit.id
            )


def _hedges(unit: Unit, source: _Side, target: _Side) -> Iterator[Found]:
    """`About 14%` that became 14%, `at least 20 weeks` that became 20 weeks."""
    text = target.passage.simplified
    for s in source.found:
        twins = [t for t in target.found if same(s, t)]
        word = hedge_before(source.passage.text, s.start)
        spent = word and word[0].lower().startswith("over") and s.scale is Scale.DURATION  # over six years: in them
        if not word or spent or not twins or not s.bound or not s.exact:
            continue
        left_open = any(is_left_open(text, t.start, t.end) for t in twins)
        if left_open or not all(t.exact and not t.bound for t in twins):
            continue
        one, other = source.passage.quoted(word.start(), s.end), target.quoted(twins[0])
        words = {"text": word.group().strip(), "target": other.text if other else ""}
        yield Found("hedge", "accuracy/omission", Severity.MINOR, 0.7 if s.sure else 0.6, one, other, words,
                    {"word": word.group().strip()}, unit=unit.id)  # fmt: skip


def _zones(unit: Unit, source: _Side, target: _Side) -> Iterator[Found]:
    """A time zone that was dropped, or exchanged for another, beside a time that is there."""
    ours, theirs = (zones(side.passage.simplified) for side in (source, target))
    if not ours or {z.name for z in ours} & {z.name for z in theirs}:
        return
    clocks = [q for q in target.found if q.scale is Scale.CLOCK]
    if not clocks and not theirs:
        return
    one = source.passage.quoted(ours[0].start, ours[0].end)
    two = target.passage.quoted(theirs[0].start, theirs[0].end) if theirs else None
    words = {"source": one.text if one else "", "target": two.text if two else ""}
    kind, category = ("zone", "accuracy/mistranslation") if theirs else ("no_zone", "accuracy/omission")
    yield Found(kind, category, Severity.MAJOR if theirs else Severity.MINOR, 0.9, one, two, words, unit=unit.id)


def _currencies(unit: Unit, source: _Side, target: _Side) -> Iterator[Found]:
    """Sums whose currency stands apart from them (单位：欧元) and is another."""
    ours = {q.unit for q in source.found if q.unit in CURRENCIES}
    theirs = currency_words(target.passage.simplified)
    if len(ours) != 1 or not theirs or ours & {name for name, _ in theirs}:
        return
    if any(q.unit in CURRENCIES for q in target.found):
        return  # then the sums themselves are compared
    sum_of_money = next(q for q in source.found if q.unit in CURRENCIES)
    one, two = source.quoted(sum_of_money), target.passage.quoted(*theirs[0][1])
    words = {"source": one.text if one else "", "target": two.text if two else ""}
    yield Found("differs", "accuracy/mistranslation", Severity.MAJOR, 0.8, one, two, words, unit=unit.id)


def _evidence(q: Quantity) -> dict[str, object]:
    factor = SECONDS.get(q.unit, 1.0) if q.scale is Scale.DURATION else 1.0
    value = [round(q.low / factor, 4), round(q.high / factor, 4)]
    out: dict[str, object] = {"value": value[0] if q.exact else value, "scale": q.scale.value}
    if q.unit in CURRENCIES or q.scale is Scale.DURATION:
        out["unit"] = q.unit
    return out


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="numbers",
    find=find,
    thresholds={
        "differs": Threshold(0.66, "two numbers of one scale without an equal are nearly always one changed", _GOLD),
        "zone": Threshold(0.8, "both name a time zone, and not the same", _GOLD),
        "no_zone": Threshold(0.8, "the time is there, its zone is not", _GOLD),
        "bound": Threshold(0.8, "both bounds stand beside the number in so many words", _GOLD),
        "hedge": Threshold(0.55, "the number is there, no word near it leaves it open", _GOLD),
        "missing": Threshold(0.75, "numbers left out are nearly always cuts, which other checks show whole", _GOLD),
        "added": Threshold(0.75, "like a missing one: nine of nine at 0.6 were no errors", _GOLD),
    },
    limits=(
        "Does not see a number written as a word that is none (both, a few, 俩), idioms built with numbers, "
        "or two changes that cancel each other in one sentence."
    ),
)
