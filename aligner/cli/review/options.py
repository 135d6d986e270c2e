"""What the commands of `aligner review` share: options, who decides, and the answer to a decision."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.console import print_json, printable
from aligner.cli.faults import say
from aligner.cli.review.lines import action_name, decision_line, edit_lines, place_name, stored_line
from aligner.errors import AlignerError
from aligner.review import layers

if TYPE_CHECKING:
    from aligner.model import Alignment
    from aligner.pipeline.reviewing import Desk
    from aligner.review.said import Said
    from aligner.store import Conflict, Stored

VARIABLE = "ALIGNER_REVIEWER"


class Layer(StrEnum):
    """Which layer an alignment is corrected in."""

    SHARED = layers.SHARED
    OWN = "own"
    PUBLISHED = layers.PUBLISHED


CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="Folder with letters.toml.")]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="DB", help="A file, or postgresql://USER@HOST/NAME. Default: in ALIGNER_HOME."),
]
ReviewerOption = Annotated[
    str | None,
    typer.Option("--reviewer", metavar="NAME", help=f"Who decides. Default: {VARIABLE}, else the system's user."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print for a program to read.")]
LayerOption = Annotated[Layer, typer.Option("--layer", help="The team's layer, your own, or the adjudicated one.")]
SeenOption = Annotated[
    int | None,
    typer.Option("--seen", metavar="REVISION", min=0, help="The revision that you looked at. Default: the newest."),
]
RenderingArgument = Annotated[
    str, typer.Argument(metavar="RENDERING", help="Id of a rendering ('aligner list' shows them).")
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="PLACE", help="In the letter: words, s3 or START:END; may be repeated."),
]
TargetOption = Annotated[
    list[str] | None,
    typer.Option("--target", metavar="PLACE", help="In the rendering: words, t3 or START:END; may be repeated."),
]


@dataclass(frozen=True)
class Sitting:
    """A reviewer at the desk."""

    desk: Desk
    reviewer: str
    as_json: bool

    def layer(self, chosen: Layer) -> str:
        """The name of a layer."""
        return layers.own_layer(self.reviewer) if chosen is Layer.OWN else chosen.value

    @property
    def numbers(self) -> dict[str, int]:
        """The number of every decision by its id."""
        return {each.decision.id: each.seq for each in self.desk.store.decisions()}

    def decide(self, value: Said, letter: str, rendering: str, **more: Any) -> None:
        """Store what is said and print the answer; exit with 1 for a conflict."""
        self.told(self.desk.say(value, self.reviewer, letter, rendering, **more))

    def told(self, answer: Stored | Conflict, before: Alignment | None = None, after: Alignment | None = None) -> None:
        """Print the answer to a decision; exit with 1 for a conflict."""
        from aligner.review.decisions import Kind
        from aligner.review.edits import edit_of
        from aligner.store import Conflict

        if isinstance(answer, Conflict):
            self.contested(answer)
            raise typer.Exit(1)
        if self.as_json:
            print_json(stored_json(answer))
            return
        place = f"{place_name(answer.decision)}: "
        if answer.decision.kind is not Kind.REPLACE:
            print(f"{place}{stored_line(answer, self.numbers)}")
            return
        edit = edit_of(answer.decision)
        print(f"{place}#{answer.seq} {printable(self.reviewer)}: {action_name(edit, answer.decision.layer)}")
        print("\n".join(edit_lines(edit, before, after)))

    def contested(self, conflict: Conflict) -> None:
        """Both versions of a conflict, and how to settle it."""
        mine = conflict.mine
        if self.as_json:
            print_json({"conflict": {"parked": parked_json(mine), "theirs": [stored_json(e) for e in conflict.theirs]}})
            return
        numbers = self.numbers
        print("conflict: it contradicts what was decided since you looked; it is kept, and nothing changed")
        print(f"  mine    p{mine.number} {printable(mine.decision.reviewer)}: {decision_line(mine.decision, numbers)}")
        for each in conflict.theirs:
            print(f"  theirs  {stored_line(each, numbers)}")
        print(f"settle it: aligner review settle p{mine.number} --keep mine")
        print(f"       or: aligner review settle p{mine.number} --keep theirs")


@contextmanager
def sitting(*, corpus: Path | None, database: str | None, reviewer: str | None, as_json: bool) -> Iterator[Sitting]:
    """The desk, opened for a command; says on stderr who decides where nobody was named."""
    from aligner.corpus import Corpus
    from aligner.pipeline.reviewing import Desk
    from aligner.store import open_store

    name = who(reviewer)
    opened = Corpus.open(corpus)
    with open_store(database) as store:
        yield Sitting(Desk(opened, store), name, as_json)


def who(given: str | None) -> str:
    """The reviewer: as given, else ALIGNER_REVIEWER, else the system's user name, which is said on stderr."""
    import os

    named = (given if given is not None else os.environ.get(VARIABLE, "")).strip()
    if named:
        return named
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError) as fault:
        raise AlignerError("nobody is named", hint=f"give --reviewer, or set {VARIABLE}") from fault
    say(f"reviewer {printable(name)}, as the system calls you; --reviewer or {VARIABLE} names another")
    return name


def stored_json(stored: Stored) -> dict[str, Any]:
    """A decision of the log as plain JSON values."""
    return {"number": stored.seq, "received": stored.received, **decision_json(stored.decision)}


def parked_json(parked: Any) -> dict[str, Any]:
    """A parked decision as plain JSON values."""
    more = {"against": list(parked.against), "settled_by": parked.settled_by}
    return {"parked": parked.number, "received": parked.received, **more, **decision_json(parked.decision)}


def decision_json(decision: Any) -> dict[str, Any]:
    """A decision's fields, as a line of the log has them."""
    import json

    from aligner.review.decisions import dumps

    fields: dict[str, Any] = json.loads(dumps([decision]))
    return fields
