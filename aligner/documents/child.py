"""Reads a file of a stranger in a process of its own, which is stopped when it takes too long or too much.

Parsers of PDF, Word, HTML and EPUB are large, and files are damaged or made to harm. What a parser
does there, the program goes on: the other process may not write files, has its memory and time
limited, and gives back plain JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from aligner.documents import limits
from aligner.documents.extraction import Extracted
from aligner.errors import DocumentError

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from aligner.documents.worker import main; main()"
_SPLIT = "split it, or save its text as a .txt file"
_ANEW = "open it and save it anew, or save its text as a .txt file"


def read_apart(how: str, name: str, where: str, data: bytes, encoding: str | None = None) -> Extracted:
    """What `read_any` gives for the same arguments, read in another process.

    Raises DocumentError: what `read_any` raises; takes too long; takes too much memory; the parser failed.
    """
    job = json.dumps({"how": how, "name": name, "where": where, "encoding": encoding}).encode() + b"\n" + data
    path = [os.path.abspath(entry) for entry in sys.path if entry]  # noqa: PTH100 - a search path is text
    # -I: neither the folder it is started in nor the user's settings decide what is imported; the path comes along.
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-W", "ignore", "-c", _START, json.dumps(path)]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            creationflags=flags,
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentError(
            f"no process could be started to read it ({reason})", where=where, hint="try again"
        ) from None
    with process:
        try:
            answer, _ = process.communicate(job, timeout=limits.SECONDS)
        except subprocess.TimeoutExpired:
            seconds = f"{limits.SECONDS:g} s"
            raise DocumentError(f"reading it took more than {seconds}", where=where, hint=_SPLIT) from None
        finally:
            process.kill()
    held = _answer(where, answer, process.returncode)
    return Extracted.from_json(name, data, held)


def _answer(where: str, answer: bytes, code: int) -> dict[str, Any]:
    held: dict[str, Any] = {}
    if code == 0:
        try:
            held = json.loads(answer)
        except ValueError:
            held = {}
    if "found" in held:
        found: dict[str, Any] = held["found"]
        return found
    if "fault" in held:
        what, place, hint = held["fault"]
        raise DocumentError(what, where=place or where, hint=hint)
    if held.get("memory"):
        most = limits.MEMORY_BYTES // limits.MB
        raise DocumentError(f"reading it took more than {most} MB of memory", where=where, hint=_SPLIT)
    reason = held.get("broken") or f"the parser stopped, code {code}"
    raise DocumentError(f"is damaged: it cannot be parsed ({reason})", where=where, hint=_ANEW)
