"""The manifest's rules, and a corpus in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import support_ui

from aligner.corpus import Corpus, parse
from aligner.corpus import folder as folder_of_corpus
from aligner.errors import AlignerError, DocumentError, ManifestError, UnknownNameError, WitnessError
from aligner.model import sha256_of

TEXT = "Hi all,\n\nI leave after a diffcult year. It was good.\n\nThank you.\n"
OTHER = "Hi all, I leave after a difficult year.\nIt was good. Thank you. 大家好。\n"
GOOD = f"""
[[document]]
file = "a.txt"
sha256 = "{sha256_of(TEXT)}"
date = 2024-09-26

[[document]]
file = "sub/b.txt"
encoding = "utf-8"

[[letter]]
id = "one"
title = "A letter"
author = "Anna"
date = "2024-09"

[[letter.witnesses]]
id = "B"
document = "sub/b.txt"
from = "Hi all,"
to = "Thank you."

[[letter.witnesses]]
id = "A"
document = "a.txt"
from = "Hi all,"
to = "Thank you."
base = true

[[letter.renderings]]
id = "one-b"
document = "sub/b.txt"
language = "zh-Hans"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "mine"
    (place / "documents" / "sub").mkdir(parents=True)
    (place / "documents" / "a.txt").write_bytes(TEXT.encode())
    (place / "documents" / "sub" / "b.txt").write_bytes(OTHER.encode())
    (place / "letters.toml").write_text(GOOD, encoding="utf-8")
    return place


def test_a_manifest_becomes_values() -> None:
    manifest = parse(GOOD)
    assert [entry.date for entry in manifest.documents] == ["2024-09-26", ""]
    assert [entry.encoding for entry in manifest.documents] == [None, "utf-8"]
    letter = manifest.letters[0]
    assert (letter.id, letter.language, letter.date) == ("one", "en", "2024-09")
    assert [(witness.id, witness.base) for witness in letter.witnesses] == [("B", False), ("A", True)]
    assert (letter.renderings[0].from_words, letter.renderings[0].outlet) == (None, "")


