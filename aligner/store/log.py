"""The log: decisions appended in one order, contradictions parked, and both read back.

Every function takes the connection of a transaction (`Database.read`, `Database.write`) and commits nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, bindparam, func, select

from aligner.errors import AlignerError
from aligner.review.conflicts import CONTESTABLE, contesting
from aligner.review.decisions import REFERRING, Decision, Kind
from aligner.review.history import standing
from aligner.store import people
from aligner.store.rows import STORED, decision_of, next_number, now, row_of, stored
from aligner.store.schema import decisions, parked, reviewers
from aligner.store.values import Conflict, Parked, Row, Stored

SETTLES = "settles"
"""The key of a payload that names the parked decision it deals with."""


_KNOWN = select(
    select(decisions.c.seq).where(decisions.c.id == bindparam("id")).scalar_subquery(),
    select(parked.c.number).where(parked.c.id == bindparam("id")).scalar_subquery(),
    select(func.coalesce(func.max(decisions.c.seq), 0)).scalar_subquery(),
    select(reviewers.c.number).where(reviewers.c.name == bindparam("reviewer")).scalar_subquery(),
)
"""What is to be known of a new decision, asked at once: its id in the log, parked, the newest revision, its author."""


def append(connection: Connection, decision: Decision) -> Stored | Conflict:
    """Append a decision, or park it when it contradicts others that its author had not seen.

    The same id with the same content gives the first answer again. Raises AlignerError for the same id with other
    content, a revision that is still to come, and for `settles` that names nothing parked in this letter.
    """
    row = row_of(decision, now())
    known, waiting, newest, person = connection.execute(
        _KNOWN, {"id": decision.id, "reviewer": decision.reviewer}
    ).one()
    if known is not None or waiting is not None:
        return _answered(connection, row)
    if decision.revision > newest:
        raise AlignerError(
            f"its author saw revision {decision.revision}, the newest here is {newest}",
            where=f"decision {decision.id}",
            hint="it was made with another database, or this one was restored; reload and decide again",
        )
    _check_settles(connection, decision)
    if person is None:
        people.add_reviewer(connection, decision.reviewer)
    theirs = contested(connection, decision)
    if theirs:
        number = next_number(connection, parked)
        against = json.dumps([each.decision.id for each in theirs])
        connection.execute(parked.insert().values(number=number, against=against, **row))
        return Conflict(_parked({**row, "number": number, "against": against}), theirs)
    connection.execute(decisions.insert(), {"seq": newest + 1, **row})
    return Stored(newest + 1, decision_of(row), row["received"])


def _answered(connection: Connection, row: Row) -> Stored | Conflict:
    """The answer that this id got before; raises AlignerError when it was another decision's."""
    answer: Stored | Conflict
    if found := connection.execute(select(decisions).where(decisions.c.id == row["id"])).mappings().first():
        answer = Stored(found["seq"], decision_of(dict(found)), found["received"])
    else:
        found = connection.execute(select(parked).where(parked.c.id == row["id"])).mappings().one()
        mine = _parked(dict(found))
        answer = Conflict(_settled(connection, (mine,))[0], by_ids(connection, mine.against))
    if found["sha256"] != row["sha256"]:
        raise AlignerError(
            f"another decision of {found['reviewer']} has this id",
            where=f"decision {row['id']}",
            hint="give every decision an id of its own; nothing was stored",
        )
    return answer


def contested(connection: Connection, decision: Decision) -> tuple[Stored, ...]:
    """The decisions of the layer that `decision` contradicts and its author had not seen, by its revision."""
    if decision.kind not in CONTESTABLE:
        return ()
    place = (decision.letter, decision.rendering, decision.layer)
    unseen = read(connection, *place, after=decision.revision)
    here = {each.decision.id for each in unseen}
    if any(d.kind is Kind.REDO and d.payload["decision"] not in here for d in (each.decision for each in unseen)):
        # One that its author saw as undone holds again: whether, only the whole log of the layer tells.
        log = read(connection, *place)
        seen = {d.id for d in standing(each.decision for each in log if each.seq <= decision.revision)}
    else:
        log, seen = unseen, set()
    unknown = [d for d in standing(each.decision for each in log) if d.id not in seen]
    against = {each.id for each in contesting(decision, unknown)}
    return tuple(each for each in log if each.decision.id in against)


