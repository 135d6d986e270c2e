"""Bead lines, `[0, 1]:[2]:0.973`: what vecalign and bertalign print and score, and `aligner pair` too.

The third field may be missing. Vecalign prints a cost there; values that are no probabilities are
read over with a remark, because a cost says nothing about calibration.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

from aligner.errors import AlignerError, DocumentError
from aligner.evaluation.beads import Bead, BeadFile

_NUMBER = re.compile(r"[0-9]{1,9}")
_REAL = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_BLANK = re.compile(r"[ \t]*")
_BEGINS_LIKE_A_BEAD = re.compile(r"\s*\[\s*[0-9\]]")
_HINT = "a bead line looks like '[0, 1]:[2]:0.973'"


def looks_like_beads(head: str) -> bool:
    """Whether a file that begins with `head` means to hold bead lines."""
    return _BEGINS_LIKE_A_BEAD.match(head) is not None


def read_bead_lines(text: str, path: Path) -> BeadFile:
    """The beads in `text`, one a line, blank lines left out.

    Raises DocumentError, with `file:line:column` (both from 1), at what does not fit.
    """
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            rows.append((number, *_Line(line.removesuffix("\r"), f"{path}:{number}").read()))
    strange = next(((number, value) for number, _, _, value in rows if value is not None and not 0 <= value <= 1), None)
    remarks: tuple[str, ...] = ()
    if strange:
        remarks = (f"{path}:{strange[0]}: {strange[1]:g} is no probability; the third field is not read",)
    beads = []
    for number, source, target, value in rows:
        try:
            beads.append(Bead(source, target, None if strange else value))
        except AlignerError as error:
            raise DocumentError(error.what, where=f"{path}:{number}:1", hint=_HINT) from error
    return BeadFile(str(path), (path.stem, path.name), tuple(beads), remarks=remarks)


class _Line:
    """A reader's place in one line."""

    def __init__(self, line: str, where: str) -> None:
        self.line, self.where, self.at = line, where, 0

    def read(self) -> tuple[tuple[int, ...], tuple[int, ...], float | None]:
        source = self.side()
        self.take(":")
        target = self.side()
        value = None
        if self.peek():
            self.take(":")
            value = self.real()
        if self.peek():
            self.refuse("the end of the line")
        return source, target, value

    def side(self) -> tuple[int, ...]:
        self.take("[")
        numbers: list[int] = []
        while self.peek() != "]":
            if numbers:
                self.take(",")
            numbers.append(int(self.match(_NUMBER, "a sentence number")))
        self.take("]")
        return tuple(sorted(numbers))

    def real(self) -> float:
        start = self.at
        value = float(self.match(_REAL, "a confidence"))
        if not math.isfinite(value):
            self.at = start
            self.refuse("a confidence")
        return value

    def peek(self) -> str:
        found = _BLANK.match(self.line, self.at)
        self.at = found.end() if found else self.at
        return self.line[self.at : self.at + 1]

    def take(self, character: str) -> None:
        if self.peek() != character:
            self.refuse(f"'{character}'")
        self.at += 1

    def match(self, pattern: re.Pattern[str], wanted: str) -> str:
        self.peek()
        found = pattern.match(self.line, self.at)
        if not found:
            self.refuse(wanted)
            return ""
        self.at = found.end()
        return found.group()

    def refuse(self, wanted: str) -> None:
        found = repr(self.line[self.at : self.at + 20]) if self.at < len(self.line) else "the end of the line"
        raise DocumentError(f"expected {wanted}, found {found}", where=f"{self.where}:{self.at + 1}", hint=_HINT)
