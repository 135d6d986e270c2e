"""What the store gives back, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aligner.review.decisions import Decision


class Role(StrEnum):
    """What a person may do, as sign-in said; the store keeps it on record."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Stored:
    """A decision in the log. `seq` counts from 1 without holes and is the revision that holds after it."""

    seq: int
    decision: Decision
    received: str  # ISO 8601 in UTC, by the clock of the program that stored it


@dataclass(frozen=True, slots=True)
class Parked:
    """A decision that contradicted others its author had not seen: kept, but not in the log.

    `against` are the ids of those others, `settled_by` is the id of the decision that dealt with it.
    """

    number: int
    decision: Decision
    received: str
    against: tuple[str, ...]
    settled_by: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The answer to a decision that contradicts others: both versions."""

    mine: Parked
    theirs: tuple[Stored, ...]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who decides; `role` is the one given last."""

    name: str
    role: Role
    added: str


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document by its hashes: of its bytes, and of its decoded text, which offsets count in."""

    name: str
    sha256: str
    text_sha256: str
    added: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state computed from the decisions up to `seq`, kept so that it need not be computed again."""

    letter: str
    rendering: str
    layer: str
    seq: int
    body: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that `check` found. With `unchecked` it is not wrong but could not be looked at."""

    what: str
    where: str
    hint: str
    unchecked: bool = False


Row = dict[str, Any]
"""A row as it stands in a table: column -> text or whole number."""
