"""Faults say what, where and what to try, in this process and after a journey to another."""

from __future__ import annotations

import copy
import pickle

import pytest

from aligner import errors
from aligner.errors import AlignerError, UnknownNameError

FAULTS: list[AlignerError] = [
    *(
        kind("it broke", where="file.txt:3:1", hint="mend it")
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, AlignerError) and kind is not UnknownNameError
    ),
    UnknownNameError("engine", "x", {"crf": 1, "galechurch": 2}, where="--engine"),
    AlignerError("no place and no hint"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_survives_the_way_from_another_process(fault: AlignerError) -> None:
    for again in (pickle.loads(pickle.dumps(fault)), copy.copy(fault)):  # noqa: S301 - our own bytes
        assert type(again) is type(fault)
        assert (again.what, again.where, again.hint) == (fault.what, fault.where, fault.hint)
        assert (str(again), again.args, again.exit_code) == (str(fault), fault.args, fault.exit_code)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    assert str(UnknownNameError("engine", "x", ["b", "a"])) == "unknown engine 'x'; known: a, b"
    assert str(UnknownNameError("engine", "x", [])).endswith("known: none")
    assert str(UnknownNameError("engine", "x", ["a"], where="--engine")) == "--engine: unknown engine 'x'; known: a"


def test_known_names_stand_in_the_order_of_their_numbers() -> None:
    assert UnknownNameError("link", "l9", ["l10", "l2", "s1"]).hint == "known: l2, l10, s1"
