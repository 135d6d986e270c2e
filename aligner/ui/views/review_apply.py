"""Operations of the Review page done at the desk: each once, each only to the reviewer's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from aligner.errors import AlignerError
from aligner.model import Finding
from aligner.pipeline.importing import event_id
from aligner.pipeline.reviewing import Desk
from aligner.review.decisions import Decision, Kind
from aligner.review.history import standing
from aligner.review.layers import own_layer
from aligner.review.typologies import Typology
from aligner.ui.outbox import Operation
from aligner.ui.views.review_said import Ground, said_by

REFER = {"retract": Kind.RETRACT, "undo": Kind.UNDO, "redo": Kind.REDO}
"""Operations about an earlier decision, named as `decision`."""


def do(desk: Desk, operation: Operation, reviewer: str, typology: Typology) -> str | None:
    """Store what the reviewer did; None when it is done. Raises AlignerError when it cannot be.

    An operation that is in the log already, or whose decision is as it should be, is done.
    """
    if not reviewer:
        raise AlignerError("nobody's word", hint="give your name first")
    letter, rendering = (str(operation.args.get(name, "")) for name in ("letter", "rendering"))
    if desk.store.knows(operation.id):
        return None
    if operation.kind in REFER:
        _refer(desk, operation, reviewer, desk.log(letter))
        return None
    value = said_by(operation, ground(desk, letter, rendering, typology))
    say = partial(desk.say, value, reviewer, letter, rendering, layer=own_layer(reviewer), id=operation.id)
    _once(desk, operation.id, say)
    return None


def _once(desk: Desk, name: str, store: Callable[[], object]) -> None:
    """Store the decision `name`; when the same operation, sent twice at once, was quicker in storing it, it is done."""
    try:
        store()
    except AlignerError:
        if not desk.store.knows(name):
            raise


def ground(desk: Desk, letter: str, rendering: str, typology: Typology) -> Ground:
    """What operations about a rendering are held against. Raises AlignerError for one that is not there."""
    texts = desk.texts(letter, rendering)
    found: Mapping[str, Finding] = {each.id: each for each in desk.published(letter, rendering).findings}
    return Ground(texts.source, texts.target, desk.corpus.letter(letter).segments, found, typology)


def _refer(desk: Desk, operation: Operation, reviewer: str, log: Sequence[Decision]) -> None:
    every = {each.id: each for each in log}
    named = every.get(str(operation.args.get("decision", "")))
    if named is None or named.reviewer != reviewer:
        raise AlignerError("no such word of yours", hint="reload the page")
    holds = {each.id for each in standing(log)}
    if operation.kind == "redo":
        if named.id not in holds:
            _once(desk, operation.id, partial(desk.refer, Kind.REDO, named, reviewer, id=operation.id))
        return
    gone = earlier(named, log) if operation.kind == "retract" else (named,)
    left = [each for each in gone if each.id in holds]
    # The operation's own id comes last: one that was broken off is gone on with when it is sent again.
    for number, each in enumerate(left, 1):
        name = operation.id if number == len(left) else event_id(operation.id, each.id)
        _once(desk, name, partial(desk.refer, REFER[operation.kind], each, reviewer, id=name))


def earlier(named: Decision, log: Sequence[Decision]) -> tuple[Decision, ...]:
    """A decision with those that would hold again without it: what it replaced, or said before of the same finding."""
    every = {each.id: each for each in log}
    if named.kind is Kind.FINDING:
        place = (named.reviewer, named.layer, named.rendering, named.payload.get("finding"))
        return tuple(
            each
            for each in log
            if each.kind is Kind.FINDING
            and (each.reviewer, each.layer, each.rendering, each.payload.get("finding")) == place
        )
    chain = [named]
    while (before := every.get(str(chain[-1].payload.get("replaces") or ""))) and before not in chain:
        chain.append(before)
    return tuple(chain)
