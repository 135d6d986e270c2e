"""Disagreements that somebody settles: who said what, what is settled already, and what then holds.

An adjudication leaves the reviewers' words as they are (`pipeline.settling`); so a disagreement stays one, and is open
as long as a word that it is about stands without an outcome.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aligner.errors import AlignerError
from aligner.pipeline.disputes import Dispute
from aligner.pipeline.linking import ENGINE
from aligner.pipeline.placing import Placing
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.settling import outcome_of
from aligner.review.decisions import Decision, Kind
from aligner.review.judgements import Judgements
from aligner.review.layers import SHARED
from aligner.review.said import Adjudication, Mark, Score, Verdict

Word = tuple[Decision, Mark | Score | Verdict]
Spot = tuple[bool, str]
"""Whether it is a score, and the sentence's id (empty for the whole rendering)."""


@dataclass(frozen=True)
class Contested:
    """A disagreement with the words of each of its two sides, and the adjudications that settle some of them."""

    dispute: Dispute
    sides: tuple[tuple[Word, ...], ...]
    settled: tuple[tuple[Decision, Adjudication], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The decisions that it is about."""
        return tuple(decision.id for side in self.sides for decision, _ in side)

    @property
    def open(self) -> bool:
        """Whether a word of it has no outcome yet; what is about no word of anybody's is settled elsewhere."""
        done = {name for _, each in self.settled for name in each.settles}
        return not self.ids or not set(self.ids) <= done


def contested(
    disputes: Sequence[Dispute], said: Mapping[str, Judgements], placings: Mapping[str, Placing]
) -> tuple[Contested, ...]:
    """`disputes` between reviewers in their order, with what `said` (by rendering) has of them.

    Where the engine, or what all correct together, has a link that the other has not, nobody contradicts anybody.
    """
    homes = {name: _homes(ours, placings[name]) for name, ours in said.items()}
    found = []
    for dispute in disputes:
        people = [name for name in dispute.between if name not in (ENGINE, SHARED)]
        if len(people) < 2:
            continue
        ours = said[dispute.rendering]
        sides: tuple[tuple[Word, ...], ...] = ()
        if dispute.about != ("link",):
            here = homes[dispute.rendering].get(_spot(dispute), ())
            mine = tuple(tuple(word for word in here if word[0].reviewer == name) for name in people)
            sides = _with_dismissals(mine, ours, people)
        ids = {decision.id for side in sides for decision, _ in side}
        settled = tuple(pair for pair in ours.adjudications if ids & set(pair[1].settles))
        found.append(Contested(dispute, sides, settled))
    return tuple(found)


def _spot(dispute: Dispute) -> Spot:
    return dispute.about == ("score",), dispute.sentence.id if dispute.sentence else ""


def _homes(said: Judgements, placing: Placing) -> dict[Spot, list[Word]]:
    """Every error and every score by the sentence that it counts with."""
    found: dict[Spot, list[Word]] = {}
    for decision, score in said.scores:
        name = placing.sentence(score.sentence).id if score.sentence else ""
        found.setdefault((True, name), []).append((decision, score))
    marks: list[tuple[Decision, Mark | Verdict, Mark | None]] = [(d, m, m) for d, m in said.errors]
    marks += [(d, v, v.mark) for d, v in said.verdicts]
    for decision, value, mark in marks:
        if mark is not None:
            found.setdefault((False, placing.home(mark.annotation(decision)).id), []).append((decision, value))
    return found


def _with_dismissals(
    sides: tuple[tuple[Word, ...], ...], said: Judgements, people: Sequence[str]
) -> tuple[tuple[Word, ...], ...]:
    """The sides with what each dismissed of the findings that the other accepted."""
    accepted = {value.finding for side in sides for _, value in side if isinstance(value, Verdict)}
    return tuple(
        (*side, *((d, v) for d, v in said.verdicts if d.reviewer == who and not v.accepted and v.finding in accepted))
        for who, side in zip(people, sides, strict=True)
    )


def settle(
    desk: Desk,
    adjudicator: str,
    place: tuple[str, str],
    kept: Sequence[str],
    dropped: Sequence[str],
    reason: str,
    event: str,
) -> None:
    """Of these decisions about `place` (letter, rendering) the `kept` hold as they are, the `dropped` do not.

    All of them get an outcome. The adjudications are named after `event`: doing it again changes nothing. Raises
    AlignerError for a decision that does not hold, or where there is none.
    """
    log = {each.id: each for each in desk.log(place[0]) if each.rendering == place[1]}
    if missing := [name for name in (*kept, *dropped) if name not in log]:
        raise AlignerError(f"no decision {missing[0]!r} about {place[1]}", hint="reload the page and look again")
    if not kept and not dropped:
        raise AlignerError("there is nothing to settle", hint="settle what reviewers marked or scored")
    outcomes = [outcome_of(desk, log[name]) for name in kept]
    for name in dropped:
        outcome_of(desk, log[name])
    rulings = [Adjudication((name,), outcome, reason) for name, outcome in zip(kept, outcomes, strict=True)]
    if rulings:
        rulings[0] = Adjudication((*kept[:1], *dropped), outcomes[0], reason)
    else:
        rulings = [Adjudication(tuple(dropped), None, reason)]
    for number, ruling in enumerate(rulings):
        name = f"{event}-{number}" if number else event
        if name not in log:
            desk.say(ruling, adjudicator, *place, id=name)


def reopen(desk: Desk, adjudicator: str, place: tuple[str, str], about: Sequence[str]) -> None:
    """Take back this adjudicator's own rulings on these decisions; those of others stay."""
    for decision, ruling in desk.judgements(*place).adjudications:
        if decision.reviewer == adjudicator and set(about) & set(ruling.settles):
            desk.refer(Kind.RETRACT, decision, adjudicator)
