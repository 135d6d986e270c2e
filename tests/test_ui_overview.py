"""The Overview page: what it shows of a made-up letter, counted by hand, and what it does when asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
import support_ui
from streamlit.testing.v1 import AppTest

from aligner import home
from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.model import Finding, Mode, Quoted, Severity
from aligner.pipeline.marking import accepted
from aligner.pipeline.reviewing import Desk
from aligner.review.decisions import WHOLE
from aligner.review.said import Mark, Score, Verdict, Work
from aligner.store import open_store
from aligner.ui import access, overviewing, published, session
from aligner.ui.access import Person, Role
from aligner.ui.desk import adjudicator, settles
from aligner.ui.launch import VARIABLE
from aligner.ui.messages import Catalogue
from aligner.ui.outbox import Operation
from aligner.ui.session import Place
from aligner.ui.views.overview import line, overview, ranges
from aligner.ui.views.overview_charts import agreement_alt, agreement_chart, findings_alt, findings_chart

Json = dict[str, Any]
SAY = Catalogue.load("en")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus.open(support_ui.build(tmp_path_factory.mktemp("overview")))


@pytest.fixture(scope="module")
def view(made: Corpus) -> Json:
    return overview(made.letter("bridge"), published.versions(made, "bridge"), {})


@pytest.fixture
def place(made: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv(home.VARIABLE, str(tmp_path / "home"))
    monkeypatch.delenv(home.DATABASE_VARIABLE, raising=False)
    monkeypatch.setenv(VARIABLE, str(made.folder))
    st.cache_resource.clear()  # each test has a database of its own
    return Place(made, made.entry("bridge"), SAY)


@pytest.fixture
def desk(place: Place) -> Iterator[Desk]:
    with open_store() as store:
        yield Desk(place.corpus, store)


def column(view: Json, name: str) -> Json:
    return next(dict(each) for each in view["columns"] if each["id"] == name)


def test_renderings_stand_by_how_much_they_carry_with_their_numbers(view: Json) -> None:
    assert [each["chip"] for each in view["columns"]] == ["001", "002", "004", "003"]
    assert [item["id"] for item in view["unbuilt"]] == ["bridge-005"]
    whole, quoted = column(view, "bridge-001"), column(view, "bridge-003")
    assert (whole["extent"], whole["share"], whole["modes"], whole["links"]) == ("whole", 1.0, {"direct": 8}, 8)
    assert (quoted["extent"], quoted["modes"], quoted["counts"]["outside"]) == ("quoted", {"fragment": 1}, 7)
    some = column(view, "bridge-002")
    assert (some["counts"]["omitted"], some["findings"]) == (1, {"minor": 1, "info": 1})
    assert 0 < some["share"] < 1
    assert some["words_rendered"] < some["words"] == whole["words"]


def test_a_cell_shows_the_worst_open_finding_and_the_strip_has_words(view: Json) -> None:
    whole = column(view, "bridge-001")
    assert [each["kind"] for each in whole["strip"]] == ["direct"] * 8
    assert [list(each["findings"]) for each in whole["strip"]][2:6] == [["major", "minor"], [], ["critical"], []]
    assert whole["told"]["severities"] == {"critical": ["5"], "major": ["3"], "minor": ["3"]}
    assert column(view, "bridge-002")["told"]["kinds"]["outside"] == ["1", "8"]
    assert ranges([2, 3, 4, 6, 7, 9]) == ["2–4", "6", "7", "9"]


def test_findings_are_counted_by_check_the_gravest_first(view: Json) -> None:
    assert [(row["check"], row["counts"]) for row in view["checks"]][:2] == [
        ("insertion", {"critical": 1}),
        ("numbers", {"major": 1}),
    ]
    assert view["open"] == {"critical": 1, "major": 1, "minor": 2, "info": 1}
    assert [each["severity"] for each in view["findings"]] == ["critical", "major", "minor", "minor", "info"]
    assert view["findings"][0]["target"] == "某某游戏官网"


def test_what_somebody_judged_is_open_no_more_and_what_is_of_no_single_rendering_counts(made: Corpus) -> None:
    first = made.letter("bridge").segments[0]
    words = Quoted(first.start, first.end, first.text)
    both = Finding("w1", "shared", "style/", Severity.MAJOR, words, None, 0.5, {"en": "hm"})
    alone = replace(both, id="w2", source=None)
    versions = published.versions(made, "bridge")
    found = overview(made.letter("bridge"), versions, {"bridge-001": frozenset({"f3"})}, [both, alone])
    assert found["open"] == {"major": 3, "minor": 2, "info": 1}
    assert (found["judged"], column(found, "bridge-001")["judged"]) == (1, 1)
    apart = [each for each in found["findings"] if not each["rendering"]]
    assert [(each["id"], each["sentence"]) for each in apart] == [("w2", None), ("w1", 1)]
    gone = overview(made.letter("bridge"), versions, {WHOLE: frozenset({"w1"})}, [both])
    assert all(each["rendering"] for each in gone["findings"])


def test_a_letter_is_one_line_among_all(view: Json) -> None:
    found = line(view, "2024-05-01")
    assert (found["renderings"], found["built"], found["sentences"]) == (5, 4, 8)
    assert found["shares"][0] == 1.0
    assert found["shares"] == sorted(found["shares"], reverse=True)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_show_a_severity_by_place_sign_and_number(view: Json, theme: str) -> None:
    chart = json.loads(findings_chart(view, SAY, theme).to_json())
    rows = chart["spec"]["layer"][0].get("data", chart.get("data"))["values"]
    heads = list(dict.fromkeys(row["severity"] for row in rows))
    assert heads == ["◆ critical (1)", "■ major (1)", "▲ minor (2)", "○ information (1)"]
    assert sum(row["n"] for row in rows) == 5
    assert "insertions: 1 critical" in findings_alt(view, SAY)
    assert findings_chart({**view, "open": {}, "checks": []}, SAY, theme) is None


def test_a_chart_of_agreement_has_intervals_where_there_are_some() -> None:
    row = {"what": "spans", "named": "", "between": [{"name": "ann"}, {"name": "<b>ben"}], "value": 0.5}
    rows = [{**row, "low": 0.2, "high": 0.8}, {**row, "what": "severity", "low": None, "high": None}]
    chart = json.loads(agreement_chart(rows, SAY, "light").to_json())
    spans = next(layer for layer in chart["layer"] if layer["mark"]["type"] == "rule")
    assert "isValid" in json.dumps(spans["transform"])
    assert "ann and <b>ben 0.50" in agreement_alt(rows, SAY)
    assert agreement_chart([], SAY, "light") is None


def mark(desk: Desk, words: str, severity: str = "major") -> Mark:
    text = desk.texts("bridge", "bridge-001").target
    at = text.index(words)
    return Mark("mqm-core", "2.0", "accuracy/mistranslation", severity, (Quoted(at, at + len(words), words),))


def judge(desk: Desk) -> None:
    """Ann and Ben mark other words of the third sentence, and score it."""
    third = desk.corpus.letter("bridge").segments[2]
    sentence = Quoted(third.start, third.end, third.text)
    for who, words, score in (("ann", "艰难", 80), ("ben", "五月三日", 60)):
        for value in (mark(desk, words), Score(score, sentence), Work("done", sentence)):
            desk.say(value, who, "bridge", "bridge-001", layer=f"own:{who}")


def test_nobodys_word_without_a_database_and_none_is_made(place: Place) -> None:
    found = overviewing.people_view(place)
    assert (found["people"], found["agreement"], found["disputes"], found["problem"]) == ([], None, None, "")
    assert not home.database_file().exists()


def test_reviewers_their_agreement_and_what_is_to_be_settled(place: Place, desk: Desk) -> None:
    judge(desk)
    found = overviewing.people_view(place)
    assert [(each["reviewer"], each["all"]["done"], each["all"]["errors"]) for each in found["people"]] == [
        ("ann", 1, 1),
        ("ben", 1, 1),
    ]
    assert found["agreement"]["enough"]
    assert all(row["what"] for row in (*found["agreement"]["rows"], *found["agreement"]["undefined"]))
    assert all(row["remark"] for row in found["agreement"]["undefined"])
    words, score = found["disputes"]["open"]
    assert (words["about"][0], words["sentence"], words["chip"], words["choices"]) == ("words", 3, "001", True)
    assert [side["words"][0]["target"] for side in words["sides"]] == [["艰难"], ["五月三日"]]
    assert words["sides"][0]["words"][0]["form"] == "major"
    assert words["rendered"] == support_ui.GLOSSES[2]
    assert [side["words"] for side in score["sides"]] == [[{"score": 80}], [{"score": 60}]]


def test_a_choice_is_stored_once_and_only_as_somebodys(place: Place, desk: Desk) -> None:
    judge(desk)
    words = overviewing.people_view(place)["disputes"]["open"][0]
    kept, dropped = (side["ids"] for side in words["sides"])
    args = {"letter": "bridge", "rendering": "bridge-001", "kept": kept, "dropped": dropped, "reason": " clear "}
    operation = Operation(1, "event", "settle", args)
    with pytest.raises(AlignerError):
        overviewing.apply(place, operation, "")
    for _ in range(2):
        assert overviewing.apply(place, operation, "cy") is None
    ((_, ruling),) = desk.judgements("bridge", "bridge-001").adjudications
    assert (ruling.settles, ruling.reason) == ((*kept, *dropped), "clear")
    found = overviewing.people_view(place)["disputes"]
    assert (found["open_in_all"], found["settled"][0]["by"]) == (1, ["cy"])
    overviewing.apply(place, Operation(2, "back", "reopen", args), "cy")
    assert overviewing.people_view(place)["disputes"]["open_in_all"] == 2


@pytest.mark.parametrize(
    ("kind", "args"),
    [
        ("settle", {"letter": "nowhere"}),
        ("settle", {"letter": "bridge", "rendering": "bridge-001", "kept": "abc", "dropped": [1, None]}),
        ("settle", {"letter": "bridge", "rendering": "bridge-001", "kept": ["gone"]}),
        ("drop table", {"letter": "bridge", "rendering": "bridge-001"}),
    ],
)
def test_what_a_browser_sends_is_not_believed(place: Place, desk: Desk, kind: str, args: Json) -> None:
    judge(desk)
    with pytest.raises(AlignerError):
        overviewing.apply(place, Operation(1, "event", kind, args), "cy")
    assert not desk.judgements("bridge", "bridge-001").adjudications


def test_an_accepted_finding_leaves_the_strip_and_a_conflict_leads_to_align(place: Place, desk: Desk) -> None:
    alignment = desk.automatic("bridge", "bridge-001")
    first = next(each for each in alignment.findings if each.check == "numbers")
    assert overviewing.letter_view(place)["open"]["major"] == 1
    desk.say(accepted(first), "ann", "bridge", "bridge-001")
    assert "major" not in overviewing.letter_view(place)["open"]
    desk.say(Verdict("f2", "meaning", None, "fine"), "ben", "bridge", "bridge-001")
    assert overviewing.letter_view(place)["judged"] == 2
    editor = desk.editor("bridge", "bridge-001")
    bead, seen = editor.part.beads[3], desk.store.revision()
    desk.say(editor.set_mode(bead, Mode.INDIRECT), "ann", "bridge", "bridge-001")
    desk.say(editor.unlink(bead), "ben", "bridge", "bridge-001", revision=seen)
    (waits,) = overviewing.people_view(place)["conflicts"]
    assert (waits["who"], waits["sentence"], waits["align"]) == ("ben", 4, True)


def test_a_database_that_cannot_be_read_is_told_and_the_letter_shown(place: Place) -> None:
    home.database_file().parent.mkdir(parents=True, exist_ok=True)
    home.database_file().write_bytes(b"no database" * 1000)
    assert "aligner.db" in overviewing.people_view(place)["problem"]
    assert len(overviewing.letter_view(place)["columns"]) == 4


def test_every_letter_has_a_line_also_one_that_cannot_be_read(
    tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = support_ui.build(tmp_path / "broken")
    (folder / "documents" / "bridge-a.txt").unlink()
    monkeypatch.setenv(VARIABLE, str(folder))
    opened = session.corpus()
    lines = overviewing.letters_view(replace(place, corpus=opened))
    assert [(each["letter"]["id"], each["built"], bool(each["problem"])) for each in lines] == [
        ("bridge", 0, True),
        ("note", 1, False),
        ("plain", 0, False),
    ]


def test_a_large_corpus_comes_in_parts(place: Place) -> None:
    lines = overviewing.letters_view(place, seconds=-1)
    assert [bool(each.get("pending")) for each in lines] == [False, True, True]
    assert lines[1]["renderings"] == 1
    assert not any(each.get("pending") for each in overviewing.letters_view(place, seconds=60))
    assert not any(each.get("pending") for each in overviewing.letters_view(place, seconds=-1))


def drawn(letter: str, language: str = "en") -> AppTest:
    def script(letter: str) -> None:
        from aligner.ui import session
        from aligner.ui.pages import overview
        from aligner.ui.session import Place

        opened = session.corpus()
        overview.show(Place(opened, opened.entry(letter), session.catalogue()))

    test = AppTest.from_function(script, kwargs={"letter": letter}, default_timeout=30)
    test.session_state["la_language"] = language
    return test.run()


def parts(test: AppTest) -> list[Json]:
    assert not test.exception
    return [json.loads(each.proto.json) for each in test.get("bidi_component")]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_its_parts_charts_and_words(language: str) -> None:
    test = drawn("bridge", language)
    top, middle, bottom, letters = parts(test)
    assert [each["parts"] for each in (top, middle, bottom, letters)] == [
        ["bar", "renderings", "strip", "findings"],
        ["checks", "list", "people", "agreement"],
        ["figures", "disputes"],
        ["letters"],
    ]
    assert [each["letter"]["id"] for each in letters["letters"]] == ["bridge", "note", "plain"]
    (chart,) = test.get("vega_lite_chart")
    assert chart.proto.alt == findings_alt(top["view"], Catalogue.load(language))
    assert top["messages"]["overview.strip"] == Catalogue.load(language)("overview.strip")


@pytest.mark.usefixtures("place")
def test_an_unbuilt_letter_has_no_chart_and_says_what_is_missing() -> None:
    test = drawn("plain")
    top, *_ = parts(test)
    assert (top["view"]["columns"], len(top["view"]["unbuilt"])) == ([], 1)
    assert not test.get("vega_lite_chart")


@pytest.mark.usefixtures("place")
def test_agreement_has_a_chart_once_two_have_judged(desk: Desk) -> None:
    judge(desk)
    assert len(drawn("bridge").get("vega_lite_chart")) == 2


def test_who_only_reads_sees_nothing_of_the_reviewers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(desk)
    monkeypatch.setattr(access, "person", lambda: Person("rob@example.org", Role.READER))
    test = drawn("bridge")
    assert [each["parts"] for each in parts(test)][1:] == [["checks", "list"], ["letters"]]
    assert "ann" not in " ".join(json.dumps({**each, "messages": None}) for each in parts(test))
    assert len(test.get("vega_lite_chart")) == 1


def test_only_an_adjudicator_settles_where_people_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "person", lambda: Person("ann@example.org", Role.REVIEWER))
    assert not settles()
    with pytest.raises(access.SignInError, match="only adjudicators"):
        adjudicator("cy")
    monkeypatch.setattr(access, "person", lambda: Person("cy@example.org", Role.ADJUDICATOR))
    assert adjudicator("somebody else") == "cy@example.org"
