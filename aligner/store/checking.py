"""Whether a database is sound: its rows are as they were written, every span gives its text, states can be replayed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection, Table, inspect, select

from aligner.errors import AlignerError
from aligner.model import sha256_of
from aligner.review.decisions import Decision, Kind
from aligner.review.spans import payload_spans
from aligner.store import log, snapshots
from aligner.store.connection import Database
from aligner.store.faults import DamagedError
from aligner.store.rows import decision_of, line_of
from aligner.store.schema import METADATA, TABLES, decisions, documents, parked, typologies
from aligner.store.values import Fault, Row, Snapshot, Stored

Texts = Callable[[str], str | None]
"""SHA-256 of a decoded text -> the text, None when it is not at hand."""

Replay = Callable[[Snapshot, tuple[Stored, ...]], str | None]
"""A kept state and its rendering's decisions until then -> the body that they give; None: made over something else."""

Hashes = dict[str, str]
"""`source` and `target` -> the SHA-256 of the text on that side."""

RESTORE = "restore a backup, or save the rest with `aligner db salvage`"


def check(
    database: Database, texts: Texts, replay: Replay | None = None, today: Mapping[str, str] | None = None
) -> tuple[Fault, ...]:
    """Everything that is wrong, and everything that could not be looked at (`Fault.unchecked`).

    Raises StoreError when the database cannot be reached at all.
    """
    found: list[Fault] = []
    try:
        with database.read() as connection:
            for step in (_file, _tables, _rows_of_decisions, _bodies):
                found.extend(step(connection))
            found.extend(_spans(connection, texts, today or {}))
            found.extend(_states(connection, replay))
    except DamagedError as fault:
        found.append(Fault(fault.what, fault.where or database.where, RESTORE))
    return tuple(found)


