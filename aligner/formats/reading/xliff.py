"""XLIFF 1.2 and 2.x of any program: a pair for each unit or segment that has a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from aligner.formats.reading.values import Imported, ImportedPair, ReadingError
from aligner.formats.reading.xml import elements, text_without

CODES = frozenset({"bpt", "ept", "it", "ph", "x", "bx", "ex", "cp"})
"""Inline elements whose content is no text."""


def read_xliff(data: bytes, where: str, languages: tuple[str, str] | None = None) -> Imported:  # noqa: ARG001
    """The pairs of an XLIFF file, `id` is `<original of the file>.<unit>`; raises ReadingError.

    `approved` and a state `final` or `signed-off` become the property `x-status` `confirmed`. Of several
    files the original is the `x-rendering`.
    """
    pairs: list[ImportedPair] = []
    originals: list[str] = []
    empty, root = 0, False
    place, original = ("", ""), ""
    starts = ("xliff", "file")
    for event, name, element in elements(data, where, "XLIFF", ("trans-unit", "unit"), starts):
        if event == "start" and name == "xliff":
            root = True
            place = (element.get("srcLang") or "", element.get("trgLang") or "")
        elif event == "start":
            original = str(element.get("original") or element.get("id") or "")
            place = (element.get("source-language") or place[0], element.get("target-language") or place[1])
        else:
            read = _old(element) if name == "trans-unit" else _new(element)
            for unit, source, target, note, props in read:
                if source.strip() and target.strip():
                    originals.append(original)
                    pairs.append(ImportedPair(source, target, *place, note, props, f"{original}.{unit}"))
                else:
                    empty += 1
    if not root:
        raise ReadingError("is no XLIFF: its first element is not xliff", where=where)
    if len(set(originals)) > 1:
        named = zip(pairs, originals, strict=True)
        pairs = [replace(pair, props={"x-rendering": name, **pair.props}) for pair, name in named]
    return Imported("xliff", tuple(pairs), (f"{where}: {empty} units have no target",) if empty else ())


OURS = frozenset({"letter-aligner", "reviewer", "finding", "not rendered"})
"""Who wrote a note (1.2), or its category (2.x), where this program did: what it said itself is no news."""

Read = Iterator[tuple[str, str, str, str, dict[str, str]]]


def _old(element: etree._Element) -> Read:
    target = element.find("{*}target")
    props = {
        str(item.get("context-type")): item.text or ""
        for item in element.iterfind("{*}context-group/{*}context")
        if item.get("context-type")
    }
    state = "" if target is None else str(target.get("state") or "")
    if element.get("approved") == "yes" or state in {"final", "signed-off"}:
        props["x-status"] = "confirmed"
    note = "\n".join(item.text or "" for item in element.findall("{*}note") if item.get("from") not in OURS)
    source = text_without(element.find("{*}source"), CODES)
    yield str(element.get("id") or ""), source, text_without(target, CODES), note, props


def _new(element: etree._Element) -> Read:
    segments = element.findall("{*}segment")
    lines = [(str(item.get("category") or ""), item.text or "") for item in element.iterfind("{*}notes/{*}note")]
    props = {category: text for category, text in lines if category.startswith("x-")}
    note = "\n".join(text for category, text in lines if not category.startswith("x-") and category not in OURS)
    for number, segment in enumerate(segments, 1):
        found = dict(props)
        if segment.get("state") == "final":
            found["x-status"] = "confirmed"
        unit = str(element.get("name") or element.get("id") or "")
        name = unit if len(segments) == 1 else f"{unit}.{segment.get('id') or number}"
        sides = [text_without(segment.find(f"{{*}}{side}"), CODES) for side in ("source", "target")]
        yield name, sides[0], sides[1], note, found
