"""docs/cli.md names every command, option and exit code, and no command that is not there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from aligner.cli import app, faults

DOCS = (Path(__file__).parent.parent / "docs" / "cli.md").read_text(encoding="utf-8")
COMMANDS: dict[str, Any] = dict(get_command(app).commands)  # type: ignore[attr-defined]


def section(command: str) -> str:
    found = re.search(rf"^## `aligner {command}`\n(.*?)(?=^## |\Z)", DOCS, re.M | re.S)
    return found[1] if found else ""


def test_there_is_a_section_for_every_command_and_for_no_other() -> None:
    assert set(re.findall(r"^## `aligner ([a-z-]+)`$", DOCS, re.M)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented(name: str) -> None:
    options = {text for parameter in COMMANDS[name].params for text in (*parameter.opts, *parameter.secondary_opts)}
    options = {text for text in options if text.startswith("--")} - {"--help"}
    assert {text for text in options if not re.search(rf"{re.escape(text)}\b(?!-)", section(name))} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_documented_that_is_not_there(name: str) -> None:
    options = {text for parameter in COMMANDS[name].params for text in (*parameter.opts, *parameter.secondary_opts)}
    synopsis = section(name).split("\n\n")[1]
    assert set(re.findall(r"--[a-z][a-z-]*", synopsis)) <= options


def test_every_exit_code_is_documented() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", DOCS, re.M)}
    assert codes == {0, 1, faults.BAD_INPUT, faults.INTERNAL, faults.INTERRUPTED, faults.CLOSED_PIPE}
