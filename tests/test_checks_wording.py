"""Renderings word by word: every word in one column, every character in one place, and of which kind a place is."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_checks import small_context
from support_engines import use

from aligner.checks.passages import Passage, whole
from aligner.checks.wording import WordDifference, collate, difference, medoid
from aligner.checks.wording.collate import path
from aligner.checks.wording.difference import Known
from aligner.checks.wording.spots import LONG, cuts, places
from aligner.comparison import Row
from aligner.errors import AlignerError
from aligner.model import Alignment, Document, Place, Quoted
from aligner.pipeline.wordwise import Renderings, compare_words, known_of

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "wording.json").read_text("utf-8"))

letters = st.lists(st.lists(st.sampled_from("abc"), max_size=6), min_size=2, max_size=4)


def table(one: list[str], other: list[str]) -> np.ndarray:
    return np.array([[float(a == b) for b in other] for a in one]).reshape(len(one), len(other))


def tables(texts: list[list[str]]) -> dict[tuple[int, int], np.ndarray]:
    return {(a, b): table(texts[a], texts[b]) for a, b in itertools.combinations(range(len(texts)), 2)}


def pairs_of(source: str, renderings: dict[str, str]) -> dict[str, tuple[Passage, Passage]]:
    return {name: (whole(source, "en"), whole(text, "zh-Hans")) for name, text in renderings.items()}


def shown(found: WordDifference) -> list[list[str]]:
    return [
        [spot.kind.value, *(p.text[s.start : s.stop] for p, s in zip(found.passages, spot.sides, strict=True))]
        for spot in found.spots
    ]


@given(letters, st.integers(0, 3))
def test_every_word_stands_in_one_column_in_its_own_order(texts: list[list[str]], base: int) -> None:
    columns = collate([len(text) for text in texts], tables(texts), base % len(texts))
    for k, text in enumerate(texts):
        assert [column[k] for column in columns if column[k] is not None] == list(range(len(text)))


@given(letters, st.integers(0, 3))
def test_stretches_of_a_rendering_join_to_its_text(texts: list[list[str]], base: int) -> None:
    columns = collate([len(text) for text in texts], tables(texts), base % len(texts))
    found = places(columns, texts)
    written = [" ".join(text) + "." for text in texts]
    starts = [[2 * k for k in range(len(text))] for text in texts]
    stretches = cuts([place.words for place in found], starts, [len(text) for text in written])
    for k, text in enumerate(written):
        own = [text[cut[k][0] : cut[k][1]] for cut in stretches]
        assert "".join(own) == (text if texts[k] else "")


@given(st.lists(st.sampled_from("abcd"), max_size=7), st.lists(st.sampled_from("abcd"), max_size=7))
def test_a_path_is_as_long_as_the_longest_common_order(one: list[str], other: list[str]) -> None:
    def longest(a: list[str], b: list[str]) -> int:  # slow and obviously right
        if not a or not b:
            return 0
        both = longest(a[1:], b[1:]) + 1 if a[0] == b[0] else 0
        return max(both, longest(a[1:], b), longest(a, b[1:]))

    assert len(path(table(one, other))) == longest(one, other)


def test_the_medoid_is_what_the_others_resemble() -> None:
    texts = [list("xyz"), list("abcd"), list("abce")]
    assert medoid([3, 4, 4], tables(texts)) == 1


def test_who_leaves_out_a_long_stretch_does_not_hide_how_the_others_differ() -> None:
    shared, other = [f"w{n}" for n in range(LONG)], [f"w{n}" for n in range(LONG)]
    other[2] = "v"
    columns = [(n, n, None) for n in range(LONG)] + [(LONG, LONG, 0)]
    found = places(columns, [[*shared, "end"], [*other, "end"], ["end"]])
    assert [(place.same, sorted(place.silent)) for place in found] == [
        (True, [2]), (False, [2]), (True, [2]), (True, []),
    ]  # fmt: skip
    short = places(columns[1:], [[*shared, "end"], [*other, "end"], ["end"]])
    assert [place.same for place in short] == [False, True]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    found = difference(pairs_of(case["source"], case["renderings"]), use())
    spots = [spot for spot in found.spots if spot.kind != "same"]
    parts = [spot for spot in shown(found) if spot[0] != "same"]
    assert [[*part, spot.reasons[0].value] for part, spot in zip(parts, spots, strict=True)] == case["places"]


def test_three_renderings_are_grouped_by_what_they_say() -> None:
    source = "The ferry sails at six."
    found = difference(
        pairs_of(source, {"a": "渡船六点启航。", "b": "渡船七点启航。", "c": "渡船六点启航。"}), use(), "b"
    )
    assert (found.renderings, found.base) == (("a", "b", "c"), "b")
    assert shown(found)[1] == ["meaning", "六点", "七点", "六点"]
    assert [side.group for side in found.spots[1].sides] == [0, 1, 0]
    for k, passage in enumerate(found.passages):
        assert "".join(passage.text[s.sides[k].start : s.sides[k].end] for s in found.spots) == passage.text


def test_what_was_found_before_makes_a_difference_in_meaning() -> None:
    pairs = pairs_of("The organization helps the town.", {"a": "机构帮助全镇。", "b": "组织帮助全镇。"})
    here = {"a": [(0, 2)]}
    assert [s.reasons[0] for s in difference(pairs, use(), known=Known(here)).spots if s.reasons] == ["finding"]
    both = Known({}, [{"a": [(0, 2)], "b": [(0, 2)]}])
    assert [s.reasons[0] for s in difference(pairs, use(), known=both).spots if s.reasons] == ["contrast"]
    one = Known({}, [here])
    assert [s.reasons[0] for s in difference(pairs, use(), known=one).spots if s.reasons] == ["synonym"]


def test_one_rendering_or_a_strange_base_is_refused() -> None:
    pairs = pairs_of("It is six.", {"a": "六点。", "b": "六点。"})
    for given_, base in (({"a": pairs["a"]}, None), (pairs, "c")):
        with pytest.raises(AlignerError, match="cannot be collated"):
            difference(given_, use(), base)


def letter_of(renderings: dict[str, Any]) -> Renderings:
    context = small_context(["The ferry sails at six.", "Bring a lamp."], renderings)
    assert context.letter
    alignments: dict[str, Alignment] = {r.id: r.alignment for r in context.renderings if r.alignment}
    documents: dict[str, Document] = {r.id: r.document for r in context.renderings if r.document}
    return Renderings(context.letter, alignments, documents)


def test_a_sentence_of_a_letter_is_compared_in_the_renderings_that_have_it() -> None:
    letter = letter_of(
        {"a": ["渡船六点启航。", "带一盏灯。"], "b": ["渡船七点启航。", "带一盏灯。"], "c": [None, "带上灯。"]}
    )
    every, found = compare_words(letter, 0, use())
    assert (list(every), every["a"].rows) == (["a", "b"], (0,))
    assert found
    assert [spot[0] for spot in shown(found)] == ["same", "meaning", "same"]
    _, pair = compare_words(letter, 1, use(), names=("a", "c"), base="b")
    assert pair
    assert pair.renderings == ("a", "c")
    assert compare_words(letter, 0, use(), names=("a", "c"))[1] is None


def test_contrasts_of_the_comparison_are_known_by_their_places() -> None:
    from aligner.comparison import Comparison

    forms = tuple(Place(name, "target", 2, 3, "六") for name in "ab")
    rows = tuple(Row(kind, (Quoted(0, 3, "six"),), forms) for kind in ("contrast", "shared"))
    letter = letter_of({"a": ["渡船六点启航。", None], "b": ["渡船七点启航。", None]})
    known = known_of(letter.alignments, Comparison("letter", ("a", "b"), rows))
    assert known == Known({"a": [], "b": []}, [{"a": [(2, 3)], "b": [(2, 3)]}])
