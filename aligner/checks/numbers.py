"""Numbers that differ between the letter and a rendering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.number_rows import tabulate
from aligner.checks.number_sides import Side, compared, evidence_of, sides_of
from aligner.model import Quoted, Severity
from aligner.text.quantities import CURRENCIES, Quantity, Scale, bound_start, same
from aligner.text.quantities.hedges import hedge_before, is_left_open
from aligner.text.quantities.zones import currency_words, zones

MAGNITUDE = 5.0
"""Factor from which a wrong number is critical: a digit too many, 万 for 亿."""

_MEASURE = re.compile(r"[个名位家人场次件条张只台部辆座艘架间所份项笔套支册篇门匹层页票分]")
_OF = re.compile(r" (?:of|my|our|your|his|her|its|their|the)\b")
_WHOLE = re.compile(r"全部|全数|悉数|统统|一律[^，。]{0,4}全|全额|所有")
_PARTS = re.compile(r"半|部分|一些|有些|有的|[分成]之?[一二三]")
_ALL = re.compile(r"\b(?:all|every\w*|whole|entire\w*|full)\b", re.IGNORECASE)
ROUNDED = 0.02
"""Relative difference that rounding explains (612,000 / 61万)."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Numbers, dates, times, durations, shares and sums of money whose value, unit or bound changed.

    Both sides are read on common scales, whatever is in digits or words. What has no equal on the other
    side is held against what is left there: a pair that counts the same thing is a changed number, the
    rest is a number too few or too many.
    """
    sides = [sides_of(unit) for unit in rendering.units]
    for number, unit in enumerate(rendering.units):
        near = [s for k in (number - 1, number + 1) if 0 <= k < len(sides) for s in (sides[k],)]
        yield from _unit(unit, *sides[number], near)


def _unit(unit: Unit, source: Side, target: Side, near: Sequence[tuple[Side, Side]]) -> Iterator[Found]:
    yield from _bounds(unit, source, target)
    yield from _hedges(unit, source, target)
    yield from _zones(unit, source, target)
    yield from _currencies(unit, source, target)
    left, right, pairs = compared(source, target)
    yield from _wholes(unit, source, target, left)
    paired = {quantity for _, s, t in pairs for quantity in (s, t)}
    for likeness, s, t in pairs:
        yield _differs(unit, source.quoted(s), _counted(target, t), s, t, likeness)
    elsewhere = [q for sides in near for side in sides for q in side.found]
    for side, other, rest in ((source, target, left), (target, source, right)):
        for quantity in rest:
            if quantity not in paired and quantity.sure:
                moved = any(same(quantity, q) for q in elsewhere)
                yield _alone(unit, side, other, quantity, 0.2 if moved else 0.5, missing=side is source)


def _counted(side: Side, quantity: Quantity) -> Quoted | None:
    """A Chinese number with its measure word: 27人, 28场."""
    more = quantity.scale is Scale.COUNT and not quantity.unit and _MEASURE.match(side.passage.simplified, quantity.end)
    return side.passage.quoted(quantity.start, more.end()) if more else side.quoted(quantity)


def _differs(
    unit: Unit, source: Quoted | None, target: Quoted | None, s: Quantity, t: Quantity, likeness: float
) -> Found:
    ratio = max(s.high, t.high) / max(min(s.low, t.low), 1e-9)
    severity = Severity.MAJOR
    if s.scale in {Scale.COUNT, Scale.DURATION, Scale.SHARE, Scale.DIGITS, Scale.TIMES} and ratio >= MAGNITUDE:
        severity = Severity.CRITICAL
    elif ratio <= 1 + ROUNDED and s.scale in {Scale.COUNT, Scale.SHARE, Scale.LENGTH}:
        severity = Severity.INFO
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
        {"source": evidence_of(s), "target": evidence_of(t)},
        unit=unit.id,
    )


def _alone(unit: Unit, side: Side, other: Side, quantity: Quantity, score: float, *, missing: bool) -> Found:
    quoted = side.quoted(quantity)
    return Found(
        "missing" if missing else "added",
        "accuracy/omission" if missing else "accuracy/addition",
        Severity.MINOR,
        score + (0.1 if not other.found else 0.0),
        quoted if missing else None,
        None if missing else quoted,
        {"text": quoted.text if quoted else ""},
        {"value": evidence_of(quantity)},
        unit=unit.id,
    )


def _bounds(unit: Unit, source: Side, target: Side) -> Iterator[Found]:
    """`Barely a third` that became `more than a third`."""
    for s in source.found:
        twins = [t for t in target.found if same(s, t)]
        if twins and s.bound in {"more", "less"} and all({s.bound, t.bound} == {"more", "less"} for t in twins):
            one, other = _bounded(source, s), _bounded(target, twins[0])
            words = {"source": one.text if one else "", "target": other.text if other else ""}
            evidence = {"source": s.bound, "target": twins[0].bound}
            yield Found(
                "bound", "accuracy/mistranslation", Severity.MAJOR, 0.85, one, other, words, evidence, unit=unit.id
            )


def _bounded(side: Side, quantity: Quantity) -> Quoted | None:
    """A number with the words that bound it: `at least a quarter`."""
    return side.passage.quoted(
        bound_start(side.passage.simplified, quantity.start, side.passage.language), quantity.end
    )


def _wholes(unit: Unit, source: Side, target: Side, left: Sequence[Quantity]) -> Iterator[Found]:
    """`Half of the pay` that became 全部薪酬: no share on the other side, and a word for the whole."""
    if any(t.scale is Scale.SHARE for t in target.found) or _PARTS.search(target.passage.simplified):
        return
    for s in left:
        whole = _WHOLE.search(target.passage.simplified)
        if s.scale is not Scale.SHARE or not whole or not _OF.match(source.passage.text, s.end):
            continue
        if _ALL.search(source.passage.text):
            continue
        one, two = source.quoted(s), target.passage.quoted(whole.start(), whole.end())
        words = {"source": one.text if one else "", "target": two.text if two else ""}
        yield Found("differs", "accuracy/mistranslation", Severity.MAJOR, 0.8, one, two, words,
                    {"source": evidence_of(s)}, unit=unit.id)  # fmt: skip


def _hedges(unit: Unit, source: Side, target: Side) -> Iterator[Found]:
    """`About 14%` that became 14%, `at least 20 weeks` that became 20 weeks."""
    text = target.passage.simplified
    for s in source.found:
        twins = [t for t in target.found if same(s, t)]
        word = hedge_before(source.passage.text, s.start)
        spent = word and word[0].lower().startswith("over") and s.scale is Scale.DURATION  # over six years: in them
        if word and word[0].lower().startswith("around") and source.passage.text[s.end :].startswith(" of the "):
            continue  # the ground around two of the piers
        if not word or spent or not twins or not s.bound or not s.exact:
            continue
        left_open = any(is_left_open(text, t.start, t.end) for t in twins)
        if left_open or not all(t.exact and not t.bound for t in twins):
            continue
        one, other = source.passage.quoted(word.start(), s.end), target.quoted(twins[0])
        words = {"text": word.group().strip(), "target": other.text if other else ""}
        score = 0.7 if s.sure else 0.6
        yield Found("hedge", "accuracy/omission", Severity.MINOR, score, one, other, words,
                    {"word": words["text"]}, unit=unit.id)  # fmt: skip


def _zones(unit: Unit, source: Side, target: Side) -> Iterator[Found]:
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


def _currencies(unit: Unit, source: Side, target: Side) -> Iterator[Found]:
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


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="numbers",
    find=find,
    tabulate=tabulate,
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
