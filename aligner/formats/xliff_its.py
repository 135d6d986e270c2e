"""XLIFF 2.1 with ITS 2.0: what checks and reviewers found, at the words themselves.

A unit per link. Each error is a `locQualityIssue` at the words of the rendering (or of the letter)
that it is about; errors that cross one another are `sm`/`em` pairs. MQM's categories become ITS types
(`ISSUE_TYPES`), the severities numbers from 0 to 100 (`SEVERITIES`). Desktop editors do not show ITS
and several refuse 2.1: this file is for programs, `xliff` is for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from aligner.formats.base import LetterExport, LinkFilter, RenderingExport
from aligner.formats.pieces import copied, element_bytes, spool
from aligner.formats.remarks import Remarks, annotation_line, finding_line
from aligner.formats.texts import flat
from aligner.formats.traced import Traced, Traces
from aligner.formats.units import Texts, Unit, units
from aligner.formats.xliff import HEAD, not_here, properties, refusal, target_language
from aligner.model import Quoted, Status

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
ITS = "http://www.w3.org/2005/11/its"
SEVERITIES = {"neutral": "0", "info": "0", "minor": "10", "major": "50", "critical": "100"}
"""Severity -> ITS's number, from 0 to 100."""
ISSUE_TYPES = {
    "terminology": "terminology",
    "terminology/inconsistent use of terminology": "inconsistent-entities",
    "accuracy": "mistranslation",
    "accuracy/addition": "addition",
    "accuracy/omission": "omission",
    "accuracy/untranslated": "untranslated",
    "accuracy/source language fragment": "untranslated",
    "linguistic conventions": "grammar",
    "linguistic conventions/punctuation": "typographical",
    "linguistic conventions/spelling": "misspelling",
    "linguistic conventions/character encoding": "characters",
    "fluency": "grammar",
    "fluency/punctuation": "typographical",
    "fluency/spelling": "misspelling",
    "fluency/character encoding": "characters",
    "fluency/register": "register",
    "fluency/inconsistency": "inconsistency",
    "style": "style",
    "style/language register": "register",
    "style/inconsistent style": "inconsistency",
    "locale conventions": "locale-violation",
    "locale convention": "locale-violation",
    "audience appropriateness": "locale-specific-content",
    "design and markup": "markup",
}
"""MQM category, or its dimension -> ITS `locQualityIssueType`; what is not here is `other`."""
_NAMES: dict[str, str] = {None: NAMESPACE, "its": ITS}  # type: ignore[dict-item]
_DECLARED = (f' xmlns="{NAMESPACE}"'.encode(), f' xmlns:its="{ITS}"'.encode())
_STATES = {Status.CONFIRMED: "final", Status.NEEDS_REVIEW: "initial"}


@dataclass(frozen=True, slots=True)
class ItsOptions(LinkFilter):
    """What an XLIFF 2.1 file holds; `language` (`en`, `zh`) is that of the findings' messages."""

    language: str = "en"
    script_tags: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """One error at `[start, end)` of a text."""

    start: int
    end: int
    category: str
    severity: str
    comment: str


def issue_type(category: str) -> str:
    """ITS's type of an MQM category.

    >>> issue_type("accuracy/omission"), issue_type("accuracy/overtranslation"), issue_type("own/thing")
    ('omission', 'mistranslation', 'other')
    """
    return ISSUE_TYPES.get(category) or ISSUE_TYPES.get(category.partition("/")[0], "other")


def xliff_its_chunks(exports: Iterable[LetterExport], options: ItsOptions) -> Iterator[bytes]:
    """The file of any number of letters, a `file` for each rendering; they wait on disk.

    The first line names the target language, which is that which all renderings have in common, and
    the source language, which is the first letter's.
    """
    source, targets, place = "", set[str](), 0
    with spool() as body:
        for export in exports:
            source = source or export.letter.language
            for rendering in export.renderings:
                place += 1
                targets.add(target_language(rendering, script_tags=options.script_tags))
                for piece in _file(f"f{place}", export, rendering, options):
                    body.write(piece)
        root = etree.Element(_x("xliff"), nsmap=_NAMES, version="2.1")
        root.set(f"{{{ITS}}}version", "2.0")
        root.set("srcLang", source or "und")
        if targets:
            # Of renderings in two scripts it is the language without a region.
            root.set("trgLang", targets.pop() if len(targets) == 1 else min(targets).split("-")[0])
        yield HEAD + element_bytes(root).removesuffix(b"/>\n") + b">\n"
        yield from copied(body)
        if not place:
            yield b'  <file id="f1">\n    <group id="g1"/>\n  </file>\n'
        yield b"</xliff>\n"


