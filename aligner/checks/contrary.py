"""Opposites taken for each other: east for west, he for she, grew for shrank, every year for every month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.passages import Passage
from aligner.model import Mode, Quoted, Severity
from aligner.text.opposites import GROUPS, Side, sides

CERTAIN, LIKELY = 0.8, 0.6
"""Scores where both sides have as many words of a group, and where they do not."""
PERSONS = frozenset({"gender"})


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
                yield from _group(unit, group, peers)


def _group(unit: Unit, group: str, peers: Sequence[Unit]) -> Iterator[Found]:
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
    votes = [any(s.name == name for s in _sides(peer.target, group)) for peer in peers]
    score *= 0.5 + 0.75 * sum(votes) / len(votes) if votes else 1.0
    one = _phrase(unit.source, _odd(source, target, name))
    two = _phrase(unit.target, _odd(target, source, other))
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


def _phrase(passage: Passage, side: Side) -> Quoted | None:
    """The word with a little of what it belongs to."""
    text, start, end = passage.text, side.start, side.end
    if passage.chinese:
        while start > side.start - 2 and start > 0 and "\u4e00" <= text[start - 1] <= "\u9fff":
            start -= 1
        while end < side.end + 1 and end < len(text) and "\u4e00" <= text[end] <= "\u9fff":
            end += 1
    else:
        tail = text.find(" ", end + 1)
        end = end if text[end : end + 1] != " " else len(text) if tail < 0 else tail
    return passage.quoted(start, end)


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="contrary",
    find=find,
    thresholds={
        "exchanged": Threshold(0.56, "five of six planted exchanges lie above, and one pronoun of somebody else", _GOLD)
    },
    limits="Knows some twenty groups of opposites by their words; Chinese that leaves pronouns out is no exchange.",
)
