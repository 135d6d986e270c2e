"""Own letters: brought, changed, deleted and brought back, each whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_cli import ARTICLES, LETTER, Sums, each, in_order, snapshot
from support_documents import docx_of, page_of

from aligner.corpus import (
    Corpus,
    DocumentEntry,
    LetterEntry,
    Manifest,
    RenderingEntry,
    WitnessEntry,
    manifest_text,
    own,
    parse,
)
from aligner.errors import AlignerError, DocumentError, LanguageError
from aligner.pipeline import bringing, letters, remaking
from aligner.pipeline.bringing import Article, English, Work
from aligner.pipeline.drafts import corrected, doubles, pins, propose, read_paste, read_upload
from aligner.pipeline.pair_files import read_glossary
from aligner.review.decisions import Decision, Kind

WORK = Work(Sums())
ABOUT = LetterEntry("", "Closing the <b>shop</b>", "Ada", "2025-01-31", "en", (), ())
NORTH, SOUTH = ARTICLES.values()
WITNESS = WitnessEntry("A", "a.txt", "Dear", "Ada", base=True)


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "align_articles", each(in_order))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "letters"


def english(text: str = LETTER) -> English:
    draft = read_paste(text)
    reach = propose(draft.document)
    return English(draft, reach.pieces[reach.first].start, reach.pieces[reach.last].end)


def article(text: str = NORTH, outlet: str = "") -> Article:
    return Article(read_paste(text), "zh-Hans", outlet)


def bring(folder: Path, *articles: Article, about: LetterEntry = ABOUT) -> str:
    return bringing.bring(folder, about, english(), articles or (article(), article(SOUTH)), WORK, ()).letter


def entry_of(folder: Path, name: str) -> LetterEntry:
    return Corpus.open(folder).entry(name)


# The manifest as text

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
FILLED = TEXTS.filter(str.strip)
NAMES = st.from_regex(r"[a-z][a-z0-9.-]{0,6}[a-z0-9]x", fullmatch=True)
DAYS = st.sampled_from(["", "2024", "2024-09", "2024-09-25"])
SUMS = st.sampled_from(["", "0" * 64])


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    files = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    file, language = st.sampled_from(files), st.sampled_from(["zh-Hans", "zh-Hant"])
    encoding, pin = st.none() | FILLED, st.none() | FILLED
    documents = [DocumentEntry(each, draw(SUMS), draw(encoding), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(DAYS))
                 for each in files]  # fmt: skip
    found = []
    for name in draw(st.lists(NAMES, max_size=2, unique=True)):
        witnesses = [WitnessEntry(f"w{n}", draw(file), draw(FILLED), draw(FILLED), n == 0) for n in range(2)]
        renderings = [RenderingEntry(f"r{name}{n}", draw(file), draw(language), draw(TEXTS), draw(DAYS), draw(pin),
                                     draw(pin)) for n in range(draw(st.integers(0, 2)))]  # fmt: skip
        rejected, archived = draw(st.lists(TEXTS, max_size=2)), draw(st.booleans())
        found.append(LetterEntry(name, draw(TEXTS), draw(TEXTS), draw(DAYS), "en", tuple(witnesses), tuple(renderings),
                                 tuple(rejected), archived))  # fmt: skip
    return Manifest(tuple(documents), tuple(found))


@given(manifests(), st.lists(st.sampled_from(["a head", ""]), max_size=2))
def test_a_manifest_that_was_written_is_read_back(manifest: Manifest, head: list[str]) -> None:
    assert parse(manifest_text.write(manifest, head)) == manifest


@pytest.mark.parametrize("odd", ['"', "\\", "\x00", "\x7f", "\r\n", "\u2028", "'''", '"""', "😀"])
def test_every_odd_character_comes_back(odd: str) -> None:
    entry = replace(ABOUT, id="one", title=f"a{odd}b", witnesses=(WITNESS,))
    assert parse(manifest_text.write(Manifest((DocumentEntry("a.txt"),), (entry,)))).letters == (entry,)


# Drafts


def test_where_a_letter_begins_and_ends_is_proposed_and_pinned() -> None:
    page = f"The shop on the corner will close. This is what its owner wrote.\n\n{LETTER}\n\nSubscribe to our news.\n"
    document = read_paste(page).document
    reach = propose(document)
    start, end = reach.pieces[reach.first].start, reach.pieces[reach.last].end
    assert (document.text[start:end].startswith("Dear all,"), document.text[start:end].endswith("Ada")) == (True, True)
    assert pins(document, start, end) == ("Dear all, We close the shop", "Please come to the party. Ada")