def _file(name: str, export: LetterExport, rendering: RenderingExport, options: ItsOptions) -> Iterator[bytes]:
    file = etree.Element(_x("file"), {"id": name, "original": flat(rendering.id)}, nsmap=_NAMES)
    yield element_bytes(file, 1, namespaces=_DECLARED).removesuffix(b"/>\n") + b">\n"
    holder = etree.Element(_x("file"), nsmap=_NAMES)
    _notes(holder, (("omitted", line) for line in not_here(export, rendering, options)))
    for notes in holder:
        yield element_bytes(notes, 2, namespaces=_DECLARED)
    traces = Traces(export.letter, Texts(export.letter, rendering.alignment))
    remarks = Remarks(rendering)
    found = False
    for place, unit in enumerate(units(export.letter, rendering.alignment), 1):
        if refusal(unit, options) is None:
            found = True
            yield element_bytes(_unit(f"u{place}", unit, traces, remarks, options), 2, namespaces=_DECLARED)
    yield b"  </file>\n" if found else b'    <group id="g1"/>\n  </file>\n'


def _unit(name: str, unit: Unit, traces: Traces, remarks: Remarks, options: ItsOptions) -> etree._Element:
    element = etree.Element(_x("unit"), id=name, name=flat(unit.link.id), nsmap=_NAMES)
    lines = [*properties(unit), *(("not rendered", text) for text in unit.missing)]
    lines += [("finding", finding_line(item, options.language)) for item in remarks.findings(unit.link)]
    lines += [("reviewer", line) for line in remarks.said(unit.link)]
    _notes(element, lines)
    segment = etree.SubElement(element, _x("segment"), id="s1", state=_STATES.get(unit.link.status, "translated"))
    source, target = traces.source(unit.link), traces.target(unit.link)
    for side, text, traced in (("source", unit.source, source), ("target", unit.target, target)):
        child = etree.SubElement(segment, _x(side))
        # A reading that is not the witness with its emendations cannot be traced; its issues are notes alone.
        issues = list(_issues(unit, traced, remarks, side)) if traced.text == text else []
        _fill(child, text, issues, "m" if side == "target" else "n")
    return element


def _issues(unit: Unit, text: Traced, remarks: Remarks, side: str) -> Iterator[Issue]:
    def placed(spans: Iterable[Quoted], category: str, severity: str, comment: str) -> Iterator[Issue]:
        for span in spans:
            if place := text.find(span):
                yield Issue(*place, category, severity, comment)

    for item in remarks.findings(unit.link):
        span = item.target if side == "target" else item.source
        yield from placed([span] if span else [], item.category, item.severity.value, finding_line(item))
    for error in remarks.annotations(unit.link):
        spans = error.target if side == "target" else error.source
        yield from placed(spans, error.category, error.severity, annotation_line(error))


def _fill(parent: etree._Element, text: str, issues: Sequence[Issue], prefix: str) -> None:
    """The text with a start and an end marker around each issue: markers may cross, elements may not."""
    events: list[tuple[int, int, int, Issue]] = []
    for place, issue in enumerate(sorted(issues, key=lambda item: (item.start, -item.end)), 1):
        events += [(issue.start, 1, place, issue), (issue.end, 0, place, issue)]
    at: etree._Element | None = None
    last = 0
    for offset, opens, place, issue in sorted(events, key=lambda event: event[:3]):
        _append(parent, at, text[last:offset])
        last = offset
        name = f"{prefix}{place}"
        if opens:
            at = etree.SubElement(parent, _x("sm"), id=name, type="its:generic")
            at.set(f"{{{ITS}}}locQualityIssueType", issue_type(issue.category))
            at.set(f"{{{ITS}}}locQualityIssueSeverity", SEVERITIES.get(issue.severity, "10"))
            at.set(f"{{{ITS}}}locQualityIssueComment", issue.comment)
        else:
            at = etree.SubElement(parent, _x("em"), startRef=name)
    _append(parent, at, text[last:])


def _append(parent: etree._Element, at: etree._Element | None, text: str) -> None:
    if at is None:
        parent.text = (parent.text or "") + text
    else:
        at.tail = (at.tail or "") + text


def _notes(parent: etree._Element, lines: Iterable[tuple[str, str]]) -> None:
    notes = etree.Element(_x("notes"))
    for category, text in lines:
        etree.SubElement(notes, _x("note"), category=category).text = flat(text)
    if len(notes):
        parent.append(notes)


def _x(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
