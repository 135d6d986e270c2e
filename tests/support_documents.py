"""Small documents of every format, made in memory, and ways to damage them."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

SAMPLES = Path(__file__).parent / "samples"

LETTER = (
    "Dear all,",
    "Today I have something to tell you that was not easy to decide, and I want you to hear it from me first.",
    "I am grateful for the years that we have worked together, and I will always remember them.",
    "Yours, Anna",
)
RENDERING = (
    "大家好，",
    "今天我有一件不容易决定的事要告诉你们，我希望你们首先从我这里听到。",
    "感谢我们一起工作的这些年，我会永远记得。",
    "安娜",
)

NOTES = """<w:footnotes {ns}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t xml:space="preserve"> 第二个注释。</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>第一个注释，</w:t></w:r></w:p><w:p><w:r><w:t>有两段。</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>Nobody refers to this.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def docx_of(*paragraphs: str, body: str = "", notes: str = "") -> bytes:
    """A Word document of plain paragraphs, then of raw XML (`w:`, `mc:` and `wps:` are declared)."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if body:
        spaces = nsdecls("w", "a", "wp", "r")
        more = (
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"'
        )
        for element in parse_xml(f"<w:body {spaces}{more}>{body}</w:body>"):
            document.element.body.insert(len(document.element.body) - 1, element)
    if notes:
        _add_part(document, "footnotes", notes.format(ns=nsdecls("w")))
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _add_part(document: docx.document.Document, name: str, xml: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
    part = Part(PackURI(f"/word/{name}.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}")


def run(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def zip_of(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        for name, content in members.items():
            # A date of its own would make another file of the same members every two seconds.
            member = zipfile.ZipInfo(name)
            member.compress_type = compression
            archive.writestr(member, content)
    return held.getvalue()


def rezipped(data: bytes, changes: Mapping[str, str | bytes | None], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with members replaced, added or (None) removed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    members.update(changes)
    return zip_of({name: content for name, content in members.items() if content is not None}, compression)


def page_of(*paragraphs: str, charset: str = "utf-8", more: str = "") -> str:
    inner = "\n".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>Title</title></head><body>'
        f'<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Heading</h1>\n{inner}{more}</article>'
        "<footer><p>All rights reserved</p></footer></body></html>"
    )


CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf"
media-type="application/oebps-package+xml"/></rootfiles></container>"""


def epub_of(chapters: Mapping[str, str], **more: str | bytes) -> bytes:
    """An EPUB of chapters, file name -> what is in its body; `more` are further members."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    refs = "".join(f'<itemref idref="c{n}"/>' for n, _ in enumerate(chapters))
    opf = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>'
        f"<manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    pages = {
        f"OEBPS/{name}": (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
            f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>{body}</body></html>'
        )
        for name, body in chapters.items()
    }
    fixed = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/content.opf": opf}
    return zip_of({**fixed, **pages, **more})


Set = tuple[float, float, float, str]
"""A line as a page sets it: x, y, size of the letters, text."""


def pdf_of(*pages: list[Set], extra: str = "", content: str | None = None) -> bytes:
    """A PDF of lines in Helvetica (Latin letters only); `extra` goes into the trailer, `content` replaces pages'."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in pages:
        escaped = [(x, y, size, re.sub(r"([\\()])", r"\\\1", text)) for x, y, size, text in lines]
        inner = "".join(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n" for x, y, size, text in escaped)
        inner = inner if content is None else content
        objects.append(f"<</Length {len(inner.encode('cp1252'))}>>stream\n{inner}endstream")
        look = "/MediaBox[0 0 400 600]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{look}/Contents {len(objects)} 0 R>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    data = b"%PDF-1.4\n"
    offsets = []
    for number, text in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R{extra}>>"
    )
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF\n".encode()


