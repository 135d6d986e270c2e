"""What the components' scripts may not do."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest
import streamlit as st

from aligner.ui import components

FOLDER = Path(__file__).parent.parent / "aligner" / "ui" / "components"
SCRIPTS = sorted(FOLDER.glob("*.js"))
STYLES = sorted(FOLDER.glob("*.css"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_text_enters_the_page_as_text_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(|srcdoc|DOMParser"
    assert not re.search(ways, text)


@pytest.mark.parametrize("path", SCRIPTS + STYLES, ids=lambda path: path.name)
def test_nothing_is_loaded_from_anywhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://|url\(|@import|fetch\(|XMLHttpRequest|import\(", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_stay_short_and_say_nothing_of_their_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 300
    # A word of ours in a text position: a quoted capitalised word with a space after it.
    assert not re.search(r"""["'`][A-Z][a-z]+ [a-z]+""", re.sub(r"//.*", "", text))


@pytest.mark.parametrize("path", [path for path in STYLES if path.name != "frame.css"], ids=lambda path: path.name)
def test_classes_carry_the_prefix(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = re.sub(r"\{[^{}]*\}", "{}", text)
    assert not [name for name in re.findall(r"\.([a-zA-Z][\w-]*)", selectors) if not name.startswith("la-")]


def test_no_script_declares_a_name_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    # The files of a component are joined into one module, in which a second `const` of a name is an error.
    scripts: dict[str, str] = {}
    monkeypatch.setattr(
        st.components.v2, "component", lambda name, *, js="", **_: scripts.__setitem__(name, js) or name
    )
    spec = importlib.util.spec_from_file_location(components.__name__, components.__file__)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert len(scripts) > 5
    for name, script in scripts.items():
        names = re.findall(r"^(?:async )?(?:const|let|class|function)\s+(\w+)", script, re.MULTILINE)
        assert [each for each, times in Counter(names).items() if times > 1] == [], name
