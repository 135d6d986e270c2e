"""What is declared is used, what is used is declared, and every version that was tested is written down."""

from __future__ import annotations

import ast
import hashlib
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import aligner

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
PINS = dict(
    line.split("==")
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def requirements(lines: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(each.name): each for each in map(Requirement, lines)}


EVERYTHING = requirements(PROJECT["dependencies"] + [line for lines in EXTRAS.values() for line in lines])


def imported() -> dict[str, str]:
    """Top-level module -> a file of the package that imports it; the standard library left out."""
    found = {}
    for path in (ROOT / "aligner").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "resources.files")):
                names = [each.value for each in node.args[:1] if isinstance(each, ast.Constant)]
            else:
                continue
            found.update({str(name).partition(".")[0]: str(path.relative_to(ROOT)) for name in names})
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names and name != "aligner"}


INSTALLED = metadata.packages_distributions()


def distributions(module: str) -> set[str]:
    """What installs a module, as far as it is installed here; else the module's own name."""
    return {canonicalize_name(name) for name in INSTALLED.get(module, [module])}


def test_every_library_that_the_code_imports_is_declared() -> None:
    undeclared = {name: path for name, path in imported().items() if not distributions(name) & EVERYTHING.keys()}
    assert undeclared == {}


def test_every_declared_library_is_imported() -> None:
    used = {distribution for name in imported() for distribution in distributions(name)}
    assert requirements(PROJECT["dependencies"]).keys() - used == set()


@pytest.mark.parametrize("name", sorted(EVERYTHING))
def test_every_declared_library_has_a_pin_that_fits(name: str) -> None:
    assert name in PINS
    assert Version(PINS[name]) in EVERYTHING[name].specifier


def test_pins_are_names_and_versions_and_nothing_else() -> None:
    for name, version in PINS.items():
        assert re.fullmatch(r"[a-z0-9-]+", name), name
        assert str(Version(version)) == version, name


def test_the_wheel_carries_documents_and_corpus() -> None:
    included = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"corpus": "aligner/data/corpus", "seeds": "aligner/data/seeds"}
    assert all((ROOT / folder).is_dir() for folder in included)


def test_the_code_lies_where_the_tests_are() -> None:
    assert Path(aligner.__file__).parent == ROOT / "aligner"


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    known = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
    assert hashlib.sha256(text.encode()).hexdigest() == known
    assert PROJECT["license"] == "Apache-2.0"


def test_the_notice_names_every_document() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "seeds").iterdir() if path.name not in notice] == []
