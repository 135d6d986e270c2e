"""The bead engine on real text: fifteen letters and their translations, one behind the other."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from support_engines import Random, use

from aligner.engines import ENGINES, Bead
from aligner.engines.beads import engine, pieces, speech, text
from aligner.engines.beads.band import band_of
from aligner.engines.beads.rough import Cells

LETTERS = Path(__file__).resolve().parent.parent / "benchmarks" / "letters"


def letters_in_a_row() -> tuple[list[str], list[str], list[tuple[set[int], set[int]]]]:
    """English sentences, the firm spans of the fullest rendering of each letter, and who renders whom."""
    source: list[str] = []
    target: list[str] = []
    links: list[tuple[set[int], set[int]]] = []
    for folder in sorted(LETTERS.glob("[abc]?/gold")):
        sentences = next(
            value["sentences"]
            for key, value in json.loads((folder / "source_sentences.json").read_text("utf-8")).items()
            if key != "_meta"
        )
        renderings = json.loads((folder / "renderings.json").read_text("utf-8"))["renderings"].values()
        fullest = max(renderings, key=lambda r: sum(len(s["en"]) for s in r["spans"] if s["certainty"] == "firm"))
        at = {sentence["id"]: len(source) + k for k, sentence in enumerate(sentences)}
        for span in sorted(fullest["spans"], key=lambda s: s["start"]):
            if span["certainty"] == "firm":
                links.append(({at[e] for e in span["en"]}, {len(target)}))
                target.append(" ".join(span["text"].split()))
        source += [" ".join(sentence["text"].split()) for sentence in sentences]
    return source, target, links


def aligned(monkeypatch: pytest.MonkeyPatch, half: int) -> tuple[Bead, ...]:
    source, target, _ = letters_in_a_row()
    monkeypatch.setattr(engine, "band_of", lambda ours, theirs: band_of(ours, theirs, half))
    return ENGINES["crf"].beads(source, target, use())


def test_the_band_gives_what_looking_everywhere_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    source, target, _ = letters_in_a_row()
    assert min(len(source), len(target)) > 250
    assert aligned(monkeypatch, 30) == aligned(monkeypatch, 10**6)


def test_most_links_of_letters_in_a_row_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, links = letters_in_a_row()
    found = {(i, j) for bead in aligned(monkeypatch, 30) for i in bead.source for j in bead.target}
    wanted = {(i, j) for ours, theirs in links for i in ours for j in theirs}
    # Not all: renderings are partial, and some move sentences, which beads cannot follow.
    assert len(found & wanted) > 0.9 * len(wanted)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("When he came, she left.", ["When he came,", " she left."]),
        ("It cost 3,500 francs.", ["It cost 3,", "500 francs."]),
        ("他说：“我不去。”然后走了。", ["他说：", "“我不去。”", "然后走了。"]),
        ("Yes, I do.", ["Yes, I do."]),
        ("", [""]),
        ("…", ["…"]),
        ("你好。", ["你好。"]),
    ],
)
def test_pieces_of_a_sentence(sentence: str, expected: list[str]) -> None:
    found = text.pieces_of(sentence)
    assert "".join(found) == sentence
    assert found == expected


@pytest.mark.parametrize(
    ("sentences", "language", "before", "begun"),
    [
        (["“Go,” he said.", "“Why", "not?” she asked."], "en", [0, 0, 1, 0], [1, 1, 0]),
        (["It's the dogs' house.", "No."], "en", [0, 0, 0], [0, 0]),
        (["‘It's late,' he said.", "'Go"], "en", [0, 0, 1], [1, 1]),
        (["他说：“去吧。", "别等我。”", "她走了。"], "zh", [0, 1, 0, 0], [1, 0, 0]),
        (["„Ja“, sagte er.", "»Nein"], "de", [0, 0, 1], [1, 1]),
        (["「走吧。」", "他走了。"], "zh-Hant", [0, 0, 0], [1, 0]),
    ],
)
def test_where_quotations_are_open(sentences: list[str], language: str, before: list[int], begun: list[int]) -> None:
    found = speech.quotations(sentences, language)
    assert found[0].tolist() == before
    assert found[1].tolist() == begun


def test_sentences_without_an_end() -> None:
    assert speech.unfinished(["Well.", "and so", "“去吧。”", "他说，", "Non !"]).tolist() == [0, 1, 0, 1, 0]


def test_weight_inside_a_bead_is_what_its_sentences_send_each_other() -> None:
    source = text.text_of(["One, or two, or three.", "Four.", "Five, or six."], "en", Random())
    target = text.text_of(["Sieben, oder acht.", "Neun.", "Zehn."], "de", Random())
    cells = Cells(*np.array([[0, 0, 2], [1, 1, 2], [2, 2, 2]], dtype=np.int64).T)  # 1-1 along the diagonal
    found = pieces.affinity(source, target, cells)
    whole = Cells(*np.array([[0, 0, engine.rough.TYPES.index((3, 3))]], dtype=np.int64).T)
    # All sentences are within reach of each other, so that nothing is sent past a bead that holds them all.
    assert found.source.inside(whole)[0] == pytest.approx(found.source_sent.sum())
    assert found.target.inside(whole)[0] == pytest.approx(found.target_sent.sum())
    assert (found.source.inside(cells) <= found.source_sent + 1e-9).all()
