"""Connections: SQLite and PostgreSQL set up so that what is acknowledged is on the disk and reads see one state."""

from __future__ import annotations

import importlib.util
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, exc, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

from aligner.errors import MissingExtraError
from aligner.store.address import file_of, hidden
from aligner.store.faults import LockedError, StoreError, told

PATIENCE = 30.0
"""Seconds that a write waits for other programs before it gives up."""

ONE_TRY = 5.0
"""Seconds that SQLite waits by itself where it must, as in opening a file."""

SHORT = 50
"""Milliseconds that SQLite waits by itself for its turn to write."""

LOCK = 0x616C6967
"""The advisory lock of PostgreSQL that one writer holds at a time: `alig`."""

T = TypeVar("T")


class Database:
    """One database: a pool of connections that may be used from many threads; each process opens its own.

    `read` gives a transaction in which every statement sees the same state, `write` one that no other writer shares.
    """

    def __init__(self, url: URL, *, patience: float = PATIENCE, read_only: bool = False) -> None:
        self.url = url
        self.file = file_of(url)
        self.where = hidden(url)
        self.patience = patience
        self.read_only = read_only
        self._turn = threading.Lock()  # threads queue here in order, where SQLite would let them try at random
        if self.file is not None:
            self.engine = _sqlite(url, patience, read_only)
        else:
            self.engine = _postgresql(url, patience)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database until the end of the block; raises StoreError."""
        with told(self.where), self.engine.connect() as connection:
            if self.file is None:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, done in one transaction that is on the disk when this returns.

        One writer at a time. `work` is called again while the database is locked, until `patience` is over. Raises
        StoreError; then nothing of `work` was stored, but for a connection lost just as the server stored it: doing
        the same again is always safe, for an id counts once.
        """
        end = time.monotonic() + self.patience
        if not self._turn.acquire(timeout=self.patience):
            raise LockedError("busy: another thread is writing", where=self.where, hint="try again in a moment")
        try:
            while True:
                try:
                    return self._once(work)
                except LockedError:
                    if time.monotonic() >= end:
                        raise
                    time.sleep(random.uniform(0.001, 0.02))  # noqa: S311 - spreads the tries, hides nothing
        finally:
            self._turn.release()

    def _once(self, work: Callable[[Connection], T]) -> T:
        with (
            told(self.where),
            self.engine.connect() as connection,
            connection.execution_options(aligner_writes=True).begin(),
        ):
            if self.file is None:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            return work(connection)

    def close(self) -> None:
        """Close all connections; SQLite then folds its journal into the file."""
        self.engine.dispose()


def _sqlite(url: URL, patience: float, read_only: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        path = str(url.database)
        name = f"file:{quote(path)}?mode=ro" if read_only else path
        # Transactions are begun below and not by Python's module, which would begin them too late.
        made = sqlite3.connect(
            name, timeout=min(ONE_TRY, patience), isolation_level=None, check_same_thread=False, uri=read_only
        )
        try:
            made.execute("PRAGMA foreign_keys = ON")
            made.execute("PRAGMA synchronous = FULL")
            if not read_only:
                made.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            made.close()
            raise
        return made

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("aligner_writes", False):
            connection.exec_driver_sql("BEGIN")
            return
        # SQLite asks ever more rarely the longer it waits, so that newcomers overtake; `Database.write` asks steadily.
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {SHORT}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(1000 * min(ONE_TRY, patience))}")

    return engine


def _postgresql(url: URL, patience: float) -> Engine:
    if importlib.util.find_spec("psycopg") is None:
        raise MissingExtraError(
            "PostgreSQL needs psycopg", where=hidden(url), hint='pip install "letter-aligner[postgresql]"'
        )
    # Whoever waits for a server that has vanished from the network is to be told, not kept waiting for hours.
    limits = {"connect_timeout": max(2, round(min(patience, 10))), "tcp_user_timeout": 30_000}
    limits = {name: value for name, value in limits.items() if name not in url.query}
    try:
        # With "read committed", whatever the server's default is, a writer sees what was committed while it waited for
        # its turn. A connection that the server dropped since its last use is replaced before it is used again.
        engine = create_engine(url, pool_pre_ping=True, connect_args=limits, isolation_level="READ COMMITTED")
    except exc.ArgumentError:
        raise StoreError("the address of the database cannot be read", hint="check its options") from None

    @event.listens_for(engine, "connect")
    def limit(connection: Any, _: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {max(1, round(1000 * patience))}")
        connection.commit()

    return engine
