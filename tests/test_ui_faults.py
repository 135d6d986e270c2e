"""Faults in the language of the pages: what is worded is what the code says, and nothing is lost on the way."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from aligner.errors import AlignerError, DocumentError, UnknownNameError
from aligner.ui import faults
from aligner.ui.messages import Catalogue

ROOT = Path(__file__).parent.parent / "aligner"


def templates(tree: ast.AST) -> set[str]:
    """Every text of a module, what is filled in as `{}`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else faults.GAP for part in node.values)
            found.add("".join(str(part) for part in parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


@cache
def in_code() -> set[str]:
    return {text for path in ROOT.rglob("*.py") for text in templates(ast.parse(path.read_text(encoding="utf-8")))}


@pytest.mark.parametrize("entry", faults.table(), ids=lambda entry: str(entry["said"]))
def test_what_is_worded_stands_in_the_code(entry: dict[str, str]) -> None:
    assert entry["said"] in in_code()
    assert set(entry) <= {"said", "zh", "en"}


@pytest.mark.parametrize("entry", faults.table(), ids=lambda entry: str(entry["said"]))
def test_it_is_worded_in_chinese_with_what_is_filled_in(entry: dict[str, str]) -> None:
    filled = [f"x{n}y" for n in range(entry["said"].count(faults.GAP))]
    told = faults.told(Catalogue.load("zh"), AlignerError(entry["said"].replace(faults.GAP, "{}").format(*filled)))
    assert told == entry["zh"].format(*filled)
    assert any("\u4e00" <= c <= "\u9fff" for c in told)


def test_nothing_is_worded_twice() -> None:
    said = [entry["said"] for entry in faults.table()]
    assert len(said) == len(set(said))


def test_where_and_what_to_try_are_kept() -> None:
    fault = DocumentError("the document is empty", where="a.txt", hint="give a file with text in it")
    assert faults.told(Catalogue.load("zh"), fault) == "a.txt：文件是空的；请选择有文字的文件"
    assert faults.told(Catalogue.load("en"), fault) == str(fault)


def test_what_is_filled_in_is_worded_too() -> None:
    fault = DocumentError("is a PNG picture, whatever its name says", hint="save its text as a .txt file")
    assert faults.told(Catalogue.load("zh"), fault) == "文件内容与扩展名不符：是 PNG 图片；请把文字另存为 .txt 文件"


def test_what_is_not_worded_is_shown_as_it_was_said() -> None:
    fault = UnknownNameError("format", "x", ["tmx"])
    assert faults.told(Catalogue.load("zh"), fault) == str(fault)


def test_the_page_names_no_option_of_the_command() -> None:
    fault = AlignerError(
        "no text in the letter's language", hint="name the letter's first and last words (--source-from, --source-to)"
    )
    for language in ("en", "zh"):
        assert "--" not in faults.told(Catalogue.load(language), fault)
