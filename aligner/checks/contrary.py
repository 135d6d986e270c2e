"""Opposites taken for each other: east for west, he for she, grew for shrank, every year for every month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.passages import Passage
from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.tokens import Token
from aligner.model import Mode, Quoted, Severity
from aligner.text.opposites import GROUPS, Side, sides

CERTAIN, LIKELY = 0.8, 0.6
"""Scores where both sides have as many words of a group, and where they do not."""
PERSONS = frozenset({"gender"})
NAMED = frozenset({"gender", "sex", "department", "officer", "committee", "vice", "bound"})
"""Groups of which good Chinese does without: a rendering with no word of them says nothing of the others."""
PERSONS_NAMES = frozenset({"he", "she"})


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Opposites that were exchanged: directions, left and right, up and down, he and she, morning and evening.

    A class that the letter has and the rendering has not, while the rendering has its opposite and the
    letter has not; other renderings that have the class make it surer.
    """
    for unit in rendering.units:
        if unit.mode is Mode.FRAGMENT:
            continue
        reported = unit.mode is Mode.INDIRECT  # then the author is he or she
        number = context.places[rendering.id, unit.id]
        peers = [context.units[j] for j in context.evidence.peers[number]]
        for group in GROUPS:
            if not (reported and group in PERSONS):
                yield from _group(unit, group, peers, context.evidence.words[number])


def _group(unit: Unit, group: str, peers: Sequence[Unit], words: WordAlignment) -> Iterator[Found]:
    source, target = _sides(unit.source, group), _sides(unit.target, group)
    if not source or not target:
        return
    ours, theirs = Counter(s.name for s in source), Counter(s.name for s in target)
    if group in PERSONS:  # Chinese leaves pronouns out and repeats others: only their kind counts
        ours, theirs = Counter(set(ours)), Counter(set(theirs))
    lost, gained = ours - theirs, theirs - ours
    if not lost or not gained:
        return
    even = sum(ours.values()) == sum(theirs.values()) and sum(lost.values()) == 1
    score = CERTAIN if even else LIKELY
    name, other = next(iter(lost)), next(iter(gained))
    votes = [
        any(s.name == name for s in found)
        for peer in peers
        if (found := _sides(peer.target, group)) or group not in NAMED
    ]
    score *= 0.5 + 0.75 * sum(votes) / len(votes) if votes else 1.0
    one = _phrase(unit.source, _odd(source, target, name), words.source)
    two = _phrase(unit.target, _odd(target, source, other), words.target)
    yield Found(
        "exchanged",
        "accuracy/mistranslation",
        Severity.MINOR if group in PERSONS else Severity.MAJOR,
        min(1.0, score),
        one,
        two,
        {"source": one.text if one else "", "target": two.text if two else ""},
        {"group": group, "letter": name, "rendering": other},
        unit=unit.id,
    )


def _sides(passage: Passage, group: str) -> tuple[Side, ...]:
    return sides(passage.simplified, group, chinese=passage.chinese)


def _odd(own: Sequence[Side], other: Sequence[Side], name: str) -> Side:
    """Of the words of class `name` the one that stands where the other side has another class."""
    for one, two in zip(own, other, strict=False):
        if one.name == name and two.name != name:
            return one
    return next(side for side in own if side.name == name)


def _phrase(passage: Passage, side: Side, tokens: Sequence[Token]) -> Quoted | None:
    """The whole word with the one before it (Chinese) and the one after it where these are no function words."""
    inside = [k for k, t in enumerate(tokens) if t.start < side.end and side.start < t.end]
    if not inside:
        return passage.quoted(side.start, side.end)
    first, last = inside[0], inside[-1]
    start, end = min(side.start, tokens[first].start), max(side.end, tokens[last].end)
    before = tokens[first - 1] if passage.chinese and first > 0 else None
    if before and not before.light and before.end == start:
        start = before.start
    if side.name in PERSONS_NAMES:
        return passage.quoted(start, max(end, tokens[min(last + 2, len(tokens) - 1)].end))
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after and not after.light and after.start - end <= (0 if passage.chinese else 1):
        end = after.end
    return passage.quoted(start, end)


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="contrary",
    find=find,
    thresholds={"exchanged": Threshold(0.53, "of 47 that lie above 46 are planted or listed", _GOLD)},
    limits="Knows some groups of opposites by their words; Chinese that leaves pronouns out is no exchange.",
)
