"""Decisions to store, and a database of either kind to store them in."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from needs import need
from support_postgresql import Cluster, cluster

from aligner.model import sha256_of
from aligner.review.decisions import Decision, Kind
from aligner.store import Conflict, Store, Stored, open_store

ROOT = Path(__file__).parent.parent
SOURCE = "Dear all, we close the shop on Friday. Thank you."
TARGET = "各位好，我们周五关店。谢谢。"
TEXTS = {sha256_of(text): text for text in (SOURCE, TARGET)}


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server for this session, or a skip with the reason."""
    need("postgresql")
    with cluster("-c fsync=off -c full_page_writes=off -c max_connections=60") as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is not there yet, or empty: every test that takes it runs on both."""
    if request.param == "sqlite":
        return str(tmp_path / "reviews" / "aligner.db")
    running: Cluster = request.getfixturevalue("server")
    return running.new_database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url, patience=20) as opened:
        yield opened


def decision(id: str = "d1", kind: Kind = Kind.COMMENT, **other: Any) -> Decision:  # noqa: A002 - as the field is called
    values: dict[str, Any] = {
        "id": id,
        "reviewer": "ann",
        "time": "2026-01-31T12:00:00+00:00",
        "layer": "review",
        "letter": "farewell",
        "rendering": "farewell-north",
        "source_sha256": sha256_of(SOURCE),
        "target_sha256": sha256_of(TARGET),
        "revision": 0,
        "kind": kind,
        "payload": {},
    }
    return Decision(**{**values, **other})


def quoted(text: str, words: str) -> dict[str, Any]:
    """A span of a payload: where `words` stand in `text`."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def replacing(id: str, words: str = "we close the shop", rendered: str = "我们周五关店", **other: Any) -> Decision:  # noqa: A002
    """A correction of the alignment that touches these words."""
    spans = {"source": [quoted(SOURCE, words)], "target": [quoted(TARGET, rendered)]}
    link = {**spans, "mode": "direct", "confidence": 1.0, "status": "confirmed"}
    nothing: dict[str, Any] = {"links": [], "absences": [], "residue": []}
    after = {**nothing, "links": [link]}
    payload = {"action": "link", "before": nothing, "after": after, **other.pop("payload", {})}
    return decision(id, Kind.REPLACE, payload=payload, **other)


def stored(answer: Stored | Conflict) -> Stored:
    assert isinstance(answer, Stored), answer
    return answer


def conflict(answer: Stored | Conflict) -> Conflict:
    assert isinstance(answer, Conflict), answer
    return answer


def child(program: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    """A process of its own that can import what tests import; its stdout is a pipe."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path, **environment},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def raw(path: Path, statement: str) -> list[Any]:
    """What SQLite itself answers, past the program."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            return connection.execute(statement).fetchall()
    finally:
        connection.close()
