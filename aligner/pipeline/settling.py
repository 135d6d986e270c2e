"""What is done about decisions themselves: taking back, re-attaching, settling conflicts and disagreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Quoted, Status
from aligner.pipeline.docket import GONE, entries
from aligner.pipeline.marking import changed
from aligner.pipeline.places import source_words, target_words
from aligner.pipeline.publishing import of_rendering
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.typologies import of_version
from aligner.review.anchoring import located
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import REFERRING, WHOLE, Decision, Kind
from aligner.review.edits import Action, Edit
from aligner.review.history import redoable, standing, undoable
from aligner.review.judgements import Texts
from aligner.review.layers import PUBLISHED, own_layer
from aligner.review.parts import Bead, quoted_json, quoted_of
from aligner.review.payloads import said
from aligner.review.replay import placed
from aligner.review.said import Adjudication, Emended, Mark, Said, Score, Verdict
from aligner.review.spans import payload_spans
from aligner.store import Conflict, Parked, Stored

Placed = tuple[str, Quoted]
"""`source` or `target`, and the words."""


def last_word(
    desk: Desk, reviewer: str, place: tuple[str, str] | None, layer: str | None, *, undone: bool = False
) -> Decision | None:
    """What undo (with `undone`: redo) would reach: the reviewer's last, of a rendering and of a layer if given."""
    log = [each.decision for each in desk.store.decisions(place[0] if place else None)]
    if place:
        log = list(of_rendering(log, place[1]))
    layers = dict.fromkeys(each.layer for each in log if layer in (None, each.layer))
    rooms = dict.fromkeys((each.letter, each.rendering) for each in log)
    found: list[Decision] = []
    for room in rooms:
        ours = [each for each in log if (each.letter, each.rendering) == room]
        for each in layers:
            found += (redoable if undone else undoable)(ours, reviewer, each)[-1:]
    # An undo names what it undid: redo takes what was undone last, not what was said last.
    names = [each.payload["decision"] if undone and each.kind is Kind.UNDO else each.id for each in log]
    last = {name: number for number, name in enumerate(names)}
    return max(found, key=lambda each: last[each.id], default=None)


def take_back(desk: Desk, decision: Decision, reviewer: str) -> Stored | Conflict:
    """Retract a decision for good; only its own reviewer can, and only one that holds. Raises AlignerError."""
    if decision.kind in REFERRING:
        raise AlignerError(f"a decision of kind {decision.kind} is not retracted", hint="undo or redo instead")
    if decision.reviewer != reviewer:
        raise AlignerError(f"it is {decision.reviewer}'s, and only its author retracts it",
                           hint="decide yourself, or adjudicate")  # fmt: skip
    if decision.id not in {each.id for each in standing(desk.log(decision.letter))}:
        raise AlignerError("it does not hold any more", hint="nothing is left to retract")
    return desk.refer(Kind.RETRACT, decision, reviewer)


def reattach(
    desk: Desk, decision: Decision, reviewer: str, *, source: Sequence[str] = (), target: Sequence[str] = ()
) -> tuple[tuple[Placed, Placed], ...]:
    """Say where the words of an orphaned decision stand now; `(from, to)` of every span that moved.

    `source` and `target` name, in their order, new places for those that stand nowhere; the rest is found by itself.
    Anybody may do so; the decision keeps its author and words. Raises AlignerError when places are missing or too many.
    """
    here = entries(desk, decision.letter, decision.rendering)
    (entry,) = (each for each in here if each.stored.decision.id == decision.id)
    if entry.state != "orphaned":
        raise AlignerError(f"the decision is not orphaned but {entry.state}", hint="only orphans are re-attached")
    if entry.reason == GONE:
        raise AlignerError("its finding is not found any more, and it has no words to attach", hint="retract it")
    now = {each.id: each for each in standing(desk.log(decision.letter))}[decision.id]
    texts = desk.texts(decision.letter, decision.rendering)
    alignment = desk.corpus.automatic(decision.letter, decision.rendering) if decision.rendering != WHOLE else None
    wanted = {
        "source": [source_words(desk.corpus, decision.letter, alignment, each) for each in source],
        "target": [target_words(texts.target, alignment, each) for each in target],
    }
    moves: list[tuple[Placed, Placed]] = []
    for side, old in spans_of_payload(now.payload):
        new = words_today(now, side, old, texts)
        if new is None:
            if not wanted[side]:
                raise AlignerError(
                    f"its words {old.text!r} stand nowhere in the {'letter' if side == 'source' else 'rendering'} now",
                    hint=f"say where with --{side}, once for each such place, in this order",
                )
            new = wanted[side].pop(0)
        moves.append(((side, old), (side, new)))
    if left := wanted["source"] + wanted["target"]:
        raise AlignerError(f"{left[0].text!r} is not needed: the other places are found", hint="leave it out")
    spans = [{"side": s, "from": quoted_json(old), "to": quoted_json(new)} for (s, old), (_, new) in moves]
    desk.refer(Kind.REATTACH, decision, reviewer, spans=spans)
    return tuple(each for each in moves if each[0] != each[1])


def words_today(decision: Decision, side: str, quoted: Quoted, texts: Texts) -> Quoted | None:
    """Where words of a decision, as it was re-attached last, stand in today's texts; None where they are lost."""
    try:
        if side == "source":
            return located(quoted, decision.source_sha256, texts.source_sha256, texts.source)
        return located(quoted, decision.target_sha256, texts.target_sha256, texts.target)
    except AlignerError:
        return None


