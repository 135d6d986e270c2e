"""The page Letters: both corpora on the shelf, what was brought, and work in a process of its own."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import support_ui
from streamlit.testing.v1 import AppTest
from support_cli import ARTICLES, LETTER, Sums, each, in_order
from support_documents import SAMPLES, docx_of, page_of

from aligner.corpus import Corpus, LetterEntry, Manifest, manifest_text, own
from aligner.errors import AlignerError
from aligner.model import Span
from aligner.pipeline import apart, letters
from aligner.pipeline.apart import StoppedError, Task
from aligner.pipeline.bringing import Article, English, Work
from aligner.pipeline.drafts import propose, read_paste, read_upload
from aligner.ui import access, frame, shelves
from aligner.ui.bringing import change, data, inputs
from aligner.ui.bringing import tray as trays
from aligner.ui.bringing.job import Job
from aligner.ui.bringing.tray import ARTICLES as ARTICLES_BOX
from aligner.ui.bringing.tray import ENGLISH, Item, Tray
from aligner.ui.launch import VARIABLE
from aligner.ui.messages import LANGUAGES, Catalogue
from aligner.ui.views.extract import panel, place_in_words, reason_in_words
from aligner.ui.views.original import original

APP = str(Path(__file__).parent.parent / "app.py")
EN, ZH = (Catalogue.load(name) for name in LANGUAGES)
NORTH = ARTICLES["north.txt"]
HOSTILE = "<img src=x onerror=alert(1)>![](http://elsewhere.test/x)"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a letter of one's own, `mine`, and an archived one, beside the corpus that the app starts with."""
    monkeypatch.setenv(VARIABLE, str(support_ui.build(tmp_path / "named")))
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path / "home"))
    made = support_ui.build(tmp_path / "made")
    folder = tmp_path / "home" / "letters"
    folder.parent.mkdir()
    shutil.move(made, folder)
    manifest = Corpus.open(folder).manifest
    note = next(entry for entry in manifest.letters if entry.id == "note")
    mine = replace(note, id="mine", title="Mine", renderings=(replace(note.renderings[0], id="mine-001"),))
    old = replace(mine, id="old", title="Old", archived=True, renderings=())
    (folder / "letters.toml").write_text(manifest_text.write(Manifest(manifest.documents, (mine, old))), "utf-8")
    return folder


def app(**query: str) -> AppTest:
    test = AppTest.from_file(APP, default_timeout=30)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def page(language: str = "en") -> AppTest:
    def script() -> None:
        from aligner.ui import session
        from aligner.ui.pages import letters

        letters.show(session.catalogue())

    test = AppTest.from_function(script, default_timeout=30)
    test.session_state["la_language"] = language
    return test


def said(test: AppTest) -> str:
    assert not test.exception
    kinds = ("error", "warning", "success", "info", "text", "markdown", "caption", "subheader")
    return "\n".join(str(item.value) for kind in kinds for item in test.get(kind))


# Both corpora


@pytest.mark.usefixtures("home")
def test_own_letters_stand_after_the_others_and_archived_ones_do_not() -> None:
    test = app(letter="mine")
    assert not test.exception
    assert [option.split("  ")[0] for option in test.selectbox[0].options][2:] == [
        "The same note, nothing built",
        "Mine",
    ]
    given = [json.loads(component.proto.json) for component in test.get("bidi_component")]
    assert [data["view"]["letter"]["title"] for data in given if "view" in data] == ["Mine"]


def test_of_two_letters_with_one_id_the_named_corpus_has_it(home: Path) -> None:
    named, mine = Corpus.open(home.parent.parent / "named" / "corpus"), Corpus.open(home)
    both = Corpus(home, Manifest(mine.manifest.documents, (*mine.manifest.letters, named.entry("note"))))
    found = shelves.shelved(named, both)
    assert list(found) == ["bridge", "note", "plain", "mine", "old"]
    assert found["note"][0] is named
    assert found["mine"][0] is both
    assert shelves.shelved(named, None).keys() == shelves.shelved(named, named).keys()


def test_what_is_offered_is_the_same_from_either_corpus(home: Path) -> None:
    named = Corpus.open(home.parent.parent / "named" / "corpus")
    found = shelves.offered(named)
    assert list(found) == list(shelves.offered(Corpus.open(home))) == ["bridge", "note", "plain", "mine"]
    assert found["mine"][0].folder == home
    (home / "letters.toml").write_text("[[letters]]", encoding="utf-8")
    assert list(shelves.offered(named)) == ["bridge", "note", "plain"]


