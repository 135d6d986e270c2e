"""Review: what its page is given, and what of a browser's word is believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import support_ui
from support_review import OWN
from test_ui_pages import page, texts

from aligner.cli.serve import named
from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.model import Quoted
from aligner.pipeline.docket import next_for
from aligner.pipeline.reviewing import Desk
from aligner.review.layers import own_layer
from aligner.review.said import Mark, Score, Verdict, Work
from aligner.review.typologies import TYPOLOGIES, load
from aligner.store import open_store
from aligner.ui import published
from aligner.ui.launch import TYPOLOGY_VARIABLE, VARIABLE
from aligner.ui.messages import Catalogue
from aligner.ui.outbox import Operation
from aligner.ui.views.review import QUICK, listed, review
from aligner.ui.views.review_apply import _refer, do, ground
from aligner.ui.views.review_mine import mine
from aligner.ui.views.review_said import Ground, said_by

LETTER, RENDERING = "bridge", "bridge-001"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("ALIGNER_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ALIGNER_DATABASE_URL", raising=False)
    folder = support_ui.build(tmp_path)
    monkeypatch.setenv(VARIABLE, str(folder))
    return Desk(Corpus.open(folder), open_store())


@pytest.fixture
def held(desk: Desk) -> Ground:
    return ground(desk, LETTER, RENDERING, load())


def operation(kind: str, number: int = 1, who: str = "ann", rendering: str = RENDERING, **args: Any) -> Operation:
    return Operation(number, f"{who}{number}", kind, {"letter": LETTER, "rendering": rendering, "who": who, **args})


def span(text: str, words: str) -> list[Any]:
    at = text.index(words)
    return [at, at + len(words), words]


def wrong(held: Ground, **changes: Any) -> dict[str, Any]:
    """A mark's words."""
    target = [span(held.target, "五月三日")]
    return {"category": "accuracy/mistranslation", "severity": "major", "target": target, "source": [], **changes}


def act(desk: Desk, *operations: Operation) -> None:
    for each in operations:
        assert do(desk, each, str(each.args["who"]), load()) is None


def own(desk: Desk, name: str = "ann", rendering: str = RENDERING) -> dict[str, Any]:
    found: dict[str, Any] = mine(
        desk.log(LETTER), name, {rendering: desk.texts(LETTER, rendering)}, desk.corpus.letter(LETTER).segments
    )
    return {**found["renderings"][rendering], "undo": found["undo"], "redo": found["redo"]}


def view(desk: Desk) -> dict[str, Any]:
    return review(desk.corpus.letter(LETTER), published.versions(desk.corpus, LETTER), load(), load("esa"))


def test_every_stretch_is_the_documents_text_at_its_offsets(desk: Desk) -> None:
    shown = view(desk)
    assert [column["chip"] for column in shown["columns"]] == ["001", "002", "004", "003"]
    assert [item["id"] for item in shown["unbuilt"]] == ["bridge-005"]
    letter = desk.corpus.letter(LETTER).base.document.text
    assert all(letter[row["start"] : row["end"]] == row["text"] for row in shown["rows"])
    seen = 0
    for column in shown["columns"]:
        text = desk.texts(LETTER, column["id"]).target
        stretches = [each for cell in column["cells"] for each in cell["texts"]]
        stretches += [each for items in column["injected"].values() for each in items]
        seen += len(stretches)
        assert all(text[each["start"] : each["end"]] == each["text"] for each in stretches)
    assert seen > 15
    together = [cell.get("with") for cell in shown["columns"][1]["cells"]]
    assert together == [None, [3], [2], None, None, None, None, None]
    led = shown["columns"][1]["cells"][5]["texts"][0]
    assert led["text"][: led["lead"]] == "市长表示，"
    assert shown["columns"][0]["injected"] == {
        "5": [{**shown["columns"][0]["injected"]["5"][0], "text": "某某游戏官网"}]
    }


def test_findings_are_asked_about_in_the_typologys_words(desk: Desk) -> None:
    shown = view(desk)
    found = {each["check"]: each for each in shown["findings"]}
    assert (found["numbers"]["category"], found["numbers"]["severity"]) == ("accuracy/mistranslation", "major")
    assert found["print"]["severity"] == "neutral"
    assert found["insertion"]["target"][2] == "某某游戏官网"


