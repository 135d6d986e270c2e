"""The code works for any letter and stays readable: no seed in it, no runaway module."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "aligner"
CODE = sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".css", ".json", ".toml"})
MODULES = sorted(PACKAGE.rglob("*.py"))

MOST_LINES = 300
LONGER = {"aligner/model.py": 500}
"""The words of the project stand together, so that they can be read in one go."""
MOST_LINES_IN_A_FUNCTION = 60

# Surnames and names of the letters that no word of a program shares; the manifest adds its own.
PEOPLE = (
    "Murati Altman OpenAI OpenAl Brockman Sutskever McGrew Zoph Pachocki Achiam Narayanan 穆拉蒂 穆拉提 奥特曼 阿尔特曼"
)
ENGLISH_RUN = 6  # words; shorter runs are ordinary English
CHINESE_RUN = 6  # characters


def manifest() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((ROOT / "corpus" / "letters.toml").read_text(encoding="utf-8"))


def names() -> set[str]:
    """What the manifest calls its letters, renderings, documents, authors and outlets."""
    found = set(PEOPLE.split())
    for document in manifest()["document"]:
        found |= {document["file"], document.get("outlet", "")}
    for letter in manifest()["letter"]:
        found |= {letter["id"], *letter["author"].split()}
        for rendering in letter["renderings"]:
            found |= {str(rendering["id"]), str(rendering.get("outlet", ""))}  # type: ignore[index]
    return found - {""}


def runs(text: str) -> set[str]:
    """Stretches long enough to be a quotation: of words, lower case, and of Chinese characters."""
    words = re.findall(r"[a-z']+", text.lower())
    found = {" ".join(words[i : i + ENGLISH_RUN]) for i in range(len(words) - ENGLISH_RUN + 1)}
    for stretch in re.findall(r"[\u4e00-\u9fff]+", text):
        found |= {stretch[i : i + CHINESE_RUN] for i in range(len(stretch) - CHINESE_RUN + 1)}
    return found


def test_no_name_of_a_seed_stands_in_the_code() -> None:
    wanted = re.compile("|".join(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" for name in sorted(names())))
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in CODE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := wanted.search(line))
    ]
    assert not found, "\n".join(found)


def test_no_phrase_of_a_seed_stands_in_the_code() -> None:
    seeds = set().union(*(runs(path.read_text(encoding="utf-8")) for path in (ROOT / "seeds").glob("*.txt")))
    assert len(seeds) > 1000
    found = {
        str(path.relative_to(ROOT)): sorted(shared)
        for path in CODE
        if (shared := runs(path.read_text(encoding="utf-8")) & seeds)
    }
    assert not found, found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    assert lines <= LONGER.get(str(path.relative_to(ROOT)), MOST_LINES)
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MOST_LINES_IN_A_FUNCTION
    ]
    assert not long, long
