"""Sentences, clauses and quotations: hard cases from tests/cases, and laws for any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Block, BlockKind, Span
from aligner.text.clauses import clauses
from aligner.text.lines import LIST_MARKER, is_blank
from aligner.text.quotes import quotes
from aligner.text.sentences import letter_sentences, sentences

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    rows = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["label"]) for row in rows]


@pytest.mark.parametrize("case", cases("segmentation_english.json"))
def test_english_sentences(case: dict[str, Any]) -> None:
    found = sentences(case["input"], "en")
    assert [span.of(case["input"]) for span in found] == case["expected"], case["why"]


@pytest.mark.parametrize("case", cases("segmentation_chinese.json"))
def test_chinese_sentences(case: dict[str, Any]) -> None:
    found = sentences(case["input"], "zh-Hans")
    assert [span.of(case["input"]) for span in found] == case["expected"], case["why"]


@pytest.mark.parametrize("case", cases("segmentation_clauses.json"))
def test_clauses(case: dict[str, Any]) -> None:
    text = case["input"]
    found = clauses(text, case["language"], 0, len(text))
    assert [span.of(text) for span in found] == case["expected"], case["why"]


@pytest.mark.parametrize("case", cases("segmentation_quotes.json"))
def test_quotes(case: dict[str, Any]) -> None:
    text = case["input"]
    assert [text[q.inner_start : q.inner_end] for q in quotes(text)] == case["expected"], case["why"]


@pytest.mark.parametrize("case", cases("segmentation_known_failures.json"))
@pytest.mark.xfail(strict=True, reason="needs grammar or meaning")
def test_known_failures(case: dict[str, Any]) -> None:
    found = sentences(case["input"], case["language"])
    assert [span.of(case["input"]) for span in found] == case["expected"], case["why"]


PIECES = [
    *"。！？…，；：、“”‘’「」『』（）()《》.!?,;:'\"-—–*•>#[]%$1234 \n\r\t\u3000\u200b",
    *[
        "\n\n",
        "\r\n",
        "……",
        "——",
        "Mr.",
        "a.m.",
        "U.S.",
        "6.5",
        "10:30",
        "1. ",
        "- ",
        "Hi all,",
        "大家好，",
        "他说",
        "我们走",
    ],
    *[
        "we left",
        "They stayed",
        "and then",
        "because",
        "which is",
        "Best,",
        "...",
        "http://a.example/s?x=1",
        "開始",
        "行き",
    ],
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)
LANGUAGES = st.sampled_from(["en", "zh-Hans", "zh-Hant", "ja", "de"])


def covers(text: str, spans: tuple[Span, ...], start: int, end: int) -> list[str]:
    """The gaps around `spans`, after checking that they are in order, apart, inside and not blank."""
    last = start
    gaps = []
    for span in spans:
        assert last <= span.start < span.end <= end
        assert not is_blank(span.of(text))
        gaps.append(text[last : span.start])
        last = span.end
    gaps.append(text[last:end])
    return gaps


@given(TEXTS, LANGUAGES)
def test_segments_and_gaps_join_back_to_the_text(text: str, language: str) -> None:
    spans = sentences(text, language)
    gaps = covers(text, spans, 0, len(text))
    joined = "".join(gap + span.of(text) for gap, span in zip(gaps, spans, strict=False)) + gaps[-1]
    assert joined == text


@given(TEXTS, LANGUAGES)
def test_nothing_but_white_space_and_list_markers_is_left_out(text: str, language: str) -> None:
    for gap in covers(text, sentences(text, language), 0, len(text)):
        for line in gap.replace("\u200b", "").splitlines():
            assert is_blank(line) or LIST_MARKER.fullmatch(line + "x", 0, len(line) + 1) or marker(line), repr(gap)


def marker(line: str) -> bool:
    match = LIST_MARKER.match(line + "x")
    return bool(match and match.end() >= len(line.rstrip()))


@given(TEXTS, LANGUAGES, st.integers(0, 20), st.integers(0, 20))
def test_a_range_is_segmented_inside_itself(text: str, language: str, skip: int, drop: int) -> None:
    start = min(skip, len(text))
    end = max(start, len(text) - drop)
    covers(text, sentences(text, language, start, end), start, end)


@given(TEXTS, LANGUAGES)
def test_clauses_partition_their_sentence(text: str, language: str) -> None:
    for sentence in sentences(text, language):
        gaps = covers(text, clauses(text, language, sentence.start, sentence.end), sentence.start, sentence.end)
        assert all(is_blank(gap) for gap in gaps)


@given(TEXTS)
def test_quotations_nest_or_stand_apart(text: str) -> None:
    found = quotes(text)
    for quote in found:
        assert 0 <= quote.start < quote.inner_start <= quote.inner_end <= quote.end <= len(text)
        assert quote.closed == (quote.end == quote.inner_end + 1)
    for a in found:
        for b in found:
            crossing = a.start < b.start < a.end < b.end
            assert not (crossing and a.closed and b.closed)


def test_a_letter_is_read_block_by_block_without_what_interrupts_it() -> None:
    text = "Dear all,\nI left.\nADVERTISEMENT\nYou stayed\nHome"
    first, second, third, fourth, fifth = (text.index(word) for word in ("Dear", "I left", "ADV", "You", "Home"))
    blocks = [
        Block(first, second - 1, BlockKind.BODY),
        Block(second, third - 1, BlockKind.BODY),
        Block(third, fourth - 1, BlockKind.FURNITURE),
        Block(fourth, fifth - 1, BlockKind.BODY),
        Block(fifth, len(text), BlockKind.FURNITURE),
    ]
    found = letter_sentences(text, "en", 0, fifth - 1, blocks)
    assert [span.of(text) for span in found] == ["Dear all,", "I left.", "You stayed"]
    pinned = letter_sentences(text, "en", 0, len(text), blocks)
    assert pinned[-1].of(text) == "Home", "furniture that the letter was said to end with is kept"


SEEDS = Path(__file__).parent.parent / "seeds"


def test_the_letters_of_the_seeds() -> None:
    text = (SEEDS / "002_9bb0490565fdc463.txt").read_bytes().decode("utf-8")
    murati = [span.of(text) for span in letter_sentences(text, "en", 3194, 5142)]
    altman = [span.of(text) for span in letter_sentences(text, "en", 5164, 8008)]
    assert (len(murati), len(altman)) == (17, 24)
    assert murati[0] == "Hi all,"
    assert murati[-1].startswith("With deep gratitude")
    assert altman[:2] == ["i just posted this note to openai:", "Hi All–"]
    assert altman[-1] == "Thank you for all of your hard work and dedication."
    other = (SEEDS / "001_44d97e71a72399e6.txt").read_bytes().decode("utf-8")
    assert len(letter_sentences(other, "en", 198, 2128)) == len(murati), "both witnesses have the same sentences"
