"""What decisions say (`aligner.review.said`), written into their payloads and read from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aligner.errors import AlignerError
from aligner.model import Quoted
from aligner.review.decisions import Decision, Kind
from aligner.review.edits import Edit, edit_of
from aligner.review.parts import quoted_json, quoted_of
from aligner.review.said import (
    Adjudication,
    Assignment,
    Comment,
    Emended,
    Mark,
    Quotes,
    Said,
    Score,
    Suggestion,
    Verdict,
    Work,
)

KINDS: Mapping[type[Any], Kind] = {
    Edit: Kind.REPLACE,
    Mark: Kind.ERROR,
    Verdict: Kind.FINDING,
    Score: Kind.SCORE,
    Comment: Kind.COMMENT,
    Suggestion: Kind.SUGGESTION,
    Emended: Kind.EMENDATION,
    Work: Kind.WORK,
    Assignment: Kind.ASSIGNMENT,
    Adjudication: Kind.ADJUDICATION,
}
"""What is said -> the kind of decision that says it."""


def payload_of(value: Said) -> dict[str, Any]:
    """As it stands in a decision."""
    if isinstance(value, Edit):
        return value.payload()
    if isinstance(value, Verdict):
        mark = payload_of(value.mark) if value.mark else None
        return {"finding": value.finding, "check": value.check, "mark": mark, "reason": value.reason}
    if isinstance(value, Adjudication):
        outcome = {"kind": KINDS[type(value.outcome)].value, **payload_of(value.outcome)} if value.outcome else None
        return {"about": list(value.settles), "outcome": outcome, "reason": value.reason}
    found: dict[str, Any] = {}
    for name in value.__dataclass_fields__:
        item = getattr(value, name)
        if name == "sentence":
            found["source"] = [quoted_json(item)] if item else []
        elif isinstance(item, Quoted):
            found[name] = quoted_json(item)
        elif isinstance(item, tuple):
            found[name] = [quoted_json(each) for each in item]
        else:
            found[name] = item
    return found


def said(decision: Decision) -> Said | None:
    """What a decision says; None for those that only refer to another. Raises AlignerError for a faulty payload."""
    reader = READERS.get(decision.kind)
    if reader is None:
        return None
    try:
        value = reader(decision)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise AlignerError(
            f"the payload of decision {decision.id} is not one of kind {decision.kind} ({fault!r})"
        ) from fault
    if isinstance(value, Mark):
        value.annotation(decision)
    return value


def _mark(data: Mapping[str, Any]) -> Mark:
    return Mark(
        _text(data, "typology"),
        _text(data, "version"),
        _text(data, "category"),
        _text(data, "severity"),
        _quotes(data, "target"),
        _quotes(data, "source"),
        _text(data, "comment", ""),
        _maybe(data, "correction"),
        _maybe(data, "replaces"),
    )


def _verdict(data: Mapping[str, Any]) -> Verdict:
    mark = data["mark"]
    return Verdict(_text(data, "finding"), _text(data, "check"), None if mark is None else _mark(mark), data["reason"])


def _sentence(data: Mapping[str, Any]) -> Quoted | None:
    quotes = _quotes(data, "source")
    if len(quotes) > 1:
        raise AlignerError("names several sentences", hint="one decision for each")
    return quotes[0] if quotes else None


def _score(data: Mapping[str, Any]) -> Score:
    return Score(data["score"], _sentence(data))


def _adjudication(data: Mapping[str, Any]) -> Adjudication:
    given = data["outcome"]
    outcome = None if given is None else OUTCOMES[given["kind"]](given)
    return Adjudication(tuple(map(str, data["about"])), outcome, _text(data, "reason", ""))


OUTCOMES: Mapping[str, Callable[[Mapping[str, Any]], Mark | Score | Verdict]] = {
    Kind.ERROR.value: _mark,
    Kind.SCORE.value: _score,
    Kind.FINDING.value: _verdict,
}

READERS: Mapping[Kind, Callable[[Decision], Said]] = {
    Kind.REPLACE: edit_of,
    Kind.ERROR: lambda d: _mark(d.payload),
    Kind.FINDING: lambda d: _verdict(d.payload),
    Kind.SCORE: lambda d: _score(d.payload),
    Kind.COMMENT: lambda d: Comment(
        _text(d.payload, "text"), _quotes(d.payload, "target"), _quotes(d.payload, "source"), _maybe(d.payload, "about")
    ),
    Kind.SUGGESTION: lambda d: Suggestion(
        _text(d.payload, "text"), _quotes(d.payload, "target"), _quotes(d.payload, "source")
    ),
    Kind.EMENDATION: lambda d: Emended(
        quoted_of(d.payload["emendation"]), _text(d.payload, "replacement"), bool(d.payload["accepted"])
    ),
    Kind.WORK: lambda d: Work(_text(d.payload, "state"), _sentence(d.payload)),
    Kind.ASSIGNMENT: lambda d: Assignment(_text(d.payload, "reviewer"), d.payload.get("assigned", True) is True),
    Kind.ADJUDICATION: lambda d: _adjudication(d.payload),
}


def _text(data: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = data[name] if default is None else data.get(name, default)
    if not isinstance(value, str):
        raise AlignerError(f"`{name}` is {value!r}, not a text")
    return value


def _maybe(data: Mapping[str, Any], name: str) -> str | None:
    return None if data.get(name) is None else _text(data, name)


def _quotes(data: Mapping[str, Any], name: str) -> Quotes:
    return tuple(quoted_of(each) for each in data.get(name, ()))
