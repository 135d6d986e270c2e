"""What was decided, what waits, and what is to be looked at next."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.console import check_names, print_json, printable
from aligner.cli.review.commands import at_desk
from aligner.cli.review.lines import (
    decision_line,
    place_name,
    stored_line,
)
from aligner.cli.review.options import (
    Sitting,
    parked_json,
    stored_json,
)
from aligner.review.decisions import WHOLE
from aligner.review.layers import SHARED, own_layer

if TYPE_CHECKING:
    from aligner.pipeline.docket import Entry
    from aligner.pipeline.places import FoundFinding
    from aligner.store import Parked

LetterArgument = Annotated[str, typer.Argument(metavar="LETTER", help="Id of a letter ('aligner list' shows them).")]
LONG = 120
"""Characters of a reason that is given once where several decisions have it."""
OneRendering = Annotated[str | None, typer.Option("--rendering", metavar="ID", help="Only this rendering.")]


@at_desk
def list_decisions(
    at: Sitting,
    *,
    letter: LetterArgument,
    rendering: OneRendering = None,
    orphans: Annotated[bool, typer.Option("--orphans", help="Only decisions that fit no longer, and why.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Only findings that you have not judged.")] = False,
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only conflicts that wait to be settled.")] = False,
) -> None:
    """List the decisions about a letter, the findings you have not judged, and the conflicts."""
    from aligner.pipeline import docket

    every = not (orphans or open_ or conflicts)
    check_names(at.desk.corpus, letter, [rendering] if rendering else [])
    entries = docket.entries(at.desk, letter, rendering) if every or orphans else ()
    if orphans:
        entries = tuple(each for each in entries if each.state == "orphaned")
    found = docket.open_findings(at.desk, at.reviewer, [letter], rendering) if every or open_ else ()
    parked = docket.waiting(at.desk, letter) if every or conflicts else ()
    parked = tuple(each for each in parked if rendering in (None, each.decision.rendering))
    if at.as_json:
        print_json(
            {
                "letter": letter,
                "revision": at.desk.store.revision(),
                "reviewer": at.reviewer,
                "decisions": [entry_json(each) for each in entries],
                "open": [found_json(each) for each in found],
                "conflicts": [parked_json(each) for each in parked],
            }
        )
        return
    print(f"{printable(letter)}: revision {at.desk.store.revision()}, reviewer {printable(at.reviewer)}")
    if every or orphans:
        _decisions(at, entries, "orphaned decisions" if orphans else "decisions")
    if every or conflicts:
        _conflicts(at, parked)
    if every or open_:
        _open(found, detailed=open_)


def _decisions(at: Sitting, entries: tuple[Entry, ...], what: str) -> None:
    print(f"\n{what}: {len(entries) or 'none'}")
    numbers, last, reasons = at.numbers, "", _repeated(entries)
    for each in entries:
        if each.stored.decision.rendering != last:
            last = each.stored.decision.rendering
            print(f"{'the letter as a whole' if last == WHOLE else printable(last)}")
        print(f"  {stored_line(each.stored, numbers)}{_state(each, reasons)}")
    for reason, number in reasons.items():
        print(f"  ({number}) {printable(reason)}")


def _repeated(entries: tuple[Entry, ...]) -> dict[str, int]:
    """Long reasons that several decisions have, such as a document that cannot be read, numbered from 1."""
    counts = Counter(each.reason for each in entries if len(each.reason) > LONG)
    return {reason: number for number, reason in enumerate((r for r, n in counts.items() if n > 1), 1)}


def _state(entry: Entry, reasons: dict[str, int]) -> str:
    layer = entry.stored.decision.layer
    where = f" ({printable(layer)})" if layer not in (SHARED, own_layer(entry.stored.decision.reviewer)) else ""
    if entry.state in ("holds", "done"):
        return where
    why = f"see ({reasons[entry.reason]}) below" if entry.reason in reasons else printable(entry.reason)
    reason = f": {why}" if why else ""
    return f"{where} [{entry.state}{reason}]"


def _conflicts(at: Sitting, parked: tuple[Parked, ...]) -> None:
    print(f"\nconflicts: {len(parked) or 'none'}")
    numbers = at.numbers
    log = {each.decision.id: each for each in at.desk.store.decisions()} if parked else {}
    for each in parked:
        name = f"p{each.number} {printable(each.decision.reviewer)}"
        print(f"  mine    {name}: {decision_line(each.decision, numbers)} ({place_name(each.decision)})")
        for other in each.against:
            print(f"  theirs  {stored_line(log[other], numbers)}")
        print(f"  settle  aligner review settle p{each.number} --keep mine|theirs")


def _open(found: tuple[FoundFinding, ...], *, detailed: bool) -> None:
    if not detailed:
        print(f"\nfindings to judge: {len(found) or 'none'}" + ("; --open lists them" if found else ""))
        return
    print(f"\nfindings to judge: {len(found) or 'none'}")
    for each in found:
        finding = each.finding
        place = "several renderings" if each.rendering == WHOLE else each.rendering
        print(f"  {finding.id} {printable(place)} {finding.severity.value} {finding.category}: "
              f"{printable(finding.messages['en'])}")  # fmt: skip


def entry_json(entry: Entry) -> dict[str, Any]:
    """A decision with how it fares."""
    return stored_json(entry.stored) | {"state": entry.state, "reason": entry.reason}


def found_json(found: FoundFinding) -> dict[str, Any]:
    """A finding with where it was found."""
    from aligner.formats.finding_json import finding_json

    return {"letter": found.letter, "rendering": found.rendering, **finding_json(found.finding)}
