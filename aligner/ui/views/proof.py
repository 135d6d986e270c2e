"""What a finding rests on, as lines a person reads: the key of a message and what is filled into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aligner.model import Finding

Line = dict[str, Any]
"""`key` of a message, `values` to fill in (a list is joined), `terms`: keys of messages to fill in."""

MADE_OF_MESSAGE = frozenset({"group", "letter", "rendering", "scale"})
"""What the finding's own message says already."""


def lines(finding: Finding, chips: Mapping[str, str]) -> list[Line]:
    """The evidence of a finding in reading order, and which checks saw it."""
    found = []
    facts = dict(finding.evidence)
    for key, make in _LINES.items():
        if key in facts:
            found += make(facts.pop(key), finding.evidence, chips)
            for used in _WITH.get(key, ()):
                facts.pop(used, None)
    for key, value in facts.items():
        if key not in MADE_OF_MESSAGE and key != "also" and (text := _plain(value)):
            found.append(_line("plain", name=key.replace("_", " "), value=text))
    checks = [finding.check, *(str(name) for name in finding.evidence.get("also", ()))]
    found.append({"key": "seen_by", "values": {"score": f"{finding.score:.2f}"}, "checks": checks})
    return found


def _line(key: str, terms: Mapping[str, str] | None = None, **values: object) -> Line:
    return {"key": key, "values": values} | ({"terms": dict(terms)} if terms else {})


def _plain(value: object) -> object:
    """A value that can be read as it is: a text, a number, or a list of them; else nothing."""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    if isinstance(value, list | tuple) and all(isinstance(item, str | int | float) for item in value):
        return [str(item) for item in value]
    return None


def _unmet(value: Any, _: Mapping[str, Any], __: Mapping[str, str]) -> list[Line]:
    return [_line("unmet", words=[str(word) for word in value])] if value else []


def _named(key: str) -> Callable[[Any, Mapping[str, Any], Mapping[str, str]], list[Line]]:
    return lambda value, _, __: [_line(key, text=str(value))]


def _usual(value: Any, evidence: Mapping[str, Any], _: Mapping[str, str]) -> list[Line]:
    """The form that is usual: in the other renderings where the finding says that they have it, else in this one."""
    return [_line("usual_elsewhere" if "kept_by" in evidence else "usual", text=str(value))]


def _kept(value: Any, _: Mapping[str, Any], chips: Mapping[str, str]) -> list[Line]:
    return [_line("kept_by", names=[chips.get(str(name), str(name)) for name in value])] if value else []


def _likeness(key: str) -> Callable[[Any, Mapping[str, Any], Mapping[str, str]], list[Line]]:
    return lambda value, _, __: [_line(key, value=f"{float(value):.2f}")]


def _share(value: Any, _: Mapping[str, Any], __: Mapping[str, str]) -> list[Line]:
    return [_line("rendered", share=round(100 * float(value)))]


def _term(key: str, section: str) -> Callable[[Any, Mapping[str, Any], Mapping[str, str]], list[Line]]:
    return lambda value, _, __: [_line(key, {"term": f"{section}.{value}"})]


def _figures(value: Any, facts: Mapping[str, Any], _: Mapping[str, str]) -> list[Line]:
    """Numbers of both sides, or the bounds of one number; nothing where the scale has no plain figure."""
    other = facts.get("target")
    if isinstance(value, str) and isinstance(other, str):
        return [_line("bounds", {"source": f"bound.{value}", "target": f"bound.{other}"})]
    if not isinstance(value, Mapping) or not isinstance(other, Mapping):
        return []
    one, two = figure(value), figure(other)
    if not one or not two:
        return []
    if "unit" in value and "unit" in other:
        return [
            _line("measures", {"unit": f"unit.{value['unit']}", "unit2": f"unit.{other['unit']}"}, one=one, two=two)
        ]
    return [_line("figures", one=one, two=two)]


def figure(quantity: Mapping[str, Any]) -> str:
    """A quantity as digits.

    >>> figure({"value": [6, 7.5], "scale": "duration"}), figure({"value": 630, "scale": "clock"})
    ('6–7.5', '10:30')
    """
    value = quantity.get("value")
    every = value if isinstance(value, list | tuple) else [value]
    parts = [float(part) for part in every if isinstance(part, int | float)]
    if len(parts) < len(every):
        return ""
    scale = quantity.get("scale")
    if scale == "clock":
        return "–".join(f"{int(part) // 60}:{int(part) % 60:02}" for part in parts)
    if scale == "share":
        return "–".join(f"{100 * part:.4g}\u00a0%" for part in parts)
    if scale in {"weekday", "digits"}:
        return ""
    return "–".join(f"{part:.10g}" if scale == "year" else f"{part:,.10g}" for part in parts)


_LINES: dict[str, Callable[[Any, Mapping[str, Any], Mapping[str, str]], list[Line]]] = {
    "wanted": _named("wanted"),
    "usual": _usual,
    "stands_for": _named("stands_for"),
    "dictionary": _named("dictionary"),
    "source": _figures,
    "unmet": _unmet,
    "kept_by": _kept,
    "promise": _named("promise"),
    "kind": _term("kind", "mode"),
    "rendered": _share,
    "bend": _term("bend", "bend"),
    "nearest": _likeness("nearest"),
    "in_others": _likeness("in_others"),
    "likeness": _likeness("likeness"),
    "likeness_to_others": _likeness("likeness_to_others"),
    "value": lambda value, _, __: (
        [_line("value", value=text)] if isinstance(value, Mapping) and (text := figure(value)) else []
    ),
}
_WITH = {"source": ("target",)}

KEYS = (
    *(key for key in _LINES if key != "source"),
    "usual_elsewhere",
    "bounds",
    "figures",
    "measures",
    "plain",
    "seen_by",
)
"""Every key a line can have."""
