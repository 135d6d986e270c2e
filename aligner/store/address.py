"""Which database is meant, and how it is named in messages."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import exc
from sqlalchemy.engine import URL, make_url

from aligner import home
from aligner.store.faults import StoreError

HINT = "give the path of a file, or postgresql://USER@HOST/DATABASE"


def address(given: str | None = None) -> URL:
    """The database called `given`, else the one of ALIGNER_DATABASE_URL, else the file in `home()`.

    A path without a scheme is an SQLite file. Raises StoreError; no message repeats an address that cannot be read,
    for it may hold a password.
    """
    text = (given or os.environ.get(home.DATABASE_VARIABLE, "")).strip()
    if not text:
        return of_file(home.database_file())
    if "://" not in text:
        return of_file(Path(text))
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError):
        raise StoreError("the address of the database cannot be read", hint=HINT) from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreError(f"{url.drivername} is no database that is known", where=hidden(url), hint=HINT)
    if url.drivername == "sqlite":
        if not url.database or url.database == ":memory:" or url.query:
            raise StoreError("a database in memory or with options is not kept", where=hidden(url), hint=HINT)
        return of_file(Path(url.database))
    return url


def of_file(path: Path) -> URL:
    """The address of an SQLite file."""
    return URL.create("sqlite", database=str(path.expanduser().absolute()))


def file_of(url: URL) -> Path | None:
    """The SQLite file that is meant, None for a server."""
    return Path(url.database) if url.drivername == "sqlite" and url.database else None


def hidden(url: URL) -> str:
    """The address for messages: a file by its path, a server without any password."""
    file = file_of(url)
    if file is not None:
        return str(file)
    secret = url.query.keys() - {"host", "port"}  # an option may hold a password too
    return url.difference_update_query(sorted(secret)).set(drivername="postgresql").render_as_string()
