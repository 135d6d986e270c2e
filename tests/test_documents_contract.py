"""What holds for documents of every format: offsets, places, what is stored, and the way to an alignment."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_cli import LETTER, MANIFEST, Program, Sums, each, in_order, write_corpus
from support_documents import docx_of, epub_of, page_of, wholes

from aligner import documents
from aligner.documents import FORMATS, READERS, Extracted, inspect, read_extracted, read_pasted, stored
from aligner.documents.extraction import Dropped, Found, Passage, Place, assemble
from aligner.errors import DocumentError
from aligner.model import BlockKind, Document, sha256_of
from aligner.text.lines import is_blank

WHOLES = wholes()


@pytest.fixture(scope="module")
def read() -> dict[str, Extracted]:
    return {suffix: read_extracted(f"a{suffix}", data) for suffix, data in WHOLES.items()}


@pytest.mark.parametrize("suffix", WHOLES)
def test_blocks_and_places_lie_in_the_text(suffix: str, read: dict[str, Extracted]) -> None:
    found = read[suffix]
    document = found.document
    assert document.sha256 == hashlib.sha256(WHOLES[suffix]).hexdigest(), "of the bytes as received"
    assert document.blocks
    assert all(not is_blank(block.span.of(document.text)) for block in document.blocks)
    covered = {offset for place in found.places for offset in range(place.start, place.end)}
    assert {offset for offset, c in enumerate(document.text) if not c.isspace()} <= covered
    for block in document.blocks:
        assert found.place_of(block.start) and found.place_at(block.start).start <= block.start
    with pytest.raises(IndexError):
        found.place_of(len(document.text))


@pytest.mark.parametrize("suffix", WHOLES)
def test_the_same_bytes_give_the_same_document(suffix: str, read: dict[str, Extracted]) -> None:
    assert read_extracted(f"a{suffix}", WHOLES[suffix]) == read[suffix]
    assert documents.read(f"a{suffix.upper()}", WHOLES[suffix]).text == read[suffix].document.text


@pytest.mark.parametrize("suffix", WHOLES)
def test_what_is_stored_gives_the_text_back(suffix: str, read: dict[str, Extracted]) -> None:
    files = stored([read[suffix], read[suffix]])
    if suffix == ".txt":
        assert files == {}, "a plain text is its own file"
        return
    assert set(files) == {f"a{suffix}.extracted.txt", f"a{suffix}.extraction.json"}
    text = files[f"a{suffix}.extracted.txt"].decode("utf-8")
    held = json.loads(files[f"a{suffix}.extraction.json"])
    assert text == read[suffix].document.text
    assert held["schema"] == "aligner/extraction@1"
    assert held["text_sha256"] == sha256_of(text) == read[suffix].document.text_sha256
    assert held["sha256"] == sha256_of(WHOLES[suffix])
    assert held["extractor"] == read[suffix].extractor != "text"
    assert [tuple(place) for place in held["places"]] == [(p.start, p.end, p.label) for p in read[suffix].places]
    assert [each["text"] for each in held["dropped"]] == [each.text for each in read[suffix].dropped]


def test_two_documents_of_one_name_cannot_be_stored_together() -> None:
    one, two = (read_extracted("a.html", page_of(text, text).encode()) for text in ("One text.", "Other text."))
    with pytest.raises(DocumentError, match="two documents"):
        stored([one, two])


@pytest.mark.parametrize(
    ("suffix", "kind", "extractor"),
    [
        (".docx", "a Word document", "python-docx"),
        (".epub", "an EPUB", "lxml"),
        (".html", "a web page", "trafilatura"),
        (".pdf", "a PDF", "pypdf"),
        (".txt", "a text", "text"),
    ],
)
def test_a_file_at_a_glance(suffix: str, kind: str, extractor: str, read: dict[str, Extracted]) -> None:
    found = inspect(f"a{suffix}", WHOLES[suffix])
    assert found.kind == kind
    assert found.extractor.startswith(extractor)
    assert found.characters == len(read[suffix].document.text)
    assert found.paragraphs == len(read[suffix].document.blocks)
    assert found.dropped == read[suffix].dropped


def test_every_format_is_tried_here() -> None:
    assert {name for name, _ in FORMATS.values()} == {suffix[1:] for suffix in WHOLES} - {"txt"}
    assert not FORMATS.keys() & READERS.keys()
    assert documents.extracted("A.PDF") and not documents.extracted("a.txt")


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["By Ann\n2020-01-02", "Related", "Heading", "A sentence.", "\u00ad", "\ud83d", "\r\n", "- END -", "https://x.y"]
)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    parts = draw(st.lists(WORDS, min_size=1, max_size=4))
    starts = [sum(map(len, parts[:n])) for n in range(len(parts))]
    lines = tuple((start, f"line {n}") for n, start in enumerate(starts))
    kind = draw(st.none() | st.sampled_from(BlockKind))
    return Passage("".join(parts), lines, kind, draw(st.sampled_from(["", "[1] "])))


@given(st.lists(passages(), max_size=8))
def test_any_passages_make_a_document_that_keeps_its_rules(found: list[Passage]) -> None:
    try:
        made = assemble("a.x", "a.x", b"x", Found("x 1", "x", tuple(found), (Dropped(" \x00", "blank"),)))
    except DocumentError as error:
        assert error.what == "no text was found in it"
        return
    text = made.document.text
    assert text.encode("utf-8")
    assert "\r" not in text and "\0" not in text
    assert made.dropped == (), "what is blank was not dropped"
    assert Extracted.from_json("a.x", b"x", json.loads(json.dumps(made.to_json()))) == made
    for block in made.document.blocks:
        content = block.span.of(text)
        assert content == content.strip()


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ([(0, 3, "a"), (2, 5, "b")], "overlaps"),
        ([(0, 99, "a")], "leaves the text"),
        ([(0, 0, "a"), (0, 5, "b")], "overlaps"),
        ([(1, 5, "a")], r"\[0, 1\) has no place"),
        ([(0, 3, "a")], r"\[3, 5\) has no place"),
    ],
)
def test_places_that_break_a_rule_are_refused(places: list[tuple[int, int, str]], says: str) -> None:
    document = Document("a.x", "abcde", sha256_of(b""), "x")
    with pytest.raises(DocumentError, match=says):
        Extracted(document, "x", tuple(Place(*place) for place in places))


def test_a_line_of_a_text_is_its_place() -> None:
    found = read_extracted("a.txt", b"One\r\n\r\nTwo\rThree")
    assert [found.place_of(offset) for offset in (0, 3, 4, 7, 11)] == ["line 1", "line 1", "line 1", "line 3", "line 4"]
    assert found.position_of(8) == "line 3, character 2"


def test_pasted_text_is_kept_as_it_is() -> None:
    text = "\ufeffDear all,\r\n\r\n  “Hi”\u3000😀\n"
    document = read_pasted(text)
    assert (document.name, document.text, document.encoding) == ("pasted.txt", text, "utf-8")
    assert document.sha256 == sha256_of(text) == document.text_sha256
    assert read_pasted("x", "letter.txt").name == "letter.txt"


@pytest.mark.parametrize(
    ("text", "says"), [("", "empty"), (" \n\u3000", "empty"), ("a\0b", "NUL"), ("a\ud83d", "half a")]
)
def test_what_cannot_be_pasted(text: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says) as caught:
        read_pasted(text)
    assert caught.value.hint and caught.value.where == "pasted.txt"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The command line with a stand-in for the engine."""
    monkeypatch.setattr("aligner.encoders.open_encoder", lambda *_, **__: Sums())
    monkeypatch.setattr("aligner.pipeline.letters.align_articles", each(in_order))
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path, tmp_path / "home")


