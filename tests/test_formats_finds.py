"""Inputs on which a parser once failed, kept by tests/fuzz_exchange.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fuzz_documents import TOKENS as DOCUMENTS
from fuzz_exchange import PARSERS, TOKENS, seeds
from fuzzing import fault_in


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_what_once_failed_does_not_fail_again() -> None:
    faults = {
        path.name: fault_in(PARSERS, path.name.partition("-")[2], path.read_bytes())
        for path in PARSERS.finds.glob("*-*")
    }
    assert {name: fault for name, fault in faults.items() if fault} == {}
    assert {name.partition("-")[2] for name in faults} <= TOKENS.keys()


@pytest.mark.parametrize("parser", TOKENS)
def test_sound_files_are_taken(parser: str) -> None:
    for data in seeds(parser):
        PARSERS.run(parser, data)


@pytest.mark.parametrize("name", ["fuzz_documents.py", "fuzz_exchange.py"])
def test_every_parser_is_searched_without_being_named(name: str) -> None:
    command = [sys.executable, Path(__file__).with_name(name), "--seconds", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == (
        list(TOKENS) if name == "fuzz_exchange.py" else list(DOCUMENTS)
    )
