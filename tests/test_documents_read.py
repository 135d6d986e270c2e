"""Bytes to documents: encodings, line ends, and every way a file can be no document."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from aligner.documents import READERS, load, read
from aligner.errors import DocumentError

PROSE = "我们今天发表了一封信，是写给大家的。这是一个艰难的决定，但在这个时候，我不得不这样做。"
HANT = "我們今天發表了一封信，是寫給大家的。這是一個艱難的決定，但在這個時候，我不得不這樣做。"
SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.markdown", "A.TXT"])
def test_known_suffixes(name: str) -> None:
    document = read(name, PROSE.encode())
    assert (document.name, document.text, document.encoding) == (name, PROSE, "utf-8")
    assert document.sha256 == hashlib.sha256(PROSE.encode()).hexdigest()
    assert [block.span.of(document.text) for block in document.blocks] == [PROSE]


def test_the_seeds_are_read_as_they_are() -> None:
    for path in SEEDS.glob("*.txt"):
        document = load(path)
        assert document.text.encode("utf-8") == path.read_bytes()
        assert document.encoding == "utf-8"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_are_untouched(ending: str) -> None:
    text = f"One.{ending}{ending}Two.{ending}"
    assert read("a.txt", text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PROSE.encode("utf-8-sig"), "utf-8-sig"),
        (PROSE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + PROSE.encode("utf-16-be"), "utf-16"),
        (PROSE.encode("utf-32"), "utf-32"),
        (PROSE.encode("gb18030"), "gb18030"),
    ],
)
def test_marks_and_old_encodings_are_recognised(data: bytes, encoding: str) -> None:
    document = read("a.txt", data)
    assert (document.text, document.encoding) == (PROSE, encoding)


def test_big5_is_recognised() -> None:
    document = read("a.txt", HANT.encode("big5"))
    assert (document.text, document.encoding) == (HANT, "big5")


def test_a_named_encoding_is_taken_at_its_word() -> None:
    assert read("a.txt", "café à côté".encode("latin-1"), encoding="latin-1").text == "café à côté"
    assert read("a.txt", HANT.encode("big5"), encoding="big5").text == HANT
    assert read("a.txt", PROSE.encode("utf-8-sig"), encoding="utf-8").text == PROSE, "a mark is no part of the text"


@pytest.mark.parametrize(
    ("name", "data", "encoding", "says"),
    [
        ("a.txt", b"", None, "empty"),
        ("a.txt", b" \n\t\r\n", None, "empty"),
        ("a.txt", "\u3000\u200b\n".encode(), None, "empty"),
        ("a.txt", b"\xef\xbb\xbf", None, "empty"),
        ("a.txt", b"abc\0def", None, "NUL"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0", None, "NUL"),
        ("a.txt", "caf\u00e9 au lait".encode("latin-1"), None, "a.txt:1:4: not valid utf-8 at byte 0xe9"),
        ("a.txt", b"one\ntwo\nth\xffree", None, "a.txt:3:3: not valid utf-8"),
        ("a.txt", b"abc\xff", "ascii", "not valid ascii"),
        ("a.txt", b"abc", "utf-16", "utf-16"),
        ("a.txt", b"abc", "klingon", "unknown encoding 'klingon'"),
        ("a.txt", b"abc", "rot13", "unknown encoding 'rot13'"),
        ("a.wpd", b"\xffWPC", None, "known: .docx, .epub, .htm, .html, .markdown, .md, .pdf, .txt, .xhtml"),
        ("a.docx", b"PK", None, "is not a Word document"),
        ("letter", b"abc", None, "without a suffix"),
    ],
)
def test_what_is_no_document_is_said_with_what_to_try(name: str, data: bytes, encoding: str | None, says: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(name, data, encoding=encoding)
    assert says in str(caught.value)
    assert (caught.value.where or "").startswith(name)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        load(tmp_path / "none.txt")
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    with pytest.raises(DocumentError, match="folder"):
        load(folder)


def test_a_loaded_document_is_named_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_bytes(b"# T\n\nText.")
    assert load(path).name == "article.md"
    (tmp_path / "bad.txt").write_bytes(b"\xff\xff")
    with pytest.raises(DocumentError, match="not valid") as caught:
        load(tmp_path / "bad.txt")
    assert str(tmp_path) in str(caught.value), "the message names the path that was given"


def test_readers_are_a_plain_dict_of_lower_case_suffixes() -> None:
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READERS)


@pytest.mark.parametrize(
    ("head", "kind"),
    [(b"%PDF-1.4 plain", "a PDF"), (b"PK\x03\x04rest", "office document"), (b"{\\rtf1 rest}", "an RTF document")],
)
def test_a_file_that_is_not_what_its_name_says(head: bytes, kind: str) -> None:
    with pytest.raises(DocumentError, match=kind):
        read("letter.txt", head)
