"""A reviewer's session through `aligner review`, and what builds and exports make of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support_cli import ARTICLES, LETTER, ROOT, Program, Sums, each, in_order, write_corpus
from support_review import OWN
from support_store import raw

from aligner import encoders
from aligner.comparison import Comparison
from aligner.corpus import Corpus
from aligner.formats import alignment_json, comparison_json
from aligner.model import Alignment, Finding, Letter, Quoted, Severity
from aligner.pipeline import letters, reviewing
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.states import read_state
from aligner.store import open_store

NORTH, SOUTH = "farewell-north", "farewell-south"
FINDING = "abc123def456"


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small corpus, built; nobody writes into it."""
    folder = tmp_path_factory.mktemp("built")
    write_corpus(folder / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(letters, "align_articles", each(in_order))
        patch.setitem(encoders.ENCODERS, "use", Sums)
        assert Program(folder, folder / "home").run("build").exit_code == 0
    assert not (folder / "home" / "aligner.db").exists()
    return folder / "corpus"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built_once: Path) -> Program:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(letters, "align_articles", each(in_order))
    monkeypatch.setitem(encoders.ENCODERS, "use", Sums)
    monkeypatch.setenv("ALIGNER_REVIEWER", "ada")
    shutil.copytree(built_once, tmp_path / "corpus")
    return Program(tmp_path, tmp_path / "home")


def review(program: Program, *arguments: object, code: int = 0, by: str = "ada") -> str:
    result = program.run("review", *arguments, ALIGNER_REVIEWER=by)
    assert result.exit_code == code, result.output
    return result.stdout


def as_json(program: Program, *arguments: object, code: int = 0, by: str = "ada") -> Any:
    return json.loads(review(program, *arguments, "--json", code=code, by=by))


