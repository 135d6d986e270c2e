"""What a database answers when something is wrong, in words: what happened, where, and what to try."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy import exc

from aligner.errors import AlignerError


class StoreError(AlignerError):
    """The database cannot do what was asked: full, read-only, locked, away, damaged, of another version."""


class LockedError(StoreError):
    """Another program holds the database; the same call may work a moment later."""


class DamagedError(StoreError):
    """The file is no database or a damaged one."""


FULL = ("no room left to write", "free some room and do it again; what was acknowledged is kept", StoreError)
READ_ONLY = (
    "may be read but not written",
    "give write permission to the file and its folder, or name a copy in another folder with --database",
    StoreError,
)
LOCKED = ("locked by another program", "close it, or try again in a moment", LockedError)
UNREACHABLE = (
    "cannot be opened",
    "check that the folder exists and may be read and written, or name a copy in another folder with --database",
    StoreError,
)
BROKEN_DISK = ("the disk or the file system reports a fault", "check the disk and the room left on it", StoreError)
DAMAGED = (
    "damaged, or no database of this program",
    "`aligner db salvage` saves what can be read; or restore a backup",
    DamagedError,
)
LOST = (
    "connection lost or refused",
    "check that the server runs, then do it again: the same decision counts once",
    StoreError,
)
REFUSED = ("the server refuses the login", "check user, password and database in the address", StoreError)
MISSING = ("there is no such database", "create it first, for instance with createdb", StoreError)
FORBIDDEN = ("this user may not do that", "ask the server's administrator for the rights", StoreError)
READ_ONLY_SERVER = ("the server takes no changes now", "connect to the primary server", StoreError)

UNKNOWN = "check the address and its options; `aligner db check` looks at the database itself"

Entry = tuple[str, str, type[StoreError]]

BY_SQLITE: dict[int, Entry] = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_CANTOPEN: UNREACHABLE,
    sqlite3.SQLITE_IOERR: BROKEN_DISK,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
"""By primary result code (https://www.sqlite.org/rescode.html)."""

BY_STATE: dict[str, Entry] = {
    "53100": FULL,
    "25006": READ_ONLY_SERVER,
    "55P03": LOCKED,
    "28": REFUSED,
    "3D000": MISSING,
    "42501": FORBIDDEN,
    "57P": LOST,
    "08": LOST,
}
"""By the beginning of SQLSTATE (PostgreSQL, appendix A)."""


@contextlib.contextmanager
def told(where: str) -> Iterator[None]:
    """Raise what the database raises as StoreError; `where` is its name without passwords."""
    try:
        yield
    except exc.TimeoutError as fault:
        raise LockedError("busy: too many requests at once", where=where, hint="try again in a moment") from fault
    except exc.DBAPIError as fault:
        raise explain(fault, where) from fault
    except sqlite3.Error as fault:
        raise _of_sqlite(fault, where) from fault


def explain(fault: exc.DBAPIError, where: str) -> StoreError:
    """The StoreError for a driver's fault; one that is not known keeps the driver's first line."""
    original = fault.orig
    if isinstance(original, sqlite3.Error):
        return _of_sqlite(original, where)
    state = getattr(original, "sqlstate", None) or ""
    for beginning, entry in BY_STATE.items():
        if state.startswith(beginning):
            return _made(entry, str(original), where)
    text = str(original)
    if not state and ("authentication failed" in text or 'role "' in text):
        return _made(REFUSED, text, where)
    if not state and "does not exist" in text:
        return _made(MISSING, text, where)
    if isinstance(fault, exc.OperationalError | exc.InterfaceError) or fault.connection_invalidated:
        return _made(LOST, text, where)
    return StoreError(f"the database refuses: {_line(text)}", where=where, hint=UNKNOWN)


def _of_sqlite(fault: sqlite3.Error, where: str) -> StoreError:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code in BY_SQLITE:
        return _made(BY_SQLITE[code], str(fault), where)
    return StoreError(f"the database refuses: {_line(str(fault))}", where=where, hint=UNKNOWN)


def _made(entry: Entry, detail: str, where: str) -> StoreError:
    what, hint, kind = entry
    return kind(f"{what} ({_line(detail)})", where=where, hint=hint)


def _line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no details")
