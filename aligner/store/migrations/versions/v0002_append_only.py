"""The database itself refuses to change or delete what was said."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

KEPT = ("reviewers", "roles", "typologies", "documents", "decisions", "parked")

FUNCTION = """
CREATE FUNCTION aligner_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to', TG_TABLE_NAME;
END
$$
"""


def upgrade() -> None:
    """Put a guard on every table that holds a person's word."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FUNCTION)
        for table in KEPT:
            op.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION aligner_append_only()"
            )
        return
    for table in KEPT:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_kept_from_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            )
