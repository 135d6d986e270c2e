"""Making a letter in a process of its own, for pages that go on being used meanwhile.

Linear algebra in a thread beside a server takes many times as long as alone, and a process can be left when its reader
does not want the letter any more. It is told so by the end of its input, which also comes when the server dies; it
stops at its next step then, and cleans up.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from aligner import home
from aligner.encoders import open_encoder
from aligner.errors import AlignerError
from aligner.pipeline import bringing, remaking, second
from aligner.pipeline.bringing import Brought, Work
from aligner.pipeline.letters import Progress
from aligner.review.decisions import Decision

TASKS: dict[str, Callable[..., Brought]] = {
    "bring": bringing.bring,
    "bring_copy": second.bring_copy,
    "add_renderings": remaking.add_renderings,
    "take_out": remaking.take_out,
    "put_back": remaking.put_back,
    "add_witness": remaking.add_witness,
    "change_base": remaking.change_base,
    "change_words": remaking.change_words,
    "change_glossary": remaking.change_glossary,
}
"""What can be done; each takes a folder first and `work` by name."""

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from aligner.pipeline.apart import main; main()"


class StoppedError(Exception):
    """Nobody wants the result any more."""


class BrokenError(Exception):
    """A fault of the program in the other process; the message is where it happened."""


@dataclass(frozen=True)
class Task:
    """One of `TASKS` with its arguments, without the work that the other process opens itself."""

    name: str
    folder: Path
    arguments: dict[str, Any]
    decisions: tuple[Decision, ...] = ()


class Apart:
    """A task in another process, begun at once."""

    def __init__(self, task: Task) -> None:
        path = [os.path.abspath(entry) for entry in sys.path if entry]  # noqa: PTH100 - a search path is text
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-I", "-X", "utf8", "-c", _START, json.dumps(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        pickle.dump(task, _open(self._process.stdin))
        _open(self._process.stdin).flush()

    def stop(self) -> None:
        """Tell it that nobody wants the result; what was not stored yet never is."""
        _open(self._process.stdin).close()

    def result(self, progress: Progress) -> Brought:
        """Wait for it. Raises AlignerError as the task does, StoppedError, and BrokenError for anything else."""
        with self._process:
            while True:
                try:
                    kind, value = pickle.load(_open(self._process.stdout))  # noqa: S301 - our own process
                except (EOFError, pickle.UnpicklingError):
                    raise BrokenError(f"the process ended with {self._process.wait()}") from None
                if kind == "progress":
                    progress(*value)
                elif kind == "made":
                    return value  # type: ignore[no-any-return]
                else:
                    raise value


def main() -> None:
    """Do the task on stdin; tell its steps and its end on stdout, as pickles."""
    # What somebody prints must not get between the answers.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    task: Task = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process
    unwanted = threading.Event()
    threading.Thread(target=_listen, args=(unwanted,), daemon=True).start()

    def progress(*step: Any) -> None:
        if unwanted.is_set():
            raise StoppedError
        _say(out, "progress", step)

    with contextlib.suppress(BrokenPipeError):  # whoever asked is gone
        _say(out, *answer(task, Work(open_encoder(cache=home.vectors_dir()), progress=progress)))
    os._exit(0)  # the thread that listens would keep the interpreter from ending


def answer(task: Task, work: Work) -> tuple[str, Any]:
    """What became of a task."""
    try:
        made = TASKS[task.name](task.folder, **task.arguments, work=replace(work, decisions=task.decisions))
    except (AlignerError, StoppedError) as error:
        return "fault", error
    except Exception:
        return "fault", BrokenError(traceback.format_exc())
    return "made", made


def _listen(unwanted: threading.Event) -> None:
    sys.stdin.buffer.read()
    unwanted.set()


def _say(out: IO[bytes], kind: str, value: Any) -> None:
    pickle.dump((kind, value), out)
    out.flush()


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise BrokenError("the process has no such stream")
    return stream
