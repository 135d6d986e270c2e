"""What all tests share: how hard property tests try, and marks by folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from support_store import server, store, url  # noqa: F401 - fixtures

HERE = Path(__file__).parent

MARKS = {"browser": "browser", "lane_bertalign": "bertalign"}
"""Folder of tests -> the mark that every test in it carries."""

# Examples are the same in every run; `make soak` looks for new ones. A time limit per example
# would fail on a busy machine.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what the user keeps; the vectors are kept for the whole run, as the cache they are."""
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path_factory.getbasetemp() / "home"))
    for name in ("ALIGNER_DATABASE_URL", "ALIGNER_REVIEWER"):
        monkeypatch.delenv(name, raising=False)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(HERE).parts[0] if item.path.is_relative_to(HERE) else ""
        if folder in MARKS:
            item.add_marker(MARKS[folder])
    if "soak" not in (config.getoption("-m") or ""):
        long = [item for item in items if item.get_closest_marker("soak")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("soak")]