def spans_of_payload(payload: dict[str, Any]) -> tuple[Placed, ...]:
    """Every span that a payload names, once, in the order of the documents, the letter's first."""
    found = {(side or "target", quoted_of(span)) for side, span, _ in payload_spans(payload)}
    return tuple(sorted(found, key=lambda each: (each[0], each[1].start, each[1].end)))


def settle(
    desk: Desk,
    parked: Parked,
    reviewer: str,
    *,
    keep_parked: bool,
    id: str | None = None,  # noqa: A002 - the field's name
) -> Stored | Conflict:
    """Settle a conflict: say the parked word again, now seeing the other, or leave it at what stands.

    The other word stays in the log either way; `id` is the event's key. Raises AlignerError when it is settled
    already, or fits no longer.
    """
    if parked.settled_by is not None:
        raise AlignerError(f"p{parked.number} is settled already", hint="'aligner review list LETTER' shows what waits")
    mine = parked.decision
    if not keep_parked:
        return desk.refer(Kind.RETRACT, mine, reviewer, id=id, settles=mine.id)
    value = today(desk, mine)
    if value is None:
        raise AlignerError("it says nothing of its own", where=f"p{parked.number}", hint="keep the other")
    return desk.say(value, reviewer, mine.letter, mine.rendering, layer=mine.layer, id=id, settles=mine.id)


def today(desk: Desk, decision: Decision) -> Said | None:
    """What a contestable decision says, with its spans in today's texts. Raises AlignerError when they are gone."""
    value = said(decision)
    texts = desk.texts(decision.letter, decision.rendering)
    if isinstance(value, Edit):
        return placed(decision, desk.automatic(decision.letter, decision.rendering), texts.source, texts.target)
    if isinstance(value, Emended):
        spot = located(value.emendation, decision.source_sha256, texts.source_sha256, texts.source)
        return replace(value, emendation=spot)
    return value


def outcome_of(desk: Desk, decision: Decision) -> Mark | Score | Verdict:
    """The error, score or verdict that a standing decision says, in today's texts. Raises AlignerError."""
    found = desk.judgements(decision.letter, decision.rendering)
    for each, value in (*found.errors, *found.scores, *found.verdicts):
        if each.id == decision.id and isinstance(value, Mark | Score | Verdict):
            return value
    for each, ruling in found.adjudications:
        if each.id == decision.id and ruling.outcome is not None:
            return ruling.outcome
    raise AlignerError("it is no error, score or verdict that holds", where=f"decision {decision.id}",
                       hint="adjudicate errors, scores and verdicts on findings")  # fmt: skip


def adjudicate(
    desk: Desk, reviewer: str, about: Sequence[Decision], outcome: Mark | Score | Verdict | None, reason: str
) -> Stored | Conflict:
    """Record what holds of these decisions, all about one rendering; they stay as they are. Raises AlignerError.

    Scores are settled apart from errors, and only those of one sentence together.
    """
    places = {(each.letter, each.rendering) for each in about}
    if len(places) > 1:
        raise AlignerError("they are about several renderings", hint="adjudicate each rendering by itself")
    values = [outcome_of(desk, each) for each in about]
    if len({isinstance(value, Score) for value in values}) > 1:
        raise AlignerError("some are scores and some are not", hint="adjudicate scores by themselves")
    if len({value.sentence for value in values if isinstance(value, Score)}) > 1:
        raise AlignerError("they score different sentences", hint="adjudicate each sentence by itself")
    ((letter, rendering),) = places
    return desk.say(Adjudication(tuple(each.id for each in about), outcome, reason), reviewer, letter, rendering)


def layer_edit(desk: Desk, letter: str, rendering: str, of: str) -> tuple[Edit, tuple[Bead, ...]]:
    """What makes one reviewer's alignment the published one, and the confirmed links that it would take back.

    Raises UnknownNameError, with those who did, for somebody who corrected nothing in a layer of their own;
    AlignerError where nothing would change.
    """
    log = standing(of_rendering(desk.log(letter), rendering))
    known = {each.reviewer for each in log if each.kind is Kind.REPLACE and each.layer == own_layer(each.reviewer)}
    if of not in known:
        raise UnknownNameError("layer of a reviewer", of, sorted(known), where=f"rendering {rendering}")
    theirs = desk.state(letter, rendering, own_layer(of)).alignment
    edit = desk.editor(letter, rendering).become(part_of_alignment(theirs), Action.IMPORT)
    sure = {bead.key for bead in edit.after.beads if bead.status is Status.CONFIRMED}
    return edit, tuple(b for b in edit.before.beads if b.status is Status.CONFIRMED and b.key not in sure)


def publish_layer(desk: Desk, adjudicator: str, letter: str, rendering: str, edit: Edit) -> Stored | Conflict:
    """Make one reviewer's alignment the published one (`layer_edit`), as a decision of the adjudicator."""
    return desk.say(edit, adjudicator, letter, rendering, layer=PUBLISHED)


def with_changes(
    desk: Desk, outcome: Mark | Score | Verdict, score: float | None, **changes: Any
) -> Mark | Score | Verdict:
    """An outcome with another score, or with another category, severity, comment or correction.

    Raises AlignerError when it has no such thing.
    """
    if score is not None:
        if not isinstance(outcome, Score):
            raise AlignerError("a score holds only of scores", hint="name decisions that score")
        return replace(outcome, score=score)
    if all(value is None for value in changes.values()):
        return outcome
    mark = outcome.mark if isinstance(outcome, Verdict) else outcome
    if not isinstance(mark, Mark):
        raise AlignerError("a category or severity holds only of errors", hint="name decisions that mark errors")
    mark = changed(mark, of_version(mark.typology, mark.version, desk.store), **changes)
    return replace(outcome, mark=mark) if isinstance(outcome, Verdict) else mark