def test_a_letter_can_begin_within_a_paragraph_and_end_with_repeated_words() -> None:
    document = read_paste("He said: we close. And again, we close. And again, we close. The end.\n").document
    start = document.text.index("we close")
    end = document.text.rindex(" The end")
    words = pins(document, start, end)
    assert words == ("we close. And again, we close.", "we close. And again, we close. And again, we close.")


def test_a_letter_that_stands_in_its_document_twice_becomes_a_document_of_its_own(folder: Path) -> None:
    draft = read_paste(f"{LETTER}\n\n{LETTER}")
    assert pins(draft.document, 0, len(LETTER.strip())) is None
    name = bringing.bring(folder, ABOUT, English(draft, 0, len(LETTER.strip())), [article()], WORK, ()).letter
    opened = Corpus.open(folder)
    assert opened.letter(name).base.document.text == LETTER.strip()
    assert [each.file for each in opened.manifest.documents][:2] == [f"{name}-en.txt", f"{name}-en.corrected.txt"]


def test_a_corrected_text_is_a_document_beside_its_original(folder: Path) -> None:
    page = page_of(*NORTH.split("\n\n"))
    draft = read_upload("../../etc/<img src=x>.HTML", page.encode())
    assert corrected(draft, draft.document.text.replace("\n", "\r\n")) is draft
    better = corrected(draft, draft.document.text.replace("周五", "星期五"))
    name = bring(folder, Article(better, "zh-Hans"))
    stored = {path.name: path.read_bytes() for path in (folder / "documents").iterdir()}
    assert sorted(stored) == [f"{name}-001.corrected.txt", f"{name}-001.html", f"{name}-en.txt"]
    assert stored[f"{name}-001.html"] == page.encode()
    assert "星期五关店" in Corpus.open(folder).document(f"{name}-001.corrected.txt").text
    assert (
        own.documents_of(Corpus.open(folder).manifest, entry_of(folder, name)) == Corpus.open(folder).manifest.documents
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("page.pdf", docx_of("text"), "is a Word document"),
        ("letter.txt", b"%PDF-1.4 x endobj", "is a PDF"),
        ("letter.exe", b"MZ", "no reader"),
        ("letter", b"Dear all", "suffix"),
        ("letter.txt", b"\0\1\2" * 99, "binary"),
        ("letter.txt", b" \n", "empty"),
        ("letter.md", b"x" * (50 * 1024 * 1024 + 1), "larger than 50 MB"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        read_upload(name, data)


def test_a_pasted_mark_of_byte_order_is_no_text(folder: Path) -> None:
    name = bringing.bring(folder, ABOUT, english("\ufeff" + LETTER), [article()], WORK, ()).letter
    assert Corpus.open(folder).letter(name).segments[0].text == "Dear all,"


def test_the_wrong_language_is_told(folder: Path) -> None:
    with pytest.raises(LanguageError, match="not in English"):
        bringing.bring(folder, ABOUT, English(read_paste(NORTH), 0, 9), [article()], WORK, ())
    assert not (folder / "letters.toml").exists()


# Bringing


def test_a_letter_is_brought_and_read_back(folder: Path) -> None:
    name = bring(folder, article(outlet='"North" <Daily>'), article(SOUTH))
    opened = Corpus.open(folder)
    entry = opened.entry(name)
    assert name.startswith("closing-the-b-shop-b-")
    assert (entry.title, entry.renderings[0].outlet) == ("Closing the <b>shop</b>", '"North" <Daily>')
    assert [item.id for item in entry.renderings] == [f"{name}-001", f"{name}-002"]
    assert len(opened.alignments(name)) == 2
    assert (folder / name / "collation.json").is_file()
    assert all(each.sha256 and each.encoding == "utf-8" for each in opened.manifest.documents)
    assert {path.name for path in folder.iterdir()} == {".lock", "documents", "letters.toml", name}


def test_ids_are_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = iter(["0000", "0000", "0000", "0001", "0002"])
    monkeypatch.setattr(own.secrets, "token_hex", lambda size: next(tokens) if size == 2 else "f" * 12)
    assert own.new_letter_id("Ein Brief über 字", {"EIN-BRIEF-UBER-0000"}) == "ein-brief-uber-0001"
    assert own.new_letter_id("../信", ()) == "letter-0002"


def test_a_document_that_is_there_already_is_refused(folder: Path) -> None:
    with pytest.raises(AlignerError, match="the same document"):
        bring(folder, article(), article())
    name = bring(folder, article())
    before = snapshot(folder)
    with pytest.raises(AlignerError, match="there already"):
        remaking.add_renderings(folder, name, [article()], WORK)
    assert snapshot(folder) == before
    assert doubles([read_paste("甲"), read_paste("乙"), read_paste("甲")]) == {2: 0}


def faults(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One fault after another: while aligning, while a file is moved, while the manifest is written."""

    def fails(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    for place, name in ((bringing, "build"), (own.Moves, "tree"), (own, "write_atomic")):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, fails)
            yield


def test_a_fault_at_any_step_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0
    for _ in faults(monkeypatch):
        with pytest.raises((AlignerError, OSError)):
            bring(folder)
        assert [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"] == []
        steps += 1
    assert steps == 3


def test_a_fault_at_any_step_leaves_a_letter_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = bring(folder, article())
    before = snapshot(folder)
    for _ in faults(monkeypatch):
        with pytest.raises((AlignerError, OSError)):
            remaking.add_renderings(folder, name, [article(SOUTH)], WORK)
        assert snapshot(folder) == before


def test_a_fault_while_deleting_leaves_the_letter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = bring(folder, article())
    before = snapshot(folder)

    def fails(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(own.Moves, "tree", fails)
    with pytest.raises(AlignerError, match="No space left"):
        own.discard(folder, name)
    assert snapshot(folder) == before


def test_two_at_once_do_not_overwrite_each_other(folder: Path) -> None:
    name = bring(folder, article())
    seen = entry_of(folder, name)
    own.edit(folder, seen, replace(seen, archived=True))
    with pytest.raises(AlignerError, match="in the meantime"):
        remaking.change_words(folder, seen, replace(seen, title="Another"), WORK)
    assert entry_of(folder, name) == replace(seen, archived=True)


# Changing


def test_a_rendering_is_added_and_keeps_numbers_apart(folder: Path) -> None:
    name = bring(folder, article())
    remaking.add_renderings(folder, name, [article(SOUTH)], WORK)
    opened = Corpus.open(folder)
    assert list(opened.alignments(name)) == [f"{name}-001", f"{name}-002"]
    assert {item.document for item in opened.entry(name).renderings} == {f"{name}-001.txt", f"{name}-002.txt"}


def test_a_rendering_is_taken_out_with_its_document_and_its_number_does_not_come_again(folder: Path) -> None:
    name = bring(folder, article(), article(SOUTH))
    last = f"{name}-002"
    remaking.take_out(folder, name, last, WORK)
    assert list(Corpus.open(folder).alignments(name)) == [f"{name}-001"]
    assert [path for path in snapshot(folder) if last in path and not path.startswith(".trash")] == []
    said = Decision("e1", "ann", "2026-01-31T12:00:00+00:00", "review", name, last, "0", "0", 0, Kind.COMMENT)
    remaking.add_renderings(folder, name, [article(SOUTH)], replace(WORK, decisions=(said,)))
    assert [item.id for item in entry_of(folder, name).renderings] == [f"{name}-001", f"{name}-003"]
    with pytest.raises(AlignerError, match="known"):
        remaking.take_out(folder, name, last, WORK)
    remaking.take_out(folder, name, f"{name}-003", WORK)
    with pytest.raises(AlignerError, match="delete the letter"):
        remaking.take_out(folder, name, f"{name}-001", WORK)


def made_files(folder: Path) -> dict[str, bytes]:
    """Documents and what was made of them; the manifest may list them in another order."""
    files = {path: data for path, (data, _) in snapshot(folder).items() if not path.startswith(".")}
    return {path: data for path, data in files.items() if path != "letters.toml"}


def test_a_rendering_that_was_taken_out_comes_back_as_it_was(folder: Path) -> None:
    name = bring(folder, article(outlet="North"), article(SOUTH))
    first = f"{name}-001"
    before, manifest = made_files(folder), Corpus.open(folder).manifest
    remaking.take_out(folder, name, first, WORK)
    (gone,) = own.trashed(folder)
    assert (gone.rendering, gone.entry.id) == (first, name)
    remaking.add_renderings(folder, name, [article(NORTH + "\n另一篇。\n")], WORK)
    assert [item.id for item in entry_of(folder, name).renderings] == [f"{name}-002", f"{name}-003"]
    remaking.take_out(folder, name, f"{name}-003", WORK)
    remaking.put_back(folder, gone.folder, WORK)
    assert made_files(folder) == before
    assert Corpus.open(folder).manifest.letters == manifest.letters
    assert set(Corpus.open(folder).manifest.documents) == set(manifest.documents)
    with pytest.raises(AlignerError, match="not there any more"):
        remaking.put_back(folder, gone.folder, WORK)
    assert [each.rendering for each in own.trashed(folder)] == [f"{name}-003"]


def test_what_could_not_be_taken_out_leaves_nothing_in_the_trash(folder: Path) -> None:
    name = bring(folder, article())
    with pytest.raises(AlignerError, match="delete the letter"):
        remaking.take_out(folder, name, f"{name}-001", WORK)
    assert own.trashed(folder) == ()


def test_another_copy_is_collated_and_can_become_the_base(folder: Path) -> None:
    name = bring(folder, article())
    remaking.add_witness(folder, name, english(LETTER.replace("every year", "every single year")), WORK)
    assert len(Corpus.open(folder).letter(name).variants) == 1
    remaking.change_base(folder, name, "B", WORK)
    opened = Corpus.open(folder)
    assert "single" in opened.letter(name).base.document.text
    made = opened.alignment(name, f"{name}-001")
    assert made is not None
    assert made.source.document == f"{name}-en-2.txt"


def test_other_words_reach_the_files_at_once(folder: Path) -> None:
    name = bring(folder, article())
    seen = entry_of(folder, name)
    after = replace(seen, title="New title", renderings=(replace(seen.renderings[0], outlet="New outlet"),))
    remaking.change_words(folder, seen, after, WORK)
    assert entry_of(folder, name) == after
    assert "New outlet" in (folder / name / f"{name}.tmx").read_text(encoding="utf-8")


def test_a_glossary_is_kept_used_by_the_checks_and_survives_a_rebuild(folder: Path) -> None:
    name = bring(folder, article())
    remaking.change_glossary(folder, name, [("party", "派对"), (" ", "")], WORK)
    assert read_glossary(folder / name / "glossary.csv") == (("party", "派对"),)

    def said() -> set[str]:
        made = Corpus.open(folder).alignments(name)[f"{name}-001"]
        return {finding.check for finding in made.findings if "派对" in finding.messages["en"]}

    assert said() == {"terms"}
    remaking.add_renderings(folder, name, [article(SOUTH)], WORK)
    assert said() == {"terms"}
    remaking.change_glossary(folder, name, [], WORK)
    assert said() == set()
    with pytest.raises(AlignerError, match="row 1"):
        remaking.change_glossary(folder, name, [("party", "")], WORK)


# Deleting


def test_a_deleted_letter_comes_back_as_it_was(folder: Path) -> None:
    kept, gone = bring(folder, article()), bring(folder)
    before = {path: data for path, data in snapshot(folder).items() if "letters.toml" not in str(path)}
    trash = own.discard(folder, gone)
    assert [entry.id for entry in Corpus.open(folder).manifest.letters] == [kept]
    assert not [path for path in (folder / "documents").iterdir() if path.name.startswith(gone)]
    assert [each.entry.id for each in own.trashed(folder)] == [gone]
    assert own.bring_back(folder, trash) == (gone,)
    after = {path: data for path, data in snapshot(folder).items() if "letters.toml" not in str(path)}
    assert after == before
    assert own.trashed(folder) == ()


def test_a_document_that_two_letters_share_stays_with_both(folder: Path) -> None:
    name = bring(folder, article())
    opened = Corpus.open(folder)
    twin = replace(opened.entry(name), id="twin", renderings=())
    manifest = replace(opened.manifest, letters=(*opened.manifest.letters, twin))
    (folder / "letters.toml").write_text(manifest_text.write(manifest), encoding="utf-8")
    trash = own.discard(folder, name)
    assert Corpus.open(folder).letter("twin").segments
    assert [each.entry.id for each in own.trashed(folder)] == [name]
    own.bring_back(folder, trash)
    assert {entry.id for entry in Corpus.open(folder).manifest.letters} == {"twin", name}
    assert len(Corpus.open(folder).alignments(name)) == 1
    trash = own.discard(folder, name)
    (trash / "documents" / f"{name}-en.txt").write_text("another", encoding="utf-8")
    text = (trash / "letters.toml").read_text(encoding="utf-8")
    (trash / "letters.toml").write_text(re.sub("[0-9a-f]{64}", "0" * 64, text, count=1), encoding="utf-8")
    with pytest.raises(AlignerError, match="would be named"):
        own.bring_back(folder, trash)


def test_the_last_letter_takes_the_manifest_with_it(folder: Path) -> None:
    trash = own.discard(folder, bring(folder))
    assert own.open_own(folder) is None
    own.destroy(trash)
    assert own.trashed(folder) == ()
    bring(folder)


def test_a_letter_in_the_trash_keeps_its_id(folder: Path) -> None:
    name = bring(folder)
    trash = own.discard(folder, name)
    own.bring_back(folder, trash)
    other = own.discard(folder, name)
    with own.staging(folder) as place:
        (place / "letters.toml").write_bytes((other / "letters.toml").read_bytes())
        for path in (other / "documents").iterdir():
            (place / "documents" / path.name).write_bytes(path.read_bytes())
        own.adopt(folder, place)
    before = snapshot(folder)
    with pytest.raises(AlignerError, match="two entries"):
        own.bring_back(folder, other)
    assert snapshot(folder) == before
