"""TMX 1.4: one `tu` per link and rendering, with two `tuv`.

Most programs keep one `tuv` per language of a `tu` and lose the others silently, so renderings never
share one. Notes and properties stand at `tu` level, where programs look for them. The header's notes
say what is not in the file and why: omitted units have no `tu`, because an empty `seg` makes some
programs refuse the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from aligner import __version__
from aligner.errors import AlignmentError
from aligner.formats.base import LetterExport, LinkFilter, RenderingExport, RenderingInfo, number
from aligner.formats.texts import flat
from aligner.formats.units import Texts, Unit, units
from aligner.model import AbsenceKind, Alignment, Letter

TOOL = "letter-aligner"
# Double quotes in the declaration: some readers look for the encoding with a pattern of their own.
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_REGION = re.compile(r"[A-Z]{2}|[0-9]{3}")
_SCRIPTS = {"Hans": "CN", "Hant": "TW"}


@dataclass(frozen=True, slots=True)
class TmxOptions(LinkFilter):
    """What a TMX file holds.

    `script_tags` writes `zh-Hans` in place of `zh-CN`; `creation_date` (`YYYYMMDDThhmmssZ`) goes into
    the header: none by default, so that the same alignment always gives the same file.
    """

    script_tags: bool = False
    creation_date: str = ""

    def __post_init__(self) -> None:
        # Named, because a dataclass with slots is made anew and super() would look in the old one.
        LinkFilter.__post_init__(self)
        if self.creation_date and not _DATE.fullmatch(self.creation_date):
            raise AlignmentError(f"creation_date is {self.creation_date!r}", hint="write it as 20250131T090000Z")


def rendering_tmx(
    letter: Letter, alignment: Alignment, about: RenderingInfo, options: TmxOptions = TmxOptions()
) -> bytes:
    """A TMX file of one rendering, UTF-8 without a mark; raises AlignmentError as `LetterExport` does."""
    return letter_tmx(letter, [(alignment, about)], options)


def letter_tmx(
    letter: Letter,
    renderings: Sequence[tuple[Alignment, RenderingInfo]],
    options: TmxOptions = TmxOptions(),
) -> bytes:
    """A TMX file of several renderings, one after the other, UTF-8 without a mark.

    Raises AlignmentError as `LetterExport` does, and when two units would have the same id.
    """
    pairs = tuple(RenderingExport(alignment, about) for alignment, about in renderings)
    return export_tmx(LetterExport(letter, pairs), options)


def export_tmx(export: LetterExport, options: TmxOptions) -> bytes:
    """The TMX file of an export; see `letter_tmx`."""
    root = etree.Element("tmx", version="1.4")
    header = etree.SubElement(
        root,
        "header",
        {
            "creationtool": TOOL,
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": TOOL,
            "adminlang": "en",
            "srclang": export.letter.language,
            "datatype": "plaintext",
        },
    )
    if options.creation_date:
        header.set("creationdate", options.creation_date)
    body = etree.SubElement(root, "body")
    seen: set[str] = set()
    for rendering in export.renderings:
        for unit in units(export.letter, rendering.alignment):
            if reason := _refusal(unit, options):
                _note(header, f"{rendering.id}: link {unit.link.id} ({_ids(unit)}) left out: {reason}")
                continue
            tuid = flat(f"{rendering.id}.{unit.link.id}")
            if tuid in seen:
                raise AlignmentError(f"two units would have the tuid {tuid}", where=f"rendering {rendering.id}")
            seen.add(tuid)
            _tu(body, tuid, unit, export.letter, rendering, options)
        for line in _unrendered(export.letter, rendering):
            _note(header, line)
    return _HEAD + bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=True))


def tmx_language(language: str, *, script_tags: bool = False) -> str:
    """The code that TMX programs match: a region in place of the script, unless `script_tags`.

    >>> tmx_language("zh-Hans"), tmx_language("zh-Hant-HK"), tmx_language("en")
    ('zh-CN', 'zh-HK', 'en')
    """
    subtags = language.split("-")
    if script_tags or len(subtags) < 2 or subtags[1] not in _SCRIPTS:
        return language
    regions = [subtag for subtag in subtags[2:3] if _REGION.fullmatch(subtag)]
    return f"{subtags[0]}-{regions[0] if regions else _SCRIPTS[subtags[1]]}"


def _tu(
    body: etree._Element,
    tuid: str,
    unit: Unit,
    letter: Letter,
    rendering: RenderingExport,
    options: TmxOptions,
) -> None:
    tu = etree.SubElement(body, "tu", tuid=tuid)
    for text in unit.missing:
        _note(tu, f"not rendered: {text}")
    for kind, value in _properties(unit, letter, rendering):
        if text := flat(value):
            etree.SubElement(tu, "prop", type=kind).text = text
    language = tmx_language(rendering.alignment.target.language, script_tags=options.script_tags)
    for code, text in ((letter.language, unit.source), (language, unit.target)):
        tuv = etree.SubElement(tu, "tuv", {_LANG: code})
        etree.SubElement(tuv, "seg").text = text


def _properties(unit: Unit, letter: Letter, rendering: RenderingExport) -> Iterator[tuple[str, str]]:
    yield "x-letter", letter.id
    yield "x-rendering", rendering.id
    yield "x-unit", _ids(unit)
    yield "x-bead", unit.bead
    yield "x-mode", unit.link.mode.value
    yield "x-confidence", number(unit.link.confidence)
    yield "x-status", unit.link.status.value
    yield "x-outlet", rendering.info.outlet
    yield "x-date", rendering.info.date
    yield "x-witness-text", unit.witness or ""


def _refusal(unit: Unit, options: TmxOptions) -> str | None:
    if not unit.source or not unit.target:
        return "no character of it is legal in XML"
    return options.refusal(unit.link)


def _unrendered(letter: Letter, rendering: RenderingExport) -> Iterator[str]:
    alignment = rendering.alignment
    whole = {item.source: item.kind for item in alignment.absences if item.kind is not AbsenceKind.PARTIAL}
    texts = Texts(letter, alignment)
    for segment in alignment.source_segments:
        if segment.id in whole:
            yield f"{rendering.id}: {segment.id} {whole[segment.id].value}: {texts.reading(segment)}"


def _ids(unit: Unit) -> str:
    return " ".join(unit.segments)


def _note(parent: etree._Element, text: str) -> None:
    etree.SubElement(parent, "note").text = flat(text)
