"""The process that reads strangers' files: stopped when it takes too long or too much, and alone with its faults."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support_documents import LETTER, docx_of, page_of

from aligner.documents import child, limits, read
from aligner.documents.worker import answer_to
from aligner.errors import DocumentError

PAGE = page_of(*LETTER).encode()
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and files are Linux's")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that were started."""
    found: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def popen(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        found.append(real(*arguments, **options))
        return found[-1]

    monkeypatch.setattr(child.subprocess, "Popen", popen)
    yield found
    assert all(process.poll() is not None for process in found), "no process is left behind"


def doing(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the process do something else, after it has limited itself."""
    begin = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from aligner.documents import worker"
    monkeypatch.setattr(child, "_START", f"{begin}; worker._limit()\n{code}")


def test_another_process_reads_the_file(started: list[subprocess.Popen[bytes]]) -> None:
    assert LETTER[1] in read("a.html", PAGE).text
    assert [process.returncode for process in started] == [0]


def test_short_texts_are_read_here_and_long_ones_apart(started: list[subprocess.Popen[bytes]]) -> None:
    read("a.txt", b"Short.")
    assert not started
    long = (LETTER[1] + "\n\n").encode() * (limits.HERE_BYTES // 50)
    document = read("a.txt", long)
    assert len(started) == 1
    assert document.text.encode() == long, "byte for byte"


def test_what_takes_too_long_is_stopped(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    doing(monkeypatch, "while True: pass")
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    with pytest.raises(DocumentError, match=r"a\.html: reading it took more than 0\.5 s; split it"):
        read("a.html", PAGE)
    assert len(started) == 1


@LINUX
def test_what_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    doing(monkeypatch, "worker.read_any = lambda *_: bytearray(2 * 10**9)\nworker.main()")
    with pytest.raises(DocumentError, match="more than 900 MB of memory"):
        read("a.html", PAGE)


@LINUX
def test_it_can_write_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "left"
    doing(
        monkeypatch,
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"with open({str(place)!r}, 'wb') as file:\n    file.write(b'x' * 100)",
    )
    with pytest.raises(DocumentError, match="cannot be parsed"):
        read("a.html", PAGE)
    assert place.read_bytes() == b""


@pytest.mark.parametrize("code", ["import os; os.abort()", "sys.exit(7)", "print('not JSON')", "", "raise ValueError"])
def test_a_parser_that_dies_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    doing(monkeypatch, code)
    with pytest.raises(DocumentError, match=r"a\.html: is damaged: it cannot be parsed") as caught:
        read("a.html", PAGE)
    assert caught.value.hint


def test_a_process_that_cannot_be_started_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(DocumentError, match="no process could be started"):
        read("a.html", PAGE)


def test_neither_folder_nor_settings_decide_what_is_imported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("lxml", "docx", "json", "trafilatura"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert LETTER[1] in read("a.docx", docx_of(*LETTER)).text


def test_many_threads_at_once() -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(read("a.html", PAGE).text)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (DocumentError("bad", where="w", hint="h"), {"fault": ["bad", "w", "h"]}),
        (MemoryError(), {"memory": True}),
        (RuntimeError("Out of memory\nhere"), {"memory": True}),
        (RecursionError("deep\n down"), {"broken": "RecursionError: deep down"}),
        (KeyError("x" * 500), {"broken": f"KeyError: '{'x' * 99}"}),
    ],
)
def test_whatever_a_library_raises_is_an_answer(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, answer: dict[str, Any]
) -> None:
    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr("aligner.documents.worker.read_any", broken)
    assert answer_to("html", "a.html", "a.html", b"", None) == answer
