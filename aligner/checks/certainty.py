"""How sure the author was, and how sure the rendering makes them: may that became will, would have that became may."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aligner.checks.base import Found
from aligner.checks.bends import CARRY, Sides, agreement, found_of, has, phrase
from aligner.checks.context import Unit
from aligner.checks.words.alignment import WordAlignment
from aligner.model import Span
from aligner.text.markers import Bend, Marker

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
_WOULD = re.compile(r"\bwould(?: not| never)? (?:be|have) \w+", re.IGNORECASE)
_DEGREE = re.compile(r"\b(?:would|could|might|may|should)(?: (?:not|never))?(?: (?:be|have) \w+| \w+)", re.IGNORECASE)
HARDENED = 0.65
SEEN = 0.5
"""Strength from which a word behind may or might shows where its clause is rendered."""
_MAY = re.compile(r"\b(?:may(?! \d)|might|could)\b")
_SHALL = re.compile(r"将(?![军来近])")
_WILL = re.compile(rf"(?<![不事员董协理学大议年商工社机])会(?![议员长场计])|{_SHALL.pattern}|必(?!要)")
_WHATEVER = re.compile(r"\b(?:what|how|when|(?:what|who|which|where|how|when)ever)(?: \w+){0,2} $", re.IGNORECASE)
_NOT_WILL = re.compile(r"[绝决]?不会|不用|不必|无法|不能|[\u4e00-\u9fff]不[过了起住]")
_SHOULD = re.compile(r"\bshould(?= (?!have\b|not\b|never\b|be able)\w+)")
_DONE = re.compile(r"已(?:经|由|被|获)?(?![知故])")
_PERFECT = re.compile(r"\b(?:already|has|have|had|by now)\b")
_OUGHT = re.compile(r"(?<!不)(?:应当|应该|必须|务必|应(?=[由在于将把向])|须(?![臾知]))")
_DUE = (Bend.HEDGE, Bend.PERHAPS, Bend.NECESSITY, Bend.MUST, Bend.CERTAINTY)
_LEFT_OPEN = (Bend.PERHAPS, Bend.PERMISSION, Bend.NEARLY)
_OPEN = (Bend.HEDGE, *_LEFT_OPEN)


def weighed(unit: Unit, here: Sides, others: Sequence[Sides], words: WordAlignment) -> Iterator[Found]:
    """Words of doubt or assurance in a Chinese rendering where the clause of the letter has nothing of the kind."""
    if unit.source.chinese or not unit.target.chinese:
        return
    for bend, base in WEIGHED.items():
        marker = next((m for m in here.target if m.bend is bend), None)
        if marker is None or _SAID[bend].search(unit.source.text):
            continue
        piece = _bent(unit, words, marker)
        inside = [m for m in here.source if piece.start <= m.start < piece.end]
        if has(inside, CARRY[bend]):
            continue
        degree = _DEGREE.search(unit.source.text, piece.start, piece.end)
        if degree is None and unit.target.simplified[marker.start : marker.end] != "一定":
            degree = _WOULD.search(unit.source.text)
        if bend is Bend.SURE and not degree:
            base = UNWEIGHED
        score = base * agreement([not has(o.target, (bend,)) for o in others])
        source = unit.source.quoted(degree.start(), degree.end()) if degree else None
        kind = "assured" if bend is Bend.SURE else "doubted"
        found = found_of(unit, kind, score, source, phrase(unit.target, marker), bend)
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
            return unit.source.clause_at(place) or Span(0, len(text))
    return Span(0, len(text))


def leave_or_whatever(text: str, start: int, here: Sides) -> bool:
    """Whether the `may` at `start` gives or refuses leave, or stands behind `whatever`: then it is no doubt."""
    if not re.match(r"may\b", text[start:], re.IGNORECASE):
        return bool(_WHATEVER.search(text[:start]))
    if _WHATEVER.search(text[:start]) or has(here.target, (Bend.PERMISSION, Bend.FORBIDDEN)):
        return True
    refused = text[start:].lower().startswith("may not") or has(here.source, (Bend.NEGATION, Bend.NOBODY))
    return refused and has(here.target, (Bend.NEGATION, Bend.NOBODY))


def hardened(unit: Unit, here: Sides, words: WordAlignment) -> Iterator[Found]:
    """`Might lead to a fine` that became `will be fined`, `should pay` that became `has paid`, clause by clause."""
    if unit.source.chinese or not unit.target.chinese:
        return
    doubts = list(_MAY.finditer(unit.source.simplified))
    text = unit.target.simplified
    for match in doubts:
        if _WHATEVER.search(unit.source.text[: match.start()]):
            continue
        piece = rendering_clause(unit, words, match.end())
        inside = [m for m in here.target if piece and piece.start <= m.start < piece.end]
        ought = _OUGHT.search(text, piece.start, piece.end) if piece and match[0] == "may" else None
        if piece is None or has(inside, _LEFT_OPEN if ought else _OPEN):
            continue
        denied = re.match(r" (?:not|never)\b", unit.source.text[match.end() :])
        if denied and match[0] == "could":
            continue  # was not able to
        will = (_NOT_WILL if denied else _SHALL if match[0] == "could" else _WILL).search(text, piece.start, piece.end)
        will = will or (None if denied else ought)
        if will:
            yield turned(unit, match, will)
    for match in _SHOULD.finditer(unit.source.simplified):
        piece = rendering_clause(unit, words, match.end())
        if piece is None or any(m.bend in _DUE and piece.start <= m.start < piece.end for m in here.target):
            continue
        done = _DONE.search(text, piece.start, piece.end)
        if done and not _WILL.search(text, piece.start, piece.end) and not _PERFECT.search(unit.source.text):
            yield turned(unit, match, done)


def turned(unit: Unit, ours: re.Match[str], theirs: re.Match[str]) -> Found:
    """The finding that `ours` of the letter became `theirs`."""
    source = phrase(unit.source, Marker(ours.start(), ours.end(), Bend.HEDGE))
    target = phrase(unit.target, Marker(theirs.start(), theirs.end(), Bend.MOST))
    return found_of(unit, "turned", HARDENED, source, target, Bend.HEDGE)


def rendering_clause(unit: Unit, words: WordAlignment, place: int) -> Span | None:
    """The clause of the rendering in which the words behind `place` of the letter are rendered."""
    for k in [k for k, t in enumerate(words.source) if t.start >= place and not t.light][:4]:
        j = int(words.strength[k].argmax()) if len(words.target) else -1
        if j >= 0 and words.strength[k, j] >= SEEN:
            return unit.target.clause_at(words.target[j].start)
    return None
