"""TOML -> Typology; a fault names the file and the key, and a key that is not known is one."""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from aligner.errors import AlignerError
from aligner.model import Severity
from aligner.review.typologies.values import Anchor, Category, Grade, Typology

LANGUAGES = ("en", "zh")

_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,60}")
_VERSION = re.compile(r"\d+(\.\d+){0,2}")
_CATEGORY = re.compile(r"[^\s/A-Z](?:[^A-Z\n]*[^\s/A-Z])?")
_TOP = ("id", "version", "name", "source", "mqm", "severity", "category", "scale")
_SEVERITY = ("id", "multiplier", "name", "hint", "findings", "fails")
_KIND = ("id", "weight", "name", "hint", "source_span", "points")


class TypologyError(AlignerError):
    """A typology that is not valid TOML, lacks a key or has one that is not known."""


def read(path: Path) -> Typology:
    """A team's own typology from a TOML file; raises TypologyError with file and key."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise TypologyError(f"cannot be read: {fault.strerror or fault}", where=str(path)) from fault
    except UnicodeDecodeError as fault:
        raise TypologyError(f"is not UTF-8 at byte {fault.start}", where=str(path), hint="save it as UTF-8") from fault
    return parse(text, str(path))


def parse(text: str, where: str, *, own: bool = True) -> Typology:
    """A typology from the text of a TOML file called `where`.

    A team's own (`own`) may not call itself MQM: whoever changes the typology must not use its name
    (QT21, MQM definition 1.0, on conformance).
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise TypologyError(f"is not TOML: {fault}", where=where) from fault
    table = _Table(data, "", where)
    table.only(_TOP)
    severities = tuple(_grade(item) for item in table.tables("severity"))
    if not severities:
        raise table.fault("severity", "is missing", "give at least one [[severity]]")
    known = [grade.id for grade in severities]
    table.unique("severity", known)
    seen = [severity for grade in severities for severity in grade.findings]
    table.unique("severity.findings", [str(severity) for severity in seen])
    categories = tuple(_category(item, known) for item in table.tables("category"))
    table.unique("category", [category.id for category in categories])
    typology = Typology(
        id=table.text("id", _ID, "small letters, digits, dots and hyphens"),
        version=table.text("version", _VERSION, "a number such as 1.0"),
        names=table.languages("name"),
        source=table.text("source"),
        severities=severities,
        categories=categories,
        scale=tuple(_anchor(item) for item in table.tables("scale")),
        mqm=table.flag("mqm"),
    )
    if own:
        _not_mqm(table, typology)
    return typology


def _not_mqm(table: _Table, typology: Typology) -> None:
    hint = "a typology of one's own must not call itself MQM; say in `source` what it goes back to"
    if typology.mqm:
        raise table.fault("mqm", "is true", hint)
    for key, value in (("id", typology.id), *(("name", name) for name in typology.names.values())):
        if "mqm" in value.lower():
            raise table.fault(key, f"{value!r} names MQM", hint)


def _grade(table: _Table) -> Grade:
    table.only(_SEVERITY)
    findings = table.data.get("findings", [])
    if not isinstance(findings, list) or not all(item in tuple(Severity) for item in findings):
        raise table.fault("findings", f"{findings!r} are not severities", f"known: {', '.join(Severity)}")
    return Grade(
        id=table.text("id", _ID, "small letters, digits, dots and hyphens"),
        multiplier=table.number("multiplier"),
        names=table.languages("name"),
        hints=table.languages("hint"),
        findings=tuple(Severity(item) for item in findings),
        fails=table.flag("fails"),
    )


def _category(table: _Table, severities: list[str]) -> Category:
    table.only(_KIND)
    points = table.data.get("points", {})
    if not isinstance(points, dict):
        raise table.fault("points", "is not a table of severities", "write e.g. points = { major = 25 }")
    own = _Table(points, f"{table.path}points.", table.where)
    own.only(severities)
    return Category(
        id=table.text("id", _CATEGORY, "dimension/type in lower case"),
        names=table.languages("name"),
        hints=table.languages("hint"),
        weight=table.number("weight", 1.0),
        source_span=table.flag("source_span"),
        points={name: own.number(name) for name in points},
    )


def _anchor(table: _Table) -> Anchor:
    table.only(("value", "name"))
    value = table.number("value")
    if value > 100:
        raise table.fault("value", f"{value} is above 100", "the scale runs from 0 to 100")
    return Anchor(value, table.languages("name"))


class _Table:
    """A table of the file that knows the way to itself, so that every fault names its key."""

    def __init__(self, data: Mapping[str, Any], path: str, where: str) -> None:
        self.data, self.path, self.where = data, path, where

    def fault(self, key: str, what: str, hint: str | None = None) -> TypologyError:
        return TypologyError(f"{self.path}{key} {what}", where=self.where, hint=hint)

    def only(self, known: Iterable[str]) -> None:
        names = list(known)
        for key in self.data:
            if key not in names:
                near = difflib.get_close_matches(key, names, 1)
                hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(names)}"
                raise self.fault(key, "is not a known key", hint)

    def unique(self, key: str, names: list[str]) -> None:
        for name in names:
            if names.count(name) > 1:
                raise self.fault(key, f"{name!r} stands twice")

    def tables(self, key: str) -> list[_Table]:
        items = self.data.get(key, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise self.fault(key, "is not a list of tables", f"write [[{key}]]")
        return [_Table(item, f"{self.path}{key}[{number}].", self.where) for number, item in enumerate(items, 1)]

    def text(self, key: str, pattern: re.Pattern[str] | None = None, form: str = "") -> str:
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "is missing" if value is None else "is not a text", f'give {key} = "..."')
        if pattern and not pattern.fullmatch(value):
            raise self.fault(key, f"{value!r} is not {form}")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        value = self.data.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
            what = "is missing" if value is None else f"{value!r} is not a number from 0 on"
            raise self.fault(key, what, f"give {key} = 1")
        return float(value)

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, f"{value!r} is neither true nor false")
        return value

    def languages(self, key: str) -> dict[str, str]:
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise self.fault(
                key, "is missing" if value is None else "is not a table", 'give { en = "...", zh = "..." }'
            )
        inner = _Table(value, f"{self.path}{key}.", self.where)
        inner.only(LANGUAGES)
        return {language: inner.text(language) for language in LANGUAGES}
