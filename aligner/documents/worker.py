"""The process that `child` starts: limits itself, reads one file from its input, answers in JSON."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

from aligner.documents import limits
from aligner.documents.reading import read_any
from aligner.errors import DocumentError


def main() -> None:
    """Answer one job: `{"found": ...}`, `{"fault": [what, where, hint]}`, `{"memory": true}` or `{"broken": why}`."""
    _limit()
    logging.disable(logging.CRITICAL)  # parsers log what they repair
    job = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    answer = json.dumps(answer_to(job["how"], job["name"], job["where"], data, job["encoding"]))
    sys.stdout.write(answer)
    sys.stdout.flush()


def answer_to(how: str, name: str, where: str, data: bytes, encoding: str | None) -> dict[str, Any]:
    """The answer to a job; whatever a library raises on a damaged file is part of it."""
    try:
        return {"found": read_any(how, name, where, data, encoding).to_json()}
    except DocumentError as error:
        return {"fault": [error.what, error.where, error.hint]}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # parsers raise anything at all on damaged files
        if "Memory" in type(error).__name__ or "out of memory" in str(error).lower():
            return {"memory": True}
        return {"broken": f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"}


def _limit() -> None:
    """No files, no more memory and processor time than a document needs; as far as the system has such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = (
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, int(limits.SECONDS) + 5),  # ends by itself when nobody is left to stop it
    )
    for limit, most in wanted:
        try:
            hard = resource.getrlimit(limit)[1]
            resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (OSError, ValueError):  # macOS knows the address space's limit and refuses to set it
            continue
