"""Decisions as rows of the database and back."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from aligner.errors import AlignerError
from aligner.model import sha256_of
from aligner.review.decisions import Decision, Kind, dumps
from aligner.store.schema import LONGEST, decisions
from aligner.store.values import Row, Stored

NAMES = tuple(each.name for each in fields(Decision))
"""The keys of a decision; columns of the same names hold them."""

KINDS = {kind.value: kind for kind in Kind}
STORED = [decisions.c.seq, *(decisions.c[name] for name in NAMES), decisions.c.received]
"""The columns that make a Stored, in the order that `stored` takes."""


def line_of(decision: Decision) -> str:
    """The decision as one line of JSON without its line feed; raises AlignerError for what JSON does not have."""
    try:
        return dumps([decision]).rstrip("\n")
    except (TypeError, ValueError, RecursionError) as fault:
        raise AlignerError(
            f"the payload cannot be written as JSON ({fault})",
            where=f"decision {decision.id}",
            hint="use texts, numbers, lists and objects alone",
        ) from fault


def row_of(decision: Decision, received: str) -> Row:
    """The columns of a decision; raises AlignerError for a text that a database cannot hold."""
    row: Row = {name: getattr(decision, name) for name in NAMES}
    for name, value in row.items():
        if isinstance(value, str):
            holdable(value, f"`{name}` of decision {decision.id!r}")
    line = line_of(decision)
    payload = json.dumps(json.loads(line)["payload"], ensure_ascii=True, sort_keys=True)
    return {
        **row,
        "kind": decision.kind.value,
        "payload": payload,
        "sha256": sha256_of(line),
        "received": received,
    }


def holdable(text: str, where: str, longest: int = LONGEST) -> str:
    """`text`, if both databases can hold it in a column of names; raises AlignerError."""
    if not text.strip():
        raise AlignerError("is empty", where=where, hint="give it a name")
    if len(text) > longest:
        raise AlignerError(f"is longer than {longest} characters", where=where, hint="shorten it")
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise AlignerError("holds a character that no database keeps (NUL or half a pair)", where=where)
    return text


def decision_of(row: Row) -> Decision:
    """The decision that a row holds; raises AlignerError when it holds none."""
    where = f"decision {row['id']}"
    try:
        payload = json.loads(row["payload"])
    except (ValueError, RecursionError) as fault:
        raise AlignerError(f"its payload is not JSON ({fault})", where=where) from fault
    if row["kind"] not in KINDS:
        raise AlignerError(f"unknown kind {row['kind']!r}", where=where, hint=f"known: {', '.join(sorted(KINDS))}")
    values = {name: row[name] for name in NAMES}
    values["kind"] = KINDS[row["kind"]]
    values["payload"] = payload
    return Decision(**values)


def stored(rows: Iterable[Sequence[Any]]) -> tuple[Stored, ...]:
    """What the rows of the columns STORED hold, in order; raises AlignerError for one that holds no decision."""
    # Ten thousand payloads are a hundred thousand new objects, all of them kept: looking among them for garbage again
    # and again takes longer than reading them, more still where a page holds much else.
    collected = gc.isenabled()
    gc.disable()
    try:
        every = list(rows)
        return tuple(map(_stored, every, _payloads([row[_PAYLOAD] for row in every])))
    finally:
        if collected:
            gc.enable()


_PAYLOAD = 1 + NAMES.index("payload")
"""Where the payload stands among the columns STORED."""


def _payloads(texts: list[str]) -> list[Any]:
    """Every text parsed, None where one is not JSON; all at once takes half as long as one by one."""
    try:
        found = json.loads(f"[{','.join(texts)}]")
        if len(found) == len(texts):
            return list(found)
    except (ValueError, RecursionError):
        pass
    return [None] * len(texts)


def _stored(row: Sequence[Any], payload: Any) -> Stored:
    seq, *begin, kind, text, received = row
    if payload is None or kind not in KINDS:
        values = dict(zip(NAMES, (*begin, kind, text), strict=True))
        return Stored(seq, decision_of(values), received)  # or it says what is wrong
    return Stored(seq, Decision(*(*begin, KINDS[kind], payload)), received)


def next_number(connection: Connection, table: Table) -> int:
    """One more than the highest key of a table; only for who holds the write transaction."""
    key = next(iter(table.primary_key))
    return int(connection.scalar(select(func.coalesce(func.max(key), 0))) or 0) + 1


def now() -> str:
    """The time as the store writes it: ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
