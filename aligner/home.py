"""Where the program may write: caches, the default database, imported letters, fault reports.

`ALIGNER_HOME` puts all of them into one folder; without it they go where the operating system
keeps such things for a user. Nothing is created here: whoever writes makes the folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

VARIABLE = "ALIGNER_HOME"
NAME = "letter-aligner"
DATABASE_VARIABLE = "ALIGNER_DATABASE_URL"
"""Names the database of decisions, where it is not `database_file`."""


def home() -> Path:
    """The folder for what is to be kept: database, imported letters, reports."""
    return _own() or platformdirs.user_data_path(NAME, appauthor=False)


def cache_dir() -> Path:
    """The folder for what can be made again; safe to delete at any time."""
    own = _own()
    return own / "cache" if own else platformdirs.user_cache_path(NAME, appauthor=False)


def vectors_dir() -> Path:
    """The folder of cached vectors."""
    return cache_dir() / "vectors"


def database_file() -> Path:
    """The file of decisions, where nobody names another."""
    return home() / "aligner.db"


def letters_dir() -> Path:
    """The folder of the reader's own letters: a corpus like any other, once there is one."""
    return home() / "letters"


def database_path(given: str | None = None) -> Path | None:
    """The file of the database called `given`, else of ALIGNER_DATABASE_URL, else `database_file`; None for a server.

    None also for an address that the store refuses. It loads no database library.
    """
    text = (given or os.environ.get(DATABASE_VARIABLE, "")).strip()
    if not text:
        return database_file()
    scheme, sign, rest = text.partition("://")
    if not sign:
        return Path(text).expanduser().absolute()
    if scheme != "sqlite" or not rest.startswith("/") or "?" in rest or rest in ("/", "/:memory:"):
        return None
    return Path(rest[1:]).expanduser().absolute()


def existing(given: str | None = None) -> bool:
    """Whether a database may be opened without making one: its file is there, or it is a server's."""
    file = database_path(given)
    return file is None or file.exists()


def reports_dir() -> Path:
    """The folder of fault reports."""
    return home() / "reports"


def _own() -> Path | None:
    value = os.environ.get(VARIABLE, "").strip()
    return Path(value).expanduser().absolute() if value else None
