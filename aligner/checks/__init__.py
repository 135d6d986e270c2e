"""Alignment -> findings: what diverges, what was left out, what was added.

A check lives in a file of its own and measures; a named threshold judges; `run` does both for all of
them. A new check is one file, one line in `CHECKS`, its messages in `messages.toml`, and its cases in
`tests/cases/checks_<name>.json`.

base.py       what a check, a threshold and a measurement are
context.py    what checks look at; passages.py: texts with their places in the documents
run.py        measure, judge; joining.py: several findings of one fault become one
messages.py   what findings say to people
"""

from __future__ import annotations

from collections.abc import Iterable

from aligner.checks import (
    absence,
    addition,
    adverbial,
    contrary,
    contrast,
    insertion,
    meaning,
    names,
    numbers,
    omission,
    person,
    polarity,
    printing,
    quotation,
    shared,
    terms,
)
from aligner.checks.base import Check, Found, LetterCheck, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit, letter_context, pair_context
from aligner.checks.run import Report, run, run_pairs
from aligner.errors import UnknownNameError

CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        numbers.CHECK,
        printing.CHECK,
        insertion.CHECK,
        names.CHECK,
        terms.CHECK,
        contrary.CHECK,
        person.CHECK,
        polarity.CHECK,
        absence.CHECK,
        omission.CHECK,
        adverbial.CHECK,
        quotation.CHECK,
        addition.CHECK,
        meaning.CHECK,
        shared.CHECK,
        contrast.CHECK,
    )
}
"""All checks by name. Of findings on one fault the one whose check stands first is kept."""

__all__ = [
    "CHECKS",
    "Check",
    "Context",
    "Found",
    "LetterCheck",
    "Rendering",
    "RenderingCheck",
    "Report",
    "Threshold",
    "Unit",
    "letter_context",
    "pair_context",
    "run",
    "run_pairs",
    "select",
]


def select(names: Iterable[str] = ()) -> tuple[Check, ...]:
    """The checks called `names`, in the registry's order; all of them without names.

    Raises UnknownNameError, with the known names.
    """
    wanted = set(names)
    for name in wanted:
        if name not in CHECKS:
            raise UnknownNameError("check", name, CHECKS)
    return tuple(check for check in CHECKS.values() if not wanted or check.name in wanted)