def test_suggestions_stay_and_can_be_judged_after_a_correction_of_the_alignment(desk: Desk) -> None:
    before = view(desk)["findings"]
    editor = desk.editor(LETTER, RENDERING)
    desk.say(editor.merge(editor.part.beads[:2]), "ben", LETTER, RENDERING)
    assert [each["id"] for each in view(desk)["findings"]] == [each["id"] for each in before]
    big, *_ = page("review", LETTER).get("bidi_component")
    assert len(json.loads(big.proto.json)["view"]["findings"]) == len(before)
    name = next(each["id"] for each in before if each["check"] == "numbers")
    act(desk, operation("accept", finding=name))
    assert own(desk)["verdicts"][name]["accepted"]


@pytest.mark.parametrize("name", TYPOLOGIES)
def test_a_typology_has_ten_quick_categories_and_a_key_for_each_severity(name: str) -> None:
    shown = listed(load(name))
    assert len(shown["quick"]) == min(10, len(shown["categories"]))
    assert set(shown["quick"]) <= {each["id"] for each in shown["categories"]}
    keys = [each["key"] for each in shown["severities"]]
    assert keys == list("vbnm")[: len(keys)]
    assert len({each["form"] for each in shown["severities"]}) == len(keys)


def test_the_default_typology_has_all_that_stands_on_the_digits() -> None:
    assert listed(load())["quick"] == list(QUICK)


def test_a_mark_is_taken_with_its_words(held: Ground) -> None:
    made = said_by(operation("mark", **wrong(held, comment=" why ", correction="", replaces="")), held)
    assert isinstance(made, Mark)
    assert (made.typology, made.version, made.comment, made.correction) == ("mqm-core", "2.0", "why", None)
    assert [held.target[q.start : q.end] for q in made.target] == ["五月三日"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"target": [[0, 4, "五月三日"]]}, "do not stand"),
        ({"target": [[-4, -1, "x"]]}, "do not stand"),
        ({"target": [[5, 5, ""]]}, "do not stand"),
        ({"target": [[0, 10**9, "x"]]}, "do not stand"),
        ({"target": [[True, 2, "x"]]}, "do not stand"),
        ({"target": [[0.0, 2, "x"]]}, "do not stand"),
        ({"target": [{"start": 0}]}, "not \\[start"),
        ({"target": 3}, "not \\[start"),
        ({"target": []}, "without a place"),
        ({"category": "accuracy/omission"}, "words of the letter"),
        ({"category": "no/such"}, "unknown category"),
        ({"severity": "grave"}, "unknown severity"),
        ({"comment": "x" * 10_001}, "at most"),
        ({"comment": {"html": 1}}, "not a text"),
    ],
)
def test_what_does_not_fit_is_refused(held: Ground, changes: Mapping[str, Any], said: str) -> None:
    with pytest.raises(AlignerError, match=said):
        said_by(operation("mark", **wrong(held, **changes)), held)


def test_words_of_the_other_side_are_no_place(held: Ground) -> None:
    with pytest.raises(AlignerError, match="do not stand"):
        said_by(operation("mark", **wrong(held, source=[span(held.target, "五月三日")])), held)


def test_a_finding_becomes_an_error_or_is_dismissed_with_a_reason(held: Ground) -> None:
    name = next(each.id for each in held.findings.values() if each.check == "numbers")
    accepted = said_by(operation("accept", finding=name), held)
    assert isinstance(accepted, Verdict)
    assert accepted.mark
    assert (accepted.mark.category, accepted.mark.severity) == ("accuracy/mistranslation", "major")
    assert ([q.text for q in accepted.mark.target], [q.text for q in accepted.mark.source]) == (
        ["五月三日"],
        ["on 3 May"],
    )
    changed = said_by(operation("accept", finding=name, **wrong(held, severity="minor")), held)
    assert isinstance(changed, Verdict)
    assert changed.mark
    assert changed.mark.severity == "minor"
    dismissed = said_by(operation("dismiss", finding=name, reason="right"), held)
    assert dismissed == Verdict(name, "numbers", None, "right")
    with pytest.raises(AlignerError, match="without a reason"):
        said_by(operation("dismiss", finding=name, reason=" "), held)
    with pytest.raises(AlignerError, match="no longer made"):
        said_by(operation("accept", finding="f999"), held)


