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
from aligner.formats.pieces import element_bytes
from aligner.formats.remarks import Remarks, finding_line
from aligner.formats.texts import flat
from aligner.formats.tmx import TOOL, tmx_language, unrendered
from aligner.formats.units import Texts, Unit, in_order, units
from aligner.model import Link, Status

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
DECLARED = (f' xmlns="{NAMESPACE}"'.encode(),)
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
    """An XLIFF 1.2 file of any number of letters, a `file` after the other, unit by unit."""
    yield HEAD + f'<xliff xmlns="{NAMESPACE}" version="1.2">\n'.encode()
    for export in exports:
        others = _Others(export, options)
        for rendering in export.renderings:
            yield from _file(export, rendering, others, options)
        if not export.renderings:  # the schema wants a file
            name = {"original": flat(export.letter.id) or "letter", "datatype": "plaintext"}
            file = _element("file", name | {"source-language": export.letter.language})
            file.append(_element("body"))
            yield element_bytes(file, namespaces=DECLARED)
    yield b"</xliff>\n"


def target_language(rendering: RenderingExport, *, script_tags: bool) -> str:
    """The language of a rendering as these programs write it."""
    return tmx_language(rendering.alignment.target.language, script_tags=script_tags)


class _Others:
    """What the other renderings have for the sentences of a link."""

    def __init__(self, export: LetterExport, options: XliffOptions) -> None:
        self._renderings = export.renderings
        self._options = options
        self._texts = {each.id: Texts(export.letter, each.alignment) for each in export.renderings}
        self._links: dict[tuple[int, int], list[tuple[str, Link]]] = {}
        for rendering in export.renderings:
            texts = self._texts[rendering.id]
            for link in in_order(texts, rendering.alignment):
                for segment in texts.source(link):
                    self._links.setdefault((segment.start, segment.end), []).append((rendering.id, link))

    def of(self, rendering: RenderingExport, link: Link) -> Iterator[etree._Element]:
        """An `alt-trans` for each rendering that has something for a sentence of `link` of `rendering`."""
        found: dict[str, dict[str, None]] = {}
        for segment in self._texts[rendering.id].source(link):
            for name, other in self._links[segment.start, segment.end]:
                if name != rendering.id and (text := self._texts[name].unit(other).target):
                    found.setdefault(name, {})[text] = None
        for other_rendering in self._renderings:
            if texts := found.get(other_rendering.id):
                alternative = _element("alt-trans", {"origin": flat(other_rendering.id)})
                target = _sub(alternative, "target", " … ".join(texts))
                target.set(_LANG, target_language(other_rendering, script_tags=self._options.script_tags))
                yield alternative


def _file(export: LetterExport, rendering: RenderingExport, others: _Others, options: XliffOptions) -> Iterator[bytes]:
    file = _element("file", {"original": flat(rendering.id) or "rendering", "datatype": "plaintext"})
    file.set("source-language", export.letter.language)
    file.set("target-language", target_language(rendering, script_tags=options.script_tags))
    file.set("product-name", TOOL)
    file.set("product-version", __version__)
    file.set("tool-id", TOOL)
    yield element_bytes(file, namespaces=DECLARED).removesuffix(b"/>\n") + b">\n"
    yield element_bytes(_header(export, rendering, options), 1, namespaces=DECLARED)
    remarks = Remarks(rendering)
    count = 0
    for unit in units(export.letter, rendering.alignment):
        if refusal(unit, options) is None:
            yield b"" if count else b"  <body>\n"
            element = _unit(unit, remarks, options)
            element.extend(others.of(rendering, unit.link))
            yield element_bytes(element, 2, namespaces=DECLARED)
            count += 1
    yield b"  </body>\n</file>\n" if count else b"  <body/>\n</file>\n"


def _header(export: LetterExport, rendering: RenderingExport, options: XliffOptions) -> etree._Element:
    header = _element("header")
    header.extend(map(_note, not_here(export, rendering, options)))
    tool = _sub(header, "tool")
    for name, value in (("tool-id", TOOL), ("tool-name", TOOL), ("tool-version", __version__)):
        tool.set(name, value)
    return header


def not_here(export: LetterExport, rendering: RenderingExport, options: LinkFilter) -> Iterator[str]:
    """A line for each sentence that is not rendered, and for each link that `options` leave out."""
    yield from unrendered(export.letter, rendering)
    for unit in units(export.letter, rendering.alignment):
        if reason := refusal(unit, options):
            yield f"{rendering.id}: link {unit.link.id} ({' '.join(unit.segments)}) left out: {reason}"


def refusal(unit: Unit, options: LinkFilter) -> str | None:
    """Why a unit is left out, None where it is not."""
    return options.refusal(unit.link) or (None if unit.source and unit.target else "no legal character")


def _unit(unit: Unit, remarks: Remarks, options: XliffOptions) -> etree._Element:
    element = _element("trans-unit", {"id": flat(unit.link.id) or "link", "resname": flat(" ".join(unit.segments))})
    if unit.link.status is Status.CONFIRMED:
        element.set("approved", "yes")
    _sub(element, "source", unit.source)
    _sub(element, "target", unit.target).set("state", _STATES.get(unit.link.status, "translated"))
    group = _sub(element, "context-group", purpose="information")  # no name: it would have to be unique in the file
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


def _element(name: str, attributes: dict[str, str] | None = None) -> etree._Element:
    return etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap={None: NAMESPACE})  # type: ignore[dict-item]


def _sub(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    element.text = text or None
    return element


def _note(text: str, annotates: str = "general") -> etree._Element:
    element = _element("note", {"annotates": annotates})
    element.set("from", "letter-aligner")
    element.text = flat(text)
    return element
