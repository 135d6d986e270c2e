"""A reviewer's decision as a frozen value, and the append-only log of them as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from aligner.errors import AlignerError

HINT = "give one decision per line, as `dumps` writes it"


class Kind(StrEnum):
    """What a decision does."""

    REPLACE = "replace"  # alignment: a small part `before` becomes `after`
    FINDING = "finding"
    ERROR = "error"
    SCORE = "score"
    COMMENT = "comment"
    SUGGESTION = "suggestion"
    EMENDATION = "emendation"
    WORK = "work"
    ASSIGNMENT = "assignment"
    ADJUDICATION = "adjudication"
    REATTACH = "reattach"  # an orphaned decision: its words stand elsewhere now
    RETRACT = "retract"
    UNDO = "undo"
    REDO = "redo"


WHOLE = "*"
"""In place of a rendering, for decisions about a letter as a whole."""

REFERRING = frozenset({Kind.REATTACH, Kind.RETRACT, Kind.UNDO, Kind.REDO})
"""Kinds that name another decision in `payload["decision"]`."""


_WORDS = ("id", "reviewer", "time", "layer", "letter", "rendering", "source_sha256", "target_sha256")


@dataclass(frozen=True)
class Decision:
    """One line of the log; `id` is the client's event key, so that the same event counts once.

    `time` is ISO 8601 in UTC, `source_sha256`/`target_sha256` are of the decoded texts that its offsets (code
    points, end exclusive) belong to, `revision` is the one its author saw. Raises AlignerError.
    """

    id: str
    reviewer: str
    time: str
    layer: str
    letter: str
    rendering: str
    source_sha256: str
    target_sha256: str
    revision: int
    kind: Kind
    payload: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in _WORDS:
            value = getattr(self, name)
            if not isinstance(value, str) or not value:
                raise AlignerError(f"`{name}` of a decision is missing or not a text", hint=HINT)
        if type(self.revision) is not int or self.revision < 0:
            raise AlignerError(f"revision {self.revision!r} is not a whole number from 0 on", hint=HINT)
        if not isinstance(self.kind, Kind) or not isinstance(self.payload, dict):
            raise AlignerError("`kind` is not a Kind, or `payload` not an object", hint=HINT)
        try:
            utc = datetime.fromisoformat(self.time).utcoffset() == timedelta(0)
        except ValueError:
            utc = False
        if not utc:
            raise AlignerError(f"time {self.time!r} is not UTC", hint="write it as 2026-01-31T12:00:00+00:00")
        if self.kind in REFERRING and not isinstance(self.payload.get("decision"), str):
            raise AlignerError(f"{self.kind} names no decision", hint='give its id as "decision" in the payload')


def dumps(decisions: Iterable[Decision]) -> str:
    """The log as JSON Lines: one decision a line, keys sorted, each line ended by a line feed.

    Raises ValueError for a payload with a number that JSON does not have (NaN).
    """
    lines = (json.dumps(asdict(each), ensure_ascii=True, allow_nan=False, sort_keys=True) for each in decisions)
    return "".join(f"{line}\n" for line in lines)


def loads(text: str, where: str = "decisions") -> tuple[Decision, ...]:
    """Read what `dumps` wrote; raises AlignerError with the line and what to try."""
    lines = enumerate(text.split("\n"), 1)
    return tuple(_read(line, f"{where}, line {number}") for number, line in lines if line.strip())


def _read(line: str, where: str) -> Decision:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise AlignerError(f"not JSON that can be read ({fault})", where=where, hint=HINT) from fault
    names = {each.name for each in fields(Decision)}
    if not isinstance(data, dict) or set(data) != names:
        raise AlignerError("not an object with exactly the keys of a decision", where=where, hint=HINT)
    if data["kind"] not in [kind.value for kind in Kind]:
        raise AlignerError(f"unknown kind {data['kind']!r}", where=where, hint=f"known: {', '.join(sorted(Kind))}")
    try:
        return Decision(**{**data, "kind": Kind(data["kind"])})
    except AlignerError as fault:
        raise AlignerError(fault.what, where=where, hint=fault.hint) from fault