def test_scores_and_work_name_a_sentence_of_the_letter(held: Ground) -> None:
    first = held.sentences[0]
    score = said_by(operation("score", sentence=first.start, score=72), held)
    assert isinstance(score, Score)
    assert score.sentence
    assert (score.score, score.sentence.text) == (72, first.text)
    done = said_by(operation("work", sentence=first.start, done=True), held)
    assert isinstance(done, Work)
    assert done.state == "done"
    for bad in (first.start + 1, "0", None):
        with pytest.raises(AlignerError, match="no sentence"):
            said_by(operation("score", sentence=bad, score=72), held)
    for bad in (101, -1, "72", None, True):
        with pytest.raises(AlignerError, match="score"):
            said_by(operation("score", sentence=first.start, score=bad), held)
    with pytest.raises(AlignerError, match="unknown operation"):
        said_by(operation("drop table"), held)


def test_each_operation_counts_once_and_each_reviewer_has_their_own(desk: Desk, held: Ground) -> None:
    mark = operation("mark", **wrong(held))
    act(desk, mark, mark, operation("work", 2, sentence=held.sentences[0].start, done=True))
    act(desk, operation("mark", 1, "ben", **wrong(held, severity="minor")))
    assert [error["severity"] for error in own(desk)["errors"]] == ["major"]
    assert [error["severity"] for error in own(desk, "ben")["errors"]] == ["minor"]
    assert own(desk)["done"] == [held.sentences[0].start]
    assert own(desk, "ben")["done"] == []
    assert len(desk.log(LETTER)) == 3
    with pytest.raises(AlignerError, match="nobody"):
        do(desk, mark, "", load())


def test_what_was_changed_and_deleted_does_not_come_back(desk: Desk, held: Ground) -> None:
    act(
        desk,
        operation("mark", 1, **wrong(held)),
        operation("mark", 2, **wrong(held, severity="minor", replaces="ann1")),
    )
    assert [error["id"] for error in own(desk)["errors"]] == ["ann2"]
    delete = operation("retract", 3, decision="ann2")
    with pytest.raises(AlignerError, match="no such word of yours"):
        do(desk, operation("retract", 3, "ben", decision="ann2"), "ben", load())
    act(desk, delete, delete)
    assert own(desk)["errors"] == []
    name = next(iter(held.findings))
    act(desk, operation("accept", 4, finding=name), operation("dismiss", 5, finding=name, reason="right"))
    assert own(desk)["verdicts"][name]["accepted"] is False
    act(desk, operation("retract", 6, decision="ann5"))
    assert own(desk)["verdicts"] == {}


def test_an_operation_that_two_sessions_carry_out_at_once_acts_once(desk: Desk, held: Ground) -> None:
    """Both read the log before either had stored anything: the ids of what they store are the operation's."""
    name = next(iter(held.findings))
    act(desk, operation("accept", 1, finding=name), operation("dismiss", 2, finding=name, reason="right"))
    delete, before = operation("retract", 3, decision="ann2"), desk.log(LETTER)
    _refer(desk, delete, "ann", before)
    _refer(desk, delete, "ann", before)
    assert own(desk)["verdicts"] == {}
    assert len(desk.log(LETTER)) == len(before) + 2
    assert desk.store.knows(delete.id)


def test_undo_and_redo_name_the_decision_and_can_be_sent_twice(desk: Desk, held: Ground) -> None:
    act(
        desk,
        operation("mark", 1, **wrong(held)),
        operation("mark", 2, **wrong(held, target=[span(held.target, "老桥")])),
    )
    assert (own(desk)["undo"], own(desk)["redo"]) == ("ann2", None)
    back = operation("undo", 3, decision="ann2")
    act(desk, back, back)
    assert [error["id"] for error in own(desk)["errors"]] == ["ann1"]
    assert (own(desk)["undo"], own(desk)["redo"]) == ("ann1", "ann2")
    again = operation("redo", 4, decision="ann2")
    act(desk, again, again)
    assert [error["id"] for error in own(desk)["errors"]] == ["ann1", "ann2"]
    before = len(desk.log(LETTER))
    act(desk, back)  # whose answer was lost, and which another server gets again
    assert [error["id"] for error in own(desk)["errors"]] == ["ann1", "ann2"]
    assert len(desk.log(LETTER)) == before


