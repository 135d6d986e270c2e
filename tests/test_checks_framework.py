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

from aligner.checks import CHECKS, insertion, pair_context, run, run_pairs
from aligner.checks.joining import joined
from aligner.checks.passages import passage, whole
from aligner.checks.run import identity
from aligner.checks.shared import sharing
from aligner.checks.variation import variation
from aligner.checks.words.alignment import align_words
from aligner.checks.words.evidence import FEATURES
from aligner.checks.words.model import models
from aligner.checks.words.units import ALONE, AMONG, RISKS
from aligner.comparison import Comparison, Distance, Row, Sharing, Variation
from aligner.errors import AlignmentError, DocumentError
from aligner.formats import comparison_json
from aligner.model import Finding, Place, Quoted, Residue, ResidueKind, Severity
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


def test_a_fault_with_places_is_one_with_what_names_the_same_words() -> None:
    places = (Place("other", "target", 3, 5, "xx"),)
    kept = joined([finding("numbers", (0, 20), (5, 9)), finding("omission", (0, 20), None, places=places)], ORDER)
    assert [(one.check, one.places, one.evidence) for one in kept] == [("numbers", places, {"also": ["omission"]})]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            finding("numbers", (0, 4), (0, 4)),
            finding("omission", (0, 4), (20, 24), places=(Place("r", "target", 3, 5, "xx"),)),
        ),
        (finding("numbers", (0, 4), (0, 4)), finding("omission", (10, 14), None)),
        (finding("numbers", (0, 4), (0, 4)), finding("omission", (0, 4), (20, 24))),
        (finding("numbers", (0, 4), None), finding("addition", None, (0, 4))),
        (finding("numbers", (0, 4), None), finding("omission", (0, 4), None, severity=Severity.INFO)),
    ],
    ids=["places elsewhere", "apart", "the same words against others", "two sides", "info never swallows"],
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
    assert read_pairs(path, ("zh", "en")) == (("u1", "我们有35人。", "We are 53."),)  # in a ph stands code, not text


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
    (Sharing(("a", "b"), 2, {"a": 0.32, "b": 0.43}, {"a": "2024-09-26", "b": None}),),
    (Variation(Quoted(0, 4, "Mark"), (Distance(("a", "b"), 0.4, 0.14),)),),
)


def test_a_comparison_is_read_back() -> None:
    text = comparison_json.dumps(COMPARISON)
    assert comparison_json.loads(text, "c.json") == COMPARISON
    assert list(json.loads(text)) == [
        "schema", "letter", "renderings", "names", "terms", "numbers", "shared", "contrast", "sharing", "variation",
        "findings",
    ]  # fmt: skip


def test_a_row_of_no_table_is_refused() -> None:
    with pytest.raises(AlignmentError, match="no table 'nicknames'"):
        comparison_json.dumps(replace(COMPARISON, rows=(Row("nicknames", (), ()),)))


def test_a_broken_comparison_is_refused_with_its_place() -> None:
    with pytest.raises(DocumentError, match=r"c.json:1"):
        comparison_json.loads("{", "c.json")
    with pytest.raises(AlignmentError, match=r"c.json: \$"):
        comparison_json.loads('{"schema": "aligner/comparison@1"}', "c.json")


def test_a_comparison_without_summaries_is_read() -> None:
    data = json.loads(comparison_json.dumps(COMPARISON))
    del data["sharing"], data["variation"]
    assert comparison_json.loads(json.dumps(data), "c.json") == replace(COMPARISON, sharing=(), variation=())


def test_a_date_is_one_number_with_one_place_per_rendering() -> None:
    context = small_context(
        ["It closes on 19 November.", "Wait six weeks."],
        {
            "a": ["11月19日关闭。", "请等六周。"],
            "b": ["11月9日关闭。", "请等六个月。"],
            "c": ["十一月十九日关闭。", None],
        },
    )
    rows = list(CHECKS["numbers"].rows(context))
    assert [[q.text for q in row.source] for row in rows] == [["19 November"], ["six weeks"]]
    assert [(p.rendering, p.text) for p in rows[0].forms] == [
        ("a", "11月19日"), ("b", "11月9日"), ("c", "十一月十九日"),
    ]  # fmt: skip
    assert rows[0].score == pytest.approx(1 / 3)
    assert rows[1].score == 0.5
    assert rows[1].evidence == {"value": 6.0, "values": {"a": [6.0], "b": [6.0]}}


def test_wording_is_shared_across_scripts_and_points() -> None:
    context = small_context(
        ["We built this house together.", "She left."],
        {"a": ["我们一起建造了这座房子。", "她走了。"], "b": ["我們，一起建造了這座房子！", "她走了。"]},
        dates={"a": "2024-09-27", "b": "2024-09-26"},
    )
    (row,) = CHECKS["shared"].rows(context)
    assert [(p.rendering, p.text) for p in row.forms] == [
        ("a", "我们一起建造了这座房子"),
        ("b", "我們，一起建造了這座房子"),
    ]
    assert (row.source[0].text, row.evidence["kind"]) == ("We built this house together.", "verbatim")
    (pair,) = sharing(context)
    assert (pair.runs, pair.earlier) == (1, "b")
    assert pair.shares == {"a": round(11 / 14, 4), "b": round(11 / 14, 4)}


def test_variation_is_none_between_the_same_words() -> None:
    context = small_context(["She left."], {"a": ["她走了。"], "b": ["她走了。"], "c": ["他们留下来吃饭。"]})
    (each,) = variation(context)
    same, other = each.pairs[0], each.pairs[1]
    assert (same.renderings, same.wording, same.meaning) == (("a", "b"), 0.0, pytest.approx(0.0, abs=1e-4))
    assert other.wording > 0.5
    assert other.meaning > same.meaning


@pytest.mark.parametrize(
    ("line", "shown"),
    [("某某游戏官网", ["某某游戏官网"]), ("截至去年末，公司亏损百万。", [])],
    ids=["a label", "a sentence"],
)
def test_a_line_that_belongs_to_nobody_is_an_insertion(line: str, shown: list[str]) -> None:
    sentences = ["我们离开。", "我们感谢你们。"]
    context = small_context(["We leave.", "We thank you."], {"r": {"sentences": sentences, "between": f"\n{line}\n"}})
    (rendering,) = context.renderings
    assert rendering.document
    assert rendering.alignment
    start = rendering.document.text.index(line)
    rest = Residue(start, start + len(line), line, ResidueKind.INJECTED)
    marked = replace(rendering, alignment=replace(rendering.alignment, residue=(rest,)))
    assert [f.target and f.target.text for f in insertion.find(marked, context)] == shown
