"""`aligner db`: the database of decisions, made, brought up, checked, copied and saved."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.console import print_json, printable, progress
from aligner.cli.faults import say

if TYPE_CHECKING:
    from aligner.corpus import Corpus
    from aligner.store import Fault, Store

commands = typer.Typer()

Database = Annotated[
    str | None,
    typer.Option("--database", metavar="DB", help="A file, or postgresql://USER@HOST/NAME. Default: in ALIGNER_HOME."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print for a program to read.")]

Count = Any
"""`(done, of how many)`, as the store calls it."""


@commands.callback(invoke_without_command=True)
def database_commands(context: typer.Context) -> None:
    """Keep the database of reviewers' decisions: make it, check it, copy it, save it."""
    if context.invoked_subcommand is None:
        print(context.get_help())


@commands.command("init")
def init(database: Database = None, as_json: AsJson = False) -> None:
    """Make the database, unless it is there already."""
    from aligner.store.opening import open_database, reach
    from aligner.store.schema import HEAD
    from aligner.store.versions import version_of

    there = reach(database)
    try:
        new = there.file is not None and not there.file.exists()
        if not new:
            with there.read() as connection:
                new = version_of(connection, there.where) is None
    finally:
        there.close()
    open_database(database).close()
    _told({"database": there.where, "version": HEAD, "new": new}, as_json,
          f"{there.where}: {'made' if new else 'is there already'}, version {HEAD}")  # fmt: skip


@commands.command("migrate")
def migrate(database: Database = None, as_json: AsJson = False) -> None:
    """Bring a database that an older program made to the newest version; a file is copied first."""
    from aligner.store.copies import copy_before_migrating
    from aligner.store.opening import reach
    from aligner.store.versions import check_version
    from aligner.store.versions import migrate as bring

    with _closing(reach(database, must_exist=True)) as opened:
        with progress() as show:
            show("copying", 0, 1)
            copy = copy_before_migrating(opened)
            show("migrating", 0, 1)
            before, after = bring(opened)
        check_version(after, opened.where)
    if copy is not None:
        say(f"{copy}: a copy of version {before}; delete it when all is well")
    line = f"already version {after}" if before == after else f"version {before or 'none'} is now {after}"
    value = {"database": opened.where, "before": before, "after": after, "copy": str(copy) if copy else None}
    _told(value, as_json, f"{opened.where}: {line}")


@commands.command("check")
def check(
    database: Database = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml, for the documents.")] = None,
    as_json: AsJson = False,
) -> None:
    """Look whether every row is as it was written and every span gives its text; exit with 1 when not."""
    from aligner.corpus import Corpus
    from aligner.pipeline.states import verifier

    with _store(database) as opened:
        with progress() as show:
            show("checking", 0, 1)
            known = Corpus.open(corpus)
            texts, today = _texts(known)
            found = opened.check(texts.get, verifier(known), today)
        size = opened.count()
    faults = [each for each in found if not each.unchecked]
    if as_json:
        print_json({"database": opened.where, "decisions": size, "faults": [_fault(each) for each in faults],
                    "unchecked": [_fault(each) for each in found if each.unchecked]})  # fmt: skip
    else:
        for each in found:
            head = "not checked" if each.unchecked else "fault"
            print(printable(f"{head}: {each.where}: {each.what}; {each.hint}"))
        wrong = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
        print(f"{printable(opened.where)}: {size} decisions, {wrong}, {len(found) - len(faults)} not checked")
    if faults:
        raise typer.Exit(1)


@commands.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new SQLite file.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Copy what the database holds at this moment into a file; others may go on working."""
    with _store(database) as opened, progress() as show:
        rows = opened.backup(file, lambda done, total: show("backup", done, total))
    _told({"file": str(file), "rows": rows}, as_json, f"{file}: {rows} rows")


@commands.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `aligner db backup` wrote.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Fill an empty database, or one not made yet, with a backup: all of it or nothing."""
    with _store(database, must_exist=False) as opened:
        with progress() as show:
            rows = opened.restore(file, lambda done, total: show("restoring", done, total))
        state = opened.state_hash()
    value = {"database": opened.where, "rows": rows, "state": state}
    _told(value, as_json, f"{opened.where}: {rows} rows, state {state}")


