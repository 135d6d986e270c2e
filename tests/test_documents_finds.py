"""Inputs on which a parser of documents once failed, kept by tests/fuzz_documents.py; and that the search searches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fuzz_documents import PARSERS, TOKENS, seeds
from fuzzing import fault_in, fuzz

from aligner.documents import markup


def test_what_once_failed_does_not_fail_again() -> None:
    assert {
        path.name: fault
        for path in PARSERS.finds.glob("*.*")
        if (fault := fault_in(PARSERS, path.suffix, path.read_bytes()))
    } == {}


@pytest.mark.parametrize("parser", TOKENS)
def test_sound_files_are_no_faults(parser: str) -> None:
    assert [fault_in(PARSERS, parser, data) for data in seeds(parser)] == [None] * len(seeds(parser))


def test_the_search_finds_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(markup, "_KINDS", None)
    assert len(fuzz(replace(PARSERS, finds=tmp_path), ".html", 0.5, seed=1)) == 1
    assert len(list(tmp_path.iterdir())) == 1