def set_in_lines(text: str, *, x: float = 50, y: float = 550, size: float = 10, step: float = 14) -> list[Set]:
    """The lines of `text`, one below the other; an empty one is half a gap, leading blanks indent."""
    found: list[Set] = []
    for line in text.splitlines():
        if line.strip():
            found.append((x + (len(line) - len(line.lstrip())) * 5, y, size, line.strip()))
            y -= step
        else:
            y -= step / 2
    return found


def damaged(whole: bytes, others: list[bytes], seed: int) -> tuple[str, bytes]:
    """A file with one of many faults, the same for the same seed, and what was done to it."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    kinds = (
        *("truncated", "flipped", "mislabelled", "zeroed", "doubled"),
        *("shuffled", "head lost", "noise", "nested", "huge", "inside"),
    )
    kind = kinds[seed % len(kinds)]
    data = bytearray(whole)
    size = len(data)
    if kind == "truncated":
        return kind, bytes(data[: chance.randrange(size)])
    if kind == "flipped":
        for _ in range(chance.choice((1, 3, 10, 100, 1000))):
            data[chance.randrange(size)] ^= 1 << chance.randrange(8)
    elif kind == "mislabelled":
        return kind, chance.choice(others)
    elif kind == "zeroed":
        at = chance.randrange(size)
        data[at : at + chance.randrange(1, 500)] = bytes(min(500, size - at))
    elif kind == "doubled":
        at = chance.randrange(size)
        data[at:at] = data[at : at + chance.randrange(1, 3000)] * chance.choice((1, 2, 50))
    elif kind == "shuffled":
        step = chance.choice((16, 64, 256, 1024))
        pieces = [bytes(data[i : i + step]) for i in range(0, size, step)]
        chance.shuffle(pieces)
        return kind, b"".join(pieces)
    elif kind == "head lost":
        return kind, bytes(data[chance.randrange(1, min(size, 600)) :])
    elif kind == "huge":
        return kind, bytes(data) * (8_000_000 // size)
    elif kind == "inside" and data.startswith(b"PK"):
        return kind, _damaged_inside(whole, chance)
    elif kind == "noise":
        return kind, bytes(data[: chance.randrange(4, 60)]) + chance.randbytes(chance.randrange(1, 20_000))
    else:
        at = chance.randrange(size)
        data[at:at] = chance.choice(
            (b"<" * 5000, b"(" * 5000, b"[" * 5000, b"<div>" * 5000, b"<<" * 5000, b"\xff" * 99)
        )
    return kind, bytes(data)


def _damaged_inside(whole: bytes, chance: random.Random) -> bytes:
    """An archive that is sound as such, with one of its parts damaged."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        names = [name for name in archive.namelist() if archive.getinfo(name).file_size > 20]
        name = chance.choice(names)
        part = bytearray(archive.read(name))
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(part))
        part[at : at + chance.randrange(9)] = chance.choice((b"", b"<", b">", b"\xff", b"/>", b"&x;", b"0", b"<w:p>"))
    return rezipped(whole, {name: bytes(part)})


def wholes() -> dict[str, bytes]:
    """A sound file of every format by its suffix, rich enough to be damaged in many places."""
    table = f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p></w:tc><w:tc><w:p>{run('B')}</w:p></w:tc></w:tr></w:tbl>"
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    link = f'<w:p>{run("Read ")}<w:ins w:id="9" w:author="a">{run("this")}</w:ins>{mark}</w:p>'
    chapters = {f"c{n}.xhtml": f"<h1>Chapter {n}</h1><p>{text}</p>" for n, text in enumerate(LETTER + RENDERING)}
    page = page_of(*LETTER, *RENDERING, more="<ul><li>One</li></ul><blockquote>Two<sup>2</sup></blockquote>")
    return {
        ".docx": docx_of(*LETTER, *RENDERING, body=link + table, notes=NOTES),
        ".epub": epub_of(chapters),
        ".html": page.encode(),
        ".pdf": (SAMPLES / "english_indented.pdf").read_bytes(),
        ".txt": "\n\n".join(LETTER + RENDERING).encode("gb18030"),
    }
