"""Decisions as JSON Lines: out of the database, and into it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import print_json, printable
from aligner.cli.faults import say
from aligner.cli.review.options import CorpusOption, DatabaseOption, JsonOption
from aligner.errors import AlignerError


def import_decisions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Decisions, one a line, as 'export' writes them.")],
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add decisions from a file, each event once: all of them, or none if a line is refused."""
    from aligner.corpus import Corpus
    from aligner.pipeline import exchange
    from aligner.store import open_store
    from aligner.store.transfer import is_export

    text = exchange.read(file)
    if is_export(text.partition("\n")[0]):
        hint = "'aligner db import FILE --database NEW' reads it; 'aligner review export' writes decisions alone"
        raise AlignerError("is a whole database, not decisions one a line", where=str(file), hint=hint)
    opened = Corpus.open(corpus)
    with open_store(database) as store:
        lines = exchange.take_in(opened, store, text, str(file))
    counts = {
        state: sum(each.state == state for each in lines)
        for state in (exchange.STORED, exchange.KNOWN, exchange.PARKED, exchange.REFUSED, exchange.LEFT_OUT)
    }
    stored = not counts[exchange.REFUSED]
    if as_json:
        report = [{"line": e.number, "id": e.id, "state": e.state, "reason": e.reason} for e in lines]
        print_json({"done": stored, "counts": counts, "lines": report})
    else:
        for each in lines:
            reason = f": {printable(each.reason)}" if each.reason else ""
            print(f"line {each.number}: {each.state} {printable(each.id[:12])}".rstrip() + reason)
        print(", ".join(f"{number} {state}" for state, number in counts.items() if number) or "no decisions")
    if not stored:
        say(f"{file}: {counts[exchange.REFUSED]} lines are refused, so nothing was stored; mend or remove them")
        raise typer.Exit(2)
    if counts[exchange.PARKED]:
        raise typer.Exit(1)


def export_decisions(
    letter: Annotated[str | None, typer.Argument(metavar="[LETTER]", help="Only what is about this letter.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="A file instead of stdout.")] = None,
    corpus: CorpusOption = None,
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --out: print how many as JSON.")] = False,
) -> None:
    """Print the decisions as JSON Lines, one a line, in their order."""
    from aligner.corpus import Corpus
    from aligner.formats.files import write_atomic
    from aligner.review.decisions import dumps
    from aligner.store import open_store

    if letter is not None:
        Corpus.open(corpus).entry(letter)
    with open_store(database) as store:
        decisions = [each.decision for each in store.decisions(letter)]
    text = dumps(decisions)
    if out is None:
        sys.stdout.write(text)
        return
    write_atomic(out, text.encode())
    if as_json:
        print_json({"file": str(out), "decisions": len(decisions)})
    else:
        print(printable(f"{out}: {len(decisions)} decisions"))
