"""What the Compare page is given: pairs, ranked places and matrices with the sentence and the finding of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import support_ui
from support_compare import comparison, write

from aligner.corpus import Corpus
from aligner.formats import comparison_json
from aligner.ui.published import versions
from aligner.ui.views.compare import compare


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = support_ui.build(tmp_path_factory.mktemp("compare"))
    write(folder)
    return Corpus.open(folder)


@pytest.fixture(scope="module")
def data(corpus: Corpus) -> dict[str, Any]:
    return comparison(corpus)


def view_of(corpus: Corpus, data: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(data)
    made = comparison_json.loads(text, "example")
    return compare(corpus.letter("bridge"), versions(corpus, "bridge"), made)


@pytest.fixture(scope="module")
def view(corpus: Corpus, data: dict[str, Any]) -> dict[str, Any]:
    return view_of(corpus, data)


def test_columns_stand_as_on_the_read_page_and_what_was_not_compared_is_named(view: dict[str, Any]) -> None:
    assert [column["chip"] for column in view["columns"]] == ["001", "002", "004"]
    assert [column["language"] for column in view["columns"]] == ["zh-Hans", "zh-Hans", "zh-Hant"]
    assert view["left_out"] == ["003", "005"]
    assert view["built"]
    assert json.loads(json.dumps(view)) == view


def test_variation_has_a_bar_for_every_sentence_and_the_mean_of_its_pairs(view: dict[str, Any]) -> None:
    variation = view["variation"]
    assert variation["pairs"] == [["bridge-001", "bridge-002"], ["bridge-001", "bridge-004"]]
    assert len(variation["bars"]) == view["sentences"] == 8
    third = variation["bars"][2]
    assert third["values"] == [[0.4, 0.2], [0.8, 0.6]]
    assert third["mean"] == [0.6, 0.4]
    assert third["marks"] == {"bridge-001": "major"}
    assert variation["bars"][0] == {"values": [None, None], "mean": None, "marks": {}}


def test_pieces_of_one_sentence_are_one_bar(corpus: Corpus, data: dict[str, Any]) -> None:
    entry = data["variation"][1]
    pair = {"renderings": ["bridge-002", "bridge-001"], "wording": 0.0, "meaning": 0.0}
    more = view_of(corpus, {**data, "variation": [*data["variation"], {**entry, "pairs": [pair]}]})
    values = [bar["values"][0] for bar in more["variation"]["bars"] if bar["values"][0]]
    assert values == [[0.4, 0.2], [0.05, 0.025]]


def test_meanings_part_in_the_order_of_the_file_with_sentence_and_mark(view: dict[str, Any]) -> None:
    first, second = view["contrast"]
    assert (first["text"], first["sentence"], first["score"]) == ("on 3 May", 3, 0.5)
    assert [(form["rendering"], form["texts"], form["odd"]) for form in first["forms"]] == [
        ("bridge-001", ["五月三日"], False),
        ("bridge-002", ["决定"], True),
    ]
    assert first["mark"]["severity"] == "major"
    assert first["forms"][1]["mark"] is None
    assert second["mark"] is None


def test_shared_wording_has_what_is_stated_and_runs_by_length(view: dict[str, Any]) -> None:
    pair, other = view["sharing"]
    assert pair["renderings"] == ["bridge-001", "bridge-002"]
    assert pair["summary"] == {"runs": 2, "shares": [0.25, 0.5], "dates": ["2024-05-02", ""], "earlier": "bridge-001"}
    assert [run["text"] for run in pair["runs"]] == ["已有八十年历史", "我写信谈"]
    assert [(run["characters"], run["sentence"]) for run in pair["runs"]] == [(7, 4), (4, 2)]
    assert [(run["kind"], run["other"]) for run in pair["runs"]] == [("near", "已有八十年"), ("verbatim", "我写信谈")]
    lane = pair["lanes"][1]
    assert all(lane["start"] <= start < end <= lane["end"] for start, end, _ in lane["blocks"])
    assert {mode for _, _, mode in lane["blocks"]} == {"direct", "indirect"}
    assert (other["renderings"], other["runs"], "summary" in other) == (["bridge-001", "bridge-004"], [], True)


def test_a_run_is_marked_only_where_both_err(corpus: Corpus, data: dict[str, Any], view: dict[str, Any]) -> None:
    assert [run["mark"] for run in view["sharing"][0]["runs"]] == [None, None]
    run = data["shared"][0]
    finding = {**data["findings"][0], "severity": "minor", "places": run["forms"]}
    both = view_of(corpus, {**data, "findings": [finding]})
    assert sorted(bool(run["mark"]) for run in both["sharing"][0]["runs"]) == [False, True]
    one = view_of(corpus, {**data, "findings": [{**finding, "places": run["forms"][:1]}]})
    info = view_of(corpus, {**data, "findings": [{**finding, "severity": "info"}]})
    for other in (one, info):
        assert not any(run["mark"] for run in other["sharing"][0]["runs"])


def test_a_matrix_counts_forms_and_tells_two_kinds_of_absence(view: dict[str, Any]) -> None:
    (ferry,) = view["tables"]["terms"]
    assert (ferry["text"], ferry["sentence"], ferry["count"]) == ("ferry", 6, 1)
    assert [cell["forms"] for cell in ferry["cells"]][:2] == [
        [{"text": "渡船", "count": 1, "sentence": 6}],
        [{"text": "渡船", "count": 1, "sentence": 6}],
    ]
    assert ferry["cells"][2]["absent"] == "left_out"
    bridge, workshop = view["tables"]["names"]
    assert (bridge["text"], bridge["count"]) == ("bridge", 1)
    assert bridge["cells"][0]["forms"] == [{"text": "这座老桥", "count": 1, "sentence": 2}]
    assert [workshop["cells"][i].get("absent") for i in range(3)] == [None, "left_out", "left_out"]


def test_a_cell_is_marked_where_a_finding_lies(view: dict[str, Any]) -> None:
    date, years = view["tables"]["numbers"]
    assert date["cells"][0]["mark"]["severity"] == "major"
    assert date["cells"][0]["mark"]["messages"]["zh"].startswith("请看")
    assert (date["cells"][1]["absent"], date["cells"][1]["mark"]) == ("unnamed", None)
    assert years["cells"][1]["forms"][0]["text"] == "八十年"
    assert years["cells"][1]["mark"] is None


def test_findings_of_no_single_rendering_are_listed_with_their_places(view: dict[str, Any]) -> None:
    (finding,) = view["findings"]
    assert (finding["severity"], finding["category"], finding["sentence"]) == ("info", ["terminology", "wrong_term"], 6)
    assert [(place["rendering"], place["row"], place["text"]) for place in finding["places"]] == [
        ("bridge-001", 6, "渡船"),
        ("bridge-002", 6, "渡船"),
    ]


def test_a_comparison_without_the_newer_tables_is_shown(corpus: Corpus, data: dict[str, Any]) -> None:
    old = {key: value for key, value in data.items() if key not in ("sharing", "variation")}
    view = view_of(corpus, {**old, "shared": [], "contrast": [], "numbers": []})
    assert view["variation"] == {"pairs": [], "bars": []}
    assert (view["sharing"], view["contrast"], view["tables"]["numbers"]) == ([], [], [])
    assert view["tables"]["names"]


def test_a_comparison_of_other_texts_is_not_shown(corpus: Corpus, data: dict[str, Any]) -> None:
    row = data["names"][0]
    moved = {**row, "forms": [{**row["forms"][0], "start": 0, "end": 4}]}
    view = view_of(corpus, {**data, "names": [moved]})
    assert not view["built"]
    assert "aligner build" in view["problem"]


def test_without_a_comparison_nothing_is_built(corpus: Corpus) -> None:
    view = compare(corpus.letter("bridge"), versions(corpus, "bridge"), None)
    assert (view["built"], view["problem"], view["columns"], view["left_out"]) == (False, "", [], [])
    assert compare(corpus.letter("bridge"), [], None, "broken")["problem"] == "broken"


def test_the_version_changes_with_the_values(corpus: Corpus, data: dict[str, Any], view: dict[str, Any]) -> None:
    assert view_of(corpus, data)["version"] == view["version"]
    assert view_of(corpus, {**data, "contrast": []})["version"] != view["version"]


def test_what_is_written_is_what_the_schema_allows(corpus: Corpus) -> None:
    text = (Path(corpus.folder) / "bridge" / "comparison.json").read_text(encoding="utf-8")
    assert comparison_json.loads(text, "bridge").renderings == ("bridge-001", "bridge-002", "bridge-004")
