"""Small words whose loss or gain turns a statement: not, may, must, most, all, only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.bends import AGAINST, CARRY, Sides, agreement, carried, found_of, has, owed, phrase, sides_of
from aligner.checks.certainty import WEIGHED, hardened, leave_or_whatever, rendering_clause, weighed
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.denied import affirmed, clause_end, may_deny, says_opposite
from aligner.checks.passages import Passage
from aligner.checks.turns import turns
from aligner.checks.words.alignment import WordAlignment
from aligner.model import Mode, Span
from aligner.text.markers import Bend, Marker

DROPPED = {Bend.NEGATION: 0.5, Bend.NOBODY: 0.63, Bend.HEDGE: 0.6, Bend.MOST: 0.6, Bend.ONLY: 0.35, Bend.ALL: 0.3,
           Bend.NECESSITY: 0.3, Bend.MUST: 0.3, Bend.PERMISSION: 0.1, Bend.CERTAINTY: 0.3, Bend.NEARLY: 0.5,
           Bend.FEW: 0.5}  # fmt: skip
"""How telling it is that the rendering has no marker of a class at all; good Chinese does without many. Classes that
are not here say nothing by their absence, only when another class stands in their place."""
ADDED = {Bend.CERTAINTY: 0.35, Bend.NOBODY: 0.25, Bend.FEW: 0.25, Bend.NEGATION: 0.25}
SWAPPED = 0.75
OPPOSITE = 0.6
"""What remains of the score of a lost negation beside a word that says by itself what a denial says."""
SILENT = 0.17
"""What a lost negation gains where nothing in the whole rendering of the sentence can say no."""
UNNEGATED = 0.62
"""From this score a lost negation is one for sure, and is not looked for again clause by clause."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Negation, modality and quantity words (not, may, must, most, all, only) that were dropped, added or turned.

    A marker counts as rendered when the sentence's rendering has any of its kind; other renderings
    that have one, or do without, say how much its absence means.
    """
    for unit in rendering.units:
        if unit.mode is Mode.FRAGMENT:
            continue
        here = sides_of(unit)
        others = [sides_of(other) for other in _peers(rendering, context, unit)]
        words = context.evidence.words[context.places[rendering.id, unit.id]]
        found = [_placed(each, unit, words) for each in _lost(unit, here, others, _met(rendering, context, unit))]
        yield from found
        if not any(f.evidence.get("bend") == Bend.HEDGE.value for f in found):
            yield from hardened(unit, here, words)
        if not any(f.kind == "unnegated" and f.score >= UNNEGATED for f in found):
            yield from affirmed(unit, here, words)
        if not any(f.kind == "turned" for f in found):
            yield from turns(unit, words)
        turned = {f.target for f in found if f.target}
        yield from (f for f in _gained(unit, here, others) if f.target not in turned)
        yield from (f for f in weighed(unit, here, others, words) if f.target not in turned)


def _peers(rendering: Rendering, context: Context, unit: Unit) -> list[Unit]:
    number = context.places[rendering.id, unit.id]
    return [context.units[j] for j in context.evidence.peers[number]]


def _met(rendering: Rendering, context: Context, unit: Unit) -> list[tuple[int, float]]:
    """Where each content word of the source stands, and how surely it is met."""
    words = context.evidence.words[context.places[rendering.id, unit.id]]
    return [(t.start, float(met)) for t, met in zip(words.source, words.source_met, strict=True) if not t.light]


def _rendered(passage: Passage, marker: Marker, met: Sequence[tuple[int, float]]) -> float:
    """How surely the clause of a marker is rendered, as a factor from 0.3 to 1.3."""
    piece = passage.clause_at(marker.start) or Span(0, len(passage.text))
    inside = [share for start, share in met if piece.start <= start < piece.end]
    after = next((share for start, share in met if start >= marker.end), 0.0)
    return 0.3 + (sum(inside) / len(inside) + after) / 2 if inside else 0.3


def _lost(unit: Unit, here: Sides, others: Sequence[Sides], met: Sequence[tuple[int, float]]) -> Iterator[Found]:
    seen: set[Bend] = set()
    for marker in here.source:
        if marker.bend in WEIGHED or marker.bend in seen or carried(here, marker.bend):
            continue
        if marker.bend is Bend.HEDGE and leave_or_whatever(unit.source.text, marker.start, here):
            continue
        if marker.bend is Bend.NECESSITY and _exempt(marker, here):
            continue
        seen.add(marker.bend)
        turned = next((m for m in here.target if m.bend in AGAINST.get(marker.bend, ())), None)
        if turned and owed(here, turned.bend):
            turned = None
        if turned is None and marker.bend not in DROPPED:
            continue
        negated = marker.bend in {Bend.NEGATION, Bend.NOBODY}
        kind = "turned" if turned else "unnegated" if negated else "dropped"
        score = SWAPPED if turned else DROPPED[marker.bend]
        against = AGAINST.get(marker.bend, ()) if turned else ()
        votes = [has(o.target, CARRY[marker.bend]) or bool(against and not has(o.target, against)) for o in others]
        score *= agreement(votes)
        if kind == "unnegated":
            # What is negated must be there for its negation to be missing; else it is left out as a whole.
            score *= _rendered(unit.source, marker, met)
            score += 0.0 if not unit.target.chinese or may_deny(unit.target.simplified) else SILENT
            if says_opposite(unit.target.simplified):
                score *= OPPOSITE
        source = phrase(unit.source, marker)
        target = phrase(unit.target, turned) if turned else None
        yield found_of(unit, kind, score, source, target, marker.bend)


def _placed(found: Found, unit: Unit, words: WordAlignment) -> Found:
    """A lost negation with the clause that should have it, where a word shows which."""
    if found.kind != "unnegated" or found.source is None or unit.source.chinese:
        return found
    start = bisect_left(unit.source.at, found.source.start)
    piece = rendering_clause(unit, words, start)
    if piece is None:
        return found
    return replace(found, target=unit.target.quoted(piece.start, clause_end(unit.target.text, piece)))


def _exempt(marker: Marker, here: Sides) -> bool:
    """Whether a `have to` is that of `did not have to`."""
    return any(m.bend is Bend.EXEMPT and m.start <= marker.start < m.end for m in here.source)


def _gained(unit: Unit, here: Sides, others: Sequence[Sides]) -> Iterator[Found]:
    seen: set[Bend] = set()
    for marker in here.target:
        bend = marker.bend
        if bend not in ADDED or bend in seen or has(here.source, CARRY[bend]):
            continue
        seen.add(bend)
        score = ADDED[bend] * agreement([not has(o.target, (bend,)) for o in others])
        yield found_of(unit, "added", score, None, phrase(unit.target, marker), bend)


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="polarity",
    find=find,
    thresholds={
        "dropped": Threshold(0.425, "hedges that vanish lie above, negations put another way mostly below", _GOLD),
        "affirmed": Threshold(
            0.75, "the denied word has a sure counterpart in a clause that denies nothing: 8 of 10", _GOLD
        ),
        "unnegated": Threshold(
            UNNEGATED, "what is negated is rendered and no negation is; put another way lies below", _GOLD
        ),
        "turned": Threshold(
            0.55,
            "another degree stands in the place of the letter's; of 68 that lie above 65 are planted or listed",
            _GOLD,
        ),
        "doubted": Threshold(0.6, "no word of the sentence leaves room for doubt", _GOLD),
        "assured": Threshold(0.6, "the letter says would or could, and no word of it says surely", _GOLD),
        "added": Threshold(0.6, "words like 一定 often only stress what the letter says", _GOLD),
    },
    limits=(
        "Looks for most kinds of markers in the whole sentence, for negations in clauses: one of two that one clause "
        "loses often goes unseen; "
        "Chinese renders many markers by its verbs alone."
    ),
)
