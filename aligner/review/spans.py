"""The spans of a decision's payload, whatever its kind: every object with `start`, `end` and `text`.

The key above a span says on which side it stands; the innermost one that does counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

SIDES: Mapping[str, str] = {
    "source": "source",
    "emendation": "source",
    "absences": "source",
    "target": "target",
    "residue": "target",
}
"""Key of a payload -> the side on which the spans below it stand."""

Span = dict[str, Any]
"""An object of a payload; nothing says that its offsets are any."""


def payload_spans(
    payload: Any, side: str | None = None, place: str = "payload"
) -> Iterator[tuple[str | None, Span, str]]:
    """`(side, span, where)` of every span; the side is None where no key tells it."""
    if isinstance(payload, dict):
        if payload.keys() >= {"start", "end", "text"}:
            yield side, payload, place
            return
        for key, value in payload.items():
            yield from payload_spans(value, SIDES.get(key, side), f"{place}.{key}")
    elif isinstance(payload, list):
        for number, value in enumerate(payload):
            yield from payload_spans(value, side, f"{place}[{number}]")


def changed_spans(payload: Any, change: Callable[[str | None, Span], Span], side: str | None = None) -> Any:
    """The payload with `change(side, span)` in place of every span."""
    if isinstance(payload, list):
        return [changed_spans(each, change, side) for each in payload]
    if not isinstance(payload, dict):
        return payload
    if payload.keys() >= {"start", "end", "text"}:
        return change(side, payload)
    return {key: changed_spans(each, change, SIDES.get(key, side)) for key, each in payload.items()}
