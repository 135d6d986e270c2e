"""Scores of letters: cases computed by hand, the gold against itself, and faults of the gold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support_evaluation import SENTENCES, SOURCE, TARGET, aligned, gold_json, place, small, write_gold

from aligner.errors import AlignmentError, DocumentError
from aligner.evaluation import Gold, LetterScores, Tally, read_gold, rendering_of, score_built, score_rendering
from aligner.evaluation.letter_scores import content
from aligner.formats import alignment_json
from aligner.model import Alignment, Segment

ROOT = Path(__file__).parent.parent
CASES = json.loads((Path(__file__).parent / "cases" / "evaluation_letters.json").read_text(encoding="utf-8"))
BENCHMARKS = ROOT / "benchmarks" / "letters"
LETTERS = sorted(path.parent.name for path in BENCHMARKS.glob("*/gold"))
RIGHT = [("s2", "我们（Shop）关门了。", "indirect"), ("s1", "大家好。", "direct")]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_cases_computed_by_hand(case: dict[str, Any], tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, case["input"].get("soft", "")))
    alignment = small([tuple(link) for link in case["input"]["links"]])
    scores = score_rendering(gold.letters["n1"], gold.renderings["n1-r1"], alignment, SOURCE, TARGET)
    expected = case["expected"]
    right, tested, wanted = expected["links"]
    assert scores.links == Tally(right, tested, right, wanted, 1.0)
    assert scores.absences.f1 == expected["absences"]
    assert [scores.modes, scores.judged] == expected["modes"]
    assert scores.outside == expected["outside"]


@pytest.mark.parametrize("letter", LETTERS)
def test_gold_against_itself_is_perfect(letter: str) -> None:
    folder = BENCHMARKS / letter
    gold = read_gold(folder / "gold")
    marked = json.loads((folder / "gold" / "renderings.json").read_text(encoding="utf-8"))["renderings"]
    source = (folder / "source.txt").read_bytes().decode("utf-8")
    for name, rendering in gold.renderings.items():
        target = (folder / rendering.document).read_bytes().decode("utf-8")
        spans = [span for span in marked[name]["spans"] if span["certainty"] == "firm"]
        links = [(span["en"], (span["start"], span["end"]), span["mode"]) for span in spans]
        alignment = aligned(links, gold.letters[letter].sentences, (source, target))
        scores = score_rendering(gold.letters[letter], rendering, alignment, source, target)
        assert (scores.links.f1, scores.absences.f1, scores.mode_accuracy, scores.outside) == (1.0, 1.0, 1.0, 0), name


def test_segments_need_not_be_the_sentences_of_the_gold(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path))
    pieces = [Segment("p1", **place(SOURCE, "Hello all. We")), Segment("p2", **place(SOURCE, "close. Bye"))]
    at = place(TARGET, "大家好。")
    alignment = aligned([(("p1",), (at["start"], at["end"]), "direct")], pieces)
    scores = score_rendering(gold.letters["n1"], gold.renderings["n1-r1"], alignment, SOURCE, TARGET)
    # "Hello all. We" holds the whole of s1 and only two of the nine characters of s2.
    assert scores.links == Tally(3, 3, 3, 8, 1.0)


def test_blanks_and_punctuation_do_not_count() -> None:
    text = "A，%“𠮷”\n9．《·》…—\u3000_*％é"
    assert "".join(text[k] for k in sorted(content(text))) == "A%𠮷9％é"


@pytest.mark.parametrize(
    ("letter", "rendering", "expected"),
    [("n1", "r1", "n1-r1"), ("x", "n1-r1", "n1-r1"), ("x", "r1", None), ("n1", "r2", None)],
)
def test_renderings_are_known_by_id_or_by_letter_and_file(
    tmp_path: Path, letter: str, rendering: str, expected: str | None
) -> None:
    alignment = aligned([], [Segment("s1", **place(SOURCE, "Bye."))], names=(letter, rendering))
    assert rendering_of(read_gold(write_gold(tmp_path)), alignment) == expected


def test_several_folders_of_gold_are_one(tmp_path: Path) -> None:
    write_gold(tmp_path / "a")
    assert read_gold(tmp_path).renderings.keys() == {"n1-r1"}
    write_gold(tmp_path / "b")
    with pytest.raises(DocumentError, match="n1 stands in the gold of two folders"):
        read_gold(tmp_path)


def score(folder: Path, **written: Alignment) -> tuple[LetterScores, tuple[str, ...]]:
    """Scores of alignments, written as files of these names, against the gold in `folder`."""
    (folder / "built").mkdir(exist_ok=True)
    for name, alignment in written.items():
        (folder / "built" / f"{name}.json").write_text(alignment_json.dumps(alignment), encoding="utf-8")
    return score_built(
        read_gold(folder),
        folder / "built",
        folder,
        read_alignment=alignment_json.loads,
        read_text=lambda path: path.read_text(encoding="utf-8"),
    )


def test_what_was_not_built_counts_as_missed(tmp_path: Path) -> None:
    write_gold(tmp_path)
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "other.json").write_text('{"schema": "aligner/collation@1"}', encoding="utf-8")
    scores, remarks = score(tmp_path)
    assert scores.missing == {"n1-r1": 8}
    assert (scores.links, scores.mean_absence_f1) == (Tally(0, 0, 0, 8, 1.0), 0.0)
    assert remarks == ()


def test_totals_are_over_pairs_and_sentences(tmp_path: Path) -> None:
    write_gold(tmp_path)
    _, renderings = gold_json()
    renderings["renderings"]["n1-r2"] = {**renderings["renderings"]["n1-r1"], "file": "r2.txt"}
    (tmp_path / "gold" / "renderings.json").write_text(json.dumps(renderings), encoding="utf-8")
    (tmp_path / "r2.txt").write_text(TARGET, encoding="utf-8")
    scores, _ = score(tmp_path, r1=small(RIGHT))
    assert scores.links == Tally(8, 8, 8, 16, 1.0)
    assert scores.mean_absence_f1 == 0.5
    assert scores.mode_accuracy == 1.0


def test_alignments_that_the_gold_does_not_know_are_remarked(tmp_path: Path) -> None:
    write_gold(tmp_path)
    strange = aligned([], [Segment("s1", **place(SOURCE, "Bye."))], names=("n1", "r9"))
    scores, remarks = score(tmp_path, r1=small(RIGHT), r9=strange)
    assert scores.links.f1 == 1.0
    assert remarks == (f"{tmp_path / 'built'}: the gold does not have r9; left out",)


def test_two_alignments_of_one_rendering_are_refused(tmp_path: Path) -> None:
    write_gold(tmp_path)
    with pytest.raises(DocumentError, match=r"old\.json: .*new\.json aligns n1-r1 too; keep one"):
        score(tmp_path, new=small(RIGHT), old=small(RIGHT))


@pytest.mark.parametrize(("name", "fault"), [("r1.txt", "g1 of the gold"), ("source.txt", "s1 of the gold")])
def test_other_documents_than_the_golds_are_refused(tmp_path: Path, name: str, fault: str) -> None:
    write_gold(tmp_path)
    (tmp_path / name).write_text("0" + SOURCE + TARGET, encoding="utf-8")
    with pytest.raises(DocumentError, match=fault):
        score(tmp_path, r1=small(RIGHT))


def test_a_missing_document_is_named(tmp_path: Path) -> None:
    write_gold(tmp_path)
    (tmp_path / "r1.txt").unlink()
    with pytest.raises(DocumentError, match=r"no document r1\.txt of the letter n1; --documents is"):
        score(tmp_path, r1=small(RIGHT))


def test_an_alignment_of_another_text_is_refused(tmp_path: Path) -> None:
    write_gold(tmp_path)
    sentences = [Segment(key, **place("X" + SOURCE, words)) for key, words in SENTENCES.items()]
    with pytest.raises(AlignmentError, match="rendering r1: segment s1 is not what stands at its offsets"):
        score(tmp_path, r1=aligned([], sentences, ("X" + SOURCE, TARGET)))


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("renderings", '"s3"', '"s9"', "n1-r1: n1 has no sentence s9"),
        ("renderings", '"n1"', '"n2"', "n1-r1: letter 'n2' does not stand in source_sentences.json"),
        ("renderings", '"omitted"', '"left_out"', "n1-r1: not as gold is written: 'omitted' is missing"),
        ("renderings", '"indirect"}', '"loose"}', "n1-r1: not as gold is written: 'loose' is not a valid Mode"),
        ("renderings", '"renderings"', '"found"', "the gold has no object 'renderings'"),
        ("renderings", '"_meta"', "_meta", "renderings.json:1:2: not JSON"),
        ("source_sentences", '"text": "Bye."', '"text": "Goodbye."', "n1: segment s3"),
        ("source_sentences", '{"_meta"', '[{"_meta"', "source_sentences.json:1:"),
    ],
)
def test_faults_of_the_gold_name_their_place(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    path = write_gold(tmp_path) / f"{name}.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DocumentError, match=re.escape(message)):
        read_gold(tmp_path)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"no gold: there is no renderings\.json"):
        read_gold(tmp_path)


def test_an_empty_gold_scores_nothing() -> None:
    assert Gold({}, {}).renderings == {}
    assert LetterScores(()).links.f1 == 1.0
    assert (LetterScores(()).mean_absence_f1, LetterScores(()).mode_accuracy) == (0.0, 1.0)
