"""Letters cut from documents by their words, or found by how letters look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import documents
from aligner.errors import AlignmentError, UnknownNameError, WitnessError
from aligner.formats import collation_json
from aligner.formats.validation import validate
from aligner.model import Document, Witness, sha256_of
from aligner.witnesses import Lexicon, cut, find, letter_from_document, read_letter

CASES = json.loads((Path(__file__).parent / "cases" / "witnesses_find.json").read_text(encoding="utf-8"))
LEXICON = Lexicon.load()

LINES = ("导语。", "Hi all,", "I’ve said “no” – and I leave\r\nExample Corp. It’s time.", "Thank you.", "完。")
ARTICLE = "\r\n\r\n".join(LINES)


def document(text: str) -> Document:
    return Document("a.txt", text, sha256_of(text), "utf-8")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Hi all,", "Thank you."),
        ("Hi  all,\n\nI've said", 'Thank\n"you.'.replace('"', "")),
        ('I\'ve said "no" - and I leave Example', "It's time."),
        ("Hi all, I’ve", "Hi all, I’ve"),
    ],
)
def test_words_are_found_whatever_their_white_space_quotes_and_dashes(first: str, last: str) -> None:
    witness = cut(document(ARTICLE), first, last, "w")
    plain = " ".join(witness.text.split()).translate(str.maketrans("’“”–", '\'""-'))
    assert plain.startswith(" ".join(first.split()).replace("’", "'"))
    assert plain.endswith(" ".join(last.split()).replace("’", "'"))


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("hi all,", "Thank you.", r"a\.txt: does not have the first words “hi all,”; did you mean “Hi all,”\?"),
        ("Hi all,", "Thank yuo.", r"last words “Thank yuo\.”; did you mean “Thank you\.”\?"),
        ("Hi all,", "Nothing like it here", r"last words “Nothing like it here”; copy them from the document"),
        ("Thank you.", "Hi all,", r"last words “Hi all,”; they stand only before the first words"),
        ("I", "Thank you.", r"words “I” stand there \d times \(at \d+, .*\); quote more of the letter's beginning"),
        ("Hi all,", "a", r"last words “a” stand there \d+ times .* \.\.\.\); quote more of the letter's end"),
        (" ", "Thank you.", r"a\.txt: the first words are empty"),
    ],
)
def test_words_that_do_not_mark_one_place_are_refused(first: str, last: str, message: str) -> None:
    with pytest.raises(WitnessError, match=message):
        cut(document(ARTICLE), first, last, "w")


def test_the_nearest_passage_is_shown_shortened_in_a_long_message() -> None:
    words = "Example Corp was founded by people who knew nothing at all about the things that they were going to build"
    with pytest.raises(WitnessError, match=r"did you mean “Example Corp .* … .*”\?"):
        cut(document(f"甲乙丙丁。{words} in time. 完。"), words.replace("knew", "knwe"), "完", "w")


WORDS = st.lists(st.sampled_from(["we", "don’t", '"go"', "—", "far", "(yet)", "o1", "中文"]), min_size=1, max_size=6)


@given(WORDS, st.sampled_from([" ", "\n", "\r\n", "  "]))
def test_what_stands_there_is_found_after_any_wrapping(words: list[str], space: str) -> None:
    text = "Begin: " + space.join(words) + " :end"
    assert cut(document(text), "Begin: " + " ".join(words), ":end", "w").text == text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_letter_is_found_where_it_begins_and_ends(case: dict) -> None:
    start, end = case["text"].index("⟦"), case["text"].index("⟧") - 1
    text = case["text"].replace("⟦", "").replace("⟧", "")
    found = documents.read("article.md", text.encode())
    assert found.text[slice(*find(found))] == text[start:end]


def test_a_document_without_english_has_no_letter() -> None:
    with pytest.raises(WitnessError, match=r"no text in the letter's language; name the letter's first and last words"):
        find(document("今天没有信。\n\n完。"))


@given(st.text(alphabet="Dear al,\n.—测试Hi", max_size=60))
def test_what_is_found_has_no_blank_ends(text: str) -> None:
    try:
        start, end = find(document(text))
    except WitnessError:
        return
    assert text[start:end] and text[start:end] == text[start:end].strip()


@pytest.mark.parametrize(
    ("pins", "first", "last"),
    [
        ({}, "Hi all,", "Thank you."),
        ({"from_words": "Hi all,", "to_words": "It's time."}, "Hi all,", "It’s time."),
        ({"from_words": "It's time."}, "It’s time.", "Thank you."),
        ({"to_words": "It's time."}, "Hi all,", "It’s time."),
    ],
)
def test_a_letter_without_manifest(pins: dict, first: str, last: str) -> None:
    letter = letter_from_document(document(ARTICLE), id="article", **pins)
    assert (letter.id, letter.language) == ("article", "en")
    assert (letter.segments[0].text, letter.segments[-1].text) == (first, last)


def test_a_letters_own_language_can_be_said() -> None:
    letter = letter_from_document(document("Hello.\n\n大家好,我走了。谢谢大家。"), id="x", language="zh-Hans")
    assert (letter.language, letter.base.text) == ("zh-Hans", "大家好,我走了。谢谢大家。")


def test_readings_are_emended_and_unwrapped_and_segments_are_not() -> None:
    text = "Dear all,\nafter a diffcult\nyear I leave."
    letter = read_letter("x", [Witness("w", document(text), 0, len(text))], lexicon=LEXICON, title="T", date="2024")
    assert "".join(segment.text for segment in letter.segments).count("\n") == 1
    assert letter.readings[-1] == "after a difficult year I leave."
    assert (letter.title, letter.date, letter.author) == ("T", "2024", "")


def test_a_letter_needs_a_witness_with_words() -> None:
    with pytest.raises(WitnessError, match="letter x has no witness"):
        read_letter("x", [])
    with pytest.raises(WitnessError, match=r"a\.txt: letter x has no sentence"):
        read_letter("x", [Witness("w", document(" \n "), 0, 3)], lexicon=LEXICON)
    with pytest.raises(UnknownNameError, match="unknown emendation 'e-1-x'; known: none"):
        read_letter("x", [Witness("w", document("Hi all."), 0, 7)], rejected=["e-1-x"], lexicon=LEXICON)


def test_rejected_emendations_stand_in_the_collation_file() -> None:
    text = "After a diffcult year."
    base = Witness("w", document(text), 0, len(text))
    letter = read_letter("x", [base], rejected=["e-8-diffcult"], lexicon=LEXICON)
    data = json.loads(collation_json.dumps(letter))
    assert data["emendations"] == [
        {
            "id": "e-8-diffcult",
            "start": 8,
            "end": 16,
            "text": "diffcult",
            "replacement": "difficult",
            "evidence": "lost_ligature",
            "witness": None,
            "rejected": True,
        }
    ]
    assert letter.readings == (text,)


def test_a_collation_file_is_validated_when_written() -> None:
    broken = Document("a.txt", "Hi all.", "not a hash", "utf-8")
    letter = read_letter("x", [Witness("w", broken, 0, 7)], lexicon=LEXICON)
    with pytest.raises(AlignmentError, match=r"letter x: \$\.witnesses\[0\]\.sha256: .*aligner/collation@1"):
        collation_json.dumps(letter)


@pytest.mark.parametrize("bases", [0, 2])
def test_the_schema_wants_one_base(bases: int) -> None:
    letter = read_letter("x", [Witness(n, document("Hi all."), 0, 7) for n in "ab"], lexicon=LEXICON)
    data = collation_json.to_json(letter)
    for place, witness in enumerate(data["witnesses"]):
        witness["base"] = place < bases
    with pytest.raises(AlignmentError, match="witnesses"):
        validate(data, "collation", "x")
