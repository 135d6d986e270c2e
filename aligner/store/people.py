"""Reviewers and their roles, typologies, documents; all only added to. Each function takes a connection."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from aligner.errors import AlignerError, UnknownNameError
from aligner.model import sha256_of
from aligner.review.typologies import Typology
from aligner.store.rows import holdable, next_number, now
from aligner.store.schema import documents, reviewers, roles, typologies
from aligner.store.typology_json import dumps, loads
from aligner.store.values import KnownDocument, Reviewer, Role


def add_reviewer(connection: Connection, name: str, role: str = Role.REVIEWER) -> Reviewer:
    """Add a person, or give a known one another role; earlier roles stay in the table."""
    holdable(name, "name of a reviewer")
    if role not in list(Role):
        raise UnknownNameError("role", role, list(Role), where=f"reviewer {name}")
    added = connection.scalar(select(reviewers.c.added).where(reviewers.c.name == name))
    if added is None:
        added = now()
        number = next_number(connection, reviewers)
        connection.execute(reviewers.insert().values(number=number, name=name, added=added))
    latest = select(roles.c.role).where(roles.c.reviewer == name).order_by(roles.c.number.desc()).limit(1)
    if connection.scalar(latest) != role:
        number = next_number(connection, roles)
        connection.execute(roles.insert().values(number=number, reviewer=name, role=str(role), since=now()))
    return Reviewer(name, Role(role), added)


def all_reviewers(connection: Connection) -> tuple[Reviewer, ...]:
    """Everybody, in the order in which they were added, each with the role given last."""
    given = connection.execute(select(roles.c.reviewer, roles.c.role).order_by(roles.c.number)).all()
    role = {row.reviewer: Role(row.role) for row in given}
    known = connection.execute(select(reviewers.c.name, reviewers.c.added).order_by(reviewers.c.number))
    return tuple(Reviewer(row.name, role.get(row.name, Role.REVIEWER), row.added) for row in known)


def add_typology(connection: Connection, typology: Typology) -> None:
    """Keep a typology; raises AlignerError when another one has the same id and version."""
    where = f"typology {typology.id} {typology.version}"
    body = dumps(typology)
    same = select(typologies.c.sha256).where(typologies.c.id == typology.id, typologies.c.version == typology.version)
    known = connection.scalar(same)
    if known is not None:
        if known != sha256_of(body):
            raise AlignerError(
                "another content is stored under this version", where=where, hint="give the change a new version"
            )
        return
    connection.execute(
        typologies.insert().values(
            number=next_number(connection, typologies),
            id=holdable(typology.id, where),
            version=holdable(typology.version, where),
            body=body,
            sha256=sha256_of(body),
            added=now(),
        )
    )


def all_typologies(connection: Connection) -> tuple[Typology, ...]:
    """Every version of every typology, in the order in which they were added."""
    bodies = connection.scalars(select(typologies.c.body).order_by(typologies.c.number))
    return tuple(loads(json.loads(body)) for body in bodies)


def add_document(connection: Connection, name: str, sha256: str, text_sha256: str) -> None:
    """Keep a document's hashes; the same name in another version is another row."""
    where = f"document {name!r}"
    for value in (sha256, text_sha256):
        if len(value) != 64 or set(value) - set("0123456789abcdef"):
            raise AlignerError(f"{value!r} is not a SHA-256 in small hexadecimal digits", where=where)
    holdable(name, where, longest=4000)
    known = select(documents.c.number).where(
        documents.c.text_sha256 == text_sha256, documents.c.sha256 == sha256, documents.c.name == name
    )
    if connection.scalar(known) is None:
        number = next_number(connection, documents)
        row = {"number": number, "name": name, "sha256": sha256, "text_sha256": text_sha256, "added": now()}
        connection.execute(documents.insert().values(**row))


def all_documents(connection: Connection) -> tuple[KnownDocument, ...]:
    """Every document that was named, in the order in which they were added."""
    columns = (documents.c.name, documents.c.sha256, documents.c.text_sha256, documents.c.added)
    rows = connection.execute(select(*columns).order_by(documents.c.number))
    return tuple(KnownDocument(*row) for row in rows)
