"""Small words whose loss or gain turns a statement: not, may, must, most, all, only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.passages import Passage
from aligner.checks.words.alignment import WordAlignment
from aligner.model import Mode, Quoted, Severity, Span
from aligner.text.clauses import clauses
from aligner.text.markers import Bend, Marker, markers

CARRY = {
    Bend.NEGATION: (Bend.NEGATION, Bend.NOBODY, Bend.FEW),
    Bend.NOBODY: (Bend.NOBODY, Bend.NEGATION),
    Bend.HEDGE: (Bend.HEDGE, Bend.NEARLY),
    Bend.MOST: (Bend.MOST, Bend.NEARLY),
    Bend.ALL: (Bend.ALL,),
    Bend.CERTAINTY: (Bend.CERTAINTY,),
    Bend.ONLY: (Bend.ONLY,),
    Bend.NECESSITY: (Bend.NECESSITY, Bend.MUST, Bend.CERTAINTY, Bend.NEGATION),
    Bend.PERMISSION: (Bend.PERMISSION, Bend.HEDGE, Bend.NEGATION),
    Bend.MUST: (Bend.MUST, Bend.NECESSITY, Bend.CERTAINTY),
    Bend.NEARLY: (Bend.NEARLY, Bend.MOST, Bend.HEDGE),
    Bend.FEW: (Bend.FEW, Bend.NEGATION),
    Bend.EXEMPT: (Bend.EXEMPT,),
    Bend.FORBIDDEN: (Bend.FORBIDDEN, Bend.NEGATION),
    Bend.SOME: (Bend.SOME, Bend.FEW),
    Bend.MANY: (Bend.MANY, Bend.MOST),
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
    Bend.PERMISSION: (Bend.MUST,),
    Bend.NEARLY: (Bend.ALL,),
    Bend.EXEMPT: (Bend.FORBIDDEN,),
    Bend.SOME: (Bend.MANY, Bend.MOST),
}
"""Classes that say something else in the place of a class."""

DROPPED = {Bend.NEGATION: 0.5, Bend.NOBODY: 0.63, Bend.HEDGE: 0.6, Bend.MOST: 0.6, Bend.ONLY: 0.35, Bend.ALL: 0.3,
           Bend.NECESSITY: 0.3, Bend.MUST: 0.3, Bend.PERMISSION: 0.1, Bend.CERTAINTY: 0.3, Bend.NEARLY: 0.5,
           Bend.FEW: 0.5}  # fmt: skip
"""How telling it is that the rendering has no marker of a class at all; good Chinese does without many. Classes that are not
here say nothing by their absence, only when another class stands in their place."""
ADDED = {Bend.CERTAINTY: 0.35, Bend.NOBODY: 0.25, Bend.FEW: 0.45, Bend.NEGATION: 0.25}
SWAPPED = 0.75
WEIGHED = {Bend.PERHAPS: 0.62, Bend.SURE: 0.62}
"""Doubt and assurance that a Chinese rendering puts in the place of the letter's degree (would have: 可能, 肯定会)."""
_SAID = {
    Bend.PERHAPS: re.compile(r"\b(?:may|might|maybe|perhaps|probabl|possib|likely|unlikely)", re.IGNORECASE),
    Bend.SURE: re.compile(r"\b(?:certain|sure|definite|inevitab|undoubted|absolute|bound to)", re.IGNORECASE),
}
"""Words that say outright what the two weigh: anywhere in the sentence they are what the rendering says."""
BENT = 0.4
"""Strength from which a word shows which clause a marker beside it belongs to."""
UNWEIGHED = 0.4
"""Assurance where the letter has no `would` or `could`: most often mere emphasis."""
_DEGREE = re.compile(r"\b(?:would|could|might|may|should)(?: (?:not|never))?(?: (?:be|have) \w+| \w+)", re.IGNORECASE)
_AFTER = re.compile(r"\s+(?:(?:of|the|a|an|my|our|your|his|her|their|its|have|has|be|ever)\s+)*[\w’'-]+")
_NEXT = re.compile(r" [\w’'-]+")


