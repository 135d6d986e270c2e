"""The pieces of the article engine by themselves: reporting words, atoms, runs, residue, words, weights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_engines import Random, align, article_of, cases, use

from aligner.engines import ENGINES
from aligner.engines.article import decode as article_weights
from aligner.engines.article import features, lattice
from aligner.engines.article.atoms import cut
from aligner.engines.article.evidence import clause_runs, encoder_text
from aligner.engines.article.reporting import carrier_end, voices
from aligner.engines.article.residue import is_echo, residue
from aligner.engines.article.windows import MAX_SOURCE, sentence_spans, source_runs, target_runs
from aligner.engines.beads import engine as bead_weights
from aligner.engines.beads import features as bead_features
from aligner.engines.beads import rough
from aligner.engines.words import content_words, word_table
from aligner.errors import AlignerError
from aligner.model import BlockKind, Segment, Span

FILE = "engines_reporting.json"


@pytest.mark.parametrize("case", cases(FILE, "carriers"))
def test_reporting_words(case: dict[str, str]) -> None:
    clause = case["input"]
    assert clause[: carrier_end(clause, case.get("language", "zh-Hans"))] == case["expected"], case["why"]


@pytest.mark.parametrize("case", cases(FILE, "voices"))
def test_who_speaks(case: dict[str, Any]) -> None:
    assert list(voices(case["input"])) == case["expected"], case["why"]


@pytest.mark.parametrize("case", cases(FILE, "residue"))
def test_kinds_of_residue(case: dict[str, Any]) -> None:
    article = article_of(case["article"])
    at = [(article.text.index(text), text) for text in case["segments"]]
    segments = tuple(Segment(f"t{n}", start, start + len(text), text) for n, (start, text) in enumerate(at, 1))
    found = residue(article, segments, case["language"])
    assert [[piece.text, str(piece.kind)] for piece in found] == case["expected"], case["why"]
    assert all(article.text[piece.start : piece.end] == piece.text for piece in found)


def test_an_echo_needs_pairs_of_characters() -> None:
    assert is_echo("周五关门", "我们周五关门。")
    assert not is_echo("关门", "我们周五关门。")
    assert not is_echo("周一开门营业", "我们周五关门。")


ARTICLE = "伊沃表示，面包店“将于周五关门”，街坊都来了。\n\n![](a.png)\n\n> 谢谢大家。\n\nClara Benning\n"


def test_atoms_are_clauses_quotations_and_reporting_words() -> None:
    article = article_of(ARTICLE)
    atoms = cut(article, "zh-Hans")
    assert [article.text[a.start : a.end] for a in atoms] == [
        "伊沃表示，", "面包店", "将于周五关门", "街坊都来了。", "![](a.png)", "谢谢大家。", "Clara Benning",
    ]  # fmt: skip
    by_text = {article.text[a.start : a.end]: a for a in atoms}
    assert by_text["伊沃表示，"].carrier
    assert by_text["将于周五关门"].quoted
    assert not by_text["面包店"].quoted
    assert by_text["谢谢大家。"].quoted
    assert by_text["谢谢大家。"].kind is BlockKind.QUOTATION
    assert by_text["Clara Benning"].foreign


def test_a_stretch_of_a_document_is_cut_alone() -> None:
    article = article_of("我们周五关门。谢谢大家。再见。\n")
    start = article.text.index("谢谢")
    atoms = cut(article, "zh-Hans", Span(start, start + 5))
    assert [article.text[a.start : a.end] for a in atoms] == ["谢谢大家。"]


@given(st.text(alphabet="面包店他说表示周五关门，。；：“”「」（）ABc 1\n*>-#", max_size=60))
def test_atoms_are_in_order_and_say_something(text: str) -> None:
    if not text.strip():
        return
    article = article_of(text) if any(not c.isspace() for c in text) else None
    assert article is not None
    last = 0
    for atom in cut(article, "zh-Hans"):
        assert last <= atom.start < atom.end <= len(text)
        assert any(c.isalnum() for c in text[atom.start : atom.end])
        last = atom.end


@given(st.text(alphabet="面包店说周五关，。；“”AB 1\n", max_size=60))
def test_runs_are_runs_of_usable_atoms(text: str) -> None:
    if not text.strip():
        return
    atoms = cut(article_of(text), "zh-Hans")
    usable = [n % 3 != 2 for n in range(len(atoms))]
    runs = target_runs(atoms, usable)
    assert runs == sorted(set(runs))
    for a, b in runs:
        assert 0 <= a < b <= len(atoms)
        assert all(usable[a:b])
        assert not all(atom.carrier for atom in atoms[a:b])
        assert atoms[a].block == atoms[b - 1].block
    assert [k for a, b in sentence_spans(atoms) for k in range(a, b)] == list(range(len(atoms)))


@pytest.mark.parametrize("count", range(6))
def test_source_runs_are_all_short_runs(count: int) -> None:
    expected = {(i, j) for i in range(count) for j in range(i + 1, count + 1) if j - i <= MAX_SOURCE}
    runs = source_runs(count)
    assert (set(runs), len(runs)) == (expected, len(expected))
    assert runs[:count] == [(i, i + 1) for i in range(count)]


def test_clause_runs_are_shorter_than_the_sentence() -> None:
    reading = "We close on Friday, we thank the night shift, and we go home."
    runs = clause_runs(reading, "en")
    assert runs
    assert all(0 < share < 1 for _, share in runs)
    assert not clause_runs("Ivo", "en")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("**我們週五\n關門。**", "zh-Hant", "我们周五关门。"),
        ("我们（译者注：面包店）关门。", "zh-Hans", "我们关门。"),
        ("我们（和店员）关门。", "zh-Hans", "我们（和店员）关门。"),
        ("We **close**\non Friday.", "en", "We close on Friday."),
    ],
)
def test_what_the_encoder_sees(text: str, language: str, expected: str) -> None:
    assert encoder_text(text, language) == expected


def test_content_words_weigh_more_than_function_words() -> None:
    weights = {word.text: word.weight for word in content_words("We’ll close the bakery in 2009.", "en")}
    assert weights["bakery"] == weights["close"] == weights["2009"] == 1
    assert weights["the"] < 1
    assert {word.text: word.value for word in content_words("四十个面包", "zh-Hans")}["四十"] == 40


def test_words_are_met_by_sense_letters_value_and_sound() -> None:
    source, target = ["Mark sold forty loaves to OpenShop tomorrow."], ["马克明天卖给OpenShop四十个面包，不是五十个。"]
    table = word_table(source, target, use(), ("en", "zh-Hans"))
    left = [word.text for word in content_words(source[0], "en")]
    right = [word.text for word in content_words(target[0], "zh-Hans")]
    strength = {(r, s): float(table.strength[i, k]) for i, r in enumerate(right) for k, s in enumerate(left)}
    assert strength["OpenShop", "OpenShop"] == 1
    assert strength["四十", "forty"] == 1
    assert strength["五十", "forty"] == 0
    assert strength["马克", "Mark"] >= 0.9
    assert strength["明天", "tomorrow"] > 0.5
    assert ((table.strength >= 0) & (table.strength <= 1)).all()


@pytest.mark.parametrize(("source", "target"), [([], []), (["Ivo"], []), ([], ["伊沃"]), ([""], ["。"])])
def test_no_words_no_strengths(source: list[str], target: list[str]) -> None:
    table = word_table(source, target, Random(), ("en", "zh-Hans"))
    assert table.strength.shape == (len(table.target_atom), len(table.source_sentence))


# Weights


@pytest.fixture(params=[article_weights, bead_weights], ids=["article", "beads"])
def holder(request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    request.param.packaged_weights.cache_clear()
    yield request.param
    request.param.packaged_weights.cache_clear()


def held(module: ModuleType) -> dict[str, Any]:
    package = str(module.__package__)
    return json.loads(resources.files(package).joinpath("weights.json").read_text("utf-8"))  # type: ignore[no-any-return]


def instead(module: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the module read its weights from `folder`."""
    monkeypatch.setattr(module, "files", lambda _: folder)


