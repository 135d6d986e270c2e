"""Beads between two texts: InterText's three files, and bead lines with a sentence a line."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from lxml import etree

from aligner.archives import member
from aligner.formats.reading.values import ImportedBead, ImportedTexts, ReadingError
from aligner.formats.reading.xml import LANG, elements, line_of, local_name
from aligner.formats.reading.zipped import unpacking

_BEAD = re.compile(r"\s*\[([0-9,\s]*)\]\s*:\s*\[([0-9,\s]*)\]\s*(?::\s*([-+.0-9eE]+)\s*)?")
DIGITS = 9
"""Digits of a sentence's number: more than any text has sentences."""
SHAPE = "it looks like '[0, 1]:[2]:0.97'"
COUNT = "numbers count from 0"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def read_beads(lines: bytes, source: bytes, target: bytes, where: str) -> ImportedTexts:
    """Bead lines and the two texts that they count, one sentence a line; raises ReadingError with the line.

    A third field that is no probability (vecalign prints a cost) is passed over, with a remark.
    """
    texts = [_lines(source, f"{where} (source)"), _lines(target, f"{where} (target)")]
    beads, strange = [], 0
    for number, line in enumerate(_decoded(lines, where).splitlines(), 1):
        if not line.strip():
            continue
        found = _BEAD.fullmatch(line)
        if not found:
            raise ReadingError("is no bead line", where=f"{where}:{number}", hint=SHAPE)
        sides = []
        for part, text, name in zip(found.groups()[:2], texts, ("source", "target"), strict=True):
            numbers = [item.strip() for item in part.split(",") if item.strip()]
            if any(len(item) > DIGITS for item in numbers):
                raise ReadingError("names a sentence that no text has", where=f"{where}:{number}", hint=COUNT)
            if not all(item.isdigit() for item in numbers):
                raise ReadingError("is no bead line", where=f"{where}:{number}", hint=SHAPE)
            side = tuple(sorted(set(map(int, numbers))))
            if side and side[-1] >= len(text):
                what = f"names {name} sentence {side[-1]}, but there are {len(text)}"
                raise ReadingError(what, where=f"{where}:{number}", hint=COUNT)
            sides.append(side)
        value = _confidence(found.group(3))
        strange += found.group(3) is not None and value is None
        beads.append(ImportedBead(sides[0], sides[1], value))
    remarks = (f"{where}: the third field is no probability and was not read",) if strange else ()
    return ImportedTexts("beads", texts[0], texts[1], tuple(beads), remarks=remarks)


def read_intertext(files: Mapping[str, bytes], where: str) -> ImportedTexts:
    """InterText's link file with its two documents, by file name; raises ReadingError with the line.

    `toDoc` is the source, `fromDoc` the target. There is one link file among `files`.
    """
    links = [name for name, data in files.items() if _first(data, f"{where}/{name}") == "linkGrp"]
    if len(links) != 1:
        raise ReadingError(f"{len(links)} files of links", where=where, hint="give one, with its two documents")
    place = f"{where}/{links[0]}"
    names: tuple[str, str] = ("", "")
    found: list[tuple[str, int]] = []
    for event, name, element in elements(files[links[0]], place, "InterText", ("link",), ("linkGrp",)):
        if event == "start":
            names = (element.get("toDoc") or "", element.get("fromDoc") or "")
        elif name == "link":
            found.append((element.get("xtargets") or "", line_of(element)))
    known = {PurePosixPath(name).name: data for name, data in files.items()}
    for name in names:
        if name not in known:
            raise ReadingError(f"the document {name!r} is missing", where=place, hint="import it together with it")
    sides = [_document(known[name], f"{where}/{name}") for name in names]
    beads = tuple(_bead(targets, [texts for texts, _ in sides], f"{place}:{line}") for targets, line in found)
    texts = [tuple(texts.values()) for texts, _ in sides]
    return ImportedTexts("intertext", texts[0], texts[1], beads, sides[0][1], sides[1][1])


