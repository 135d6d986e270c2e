"""The seeds as the manifest describes them, and the two letters they carry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.corpus import Corpus
from aligner.formats import collation_json
from aligner.model import sha256_of
from aligner.witnesses import read_letter

ROOT = Path(__file__).parent.parent
CASES = json.loads((Path(__file__).parent / "cases" / "seeds_letters.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.open(ROOT / "corpus")


def test_the_manifest_lists_every_seed_with_its_sha256(corpus: Corpus) -> None:
    files = {path.name: sha256_of(path.read_bytes()) for path in (ROOT / "seeds").iterdir()}
    assert {entry.file: entry.sha256 for entry in corpus.manifest.documents} == files
    assert len(files) == 5


def test_the_ids_are_the_ones_other_programs_rely_on(corpus: Corpus) -> None:
    assert {letter.id: [rendering.id for rendering in letter.renderings] for letter in corpus.manifest.letters} == {
        "murati": ["murati-000", "murati-002", "murati-003"],
        "altman": ["altman-002", "altman-003", "altman-004"],
    }
    for letter in corpus.manifest.letters:
        for rendering in letter.renderings:
            assert rendering.document[:3] == rendering.id[-3:]
            assert rendering.from_words is None and rendering.to_words is None
        assert [witness.document[:3] for witness in letter.witnesses if witness.base] == ["002"]


def test_titles_outlets_and_dates_are_what_the_documents_state(corpus: Corpus) -> None:
    for entry in corpus.manifest.documents:
        text = corpus.document(entry.file).text
        assert all(stated in text for stated in (entry.title, entry.url, entry.outlet, entry.date))
    for letter in corpus.manifest.letters:
        for rendering in letter.renderings:
            text = corpus.document(rendering.document).text
            assert rendering.outlet in text and rendering.date in text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_letter_is_cut_and_segmented_as_read_by_hand(case: dict, corpus: Corpus) -> None:
    letter = corpus.letter(case["letter"])
    assert letter.base.document.name == case["document"]
    assert [letter.base.start, letter.base.end] == case["region"]
    assert [[segment.start, segment.end] for segment in letter.segments] == case["segments"]
    assert [segment.id for segment in letter.segments] == [f"s{n}" for n in range(1, len(case["segments"]) + 1)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_the_reading_text_is_the_letter_without_its_damage(case: dict, corpus: Corpus) -> None:
    letter = corpus.letter(case["letter"])
    pairs = zip(letter.segments, letter.readings, strict=True)
    changed = {segment.id: reading for segment, reading in pairs if reading != segment.text}
    assert changed == case["readings"]


def test_emendations_of_the_first_letter_with_their_evidence(corpus: Corpus) -> None:
    letter = corpus.letter("murati")
    evidence = [(e.text, e.replacement, e.evidence, e.witness) for e in letter.emendations]
    assert evidence == [
        ("diffcult", "difficult", "witness", "001"),
        ("OpenAl", "OpenAI", "homoglyph", None),
        ("OpenAl", "OpenAI", "homoglyph", None),
        ("OpenAl", "OpenAI", "homoglyph", None),
        ("Al", "AI", "homoglyph", None),
        ("Al", "AI", "homoglyph", None),
        ("OpenAl", "OpenAI", "homoglyph", None),
        ("Al", "AI", "homoglyph", None),
        ("scientifc", "scientific", "witness", "001"),
    ]
    assert corpus.letter("altman").emendations == ()


def test_variants_of_the_first_letter(corpus: Corpus) -> None:
    letter = corpus.letter("murati")
    assert [(v.kind, v.base.text, v.other.text) for v in letter.variants if v.kind != "typography"] == [
        ("scan_error", "diffcult", "difficult"),
        ("scan_error", "I'll", "I’l"),
        ("scan_error", "brilliance", "briliance"),
        ("lost_words", "exploration.", ""),
        ("scan_error", "scientifc", "scientific"),
        ("scan_error", "still", "stil"),
    ]
    marks = [v for v in letter.variants if v.kind == "typography" and v.base.text.strip()]
    assert [(v.base.text, v.other.text) for v in marks] == [
        ("There's", "There’s"),
        ("-", "–"),
        ("didn't", "didn’t"),
        ("everyone's", "everyone’s"),
        ("I'm", "I’m"),
        ("we've", "we’ve"),
        ("we've", "we’ve"),
    ]


def test_the_other_witness_as_base_is_healed_by_the_first(corpus: Corpus) -> None:
    first, second = corpus.letter("murati").witnesses
    found = read_letter("murati", [second, first])
    healed = [(e.text, e.replacement) for e in found.emendations if e.evidence == "witness"]
    assert healed == [("I’l", "I’ll"), ("briliance", "brilliance"), ("stil", "still")]
    assert len(found.segments) == len(corpus.letter("murati").segments)
    assert not any("\n" in reading for reading in found.readings)


def test_the_collation_file_has_every_variant_and_emendation(corpus: Corpus) -> None:
    letter = corpus.letter("murati")
    data = json.loads(collation_json.dumps(letter))
    assert data["schema"] == "aligner/collation@1"
    assert [(w["id"], w["base"], w["start"], w["end"]) for w in data["witnesses"]] == [
        ("002", True, 3194, 5142),
        ("001", False, 198, 2128),
    ]
    texts = {witness.id: witness.document.text for witness in letter.witnesses}
    for variant in data["variants"]:
        for reading in (variant["base"], variant["other"]):
            assert texts[reading["witness"]][reading["start"] : reading["end"]] == reading["text"]
    assert len(data["variants"]) == len(letter.variants)
    assert [e["id"] for e in data["emendations"]] == [e.id for e in letter.emendations]
    assert {e["rejected"] for e in data["emendations"]} == {False}