def test_own_letters_that_cannot_be_read_are_told_and_the_others_shown(home: Path) -> None:
    (home / "letters.toml").write_text("[[letters]]", encoding="utf-8")
    test = app()
    assert EN("app.own_error") in said(test)
    assert str(home) in said(test)
    assert test.get("bidi_component")


# What was brought


def test_a_panel_shows_hostile_text_as_text_and_marks_the_letter() -> None:
    draft = read_upload("x.html", page_of("Dear &lt;img src=x onerror=alert(1)&gt; all,", "The end.").encode())
    text = draft.document.text
    letter = Span(text.index("all"), text.index("The end") + 3)
    shown = panel(draft.extracted, EN, '"><script>', letter)
    assert "<img" not in shown
    assert "<script" not in shown
    assert shown.count('tabindex="0"') == 2
    assert '<mark class="la-ex-in">all,</mark>' in shown
    assert '<mark class="la-ex-in">The</mark><span class="la-ex-out"> end.</span>' in shown
    assert "navigation, paragraph 1, line 1" in shown
    assert "导航，第 1 段，第 1 行" in panel(draft.extracted, ZH, "zh", letter)


def test_a_long_text_says_what_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.ui.views.extract.MOST_BLOCKS", 2)
    shown = panel(read_paste("One.\n\nTwo.\n\nThree.\n\nFour.\n").extracted, EN, "en")
    assert EN("letters.not_shown", n=2) in shown
    assert "Three" not in shown


def beside(name: str, data: bytes, say: Catalogue = EN) -> str:
    draft = read_upload(name, data)
    return original(draft.data, draft.suffix, draft.extracted, say, "zh-Hans")


def test_a_page_stands_as_its_source_beside_its_text_with_what_was_not_taken_struck_through() -> None:
    page = page_of(
        "公司的信 &amp; 我们今天告诉大家一件事，我会想念大家的。", more=f"<script>{HOSTILE}</script><aside>广告</aside>"
    )
    shown = beside("x.html", page.encode())
    assert "<script" not in shown
    assert "<img" not in shown
    assert "公司的信 &amp;amp; 我们" in shown
    assert '<span class="la-og-out">广告</span>' in shown
    far = beside("x.html", f"<p>{'<i></i>' * 2_000}</p>{page}".encode())
    assert EN("letters.original_before") in far
    long = beside("x.txt", ("大家好，我今天写信告诉大家。\n" * 6_000).encode())
    assert EN("letters.original_rest") in long
    assert len(long) < 80_000


def test_a_pdf_and_a_word_file_stand_line_by_line_with_what_was_left_out_at_its_place() -> None:
    shown = beside("x.pdf", (SAMPLES / "chinese_spaced.pdf").read_bytes(), ZH)
    struck = [text.split("</s>")[0] for text in shown.split("<s>")[1:]]
    assert struck == ["一封公开信", "1 / 2", "example.org", "一封公开信", "2 / 2", "example.org"]
    assert shown.index("2 / 2") > shown.index("第 1 页，第 9 行")
    assert "<script" not in beside("x.docx", docx_of("<script>今天我写信告诉大家一件事", "我会想念大家的。"))


def test_what_is_not_known_keeps_its_own_words() -> None:
    assert place_in_words("chapter 3.xhtml, line 4", ZH) == "chapter 3.xhtml，第 4 行"
    assert reason_in_words("footnote that nothing refers to", ZH) == "footnote that nothing refers to"


def test_each_document_tells_its_own_fault_and_the_sound_ones_stay() -> None:
    held = Tray("new")
    files: list[tuple[str, bytes | str]] = [
        ("a.txt", NORTH.encode()),
        (f"{HOSTILE}.pdf", b"MZ"),
        ("english.txt", LETTER.encode()),
        ("again.md", NORTH.encode()),
        ("pasted", "第二篇文章写的是另一件事，与前一篇不同，所以它也算数。"),
    ]
    trays.take(held, ARTICLES_BOX, files)
    faults = [str(item.fault) if item.fault else "" for item in held.articles]
    assert [bool(fault) for fault in faults] == [False, True, True, True, False]
    assert "is not a PDF" in faults[1]
    assert "not in Chinese" in faults[2]
    assert "the same document as a.txt" in faults[3]
    assert [article.language for article in held.articles_made()] == ["zh-Hans", "zh-Hans"]


def test_an_english_document_proposes_its_ends_and_title() -> None:
    held = Tray("new")
    trays.take(held, ENGLISH, [("page.html", page_of("Read this.", *LETTER.split("\n\n")).encode())])
    made = held.english_made()
    assert made is not None
    assert made.draft.document.text[made.start : made.end].startswith("Dear all,")
    assert held.title == "Heading"
    assert held.english is not None
    held.english.first, held.english.last = 3, 2
    assert held.english_made() is None


