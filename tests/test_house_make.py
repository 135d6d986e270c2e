"""tools/venv.sh says what is missing, in words that help, before it touches anything."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="tools/venv.sh is a shell script")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of what the script reads, in a folder with a space in its name."""
    place = tmp_path / "letter aligner"
    (place / "tools").mkdir(parents=True)
    for name in ("tools/venv.sh", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, place / name)
    return place


def stub(house: Path, script: str) -> str:
    """A program of our own that the script takes for a Python."""
    path = house / "python stub"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def setup(house: Path, python: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(house / "tools" / "venv.sh"), python, "default"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=house.parent)


def good_python(house: Path, version: str = "3.11.9") -> str:
    """A Python that makes environments in which pip installs nothing and says so, as told by pip.txt."""
    return stub(
        house,
        f"""
case "$*" in
    *version_info\\[:3\\]*) echo {version} ;;
    *_base_executable*) echo "$0" ;;
    *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && echo made >>made.txt ;;
    *"-m pip install"*) echo install >>made.txt; [ ! -e pip-fails ] || {{ echo "no network" >&2; exit 1; }} ;;
esac
exit 0""",
    )


def made(house: Path) -> list[str]:
    return (house / "made.txt").read_text(encoding="utf-8").split()


def test_no_python(house: Path) -> None:
    done = setup(house, "no-such-python")
    assert done.returncode == 2
    assert "no-such-python" in done.stderr
    assert "PYTHON=" in done.stderr


def test_an_old_python(house: Path) -> None:
    old = stub(house, 'case "$*" in *sys.exit*) exit 1 ;; *) echo 3.9.2 ;; esac')
    done = setup(house, old)
    assert done.returncode == 2
    assert "is Python 3.9.2" in done.stderr
    assert "3.11 or newer" in done.stderr
    assert not (house / ".venv").exists()


def test_a_python_without_venv(house: Path) -> None:
    lacking = stub(house, 'case "$*" in *ensurepip*) exit 1 ;; *) echo 3.11.2 ;; esac')
    done = setup(house, lacking)
    assert done.returncode == 2
    assert "apt install python3-venv" in done.stderr
    assert not (house / ".venv").exists()


def test_installs_once(house: Path) -> None:
    python = good_python(house)
    assert setup(house, python).returncode == 0
    assert setup(house, python).returncode == 0
    assert made(house) == ["made", "install"]


def test_a_failed_installation_leaves_no_stamp_and_starts_anew(house: Path) -> None:
    python = good_python(house)
    (house / "pip-fails").touch()
    failed = setup(house, python)
    assert failed.returncode == 2
    assert "no network" in failed.stderr
    (house / "pip-fails").unlink()
    assert setup(house, python).returncode == 0
    assert made(house) == ["made", "install", "made", "install"]


def test_a_changed_pin_is_installed(house: Path) -> None:
    python = good_python(house)
    setup(house, python)
    with (house / "constraints.txt").open("a", encoding="utf-8") as file:
        file.write("six==1.16.0\n")
    setup(house, python)
    assert made(house) == ["made", "install", "install"]


@pytest.mark.parametrize("change", ["broken", "moved", "version"])
def test_an_environment_that_cannot_work_is_made_again(house: Path, change: str) -> None:
    setup(house, good_python(house))
    if change == "broken":
        (house / ".venv" / "bin" / "python").unlink()
    elif change == "moved":
        house = house.rename(house.with_name("elsewhere"))
    done = setup(house, good_python(house, "3.12.0" if change == "version" else "3.11.9"))
    assert done.returncode == 0, done.stderr
    assert made(house) == ["made", "install", "made", "install"]


def test_an_activated_environment_is_not_its_own_maker(house: Path) -> None:
    """With .venv activated, `python3` is .venv's own: the Python behind it must make the new one."""
    behind = Path(good_python(house)).rename(house / "python behind")
    activated = stub(
        house,
        f"""
case "$*" in
    *version_info\\[:3\\]*) echo 3.11.9 ;;
    *_base_executable*) echo "{behind}" ;;
    *"-m venv"*) exit 1 ;;
esac
exit 0""",
    )
    done = setup(house, activated)
    assert done.returncode == 0, done.stderr
    assert made(house) == ["made", "install"]
