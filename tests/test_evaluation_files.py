"""Files and folders of beads: InterText, bead lines, and which belongs to which."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.errors import DocumentError
from aligner.evaluation import Bead, matched, read_beads, read_chapter, read_folder

EN = '<text><p><s id="1:1">One.</s><s id="1:2">Two <i>and</i> a half.</s></p><p><s id="2:1">3</s></p></text>'
ZH = '<text><p><s id="1:1">一。</s><s id="1:2">二。</s></p></text>'
LINKS = """<linkGrp toDoc='{0}_en.xml' fromDoc='{0}_zh.xml'>
<link type='2-1' xtargets='1:2 1:1;1:1' status='man'/>
<link type='1-0' xtargets='2:1;' status='man'/>
<link type='0-1' xtargets=';1:2' status='man'/>
</linkGrp>
"""
BEADS = (Bead((0, 1), (0,)), Bead((2,), ()), Bead((), (1,)))
LINES = "[0, 1]:[0]\n[2]:[]\n[]:[1]\n"


def write_chapter(folder: Path, name: str = "book.01", links: str = LINKS) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}_en.xml").write_text(EN, encoding="utf-8")
    (folder / f"{name}_zh.xml").write_text(ZH, encoding="utf-8")
    path = folder / f"{name}_zh.{name.rpartition('.')[2]}_en.xml"
    path.write_text(links.format(name), encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DocumentError) as caught:
        read_beads(path)
    return str(caught.value)


def test_intertext_links_become_numbers_and_texts(tmp_path: Path) -> None:
    chapter = read_chapter(write_chapter(tmp_path))
    assert chapter.name == "book.01"
    assert chapter.source == ("One.", "Two and a half.", "3")
    assert chapter.target == ("一。", "二。")
    assert chapter.beads == BEADS
    assert chapter.file.totals == (3, 2)


def test_a_folder_of_intertext_is_read_by_its_link_files(tmp_path: Path) -> None:
    for name in ("book.02", "book.01"):
        write_chapter(tmp_path, name)
    assert [chapter.name for chapter in read_folder(tmp_path)] == ["book.01", "book.02"]


def test_names_are_shared_piece_by_piece(tmp_path: Path) -> None:
    (tmp_path / "b.1_en.xml").write_text(EN, encoding="utf-8")
    (tmp_path / "b.1_es.xml").write_text(EN, encoding="utf-8")
    (tmp_path / "links.xml").write_text("<linkGrp toDoc='b.1_en.xml' fromDoc='b.1_es.xml'/>", encoding="utf-8")
    assert read_chapter(tmp_path / "links.xml").name == "b.1"


def test_namespaces_and_xml_ids_are_read(tmp_path: Path) -> None:
    tei = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><s xml:id="{}1">x</s></TEI>'
    for name in ("a", "b"):
        (tmp_path / f"{name}.xml").write_text(tei.format(name), encoding="utf-8")
    path = tmp_path / "ab.xml"
    path.write_text("<linkGrp toDoc='a.xml' fromDoc='b.xml'><link xtargets='a1;b1'/></linkGrp>", encoding="utf-8")
    assert read_chapter(path).beads == (Bead((0,), (0,)),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1:2 1:1;", "1:9;", ":2: book.01_en.xml has no sentence 1:9"),
        ("1:2 1:1;", "1:2 1:1", ":2: a link's xtargets need one ';'"),
        ("1:2 1:1;", "1:2 1:2;", ":2: a sentence of book.01_en.xml stands twice in one link: 1:2 1:2"),
        ("</linkGrp>", "</link>", ":5:8: not XML: Opening and ending tag mismatch"),
        ("toDoc", "doc", ": linkGrp has no toDoc"),
        ("{0}_zh.xml", "gone.xml", "gone.xml: cannot be read (No such file"),
        ("linkGrp", "links", ": not an InterText link file"),
    ],
)
def test_faults_of_intertext_name_their_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert message in refusal(write_chapter(tmp_path, links=LINKS.replace(old, new)))


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ('<text><s id="1">a</s>\n<s id="1">b</s></text>', "_en.xml:2: two sentences have the id 1"),
        ("<text><s>a</s></text>", "_en.xml:1: a sentence without id"),
        ("<text/>", "_en.xml: no sentences"),
    ],
)
def test_faults_of_documents_name_their_place(tmp_path: Path, document: str, message: str) -> None:
    path = write_chapter(tmp_path)
    (tmp_path / "book.01_en.xml").write_text(document, encoding="utf-8")
    assert message in refusal(path)


def test_nothing_outside_is_read_in(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    path = write_chapter(tmp_path)
    document = f'<!DOCTYPE text [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    (tmp_path / "book.01_en.xml").write_text(document + EN.replace("One.", "&e;"), encoding="utf-8")
    assert "secret" not in "".join(read_chapter(path).source)


def test_bead_lines_may_begin_with_a_mark_of_their_encoding(tmp_path: Path) -> None:
    (tmp_path / "x").write_text(LINES, encoding="utf-8-sig")
    assert read_beads(tmp_path / "x").beads == BEADS


def test_other_encodings_are_refused_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"[0]:[0]\n[1]:\xff[1]\n")
    assert "x.txt:2:5: bead lines are UTF-8" in refusal(tmp_path / "x.txt")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "gone.txt: cannot be read" in refusal(tmp_path / "gone.txt")


def test_two_files_belong_together_whatever_their_names(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(LINES, encoding="utf-8")
    (((gold, test),), remarks) = matched(write_chapter(tmp_path / "gold"), tmp_path / "x.txt")
    assert gold.beads == test.beads == BEADS
    assert remarks == ()


@pytest.mark.parametrize("name", ["book.01", "book.01.txt", "book.01_zh.01_en.beads"])
def test_folders_are_matched_by_stem(tmp_path: Path, name: str) -> None:
    for chapter in ("book.01", "book.02"):
        write_chapter(tmp_path / "gold", chapter)
    test = tmp_path / "test"
    test.mkdir()
    (test / name).write_text("[0, 1]:[0]\n", encoding="utf-8")
    (test / "book.02.txt").write_text(LINES, encoding="utf-8")
    (test / "book.03.txt").write_text(LINES, encoding="utf-8")
    (test / "README.md").write_text("# What these are\n", encoding="utf-8")
    (test / ".hidden").write_text(LINES, encoding="utf-8")
    pairs, remarks = matched(tmp_path / "gold", test)
    assert [(gold.names[-1], Path(found.where).name) for gold, found in pairs] == [
        ("book.01", name),
        ("book.02", "book.02.txt"),
    ]
    assert remarks == (f"{test / 'book.03.txt'}: no gold belongs to it; left out",)


def test_a_file_is_found_in_a_folder(tmp_path: Path) -> None:
    gold = write_chapter(tmp_path / "gold")
    (tmp_path / "test").mkdir()
    for name in ("book.01.txt", "book.02.txt"):
        (tmp_path / "test" / name).write_text(LINES, encoding="utf-8")
    pairs, _ = matched(gold, tmp_path / "test")
    assert [Path(test.where).name for _, test in pairs] == ["book.01.txt"]


def test_a_gold_without_test_is_refused(tmp_path: Path) -> None:
    write_chapter(tmp_path / "gold")
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "other.txt").write_text(LINES, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"has no file that belongs to it; name the test file .*book\.01,"):
        matched(tmp_path / "gold", tmp_path / "test")


def test_a_gold_with_two_tests_is_refused(tmp_path: Path) -> None:
    write_chapter(tmp_path / "gold")
    (tmp_path / "test").mkdir()
    for name in ("book.01.txt", "book.01.beads"):
        (tmp_path / "test" / name).write_text(LINES, encoding="utf-8")
    with pytest.raises(DocumentError, match="has several files that belong to it"):
        matched(tmp_path / "gold", tmp_path / "test")


def test_a_folder_without_beads_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    with pytest.raises(DocumentError, match="no file with beads in this folder"):
        matched(tmp_path, tmp_path)


def test_a_gold_without_beads_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.txt").write_text("\n", encoding="utf-8")
    (tmp_path / "test.txt").write_text(LINES, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"gold\.txt: no beads in the gold"):
        matched(tmp_path / "gold.txt", tmp_path / "test.txt")