def test_the_weights_fit_the_features(holder: ModuleType) -> None:
    about = held(holder)
    if holder is article_weights:
        weights = article_weights.packaged_weights()
        assert set(about["features"]) == set(features.NAMES)
        assert weights.features.shape == (len(features.NAMES),)
        assert weights.jumps.shape == (len(lattice.JUMPS), lattice.GAPS)
        assert np.isfinite(weights.features).all()
        assert np.isfinite(weights.jumps).all()
    else:
        for chinese in (True, False):
            weights = bead_weights.packaged_weights(chinese)
            assert weights.rough.shape == (len(rough.NAMES),)
            assert weights.fine.shape == (len(bead_features.NAMES),)
            assert np.isfinite(weights.rough).all()
            assert np.isfinite(weights.fine).all()
    assert about["encoder"] == use().signature
    assert about["trained_on"]


def test_an_alignment_names_its_weights_and_its_encoder() -> None:
    signature = align("We close on Friday.\n", "我们周五关门。\n").signature
    assert signature.engine.endswith("/" + held(article_weights)["signature"])
    assert signature.encoder == use().signature
    assert signature.settings["claim"] == article_weights.CLAIM


def test_weights_of_other_features_are_refused(
    holder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = held(holder)
    named = about["features" if holder is article_weights else "fine_any"]
    named["invented"] = named.pop("cosine")
    (tmp_path / "weights.json").write_text(json.dumps(about), encoding="utf-8")
    instead(holder, tmp_path, monkeypatch)
    with pytest.raises(AlignerError, match="train them again"):
        holder.packaged_weights()


@pytest.mark.parametrize("content", [None, "{", "[]", "{}"])
def test_weights_that_are_not_there_are_a_fault_with_a_hint(
    holder: ModuleType, content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "weights.json").write_text(content, encoding="utf-8")
    instead(holder, tmp_path, monkeypatch)
    with pytest.raises(AlignerError, match=r"weights\.json"):
        holder.packaged_weights()


def test_an_engine_says_so_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bead_weights.packaged_weights.cache_clear()
    instead(bead_weights, tmp_path, monkeypatch)
    with pytest.raises(AlignerError, match=r"weights\.json"):
        ENGINES["crf"].beads(["Hello."], ["你好。"], Random())
    bead_weights.packaged_weights.cache_clear()
