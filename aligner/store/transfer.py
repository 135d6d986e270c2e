"""The canonical export: every row as one line of JSON, the same whatever database holds it.

First line `{"format": "aligner/store@1"}`, then `{"table": ..., "row": {...}}` in the order of `schema.TABLES` and of
the keys, last `{"rows": N, "sha256": ...}` over all lines before, line feeds included, which is the state's hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, exc, func, select

from aligner.errors import AlignerError
from aligner.model import sha256_of
from aligner.review.decisions import Decision
from aligner.store.rows import decision_of, line_of
from aligner.store.schema import TABLES

FORMAT = "aligner/store@1"
HINT = "give a whole file as `aligner db export` wrote it; nothing was stored"
AT_ONCE = 500
"""Rows that are written by one statement."""

Progress = Callable[[int, int], None]
"""`(done, of how many)`."""


def lines(connection: Connection, progress: Progress | None = None) -> Iterator[str]:
    """The export, line by line, each ended by a line feed; `progress` is called now and then."""
    total = count_rows(connection) if progress else 0
    digest = hashlib.sha256()
    count = -1
    for line in _body(connection):
        digest.update(line.encode("ascii"))
        count += 1
        if progress and count % AT_ONCE == 0:
            progress(count, total)
        yield line
    yield _line({"rows": count, "sha256": digest.hexdigest()})


def count_rows(connection: Connection) -> int:
    """How many rows all tables hold."""
    return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES.values())


def state_hash(connection: Connection) -> str:
    """Hex SHA-256 over the export without its last line."""
    digest = hashlib.sha256()
    for line in _body(connection):
        digest.update(line.encode("ascii"))
    return digest.hexdigest()


def is_export(first_line: str) -> bool:
    """Whether a file that begins so is an export."""
    return first_line.strip() == _line({"format": FORMAT}).strip()


def _body(connection: Connection) -> Iterator[str]:
    yield _line({"format": FORMAT})
    for name, table in TABLES.items():
        key = next(iter(table.primary_key))
        rows = connection.execute(select(table).order_by(key).execution_options(yield_per=AT_ONCE)).mappings()
        for row in rows:
            yield _line({"table": name, "row": dict(row)})


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")) + "\n"


def is_empty(connection: Connection) -> bool:
    """Whether no table holds a row."""
    return all(connection.execute(select(table).limit(1)).first() is None for table in TABLES.values())


def fill(connection: Connection, given: Iterable[str], where: str, *, judge: bool = False) -> int:
    """Write the rows of an export into an empty database; how many. Raises AlignerError.

    With `judge` every decision must be one and have the hash that its row states: a backup keeps what there is, but
    what comes from outside is not taken on trust.
    """
    if not is_empty(connection):
        raise AlignerError(
            "the database is not empty", where=where, hint="import or restore into a new one, named by --database"
        )
    digest = hashlib.sha256()
    rows = _rows(given, where, digest, judge)
    count = 0
    waiting = next(rows, None)
    while waiting is not None:
        table = waiting[0]
        chunk = [waiting[1]]
        waiting = None
        for name, row in rows:
            if name != table or len(chunk) == AT_ONCE:
                waiting = (name, row)
                break
            chunk.append(row)
        try:
            connection.execute(TABLES[table].insert(), chunk)
        except exc.IntegrityError as fault:
            raise AlignerError(f"rows of {table} do not fit what came before", where=where, hint=HINT) from fault
        count += len(chunk)
    if state_hash(connection) != digest.hexdigest():
        raise AlignerError("the rows are not in the order of an export", where=where, hint=HINT)
    return count


def decisions_in(given: Iterable[str], where: str) -> tuple[Decision, ...]:
    """The decisions of an export in their order, judged as `fill` does; raises AlignerError."""
    rows = _rows(given, where, hashlib.sha256(), judge=True)
    return tuple(decision_of(row) for name, row in rows if name == "decisions")


def _rows(given: Iterable[str], where: str, digest: Any, judge: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Table and row of every line, checked; the last line's count and hash must fit what came before."""
    numbered = enumerate(given, 1)
    _, first = next(numbered, (1, ""))
    if not is_export(first):
        raise AlignerError("not an export of this program", where=f"{where}, line 1", hint=HINT)
    digest.update(first.encode("utf-8", "surrogatepass"))
    for number, line in numbered:
        value = _parsed(line, f"{where}, line {number}")
        if "sha256" in value:
            if value != {"rows": number - 2, "sha256": digest.hexdigest()}:
                raise AlignerError("the lines are not those that were exported", where=where, hint=HINT)
            if next(numbered, None) is not None:
                raise AlignerError("goes on after its end", where=f"{where}, line {number + 1}", hint=HINT)
            return
        digest.update(line.encode("utf-8", "surrogatepass"))
        if judge and value["table"] in ("decisions", "parked"):
            _judge(value["row"], f"{where}, line {number}")
        yield value["table"], value["row"]
    raise AlignerError("ends too early", where=where, hint=HINT)


def _judge(row: dict[str, Any], where: str) -> None:
    try:
        sound = sha256_of(line_of(decision_of(row))) == row["sha256"]
    except AlignerError as fault:
        raise AlignerError(f"not a decision: {fault}", where=where, hint=HINT) from fault
    if not sound:
        raise AlignerError(f"decision {row['id']} is not as it was written", where=where, hint=HINT)


def _parsed(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise AlignerError(f"not JSON ({fault})", where=where, hint=HINT) from fault
    if isinstance(value, dict) and set(value) == {"rows", "sha256"}:
        return value
    if not isinstance(value, dict) or set(value) != {"table", "row"} or value["table"] not in TABLES:
        raise AlignerError("not a row of a table that is known", where=where, hint=HINT)
    columns = TABLES[value["table"]].columns
    row = value["row"]
    if not isinstance(row, dict) or set(row) != set(columns.keys()):
        raise AlignerError(f"not a row of {value['table']}", where=where, hint=HINT)
    for name, cell in row.items():
        if type(cell) is not columns[name].type.python_type:
            raise AlignerError(f"`{name}` is not of the right type", where=where, hint=HINT)
    return value