def test_what_was_skipped_or_done_as_a_whole_is_finished_as_it_is_at_the_command_line(desk: Desk, held: Ground) -> None:
    first, second, *rest = (Quoted(each.start, each.end, each.text) for each in held.sentences)
    for value in (Work("skipped", first), Work("done"), Work("open", second)):
        desk.say(value, "ann", LETTER, RENDERING, layer=own_layer("ann"))
    assert own(desk)["done"] == [first.start, *(each.start for each in rest)]
    for each in desk.published(LETTER, RENDERING).findings:
        desk.say(Verdict(each.id, each.check, None, "fine"), "ann", LETTER, RENDERING)
    wanted = next_for(desk, "ann", LETTER, RENDERING)
    assert wanted
    assert (wanted.sentence, wanted.left) == (second, (0, 1))


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_gives_the_texts_and_apart_from_them_what_changes(language: str) -> None:
    test = page("review", LETTER, language)
    assert not test.exception
    big, small, _ = [json.loads(each.proto.json) for each in test.get("bidi_component")]
    assert len(big["view"]["columns"]) == 4
    assert big["messages"]["review.score"] == Catalogue.load(language)("review.score")
    assert small == {"letter": LETTER, "answer": None, "mine": None, "start": None}


def test_a_team_marks_errors_with_its_own_typology(
    desk: Desk, held: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "house.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv(TYPOLOGY_VARIABLE, named(str(tmp_path / "house.toml")))
    test = page("review", LETTER)
    shown = json.loads(test.get("bidi_component")[0].proto.json)["view"]["typology"]
    assert (shown["id"], [each["id"] for each in shown["severities"]]) == ("house", ["slight", "grave"])
    gap = wrong(held, category="content/gap", severity="slight", target=[], source=[span(held.source, "bridge")])
    sent = {"seq": 1, "id": "ann1", "kind": "mark", "args": dict(operation("mark", **gap).args)}
    test.session_state["la_review"] = {"reviewer": "ann", "outbox": {"client": "c", "pending": [sent]}}
    test.run()
    assert not test.exception
    ((_, made),) = desk.judgements(LETTER, RENDERING).errors
    assert (made.typology, made.version) == ("house", "1.2")


@pytest.mark.usefixtures("desk")
def test_what_the_browser_sends_is_stored_and_answered_without_the_texts_changing(desk: Desk, held: Ground) -> None:
    test = page("review", LETTER)
    before = json.loads(test.get("bidi_component")[0].proto.json)
    mark = operation("mark", **wrong(held))
    sent = {"seq": 1, "id": "ann1", "kind": "mark", "args": dict(mark.args)}
    bad = {**sent, "seq": 2, "id": "ann2", "args": {**mark.args, "target": [[0, 1, "<b>"]]}}
    test.session_state["la_review"] = {"reviewer": "ann", "outbox": {"client": "c", "pending": [sent, bad]}}
    test.run()
    assert not test.exception
    big, small, _ = [json.loads(each.proto.json) for each in test.get("bidi_component")]
    assert big == before
    assert small["answer"]["ack"] == 2
    assert [fault["id"] for fault in small["answer"]["faults"]] == ["ann2"]
    assert [each["id"] for each in small["mine"]["renderings"][RENDERING]["errors"]] == ["ann1"]
    assert len(desk.log(LETTER)) == 1


@pytest.mark.usefixtures("desk")
def test_who_said_a_name_before_finds_their_own_words_without_saying_it_again() -> None:
    test = page("review", LETTER)
    test.session_state["la_review"] = {"reviewer": "ann"}
    test.run()
    test.session_state["la_review"] = {}
    test.run()
    _, small, _ = [json.loads(each.proto.json) for each in test.get("bidi_component")]
    assert small["mine"]["reviewer"] == "ann"
    test.session_state["la_review"] = {"reviewer": "ben"}
    test.run()
    _, small, _ = [json.loads(each.proto.json) for each in test.get("bidi_component")]
    assert small["mine"]["reviewer"] == "ben"


def test_a_database_that_cannot_be_used_is_told(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.corpus
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("ALIGNER_HOME", str(blocked))
    from aligner.ui import frame

    monkeypatch.setattr(frame, "PAGES", {"review": frame.PAGES["review"]})
    from test_ui_pages import app

    test = app(letter=LETTER)
    assert not test.exception
    assert str(blocked) in texts(test)
