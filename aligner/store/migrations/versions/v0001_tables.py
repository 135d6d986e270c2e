"""Reviewers, decisions and what belongs to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NAME = sa.String(200)
SHA256 = sa.String(64)


def _name(name: str) -> sa.Column[str]:
    return sa.Column(name, NAME, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _sha256(name: str) -> sa.Column[str]:
    return sa.Column(name, SHA256, nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _key(name: str = "number") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, autoincrement=False, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "reviewers",
        _key(), _name("name"), _name("added"),
        sa.PrimaryKeyConstraint("number", name="pk_reviewers"),
        sa.UniqueConstraint("name", name="uq_reviewers_name"),
    )  # fmt: skip
    op.create_table(
        "roles",
        _key(), _name("reviewer"), _name("role"), _name("since"),
        sa.PrimaryKeyConstraint("number", name="pk_roles"),
        sa.ForeignKeyConstraint(["reviewer"], ["reviewers.name"], name="fk_roles_reviewer"),
    )  # fmt: skip
    _decisions("decisions", "seq")
    op.create_index("ix_decisions_letter_rendering_layer_seq", "decisions", ["letter", "rendering", "layer", "seq"])
    _decisions("parked", "number", _text("against"))
    op.create_table(
        "typologies",
        _key(), _name("id"), _name("version"), _text("body"), _sha256("sha256"), _name("added"),
        sa.PrimaryKeyConstraint("number", name="pk_typologies"),
        sa.UniqueConstraint("id", "version", name="uq_typologies_id_version"),
    )  # fmt: skip
    op.create_table(
        "documents",
        _key(), _text("name"), _sha256("sha256"), _sha256("text_sha256"), _name("added"),
        sa.PrimaryKeyConstraint("number", name="pk_documents"),
    )  # fmt: skip
    op.create_index("ix_documents_text_sha256", "documents", ["text_sha256"])
    op.create_table(
        "snapshots",
        _key(), _name("letter"), _name("rendering"), _name("layer"), _whole("seq"), _text("body"), _sha256("sha256"),
        sa.PrimaryKeyConstraint("number", name="pk_snapshots"),
        sa.UniqueConstraint("letter", "rendering", "layer", "seq", name="uq_snapshots_letter_rendering_layer_seq"),
    )  # fmt: skip


def _decisions(table: str, key: str, *more: sa.Column[str]) -> None:
    op.create_table(
        table,
        _key(key), _name("id"), _name("reviewer"), _name("time"), _name("layer"), _name("letter"), _name("rendering"),
        _name("source_sha256"), _name("target_sha256"), _whole("revision"), _name("kind"), _text("payload"),
        _sha256("sha256"), _name("received"), *more,
        sa.PrimaryKeyConstraint(key, name=f"pk_{table}"),
        sa.UniqueConstraint("id", name=f"uq_{table}_id"),
        sa.ForeignKeyConstraint(["reviewer"], ["reviewers.name"], name=f"fk_{table}_reviewer"),
    )  # fmt: skip
