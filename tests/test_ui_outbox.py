"""Operations of a browser are each applied once, in order, and what could not be done is told."""

from __future__ import annotations

from typing import Any

import pytest

from aligner.errors import AlignerError
from aligner.store import StoreError
from aligner.ui.outbox import Acknowledged, Operation, operations


def sent(*numbers: int, client: str = "a") -> dict[str, Any]:
    return {"client": client, "pending": [{"seq": n, "id": f"i{n}", "kind": "k", "args": {"n": n}} for n in numbers]}


def test_each_operation_is_applied_once_in_order_whatever_is_sent_again() -> None:
    done: list[str] = []
    state = Acknowledged()

    def apply(operation: Operation) -> None:
        done.append(operation.id)

    assert state.take(sent(2, 1), apply) == {"client": "a", "ack": 2, "faults": []}
    assert state.take(sent(1, 2, 3), apply) == {"client": "a", "ack": 3, "faults": []}
    assert state.take(sent(1, client="b"), apply) == {"client": "b", "ack": 1, "faults": []}
    assert done == ["i1", "i2", "i3", "i1"]


def test_what_cannot_be_done_is_told_and_does_not_stop_the_rest() -> None:
    done: list[str] = []

    def apply(operation: Operation) -> str | None:
        if operation.seq == 1:
            raise AlignerError("no such link", hint="reload")
        done.append(operation.id)
        return "changed by ben" if operation.seq == 2 else None

    answer = Acknowledged().take(sent(1, 2, 3), apply)
    assert answer is not None
    assert answer["ack"] == 3
    assert [(f["id"], f["said"]) for f in answer["faults"]] == [
        ("i1", "no such link; reload"),
        ("i2", "changed by ben"),
    ]
    assert done == ["i2", "i3"]


def test_when_the_store_fails_what_is_left_stays_with_the_browser() -> None:
    done: list[str] = []
    broken = [True]

    def apply(operation: Operation) -> None:
        if operation.seq == 2 and broken:
            broken.pop()
            raise StoreError("is busy", where="here")
        done.append(operation.id)

    state = Acknowledged()
    assert state.take(sent(1, 2, 3), apply) == {"client": "a", "ack": 1, "faults": []}
    assert state.take(sent(2, 3), apply) == {"client": "a", "ack": 3, "faults": []}
    assert done == ["i1", "i2", "i3"]


def test_an_undo_before_what_is_stored_had_its_turn_though_it_left_nothing() -> None:
    """Sent again to a server that was started anew: it would take back what came after it."""
    done: list[str] = []

    def apply(operation: Operation) -> None:
        done.append(operation.id)

    pending = [
        {"seq": n, "id": f"i{n}", "kind": kind, "args": {}} for n, kind in enumerate(["undo", "mark", "undo"], 1)
    ]
    again = {"client": "a", "pending": pending}
    answer = Acknowledged().take(again, apply, lambda operation: operation.id == "i2")
    assert answer == {"client": "a", "ack": 3, "faults": []}
    assert done == ["i2", "i3"]

    def broken(_: Operation) -> bool:
        raise StoreError("is busy", where="here")

    assert Acknowledged().take(again, apply, broken) == {"client": "a", "ack": 0, "faults": []}
    assert done == ["i2", "i3"]


GOOD = {"seq": 2, "id": "i2", "kind": "k", "args": {"n": 2}}


@pytest.mark.parametrize("junk", [None, 3, [], {}, {"client": 1, "pending": [GOOD]}])
def test_what_no_outbox_sent_is_not_answered(junk: Any) -> None:
    done: list[str] = []
    assert Acknowledged().take(junk, lambda operation: done.append(operation.id)) is None
    assert done == []


@pytest.mark.parametrize(
    "junk",
    [3, None, {}, {**GOOD, "seq": "1"}, {**GOOD, "seq": True}, {**GOOD, "id": 1}, {**GOOD, "kind": None},
     {**GOOD, "args": [1]}],
)  # fmt: skip
def test_what_is_no_operation_is_passed_over_and_the_rest_is_done(junk: Any) -> None:
    done: list[str] = []
    answer = Acknowledged().take({"client": "a", "pending": [junk, GOOD]}, lambda operation: done.append(operation.id))
    assert answer == {"client": "a", "ack": 2, "faults": []}
    assert done == ["i2"]
    assert operations(junk) == []