def _check_settles(connection: Connection, decision: Decision) -> None:
    name = decision.payload.get(SETTLES)
    if name is None:
        return
    place = None
    if isinstance(name, str):
        place = connection.execute(select(parked.c.letter, parked.c.rendering).where(parked.c.id == name)).first()
    if place is None or tuple(place) != (decision.letter, decision.rendering):
        raise AlignerError(
            f"it settles {name!r}, which is not parked in this rendering",
            where=f"decision {decision.id}",
            hint="give the id of a parked decision of the same letter and rendering",
        )


def read(connection: Connection, letter: str | None = None, rendering: str | None = None, layer: str | None = None,
         reviewer: str | None = None, after: int = 0, kinds: Collection[Kind] = ()) -> tuple[Stored, ...]:  # fmt: skip
    """The decisions of the log that fit all that is given, in order; `after` leaves out those up to that revision."""
    wanted = {"letter": letter, "rendering": rendering, "layer": layer, "reviewer": reviewer}
    query = select(*STORED).where(decisions.c.seq > after).order_by(decisions.c.seq)
    for name, value in wanted.items():
        if value is not None:
            query = query.where(decisions.c[name] == value)
    if kinds:
        query = query.where(decisions.c.kind.in_([kind.value for kind in kinds]))
    return stored(connection.execute(query))


def by_ids(connection: Connection, ids: tuple[str, ...]) -> tuple[Stored, ...]:
    """The decisions of the log with these ids, in order."""
    query = select(*STORED).where(decisions.c.id.in_(ids)).order_by(decisions.c.seq)
    return stored(connection.execute(query))


def knows(connection: Connection, id: str) -> bool:  # noqa: A002 - the field's name
    """Whether a decision with this id is in the log, or parked."""
    tables = (decisions, parked)
    return any(connection.scalar(select(table.c.id).where(table.c.id == id)) is not None for table in tables)


def revision(
    connection: Connection, letter: str | None = None, layers: Collection[str] = (), kinds: Collection[Kind] = ()
) -> int:
    """The newest `seq`, of a letter or of all, of these layers and kinds if any are given; 0 when there is none."""
    query = select(func.max(decisions.c.seq))
    if letter is not None:
        query = query.where(decisions.c.letter == letter)
    if layers:
        query = query.where(decisions.c.layer.in_(sorted(layers)))
    if kinds:
        query = query.where(decisions.c.kind.in_([kind.value for kind in kinds]))
    return connection.scalar(query) or 0


def count(connection: Connection, letter: str | None = None, rendering: str | None = None) -> int:
    """How many decisions there are, about a letter, about a rendering, or at all."""
    query = select(func.count()).select_from(decisions)
    for column, wanted in ((decisions.c.letter, letter), (decisions.c.rendering, rendering)):
        if wanted is not None:
            query = query.where(column == wanted)
    return connection.scalar(query) or 0


def parked_decisions(connection: Connection, letter: str | None = None) -> tuple[Parked, ...]:
    """What was parked, in order, with what settled it."""
    query = select(parked).order_by(parked.c.number)
    if letter is not None:
        query = query.where(parked.c.letter == letter)
    return _settled(connection, tuple(_parked(dict(row)) for row in connection.execute(query).mappings()))


def _parked(row: Row) -> Parked:
    return Parked(row["number"], decision_of(row), row["received"], tuple(json.loads(row["against"])))


def _settled(connection: Connection, waiting: tuple[Parked, ...]) -> tuple[Parked, ...]:
    """The same, each with the first decision that settles it and holds."""
    if not waiting:
        return ()
    letters = {each.decision.letter for each in waiting}
    query = select(*STORED).where(decisions.c.letter.in_(letters)).order_by(decisions.c.seq)
    said = [each.decision for each in stored(connection.execute(query))]
    holds = {each.id for each in standing(said)}
    by: dict[str, str] = {}
    for each in said:
        if SETTLES in each.payload and (each.id in holds or each.kind in REFERRING):
            by.setdefault(each.payload[SETTLES], each.id)
    return tuple(replace(each, settled_by=by.get(each.decision.id)) for each in waiting)
