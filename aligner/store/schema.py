"""The tables. What they hold is only added to; the migrations make the database refuse anything else.

Every table has an integer key that counts up from 1 without holes in the order of writing, so that an export has one
order whatever the database sorts by. Only snapshots, which can be computed again, are ever replaced.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

KNOWN = ("0001", "0002")
"""Versions of the database that this program knows, oldest first."""

HEAD = KNOWN[-1]

LONGEST = 200
"""Characters of a name, an id or a time; an index of PostgreSQL takes no more than 2,704 bytes in all."""

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def _name(name: str, *extra: ForeignKey) -> Column[str]:
    return Column(name, String(LONGEST), *extra, nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _sha256(name: str) -> Column[str]:
    return Column(name, String(64), nullable=False)


def _counter(name: str = "number") -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _of_a_decision() -> tuple[Column[str] | Column[int], ...]:
    return (
        _name("id"),
        _name("reviewer", ForeignKey("reviewers.name")),
        _name("time"),
        _name("layer"),
        _name("letter"),
        _name("rendering"),
        _name("source_sha256"),
        _name("target_sha256"),
        Column("revision", Integer, nullable=False),
        _name("kind"),
        _text("payload"),  # JSON, keys sorted
        _sha256("sha256"),  # of the decision's line as `review.decisions.dumps` writes it
        _name("received"),
    )


reviewers = Table("reviewers", METADATA, _counter(), _name("name"), _name("added"), UniqueConstraint("name"))
roles = Table(
    "roles", METADATA, _counter(), _name("reviewer", ForeignKey("reviewers.name")), _name("role"), _name("since")
)
decisions = Table("decisions", METADATA, _counter("seq"), *_of_a_decision(), UniqueConstraint("id"))
parked = Table("parked", METADATA, _counter(), *_of_a_decision(), _text("against"), UniqueConstraint("id"))
typologies = Table(
    "typologies", METADATA, _counter(), _name("id"), _name("version"), _text("body"), _sha256("sha256"), _name("added"),
    UniqueConstraint("id", "version"),
)  # fmt: skip
documents = Table(
    "documents", METADATA, _counter(), Column("name", Text, nullable=False), _sha256("sha256"), _sha256("text_sha256"),
    _name("added"), Index(None, "text_sha256"),
)  # fmt: skip
snapshots = Table(
    "snapshots", METADATA, _counter(), _name("letter"), _name("rendering"), _name("layer"),
    Column("seq", Integer, nullable=False), _text("body"), _sha256("sha256"),
    UniqueConstraint("letter", "rendering", "layer", "seq"),
)  # fmt: skip

Index(None, decisions.c.letter, decisions.c.rendering, decisions.c.layer, decisions.c.seq)

TABLES: dict[str, Table] = {
    each.name: each for each in (reviewers, roles, typologies, documents, decisions, parked, snapshots)
}
"""In an order in which rows can be written: what is referred to comes first."""

KEPT = ("reviewers", "roles", "typologies", "documents", "decisions", "parked")
"""Tables of which no row is ever changed or deleted."""