@commands.command("export")
def export(
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="A file instead of stdout.")] = None,
    database: Database = None,
    decisions: Annotated[bool, typer.Option("--decisions", help="The log alone, one decision a line.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print everything as JSON Lines; the last line carries the hash of the state."""
    from aligner.formats.files import write_atomic
    from aligner.review.decisions import dumps

    with _store(database) as opened:
        if decisions:
            lines = dumps(each.decision for each in opened.decisions()).splitlines(keepends=True)
            _write_lines(lines, out, write_atomic)
        else:
            with progress() as show, opened.export(lambda done, total: show("exporting", done, total)) as found:
                lines = list(found) if out is not None or as_json else []
                _write_lines(lines or found, out, write_atomic)
    if out is not None:
        rows = len(lines) - (0 if decisions else 2)
        _told({"file": str(out), "rows": rows}, as_json, f"{out}: {rows} rows")


def _write_lines(lines: Any, out: Path | None, write: Any) -> None:
    if out is not None:
        write(out, "".join(lines).encode("ascii"))
        return
    for line in lines:
        sys.stdout.write(line)


@commands.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An export, or decisions one a line.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Read an export into an empty database, or decisions into any: all or nothing, and each event once."""
    from aligner.errors import DocumentError
    from aligner.store.transfer import is_export

    try:
        text = file.read_text(encoding="utf-8")
    except OSError as fault:
        raise DocumentError(f"cannot be read: {fault.strerror}", where=str(file), hint="name an export") from fault
    except UnicodeDecodeError as fault:
        raise DocumentError("is not UTF-8", where=str(file), hint="give the file as it was exported") from fault
    lines = text.splitlines(keepends=True)
    with _store(database, must_exist=False) as opened, progress() as show:
        show("importing", 0, len(lines))
        if lines and is_export(lines[0]):
            rows = opened.import_lines(lines, str(file))
            value, line = {"rows": rows}, f"{rows} rows"
        else:
            value, line = _import_decisions(opened, text, str(file))
    _told({"database": opened.where, **value}, as_json, f"{opened.where}: {line}")


def _import_decisions(opened: Store, text: str, where: str) -> tuple[dict[str, int], str]:
    from aligner.errors import AlignerError
    from aligner.pipeline import exchange

    lines = exchange.take_in(None, opened, text, where)
    for each in lines:
        if each.state == exchange.REFUSED:
            raise AlignerError(each.reason, where=f"{where}, line {each.number}", hint="nothing was stored")
    states = [each.state for each in lines]
    new, parked, known = (states.count(name) for name in (exchange.STORED, exchange.PARKED, exchange.KNOWN))
    return (
        {"appended": new, "parked": parked, "known": known},
        f"{new} decisions appended, {parked} parked because they contradict others, {known} known already",
    )


@commands.command("salvage")
def salvage(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A damaged SQLite file; it is only read.")],
    to: Annotated[Path, typer.Argument(metavar="NEW", help="A new SQLite file for what can be saved.")],
    as_json: AsJson = False,
) -> None:
    """Save what can be read of a damaged file into a new one, and say what was lost; exit with 1 if something was."""
    from aligner.store.salvage import salvage as save

    with progress() as show:
        show("reading", 0, 1)
        report = save(file, to)
    lost = sum(report.damaged.values()) + len(report.missing) + len(report.unread)
    if as_json:
        print_json({"file": str(to), "saved": report.saved, "damaged": report.damaged, "missing": list(report.missing),
                    "unread": list(report.unread)})  # fmt: skip
    else:
        counts = ", ".join(f"{number} {name}" for name, number in report.saved.items() if number)
        print(f"{printable(str(to))}: saved {counts}")
        for name, number in report.damaged.items():
            if number:
                print(f"lost: {number} {name} that were found but are not as they were written")
        if report.missing:
            print(f"lost: decisions {', '.join(_ranges(report.missing))}")
        if report.unread:
            print(f"lost, if they were there: {', '.join(report.unread)} behind the last that was saved; "
                  "the end of these tables could not be read")  # fmt: skip
    if lost:
        raise typer.Exit(1)


def _ranges(numbers: tuple[int, ...]) -> Iterator[str]:
    start = last = numbers[0]
    for number in (*numbers[1:], 0):
        if number != last + 1:
            yield str(start) if start == last else f"{start} to {last}"
            start = number
        last = number


@contextmanager
def _store(database: str | None, *, must_exist: bool = True) -> Iterator[Store]:
    from aligner.store import open_store

    with open_store(database, must_exist=must_exist) as opened:
        yield opened


@contextmanager
def _closing(opened: Any) -> Iterator[Any]:
    try:
        yield opened
    finally:
        opened.close()


def _told(value: dict[str, Any], as_json: bool, line: str) -> None:
    if as_json:
        print_json(value)
    else:
        print(printable(line))


def _fault(fault: Fault) -> dict[str, str]:
    return {"what": fault.what, "where": fault.where, "hint": fault.hint}


def _texts(opened: Corpus) -> tuple[dict[str, str], dict[str, str]]:
    """Text by SHA-256, and SHA-256 by name, of the documents of a corpus; one that cannot be read is told
    and left out."""
    from aligner.errors import AlignerError

    texts: dict[str, str] = {}
    today: dict[str, str] = {}
    for entry in opened.manifest.documents:
        try:
            document = opened.document(entry.file)
        except AlignerError as fault:
            say(str(fault))
            continue
        texts[document.text_sha256] = document.text
        today[document.name] = document.text_sha256
    return texts, today
