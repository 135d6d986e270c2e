"""XLIFF 1.2 for review: a file per rendering, a unit per link, what was said of it as notes.

Texts have no inline elements: some editors drop the words inside a mark. The other renderings of the
same sentences stand as `alt-trans`, which editors offer as suggestions. Omitted sentences have no unit;
they are notes of the file's header.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from aligner import __version__
from aligner.formats.base import LetterExport, LinkFilter, RenderingExport, number
from aligner.formats.remarks import Remarks, finding_line
from aligner.formats.texts import flat
from aligner.formats.tmx import TOOL, tmx_language, unrendered
from aligner.formats.units import Unit, units
from aligner.model import Status

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATES = {Status.CONFIRMED: "final", Status.NEEDS_REVIEW: "needs-review-translation"}


@dataclass(frozen=True, slots=True)
class XliffOptions(LinkFilter):
    """What an XLIFF file holds: notes on findings and annotations, in `language` (`en`, `zh`) where there is a choice.

    `script_tags` writes `zh-Hans` in place of `zh-CN`.
    """

    annotations: bool = True
    language: str = "en"
    script_tags: bool = False


def xliff_chunks(exports: Iterable[LetterExport], options: XliffOptions) -> Iterator[bytes]:
    """An XLIFF 1.2 file of any number of letters, a `file` after the other."""
    yield HEAD + f'<xliff xmlns="{NAMESPACE}" version="1.2">\n'.encode()
    for export in exports:
        others = _texts_of(export)
        for rendering in export.renderings:
            yield element_bytes(_file(export, rendering, others, options), NAMESPACE)
    yield b"</xliff>\n"


def element_bytes(element: etree._Element, namespace: str) -> bytes:
    """The element as it stands inside a root that declares `namespace` as its default, on lines of its own."""
    text = bytes(etree.tostring(element, encoding="UTF-8", xml_declaration=False, pretty_print=True))
    return text.replace(f' xmlns="{namespace}"'.encode(), b"", 1)


def target_language(rendering: RenderingExport, *, script_tags: bool) -> str:
    """The language of a rendering as these programs write it."""
    return tmx_language(rendering.alignment.target.language, script_tags=script_tags)


def _texts_of(export: LetterExport) -> dict[tuple[int, int], list[tuple[RenderingExport, str]]]:
    """Offsets of a source segment -> the texts of the renderings for it."""
    found: dict[tuple[int, int], list[tuple[RenderingExport, str]]] = {}
    for rendering in export.renderings:
        places = {segment.id: (segment.start, segment.end) for segment in rendering.alignment.source_segments}
        for unit in units(export.letter, rendering.alignment):
            for name in unit.segments:
                found.setdefault(places[name], []).append((rendering, unit.target))
    return found


def _file(
    export: LetterExport,
    rendering: RenderingExport,
    others: dict[tuple[int, int], list[tuple[RenderingExport, str]]],
    options: XliffOptions,
) -> etree._Element:
    language = target_language(rendering, script_tags=options.script_tags)
    file = _element("file", original=flat(rendering.id) or "rendering", datatype="plaintext")
    file.set("source-language", export.letter.language)
    file.set("target-language", language)
    file.set("product-name", TOOL)
    file.set("product-version", __version__)
    header = _sub(file, "header")
    tool = _sub(header, "tool")
    for name, value in (("tool-id", TOOL), ("tool-name", TOOL), ("tool-version", __version__)):
        tool.set(name, value)
    file.set("tool-id", TOOL)
    body = _sub(file, "body")
    remarks = Remarks(rendering)
    places = {segment.id: (segment.start, segment.end) for segment in rendering.alignment.source_segments}
    notes = list(unrendered(export.letter, rendering))
    for unit in units(export.letter, rendering.alignment):
        reason = options.refusal(unit.link) or (None if unit.source and unit.target else "no legal character")
        if reason:
            notes.append(f"{rendering.id}: link {unit.link.id} ({' '.join(unit.segments)}) left out: {reason}")
            continue
        element = _unit(body, unit, remarks, options)
        seen: dict[int, list[str]] = {}
        for name in unit.segments:
            for other, text in others[places[name]]:
                if other is not rendering and text and text not in seen.setdefault(id(other), []):
                    seen[id(other)].append(text)
        for other in export.renderings:
            if texts := seen.get(id(other)):
                alternative = _sub(element, "alt-trans", origin=flat(other.id))
                target = _sub(alternative, "target", " … ".join(texts))
                target.set(_LANG, target_language(other, script_tags=options.script_tags))
    for note in notes:
        header.insert(len(header) - 1, _note(note))
    return file


def _unit(body: etree._Element, unit: Unit, remarks: Remarks, options: XliffOptions) -> etree._Element:
    element = _sub(body, "trans-unit", id=flat(unit.link.id) or "link", resname=flat(" ".join(unit.segments)))
    if unit.link.status is Status.CONFIRMED:
        element.set("approved", "yes")
    _sub(element, "source", unit.source)
    _sub(element, "target", unit.target).set("state", _STATES.get(unit.link.status, "translated"))
    group = _sub(element, "context-group", purpose="information", name="alignment")
    for kind, value in properties(unit):
        _sub(group, "context", value).set("context-type", kind)
    for text in unit.missing:
        element.append(_note(f"not rendered: {text}", "source"))
    for finding in remarks.findings(unit.link):
        element.append(_note(finding_line(finding, options.language), "target" if finding.target else "source"))
    if options.annotations:
        for line in remarks.said(unit.link):
            note = _note(line, "target")
            note.set("from", "reviewer")
            element.append(note)
    return element


def properties(unit: Unit) -> Iterator[tuple[str, str]]:
    """What is said of a link beside its texts, as in TMX."""
    yield "x-unit", flat(" ".join(unit.segments))
    yield "x-bead", unit.bead
    yield "x-mode", unit.link.mode.value
    yield "x-confidence", number(unit.link.confidence)
    yield "x-status", unit.link.status.value
    if unit.witness:
        yield "x-witness-text", unit.witness


def _element(name: str, /, **attributes: str) -> etree._Element:
    return etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap={None: NAMESPACE})  # type: ignore[dict-item]


def _sub(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    element.text = text or None
    return element


def _note(text: str, annotates: str = "general") -> etree._Element:
    element = _element("note", annotates=annotates)
    element.set("from", "letter-aligner")
    element.text = flat(text)
    return element
