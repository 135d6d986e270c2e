"""TMX 1.4: one `tu` per link and rendering, with two `tuv`.

Most programs keep one `tuv` per language of a `tu` and lose the others silently, so renderings never
share one. Notes and properties stand at `tu` level, where programs look for them. The header's notes
say what is not in the file and why: omitted units have no `tu`, because an empty `seg` makes some
programs refuse the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from lxml import etree

from aligner import __version__
from aligner.errors import AlignmentError
from aligner.formats.base import LetterExport, LinkFilter, RenderingExport, RenderingInfo, number
from aligner.formats.pieces import copied, element_bytes, spool
from aligner.formats.remarks import Remarks
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

    `script_tags` writes `zh-Hans` in place of `zh-CN`; `annotations` adds what reviewers said of a unit
    as notes; `creation_date` (`YYYYMMDDThhmmssZ`) goes into
    the header: none by default, so that the same alignment always gives the same file.
    """

    script_tags: bool = False
    creation_date: str = ""
    annotations: bool = False

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


def tmx_chunks(exports: Iterable[LetterExport], options: TmxOptions) -> Iterator[bytes]:
    """The TMX file of any number of letters, piece by piece; see `letter_tmx`.

    The header, which says what is left out, stands first and is known last: the units wait in a
    temporary file, so that memory holds one letter and the renderings' ids. The source language is the first
    letter's; that of each unit stands at its `tuv`.
    """
    with spool() as notes, spool() as body:
        language = ""
        names: set[str] = set()
        for export in exports:
            language = language or export.letter.language
            seen: set[str] = set()
            for rendering in export.renderings:
                if rendering.id in names:
                    raise AlignmentError("two letters have a rendering of this id", where=f"rendering {rendering.id}")
                names.add(rendering.id)
                _write_rendering(export.letter, rendering, options, notes, body, seen)
        yield _HEAD + b'<tmx version="1.4">\n'
        yield from _header(language, options, notes)
        yield from _within(b"body", body)
        yield b"</tmx>\n"


def write_tmx(exports: Iterable[LetterExport], options: TmxOptions, out: IO[bytes]) -> None:
    """Write the TMX file of any number of letters to `out`, in memory that does not grow with them."""
    for chunk in tmx_chunks(exports, options):
        out.write(chunk)


def export_tmx(export: LetterExport, options: TmxOptions) -> bytes:
    """The TMX file of an export; see `letter_tmx`."""
    return b"".join(tmx_chunks((export,), options))


def _write_rendering(
    letter: Letter,
    rendering: RenderingExport,
    options: TmxOptions,
    notes: IO[bytes],
    body: IO[bytes],
    seen: set[str],
) -> None:
    remarks = Remarks(rendering) if options.annotations else None
    for unit in units(letter, rendering.alignment):
        if reason := _refusal(unit, options):
            left_out = f"{rendering.id}: link {unit.link.id} ({_ids(unit)}) left out: {reason}"
            _put(notes, _element("note", left_out))
            continue
        tuid = flat(f"{rendering.id}.{unit.link.id}")
        if tuid in seen:
            raise AlignmentError(f"two units would have the tuid {tuid}", where=f"rendering {rendering.id}")
        seen.add(tuid)
        _put(body, _tu(tuid, unit, rendering, (letter, remarks), options))
    for line in unrendered(letter, rendering):
        _put(notes, _element("note", line))


def _header(language: str, options: TmxOptions, notes: IO[bytes]) -> Iterator[bytes]:
    header = etree.Element(
        "header",
        {
            "creationtool": TOOL,
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": TOOL,
            "adminlang": "en",
            "srclang": language or "*all*",
            "datatype": "plaintext",
        },
    )
    if options.creation_date:
        header.set("creationdate", options.creation_date)
    empty = etree.tostring(header, encoding="UTF-8", xml_declaration=False).removesuffix(b"/>")
    yield from _within(b"header", notes, empty)


def _within(name: bytes, content: IO[bytes], start: bytes = b"") -> Iterator[bytes]:
    """The element `name` with the indented `content`; without content, an empty element."""
    start = start or b"<" + name
    if not content.tell():
        yield b"  " + start + b"/>\n"
        return
    yield b"  " + start + b">\n"
    yield from copied(content)
    yield b"  </" + name + b">\n"


def _put(out: IO[bytes], element: etree._Element) -> None:
    out.write(element_bytes(element, 2))


def _element(name: str, text: str) -> etree._Element:
    element = etree.Element(name)
    element.text = flat(text)
    return element


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
    tuid: str,
    unit: Unit,
    rendering: RenderingExport,
    about: tuple[Letter, Remarks | None],
    options: TmxOptions,
) -> etree._Element:
    letter, remarks = about
    reviewed = remarks.said(unit.link) if remarks else ()
    tu = etree.Element("tu", tuid=tuid)
    for text in (*(f"not rendered: {words}" for words in unit.missing), *reviewed):
        tu.append(_element("note", text))
    for kind, value in _properties(unit, letter, rendering):
        if text := flat(value):
            etree.SubElement(tu, "prop", type=kind).text = text
    language = tmx_language(rendering.alignment.target.language, script_tags=options.script_tags)
    for code, text in ((letter.language, unit.source), (language, unit.target)):
        tuv = etree.SubElement(tu, "tuv", {_LANG: code})
        etree.SubElement(tuv, "seg").text = text
    return tu


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


def unrendered(letter: Letter, rendering: RenderingExport) -> Iterator[str]:
    """A line for each sentence of the letter that the rendering omits or leaves outside."""
    alignment = rendering.alignment
    whole = {item.source: item.kind for item in alignment.absences if item.kind is not AbsenceKind.PARTIAL}
    texts = Texts(letter, alignment)
    for segment in alignment.source_segments:
        if segment.id in whole:
            yield f"{rendering.id}: {segment.id} {whole[segment.id].value}: {texts.reading(segment)}"


def _ids(unit: Unit) -> str:
    return " ".join(unit.segments)
