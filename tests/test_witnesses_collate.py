"""Two witnesses word by word."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.model import Document, Witness, sha256_of
from aligner.witnesses import Lexicon, collate
from aligner.witnesses.collate import columns
from aligner.witnesses.matching import opcodes
from aligner.witnesses.words import words

CASES = json.loads((Path(__file__).parent / "cases" / "collation_pairs.json").read_text(encoding="utf-8"))
LEXICON = Lexicon.load()
KINDS = {"typography", "scan_error", "lost_words", "added_words", "substitution"}


def witness(text: str, name: str, before: str = "") -> Witness:
    document = Document(f"{name}.txt", before + text, sha256_of(before + text), "utf-8")
    return Witness(name, document, len(before), len(before + text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_variants(case: dict) -> None:
    found = collate(witness(case["base"], "a"), witness(case["other"], "b"), LEXICON)
    assert [[variant.kind, variant.base.text, variant.other.text] for variant in found] == case["expected"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_variants_the_other_way_round(case: dict) -> None:
    swap = {"lost_words": "added_words", "added_words": "lost_words"}
    found = collate(witness(case["other"], "a"), witness(case["base"], "b"), LEXICON)
    expected = [[swap.get(kind, kind), other, base] for kind, base, other in case["expected"]]
    assert [[variant.kind, variant.base.text, variant.other.text] for variant in found] == expected


VOCABULARY = ["we", "thank", "you", "You", "still", "stil", ",", ".", "’", '"', "—", "office", "ofce", "I'll", "I’l"]
TEXTS = st.lists(
    st.tuples(st.sampled_from(VOCABULARY), st.sampled_from([" ", "\n", "\n\n", "  "])), min_size=1, max_size=25
).map(lambda pairs: "".join(word + space for word, space in pairs).strip())


@given(TEXTS, TEXTS)
def test_replacing_the_variants_turns_one_witness_into_the_other(one: str, two: str) -> None:
    base, other = witness(one, "a", "前文 "), witness(two, "b", "Some text before. ")
    found = collate(base, other, LEXICON)
    made, last = "", base.start
    for variant in found:
        assert variant.kind in KINDS
        for reading, side in ((variant.base, base), (variant.other, other)):
            assert side.start <= reading.start <= reading.end <= side.end
            assert side.document.text[reading.start : reading.end] == reading.text
        assert variant.base.start >= last
        made += base.document.text[last : variant.base.start] + " " + variant.other.text + " "
        last = variant.base.end
    made += base.document.text[last : base.end]
    assert "".join(made.split()) == "".join(two.split())
    assert len({variant.id for variant in found}) == len(found)


@given(TEXTS)
def test_a_witness_does_not_differ_from_itself(text: str) -> None:
    assert collate(witness(text, "a"), witness(text, "b", "x "), LEXICON) == ()


@given(TEXTS, TEXTS)
def test_columns_hold_every_word_of_both_sides_in_order(one: str, two: str) -> None:
    base, other = words(witness(one, "a")), words(witness(two, "b"))
    paired = columns(base, other)
    assert tuple(word for word, _ in paired if word) == base
    assert tuple(word for _, word in paired if word) == other
    assert all(first or second for first, second in paired)


def test_a_stretch_that_is_too_long_to_pair_is_one_substitution() -> None:
    one = " ".join(f"alpha{n}" for n in range(150))
    two = " ".join(f"omega{n}" for n in range(150))
    found = collate(witness(f"Dear all, {one} goodbye", "a"), witness(f"Dear all, {two} goodbye", "b"), LEXICON)
    assert [(variant.kind, variant.base.text, variant.other.text) for variant in found] == [("substitution", one, two)]


def test_a_long_text_that_repeats_itself_is_compared_word_by_word() -> None:
    verse = "We thank you for the diffcult years, and for the office by the river.\n\n"
    base = verse * 160  # over 2,000 words, all of which come often
    other = base.replace("diffcult", "difficult").replace("the river", "the old river", 1)
    found = collate(witness(base, "a"), witness(other, "b"), LEXICON)
    assert len(found) == 161
    assert {(variant.base.text, variant.other.text) for variant in found} == {("diffcult", "difficult"), ("", "old")}


@given(
    st.lists(st.sampled_from("abc"), min_size=1005, max_size=1100),
    st.integers(min_value=0, max_value=1000),
    st.lists(st.sampled_from("abcd"), max_size=40),
    st.integers(min_value=0, max_value=40),
)
@settings(max_examples=25)
def test_the_parts_of_a_long_text_leave_out_and_repeat_nothing(
    base: list[str], at: int, new: list[str], lost: int
) -> None:
    other = base[:at] + new + base[at + lost :]
    found = list(opcodes(base, other))
    assert [code[1:] for code in found][:1] == [(0, found[0][2], 0, found[0][4])]
    for (_, _, j, _, m), (_, i, _, k, _) in pairwise(found):
        assert (j, m) == (i, k)
    assert found[-1][2::2] == (len(base), len(other))
    assert all(base[i:j] == other[k:m] for tag, i, j, k, m in found if tag == "equal")
