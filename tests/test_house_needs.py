from __future__ import annotations

import needs
import pytest


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(needs.VARIABLE, raising=False)
    monkeypatch.setitem(needs.PARTS, "here", (lambda: True, "nothing to do"))
    monkeypatch.setitem(needs.PARTS, "away", (lambda: False, "apt install away"))


def test_a_part_that_is_here_lets_the_test_run() -> None:
    needs.need("here")


def test_a_missing_part_skips_with_how_to_get_it() -> None:
    with pytest.raises(pytest.skip.Exception, match="apt install away"):
        needs.need("away")


def test_a_missing_part_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(needs.VARIABLE, "here, away")
    with pytest.raises(pytest.fail.Exception, match="away is required"):
        needs.need("away")


def test_a_misspelt_requirement_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(needs.VARIABLE, "brwoser")
    with pytest.raises(ValueError, match="brwoser"):
        needs.need("here")


def test_parts_whose_tests_take_long_are_left_to_those_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    assert needs.PARTS.keys() > needs.ON_REQUEST
    monkeypatch.setitem(needs.PARTS, "postgresql", (lambda: True, "nothing to do"))
    with pytest.raises(pytest.skip.Exception, match="ALIGNER_REQUIRE=postgresql"):
        needs.need("postgresql")
    monkeypatch.setenv(needs.VARIABLE, "postgresql")
    needs.need("postgresql")
