"""Laws of the store, held against slow and obvious code, for whatever reviewers do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_store import decision, raw, replacing

from aligner.errors import AlignerError
from aligner.review.conflicts import contesting
from aligner.review.decisions import Decision, Kind
from aligner.review.history import standing
from aligner.store import Conflict, Store, Stored, open_store, pages

NUMBERS = count()
WORDS = (("we close the shop", "我们周五关店"), ("the shop", "关店"), ("Thank you", "谢谢"))


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("laws") / "aligner.db")) as opened:
        yield opened


EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.integers(0, 9),
            "reviewer": st.sampled_from(["ann", "bo"]),
            "layer": st.sampled_from(["one", "two"]),
            "behind": st.integers(0, 4),  # how many decisions its author had not seen
            "what": st.sampled_from(["replace", "replace", "undo", "redo", "retract", "comment"]),
            "words": st.sampled_from(WORDS),
            "named": st.integers(0, 9),
        }
    ),
    max_size=14,
)


def made(event: dict[str, Any], letter: str, first: int, newest: int) -> Decision:
    values: dict[str, Any] = {
        "reviewer": event["reviewer"],
        "layer": event["layer"],
        "letter": letter,
        "revision": max(first, newest - event["behind"]),
    }
    name = f"{letter}-{event['id']}"
    if event["what"] == "replace":
        return replacing(name, *event["words"], **values)
    payload = {} if event["what"] == "comment" else {"decision": f"{letter}-{event['named']}"}
    return decision(name, Kind(event["what"]), payload=payload, **values)


def contradicted(new: Decision, log: list[Stored]) -> list[str]:
    """What `new` contradicts, by reading the whole log twice."""
    layer = [each for each in log if each.decision.layer == new.layer]
    seen = {each.id for each in standing(s.decision for s in layer if s.seq <= new.revision)}
    unseen = [each for each in standing(s.decision for s in layer) if each.id not in seen]
    return [each.id for each in contesting(new, unseen)]


@given(events=EVENTS)
def test_every_word_is_kept_once_and_every_contradiction_seen(long_lived: Store, events: list[dict[str, Any]]) -> None:
    letter, first = f"letter-{next(NUMBERS)}", long_lived.revision()
    answers: dict[str, tuple[Decision, Stored | Conflict]] = {}
    for event in events:
        log = list(long_lived.decisions(letter))
        new = made(event, letter, first, long_lived.revision())
        known = answers.get(new.id)
        try:
            answer = long_lived.append(new)
        except AlignerError:
            assert known is not None
            assert known[0] != new
            continue
        if known is not None:
            assert (new, answer) == known
            continue
        answers[new.id] = (new, answer)
        theirs = contradicted(new, log)
        assert isinstance(answer, Conflict) == bool(theirs)
        if isinstance(answer, Conflict):
            assert [each.decision.id for each in answer.theirs] == list(answer.mine.against) == theirs
    kept = [each.decision for each in (*long_lived.decisions(letter), *long_lived.parked(letter))]
    assert sorted(kept, key=lambda each: each.id) == [answers[name][0] for name in sorted(answers)]


def test_pages_give_what_sqlite_gives(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    raw(path, "CREATE TABLE t (n INTEGER PRIMARY KEY, a, b, c)")
    sizes = [*range(0, 100, 7), *range(3950, 4150, 3), 8155, 8156, 8157, 50_000]
    values = [
        None,
        0,
        1,
        -1,
        127,
        128,
        -129,
        1 << 20,
        1 << 31,
        -(1 << 40),
        (1 << 63) - 1,
        1.5,
        b"\x00\xff",
        "长\U0001f600",
    ]
    given_rows = [(n, "x" * size, values[n % len(values)], size) for n, size in enumerate(sizes, 1)]
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", given_rows)
    connection.close()
    found = {key: (key, *row[1:]) for key, row in pages.rows(path.read_bytes()) if len(row) == 4}
    assert found == {row[0]: row for row in given_rows}


@given(data=st.binary(max_size=6000), at=st.integers(0, 3))
def test_pages_pass_over_whatever_is_no_row(data: bytes, at: int) -> None:
    head = b"SQLite format 3\0\x02\x00" + bytes(494)
    page = b"\x0d" + data[:511].ljust(511, b"\0")
    for key, values in pages.rows(head + page * at + data):
        assert isinstance(key, int)
        assert isinstance(values, list)
