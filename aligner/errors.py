"""Every fault that a user can cause, with one base class.

A message says what happened, where, and what to try. The command line prints it as one line and
exits with `exit_code`; the app shows it in place. Anything that is not an `AlignerError` is a fault
of the program itself.
"""

from __future__ import annotations

import re
from typing import Any

LONGEST = 400
"""Characters of what happened that a message shows: it can quote a whole file."""


class AlignerError(Exception):
    """Base of all faults in what the program was given."""

    exit_code = 2

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        what = self.what if len(self.what) <= LONGEST else f"{self.what[: LONGEST - 60]} … {self.what[-57:]}"
        head = f"{self.where}: {what}" if self.where else what
        # One line, whatever a parser or a name in a file says.
        return " ".join((f"{head}; {self.hint}" if self.hint else head).splitlines())

    def __reduce__(self) -> tuple[Any, ...]:
        # Pickle would call a subclass with the message alone, whatever its constructor takes; a fault
        # in another process must arrive as it was raised there.
        return _restored, (type(self), self.what, self.where, self.hint), self.__dict__


def _restored(kind: type[AlignerError], what: str, where: str | None, hint: str | None) -> AlignerError:
    fault = kind.__new__(kind)
    AlignerError.__init__(fault, what, where=where, hint=hint)
    return fault


class DocumentError(AlignerError):
    """A document that cannot be read: missing, undecodable, empty, not what its name says."""


class ManifestError(AlignerError):
    """A manifest that is not valid TOML, lacks a key, or names something that is not there."""


class WitnessError(AlignerError):
    """The letter cannot be cut from its document by the words given."""


class LanguageError(AlignerError):
    """A text is not in the language it was announced in."""


class AlignmentError(AlignerError):
    """A value that breaks a rule of alignments; the message names the segment."""


class UnknownNameError(AlignerError):
    """A name (letter, rendering, engine, encoder, format, setting) that does not exist."""

    def __init__(self, kind: str, name: str, known: object, *, where: str | None = None) -> None:
        names = ", ".join(sorted(map(str, known), key=_by_numbers)) if hasattr(known, "__iter__") else str(known)
        super().__init__(f"unknown {kind} {name!r}", where=where, hint=f"known: {names or 'none'}")


def _by_numbers(name: str) -> list[str | int]:
    """A key by which l2 comes before l10."""
    return [int(part) if number % 2 else part for number, part in enumerate(re.split(r"([0-9]+)", name))]


class MissingExtraError(AlignerError):
    """An optional part that is not installed; the hint is the line that installs it."""
