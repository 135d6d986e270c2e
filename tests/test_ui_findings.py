"""Findings on the Read page: the runs they cut a text into, where they stand, what they rest on."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import support_ui
from hypothesis import given
from hypothesis import strategies as st

from aligner.corpus import Corpus
from aligner.model import Finding, Place, Quoted, Segment, Severity
from aligner.ui import published
from aligner.ui.views import findings, proof
from aligner.ui.views.reading import reading
from aligner.ui.views.runs import Laid, Stretch, runs

View = dict[str, Any]
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus.open(support_ui.build(tmp_path_factory.mktemp("findings")))


@pytest.fixture(scope="module")
def view(corpus: Corpus) -> View:
    return reading(corpus.letter("bridge"), published.versions(corpus, "bridge"))


def test_overlapping_and_nested_spans_are_cut_into_runs_that_carry_all_of_them() -> None:
    found = runs(100, 120, [Stretch(102, 112, 0), Stretch(104, 106, 1), Stretch(110, 115, 2)])
    assert [(run["start"], run["end"], run["on"], run["off"]) for run in found] == [
        (2, 4, [0], []),
        (4, 6, [0, 1], [1]),
        (6, 10, [0], []),
        (10, 12, [0, 2], [0]),
        (12, 15, [2], [2]),
    ]


def test_what_lies_outside_the_shown_text_is_cut_off_and_what_only_touches_it_is_not_there() -> None:
    spans = [Stretch(0, 10, 0), Stretch(5, 12, 1), Stretch(18, 40, 2), Stretch(20, 22, 3), Stretch(0, 99, 4)]
    found = runs(10, 20, spans)
    assert [(run["start"], run["end"], run["on"]) for run in found] == [(0, 2, [1, 4]), (2, 8, [4]), (8, 10, [2, 4])]
    assert [run["off"] for run in found] == [[1], [], [2, 4]]
    assert runs(10, 20, []) == []


def test_offsets_are_code_points_beyond_the_basic_plane() -> None:
    document = "前言。😀𠮷野家👍🏽很好。"
    start = document.index("😀")
    at = document.index("野家")
    (run,) = runs(start, len(document), [Stretch(at, at + 3, 0)])
    assert document[start:][run["start"] : run["end"]] == "野家👍"
    assert run["start"] == 2


def test_other_places_are_told_apart_from_the_span_itself() -> None:
    found = runs(0, 9, [Stretch(1, 4, 0), Stretch(3, 6, 1, place=True)])
    assert found == [
        {"start": 1, "end": 3, "on": [0], "off": []},
        {"start": 3, "end": 4, "on": [0], "off": [0], "places": [1]},
        {"start": 4, "end": 6, "on": [], "off": [], "places": [1]},
    ]


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=6)


@given(SPANS, st.integers(0, 20), st.integers(0, 20))
def test_every_character_carries_exactly_the_findings_that_lie_over_it(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    stretches = [Stretch(first, first + size, number) for number, (first, size) in enumerate(spans)]
    found = runs(start, start + length, stretches)
    assert all(one["end"] <= two["start"] for one, two in pairwise(found))
    for at in range(length):
        over = [s.finding for s in stretches if s.start <= start + at < s.end]
        on = [run["on"] for run in found if run["start"] <= at < run["end"]]
        assert on == ([over] if over else [])
    ended = [number for run in found for number in run["off"]]
    assert sorted(ended) == sorted({number for run in found for number in run["on"]})


@given(SPANS, st.integers(0, 40), st.integers(1, 20))
def test_the_stretches_over_a_text_are_those_that_share_characters_with_it(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    stretches = [Stretch(first, first + size, number) for number, (first, size) in enumerate(spans)]
    found = Laid(stretches).over(start, start + length)
    assert sorted(found, key=lambda each: each.finding) == [
        each for each in stretches if each.start < start + length and start < each.end
    ]


CUTS = st.sets(st.integers(0, 30), min_size=2, max_size=9).map(sorted)
QUOTES = st.builds(lambda start, size: Quoted(start, start + size, "x" * size), st.integers(0, 32), st.integers(1, 9))


@given(CUTS, st.sets(st.integers(0, 7)), QUOTES)
def test_the_rows_of_words_in_the_letter_are_those_that_they_touch(
    cuts: list[int], left_out: set[int], words: Quoted
) -> None:
    every = [Segment(f"s{at}", at, end, "x" * (end - at)) for at, end in pairwise(cuts)]
    letter = [segment for n, segment in enumerate(every) if n not in left_out]
    touched = tuple(n for n, row in enumerate(letter, 1) if row.start < words.end and words.start < row.end)
    assert findings.source_rows(words, letter) == touched


@given(CUTS, st.lists(st.sets(st.integers(1, 5), max_size=3), min_size=8, max_size=8), QUOTES)
def test_the_rows_of_words_in_the_article_are_those_they_touch_else_the_one_before_else_the_first(
    cuts: list[int], rendered: list[set[int]], words: Quoted
) -> None:
    there = sorted((*span, row) for span, rows in zip(pairwise(cuts), rendered, strict=False) for row in rows)
    touched = sorted({row for start, end, row in there if start < words.end and words.start < end})
    before = [row for start, _, row in there if start <= words.start]
    wanted = touched or before[-1:] or [row for _, _, row in there][:1] or [1]
    assert list(findings.target_rows(words, there)) == wanted


def test_findings_are_listed_by_row_and_gravity_with_their_rows(view: View) -> None:
    listed = [(item["rendering"], item["severity"], item["rows"]) for item in view["findings"]]
    assert listed == [
        ("bridge-001", "major", [3]),
        ("bridge-001", "minor", [3]),
        ("bridge-002", "minor", [4]),
        ("bridge-002", "info", [4]),
        ("bridge-001", "critical", [5]),
    ]


def test_runs_in_the_view_cover_the_quoted_words(view: View) -> None:
    covered: dict[tuple[int, str], str] = {}
    texts = [("source", row) for row in view["rows"]]
    for column in view["columns"]:
        pieces = [piece for cell in column["cells"] for piece in cell.get("pieces", [])]
        texts += [("target", text) for piece in pieces for text in piece["texts"]]
        texts += [("target", item) for items in column["between"].values() for item in items]
    for side, text in texts:
        for run in text.get("runs", []):
            for number in run["on"]:
                key = number, side
                covered[key] = covered.get(key, "") + text["text"][run["start"] : run["end"]]
    wanted = {
        (number, side): item[side]
        for number, item in enumerate(view["findings"])
        for side in ("source", "target")
        if item[side]
    }
    assert covered == wanted


def test_cells_columns_and_the_strip_count_the_same_findings(view: View) -> None:
    for column in view["columns"]:
        own = [n for n, item in enumerate(view["findings"]) if item["rendering"] == column["id"]]
        assert sorted({n for cell in column["cells"] for n in cell.get("findings", [])}) == own
        assert sum(column["findings"].values()) == len(own)
        assert sum(sum(bin_["findings"].values()) for bin_ in column["strip"]) == len(own)
    by_name = {column["id"]: column for column in view["columns"]}
    assert by_name["bridge-001"]["strip"][2]["findings"] == {"major": 1, "minor": 1}
    assert list(by_name["bridge-001"]["findings"]) == ["critical", "major", "minor"]


def test_places_of_one_row_stand_together_and_name_their_row(view: View) -> None:
    (item,) = [item for item in view["findings"] if item["severity"] == "info"]
    comma = {"rendering": "bridge-002", "side": "target", "count": 1, "text": "，"}
    assert item["places"] == [{"row": 2, **comma}, {"row": 6, **comma}]


def test_information_is_hidden_only_when_there_is_much_of_it(view: View) -> None:
    assert not view["hide_info"]
    item = findings.Listed("r", finding(), (1,))
    assert findings.hides_info([item] * 3, 8)
    assert not findings.hides_info([item] * 2, 8)


def finding(**evidence: object) -> Finding:
    words = Quoted(0, 2, "Hi")
    return Finding("f", "omission", "accuracy/omission", Severity.INFO, words, None, 0.512, {}, (), evidence)


@pytest.mark.parametrize(
    ("evidence", "key", "values"),
    [
        ({"unmet": ["never", "good"]}, "unmet", {"words": ["never", "good"]}),
        ({"kept_by": ["x-002", "x-9"]}, "kept_by", {"names": ["002", "x-9"]}),
        ({"rendered": 0.9167}, "rendered", {"share": 92}),
        ({"nearest": 0.5}, "nearest", {"value": "0.50"}),
        ({"something_new": ["a", 1]}, "plain", {"name": "something new", "value": ["a", "1"]}),
        (
            {"source": {"value": 6.5, "scale": "count"}, "target": {"value": [1500, 2000], "scale": "count"}},
            "figures",
            {"one": "6.5", "two": "1,500–2,000"},
        ),
        ({"value": {"value": 0.25, "scale": "share"}}, "value", {"value": "25\u00a0%"}),
    ],
)
def test_evidence_becomes_a_line_to_read(evidence: dict[str, object], key: str, values: dict[str, object]) -> None:
    first, last = proof.lines(finding(**evidence), {"x-002": "002"})
    assert (first["key"], first["values"]) == (key, values)
    assert last == {"key": "seen_by", "values": {"score": "0.51"}, "checks": ["omission"]}


def test_units_bounds_and_kinds_are_keys_of_messages() -> None:
    years = {"value": 6.5, "scale": "duration", "unit": "year"}
    (line, _) = proof.lines(finding(source=years, target={**years, "value": 6}), {})
    assert line["terms"] == {"unit": "unit.year", "unit2": "unit.year"}
    (line, _) = proof.lines(finding(source="less", target="more"), {})
    assert line["terms"] == {"source": "bound.less", "target": "bound.more"}
    (line, _) = proof.lines(finding(kind="outside"), {})
    assert line["terms"] == {"term": "mode.outside"}


def test_nothing_raw_reaches_the_page_and_every_other_check_is_named() -> None:
    (line,) = proof.lines(finding(also=["quotation"], deep={"a": {"b": 1}}, group="x"), {})
    assert line["checks"] == ["omission", "quotation"]


def test_a_place_in_a_rendering_that_is_not_there_is_left_out(corpus: Corpus) -> None:
    letter = corpus.letter("bridge").segments
    here = Place("gone", "target", 0, 1, "x"), Place("gone", "source", letter[1].start, letter[1].start + 1, "I")
    assert [(item["row"], item["side"]) for item in findings.places(here, letter, {})] == [(2, "source")]


@pytest.mark.parametrize("letter", [entry.id for entry in Corpus.open(ROOT / "corpus").manifest.letters])
def test_every_finding_of_the_corpus_is_marked_and_listed(letter: str) -> None:
    opened = Corpus.open(ROOT / "corpus")
    shown = reading(opened.letter(letter), published.versions(opened, letter))
    built = [opened.alignment(letter, item.id) for item in opened.entry(letter).renderings]
    assert len(shown["findings"]) == sum(len(each.findings) for each in built if each) > 0
    texts = [*shown["rows"]]
    for column in shown["columns"]:
        texts += [text for cell in column["cells"] for piece in cell.get("pieces", []) for text in piece["texts"]]
        texts += [item for items in column["between"].values() for item in items]
    marked = {number for text in texts for run in text.get("runs", []) for number in run["on"]}
    assert marked == set(range(len(shown["findings"])))