def test_a_correction_that_cannot_be_read_leaves_what_was_there() -> None:
    item = Item("a.txt")
    trays.read(item, ARTICLES_BOX, lambda: read_paste(NORTH))
    trays.correct(item, ARTICLES_BOX, " ")
    assert item.draft is not None
    assert item.draft.document.text == NORTH
    assert "empty" in str(item.fault)
    trays.correct(item, ARTICLES_BOX, NORTH.replace("周五", "星期五"))
    assert (item.fault, "星期五" in item.draft.document.text) == (None, True)
    trays.correct(item, ARTICLES_BOX, NORTH)
    assert item.draft.original is None


def test_another_encoding_is_kept_for_the_manifest() -> None:
    item = Item("a.txt")
    trays.read(item, ARTICLES_BOX, lambda: read_upload("a.txt", NORTH.encode("gb18030")))
    assert item.draft is not None
    assert item.draft.encoding == "gb18030"
    trays.decode(item, ARTICLES_BOX, "utf-8")
    assert item.fault is not None
    trays.decode(item, ARTICLES_BOX, "gb18030")
    assert (item.fault, item.draft.named_encoding) == (None, "gb18030")


# The work


def given() -> dict[str, Any]:
    draft = read_paste(LETTER)
    reach = propose(draft.document)
    english = English(draft, reach.pieces[0].start, reach.pieces[-1].end)
    articles = [Article(read_paste(NORTH), "zh-Hans")]
    about = LetterEntry("", "Closing", "", "", "en", (), ())
    return {"about": about, "english": english, "articles": articles, "taken": set()}


def test_a_task_is_answered_with_what_was_made_or_what_was_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "align_articles", each(in_order))
    kind, made = apart.answer(Task("bring", tmp_path, given()), Work(Sums()))
    assert (kind, made.empty) == ("made", ())
    assert [entry.id for entry in Corpus.open(tmp_path).manifest.letters] == [made.letter]
    kind, fault = apart.answer(Task("change_base", tmp_path, {"letter_id": "x", "witness": "A"}), Work(Sums()))
    assert isinstance(fault, AlignerError)
    kind, fault = apart.answer(Task("bring", tmp_path, {"nonsense": 1}), Work(Sums()))
    assert isinstance(fault, apart.BrokenError)

    def unwanted(*_: object) -> None:
        raise StoppedError

    kind, fault = apart.answer(Task("bring", tmp_path, given()), Work(Sums(), progress=unwanted))
    assert isinstance(fault, StoppedError)
    assert len(Corpus.open(tmp_path).manifest.letters) == 1
    assert not list(tmp_path.glob(".new-*"))


def test_a_process_of_its_own_says_its_steps_and_stores_nothing_after_a_fault(tmp_path: Path) -> None:
    wrong = given()
    wrong["english"] = English(read_paste(NORTH), 0, 5)
    work = apart.Apart(Task("bring", tmp_path / "letters", wrong))
    with pytest.raises(AlignerError, match="not in English"):
        work.result(lambda *_: None)
    assert own.open_own(tmp_path / "letters") is None
    stopped = apart.Apart(Task("bring", tmp_path / "letters", given()))
    stopped.stop()
    with pytest.raises(StoppedError):
        stopped.result(lambda *_: None)
    assert own.open_own(tmp_path / "letters") is None
    assert not list((tmp_path / "letters").glob(".new-*"))


def test_a_job_tells_how_far_it_is_and_what_came_of_it() -> None:
    job = Job(Task("bring", Path(), {}))
    shares = []
    for what, done, total in (("reading x", 0, 1), ("aligning x", 1, 4), ("checking x", 0, 1), ("storing", 1, 1)):
        job._progress(what, done, total)
        shares.append((job.step, round(job.share, 2)))
    assert shares == [("reading", 0.0), ("aligning", 0.24), ("checking", 0.8), ("storing", 1.0)]
    unwanted = Job(Task("bring", Path(), {}))
    unwanted.stop()
    unwanted._run()
    assert (unwanted.stopped, unwanted.done, unwanted.made) == (True, True, None)


# The page


def test_only_who_looks_after_letters_and_data_has_the_page() -> None:
    assert [frame._may("letters", role) for role in access.Role] == [False, False, False, False, True]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_still_to_do_is_said(language: str) -> None:
    test = page(language)
    say = Catalogue.load(language)
    test.session_state["la_letters_part"] = "bring"
    text = said(test.run())
    assert say("letters.step_articles") in text
    assert say("letters.missing_english") in text
    (button,) = [each for each in test.button if each.label == say("letters.align")]
    assert button.disabled


