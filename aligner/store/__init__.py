"""The database of reviewers' decisions (docs/store.md): SQLite on one machine, PostgreSQL for a team.

store.py        Store, what the rest of the program uses; opening.py finds and opens one
log.py          appending, contradictions, reading back
copies.py       backup and restoring; checking.py, salvage.py
people.py       reviewers, typologies, documents; snapshots.py
transfer.py     export, import and the state's hash
schema.py       the tables; migrations/ makes them
connection.py   transactions; faults.py puts a database's answers into words
"""

from aligner.store.faults import DamagedError, LockedError, StoreError
from aligner.store.opening import open_store
from aligner.store.store import Store
from aligner.store.values import (
    Conflict,
    Fault,
    KnownDocument,
    Parked,
    Reviewer,
    Role,
    Snapshot,
    Stored,
)
from aligner.store.versions import prepare

__all__ = [
    "Conflict",
    "DamagedError",
    "Fault",
    "KnownDocument",
    "LockedError",
    "Parked",
    "Reviewer",
    "Role",
    "Snapshot",
    "Store",
    "StoreError",
    "Stored",
    "open_store",
    "prepare",
]
