"""Coverage-guided fuzzing of parsers, of which tests/fuzz_documents.py and tests/fuzz_exchange.py say what they are.

An input that reaches a line after a line as no input before did is kept and changed further. A fault
is what `fault_in` says; its input is written into a folder of `tests/cases`, where a test reads it
again for ever. Random numbers start from a seed, so that a run can be repeated.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import re
import signal
import sys
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any

from support_documents import rezipped

from aligner.errors import AlignerError

CASES = Path(__file__).parent / "cases"
PACKAGE = Path(sys.modules["aligner"].__file__ or "").parent
HANG = 20
TICKS = ("一", "。", "A", "-", "\u00ad", "1", " ", "\U00020000", "\u0301")

Input = bytes
Edge = tuple[str, int, int]


class Hanging(BaseException):
    """An input took longer than `HANG` seconds."""


@dataclass(frozen=True)
class Parsers:
    """Parsers by name.

    `tokens` are what files of each are made of, apart by bars; `seeds` gives sound files to begin with, `run` is
    everything of ours that reads one. Members of archives that `told` knows are changed, the others say nothing to a
    parser of ours. `ours` are folders of the package: what happens there is watched. With `guarded`, a library's
    fault is none, because another process answers it. `broken` says what is wrong with a refusal.
    """

    finds: Path
    ours: tuple[str, ...]
    tokens: Mapping[str, bytes]
    seeds: Callable[[str], list[Input]]
    run: Callable[[str, Input], None]
    told: re.Pattern[str]
    guarded: bool
    broken: Callable[[AlignerError], bool]

    def within(self, file: str) -> bool:
        """Whether a file's lines are ours."""
        return file.startswith(self.ours)


def change(
    data: Input, others: list[Input], tokens: list[bytes], told: re.Pattern[str], chance: random.Random
) -> Input:
    """The input with one to four changes; those of an archive inside one of its members."""
    if data.startswith(b"PK") and chance.random() < 0.95:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                name = chance.choice([n for n in archive.namelist() if told.search(n)])
                part = archive.read(name)
            return rezipped(data, {name: change_bytes(part, [part], tokens, chance)}, zipfile.ZIP_STORED)
        except Exception:  # an archive that was damaged before is damaged further
            return change_bytes(data, others, tokens, chance)
    return change_bytes(data, others, tokens, chance)


def change_bytes(data: bytes, others: list[bytes], tokens: list[bytes], chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found) + 1)
        if b"<" in tokens[0] and chance.random() < 0.6:
            at = found.find(b">", at) + 1  # between two tags much stays well-formed
        kind = chance.randrange(7)
        if kind == 0:
            found[at:at] = chance.choice(tokens)
        elif kind == 1:
            found[at : at + chance.choice((1, 2, 8, 64))] = b""
        elif kind == 2 and at < len(found):
            found[at] = chance.randrange(256)
        elif kind == 3:
            found[at:at] = found[at : at + chance.randrange(60)] * chance.choice((1, 2, 9))
        elif kind == 4:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            found[at : at + chance.randrange(40)] = other[start : start + chance.randrange(60)]
        elif kind == 5:
            token = chance.choice(tokens)
            found[at : at + len(token)] = token
        else:
            found[at:at] = chance.choice(TICKS).encode()
    return bytes(found[:200_000])


def fault_in(parsers: Parsers, parser: str, data: Input) -> str | None:
    """What is wrong with how an input was taken: a fault raised in our own code, a broken rule, a hang."""
    try:
        parsers.run(parser, data)
    except AlignerError as error:
        if parsers.broken(error):
            return f"broke a rule: {error} at {_place(error)}"
    except MemoryError:
        return None
    except Hanging:
        return f"took more than {HANG} s"
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        if parsers.within(last.filename) or not parsers.guarded:
            return f"{type(error).__name__}: {error} at {_place(error)}"
    return None


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


@contextmanager
def watched(parsers: Parsers, seen: set[Edge]) -> Iterator[set[Edge]]:
    """Collects the pairs of lines of ours that follow each other and are not in `seen`."""
    fresh: set[Edge] = set()

    def lines(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        if event == "line":
            edge = (frame.f_code.co_filename, last.get(id(frame), 0), frame.f_lineno)
            last[id(frame)] = frame.f_lineno
            if edge not in seen:
                fresh.add(edge)
        return lines

    def calls(frame: FrameType, _: str, __: Any) -> Callable[..., Any] | None:
        return lines if parsers.within(frame.f_code.co_filename) else None

    last: dict[int, int] = {}
    sys.settrace(calls)
    try:
        yield fresh
    finally:
        sys.settrace(None)


def fuzz(parsers: Parsers, parser: str, seconds: float, seed: int) -> list[str]:
    """Fuzz one parser; the faults, each with the file that its input is kept in."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    tokens = parsers.tokens[parser].split(b"|")
    kept = parsers.seeds(parser)
    seen: set[Edge] = set()
    finds: dict[str, str] = {}
    runs, begin = 0, time.monotonic()
    queue = list(kept)
    while time.monotonic() - begin < seconds:
        data = queue.pop() if queue else change(chance.choice(kept[-200:]), kept, tokens, parsers.told, chance)
        signal.alarm(HANG)
        with watched(parsers, seen) as fresh:
            fault = fault_in(parsers, parser, data)
        signal.alarm(0)
        runs += 1
        if fresh:
            seen |= fresh
            if runs > len(kept):
                kept.append(data)
        at = (fault or "").rpartition(" at ")[2]
        if fault and at not in finds:
            parsers.finds.mkdir(parents=True, exist_ok=True)
            path = parsers.finds / f"{hashlib.sha256(data).hexdigest()[:12]}{'' if parser[0] == '.' else '-'}{parser}"
            path.write_bytes(data)
            finds[at] = f"{path.name}: {fault}"
            print(f"  {finds[at]}", flush=True)
    spent = time.monotonic() - begin
    print(
        f"{parser}: {runs} inputs in {spent:.0f} s, {len(seen)} edges, {len(kept)} kept, {len(finds)} faults",
        flush=True,
    )
    return list(finds.values())


def _hang(*_: object) -> None:
    raise Hanging


def main(parsers: Parsers, description: str) -> int:
    """The number of faults decides the exit code."""
    arguments = argparse.ArgumentParser(description=description)
    names = list(parsers.tokens)
    # Not `choices`: argparse would look for the empty list among them.
    arguments.add_argument("parser", nargs="*", help=f"of {', '.join(names)}; all by default")
    arguments.add_argument("--seconds", type=float, default=600.0, help="for each parser")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    if unknown := set(options.parser) - set(names):
        arguments.error(f"there is no parser {min(unknown)}; known: {', '.join(names)}")
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _hang)
    found = [
        fault for parser in options.parser or names for fault in fuzz(parsers, parser, options.seconds, options.seed)
    ]
    return 1 if found else 0
