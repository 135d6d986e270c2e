"""Decisions as lines, and which of them hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import AlignerError
from aligner.review.decisions import REFERRING, Decision, Kind, dumps, loads
from aligner.review.history import standing

PLAIN = sorted(set(Kind) - REFERRING)


def decision(name: str, kind: Kind = Kind.COMMENT, reviewer: str = "ann", **payload: Any) -> Decision:
    return Decision(name, reviewer, "2026-01-31T12:00:00+00:00", "shared", "l", "r", "a", "b", 0, kind, payload)


@given(st.lists(st.tuples(st.sampled_from(PLAIN), st.text()), max_size=8))
def test_every_kind_and_text_comes_back_from_lines(made: list[tuple[Kind, str]]) -> None:
    log = tuple(decision(str(i), kind, text=text + "😀e\u0301\r\n\u2028𠀀") for i, (kind, text) in enumerate(made))
    assert loads(dumps(log)) == log


@given(st.lists(st.sampled_from(["ann", "ben"]), max_size=8), st.data())
def test_undone_is_as_never_said_and_redone_as_before(who: list[str], data: st.DataObject) -> None:
    log = [decision(str(i), reviewer=name) for i, name in enumerate(who)]
    order = data.draw(st.permutations(log))
    undo = [decision("u" + d.id, Kind.UNDO, d.reviewer, decision=d.id) for d in order]
    redo = [decision("r" + d.id, Kind.REDO, d.reviewer, decision=d.id) for d in order]
    assert standing(log + undo) == ()
    assert standing(log + undo + redo) == tuple(log)
    assert standing(log + log) == tuple(log)


def test_nobody_undoes_anothers_decision_and_retracted_stays_so() -> None:
    one = decision("1")
    assert standing([one, decision("2", Kind.UNDO, "ben", decision="1")]) == (one,)
    assert standing([one, decision("2", Kind.RETRACT, decision="1"), decision("3", Kind.REDO, decision="1")]) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "x"}, "unknown kind"),
        ({"kind": []}, "unknown kind"),
        ({"revision": True}, "revision"),
        ({"time": "2026-01-31T12:00:00"}, "not UTC"),
        ({"reviewer": ""}, "reviewer"),
        ({"kind": "undo"}, "names no decision"),
        ({"more": 1}, "exactly the keys"),
    ],
)
def test_a_faulty_line_is_named(change: dict[str, Any], said: str) -> None:
    good = dumps([decision("1")])
    with pytest.raises(AlignerError, match=said) as caught:
        loads(good + json.dumps(json.loads(good) | change))
    assert caught.value.where == "decisions, line 2"
    assert caught.value.hint


def test_a_line_cut_short_is_named() -> None:
    with pytest.raises(AlignerError, match="line 1: not JSON"):
        loads(dumps([decision("1")])[:-9])


def test_a_line_nested_too_deeply_is_named() -> None:
    with pytest.raises(AlignerError, match="line 1: not JSON"):
        loads("[" * 200_000)


def test_a_number_that_json_does_not_have_is_not_written() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        dumps([decision("1", value=float("nan"))])
