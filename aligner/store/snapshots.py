"""States computed from the log, kept by the revision they belong to. Each function takes a connection."""

from __future__ import annotations

from sqlalchemy import Connection, select

from aligner.errors import AlignerError
from aligner.model import sha256_of
from aligner.store.rows import holdable, next_number
from aligner.store.schema import snapshots
from aligner.store.values import Snapshot

_COLUMNS = [snapshots.c[name] for name in ("letter", "rendering", "layer", "seq", "body", "sha256")]


def put(connection: Connection, letter: str, rendering: str, layer: str, seq: int, body: str) -> Snapshot:
    """Keep a state; one of the same place and revision is replaced, for it can be computed again."""
    place = {"letter": letter, "rendering": rendering, "layer": layer}
    for name, value in place.items():
        holdable(value, f"`{name}` of a snapshot")
    if "\0" in body:
        raise AlignerError("holds a NUL, which no database keeps", where="a snapshot", hint="write it as JSON")
    made = Snapshot(letter, rendering, layer, seq, body, sha256_of(body))
    same = [snapshots.c[name] == value for name, value in {**place, "seq": seq}.items()]
    changed = connection.execute(snapshots.update().where(*same).values(body=body, sha256=made.sha256))
    if not changed.rowcount:
        number = next_number(connection, snapshots)
        row = {"number": number, **place, "seq": seq, "body": body, "sha256": made.sha256}
        connection.execute(snapshots.insert().values(**row))
    return made


def get(connection: Connection, letter: str, rendering: str, layer: str, until: int | None = None) -> Snapshot | None:
    """The newest state of a layer, not newer than revision `until`; None when there is none."""
    query = select(*_COLUMNS).where(
        snapshots.c.letter == letter, snapshots.c.rendering == rendering, snapshots.c.layer == layer
    )
    if until is not None:
        query = query.where(snapshots.c.seq <= until)
    row = connection.execute(query.order_by(snapshots.c.seq.desc()).limit(1)).first()
    return None if row is None else Snapshot(*row)


def every(connection: Connection) -> tuple[Snapshot, ...]:
    """All of them, in the order in which they were first kept."""
    return tuple(Snapshot(*row) for row in connection.execute(select(*_COLUMNS).order_by(snapshots.c.number)))
