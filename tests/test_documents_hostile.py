"""Files made to harm: bombs, cycles, nesting, sizes. Each is refused in words, or read without harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from support_documents import (
    LETTER,
    RENDERING,
    docx_of,
    epub_of,
    page_of,
    pdf_of,
    rezipped,
    set_in_lines,
    wholes,
    zip_of,
)

from aligner import archives
from aligner.archives import member, open_zip
from aligner.documents import FORMATS, limits, load, read, read_pasted
from aligner.errors import DocumentError

HOLLOW = b"\0" * 20_000_000
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def refused(name: str, data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read(name, data)
    assert caught.value.hint, caught.value
    assert (caught.value.where or "").startswith(name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def word_xml(inner: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


LAUGHS = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.docx", rezipped(docx_of("x"), {"word/media/a.png": HOLLOW}), "zip bomb"),
        ("a.epub", rezipped(epub_of({"a": "<p>x</p>"}), {"OEBPS/a.png": HOLLOW}), "zip bomb"),
        ("a.docx", rezipped(docx_of("x"), {"word/document.xml": word_xml("<w:p>" * 230)}), "damaged"),
        ("a.docx", rezipped(docx_of("x"), {"word/document.xml": word_xml("<w:p>" * 220 + "</w:p>" * 220)}), "nests"),
        ("a.docx", rezipped(docx_of("x"), {"word/document.xml": word_xml("<w:p/>")}), "no text"),
        ("a.docx", rezipped(docx_of("x"), {"word/document.xml": b"\xff\xfe<"}), "damaged"),
        ("a.docx", rezipped(docx_of("x"), {"[Content_Types].xml": None}), "lacks the parts"),
        ("a.html", b"<html><body>" + b"<div>" * 300_000, "nests"),
        ("a.html", b"<html>" + b"<p>" * 10 + b"\0" * 100, "NUL"),
        ("a.pdf", b"%PDF-1.7\n" + b"[" * 100_000, "damaged"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n" + b"<</A" * 50_000 + b"\nendobj\ntrailer<</Root 1 0 R>>", "damaged"),
        ("a.pdf", pdf_of([(1, 1, 1, "x")]).replace(b"/Kids[", b"/Kids[2 0 R "), ""),
        ("a.txt", b"\x1f\x8b\x08\0\0\0\0\0", "a gzip archive"),
        ("a.txt", b"<!DOCTYPE html><p>Hello</p>", "a web page, whatever its name says; rename it to end in .htm"),
        ("a.docx", pdf_of([(1, 1, 1, "x")]), "a PDF, whatever its name says; rename it to end in .pdf"),
        ("a.pdf", docx_of("x"), "a Word document, whatever its name says; rename it to end in .docx"),
        ("a.docx", zip_of({"xl/workbook.xml": "x"}), "an Excel workbook"),
        ("a.docx", zip_of({"content.xml": "x"}), "an OpenDocument file"),
        ("a.docx", zip_of({"letter.txt": "x"}), "is a zip archive, but not a Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is encrypted; open it"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"WordDocument", "an old office document"),
        ("a.pdf", b"plain text", "is not a PDF"),
        ("a.epub", b"plain text", "is not an EPUB"),
        ("a.html", b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        *((f"a{suffix}", b"", "is empty") for suffix in FORMATS),
        *((f"a{suffix}", b" \n ", "") for suffix in FORMATS),
    ],
)  # fmt: skip
def test_files_made_to_harm(name: str, data: bytes, says: str) -> None:
    assert says in refused(name, data)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_size_is_refused_before_anything_is_parsed(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    assert "is larger than" in refused(f"a{suffix}", b"x" * 1001)


def test_the_size_of_texts_is_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    (tmp_path / "a.txt").write_bytes(b"x" * 5000)
    with pytest.raises(DocumentError, match="larger than"):
        load(tmp_path / "a.txt")
    with pytest.raises(DocumentError, match="larger than"):
        read_pasted("x" * 1001)


def test_entities_expand_to_nothing() -> None:
    page = f'<!DOCTYPE html [<!ENTITY x0 "ha">{LAUGHS}]>' + page_of(*LETTER, "&x11;").removeprefix("<!DOCTYPE html>")
    assert len(read("a.html", page.encode()).text) < 2000
    laughing = f'<!DOCTYPE x [<!ENTITY x0 "ha">{LAUGHS}]>' + word_xml("<w:p><w:r><w:t>A &x11; b</w:t></w:r></w:p>")
    try:
        document = read("a.docx", rezipped(docx_of("x"), {"word/document.xml": laughing}))
    except DocumentError as error:
        assert error.hint
    else:
        assert len(document.text) < 100


def test_no_file_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    outside = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    outside += word_xml("<w:p><w:r><w:t>A&x;b</w:t></w:r></w:p>")
    chapter = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>A&x;b</p></body></html>'
    for name, data in (
        ("a.docx", rezipped(docx_of("x"), {"word/document.xml": outside})),
        ("a.epub", rezipped(epub_of({"a.xhtml": "x"}), {"OEBPS/a.xhtml": chapter})),
    ):
        try:
            text = read(name, data).text
        except DocumentError:
            continue
        assert "secret" not in text


def test_a_page_that_unpacks_to_a_flood_is_stopped() -> None:
    packed = zlib.compress(b"BT /F1 9 Tf (" + b"A" * 300_000_000 + b") Tj ET", 9)
    plain = pdf_of([(1, 1, 1, "x")])
    head, _, rest = plain.partition(b"<</Length")
    _, _, tail = rest.partition(b"endstream")
    flood = head + f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode() + packed + b"\nendstream" + tail
    assert refused("a.pdf", flood)


def test_an_archive_that_lies_about_sizes_gives_no_more_than_it_says() -> None:
    data = bytearray(zip_of({"a": b"x" * 100_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = (10).to_bytes(4, "little")
    with open_zip(bytes(data)) as archive, pytest.raises(DocumentError, match="cannot be unpacked"):
        member(archive, "a")


@pytest.mark.parametrize(
    ("limit", "most", "says"),
    [("MEMBERS", 3, "holds 4 files"), ("UNPACKED_BYTES", 50, "unpacks to"), ("RATIO_FROM", 50, "times its size")],
)
def test_limits_of_archives(monkeypatch: pytest.MonkeyPatch, limit: str, most: int, says: str) -> None:
    monkeypatch.setattr(archives, "UNPACKED_RATIO", 0.01)
    data = zip_of({f"{n}": b"x" * 50 for n in range(4)})
    monkeypatch.setattr(archives, limit, most)
    with pytest.raises(DocumentError, match=says):
        open_zip(data)


def test_encrypted_members_are_said() -> None:
    data = bytearray(zip_of({"a": b"x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert zipfile.is_zipfile(io.BytesIO(bytes(data)))
    with pytest.raises(DocumentError, match="is encrypted"):
        open_zip(bytes(data))


def test_sound_files_are_read() -> None:
    for suffix, data in wholes().items():
        known = "Anna" if suffix == ".pdf" else RENDERING[1]
        assert known in read(f"a{suffix}", data).text
    assert read("a.pdf", b"Sent by mail\r\n" + pdf_of(set_in_lines("A line of text."))).text == "A line of text.\n"
