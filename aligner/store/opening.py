"""Opening: which database is meant, and whether this program may use it."""

from __future__ import annotations

from pathlib import Path

from aligner.store.address import address, file_of
from aligner.store.connection import PATIENCE, Database
from aligner.store.faults import StoreError
from aligner.store.store import Store
from aligner.store.versions import ABSENT, make_ready


def open_store(url: str | None = None, *, patience: float = PATIENCE, must_exist: bool = False) -> Store:
    """The store at `url` (a path or an address), else of ALIGNER_DATABASE_URL, else `home()`'s own SQLite file.

    An absent or empty database is made; one of an older program is refused until `aligner db migrate` brought it up,
    and one of a newer program too. `patience` is how many seconds a write waits for other programs; with `must_exist`
    nothing is made. Raises StoreError, MissingExtraError without the extra `postgresql`.
    """
    return Store(open_database(url, patience=patience, must_exist=must_exist))


def open_database(url: str | None = None, *, patience: float = PATIENCE, must_exist: bool = False) -> Database:
    """The database behind `open_store`, made (unless it must exist) and checked."""
    database = reach(url, patience=patience, must_exist=must_exist)
    try:
        make_ready(database, must_exist=must_exist)
    except BaseException:
        database.close()
        raise
    return database


def reach(url: str | None = None, *, patience: float = PATIENCE, must_exist: bool = False) -> Database:
    """A database of whatever version, or none yet; the folder of a file is made."""
    found = address(url)
    file = file_of(found)
    if file is not None and must_exist and not file.exists():
        raise StoreError("there is no database yet", where=str(file), hint=ABSENT)
    if file is not None:
        _make_folder(file)
    return Database(found, patience=patience)


def _make_folder(file: Path) -> None:
    if file.is_dir():
        raise StoreError("is a folder", where=str(file), hint="name a file in it")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        hint = "name another place with --database or ALIGNER_HOME"
        raise StoreError(f"its folder cannot be made: {fault.strerror}", where=str(file), hint=hint) from fault