ARTICLE = ("各位好，", "我们周五关店。感谢每一年的陪伴。", "请来参加聚会。", "阿达")


def test_align_takes_documents_of_every_format(program: Program) -> None:
    (program.folder / "page.html").write_text(page_of(*LETTER.split("\n\n")), encoding="utf-8")
    (program.folder / "a.docx").write_bytes(docx_of(*ARTICLE))
    (program.folder / "b.epub").write_bytes(epub_of({"c.xhtml": "".join(f"<p>{text}</p>" for text in ARTICLE)}))
    (program.folder / "c.txt").write_text("\n\n".join(ARTICLE), encoding="utf-8")
    targets = [word for name in ("a.docx", "b.epub", "c.txt") for word in ("--target", name)]
    result = program.run("align", "--source", "page.html", *targets, "--out", "out")
    assert result.exit_code == 0, result.output
    names = {path.name for path in Path("out").iterdir()}
    assert names == {"a.json", "b.json", "c.json"} | {
        f"{name}.{kind}" for name in ("page.html", "a.docx", "b.epub") for kind in ("extracted.txt", "extraction.json")
    }
    made: dict[str, Any] = json.loads(Path("out/a.json").read_text(encoding="utf-8"))
    for side, name in (("source", "page.html"), ("target", "a.docx")):
        text = Path(f"out/{name}.extracted.txt").read_bytes().decode("utf-8")
        assert made[side]["document"] == name
        assert made[side]["sha256"] == sha256_of(Path(name).read_bytes())
        assert made[side]["text_sha256"] == sha256_of(text)
        for segment in made["segments"][side]:
            assert text[segment["start"] : segment["end"]] == segment["text"]
    again = program.run("align", "--source", "page.html", *targets, "--out", "out")
    assert "0 new, 0 changed" in again.stderr


def test_align_says_what_is_doubtful_about_a_document(program: Program) -> None:
    (program.folder / "page.html").write_text(
        page_of(*LETTER.split("\n\n"), "“艾达”", charset="big5"), encoding="utf-8"
    )
    (program.folder / "c.txt").write_text("\n\n".join(ARTICLE), encoding="utf-8")
    result = program.run("align", "--source", "page.html", "--target", "c.txt", "--out", "out")
    assert "page.html: says it is in big5, but it is in UTF-8" in result.stderr


def test_a_broken_document_stops_align_with_one_line(program: Program) -> None:
    (program.folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (program.folder / "a.docx").write_bytes(docx_of(*ARTICLE)[:5000])
    line = program.refuses("align", "--source", "letter.txt", "--target", "a.docx", "--out", "out")
    assert line.startswith("a.docx: is a zip archive, but not a Word document, or damaged")
    assert not Path("out").exists()


def test_build_stores_extracted_texts_beside_the_letter(program: Program) -> None:
    folder = write_corpus(program.folder / "c")
    (folder / "documents" / "north.docx").write_bytes(docx_of(*ARTICLE))
    manifest = MANIFEST.replace("north.txt", "north.docx")
    (folder / "letters.toml").write_text(manifest, encoding="utf-8")
    result = program.run("build", "--corpus", folder, "--out", "out")
    assert result.exit_code == 0, result.output
    names = {path.name for path in Path("out/farewell").iterdir()}
    assert {"north.docx.extracted.txt", "north.docx.extraction.json"} <= names
    assert not any(name.startswith(("letter.txt.", "south.txt.")) for name in names)
