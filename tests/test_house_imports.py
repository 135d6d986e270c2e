"""Which part of the house may import what; CONTRIBUTING.md says why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "aligner"
MODULES = sorted(PACKAGE.rglob("*.py"))

GROUND = {"aligner", "errors", "home", "model", "comparison", "archives"}
"""What everybody may use: the version, the faults, where to write, the words as values."""

BETWEEN_ROOMS: dict[str, set[str]] = {
    "documents": {"text"},
    "text": set(),
    "witnesses": {"text"},
    "encoders": {"text"},
    "engines": {"text", "encoders"},
    "checks": {"text", "encoders"},
    "formats": {"review"},
    "evaluation": set(),
    "training": {"text", "encoders", "engines", "evaluation", "documents", "formats"},
    "review": set(),
    "store": {"review"},
}
ROOMS = set(BETWEEN_ROOMS) - {"training"}
"""What a corpus is made with; only the command line learns."""
MAY_IMPORT: dict[str, set[str]] = {
    "aligner": set(),
    "errors": set(),
    "home": {"errors"},
    "model": {"errors"},
    "comparison": {"model"},
    "archives": {"errors"},
    **{room: GROUND | others for room, others in BETWEEN_ROOMS.items()},
    "corpus": GROUND | ROOMS,
    "pipeline": GROUND | ROOMS | {"corpus"},
    "ui": GROUND | ROOMS | {"corpus", "pipeline"},
    "cli": GROUND | ROOMS | {"training", "corpus", "pipeline", "ui"},  # `aligner app` starts the pages
    "__main__": {"cli"},
}

ONLY_IN: dict[str, set[str]] = {
    "streamlit": {"ui"},
    "altair": {"ui"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "psycopg": {"store"},
    "typer": {"cli"},
    "rich": {"cli"},
    "scipy": {"training"},
}
"""Library -> the only parts that may import it."""


def part_of(path: Path) -> str:
    """`aligner/text/quotes.py` -> `text`, `aligner/model.py` -> `model`, `aligner/__init__.py` -> `aligner`."""
    first = path.relative_to(PACKAGE).parts[0]
    return "aligner" if first == "__init__.py" else first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every import in a module as (line, dotted name), those inside functions too."""
    package = ("aligner", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            if module == "aligner":  # `from aligner import documents` names a part, `__version__` does not
                for name in node.names:
                    inside = (PACKAGE / name.name).is_dir() or (PACKAGE / f"{name.name}.py").is_file()
                    yield node.lineno, f"aligner.{name.name}" if inside else "aligner"
            else:
                yield node.lineno, module


def faults(path: Path) -> list[str]:
    part = part_of(path)
    found = []
    for line, name in imports(path):
        first, _, rest = name.partition(".")
        target = rest.partition(".")[0] or "aligner"
        if first == "aligner" and target != part and target not in MAY_IMPORT[part]:
            found.append(f"{path.relative_to(ROOT)}:{line}: {part} may not import {target}")
        if first in ONLY_IN and part not in ONLY_IN[first]:
            found.append(f"{path.relative_to(ROOT)}:{line}: only {', '.join(ONLY_IN[first])} may import {first}")
    return found


def test_every_part_has_its_rule() -> None:
    assert {part_of(path) for path in MODULES} <= MAY_IMPORT.keys()


@pytest.mark.parametrize("part", sorted({part_of(path) for path in MODULES} & MAY_IMPORT.keys()))
def test_imports_go_one_way(part: str) -> None:
    found = [fault for path in MODULES if part_of(path) == part for fault in faults(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("text/x.py", "from aligner.engines import ENGINES"),
        ("text/x.py", "from aligner import engines"),
        ("text/x.py", "from ..engines import base"),
        ("model.py", "import aligner.text.quotes"),
        ("formats/x.py", "from aligner.corpus import Corpus"),
        ("pipeline.py", "def f():\n    import streamlit"),
        ("engines/x.py", "from aligner.training import fit"),
        ("engines/x.py", "from scipy.optimize import minimize"),
        ("formats/x.py", "from sqlalchemy.orm import Session"),
        ("review/x.py", "import psycopg"),
        ("cli/x.py", "def f():\n    from alembic import command"),
        ("store/x.py", "from aligner.formats.files import write_atomic"),
        ("review/x.py", "from aligner.store import open_store"),
        ("ui/x.py", "from aligner.cli import app"),
        ("pipeline/x.py", "from aligner.training import beads"),
    ],
)
def test_the_rule_sees_a_breach(place: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("aligner/engines/__init__.py", f"aligner/{place}"):
        (tmp_path / module).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / module).write_text("", encoding="utf-8")
    path = tmp_path / "aligner" / place
    path.write_text(line, encoding="utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path / "aligner")
    assert len(faults(path)) == 1


def test_app_py_is_only_the_frame() -> None:
    app = ROOT / "app.py"
    statements = ast.parse(app.read_text(encoding="utf-8")).body
    assert len(statements) <= 3, "app.py calls aligner.ui and holds nothing of its own"


def test_no_module_hides_a_name_of_its_package() -> None:
    from aligner import engines, pipeline

    for package in (engines, pipeline):
        folder = Path(str(package.__file__)).parent
        assert set(package._HOMES) <= set(package.__all__)
        for name in package._HOMES:
            assert not (folder / f"{name}.py").exists(), name
            assert callable(getattr(package, name)), name
