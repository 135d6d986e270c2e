"""What the documents say can be done, can be done; what can be done is said."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main
from test_house_imports import BETWEEN_ROOMS, PACKAGE

from aligner.cli import app
from aligner.corpus import parse

ROOT = Path(__file__).parent.parent
NAMES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
)
DOCS = {name: re.sub(r"<!--.*?-->", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL) for name in NAMES}
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def code(name: str) -> list[str]:
    """The lines of all fenced and indented blocks, and the inline code."""
    blocks = re.findall(r"^ *```\w*\n(.*?)^ *```", DOCS[name], re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^ *```.*?^ *```", "", DOCS[name], flags=re.DOTALL | re.MULTILINE)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return lines + re.findall(r"^ {4,}(.+)$", rest, re.MULTILINE) + re.findall(r"`([^`\n]+)`", rest)


def calls(program: str) -> list[tuple[str, list[str]]]:
    """Every call of a program in the documents as (document, words after the program)."""
    return [
        (name, shlex.split(re.sub(r"[][|]", " ", line), comments=True)[1:])
        for name in NAMES
        for line in code(name)
        if line.startswith(f"{program} ")
    ]


def test_every_make_command_exists() -> None:
    found = {words[0] for _, words in calls("make")}
    assert found - TARGETS == set()


def test_every_make_target_is_documented() -> None:
    assert TARGETS - {"help"} - {words[0] for _, words in calls("make")} == set()


def test_every_target_is_phony_and_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony.group(1).split()) == TARGETS
    assert set(re.findall(r"^([a-z]+):.*## \w", makefile, re.MULTILINE)) == TARGETS


@pytest.mark.parametrize(("name", "words"), [call for call in calls("aligner") if call[1][0] != "COMMAND"])
def test_every_aligner_command_exists(name: str, words: list[str]) -> None:
    options = [word.partition("=")[0] for word in words if word.startswith("-")]
    if words[0].startswith("-"):
        assert set(words) <= {"--version", "--help"}, name
        return
    assert words[0] in COMMANDS, f"{name}: aligner {words[0]}"
    command = COMMANDS[words[0]]
    if hasattr(command, "commands") and words[1:]:
        each = [word for word in re.split(r"[/|]", words[1]) if word]
        assert set(each) <= set(command.commands), f"{name}: aligner {' '.join(words[:2])}"
        command = command.commands[each[0]]
    known = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
    assert set(options) - known - {"--help"} == set(), f"{name}: aligner {words[0]}"


def test_every_aligner_command_is_documented() -> None:
    assert COMMANDS.keys() - {words[0] for name, words in calls("aligner") if name == "README.md"} == set()


def test_every_extra_is_documented() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [extra for extra in project["optional-dependencies"] if f"`{extra}`" not in DOCS["README.md"]] == []


def test_the_manifest_of_the_readme_is_a_manifest() -> None:
    block = re.search(r"```toml\n(.*?)```", DOCS["README.md"], re.DOTALL)
    assert block is not None
    text = "\n".join(line.strip() for line in block.group(1).splitlines())
    assert [letter.id for letter in parse(text, "README.md").letters] == ["farewell"]


@pytest.mark.parametrize("name", NAMES)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", DOCS[name])
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


def rows() -> dict[str, str]:
    """The table of rooms in CONTRIBUTING.md: room -> what it may import, as written."""
    return dict(re.findall(r"^\| `(\w+)/?` \|[^|]*\| (.*?) \|$", DOCS["CONTRIBUTING.md"], re.MULTILINE))


def test_every_room_stands_in_the_plan() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders - rows().keys() == set()


@pytest.mark.parametrize("room", sorted(BETWEEN_ROOMS))
def test_the_plan_states_the_rule_that_is_enforced(room: str) -> None:
    assert set(re.findall(r"`(\w+)`", rows()[room])) == BETWEEN_ROOMS[room]
