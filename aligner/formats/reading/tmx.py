"""TMX of any program: a pair for each text of another language beside the source text of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from aligner.formats.reading.values import Imported, ImportedPair
from aligner.formats.reading.xml import LANG, elements, line_of, text_without

CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements of a `seg` whose content is markup of another format."""


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """One `tu`: `texts` are `(language, text)` in the order of the file; `line` is where it begins."""

    id: str
    texts: tuple[tuple[str, str], ...]
    props: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    line: int


def tmx_units(data: bytes | IO[bytes], where: str) -> Iterator[tuple[str, TmxUnit]]:
    """`(source language of the header, unit)` for each unit, one at a time; raises ReadingError."""
    language = ""
    for event, name, element in elements(data, where, "TMX", ("tu", "header"), ("header",)):
        if name == "header":
            language = element.get("srclang") or language
        elif event == "end":
            yield element.get("srclang") or language, _unit(element)


def read_tmx(data: bytes | IO[bytes], where: str, languages: tuple[str, str] | None = None) -> Imported:
    """The pairs of a TMX file; with `languages`, those of these two languages (`en` is also `en-GB`).

    Without, the source is the text in the header's language, or the first. Raises ReadingError.
    """
    pairs: list[ImportedPair] = []
    alone = 0
    for number, (header, unit) in enumerate(tmx_units(data, where), 1):
        made = list(pairs_of(unit, number, languages[0] if languages else header, languages and languages[1]))
        pairs += made
        alone += not made
    remarks = (f"{where}: {alone} units have no text in both languages",) if alone else ()
    return Imported("tmx", tuple(pairs), remarks)


def pairs_of(unit: TmxUnit, number: int, source: str, target: str | None) -> Iterator[ImportedPair]:
    """The pairs of one unit, its source text with each text in the language `target` (None: any other)."""
    texts = [(language, text) for language, text in unit.texts if text.strip()]
    chosen = next((item for item in texts if same(item[0], source)), None)
    if chosen is None and target is None and texts:
        chosen = texts[0]
    if chosen is None:
        return
    for language, text in texts:
        if not same(language, chosen[0]) and (target is None or same(language, target)):
            name = unit.id or str(number)
            yield ImportedPair(chosen[1], text, chosen[0], language, "\n".join(unit.notes), dict(unit.props), name)


def same(one: str, other: str) -> bool:
    """Whether two language tags are of one language, whatever their region or script."""
    return primary(one) == primary(other)


def primary(tag: str) -> str:
    """The language of a tag, without its region or script."""
    return tag.lower().replace("_", "-").split("-")[0]


def _unit(element: etree._Element) -> TmxUnit:
    texts = []
    for variant in element.findall("{*}tuv"):
        language = str(variant.get(LANG) or variant.get("lang") or "")
        texts.append((language, text_without(variant.find("{*}seg"), CODES)))
    props = [(str(item.get("type") or ""), item.text or "") for item in element.findall("{*}prop")]
    notes = [item.text or "" for item in element.findall("{*}note")]
    line = line_of(element)
    return TmxUnit(str(element.get("tuid") or ""), tuple(texts), tuple(props), tuple(notes), line)
