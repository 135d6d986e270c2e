"""Passages, joining, stable ids, pairs and comparisons: what every check builds on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_checks import small_context
from support_engines import use

from aligner.checks import CHECKS, pair_context, run, run_pairs
from aligner.checks.joining import joined
from aligner.checks.passages import passage, whole
from aligner.checks.run import identity
from aligner.checks.words.alignment import align_words
from aligner.checks.words.evidence import FEATURES
from aligner.checks.words.model import models
from aligner.checks.words.units import ALONE, AMONG, RISKS
from aligner.errors import AlignmentError, DocumentError
from aligner.formats import comparison_json
from aligner.model import Comparison, Finding, Place, Quoted, Row, Severity
from aligner.pipeline import check_pairs, read_glossary, read_pairs


def finding(check: str, source: tuple[int, int] | None, target: tuple[int, int] | None, **more: object) -> Finding:
    sides = [q and Quoted(*q, "x" * (q[1] - q[0])) for q in (source, target)]
    made = Finding(f"{check}{source}{target}", check, "accuracy/omission", Severity.MINOR, sides[0], sides[1], 0.5, {})
    return replace(made, **more)  # type: ignore[arg-type]


ORDER = ["numbers", "omission", "addition"]


def test_findings_of_one_fault_are_one() -> None:
    kept = joined(
        [
            finding("omission", (10, 30), None, severity=Severity.MAJOR, score=0.9),
            finding("numbers", (12, 20), (5, 9)),
        ],
        ORDER,
    )
    (one,) = kept
    assert (one.check, one.severity, one.score) == ("numbers", Severity.MAJOR, 0.9)
    assert one.target is not None
    assert one.evidence == {"also": ["omission"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (finding("numbers", (0, 4), (0, 4)), finding("omission", (10, 14), None)),
        (finding("numbers", (0, 4), (0, 4)), finding("omission", (0, 4), (20, 24))),
        (finding("numbers", (0, 4), None), finding("addition", None, (0, 4))),
        (finding("numbers", (0, 4), None), finding("omission", (0, 4), None, severity=Severity.INFO)),
    ],
    ids=["apart", "the same words against others", "two sides", "info never swallows"],
)
def test_findings_of_two_faults_stay_two(one: Finding, other: Finding) -> None:
    assert len(joined([one, other], ORDER)) == 2
    assert joined([one, other], ORDER) == joined([other, one], ORDER)


@given(st.text(alphabet="ab \n", min_size=1, max_size=30), st.text(alphabet="ab \n", min_size=1, max_size=30))
def test_a_passage_points_into_its_document(written: str, read: str) -> None:
    made = passage("__" + written, [(2, written, read)], "en")
    assert len(made.at) == len(made.text)
    assert all(2 <= place < 2 + len(written) for place in made.at)
    quoted = made.quoted(0, len(made.text))
    assert quoted is None or made.document[quoted.start : quoted.end] == quoted.text


def test_pieces_apart_are_kept_apart() -> None:
    made = passage("一二。他说：三四。", [(0, "一二。", "一二。"), (6, "三四。", "三四。")], "zh-Hans")
    assert made.text == "一二。\n三四。"
    assert made.quoted(4, 6) == Quoted(6, 8, "三四")


def test_an_emended_word_is_quoted_as_it_stands() -> None:
    made = passage("a diffcult day", [(0, "a diffcult day", "a difficult day")], "en")
    quoted = made.quoted(2, 11)
    assert quoted is not None
    assert quoted.text == "diffcult"


def test_the_same_fault_has_the_same_id_in_every_run() -> None:
    context = small_context(["We are 53."], {"r": ["我们有35人。"]})
    first, second = (run(context, (CHECKS["numbers"],)).findings["r"] for _ in range(2))
    assert first == second
    assert first[0].id == identity("numbers", next(iter(CHECKS["numbers"].measure(context))))


def test_findings_do_not_depend_on_the_order_of_renderings() -> None:
    source, forms = ["We met twice, in June."], {"a": ["我们在六月见过面。"], "b": ["我们六月见过两次。"]}
    one = run(small_context(source, forms), tuple(CHECKS.values()))
    other = run(small_context(source, dict(reversed(forms.items()))), tuple(CHECKS.values()))
    assert one.findings["a"] == other.findings["a"]
    assert one.findings["b"] == other.findings["b"]


def test_a_rendering_without_links_has_no_findings_of_content() -> None:
    report = run(small_context(["We are 53.", "Thank you."], {"r": [None, None]}), tuple(CHECKS.values()))
    assert {f.check for f in report.findings["r"]} <= {"absence"}


def test_word_alignments_have_the_shape_of_their_words() -> None:
    pair = (whole("The report reached my desk in October.", "en"), whole("报告十月才送到我桌上。", "zh-Hans"))
    (one,), _ = align_words([pair], use())
    (turned,), _ = align_words([(pair[1], pair[0])], use())
    assert one.strength.shape == (len(one.source), len(one.target))
    assert np.allclose(one.strength, turned.strength.T)
    assert ((one.source_met >= 0) & (one.source_met <= 1)).all()
    assert {t.text: m for t, m in zip(one.source, one.source_met, strict=True)}["report"] > 0.8


def test_the_weights_fit_the_features() -> None:
    known = models()
    assert set(known) == {
        *(f"gap_{side}{kind}" for side in ("source", "target") for kind in ("", "_alone")),
        *(f"unit_{risk}{kind}" for risk in RISKS for kind in ("", "_peers")),
    }
    for name, model in known.items():
        assert set(model.features) <= set(FEATURES if name.startswith("gap") else AMONG)
    assert known["unit_major"].features == ALONE


def test_pairs_of_one_source_are_evidence_for_each_other() -> None:
    pairs = [
        ("1", "We met twice.", "我们见过面。"),
        ("2", "We met twice.", "我们见过两次。"),
        ("3", "Thank you.", "谢谢。"),
    ]
    context = pair_context(pairs, ("en", "zh"), use())
    assert context.evidence.peers == ((1,), (0,), ())


def test_all_scores_hold_what_thresholds_hide() -> None:
    context = pair_context([("1", "We keep a piano in the kitchen.", "我们放了一架钢琴。")], ("en", "zh"), use())
    checks = tuple(CHECKS.values())
    every = run_pairs(context, checks, all_scores=True)["1"]
    shown = run_pairs(context, checks, all_scores=False)["1"]
    assert len(every) > len(shown)
    assert [f.score for f in every] == sorted((f.score for f in every), reverse=True)


PAIRS = 'id\tsource\ttarget\na\tWe are 53.\t我们有35人。\nb\t"Hello"\t“你好”\n'


def test_pairs_are_read_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(PAIRS, encoding="utf-8")
    assert read_pairs(path, ("en", "zh")) == (("a", "We are 53.", "我们有35人。"), ("b", '"Hello"', "“你好”"))
    found = check_pairs(path, ("en", "zh"), use())
    assert list(found) == ["a", "b"]
    assert [f.check for f in found["a"]] == ["numbers"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\tsource\n", "no column 'target'"),
        ("id\tsource\ttarget\n", "holds no pairs"),
        ("id\tsource\ttarget\na\tb\n", "2 cells"),
        ("id\tsource\ttarget\na\tb\tc\na\tb\tc\n", "two pairs have the id 'a'"),
    ],
)
def test_a_faulty_file_of_pairs_is_named(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=message) as fault:
        read_pairs(path, ("en", "zh"))
    assert str(path) in str(fault.value)


TMX = """<?xml version="1.0"?><tmx version="1.4"><header/><body>
<tu tuid="u1"><tuv xml:lang="en"><seg>We are <ph>x</ph>53.</seg></tuv>
<tuv xml:lang="zh-CN"><seg>我们有35人。</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu></body></tmx>"""


def test_tmx_holds_pairs_too(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(TMX, encoding="utf-8")
    assert read_pairs(path, ("zh", "en")) == (("u1", "我们有35人。", "We are x53."),)


def test_glossaries(tmp_path: Path) -> None:
    plain = tmp_path / "terms.csv"
    plain.write_text("term,rendering\nmission,使命\n\nboard,董事会\n", encoding="utf-8")
    assert read_glossary(plain) == (("mission", "使命"), ("board", "董事会"))
    tbx = tmp_path / "terms.tbx"
    tbx.write_text(
        '<martif><text><body><termEntry><langSet xml:lang="en"><tig><term>mission</term></tig></langSet>'
        '<langSet xml:lang="zh"><tig><term>使命</term></tig></langSet></termEntry></body></text></martif>',
        encoding="utf-8",
    )
    assert read_glossary(tbx) == (("mission", "使命"),)
    plain.write_text("mission\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"terms.csv:1"):
        read_glossary(plain)


COMPARISON = Comparison(
    "letter",
    ("a", "b"),
    (Row("names", (Quoted(0, 4, "Mark"),), (Place("a", "target", 3, 5, "马克"),), 0.5, {"forms": ["马克"]}),),
    (finding("numbers", (0, 4), None, messages={"en": "x", "zh": "是"}),),
)


def test_a_comparison_is_read_back() -> None:
    text = comparison_json.dumps(COMPARISON)
    assert comparison_json.loads(text, "c.json") == COMPARISON
    assert list(json.loads(text)) == [
        "schema", "letter", "renderings", "names", "terms", "numbers", "shared", "contrast", "findings",
    ]  # fmt: skip


def test_a_row_of_no_table_is_refused() -> None:
    with pytest.raises(AlignmentError, match="no table 'nicknames'"):
        comparison_json.dumps(replace(COMPARISON, rows=(Row("nicknames", (), ()),)))


def test_a_broken_comparison_is_refused_with_its_place() -> None:
    with pytest.raises(DocumentError, match=r"c.json:1"):
        comparison_json.loads("{", "c.json")
    with pytest.raises(AlignmentError, match=r"c.json: \$"):
        comparison_json.loads('{"schema": "aligner/comparison@1"}', "c.json")
