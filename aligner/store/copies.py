"""Backups and restoring: from either kind of database into one SQLite file, and back into an empty database."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from aligner.store import transfer
from aligner.store.address import of_file
from aligner.store.connection import Database
from aligner.store.faults import StoreError, told
from aligner.store.schema import HEAD, KNOWN
from aligner.store.transfer import Progress
from aligner.store.versions import check_version, make_ready, migrate, version_of


def backup(database: Database, to: Path, progress: Progress | None = None) -> int:
    """Write what the database holds at this moment, while others go on writing, into a new SQLite file; its rows.

    The file is complete and on the disk when it gets its name. Raises StoreError, also when `to` is there already.
    """
    if to.exists():
        raise StoreError("is there already", where=str(to), hint="name another file; a backup is never overwritten")
    with making(to) as temporary:
        target = Database(of_file(temporary))
        target.where = str(to)
        try:
            make_ready(target)
            with database.read() as source:
                lines = transfer.lines(source, progress)
                rows = target.write(lambda connection: transfer.fill(connection, lines, database.where))
        finally:
            target.close()
        close_journal(temporary, to)
    return rows


def restore(database: Database, file: Path, progress: Progress | None = None) -> int:
    """Fill an empty database with a backup, all or nothing; how many rows. The backup is only read."""
    with _readable(file) as source, source.read() as connection:

        def work(empty: Connection) -> int:
            return transfer.fill(empty, transfer.lines(connection, progress), database.where)

        return database.write(work)


def copy_before_migrating(database: Database) -> Path | None:
    """A copy of an SQLite file beside it, whatever its version; None for a server, or when there is nothing to copy."""
    if database.file is None or not database.file.is_file():
        return None
    with database.read() as connection:
        found = version_of(connection, database.where)
    if found not in KNOWN or found == HEAD:
        return None
    to = database.file.with_name(f"{database.file.name}.version-{found}-{secrets.token_hex(4)}")
    with making(to) as temporary, told(str(to)):
        _copy(database.file, temporary)
        close_journal(temporary, to)
    return to


@contextmanager
def _readable(file: Path) -> Iterator[Database]:
    """The backup as a database of the newest version: itself, or a migrated copy of an older one."""
    if not file.is_file():
        raise StoreError("there is no such file", where=str(file), hint="name a file that `aligner db backup` wrote")
    with contextlib.ExitStack() as stack:
        source = _opened(stack, file, read_only=True)
        with source.read() as connection:
            found = version_of(connection, source.where)
        if found is None:
            raise StoreError("holds nothing", where=str(file), hint="name a file that `aligner db backup` wrote")
        if found in KNOWN and found != HEAD:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            with told(str(file)):
                _copy(file, folder / "older.db")
            source = _opened(stack, folder / "older.db", read_only=False)
            migrate(source)
        else:
            check_version(found, source.where)
        yield source


def _opened(stack: contextlib.ExitStack, file: Path, *, read_only: bool) -> Database:
    database = Database(of_file(file), read_only=read_only)
    stack.callback(database.close)
    return database


@contextmanager
def making(to: Path) -> Iterator[Path]:
    """A temporary file beside `to` that takes its name at the end of the block, or vanishes."""
    temporary = to.with_name(f".{to.name}.{secrets.token_hex(4)}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        if to.exists():
            raise FileExistsError
        temporary.replace(to)
        _sync_folder(to.parent)
    except OSError as fault:
        what = "is there already" if isinstance(fault, FileExistsError) else f"cannot be written: {fault.strerror}"
        raise StoreError(what, where=str(to), hint="name another file or make room") from fault
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            temporary.with_name(temporary.name + ending).unlink(missing_ok=True)


def _copy(file: Path, to: Path) -> None:
    source = sqlite3.connect(file)
    try:
        target = sqlite3.connect(to)
        try:
            source.backup(target)
        finally:
            target.close()
    finally:
        source.close()


def close_journal(file: Path, where: Path) -> None:
    """Leave one file that can be read from a folder where nothing may be written."""
    with told(str(where)):
        connection = sqlite3.connect(file, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
