"""`aligner review`: what reviewers decide, stored, listed, taken back and settled (docs/review.md).

options.py       what all share: who decides, which database, the answer to a decision; commands.py opens the desk
lines.py         decisions, links and findings in words
looking.py       list; showing.py show and next
judging.py       accept, dismiss, error, score, comment, suggest, emend
spot.py          the rendering that a word on quality is about
linking.py       links; absences.py what renders nothing, and realign; bench.py what both work on
working.py       work, assign, adjudicate, publish
taking_back.py   undo, redo, retract, reattach, settle
files.py         import, export
"""

from __future__ import annotations

from collections.abc import Callable

import typer

from aligner.cli.review import absences, files, judging, linking, looking, showing, taking_back, working

commands = typer.Typer()


@commands.callback(invoke_without_command=True)
def review_commands(context: typer.Context) -> None:
    """Review a letter's renderings: judge findings, mark errors, score, correct links; nothing is overwritten."""
    if context.invoked_subcommand is None:
        print(context.get_help())


LOOK = "Look"
JUDGE = "Judge the rendering"
ALIGN = "Correct the alignment"
BACK = "Take back and settle"
WORK = "Work and adjudication"
FILES = "Files"

COMMANDS: dict[str, dict[str, Callable[..., None]]] = {
    LOOK: {"next": showing.next_finding, "list": looking.list_decisions, "show": showing.show},
    JUDGE: {
        "accept": judging.accept,
        "dismiss": judging.dismiss,
        "error": judging.error,
        "score": judging.score,
        "comment": judging.comment,
        "suggest": judging.suggest,
        "emend": judging.emend,
    },
    ALIGN: {
        "confirm": linking.confirm,
        "reject": linking.reject,
        "link": linking.link,
        "unlink": linking.unlink,
        "merge": linking.merge,
        "split": linking.split,
        "move": linking.move,
        "mode": linking.mode,
        "absent": absences.absent,
        "residue": absences.residue,
        "unmark": absences.unmark,
        "realign": absences.realign,
    },
    BACK: {
        "undo": taking_back.undo,
        "redo": taking_back.redo,
        "retract": taking_back.retract,
        "reattach": taking_back.reattach,
        "settle": taking_back.settle,
    },
    WORK: {
        "work": working.work,
        "assign": working.assign,
        "adjudicate": working.adjudicate,
        "publish": working.publish,
        "people": working.people,
    },
    FILES: {"import": files.import_decisions, "export": files.export_decisions},
}
"""Heading in the help -> command -> what runs."""

for heading, group in COMMANDS.items():
    for name, function in group.items():
        commands.command(name, rich_help_panel=heading)(function)
