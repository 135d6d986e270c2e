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


def parts(name: str) -> dict[str, Any]:
    """A command, or the commands of a group, by what stands after `aligner`."""
    command = COMMANDS[name]
    inner = getattr(command, "commands", {})
    return {f"{name} {each}": inner[each] for each in inner} or {name: command}


def options_of(name: str) -> set[str]:
    parameters = [parameter for each in parts(name).values() for parameter in each.params]
    texts = {text for parameter in parameters for text in (*parameter.opts, *parameter.secondary_opts)}
    return {text for text in texts if text.startswith("--")}


def section(command: str) -> str:
    found = re.search(rf"^## `aligner {command}`\n(.*?)(?=^## |\Z)", DOCS, re.M | re.S)
    return found[1] if found else ""


def synopsis(command: str) -> str:
    """The indented lines below the heading."""
    return section(command).lstrip("\n").split("\n\n")[0]


def test_there_is_a_section_for_every_command_and_for_no_other() -> None:
    assert set(re.findall(r"^## `aligner ([a-z-]+)`$", DOCS, re.M)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented(name: str) -> None:
    options = options_of(name) - {"--help"}
    assert {text for text in options if not re.search(rf"{re.escape(text)}\b(?!-)", section(name))} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_documented_that_is_not_there(name: str) -> None:
    options = options_of(name)
    assert set(re.findall(r"--[a-z][a-z-]*", synopsis(name))) <= options


GROUPED = [(name, call) for name in COMMANDS for call in parts(name) if call != name]


@pytest.mark.parametrize(("name", "call"), GROUPED)
def test_every_command_of_a_group_has_a_line_with_its_options(name: str, call: str) -> None:
    lines = [line.strip() for line in synopsis(name).splitlines()]
    (line,) = (line for line in lines if re.match(rf"aligner {call}\b", line))
    options = {text for each in parts(name)[call].params for text in each.opts if text.startswith("--")}
    assert set(re.findall(r"--[a-z][a-z-]*", line)) == options - {"--help"}


def test_every_exit_code_is_documented() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", DOCS, re.M)}
    assert codes == {0, 1, faults.BAD_INPUT, faults.INTERNAL, faults.INTERRUPTED, faults.CLOSED_PIPE}
