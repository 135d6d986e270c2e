"""The store: what reviewers decided, in one database that only grows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection

from aligner.model import Document
from aligner.review.decisions import Decision, Kind
from aligner.review.typologies import Typology
from aligner.store import checking, copies, log, people, snapshots, transfer
from aligner.store.connection import Database
from aligner.store.values import Conflict, Fault, KnownDocument, Parked, Reviewer, Role, Snapshot, Stored


class Store:
    """An open database of the newest version.

    One instance may be used from many threads at once; another process opens its own (do not use one across a fork).
    What a writing method has returned is on the disk. Every method raises StoreError when the database fails; then
    nothing was stored, or, where a connection broke at the last moment, doing it again gives the first answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def where(self) -> str:
        """The database for messages: a path, or an address without password."""
        return self._database.where

    def close(self) -> None:
        """Close all connections; the store cannot be used afterwards."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Decisions

    def append(self, decision: Decision, documents: Iterable[Document] = ()) -> Stored | Conflict:
        """Append a decision, or park it beside what it contradicts and give both versions back.

        `documents` are those that it refers to: their names and hashes are kept with it, the first time.
        The same decision again gives the first answer. Raises AlignerError for an id that another decision has, for a
        revision that is still to come, and for `settles` in the payload that names nothing parked.
        """
        return self.append_all((decision,), documents)[0]

    def append_all(
        self, decisions: Iterable[Decision], documents: Iterable[Document] = ()
    ) -> tuple[Stored | Conflict, ...]:
        """Append decisions in order, all in one transaction; a fault in one stores none of them."""
        every, named = tuple(decisions), tuple(documents)

        def write(connection: Connection) -> tuple[Stored | Conflict, ...]:
            for each in named:
                people.add_document(connection, each.name, each.sha256, each.text_sha256)
            return tuple(log.append(connection, each) for each in every)

        return self._database.write(write)

    def decisions(self, letter: str | None = None, rendering: str | None = None, layer: str | None = None,
                  reviewer: str | None = None, after: int = 0,
                  kinds: Collection[Kind] = ()) -> tuple[Stored, ...]:  # fmt: skip
        """The decisions that fit all that is given, in the order of the log; only those after revision `after`.

        `kinds` are the kinds that are wanted; none means all.
        """
        with self._database.read() as connection:
            return log.read(connection, letter, rendering, layer, reviewer, after, kinds)

    def knows(self, id: str) -> bool:  # noqa: A002 - the field's name
        """Whether a decision with this id was stored, or parked, before."""
        with self._database.read() as connection:
            return log.knows(connection, id)

    def revision(self, letter: str | None = None, layers: Collection[str] = (), kinds: Collection[Kind] = ()) -> int:
        """The revision that holds now, of a letter or of all: what a decision made now says that its author saw.

        Of `layers` and `kinds` alone where they are given: that of the last decision among them.
        """
        with self._database.read() as connection:
            return log.revision(connection, letter, layers, kinds)

    def count(self, letter: str | None = None, rendering: str | None = None) -> int:
        """How many decisions there are, or those about a rendering, whose state is today's while this is the same."""
        with self._database.read() as connection:
            return log.count(connection, letter, rendering)

    def parked(self, letter: str | None = None) -> tuple[Parked, ...]:
        """Contradicting decisions, in order; `settled_by` is None while nobody dealt with one.

        One is settled by a decision of the same rendering whose payload has `"settles": <its id>`: an adjudication, a
        new word of its author, or a retraction, which leaves it at that.
        """
        with self._database.read() as connection:
            return log.parked_decisions(connection, letter)

    # People, typologies, documents

    def add_reviewer(self, name: str, role: str = Role.REVIEWER) -> Reviewer:
        """Add a person, or give a known one another role. Who decides unknown is added as a reviewer."""
        return self._database.write(lambda connection: people.add_reviewer(connection, name, role))

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Everybody, in the order in which they were added."""
        with self._database.read() as connection:
            return people.all_reviewers(connection)

    def add_typology(self, typology: Typology) -> None:
        """Keep a typology; raises AlignerError when the same id and version has another content."""
        self._database.write(lambda connection: people.add_typology(connection, typology))

    def typologies(self) -> tuple[Typology, ...]:
        """Every version of every typology."""
        with self._database.read() as connection:
            return people.all_typologies(connection)

    def documents(self) -> tuple[KnownDocument, ...]:
        """Every document that a decision refers to, as it was then."""
        with self._database.read() as connection:
            return people.all_documents(connection)

    # States that were computed from decisions

    def put_snapshot(self, letter: str, rendering: str, layer: str, seq: int, body: str) -> Snapshot:
        """Keep the state of a layer after revision `seq`; the only thing here that is ever replaced."""
        return self._database.write(lambda c: snapshots.put(c, letter, rendering, layer, seq, body))

    def snapshot(self, letter: str, rendering: str, layer: str, until: int | None = None) -> Snapshot | None:
        """The newest kept state of a layer, not newer than revision `until`."""
        with self._database.read() as connection:
            return snapshots.get(connection, letter, rendering, layer, until)

    # The whole

    def state_hash(self) -> str:
        """SHA-256 over the canonical export: two stores with the same hash hold the same, whatever the database."""
        with self._database.read() as connection:
            return transfer.state_hash(connection)

    @contextmanager
    def export(self, progress: transfer.Progress | None = None) -> Iterator[Iterator[str]]:
        """The lines of the export, read in one transaction while others go on writing."""
        with self._database.read() as connection:
            yield transfer.lines(connection, progress)

    def import_lines(self, lines: Iterable[str], where: str = "export") -> int:
        """Fill an empty store with an export, all or nothing; how many rows. Raises AlignerError with the line."""
        every = tuple(lines)  # to begin again when the database was locked
        return self._database.write(lambda connection: transfer.fill(connection, every, where, judge=True))

    def backup(self, to: Path, progress: transfer.Progress | None = None) -> int:
        """Write what the store holds now into a new SQLite file, while others go on writing; how many rows."""
        return copies.backup(self._database, to, progress)

    def restore(self, file: Path, progress: transfer.Progress | None = None) -> int:
        """Fill this empty store with a backup, all or nothing; how many rows."""
        return copies.restore(self._database, file, progress)

    def check(
        self, texts: checking.Texts, replay: checking.Replay | None = None, today: Mapping[str, str] | None = None
    ) -> tuple[Fault, ...]:
        """What is wrong, and what could not be looked at (`unchecked`).

        `texts` gives the text with a SHA-256, None when it is not at hand; `replay` computes a snapshot's body;
        `today` has the SHA-256 of the texts of today's documents, by name.
        """
        return checking.check(self._database, texts, replay, today or {})