@dataclass(frozen=True)
class _Sides:
    source: Sequence[Marker]
    target: Sequence[Marker]


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Negation, modality and quantity words (not, may, must, most, all, only) that were dropped, added or turned.

    A marker counts as rendered when the sentence's rendering has any of its kind; other renderings
    that have one, or do without, say how much its absence means.
    """
    for unit in rendering.units:
        if unit.mode is Mode.FRAGMENT:
            continue
        here = _sides(unit)
        others = [_sides(other) for other in _peers(rendering, context, unit)]
        words = context.evidence.words[context.places[rendering.id, unit.id]]
        found = list(_lost(unit, here, others, _met(rendering, context, unit)))
        yield from found
        turned = {f.target for f in found if f.target}
        yield from (f for f in _gained(unit, here, others) if f.target not in turned)
        yield from (f for f in _weighed(unit, here, others, words) if f.target not in turned)


def _sides(unit: Unit) -> _Sides:
    source, target = (markers(p.simplified, chinese=p.chinese) for p in (unit.source, unit.target))
    return _Sides(source, target)


def _peers(rendering: Rendering, context: Context, unit: Unit) -> list[Unit]:
    number = context.places[rendering.id, unit.id]
    return [context.units[j] for j in context.evidence.peers[number]]


def _has(found: Sequence[Marker], bends: Sequence[Bend]) -> bool:
    return any(marker.bend in bends for marker in found)


def _met(rendering: Rendering, context: Context, unit: Unit) -> list[tuple[int, float]]:
    """Where each content word of the source stands, and how surely it is met."""
    words = context.evidence.words[context.places[rendering.id, unit.id]]
    return [(t.start, float(met)) for t, met in zip(words.source, words.source_met, strict=True) if not t.light]


def _rendered(passage: Passage, marker: Marker, met: Sequence[tuple[int, float]]) -> float:
    """How surely the clause of a marker is rendered, as a factor from 0.3 to 1.3."""
    piece = next(
        (p for p in clauses(passage.text, passage.language, 0, len(passage.text)) if p.start <= marker.start < p.end),
        Span(0, len(passage.text)),
    )
    inside = [share for start, share in met if piece.start <= start < piece.end]
    after = next((share for start, share in met if start >= marker.end), 0.0)
    return 0.3 + (sum(inside) / len(inside) + after) / 2 if inside else 0.3


def _lost(unit: Unit, here: _Sides, others: Sequence[_Sides], met: Sequence[tuple[int, float]]) -> Iterator[Found]:
    seen: set[Bend] = set()
    for marker in here.source:
        if marker.bend in WEIGHED or marker.bend in seen or _has(here.target, CARRY[marker.bend]):
            continue
        if marker.bend is Bend.HEDGE and unit.source.text[marker.start : marker.end].lower() == "may":
            if _has(here.target, (Bend.PERMISSION, Bend.FORBIDDEN)):
                continue  # leave, not doubt
        seen.add(marker.bend)
        turned = next((m for m in here.target if m.bend in AGAINST.get(marker.bend, ())), None)
        if turned and _owed(here, turned.bend):
            turned = None
        if turned is None and marker.bend not in DROPPED:
            continue
        negated = marker.bend in {Bend.NEGATION, Bend.NOBODY}
        kind = "turned" if turned else "unnegated" if negated else "dropped"
        score = SWAPPED if turned else DROPPED[marker.bend]
        score *= _agreement([_has(o.target, CARRY[marker.bend]) for o in others])
        if kind == "unnegated":
            # What is negated must be there for its negation to be missing; else it is left out as a whole.
            score *= _rendered(unit.source, marker, met)
        source = _phrase(unit.source, marker)
        target = _phrase(unit.target, turned) if turned else None
        yield _found(unit, kind, score, source, target, marker.bend)


def _owed(here: _Sides, bend: Bend) -> bool:
    """Whether the letter's sentence accounts for the rendering's markers of a class by its own."""
    if bend in {Bend.MANY, Bend.FORBIDDEN}:
        return sum(m.bend is bend for m in here.source) >= sum(m.bend is bend for m in here.target)
    return _has(here.source, CARRY[bend])


def _gained(unit: Unit, here: _Sides, others: Sequence[_Sides]) -> Iterator[Found]:
    seen: set[Bend] = set()
    for marker in here.target:
        bend = marker.bend
        if bend not in ADDED or bend in seen or _has(here.source, CARRY[bend]):
            continue
        seen.add(bend)
        score = ADDED[bend] * _agreement([not _has(o.target, (bend,)) for o in others])
        yield _found(unit, "added", score, None, _phrase(unit.target, marker), bend)


def _weighed(unit: Unit, here: _Sides, others: Sequence[_Sides], words: WordAlignment) -> Iterator[Found]:
    """Words of doubt or assurance in a Chinese rendering where the clause of the letter has nothing of the kind."""
    if unit.source.chinese or not unit.target.chinese:
        return
    for bend, base in WEIGHED.items():
        marker = next((m for m in here.target if m.bend is bend), None)
        if marker is None or _SAID[bend].search(unit.source.text):
            continue
        piece = _bent(unit, words, marker)
        inside = [m for m in here.source if piece.start <= m.start < piece.end]
        if _has(inside, CARRY[bend]):
            continue
        degree = _DEGREE.search(unit.source.text, piece.start, piece.end)
        if bend is Bend.SURE and not degree:
            base = UNWEIGHED
        score = base * _agreement([not _has(o.target, (bend,)) for o in others])
        source = unit.source.quoted(degree.start(), degree.end()) if degree else None
        kind = "assured" if bend is Bend.SURE else "doubted"
        found = _found(unit, kind, score, source, _phrase(unit.target, marker), bend)
        # A report may choose its words, but not how sure the author was: no discount for it.
        yield replace(found, score=min(1.0, score))


def _bent(unit: Unit, words: WordAlignment, marker: Marker) -> Span:
    """The clause of the letter that holds the counterpart of the word which a marker bends; else the whole unit."""
    after = [j for j, t in enumerate(words.target) if t.start >= marker.end and not t.light][:2]
    text = unit.source.text
    for j in after:
        k = int(words.strength[:, j].argmax()) if len(words.source) else -1
        if k >= 0 and words.strength[k, j] >= BENT:
            place = words.source[k].start
            pieces = clauses(text, unit.source.language, 0, len(text))
            return next((p for p in pieces if p.start <= place < p.end), Span(0, len(text)))
    return Span(0, len(text))


def _agreement(votes: Sequence[bool]) -> float:
    """From 0.5 where every other rendering does the same to 1.4 where none does; 1 without others."""
    return 0.5 + 0.9 * sum(votes) / len(votes) if votes else 1.0


def _phrase(passage: Passage, marker: Marker) -> Quoted | None:
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


def _found(unit: Unit, kind: str, score: float, source: Quoted | None, target: Quoted | None, bend: Bend) -> Found:
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


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="polarity",
    find=find,
    thresholds={
        "dropped": Threshold(0.425, "hedges that vanish lie above, negations put another way mostly below", _GOLD),
        "unnegated": Threshold(
            0.6, "what is negated is rendered and no negation is; put another way lies below", _GOLD
        ),
        "turned": Threshold(0.55, "another degree stands in the place of the letter's; five of five right", _GOLD),
        "doubted": Threshold(0.6, "no word of the sentence leaves room for doubt", _GOLD),
        "assured": Threshold(0.6, "the letter says would or could, and no word of it says surely", _GOLD),
        "added": Threshold(0.6, "words like 一定 often only stress what the letter says", _GOLD),
    },
    limits=(
        "Looks for any marker of a kind in the sentence, so that one of two negations lost goes unseen; "
        "Chinese renders many markers by its verbs alone."
    ),
)
