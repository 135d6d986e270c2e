"""Encodings of texts and pages: detected, said, and doubted aloud where they are a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_documents import LETTER, RENDERING, page_of

from aligner.documents import read, read_extracted
from aligner.documents.decode import decoded
from aligner.documents.html import html
from aligner.errors import DocumentError

HANS = "\n\n".join(RENDERING)
HANT = "大家好，\n\n今天我有一件不容易決定的事要告訴你們，我希望你們首先從我這裡聽到。\n\n感謝我們一起工作的這些年。"
ENGLISH = "\n\n".join(LETTER)


@pytest.mark.parametrize("text", [HANS, HANT, ENGLISH, ENGLISH + HANS], ids=["hans", "hant", "english", "both"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_unicode_with_and_without_a_mark(text: str, encoding: str) -> None:
    found = read_extracted("a.txt", text.encode(encoding))
    assert (found.document.text, found.document.encoding, found.remarks) == (text, encoding, ())


@pytest.mark.parametrize(("text", "encoding"), [(HANS, "gb18030"), (HANT, "gb18030"), (HANT, "big5")])
def test_old_chinese_encodings(text: str, encoding: str) -> None:
    found = read_extracted("a.txt", text.encode(encoding))
    assert (found.document.text, found.document.encoding, found.remarks) == (text, encoding, ())


@pytest.mark.parametrize(("text", "encoding"), [("再见", "gb18030"), ("公開信", "big5"), ("史密斯离开公司", "gb18030")])
def test_a_text_too_short_to_be_sure_is_a_guess_and_says_so(text: str, encoding: str) -> None:
    found = read_extracted("a.txt", text.encode(encoding))
    assert (found.document.text, found.document.encoding) == (text, encoding)
    assert [encoding in remark for remark in found.remarks] == [True]
    assert read_extracted("a.txt", text.encode(encoding), encoding=encoding).remarks == ()


def test_english_with_marks_of_windows() -> None:
    found = read_extracted("a.txt", "“Dear all” – I’m leaving…".encode("cp1252"))
    assert found.document.text == "“Dear all” – I’m leaving…"
    assert "Windows-1252" in found.remarks[0]


def test_a_named_encoding_wins_over_what_would_be_recognised() -> None:
    data = HANT.encode("big5")
    assert read("a.txt", data).text == HANT
    assert read("a.txt", HANS.encode("gb18030"), encoding="latin-1").text == HANS.encode("gb18030").decode("latin-1")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x00\x01\x02\x03" * 50, "NUL"),
        (b"MZ\x90\x00\x03\x00\x00\x00" * 8, "NUL"),
        (b"\xd8\x00\xd8\x00\x00a", "NUL"),
        (bytes(range(256)), "NUL"),
        (b"\xfe\xff\xd8\x00", "utf-16"),
        (b"\xff\xfea", "utf-16"),
        (bytes(range(128, 256)) * 3, "not valid utf-8"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        decoded("a.txt", data)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_valid_utf8_is_never_taken_for_anything_else(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decoded("a.txt", text.encode()).text == text


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_a_text_or_a_document_error(data: bytes) -> None:
    try:
        found = decoded("a.txt", data)
    except DocumentError as error:
        assert error.hint and error.where
    else:
        assert "\0" not in found.text
        assert data.decode(found.encoding) == found.text, "the encoding said is the one that gives the text"


@pytest.mark.parametrize(
    ("declared", "real", "encoding", "remark"),
    [
        ("utf-8", "utf-8", "utf-8", None),
        ("gb2312", "gb18030", "gb18030", None),
        ("big5", "big5", "big5hkscs", None),
        ("gbk", "utf-8", "utf-8", "says it is in gbk, but it is in UTF-8"),
        ("utf-8", "gb18030", "gb18030", "says it is in utf-8, but it is in gb18030"),
        ("klingon", "gb18030", "gb18030", "says it is in klingon"),
        ("utf-16", "utf-8", "utf-8", "says it is in utf-16"),
        ("gb2312", "utf-16", "utf-16", None),
        ("utf-8", "utf-16-le", "utf-16-le", None),
        ("gb2312", "utf-8-sig", "utf-8-sig", None),
    ],
)
def test_pages_by_mark_declaration_and_content(declared: str, real: str, encoding: str, remark: str | None) -> None:
    text = HANT if "big5" in real else HANS
    found = html("a.html", page_of(*text.split("\n\n"), charset=declared).encode(real))
    assert text.split("\n\n")[1] in {passage.text for passage in found.passages}
    assert found.encoding == encoding
    assert [remark in said for said in found.remarks if remark] == ([True] if remark else [])
    assert remark or not found.remarks


def test_a_page_in_a_named_encoding() -> None:
    data = page_of(*LETTER, "à côté de café, très bien, déjà vu et tout le reste", charset="gb2312").encode("latin-1")
    assert "déjà vu" in read("a.html", data, encoding="latin-1").text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le"])
def test_a_long_text_is_judged_by_its_beginning_and_decoded_whole(encoding: str) -> None:
    text = HANS * 4000 + "the end"
    found = decoded("a.txt", text.encode(encoding))
    assert (found.encoding, found.text) == (encoding, text)
    with pytest.raises(DocumentError):
        decoded("a.txt", (HANS * 4000).encode(encoding) + b"\xff")
