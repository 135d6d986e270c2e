"""The pages as Streamlit runs them: what they hand to their components, and what they say when something is wrong."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import support_compare
import support_ui
from streamlit.testing.v1 import AppTest

from aligner.formats import FORMATS
from aligner.store import StoreError
from aligner.ui import session
from aligner.ui.aligning import Aligning
from aligner.ui.launch import VARIABLE
from aligner.ui.messages import Catalogue

APP = str(Path(__file__).parent.parent / "app.py")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return support_ui.build(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def corpus(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(made))
    return made


def app(**query: str) -> AppTest:
    test = AppTest.from_file(APP, default_timeout=30)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def page(name: str, letter: str, language: str = "en") -> AppTest:
    """One page alone, since AppTest cannot choose from a menu of functions."""

    def script(name: str, letter: str) -> None:
        import importlib

        from aligner.ui import session
        from aligner.ui.session import Place

        opened = session.corpus()
        place = Place(opened, opened.entry(letter), session.catalogue())
        importlib.import_module(f"aligner.ui.pages.{name}").show(place)

    test = AppTest.from_function(script, kwargs={"name": name, "letter": letter}, default_timeout=30)
    test.session_state["la_language"] = language
    return test.run()


def handed(test: AppTest) -> dict[str, Any]:
    assert not test.exception
    component, *_ = test.get("bidi_component")
    data: dict[str, Any] = json.loads(component.proto.json)
    return data


def handed_behind(test: AppTest) -> dict[str, Any]:
    """What components behind the page carry to it, by name."""
    every = [json.loads(each.proto.json) for each in test.get("bidi_component")[1:]]
    return {each["name"]: each["state"] for each in every if "name" in each}


def texts(test: AppTest) -> str:
    kinds = ("error", "warning", "info", "text", "markdown", "caption")
    return "\n".join(str(item.value) for kind in kinds for item in test.get(kind))


@pytest.mark.usefixtures("corpus")
def test_read_opens_with_the_first_letter() -> None:
    test = app()
    data = handed(test)
    assert data["view"]["letter"]["id"] == "bridge"
    assert data["start"] is None
    assert data["language"] == "en"
    assert [item.options for item in test.selectbox] == [
        ["The mayor's letter about the bridge  1 May 2024", "A note to the crew", "The same note, nothing built"]
    ]


@pytest.mark.usefixtures("corpus")
def test_the_address_names_letter_and_sentence() -> None:
    data = handed(app(letter="note", sentence="3"))
    assert (data["view"]["letter"]["id"], data["start"]) == ("note", {"sentence": 3, "turn": 1, "finding": None})


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("sentence", ["x", "0", "-1", "²", "", "9" * 5000], ids=lambda text: text[:2])
def test_a_sentence_that_is_no_number_is_passed_over(sentence: str) -> None:
    assert handed(app(letter="note", sentence=sentence))["start"] is None


@pytest.mark.usefixtures("corpus")
def test_a_letter_that_does_not_exist_is_told_and_the_first_is_shown() -> None:
    test = app(letter="<b>no")
    assert handed(test)["view"]["letter"]["id"] == "bridge"
    assert "<b>no" in texts(test)
    assert all("<b>no" not in item.value for item in test.warning)


@pytest.mark.usefixtures("corpus")
def test_choosing_a_letter_shows_it_and_writes_it_into_the_address() -> None:
    test = app(letter="bridge", sentence="2")
    test.selectbox[0].select("note").run()
    data = handed(test)
    assert (data["view"]["letter"]["id"], data["start"]) == ("note", None)
    assert test.query_params["letter"] == "note"
    assert "sentence" not in test.query_params


@pytest.mark.usefixtures("corpus")
def test_the_data_does_not_change_with_what_is_chosen_in_it() -> None:
    test = app(letter="bridge", sentence="2")
    before = handed(test)
    test.session_state["la_reader"] = {"sentence": 5}
    assert handed(test.run()) == before


@pytest.mark.usefixtures("corpus")
def test_the_language_of_the_address_and_of_the_switch() -> None:
    test = app(lang="zh")
    zh = Catalogue.load("zh")
    assert handed(test)["messages"]["bar.all"] == zh("bar.all")
    test.get("button_group")[0].set_value("en").run()
    assert handed(test)["language"] == "en"
    assert test.query_params["lang"] == "en"


@pytest.mark.usefixtures("corpus")
def test_an_unbuilt_letter_is_shown_without_columns() -> None:
    data = handed(app(letter="plain"))
    assert data["view"]["columns"] == []
    assert [item["id"] for item in data["view"]["unbuilt"]] == ["plain-zh"]


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_collation_is_given_its_view_and_words(language: str) -> None:
    data = handed(page("collation", "bridge", language))
    assert len(data["view"]["variants"]) == 1
    assert data["messages"]["collation.variants"] == Catalogue.load(language)("collation.variants")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_compare_is_given_its_view_and_words(corpus: Path, language: str) -> None:
    data = handed(page("compare", "bridge", language))
    assert (data["view"]["built"], data["view"]["problem"]) == (False, "")
    support_compare.write(corpus)
    try:
        # Dictionaries and model are read beside the page, which asks again until they are there.
        while handed_behind(made := page("compare", "bridge", language))["words"].get("later"):
            time.sleep(0.1)
        data = handed(made)
    finally:
        (corpus / "bridge" / "comparison.json").unlink()
    behind = handed_behind(made)
    assert behind["words"]["sentence"] == 3
    assert behind["words"]["renderings"] == ["bridge-001", "bridge-002", "bridge-004"]
    assert behind["scores"]["lines"] == []
    assert behind["scores"]["program"]["bridge-001"]["errors"] > 0
    assert [row["sentence"] for row in data["view"]["contrast"]] == [3, 6]
    assert data["day"]["2024-05-02"] == Catalogue.load(language).day("2024-05-02")
    assert data["messages"]["compare.sharing"] == Catalogue.load(language)("compare.sharing")


def test_a_broken_comparison_is_told_in_place_of_the_page(corpus: Path) -> None:
    file = corpus / "bridge" / "comparison.json"
    file.write_text("{", encoding="utf-8")
    try:
        data = handed(page("compare", "bridge"))
    finally:
        file.unlink()
    assert "not JSON" in data["view"]["problem"]
    assert "aligner build" in data["view"]["problem"]


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_export_offers_a_file_with_what_it_is_for_and_what_it_holds(language: str) -> None:
    test = page("export", "bridge", language)
    assert not test.exception
    say = Catalogue.load(language)
    what, form = test.selectbox[-2:]
    assert what.options[0] == say("export.whole", n=4)
    assert len(what.options) == 5
    assert say("export.named", number="001", outlet="晨报") in what.options
    assert len(form.options) == len(FORMATS)
    for name in ("tmx", "docx", "annotations"):
        next(box for box in test.selectbox if box.label == say("export.format")).set_value(name).run()
        assert [b.proto.label for b in test.get("download_button")] == [
            say("export.download", file="bridge" + FORMATS[name].suffix)
        ]
        assert say(f"format_is.{name}") in texts(test)
        assert say(f"format_without.{name}") in texts(test)
    assert say("export.said", errors=0, scores=0, comments=0) in texts(test)
    unnamed = say("export.named", number="005", outlet=say("card.unstated"))
    assert say("export.left_out", rendering=unnamed, why=say("export.unbuilt")) in texts(test)


@pytest.mark.usefixtures("corpus")
def test_export_of_an_unbuilt_letter_says_what_to_do() -> None:
    test = page("export", "plain")
    assert "aligner build" in texts(test)
    assert not test.get("download_button")


def test_a_corpus_that_cannot_be_read_is_told_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    test = app()
    assert not test.exception
    assert "no manifest" in texts(test)
    assert str(tmp_path) in texts(test)


def test_a_letter_that_cannot_be_cut_is_told_and_another_can_be_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = support_ui.build(tmp_path)
    (folder / "documents" / "bridge-a.txt").unlink()
    monkeypatch.setenv(VARIABLE, str(folder))
    test = app()
    assert not test.exception
    assert "bridge-a.txt" in texts(test)
    test.selectbox[0].select("note").run()
    assert handed(test)["view"]["letter"]["id"] == "note"


def test_a_manifest_without_letters_says_how_to_add_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "letters.toml").write_text('[[document]]\nfile = "a.txt"\n', encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    test = app()
    assert not test.exception
    assert "letters.toml" in texts(test)


def test_a_new_build_is_seen_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = support_ui.build(tmp_path)
    monkeypatch.setenv(VARIABLE, str(folder))
    test = app()
    assert len(handed(test)["view"]["columns"]) == 4
    (folder / "bridge" / "bridge-004.json").unlink()
    assert len(handed(test.run())["view"]["columns"]) == 3


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_align_is_given_its_lanes_its_words_and_its_keys(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path))
    data = handed(page("align", "bridge", language))
    assert [lane["id"] for lane in data["view"]["lanes"]][:2] == ["bridge-001", "bridge-002"]
    assert data["messages"]["align.undo"] == Catalogue.load(language)("align.undo")
    assert data["answer"] is None
    assert handed(page("align", "plain"))["view"]["lanes"][0]["problem"]


@pytest.mark.usefixtures("corpus")
def test_renderings_stand_in_the_same_order_on_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path))
    order = [column["id"] for column in handed(page("read", "bridge"))["view"]["columns"]]
    assert order != sorted(order)
    lanes = handed(page("align", "bridge"))["view"]["lanes"]
    assert [lane["id"] for lane in lanes if not lane.get("problem")] == order
    review = page("review", "bridge").get("bidi_component")[0]
    assert [column["id"] for column in json.loads(review.proto.json)["view"]["columns"]] == order
    what = next(box for box in page("export", "bridge").selectbox if "001 (晨报)" in str(box.options))
    assert [f"bridge-{option[:3]}" for option in what.options[1:]] == order


@pytest.mark.usefixtures("corpus")
def test_align_says_what_is_wrong_when_the_store_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path))

    def broken(_: Aligning) -> None:
        raise StoreError("is <busy>", where="somewhere")

    monkeypatch.setattr(Aligning, "view", broken)
    test = page("align", "bridge")
    assert not test.exception
    assert "somewhere: is <busy>" in texts(test)


def test_the_letter_that_is_shown_is_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {"la_letter_en": "a"}
    written: list[tuple[str, str | None]] = []
    monkeypatch.setattr("streamlit.session_state", state)
    monkeypatch.setattr(session, "_write", lambda name, value: written.append((name, value)))
    assert session.letter_id(["a", "b"]) == "a"
    session.keep_letter("la_letter_en")  # sent once more while the language changed
    assert not written
    state["la_letter_en"] = "b"
    session.keep_letter("la_letter_en")
    assert written == [("letter", "b"), ("sentence", None)]
    assert session.letter_id(["a", "b"]) == "b"