FAULTS = [
    ("[[document", "", r"m\.toml: not valid TOML: .*line \d+"),
    ('title = "A letter"', 'titel = "A letter"', r"m\.toml:letter\[1\]\.titel: unknown key; did you mean 'title'\?"),
    ('author = "Anna"', "xyz = 1", r"letter\[1\]\.xyz: unknown key; known: archived, author, date"),
    ('author = "Anna"', "author = 1", r"letter\[1\]\.author: is 1; write a text in quotation marks"),
    ("base = true", 'base = "yes"', r"letter\[1\]\.witnesses\[2\]\.base: is 'yes'; write a true or false"),
    ("base = true", "", r"letter\[1\]\.witnesses: 0 witnesses of 'one' are the base; put base = true on one"),
    ('id = "B"', 'id = "B"\nbase = true', r"2 witnesses of 'one' are the base"),
    ('id = "one"', 'id = "../one"', r"letter\[1\]\.id: is '\.\./one'; write it like"),
    ('id = "one"', 'id = "one."', r"letter\[1\]\.id: is 'one\.'"),
    ('id = "one"', 'id = "con.x"', r"letter\[1\]\.id: is 'con\.x', which the program or the system keeps"),
    ('id = "one-b"', 'id = "collation"', r"renderings\[1\]\.id: is 'collation', which the program"),
    ('id = "one-b"', 'id = "One"', r"letter\.id: 'one' is both a letter and its rendering"),
    ('id = "one"', "", r"letter\[1\]\.id: is missing or empty; add id ="),
    ('from = "Hi all,"', "", r"witnesses\[1\]\.from: is missing or empty; add from = \"the letter's first words\""),
    ('id = "B"', 'id = "a"', r"letter\.witnesses\.id: two entries for witness of 'one' 'A'"),
    ('file = "sub/b.txt"', 'file = "A.txt"', r"document\.file: two entries for document 'A\.txt'"),
    ('file = "sub/b.txt"', 'file = "../b.txt"', r"document\[2\]\.file: is '\.\./b\.txt'; name a file inside"),
    ('document = "a.txt"', 'document = "c.txt"', r"witnesses\.document: 'A' of letter 'one' .* no \[\[document\]\]"),
    ('language = "zh-Hans"', "", r"renderings\[1\]\.language: is missing or empty; add language = \"zh-Hans\""),
    ('language = "zh-Hans"', 'language = "Chinese"', r"renderings\[1\]\.language: is 'Chinese'; write it like"),
    ('date = "2024-09"', 'date = "September"', r"letter\[1\]\.date: is 'September'; write it like \"2024-09-25\""),
    (f'sha256 = "{sha256_of(TEXT)}"', 'sha256 = "12"', r"document\[1\]\.sha256: is '12'; write it like 64 hex"),
    ("[[letter]]", "[[letters]]", r"m\.toml"),
    ("[[letter.renderings]]", "[letter.renderings]", r"letter\[1\]\.renderings: is \{.*write a list"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=[f"{old[:20]}->{new[:20]}" for old, new, _ in FAULTS])
def test_a_faulty_manifest_is_refused_with_file_and_key(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(ManifestError, match=message):
        parse(GOOD.replace(old, new, 1), "m.toml")


def test_two_letters_with_one_rendering_id_are_refused() -> None:
    letter = GOOD[GOOD.index("[[letter]]") :]
    with pytest.raises(ManifestError, match=r"two entries for rendering 'one-b'"):
        parse(GOOD + letter.replace('id = "one"', 'id = "two"'))
    with pytest.raises(ManifestError, match=r"letter\.id: two entries for letter 'one'"):
        parse(GOOD + letter.replace("one-b", "two-b"))


def test_a_manifest_without_letters_is_allowed() -> None:
    assert parse('[[document]]\nfile = "a.txt"').letters == ()


def test_a_corpus_reads_documents_and_letters_once(folder: Path) -> None:
    corpus = Corpus.open(folder)
    letter = corpus.letter("one")
    assert [witness.id for witness in letter.witnesses] == ["A", "B"]
    assert letter.base.document is corpus.document("a.txt")
    assert letter is corpus.letter("one")
    assert letter is not Corpus.open(folder).letter("one")
    assert (letter.title, letter.author, letter.date) == ("A letter", "Anna", "2024-09")
    assert letter.readings[1] == "I leave after a difficult year."
    assert corpus.folder == folder and corpus.seeds == folder / "documents"


def test_a_rejected_emendation_stays_on_record_and_the_word_as_it_is(folder: Path) -> None:
    manifest = folder / "letters.toml"
    added = 'author = "Anna"\nrejected_emendations = ["e-25-diffcult"]'
    manifest.write_text(GOOD.replace('author = "Anna"', added), encoding="utf-8")
    letter = Corpus.open(folder).letter("one")
    assert [(e.id, e.rejected) for e in letter.emendations] == [("e-25-diffcult", True)]
    assert letter.readings[1] == "I leave after a diffcult year."


def test_documents_are_looked_for_in_three_places(folder: Path) -> None:
    (folder / "documents" / "a.txt").rename(folder / "a.txt")
    assert Corpus.open(folder).document("a.txt").text == TEXT
    seeds = folder.parent / "seeds"
    seeds.mkdir()
    (folder / "a.txt").rename(seeds / "a.txt")
    assert Corpus.open(folder).document("a.txt").text == TEXT
    assert Corpus.open(folder).seeds == seeds


def test_a_missing_document_is_named_with_the_places(folder: Path) -> None:
    (folder / "documents" / "a.txt").unlink()
    with pytest.raises(DocumentError, match=r"a\.txt: document is missing; looked in .*seeds.*documents"):
        Corpus.open(folder).document("a.txt")


def test_a_changed_document_is_refused(folder: Path) -> None:
    (folder / "documents" / "a.txt").write_text(TEXT + "!", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"a\.txt: sha256 is [0-9a-f]{64}, the manifest says"):
        Corpus.open(folder).letter("one")


def test_words_that_are_not_there_are_quoted(folder: Path) -> None:
    (folder / "letters.toml").write_text(GOOD.replace('to = "Thank you."', 'to = "Thank yuo."'), encoding="utf-8")
    with pytest.raises(WitnessError, match=r"Thank yuo\.”; did you mean “Thank you\.”"):
        Corpus.open(folder).letter("one")


@pytest.mark.parametrize("ask", ["letter", "document", "alignments"])
def test_unknown_names_are_answered_with_the_known(folder: Path, ask: str) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown \w+ 'nobody'; known: "):
        getattr(Corpus.open(folder), ask)("nobody")


def test_an_unknown_rendering_is_answered_with_the_known(folder: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"letter one: unknown rendering 'x'; known: one-b"):
        Corpus.open(folder).alignment("one", "x")


def test_alignments_are_none_before_they_are_made_and_named_when_broken(folder: Path) -> None:
    corpus = Corpus.open(folder)
    assert corpus.alignment("one", "one-b") is None
    assert corpus.alignments("one") == {}
    (folder / "one").mkdir()
    (folder / "one" / "one-b.json").write_text("{", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"one-b\.json:1:2: not JSON"):
        corpus.alignment("one", "one-b")
    (folder / "one" / "one-b.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DocumentError, match=r"one-b\.json: cannot be read.*aligner build"):
        corpus.alignment("one", "one-b")


@pytest.mark.parametrize(("data", "message"), [(None, "no manifest"), (b"\xff", "not UTF-8")])
def test_a_folder_without_readable_manifest(tmp_path: Path, data: bytes | None, message: str) -> None:
    if data is not None:
        (tmp_path / "letters.toml").write_bytes(data)
    with pytest.raises(ManifestError, match=rf"letters\.toml: {message}"):
        Corpus.open(tmp_path)


def test_a_manifest_may_begin_with_a_byte_order_mark(folder: Path) -> None:
    (folder / "letters.toml").write_text(GOOD, encoding="utf-8-sig")
    assert [letter.id for letter in Corpus.open(folder).manifest.letters] == ["one"]


def test_without_a_folder_the_one_here_is_opened_else_the_programs_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own = Corpus.open()
    assert [letter.id for letter in own.manifest.letters] == ["murati", "altman"]
    assert own.document(own.manifest.documents[0].file).text
    folder.rename(tmp_path / "corpus")
    assert [letter.id for letter in Corpus.open().manifest.letters] == ["one"]


def test_packaged_data_is_used_before_the_repositorys(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "aligner"
    (package / "data").mkdir(parents=True)
    folder.rename(package / "data" / "corpus")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("aligner.corpus.folder.resources.files", lambda _: package)
    assert Corpus.open().folder == package / "data" / "corpus"


def test_every_fault_is_one_line() -> None:
    for old, new, _ in FAULTS:
        with pytest.raises(AlignerError) as caught:
            parse(GOOD.replace(old, new, 1), "m.toml")
        assert "\n" not in str(caught.value)


def test_an_alignment_is_read_again_only_when_its_file_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus.open(support_ui.build(tmp_path))
    first = corpus.alignment("bridge", "bridge-001")
    assert corpus.alignment("bridge", "bridge-001") is first
    path = corpus.folder / "bridge" / "bridge-001.json"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    again = corpus.alignment("bridge", "bridge-001")
    assert again == first
    assert again is not first
    path.unlink()
    assert corpus.alignment("bridge", "bridge-001") is None
    monkeypatch.setattr(folder_of_corpus, "MOST_KEPT", 1)
    other = corpus.alignment("bridge", "bridge-002")
    corpus.alignment("bridge", "bridge-003")
    assert corpus.alignment("bridge", "bridge-002") is not other