@pytest.mark.usefixtures("home")
def test_what_was_brought_is_shown_with_its_faults_as_text() -> None:
    test = page()
    held = Tray("new")
    trays.take(held, ENGLISH, [(HOSTILE, LETTER)])
    trays.take(held, ARTICLES_BOX, [(f"{HOSTILE}.txt", NORTH.encode()), (f"{HOSTILE}.pdf", b"MZ")])
    test.session_state["la_letters_part"] = "bring"
    test.session_state["la_trays"] = {"new": held}
    test.run()
    assert said(test)
    assert f"{HOSTILE}.pdf: is not a PDF" in "\n".join(item.value for item in test.text)
    for kind in ("markdown", "error", "caption", "expander", "warning"):
        assert all("elsewhere.test" not in str(item) for item in test.get(kind))
    assert EN("letters.missing_title") in said(test)
    test.text_input(key="la_new_title").input("Closing").run()
    assert EN("letters.left_aside", n=1) in said(test)
    test.text_input(key="la_new_date").input("31.1.2025").run()
    assert EN("letters.missing_date") in said(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_streamlits_uploader_says_its_words_in_the_readers_language(language: str) -> None:
    say = Catalogue.load(language)
    words = inputs.uploader_words(say, limit=7)
    assert f'content:"{say("letters.choose_files")}"' in words
    assert f'content:"{say("letters.files_are", mb=7)}"' in words


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", LANGUAGES)
def test_own_letters_are_listed_with_what_can_be_done(language: str) -> None:
    test = page(language).run()
    say = Catalogue.load(language)
    text = said(test)
    assert ("Mine" in text, "The mayor's letter about the bridge" in text) == (True, True)
    assert say("letters.archived") in text
    test.button(key="la_mine_open").click().run()
    assert not test.exception
    assert [tab.label for tab in test.tabs] == [say(f"letters.tab_{name}") for name in change.TABS]
    test.session_state["la_letters_part"] = "data"
    test.session_state[f"la_letters_part_{language}"] = "data"
    test.run()
    assert say("letters.restore_is") in said(test)
    assert [button.proto.label for button in test.get("download_button")] == [say("letters.back_up_now")]


def test_a_letter_is_archived_deleted_and_brought_back(home: Path) -> None:
    test = page().run()
    test.button(key="la_mine_open").click().run()
    test.button(key="la_mine_archive").click().run()
    assert Corpus.open(home).entry("mine").archived
    test.button(key="la_mine_delete").click().run()
    assert [entry.id for entry in Corpus.open(home).manifest.letters] == ["old"]
    assert EN("letters.was_deleted", title="Mine") in said(test)
    test.button(key="la_undo_now").click().run()
    assert EN("letters.was_deleted", title="Mine") not in said(test)
    assert {entry.id for entry in Corpus.open(home).manifest.letters} == {"mine", "old"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rendering_that_was_taken_out_can_be_put_back_at_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    (home / "mine").mkdir()
    trash = own.keep(home, "mine", "mine-001")
    begun: list[Job] = []
    monkeypatch.setattr(change, "begin", begun.append)
    test = page(language)
    test.session_state[change.GONE] = "mine-001"
    text = said(test.run())
    say = Catalogue.load(language)
    assert say("letters.was_taken_out", name="001", title="Mine") in text
    assert say("letters.one_rendering", name="001") in text
    test.button(key="la_undo_now").click().run()
    assert [(job.task.name, job.task.arguments) for job in begun] == [("put_back", {"trash": trash})]


@pytest.mark.usefixtures("home")
def test_a_letter_of_a_copy_can_come_beside_the_one_that_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Job] = []
    monkeypatch.setattr(data, "begin", begun.append)
    test = page()
    test.session_state["la_letters_part"] = "data"
    test.session_state["la_there"] = (b"copy", {"mine": HOSTILE})
    assert HOSTILE in said(test.run())
    test.button(key="la_beside_mine_now").click().run()
    (job,) = begun
    assert (job.task.name, job.task.arguments["letter_id"], job.landing) == ("bring_copy", "mine", "read")
    assert HOSTILE in job.task.arguments["title"]
    assert EN("letters.beside") not in said(test.run())


def test_names_are_asked_for_before_they_are_changed(home: Path) -> None:
    test = page().run()
    test.button(key="la_mine_open").click().run()
    test.text_input(key="la_mine_new_date").input("yesterday")
    next(button for button in test.button if button.label == EN("letters.save")).click().run()
    assert EN("letters.missing_date") in said(test)
    assert "la_job" not in test.session_state
    assert Corpus.open(home).entry("mine").date == ""
