"""What one message of the browser says of several parts of a page."""

from __future__ import annotations

import pytest

from aligner.ui import parts


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    kept: dict[str, object] = {}
    monkeypatch.setattr("streamlit.session_state", kept)
    return kept


def test_what_a_component_sent_is_kept_until_its_part_takes_it_once(state: dict[str, object]) -> None:
    state["reader"] = {"go": "review", "sentence": None}
    parts.hear("reader", "reader", "go", "sentence")()
    state["reader"] = {}  # Streamlit forgets what was sent with the run in which another part ran
    parts.hear("reader", "reader", "go")()
    assert parts.heard("reader", "go") == "review"
    assert parts.heard("reader", "go") is None
    assert parts.heard("reader", "sentence") is None


def test_what_was_sent_from_a_page_that_was_left_is_nobodys(state: dict[str, object]) -> None:
    state["reader"] = {"go": "review"}
    parts.hear("reader", "reader", "go")()
    parts.leave()
    assert parts.heard("reader", "go") is None
