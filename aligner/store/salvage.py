"""What can still be read of a damaged SQLite file, written into a new database.

Rows are read forward, backward and one by one around the damage, and then off every page by itself (`pages.py`). A
decision counts as saved only if it has the SHA-256 that was stored with it.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table

from aligner.errors import AlignerError
from aligner.model import sha256_of
from aligner.store import pages
from aligner.store.address import of_file
from aligner.store.connection import Database
from aligner.store.copies import close_journal, making
from aligner.store.faults import StoreError
from aligner.store.rows import decision_of, line_of, now
from aligner.store.schema import KEPT, TABLES, decisions, parked
from aligner.store.values import Role, Row
from aligner.store.versions import make_ready

SMALLEST_ROW = 100
"""Bytes; so many rows at most are looked for behind the last one that could be read."""


@dataclass(frozen=True)
class Salvaged:
    """What was saved: rows by table, rows that were found but are not as they were written, keys never found.

    `unread` are the tables whose end could not be read; of these, what lay behind the last row found cannot be known.
    """

    saved: dict[str, int]
    damaged: dict[str, int]
    missing: tuple[int, ...]
    unread: tuple[str, ...]


def salvage(file: Path, to: Path) -> Salvaged:
    """Save into the new file `to` what can be read of `file`, which is not touched. Raises StoreError."""
    if not file.is_file():
        raise StoreError("there is no such file", where=str(file), hint="name the damaged file")
    if to.exists():
        raise StoreError("is there already", where=str(to), hint="name a new file")
    found: dict[str, dict[int, Row]] = defaultdict(dict)
    bad: dict[str, set[int]] = defaultdict(set)
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy.db"
        try:
            for ending in ("", "-wal"):
                with suppress(FileNotFoundError):
                    shutil.copyfile(file.with_name(file.name + ending), copy.with_name(copy.name + ending))
        except OSError as fault:
            hint = "copy the file to a sound disk and name that copy"
            raise StoreError(f"cannot be read: {fault.strerror}", where=str(file), hint=hint) from fault
        _mend_header(copy, Path(name) / "pattern.db")
        unread = _collect(copy, found, bad)
    if not any(found.values()):
        raise StoreError("nothing can be read of it", where=str(file), hint="restore a backup")
    _write(found, to)
    seqs = found["decisions"]
    return Salvaged(
        {table: len(found[table]) for table in TABLES},
        {table: len(bad[table] - found[table].keys()) for table in TABLES},
        tuple(seq for seq in range(1, max(seqs, default=0)) if seq not in seqs),
        tuple(table for table in KEPT if table in unread),
    )


def _mend_header(copy: Path, pattern: Path) -> None:
    """Make SQLite look at a copy whose first page is lost or whose end is missing.

    The first page says where tables begin; it is that of a new database, for the migrations make all alike. The size
    that a header states is believed only if two counters in it agree (https://www.sqlite.org/fileformat2.html, 1.3.7).
    """
    data = bytearray(copy.read_bytes())
    if not data.startswith(b"SQLite format 3\0"):
        database = Database(of_file(pattern))
        try:
            make_ready(database)
        finally:
            database.close()
        page = int.from_bytes(pattern.read_bytes()[16:18], "big")
        data[:page] = pattern.read_bytes()[:page]
    data[92:96] = bytes(4) if any(data[24:28]) else b"\0\0\0\1"
    copy.write_bytes(data)


def _collect(file: Path, found: dict[str, dict[int, Row]], bad: dict[str, set[int]]) -> set[str]:
    """Add every sound row of a file to `found`, and the keys of the others to `bad`.

    Gives the tables whose end could not be read.
    """
    unread: set[str] = set()
    for table, values in (*_off_the_tables(file, unread), *_off_the_pages(file)):
        row = dict(zip(table.columns.keys(), values, strict=True))
        key = values[0]
        if not isinstance(key, int) or key in found[table.name]:
            continue
        if _sound(table, row):
            found[table.name][key] = row
        else:
            bad[table.name].add(key)
    return unread


def _off_the_tables(file: Path, unread: set[str]) -> Iterator[tuple[Table, tuple[object, ...]]]:
    most = file.stat().st_size // SMALLEST_ROW
    with closing(sqlite3.connect(file)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for table in TABLES.values():
            for values in _readable(connection, table, most, unread):
                yield table, values


def _readable(
    connection: sqlite3.Connection, table: Table, most: int, unread: set[str]
) -> Iterator[tuple[object, ...]]:
    """The rows that SQLite gives: forward to the damage, backward to it, and one by one in between.

    A table that gives nothing from its end is added to `unread`.
    """
    key = next(iter(table.primary_key)).name
    columns = ", ".join(table.columns.keys())
    query = f"SELECT {columns} FROM {table.name}"  # noqa: S608 - names of our own tables
    last, first = 0, None
    try:
        for row in connection.execute(f"{query} ORDER BY {key}"):
            last = row[0] if isinstance(row[0], int) else last
            yield row
        return
    except sqlite3.Error:
        pass
    with suppress(sqlite3.Error):
        for row in connection.execute(f"{query} ORDER BY {key} DESC"):
            if not isinstance(row[0], int) or row[0] <= last:
                return
            first = row[0]
            yield row
    if first is None:
        unread.add(table.name)
    for number in range(last + 1, first if first is not None else last + most):
        with suppress(sqlite3.Error):
            yield from connection.execute(f"{query} WHERE {key} = ?", (number,))


def _off_the_pages(file: Path) -> Iterator[tuple[Table, tuple[object, ...]]]:
    """Rows whose table only their number of columns tells; no two tables have the same."""
    tables = {len(table.columns): table for table in TABLES.values()}
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for key, values in pages.rows(file.read_bytes()):
        if len(values) in tables and values[0] is None:
            yield tables[len(values)], (key, *values[1:])


def _sound(table: Table, row: Row) -> bool:
    """Whether a row is one that the store wrote, as far as that can be told."""
    if any(type(row[column.name]) is not column.type.python_type for column in table.columns):
        return False
    if table in (decisions, parked):
        try:
            return bool(sha256_of(line_of(decision_of(row))) == row["sha256"])
        except AlignerError:
            return False
    if "body" in row:
        return bool(sha256_of(row["body"]) == row["sha256"])
    if any("\ufffd" in value for value in row.values() if isinstance(value, str)):
        return False  # bytes that were no UTF-8, most likely
    return row.get("role", Role.READER) in list(Role)


def _write(found: dict[str, dict[int, Row]], to: Path) -> None:
    """Put the rows into a new database under their old numbers, so that revisions mean what they meant."""
    rows = {name: [row for _, row in sorted(found[name].items())] for name in TABLES}
    said = {row["reviewer"] for name in ("roles", "decisions", "parked") for row in rows[name]}
    lost = sorted(said - {row["name"] for row in rows["reviewers"]})
    number = max(found["reviewers"], default=0)
    rows["reviewers"] += [{"number": number + n, "name": name, "added": now()} for n, name in enumerate(lost, 1)]

    def fill(connection: Connection) -> None:
        for name, table in TABLES.items():
            if rows[name]:
                connection.execute(table.insert(), rows[name])

    with making(to) as temporary:
        database = Database(of_file(temporary))
        database.where = str(to)
        try:
            make_ready(database)
            database.write(fill)
        finally:
            database.close()
        close_journal(temporary, to)
