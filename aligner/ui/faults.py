"""Faults in the language of the pages: the rooms below say them in English, for the terminal too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from aligner.errors import AlignerError
from aligner.ui.messages import Catalogue

GAP = "{}"
"""What is filled in where a fault is raised."""


def told(say: Catalogue, error: AlignerError) -> str:
    """What happened, where, and what to try, in one line; in English where the catalogue has no words for it.

    >>> told(Catalogue.load("zh"), AlignerError("is larger than 20 MB", where="a.txt", hint="split it"))
    'a.txt：超过 20 MB；请拆分'
    """
    if str(error) != AlignerError.__str__(error):
        return str(error)
    words = [_worded(part, say.language) if part else None for part in (error.what, error.hint)]
    if words == [error.what, error.hint]:
        return str(error)
    what, hint = words
    head = say("app.fault_at", where=error.where, what=what) if error.where else str(what)
    return " ".join((say("app.fault_try", what=head, hint=hint) if hint else head).splitlines())


def _worded(said: str, language: str) -> str:
    """One part of a fault in a language; as it was said when nobody worded it."""
    for pattern, words in _table():
        if language in words and (found := pattern.fullmatch(said)):
            return words[language].format(*(_worded(part, language) for part in found.groups()))
    return said


def table() -> tuple[Mapping[str, str], ...]:
    """The entries of the catalogue: `said`, and what it is in `zh` and sometimes `en`."""
    text = (resources.files("aligner.ui.messages") / "faults.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["fault"])


@cache
def _table() -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    # What has more words of its own comes first: `is in {}, not in Chinese` before `is {}, {}`.
    entries = sorted(table(), key=lambda entry: -len(entry["said"].replace(GAP, "")))
    return tuple((re.compile(re.escape(e["said"]).replace(r"\{\}", "(.+)"), re.DOTALL), e) for e in entries)