def read_intertext_zip(data: bytes, where: str) -> tuple[ImportedTexts, ...]:
    """Every link file of a zip file, with its documents; raises ReadingError.

    The name of a rendering is that of its link file, `<name>.links.xml`.
    """
    with unpacking(data, where, "zip file") as archive:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
        files = {name: member(archive, name) or b"" for name in names}
    if not files:
        raise ReadingError("holds no .xml files", where=where, hint="InterText's links and documents are three of them")
    kinds = {name: _first(content, f"{where}/{name}") for name, content in files.items()}
    documents = {name: content for name, content in files.items() if kinds[name] != "linkGrp"}
    links = [name for name, kind in kinds.items() if kind == "linkGrp"]
    return tuple(
        replace(read_intertext(documents | {name: files[name]}, where), name=_stem(name, ".links.xml"))
        for name in links
    )


def read_beads_zip(data: bytes, where: str) -> tuple[ImportedTexts, ...]:
    """Every `<name>.beads` of a zip file with `<name>.source.txt` and `<name>.target.txt`, as `beads` writes them.

    Raises ReadingError.
    """
    with unpacking(data, where, "zip file") as archive:
        files = {name: member(archive, name) or b"" for name in archive.namelist() if name.endswith((".beads", ".txt"))}
    found = []
    for name in sorted(name for name in files if name.endswith(".beads")):
        stem = name.removesuffix(".beads")
        if missing := [side for side in ("source", "target") if f"{stem}.{side}.txt" not in files]:
            raise ReadingError(f"{stem}.{missing[0]}.txt is missing", where=f"{where}/{name}", hint="a sentence a line")
        source, target = files[f"{stem}.source.txt"], files[f"{stem}.target.txt"]
        found.append(replace(read_beads(files[name], source, target, f"{where}/{name}"), name=_stem(name, ".beads")))
    return tuple(found)


def _stem(name: str, ending: str) -> str:
    file = PurePosixPath(name).name
    return file.removesuffix(ending) if file.endswith(ending) else ""


def _first(data: bytes, where: str) -> str:
    """The name of the first element."""
    parsed = etree.iterparse(io.BytesIO(data), events=("start",), resolve_entities=False, no_network=True)
    try:
        _, element = next(iter(parsed))
    except (etree.XMLSyntaxError, StopIteration) as error:
        raise ReadingError("is no XML", where=where) from error
    return local_name(element)


def _document(data: bytes, where: str) -> tuple[dict[str, str], str]:
    """Sentence id -> text, in order, and the language that the document names."""
    texts: dict[str, str] = {}
    language = ""
    for event, _, element in elements(data, where, "InterText document", ("s",), ("text", "TEI", "TEI.2")):
        if event == "start":
            language = element.get(LANG) or element.get("lang") or language
            continue
        key = element.get("id") or element.get(_XML_ID) or ""
        if not key or key in texts:
            fault = f"two sentences have the id {key}" if key else "a sentence without id"
            raise ReadingError(fault, where=f"{where}:{element.sourceline}")
        texts[key] = "".join(str(piece) for piece in element.itertext())
    if not texts:
        raise ReadingError("has no sentences: there is no element s", where=where)
    return texts, language


def _bead(targets: str, texts: list[dict[str, str]], where: str) -> ImportedBead:
    parts = targets.split(";")
    if len(parts) != 2:
        raise ReadingError("a link's xtargets need one ';'", where=where, hint="for instance '1:1;1:1 1:2'")
    sides = []
    for part, known in zip(parts, texts, strict=True):
        for key in part.split():
            if key not in known:
                raise ReadingError(f"there is no sentence {key}", where=where)
        numbers = {key: number for number, key in enumerate(known)} if part.split() else {}
        sides.append(tuple(sorted({numbers[key] for key in part.split()})))
    return ImportedBead(sides[0], sides[1])


def _confidence(text: str | None) -> float | None:
    try:
        value = float(text or "x")
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None


def _lines(data: bytes, where: str) -> tuple[str, ...]:
    return tuple(_decoded(data, where).replace("\r\n", "\n").removesuffix("\n").split("\n"))


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ReadingError("is not UTF-8", where=f"{where}:{line}", hint="save it as UTF-8") from error
