"""Undoing, redoing, retracting, re-attaching, and settling conflicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import print_json, printable
from aligner.cli.review.commands import at_desk
from aligner.cli.review.lines import decision_line, edit_lines, place_name, short
from aligner.cli.review.options import (
    Layer,
    Sitting,
    SourceOption,
    TargetOption,
    decision_json,
)
from aligner.errors import AlignerError

if TYPE_CHECKING:
    from aligner.model import Alignment
    from aligner.review.decisions import Decision

DecisionArgument = Annotated[
    str, typer.Argument(metavar="DECISION", help="Number of a decision (12), or how its id begins.")
]
PlaceArgument = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", help="Only what concerns this rendering, or this letter as a whole."),
]
OneLayer = Annotated[Layer | None, typer.Option("--layer", help="Only what stands in this layer.")]

FATES = {
    "holds": "it holds again",
    "adapted": "it holds again, adapted to the alignment of today",
    "replaced": "it has its place again, but nothing of it is left:",
    "orphaned": "it is still orphaned:",
    "taken back": "it is taken back",
}
"""How a re-attached decision fares, by the state that the docket gives it; a reason follows where there is one."""


@at_desk
def undo(
    at: Sitting,
    *,
    name: PlaceArgument = None,
    layer: OneLayer = None,
) -> None:
    """Take back your last decision that holds; nobody else's is touched."""
    _back(at, name, layer, undone=False)


@at_desk
def redo(
    at: Sitting,
    *,
    name: PlaceArgument = None,
    layer: OneLayer = None,
) -> None:
    """Do again what you undid last; a new decision in between ends what can be redone."""
    _back(at, name, layer, undone=True)


def _back(at: Sitting, name: str | None, layer: Layer | None, *, undone: bool) -> None:
    from aligner.pipeline.places import any_place
    from aligner.pipeline.settling import last_word
    from aligner.review.decisions import Kind

    place = any_place(at.desk.corpus, name) if name else None
    found = last_word(at.desk, at.reviewer, place, at.layer(layer) if layer else None, undone=undone)
    if found is None:
        verb = "redo" if undone else "undo"
        raise AlignerError(
            f"nothing for {at.reviewer} to {verb}", hint="'aligner review list LETTER' shows what was decided"
        )
    kind = Kind.REDO if undone else Kind.UNDO
    _changed(at, found, kind.value, lambda: at.desk.refer(kind, found, at.reviewer))


@at_desk
def retract(
    at: Sitting,
    *,
    decision: DecisionArgument,
) -> None:
    """Take back one decision of yours for good, whatever came after it; it stays in the log."""
    from aligner.pipeline.places import decision as find
    from aligner.pipeline.settling import take_back

    found = find(at.desk.store.decisions(), decision).decision
    _changed(at, found, "retract", lambda: take_back(at.desk, found, at.reviewer))


def _changed(at: Sitting, about: Decision, verb: str, do: Callable[[], object]) -> None:
    """Do something about a decision and say what it changed."""
    from aligner.review.decisions import Kind

    ours = about.kind is Kind.REPLACE
    before = _state(at, about) if ours else None
    do()
    if at.as_json:
        print_json({"done": verb, "decision": {"number": at.numbers[about.id], **decision_json(about)}})
        return
    numbers = at.numbers
    print(
        f"{place_name(about)}: {verb} #{numbers[about.id]} {printable(about.reviewer)}: {decision_line(about, numbers)}"
    )
    if before is not None and (after := _state(at, about)) is not None:
        for line in _difference(before, after):
            print(line)


def _state(at: Sitting, about: Decision) -> Alignment | None:
    from aligner.review.layers import TOGETHER

    try:
        layer = None if about.layer in TOGETHER else about.layer
        return at.desk.state(about.letter, about.rendering, layer).alignment
    except AlignerError:  # not built, or from other documents: nothing to compare
        return None


def _difference(before: Alignment, after: Alignment) -> list[str]:
    from aligner.review.conversion import part_of_alignment
    from aligner.review.edits import Action, difference

    try:
        edit = difference(part_of_alignment(before), part_of_alignment(after), Action.IMPORT)
    except AlignerError:
        return ["  the alignment stays as it is"]
    return edit_lines(edit, before, after)


@at_desk
def reattach(
    at: Sitting,
    *,
    decision: DecisionArgument,
    source: SourceOption = None,
    target: TargetOption = None,
) -> None:
    """Say where the words of an orphaned decision stand now; it keeps its author."""
    from aligner.pipeline import settling
    from aligner.pipeline.docket import entries
    from aligner.pipeline.places import decision as find

    found = find(at.desk.store.decisions(), decision)
    moves = settling.reattach(at.desk, found.decision, at.reviewer, source=source or (), target=target or ())
    here = entries(at.desk, found.decision.letter, found.decision.rendering)
    (entry,) = (each for each in here if each.stored.decision.id == found.decision.id)
    if at.as_json:
        spans = [{"side": s, "from": old.text, "to": new.text} for (s, old), (_, new) in moves]
        print_json({"decision": found.decision.id, "state": entry.state, "reason": entry.reason, "moved": spans})
        return
    fate = " ".join(filter(None, (FATES[entry.state], entry.reason)))
    print(f"{place_name(found.decision)}: re-attached #{found.seq}; {fate}")
    for (side, old), (_, new) in moves:
        print(f"  {side} {short(old.text)} -> {short(new.text)} at {new.start}:{new.end}")


@at_desk
def settle(
    at: Sitting,
    *,
    parked: Annotated[str, typer.Argument(metavar="PARKED", help="What 'list' shows as p1, p2, ...")],
    keep: Annotated[str, typer.Option(metavar="mine|theirs", help="The parked word, or what stands.")],
) -> None:
    """Settle a conflict: say the parked word again, or leave it at what stands."""
    from aligner.pipeline.places import parked as find
    from aligner.pipeline.settling import settle as settled

    if keep not in ("mine", "theirs"):
        raise AlignerError(f"{keep!r} cannot be kept", hint="write mine (the parked word) or theirs (what stands)")
    waiting = find(at.desk.store.parked(), parked)
    at.told(settled(at.desk, waiting, at.reviewer, keep_parked=keep == "mine"))
