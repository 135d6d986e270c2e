"""Corrections of the base witness: by rules, by other witnesses, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import MissingExtraError, UnknownNameError
from aligner.model import Document, Emendation, Witness, sha256_of
from aligner.text import vocabulary
from aligner.witnesses import Lexicon, emend
from aligner.witnesses.emend import apply

LEXICON = Lexicon.load()


def cases(name: str) -> list[dict]:
    return json.loads((Path(__file__).parent / "cases" / f"emendations_{name}.json").read_text(encoding="utf-8"))


def witness(text: str, name: str = "a") -> Witness:
    return Witness(name, Document(f"{name}.txt", text, sha256_of(text), "utf-8"), 0, len(text))


def pairs(found: tuple[Emendation, ...]) -> list[list[str]]:
    return [[emendation.text, emendation.replacement] for emendation in found]


@pytest.mark.parametrize("case", cases("homoglyph"), ids=lambda case: case["label"])
def test_look_alikes(case: dict) -> None:
    found = emend([witness(case["text"])], LEXICON)
    assert pairs(found) == case["expected"]
    assert {emendation.evidence for emendation in found} == {"homoglyph"}


@pytest.mark.parametrize("case", cases("ligature"), ids=lambda case: case["label"])
def test_lost_ligatures(case: dict) -> None:
    found = emend([witness(case["text"])], LEXICON)
    assert pairs(found) == case["expected"]
    assert {emendation.evidence for emendation in found} == {"lost_ligature"}


@pytest.mark.parametrize("case", cases("left_alone"), ids=lambda case: case["label"])
def test_left_alone(case: dict) -> None:
    assert pairs(emend([witness(case["text"])], LEXICON)) == []


@pytest.mark.parametrize("case", cases("witness"), ids=lambda case: case["label"])
def test_another_witness_is_evidence(case: dict) -> None:
    found = emend([witness(case["text"]), witness(case["other"], "b")], LEXICON)
    assert pairs(found) == case["expected"]
    assert {(emendation.evidence, emendation.witness) for emendation in found} <= {("witness", "b")}


def test_the_rule_speaks_where_the_witnesses_share_the_damage() -> None:
    texts = ("I leave DeepAl after a diffcult year. DeepAI.", "I leave DeepAl after a difficult year. DeepAI.")
    found = emend([witness(texts[0]), witness(texts[1], "b")], LEXICON)
    assert [(e.text, e.evidence, e.witness) for e in found] == [
        ("DeepAl", "homoglyph", None),
        ("diffcult", "witness", "b"),
    ]


def test_ids_name_place_and_word_and_rejected_ones_are_kept_but_not_applied() -> None:
    text = "A diffcult and scientifc year."
    every = emend([witness(text)], LEXICON)
    assert [emendation.id for emendation in every] == ["e-2-diffcult", "e-15-scientifc"]
    one = emend([witness(text)], LEXICON, ["e-2-diffcult"])
    assert [emendation.rejected for emendation in one] == [True, False]
    assert apply(text, 0, one) == "A diffcult and scientific year."


def test_rejecting_what_is_not_there_is_an_error_that_names_what_is() -> None:
    with pytest.raises(UnknownNameError, match=r"e-9-nothing.*known: e-2-diffcult"):
        emend([witness("A diffcult year.")], LEXICON, ["e-9-nothing"])


def test_emendations_are_applied_within_the_stretch_only() -> None:
    text = "A diffcult year. A scientifc year."
    found = emend([witness(text)], LEXICON)
    assert apply(text[17:], 17, found) == "A scientific year."
    assert apply(text[:16], 0, found) == "A difficult year."


WORDS = ["we", "Al", "DeepAl", "AI", "diffcult", "wilI", "2O24", "said", "and", "Bob", ".", ",", "l", "l'm", "中文"]


@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_emendations_are_in_order_say_what_stands_there_and_change_it(text: str) -> None:
    last = 0
    for emendation in emend([witness(text)], LEXICON):
        assert last <= emendation.start
        assert text[emendation.start : emendation.end] == emendation.text != emendation.replacement
        last = emendation.end


def test_without_a_lexicon_the_documents_are_evidence_still() -> None:
    found = emend([witness("We leave DeepAl. DeepAI is diffcult. Diffcult things are difficult.")], Lexicon())
    assert pairs(found) == [["DeepAl", "DeepAI"], ["diffcult", "difficult"]]


def test_a_vocabulary_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vocabulary.resources, "files", lambda _: tmp_path)
    with pytest.raises(MissingExtraError, match="not installed"):
        Lexicon.load()
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "sp.model").write_bytes(b"something else")
    with pytest.raises(MissingExtraError, match="cannot be read"):
        Lexicon.load()
