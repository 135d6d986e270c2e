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


def reports_dir() -> Path:
    """The folder of fault reports."""
    return home() / "reports"


def _own() -> Path | None:
    value = os.environ.get(VARIABLE, "").strip()
    return Path(value).expanduser().absolute() if value else None
