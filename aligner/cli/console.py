"""What the commands print: results on stdout, progress and remarks on stderr."""

from __future__ import annotations

import contextlib
import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from aligner.errors import AlignerError

if TYPE_CHECKING:
    from aligner.corpus import Corpus

Progress = Callable[[str, int, int], None]

FEW = 8
"""Up to so many known names are all listed in an error."""

_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """`text` on one line, with what would steer the terminal shown as U+FFFD.

    A document may hold escape sequences or change the direction of writing; neither may move the
    cursor or reorder what a reader sees.
    """
    return "".join(
        " " if c in "\n\r\t\v\f\u2028\u2029" else "\ufffd" if c in _STEERING or unicodedata.category(c) == "Cc" else c
        for c in text
    )


def print_json(value: Any) -> None:
    """Print `value` as indented UTF-8 JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


@contextlib.contextmanager
def progress() -> Iterator[Progress]:
    """A callback `(what, done, total)` that draws a bar on stderr while it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("reading", total=None)

        def show(what: str, done: int, total: int) -> None:
            bars.update(task, description=printable(what), completed=done, total=total)

        yield show


def check_names(corpus: Corpus, letter: str, renderings: Sequence[str]) -> None:
    """Raise AlignerError, with the nearest names, unless the manifest has the letter and its renderings."""
    _check("letter", letter, [entry.id for entry in corpus.manifest.letters])
    for name in renderings:
        _check(f"rendering of {letter}", name, [item.id for item in corpus.entry(letter).renderings])


def _check(kind: str, name: str, known: list[str]) -> None:
    if name in known:
        return
    near = get_close_matches(name.lower(), known, n=3, cutoff=0.5)
    if near:
        hint = f"did you mean {' or '.join(near)}?"
    elif len(known) <= FEW:
        hint = f"known: {', '.join(known) or 'none'}"
    else:
        hint = f"'aligner list' shows all {len(known)}"
    raise AlignerError(f"unknown {kind} {name!r}", hint=hint)
