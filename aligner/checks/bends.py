"""What the small words of a sentence and of its rendering say of each other: which carries and which denies which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.checks.base import Found
from aligner.checks.context import Unit
from aligner.checks.passages import Passage
from aligner.model import Mode, Quoted, Severity
from aligner.text.markers import Bend, Marker, markers

CARRY = {
    Bend.NEGATION: (Bend.NEGATION, Bend.NOBODY, Bend.FEW),
    Bend.NOBODY: (Bend.NOBODY, Bend.NEGATION),
    Bend.HEDGE: (Bend.HEDGE, Bend.NEARLY),
    Bend.MOST: (Bend.MOST, Bend.NEARLY),
    Bend.ALL: (Bend.ALL,),
    Bend.CERTAINTY: (Bend.CERTAINTY,),
    Bend.ONLY: (Bend.ONLY,),
    Bend.NECESSITY: (Bend.NECESSITY, Bend.MUST, Bend.CERTAINTY, Bend.FORBIDDEN),
    Bend.PERMISSION: (Bend.PERMISSION, Bend.HEDGE, Bend.NEGATION),
    Bend.MUST: (Bend.MUST, Bend.NECESSITY, Bend.CERTAINTY, Bend.FORBIDDEN),
    Bend.NEARLY: (Bend.NEARLY, Bend.MOST, Bend.HEDGE),
    Bend.FEW: (Bend.FEW, Bend.NEGATION),
    Bend.EXEMPT: (Bend.EXEMPT,),
    Bend.FORBIDDEN: (Bend.FORBIDDEN, Bend.NEGATION),
    Bend.SOME: (Bend.SOME, Bend.FEW),
    Bend.MANY: (Bend.MANY, Bend.MOST, Bend.ALL),
    Bend.EVERY: (Bend.ALL,),
    Bend.EXCEPT: (Bend.EXCEPT,),
    Bend.INCLUDING: (Bend.INCLUDING,),
    Bend.PERHAPS: (Bend.PERHAPS, Bend.HEDGE, Bend.PERMISSION),
    Bend.SURE: (Bend.SURE, Bend.CERTAINTY, Bend.MUST),
}
"""Which classes on one side carry a class of the other."""

AGAINST = {
    Bend.MOST: (Bend.ALL, Bend.FEW),
    Bend.NOBODY: (Bend.FEW, Bend.MOST, Bend.ALL),
    Bend.HEDGE: (Bend.CERTAINTY,),
    Bend.FEW: (Bend.ALL, Bend.MOST),
    Bend.ALL: (Bend.MOST, Bend.FEW),
    Bend.NECESSITY: (Bend.PERMISSION,),
    Bend.NEARLY: (Bend.ALL,),
    Bend.EXEMPT: (Bend.FORBIDDEN,),
    Bend.SOME: (Bend.MANY, Bend.MOST, Bend.EVERY),
    Bend.MANY: (Bend.SOME, Bend.FEW),
    Bend.EXCEPT: (Bend.INCLUDING,),
}
"""Classes that say something else in the place of a class."""

_AFTER = re.compile(r"\s+(?:(?:of|the|a|an|my|our|your|his|her|their|its|have|has|be|ever)\s+)*[\w’'-]+")
DENIALS = (Bend.NEGATION, Bend.NOBODY)
_NEXT = re.compile(r"(?: [\w’'-]+){1,2}")


@dataclass(frozen=True)
class Sides:
    """The markers of a unit's both sides in order."""

    source: Sequence[Marker]
    target: Sequence[Marker]


def sides_of(unit: Unit) -> Sides:
    """The markers of a unit."""
    source, target = (markers(p.simplified, chinese=p.chinese) for p in (unit.source, unit.target))
    return Sides(source, target)


def has(found: Sequence[Marker], bends: Sequence[Bend]) -> bool:
    """Whether a marker of one of the classes is there."""
    return any(marker.bend in bends for marker in found)


def carried(here: Sides, bend: Bend) -> bool:
    """Whether the rendering has a marker of a class; a negation that renders one of the letter's says nothing else."""
    return has(here.target, _spare(CARRY[bend], bend, here.target, here.source))


def owed(here: Sides, bend: Bend) -> bool:
    """Whether the letter's sentence accounts for the rendering's markers of a class by its own."""
    if bend in {Bend.MANY, Bend.FORBIDDEN, Bend.SOME}:
        return sum(m.bend is bend for m in here.source) >= sum(m.bend is bend for m in here.target)
    return has(here.source, _spare(CARRY[bend], bend, here.source, here.target))


def _spare(classes: tuple[Bend, ...], bend: Bend, own: Sequence[Marker], other: Sequence[Marker]) -> tuple[Bend, ...]:
    """The classes without negation where every negation on `own` side is one of the `other` side's."""
    if bend in DENIALS or sum(m.bend in DENIALS for m in own) > sum(m.bend in DENIALS for m in other):
        return classes
    return tuple(each for each in classes if each is not Bend.NEGATION)


def agreement(votes: Sequence[bool]) -> float:
    """From 0.5 where every other rendering does the same to 1.4 where none does; 1 without others."""
    return 0.5 + 0.9 * sum(votes) / len(votes) if votes else 1.0


def phrase(passage: Passage, marker: Marker) -> Quoted | None:
    """The marker with the word it bends."""
    end = marker.end
    if passage.chinese:
        tail = re.compile(r"[\u4e00-\u9fff]{1,2}").match(passage.text, end)
        end = tail.end() if tail and marker.bend in {Bend.ALL, Bend.MOST, Bend.NOBODY, Bend.FEW} else end
    elif marker.bend in {Bend.MOST, Bend.ALL, Bend.NOBODY, Bend.FEW, Bend.ONLY, Bend.NEGATION, Bend.SOME}:
        tail = _AFTER.match(passage.text, end)
        end = tail.end() if tail else end
    elif marker.bend in {Bend.HEDGE, Bend.NECESSITY, Bend.MUST, Bend.EXEMPT}:
        tail = _NEXT.match(passage.text, end)
        end = tail.end() if tail else end
    return passage.quoted(marker.start, end)


def found_of(unit: Unit, kind: str, score: float, source: Quoted | None, target: Quoted | None, bend: Bend) -> Found:
    """A finding of the check polarity; in reported speech what is not turned round counts less."""
    grave = bend in {Bend.NEGATION, Bend.NOBODY, Bend.MOST} or kind == "turned"
    return Found(
        kind,
        "accuracy/omission" if kind == "dropped" else "accuracy/mistranslation",
        Severity.MAJOR if grave else Severity.MINOR,
        min(1.0, score * (0.75 if unit.mode is Mode.INDIRECT and kind != "turned" else 1.0)),
        source,
        target,
        {"source": source.text if source else "", "target": target.text if target else ""},
        {"bend": bend.value},
        unit=unit.id,
    )
