"""Which version a database has, and how it becomes the newest."""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, inspect, select, text

from aligner.store.connection import Database
from aligner.store.faults import StoreError
from aligner.store.schema import HEAD, KNOWN

ABSENT = "make it with `aligner db init`, or name another with --database"
VERSION_TABLE = "alembic_version"
MIGRATIONS = Path(__file__).parent / "migrations"

_one_at_a_time = threading.Lock()  # Alembic keeps the migration at work in variables of its modules


class OldDatabaseError(StoreError):
    """A database that an older program made; `aligner db migrate` brings it up."""


def version_of(connection: Connection, where: str) -> str | None:
    """The version of the database, None when it is empty; raises StoreError when it belongs to another program."""
    names = set(inspect(connection).get_table_names())
    if not names:
        return None
    if {VERSION_TABLE, "decisions", "reviewers"} <= names:
        table = Table(VERSION_TABLE, MetaData(), autoload_with=connection)
        found = connection.execute(select(table.c.version_num)).scalars().all() if "version_num" in table.c else []
        if len(found) == 1:
            return str(found[0])
    raise StoreError(
        f"holds tables of another program ({', '.join(sorted(names)[:3])})",
        where=where,
        hint="name a database of its own for aligner",
    )


def check_version(found: str | None, where: str) -> None:
    """Refuse a database that is older or newer than this program."""
    if found == HEAD or found is None:
        return
    if found in KNOWN:
        raise OldDatabaseError(
            f"the database has version {found}, this program needs {HEAD}",
            where=where,
            hint="run `aligner db migrate`",
        )
    raise StoreError(
        f"the database has version {found}, newer than this program knows ({HEAD})",
        where=where,
        hint="install the newer aligner; nothing was changed",
    )


def prepare() -> None:
    """Load what makes a database: a seventh of a second, which whoever needs the first one then need not wait."""
    import_module("alembic.command")


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the database to a version, in the transaction of `connection` and so wholly or not at all."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _one_at_a_time:
        command.upgrade(config, to)


def make_ready(database: Database, *, must_exist: bool = False) -> None:
    """Make the tables of an empty database; refuse one of another version, or of another program."""

    def fill(connection: Connection) -> None:
        # Another process may have made the tables while this one waited for its turn.
        if version_of(connection, database.where) is None:
            _check_encoding(connection, database.where)
            upgrade(connection)

    with database.read() as connection:
        found = version_of(connection, database.where)
    check_version(found, database.where)
    if found is None and must_exist:
        raise StoreError("there is no database yet", where=database.where, hint=ABSENT)
    if found is None:
        database.write(fill)


def migrate(database: Database) -> tuple[str | None, str]:
    """Bring the database to the newest version; the version before and after."""

    def bring(connection: Connection) -> str | None:
        found = version_of(connection, database.where)
        if found not in KNOWN:
            check_version(found, database.where)
        if found != HEAD:
            upgrade(connection)
        return found

    return database.write(bring), HEAD


def _check_encoding(connection: Connection, where: str) -> None:
    if connection.dialect.name == "postgresql":
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != "UTF8":
            hint = "create it anew with ENCODING 'UTF8'"
            raise StoreError(f"the database is encoded in {encoding}", where=where, hint=hint)