def shown(program: Program, rendering: str = NORTH, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = as_json(program, "show", rendering, *more)["alignment"]
    return found


def links(state: dict[str, Any]) -> dict[str, tuple[str, str, str]]:
    """Words of the letter -> words of the rendering, mode, status."""
    text = {s["id"]: s["text"] for side in ("source", "target") for s in state["segments"][side]}
    return {
        " + ".join(text[name] for name in link["source"]): (
            " + ".join(text[name] for name in link["target"]),
            link["mode"],
            link["status"],
        )
        for link in state["links"]
    }


def built(program: Program, rendering: str = NORTH, *, auto: bool = False) -> Alignment:
    corpus = Corpus.open(program.folder / "corpus")
    found = corpus.automatic("farewell", rendering) if auto else corpus.alignment("farewell", rendering)
    assert found is not None
    return found


def with_finding(program: Program, *renderings: str) -> None:
    """Put a finding into built files, about the first sentence that is linked."""
    for name in renderings:
        alignment = built(program, name)
        source, target = alignment.source_segments[0], alignment.target_segments[0]
        finding = Finding(
            FINDING,
            "numbers",
            "accuracy/mistranslation",
            Severity.MAJOR,
            Quoted(source.start, source.end, source.text),
            Quoted(target.start, target.end, target.text),
            0.9,
            {"en": "Not the same number.", "zh": "数字不同。"},
        )
        text = alignment_json.dumps(replace(alignment, findings=(finding,)))
        (program.folder / "corpus" / "farewell" / f"{name}.json").write_text(text, encoding="utf-8")


def otherwise(letter: Letter, target: Any, encoder: Any, **more: Any) -> Alignment:
    """Another engine: the n-th sentence from the end renders the n-th from the end, less surely."""
    first = in_order(letter, target, encoder, **more)
    spans = {segment.id: segment for segment in first.target_segments}
    names = list(spans)
    links_ = tuple(
        replace(link, target=(name,), confidence=0.25) for link, name in zip(first.links, reversed(names), strict=True)
    )
    return replace(first, links=links_)


SESSION: list[tuple[object, ...]] = [
    ("confirm", NORTH, "l1"),
    ("merge", NORTH, "l2", "l3"),
    ("mode", NORTH, "l4", "indirect"),
    ("reject", NORTH, "l5", "--as", "narration"),
    ("absent", NORTH, "s1", "partial", "--part", "all"),
    ("error", NORTH, "--target", "感谢", "--category", "accuracy/mistranslation", "--severity", "minor"),
    ("score", NORTH, 80, "--sentence", "Thank you"),
    ("comment", NORTH, "--text", "well done", "--target", "聚会"),
    ("suggest", NORTH, "--target", "关店", "--text", "打烊"),
    ("work", NORTH, "done", "--sentence", "s2"),
    ("assign", NORTH, "ben"),
]


def test_a_session_is_kept_by_another_engine_and_undoing_all_gives_the_automatic_alignment(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shown(program)
    for command in SESSION:
        review(program, *command)
    state = shown(program)
    assert links(state)["Dear all,"] == ("各位好，", "direct", "confirmed")
    merged = "We close the shop on Friday. + Thank you for every year."
    assert links(state)[merged] == ("我们周五关店。 + 感谢每一年的陪伴。", "direct", "confirmed")
    assert links(state)["Please come to the party."][1:] == ("indirect", "confirmed")

    monkeypatch.setattr(letters, "align_articles", each(otherwise))
    result = program.run("build")
    assert "hold 5 decisions of reviewers" in result.stderr
    assert "0 orphaned" in result.stderr
    assert built(program, auto=True).links[0].confidence == 0.25
    rebuilt = json.loads(alignment_json.dumps(built(program)))
    assert links(rebuilt) == links(state)
    listed = as_json(program, "list", "farewell")["decisions"]
    assert {each["state"] for each in listed} <= {"holds", "adapted"}
    assert len(listed) == len(SESSION)

    monkeypatch.setattr(letters, "align_articles", each(in_order))
    program.run("build")
    for _ in SESSION:
        review(program, "undo")
    assert review(program, "undo", code=2) == ""
    assert shown(program) == before
    program.run("build")
    assert replace(built(program), findings=()) == replace(built(program, auto=True), findings=())


def test_redo_does_again_what_was_undone_last(program: Program) -> None:
    review(program, "score", NORTH, 10)
    review(program, "confirm", NORTH, "l1")
    after = shown(program)
    assert "undo #2" in review(program, "undo")
    assert "undo #1" in review(program, "undo")
    assert "redo #1" in review(program, "redo")
    assert "redo #2" in review(program, "redo")
    assert shown(program) == after
    assert "nothing for ada to redo" in program.refuses("review", "redo")
    assert "nothing for ben to undo" in program.refuses("review", "undo", "--reviewer", "ben")


def test_two_who_saw_the_same_revision_conflict_and_both_words_are_shown(program: Program) -> None:
    review(program, "mode", NORTH, "l1", "fragment", "--seen", 0)
    output = review(program, "mode", NORTH, "l1", "indirect", "--seen", 0, by="ben", code=1)
    assert "mine    p1 ben: mode" in output
    assert "(indirect, confirmed)" in output
    assert "theirs  #1" in output
    assert "(fragment, confirmed)" in output
    assert links(shown(program))["Dear all,"][1] == "fragment"
    (waiting,) = as_json(program, "list", "farewell", "--conflicts")["conflicts"]
    assert (waiting["reviewer"], waiting["parked"]) == ("ben", 1)
    review(program, "settle", "p1", "--keep", "mine", by="ben")
    assert links(shown(program))["Dear all,"][1] == "indirect"
    assert as_json(program, "list", "farewell")["conflicts"] == []
    assert "settled already" in program.refuses("review", "settle", "p1", "--keep", "theirs")
    # Another layer has nothing to do with it.
    review(program, "mode", NORTH, "l1", "direct", "--seen", 0, "--layer", "own", by="cy")


def test_ids_are_those_of_the_revision_that_was_seen(program: Program) -> None:
    """Somebody merged two links since: both words about the second one are kept, and both are shown."""
    review(program, "merge", NORTH, "l1", "l2")
    now = links(shown(program))
    output = review(program, "mode", NORTH, "l5", "fragment", "--seen", 0, by="ben")  # l4 by now
    assert "(direct, auto 0.50 -> fragment, confirmed)" in output
    assert next(words for words, link in links(shown(program)).items() if link[1] == "fragment") == list(now)[-1]
    output = review(program, "mode", NORTH, "l2", "indirect", "--seen", 0, by="cy", code=1)
    assert "mine    p1 cy: mode “We close" in output
    assert "theirs  #1" in output
    review(program, "settle", "p1", "--keep", "mine", by="cy")
    assert {words for words, link in links(shown(program)).items() if link[1] == "indirect"} == {
        "We close the shop on Friday."
    }
    # One's own words since were seen.
    review(program, "confirm", NORTH, "l3", "--seen", 0, "--layer", "own")
    review(program, "merge", NORTH, "l4", "l5", "--seen", 0, "--layer", "own")


def fates(program: Program) -> list[str]:
    """How the decisions fare, with the reason, in their order."""
    every = as_json(program, "list", "farewell")["decisions"]
    return [" ".join(filter(None, (each["state"], each["reason"]))) for each in every]


def test_what_lost_its_place_to_a_later_word_is_listed_as_replaced(program: Program) -> None:
    review(program, "mode", NORTH, "l1", "fragment", "--seen", 0)
    review(program, "merge", NORTH, "l1", "l2", "--seen", 0, by="ben", code=1)
    review(program, "settle", "p1", "--keep", "mine", by="ben")
    assert "[replaced: #2 came later]" in review(program, "list", "farewell").splitlines()[4]
    review(program, "confirm", NORTH, "l3", "l4", by="cy")
    review(program, "unlink", NORTH, "l3", by="dee")  # one of the two links that #3 confirmed is left
    assert fates(program) == ["replaced #2 came later", "holds", "holds", "holds"]
    mark = ("error", NORTH, "--target", "感谢", "--category", "accuracy/mistranslation", "--severity", "minor")
    for command in (("score", NORTH, 10), ("score", NORTH, 20), mark, (*mark, "--replaces", 7)):
        review(program, *command)
    review(program, "score", NORTH, 5, by="ben")  # his own, beside hers
    assert fates(program)[4:] == ["replaced #6 came later", "holds", "replaced #8 came later", "holds", "holds"]
    review(program, "undo")
    review(program, "retract", 2, by="ben")
    assert fates(program)[:2] == ["holds", "taken back"]
    assert fates(program)[6] == "holds"


def test_only_an_error_of_ones_own_is_replaced(program: Program) -> None:
    mark = ("error", NORTH, "--target", "感谢", "--category", "accuracy/mistranslation", "--severity", "minor")
    review(program, *mark)
    review(program, "score", NORTH, 10)
    assert "it is ada's, and only an error" in program.refuses("review", *mark, "--replaces", 1, "--reviewer", "ben")
    assert "it is of kind score, and only an error" in program.refuses("review", *mark, "--replaces", 2)
    assert as_json(program, *mark, "--replaces", 1)["number"] == 3


def test_states_are_replayed_once(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(*arguments: Any) -> Any:
        read.append(arguments[-1])
        return read_state(*arguments)

    for link, layer in (("l1", "shared"), ("l2", "published"), ("l3", "own")):
        review(program, "confirm", NORTH, link, "--layer", layer)
    review(program, "score", NORTH, 10)
    monkeypatch.setattr(reviewing, "read_state", counted)
    review(program, "list", "farewell")
    assert sorted(read) == ["own:ada", "published"]
    read.clear()
    review(program, "confirm", NORTH, "l4")
    assert read == ["published", "published"]  # before it, and after it


def test_keeping_theirs_leaves_what_stands(program: Program) -> None:
    review(program, "mode", NORTH, "l1", "fragment", "--seen", 0)
    review(program, "mode", NORTH, "l1", "indirect", "--seen", 0, by="ben", code=1)
    assert "settles it" in review(program, "settle", "1", "--keep", "theirs")
    assert links(shown(program))["Dear all,"][1] == "fragment"
    assert as_json(program, "list", "farewell")["conflicts"] == []


def test_what_lost_its_words_is_orphaned_and_can_be_attached_again(program: Program) -> None:
    review(program, "error", NORTH, "--target", "每一年", "--category", "style/awkward style", "--severity", "minor")
    review(program, "confirm", NORTH, "l4")
    review(program, "confirm", NORTH, "l1")
    path = program.folder / "corpus" / "documents" / "north.txt"
    changed = "题目。\n\n" + ARTICLES["north.txt"].replace("每一年", "这些年").replace("请来参加", "欢迎参加")
    path.write_text(changed, encoding="utf-8")
    assert "1 decisions of reviewers, 1 of them adapted; 1 orphaned" in program.run("build").stderr
    orphans = as_json(program, "list", "farewell", "--orphans")["decisions"]
    assert [each["number"] for each in orphans] == [1, 2]
    assert all("no longer has the quoted words" in each["reason"] for each in orphans)
    assert "'每一年' stand nowhere" in program.refuses("review", "reattach", 1)
    told = review(program, "reattach", 1, "--target", "这些年", by="ben")
    assert "re-attached #1; it holds again\n" in told
    assert "“每一年” -> “这些年”" in told
    told = review(program, "reattach", 2, "--target", "欢迎参加聚会。", by="ben")
    assert "re-attached #2; it holds again, adapted to the alignment of today\n" in told
    assert as_json(program, "list", "farewell", "--orphans")["decisions"] == []
    assert links(shown(program))["Please come to the party."] == ("欢迎参加聚会。", "direct", "confirmed")
    assert "not orphaned but holds" in program.refuses("review", "reattach", 1)
    assert "»这些年«" in review(program, "show", 1)


def test_findings_are_accepted_and_dismissed_where_they_stand(program: Program) -> None:
    with_finding(program, NORTH, SOUTH)
    refused = program.refuses("review", "accept", "abc")
    assert f"--rendering {NORTH} or --rendering {SOUTH}" in refused
    assert f"aligner review accept {FINDING} --rendering {NORTH}" in review(program, "next", "farewell")
    said = as_json(program, "accept", "abc", "--rendering", NORTH, "--severity", "critical", "--comment", "no")
    mark = said["payload"]["mark"]
    assert (mark["category"], mark["severity"], mark["comment"]) == ("accuracy/mistranslation", "critical", "no")
    assert mark["target"][0]["text"] == "各位好，"
    assert as_json(program, "next", "farewell")["rendering"] == SOUTH
    review(program, "dismiss", "abc", "--rendering", SOUTH, "--reason", "fine")
    found = as_json(program, "next", "farewell")
    assert (found["finding"], found["sentence"]["id"]) == (None, "s1")
    left = review(program, "next", "farewell").splitlines()[0]
    assert left == "left for ada: 0 findings, 10 sentences, each sentence counted once for every rendering"
    one = review(program, "next", "farewell", "--rendering", NORTH).splitlines()[0]
    assert one == "left for ada: 0 findings, 5 sentences"
    assert len(as_json(program, "list", "farewell", "--open", by="ben")["open"]) == 2
    assert "accept finding" in review(program, "show", "abc", "--rendering", NORTH)
    # The finding is not made by the checks: with the next build the dismissal has nothing to be about.
    program.run("build")
    (orphan,) = as_json(program, "list", "farewell", "--orphans")["decisions"]
    assert (orphan["number"], orphan["reason"]) == (2, "the checks do not find it any more")


def test_a_teams_own_typology_is_used_from_its_file_and_then_by_its_id(program: Program) -> None:
    """What an annotation names, the database keeps; a version never means two things."""
    with_finding(program, NORTH)
    (program.folder / "house.toml").write_text(OWN, encoding="utf-8")
    gap = ("--source", "s1", "--category", "content/gap", "--typology")
    made = as_json(program, "error", NORTH, "--severity", "slight", *gap, "house.toml")["payload"]
    assert (made["typology"], made["version"]) == ("house", "1.2")
    (program.folder / "house.toml").unlink()
    made = as_json(program, "accept", FINDING, "--severity", "grave", *gap, "house")["payload"]["mark"]
    assert (made["typology"], made["version"], made["severity"]) == ("house", "1.2", "grave")
    without = ("review", "accept", FINDING, "--typology", "house", "--severity", "grave")
    assert "unknown category" in program.refuses(*without)
    settle = ("review", "adjudicate", 1, "--reason", "x", "--category", "content/gap", "--severity")
    assert "typology house 1.2: unknown severity 'major'" in program.refuses(*settle, "major")
    (program.folder / "house.toml").write_text(OWN.replace("multiplier = 4", "multiplier = 5"), encoding="utf-8")
    again = ("review", "error", NORTH, "--severity", "slight", *gap)
    assert "another content is stored under version 1.2 of house" in program.refuses(*again, "house.toml")
    (program.folder / "house.toml").write_text(OWN.replace('"house"', '"esa"'), encoding="utf-8")
    assert "'esa' is one of the program's typologies" in program.refuses(*again, "house.toml")


def test_a_finding_about_several_renderings_is_marked_in_the_letter_alone(program: Program) -> None:
    corpus = Corpus.open(program.folder / "corpus")
    letter = corpus.letter("farewell")
    first = letter.segments[0]
    source = Quoted(first.start, first.end, first.text)
    messages = {"en": "The renderings differ.", "zh": "译文不一致。"}
    finding = Finding(FINDING, "terms", "terminology/inconsistent use of terminology", Severity.MINOR, source, None,
                      0.9, messages)  # fmt: skip
    text = comparison_json.dumps(Comparison("farewell", (NORTH, SOUTH), findings=(finding,)))
    (corpus.folder / "farewell" / "comparison.json").write_text(text, encoding="utf-8")
    refused = program.refuses("review", "accept", FINDING, "--target", "各位好")
    assert "about several renderings" in refused
    assert "aligner review error RENDERING" in refused
    mark = as_json(program, "accept", FINDING, "--source", "s2")["payload"]["mark"]
    assert [each["text"] for each in mark["source"]] == ["We close the shop on Friday."]


def test_who_has_renderings_assigned_is_shown_those(program: Program) -> None:
    with_finding(program, NORTH)
    review(program, "assign", SOUTH, "ben")
    with open_store(str(program.home / "aligner.db"), must_exist=True) as store:
        desk = Desk(Corpus.open(program.folder / "corpus"), store)
        assert [desk.judgements("farewell", name).assigned for name in (NORTH, SOUTH)] == [(), ("ben",)]
    assert as_json(program, "next", "farewell", by="ben")["rendering"] == SOUTH
    assert as_json(program, "next", "farewell", by="ada")["rendering"] == NORTH
    review(program, "work", SOUTH, "done", by="ben")
    assert "nothing is left for ben" in review(program, "next", "farewell", by="ben")
    review(program, "assign", SOUTH, "ben", "--remove")
    assert as_json(program, "next", "farewell", by="ben")["rendering"] == NORTH


def test_adjudication_is_a_record_of_its_own(program: Program) -> None:
    mark = ("error", NORTH, "--target", "感谢", "--category", "accuracy/mistranslation", "--severity")
    review(program, *mark, "minor")
    review(program, *mark, "critical", by="ben")
    review(program, "adjudicate", 1, 2, "--take", 2, "--severity", "major", "--reason", "between", by="eve")
    review(program, "score", NORTH, 10)
    review(program, "adjudicate", 4, "--none", "--reason", "a slip", by="eve")
    with open_store(str(program.home / "aligner.db"), must_exist=True) as store:
        found = Desk(Corpus.open(program.folder / "corpus"), store).judgements("farewell", NORTH)
    assert [(each.reviewer, each.severity) for each in found.annotations()] == [("ada", "minor"), ("ben", "critical")]
    assert [(each.reviewer, each.severity) for each in found.published()] == [("eve", "major")]
    assert [each.outcome is None for _, each in found.adjudications] == [False, True]
    assert "not said what holds" in program.refuses("review", "adjudicate", 1, "--reason", "x")
    review(program, "confirm", NORTH, "l1")
    assert "no error, score or verdict" in program.refuses("review", "adjudicate", 6, "--none", "--reason", "x")


def test_a_rendering_is_assigned_once_and_taken_from_who_has_it(program: Program) -> None:
    review(program, "assign", SOUTH, "ben")
    assert "is assigned to ben already; assigned: ben" in program.refuses("review", "assign", SOUTH, "ben")
    assert "is not assigned to bne; assigned: ben" in program.refuses("review", "assign", SOUTH, "bne", "--remove")


def test_a_document_that_changed_is_told_once_for_all_its_decisions(program: Program) -> None:
    for value in (10, 20, 30):
        review(program, "score", NORTH, value, by=f"r{value}")
    manifest = program.folder / "corpus" / "letters.toml"
    text = manifest.read_text(encoding="utf-8")
    name = Corpus.open(program.folder / "corpus").entry("farewell").renderings[0].document
    head = f'file = "{name}"'
    assert text.count(head) == 1
    manifest.write_text(text.replace(head, f'{head}\nsha256 = "{"0" * 64}"'), encoding="utf-8")
    told = review(program, "list", "farewell", "--orphans")
    assert told.count("restore the file") == 1
    assert told.count("[orphaned: see (1) below]") == 3
    assert as_json(program, "list", "farewell", "--orphans")["decisions"][0]["reason"].count("restore the file") == 1


def test_what_is_no_name_of_the_thing_asked_for_says_what_it_is(program: Program) -> None:
    assert "'farewell' is a letter; 'aligner review list farewell'" in program.refuses("review", "show", "farewell")
    refused = program.refuses("review", "mode", NORTH, "l1", "sideways")
    assert "Invalid value for 'MODE': 'sideways' is not one of" in refused
    assert "it is not said which mark; name its words" in program.refuses("review", "unmark", NORTH)


def test_a_whole_export_is_no_file_of_decisions(program: Program) -> None:
    review(program, "score", NORTH, 10)
    assert program.run("db", "export", "--out", "all.jsonl").exit_code == 0
    refused = program.refuses("review", "import", "all.jsonl")
    assert "all.jsonl: is a whole database" in refused and "aligner db import" in refused


def test_an_adjudication_of_the_wrong_numbers_is_refused(program: Program) -> None:
    mark = ("error", NORTH, "--category", "accuracy/mistranslation", "--severity", "minor", "--target")
    review(program, *mark, "感谢")
    review(program, *mark, "感谢", by="ben")
    review(program, "score", NORTH, 10, "--sentence", "s1")
    review(program, "score", NORTH, 20, "--sentence", "s2", by="ben")
    settle = ("review", "adjudicate", "--reason", "x")
    for given, said in (
        ((3, 4, "--score", 15), "they score different sentences"),
        ((1, 3, "--take", 1), "some are scores and some are not"),
        ((1, "--take", 2), "2 is not among the decisions that are settled"),
        ((1, "--take", 1, "--none"), "--none says that nothing holds, and another option that something does"),
    ):
        assert said in program.refuses(*settle, *given)
    assert "adjudicate" not in review(program, "list", "farewell")


def test_a_reviewers_own_alignment_is_published_by_an_adjudicator(program: Program) -> None:
    before = shown(program)
    review(program, "merge", NORTH, "l2", "l3", "--layer", "own")
    assert shown(program) == before
    assert len(links(shown(program, NORTH, "--layer", "own"))) == len(links(before)) - 1
    assert "eve: publish\n" in review(program, "publish", NORTH, "--of", "ada", by="eve")
    assert "eve: publish “" in review(program, "list", "farewell")
    assert links(shown(program)) == links(shown(program, NORTH, "--layer", "own"))
    review(program, "undo", by="eve")
    assert shown(program) == before


def test_publishing_a_layer_names_whose_and_what_it_takes_back(program: Program) -> None:
    review(program, "confirm", NORTH, "l1")
    review(program, "score", NORTH, 50, by="ben")  # has no alignment of his own
    review(program, "merge", NORTH, "l2", "l3", "--layer", "own")
    before = shown(program)
    for nobody in ("nobody", "ben"):
        told = program.refuses("review", "publish", NORTH, "--of", nobody)
        assert f"unknown layer of a reviewer '{nobody}'; known: ada" in told
    told = review(program, "publish", NORTH, "--of", "ada", by="eve", code=1)
    assert "this would take back what is confirmed" in told
    assert "“Dear all,” = “各位好，” (direct, confirmed)" in told
    assert as_json(program, "publish", NORTH, "--of", "ada", by="eve", code=1)["published"] is False
    assert shown(program) == before
    review(program, "publish", NORTH, "--of", "ada", "--yes", by="eve")
    assert links(shown(program)) == links(shown(program, NORTH, "--layer", "own"))


EDITS: list[tuple[tuple[object, ...], str]] = [
    (("link", NORTH, "--source", "s1", "--target", "阿达"), "l6 “Dear all,” = “阿达” (direct, confirmed)"),
    (("unlink", NORTH, "l1"), "after   “Dear all,” omitted"),
    (("split", NORTH, "l2", "--target-at", "周五", "--source-at", "on Friday"), "“on Friday.” = “周五关店。”"),
    (("move", NORTH, "t3", "--from", "l3", "--to", "l2"), "“我们周五关店。” + “感谢每一年的陪伴。”"),
    (("confirm", NORTH, "--to", "l2"), "(direct, auto 0.50 -> direct, confirmed)"),
    (("absent", NORTH, "Thank you", "omitted"), "after   “Thank you for every year.” omitted"),
    (("residue", NORTH, "narration", "--target", "t1"), "“各位好，” narration"),
]


@pytest.mark.parametrize(("command", "line"), EDITS, ids=[str(command[0]) for command, _ in EDITS])
def test_a_correction_says_what_it_changed_and_is_taken_back_exactly(
    program: Program, command: tuple[object, ...], line: str
) -> None:
    before = shown(program)
    assert line in review(program, *command)
    assert shown(program) != before
    review(program, "retract", 1)
    assert shown(program) == before


def test_marks_are_taken_away(program: Program) -> None:
    before = shown(program)
    review(program, "absent", NORTH, "s1", "partial", "--part", "all")
    review(program, "unmark", NORTH, "--source", "all,", code=2)
    review(program, "unmark", NORTH, "--source", "all")
    assert shown(program) == before


def test_realigning_shows_first_and_changes_only_when_taken(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def realign(previous: Alignment, *_: Any, anchors: Any) -> Alignment:
        assert [each.source for each in anchors.confirmed] == [("s1",)]
        first, second, *rest = previous.links
        return replace(previous, links=(first, replace(second, mode=second.mode.INDIRECT), *rest))

    monkeypatch.setattr(reviewing, "realign_article", realign)
    review(program, "confirm", NORTH, "l1")
    before = shown(program)
    assert "(direct, auto 0.50 -> indirect, auto 0.50)" in review(program, "realign", NORTH)
    assert shown(program) == before
    review(program, "realign", NORTH, "--take")
    assert links(shown(program))["We close the shop on Friday."][1] == "indirect"
    assert "nothing would change" in review(program, "realign", NORTH)
    review(program, "undo")
    assert shown(program) == before


def test_decisions_travel_as_json_lines_once_and_all_or_none(program: Program, tmp_path: Path) -> None:
    for command in SESSION:
        review(program, *command)
    review(program, "undo")
    lines = review(program, "export", "farewell")
    file = tmp_path / "log.jsonl"
    assert as_json(program, "export", "--out", str(file)) == {"file": str(file), "decisions": len(SESSION) + 1}
    assert file.read_text() == lines
    other = ("--database", str(tmp_path / "other.db"))
    assert as_json(program, "import", file, *other)["counts"]["stored"] == len(SESSION) + 1
    assert as_json(program, "import", file, *other)["counts"]["known"] == len(SESSION) + 1
    assert as_json(program, "show", NORTH, *other)["alignment"] == shown(program)

    good, *_ = lines.splitlines()
    fresh = json.loads(good) | {"id": "fresh"}
    faulty = json.loads(good) | {"id": "faulty", "payload": {"action": "merge", "before": {}, "after": 3}}
    changed = json.loads(good) | {"reviewer": "mallory"}
    elsewhere = json.loads(good) | {"id": "elsewhere", "rendering": "nowhere"}
    attach = json.loads(good) | {"id": "a", "kind": "reattach", "payload": {"decision": fresh["id"], "spans": [1]}}
    every = [fresh, faulty, changed, elsewhere, attach]
    file.write_text("\n".join(json.dumps(each) for each in every) + "\nno JSON\n", encoding="utf-8")
    report = as_json(program, "import", file, *other, code=2)
    assert [each["state"] for each in report["lines"]] == ["left out", *["refused"] * 5]
    assert all(each["reason"] for each in report["lines"][1:])
    assert len(as_json(program, "list", "farewell", *other)["decisions"]) == len(SESSION) + 1


def test_what_contradicts_is_parked_when_it_is_imported(program: Program, tmp_path: Path) -> None:
    other = ("--database", str(tmp_path / "other.db"))
    review(program, "mode", NORTH, "l1", "fragment")
    review(program, "mode", NORTH, "l1", "direct")
    review(program, "mode", NORTH, "l3", "fragment")
    review(program, "mode", NORTH, "l1", "indirect", *other, by="ben")
    file = tmp_path / "log.jsonl"
    file.write_text(review(program, "export"), encoding="utf-8")
    report = as_json(program, "import", file, *other, code=1)
    assert [each["state"] for each in report["lines"]] == ["parked", "parked", "stored"]
    assert links(shown(program, NORTH, *other))["Dear all,"][1] == "indirect"
    again = as_json(program, "import", file, *other)
    assert [each["reason"] for each in again["lines"]] == ["parked as p1", "parked as p2", ""]
    assert again["counts"] == {"stored": 0, "known": 3, "parked": 0, "refused": 0, "left out": 0}


def test_an_import_counts_by_the_numbers_of_the_database_even_with_holes(program: Program, tmp_path: Path) -> None:
    path, file = tmp_path / "other.db", tmp_path / "log.jsonl"
    review(program, "score", NORTH, 10, "--database", path)
    for mode in ("fragment", "indirect", "direct"):
        file.write_text(review(program, "export"), encoding="utf-8")
        review(program, "import", file, "--database", path)
        review(program, "mode", NORTH, "l3", mode)
    # As a database that was salvaged.
    raw(path, "DROP TRIGGER decisions_kept_from_delete")
    raw(path, "DELETE FROM decisions WHERE seq = 1")
    file.write_text(review(program, "export"), encoding="utf-8")
    assert as_json(program, "import", file, "--database", path)["counts"]["stored"] == 1


def test_words_that_stand_twice_are_told_with_their_offsets(program: Program) -> None:
    mark = ("--category", "accuracy/mistranslation", "--severity", "minor")
    text = ARTICLES["north.txt"]
    refused = program.refuses("review", "error", NORTH, "--target", "。", *mark)
    first = text.index("。")
    assert f"3 times in the rendering: {first}:{first + 1} (…" in refused
    said = as_json(program, "error", NORTH, "--target", f"{first}:{first + 1}", *mark)
    assert said["payload"]["target"] == [{"start": first, "end": first + 1, "text": "。"}]


def test_offsets_outside_the_letter_are_told_with_its_range(program: Program) -> None:
    path = program.folder / "corpus" / "documents" / "letter.txt"
    path.write_text("Front page. " + LETTER + "Advertising.\n", encoding="utf-8")
    program.run("build")
    end = 12 + LETTER.rindex("Ada") + 3
    for outside in ("0:5", f"{end - 3}:{end + 5}", "9" * 5000 + ":5"):
        refused = program.refuses("review", "comment", NORTH, "--text", "x", "--source", outside)
        assert "is no stretch of the letter" in refused
        assert f"it runs from 12 to {end}" in refused
    assert as_json(program, "comment", NORTH, "--text", "x", "--source", f"{end - 3}:{end}")["number"] == 1


REFUSED: list[tuple[tuple[object, ...], str]] = [
    (("score", NORTH, 101), "not between 0 and 100"),
    (("score", "farewell-east", 1), "unknown rendering 'farewell-east'; known: farewell-north, farewell-south"),
    (("show", "nonsense"), "no decision, finding or rendering 'nonsense'"),
    (("show", "9" * 5000), "no decision, finding or rendering"),
    (("settle", "p" + "9" * 5000, "--keep", "mine"), "no parked decision"),
    (("confirm", NORTH, "l77"), "unknown link 'l77'"),
    (("confirm", NORTH), "no link to confirm"),
    (("merge", NORTH, "l1", "l1"), "one link cannot be merged"),
    (
        ("error", NORTH, "--category", "accuracy/omission", "--severity", "minor", "--target", "关店"),
        "needs a place in",
    ),
    (("error", NORTH, "--category", "accuracy/no", "--severity", "minor", "--target", "关店"), "unknown category"),
    (("error", NORTH, "--category", "accuracy/omission", "--severity", "minor"), "the error has no place"),
    (("dismiss", "abc", "--reason", "x"), "no finding 'abc'"),
    (("emend", "farewell", "e1", "accept"), "unknown emendation 'e1'"),
    (("emend", "farewell", "e1", "perhaps"), "write accept or reject"),
    (("work", NORTH, "finished"), "known: open, in_work, done, skipped"),
    (("absent", NORTH, "s1", "omitted", "--part", "all"), "partial needs --part"),
    (("confirm", NORTH, "l1", "--seen", 9), "the newest here is 0"),
    (("settle", "p1", "--keep", "both"), "write mine"),
    (("settle", "p1", "--keep", "mine"), "no parked decision 'p1'"),
    (("import", "nowhere.jsonl"), "cannot be read"),
    (("undo", "nowhere"), "unknown letter or rendering 'nowhere'"),
]


@pytest.mark.parametrize(("command", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_cannot_be_decided_is_one_line(program: Program, command: tuple[object, ...], message: str) -> None:
    assert message in program.refuses("review", *command)


def test_only_the_author_retracts(program: Program) -> None:
    review(program, "score", NORTH, 10)
    assert "it is ada's" in program.refuses("review", "retract", 1, "--reviewer", "ben")
    review(program, "retract", 1)
    assert "does not hold any more" in program.refuses("review", "retract", 1)
    assert "[taken back]" in review(program, "list", "farewell")


def test_the_system_names_the_reviewer_and_it_is_said(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "somebody")
    result = program.run("review", "score", NORTH, 5, ALIGNER_REVIEWER="")
    assert "reviewer somebody" in result.stderr
    assert "somebody: score 5" in result.stdout


def test_export_gives_what_is_published_and_auto_the_engines_own(program: Program) -> None:
    command = ("export", "farewell", "--rendering", NORTH, "--format", "json")
    engine = program.run(*command).stdout
    with_finding(program, NORTH)
    review(program, "mode", NORTH, "l1", "fragment")
    reviewed = json.loads(program.run(*command).stdout)
    assert reviewed["links"][0]["mode"] == "fragment"
    assert [each["id"] for each in reviewed["findings"]] == [FINDING]
    alone = json.loads(program.run(*command, "--auto").stdout)
    assert alone["links"] == json.loads(engine)["links"]
    nowhere = ("--database", str(program.folder / "none.db"))
    assert "there is no database yet" in program.refuses(*command, *nowhere)
    assert not (program.folder / "none.db").exists()


def test_build_without_decisions_and_with_a_database_that_is_named(program: Program) -> None:
    named = program.folder / "named.db"
    review(program, "mode", NORTH, "l1", "fragment", "--database", named)
    assert program.run("build").stderr.count("decisions") == 0
    assert "hold 1 decisions" in program.run("build", "--database", named).stderr
    assert built(program).links[0].mode.value == "fragment"
    assert "decisions" not in program.run("build", "--auto", "--database", named).stderr
    assert built(program).links[0].mode.value == "direct"
    assert program.run("build", ALIGNER_DATABASE_URL=str(program.folder / "absent.db")).exit_code == 0
    assert not (program.folder / "absent.db").exists()


def test_nothing_of_the_store_is_loaded_where_there_is_no_database(tmp_path: Path) -> None:
    code = (
        "import sys; from aligner.cli.decided import stored_decisions; "
        "assert stored_decisions(None) is None; assert 'sqlalchemy' not in sys.modules"
    )
    environment = {**os.environ, "ALIGNER_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, env=environment)
    assert list(tmp_path.iterdir()) == []


def test_people_and_documents_are_on_record_with_the_first_word(program: Program) -> None:
    assert review(program, "people") == "nobody has decided anything yet\n"
    review(program, "confirm", NORTH, "l1")
    review(program, "comment", NORTH, "--text", "good", by="ben")
    found = as_json(program, "people")["reviewers"]
    assert [(each["name"], each["role"], each["decisions"]) for each in found] == [
        ("ada", "reviewer", 1),
        ("ben", "reviewer", 1),
    ]
    assert "ben: reviewer" in review(program, "people")
    corpus = Corpus.open(program.folder / "corpus")
    names = {corpus.letter("farewell").base.document.name, corpus.rendering("farewell", NORTH).document}
    with open_store(str(program.folder / "home" / "aligner.db")) as store:
        known = {each.name: each.text_sha256 for each in store.documents()}
    assert known == {name: corpus.document(name).text_sha256 for name in names}