def _file(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check").all():
        if line != "ok":
            yield Fault(f"SQLite finds damage: {line}", "the file", RESTORE)
    for table, number, other, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield Fault(f"refers to a row of {other} that is missing", f"{table} {number}", RESTORE)


def _tables(connection: Connection) -> Iterator[Fault]:
    looked = inspect(connection)
    there = set(looked.get_table_names())
    for name, table in METADATA.tables.items():
        if name not in there:
            yield Fault("the table is missing", name, RESTORE)
        elif lost := set(table.columns.keys()) - {column["name"] for column in looked.get_columns(name)}:
            yield Fault(f"columns are missing: {', '.join(sorted(lost))}", name, RESTORE)


def _rows_of_decisions(connection: Connection) -> Iterator[Fault]:
    yield from _numbered(connection)
    known: set[str] = set()
    for table in (decisions, parked):
        for row in _each(connection, table):
            where = f"{table.name} {row.get('seq', row.get('number'))}, decision {row['id']}"
            if row["id"] in known:
                yield Fault("its id stands in the log and among the parked", where, RESTORE)
            known.add(row["id"])
            try:
                if sha256_of(line_of(decision_of(row))) != row["sha256"]:
                    yield Fault("is not as it was written", where, RESTORE)
                against = json.loads(row.get("against", "[]"))
            except (AlignerError, ValueError) as fault:
                yield Fault(f"cannot be read: {fault}", where, RESTORE)
                continue
            for name in against:
                if name not in known:
                    yield Fault(f"was parked against {name}, which is missing", where, RESTORE)


def _numbered(connection: Connection) -> Iterator[Fault]:
    for table in TABLES.values():
        key = next(iter(table.primary_key))
        last = 0
        for number in connection.scalars(select(key).order_by(key)):
            if number != last + 1:
                gap = f"{last + 1}" if number == last + 2 else f"{last + 1} to {number - 1}"
                yield Fault("rows are missing", f"{table.name} {gap}", RESTORE)
            last = number


def _bodies(connection: Connection) -> Iterator[Fault]:
    for row in _each(connection, typologies):
        if sha256_of(row["body"]) != row["sha256"]:
            yield Fault("is not as it was written", f"typology {row['id']} {row['version']}", RESTORE)


def _each(connection: Connection, table: Table) -> Iterator[Row]:
    query = select(table).order_by(next(iter(table.primary_key)))
    return (dict(row) for row in connection.execute(query).mappings())


def _spans(connection: Connection, texts: Texts, today: Mapping[str, str]) -> Iterator[Fault]:
    at_hand: dict[str, str | None] = {}
    unchecked: Counter[str] = Counter()
    stands: dict[str, Hashes] = {}
    for table in (decisions, parked):
        for row in _each(connection, table):
            try:
                decision = decision_of(row)
            except AlignerError:
                continue  # told above
            for sides, side, span, place in _placed(decision, stands):
                names = [sides[side]] if side else list(sides.values())
                for name in names:
                    if name not in at_hand:
                        at_hand[name] = texts(name)
                known = [text for name in names if (text := at_hand[name]) is not None]
                if (what := _misfit(span, known, len(known) == len(names))) is not None:
                    yield Fault(what, f"decision {decision.id}, {place}", _why(decision, side))
                elif not any(_fits(span, text) for text in known):
                    unchecked.update(name for name in names if at_hand[name] is None)
    named = {row["text_sha256"]: row["name"] for row in _each(connection, documents)}
    for text_sha256, number in unchecked.items():
        name = str(named.get(text_sha256, "without a name"))
        where = f"document {name}, text {text_sha256[:12]}"
        what, hint = f"{number} spans could not be compared", "name a corpus that has the document"
        if name in today:  # so its text is another one
            what, hint = (
                f"changed since: {what}",
                "`aligner review list LETTER --orphans` has those that lost their place",
            )
        yield Fault(what, where, hint, True)


def _placed(decision: Decision, stands: dict[str, Hashes]) -> Iterator[tuple[Hashes, str | None, Row, str]]:
    """`(texts of the sides, side, span, where)` of every span that a decision names.

    A re-attachment says where words stood and where they stand now: the former in the texts that the decision it
    names had until then. `stands` holds those by decision, and is brought up to date.
    """
    own = {"source": decision.source_sha256, "target": decision.target_sha256}
    if decision.kind is not Kind.REATTACH:
        stands[decision.id] = own
        yield from ((own, side, span, place) for side, span, place in payload_spans(decision.payload))
        return
    named = str(decision.payload.get("decision", ""))
    before = stands.get(named, own)
    for number, move in enumerate(_moves(decision)):
        side, place = move.get("side"), f"payload.spans[{number}]"
        side = side if side in own else None
        for key, sides in (("from", before), ("to", own)):
            yield from ((sides, side, span, at) for _, span, at in payload_spans(move.get(key), side, f"{place}.{key}"))
    stands[named] = own


def _moves(decision: Decision) -> list[Row]:
    moves = decision.payload.get("spans", ())
    return [each for each in moves if isinstance(each, dict)] if isinstance(moves, list | tuple) else []


def _misfit(span: Row, known: list[str], all_known: bool) -> str | None:
    """What is wrong with a span, given the texts that it may stand in."""
    start, end, text = span["start"], span["end"], span["text"]
    if type(start) is not int or type(end) is not int or not isinstance(text, str) or not 0 <= start <= end:
        return "a span has no offsets that can be"
    if end - start != len(text):
        return f"span [{start}, {end}) does not fit its text of {len(text)} characters"
    if all_known and not any(_fits(span, each) for each in known):
        return f"span [{start}, {end}) does not give its text"
    return None


def _fits(span: Row, text: str) -> bool:
    return bool(text[span["start"] : span["end"]] == span["text"])


def _why(decision: Decision, side: str | None) -> str:
    return f"the decision of {decision.reviewer} was made wrongly or on another {side or 'text'}; retract it"


def _states(connection: Connection, replay: Replay | None) -> Iterator[Fault]:
    hint = "delete nothing: the state is computed again from the decisions when it is next put"
    waiting = other = 0
    logs: dict[tuple[str, str], tuple[Stored, ...]] = {}
    for each in snapshots.every(connection):
        where = f"snapshot of {each.letter}, {each.rendering}, {each.layer} at revision {each.seq}"
        if sha256_of(each.body) != each.sha256:
            yield Fault("is not as it was written", where, hint)
        elif replay is None:
            waiting += 1
        else:
            place = (each.letter, each.rendering)
            if place not in logs:
                logs = {place: log.read(connection, *place)}  # of one place at a time, for logs are long
            again = replay(each, tuple(decision for decision in logs[place] if decision.seq <= each.seq))
            if again is None:
                other += 1
            elif again != each.body:
                yield Fault("replaying the decisions gives another state", where, hint)
    if other:
        what = f"{other} states belong to alignments or texts that are not here any more"
        yield Fault(what, "snapshots", "they are not used", True)
    if waiting:
        yield Fault(f"{waiting} states were not replayed", "snapshots", "nothing was given to replay them with", True)
