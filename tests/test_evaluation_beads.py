"""Scores of beads: laws, cases computed by hand, and a slow reference."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import AlignmentError, DocumentError
from aligner.evaluation import Bead, BeadFile, BeadScores, Tally, calibration, check_pair, score_beads
from aligner.evaluation.bead_lines import read_bead_lines

CASES = Path(__file__).parent / "cases"
PATH = Path("x.txt")


def cases(name: str) -> list[Any]:
    loaded = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in loaded]


def file_of(*lines: str, name: str = "x.txt") -> BeadFile:
    return read_bead_lines("\n".join(lines), Path(name))


@st.composite
def alignments(draw: st.DrawFn, nulls: bool = True) -> tuple[Bead, ...]:
    """Beads in order that leave no sentence out."""
    side = st.integers(0 if nulls else 1, 3)
    kinds = st.tuples(side, side, st.floats(0, 1)).filter(lambda kind: kind[0] + kind[1] > 0)
    beads, i, j = [], 0, 0
    for m, n, confidence in draw(st.lists(kinds, min_size=1, max_size=12)):
        beads.append(Bead(tuple(range(i, i + m)), tuple(range(j, j + n)), confidence))
        i, j = i + m, j + n
    return tuple(beads)


def swapped(beads: tuple[Bead, ...]) -> tuple[Bead, ...]:
    return BeadFile("x", ("x",), beads).swapped().beads


def figures(scores: BeadScores) -> list[float]:
    return [getattr(tally, name) for tally in (scores.strict, scores.lax) for name in ("precision", "recall", "f1")]


@given(alignments())
def test_gold_against_itself_is_perfect(beads: tuple[Bead, ...]) -> None:
    scores = score_beads(beads, beads)
    assert scores.strict.precision == scores.lax.precision == scores.null.f1 == 1.0
    assert all(tally.f1 == 1.0 for tally in scores.types.values())
    full = any(bead.source and bead.target for bead in beads)
    assert scores.strict.recall == scores.lax.f1 == (1.0 if full else 0.0)


@given(alignments(), alignments())
def test_it_does_not_matter_which_side_is_called_source(gold: tuple[Bead, ...], test: tuple[Bead, ...]) -> None:
    one, other = score_beads(gold, test), score_beads(swapped(gold), swapped(test))
    assert figures(one) == figures(other)
    assert one.null == other.null
    assert one.types == {(n, m): tally for (m, n), tally in other.types.items()}


@given(alignments(nulls=False), alignments(nulls=False))
def test_gold_and_test_exchanged_exchange_precision_and_recall(gold: tuple[Bead, ...], test: tuple[Bead, ...]) -> None:
    one, other = score_beads(gold, test), score_beads(test, gold)
    assert (one.strict.precision, one.lax.precision) == (other.strict.recall, other.lax.recall)


@given(alignments(), alignments())
def test_lax_is_never_below_strict(gold: tuple[Bead, ...], test: tuple[Bead, ...]) -> None:
    strict, lax = figures(score_beads(gold, test))[:3], figures(score_beads(gold, test))[3:]
    assert all(a <= b for a, b in zip(strict, lax, strict=True))


@given(alignments(nulls=False), st.data())
def test_leaving_a_right_bead_out_lowers_recall(beads: tuple[Bead, ...], data: st.DataObject) -> None:
    lost = data.draw(st.integers(0, len(beads) - 1))
    scores = score_beads(beads, beads[:lost] + beads[lost + 1 :])
    assert scores.strict.recall == scores.lax.recall == (len(beads) - 1) / len(beads)
    assert scores.strict.precision == (1.0 if len(beads) > 1 else 0.0)


@given(alignments(), alignments())
def test_lax_is_what_a_slow_and_obvious_count_gives(gold: tuple[Bead, ...], test: tuple[Bead, ...]) -> None:
    def touches(bead: Bead, others: tuple[Bead, ...]) -> bool:
        return any(
            bead.sides == other.sides or (set(bead.source) & set(other.source) and set(bead.target) & set(other.target))
            for other in others
        )

    full = [tuple(bead for bead in beads if bead.source and bead.target) for beads in (gold, test)]
    lax = score_beads(gold, test).lax
    assert (lax.right, lax.tested) == (sum(touches(bead, gold) for bead in test), len(test))
    assert (lax.found, lax.wanted) == (sum(touches(bead, full[1]) for bead in full[0]), len(full[0]))


@given(alignments(), alignments())
def test_types_add_up_to_the_whole(gold: tuple[Bead, ...], test: tuple[Bead, ...]) -> None:
    scores = score_beads(gold, test)
    assert sum(tally.wanted for tally in scores.types.values()) == len(gold)
    assert sum(tally.right for tally in scores.types.values()) == scores.strict.right
    assert sum(each.count for each in scores.calibration.bins) == len(test)


@given(alignments(), alignments(), alignments(), alignments())
def test_scores_of_two_files_add_up_as_one_file(
    a: tuple[Bead, ...], b: tuple[Bead, ...], c: tuple[Bead, ...], d: tuple[Bead, ...]
) -> None:
    def moved(beads: tuple[Bead, ...]) -> tuple[Bead, ...]:
        return tuple(
            Bead(tuple(n + 1000 for n in bead.source), tuple(n + 1000 for n in bead.target), bead.confidence)
            for bead in beads
        )

    apart, together = score_beads(a, b) + score_beads(c, d), score_beads(a + moved(c), b + moved(d))
    assert figures(apart) == figures(together)
    assert (apart.null, apart.types) == (together.null, together.types)
    assert apart.calibration.error == pytest.approx(together.calibration.error)


@pytest.mark.parametrize("case", cases("evaluation_beads"))
def test_cases_computed_by_hand(case: dict[str, Any]) -> None:
    scores = score_beads(*(file_of(*case["input"][side]).beads for side in ("gold", "test")))
    expected = case["expected"]
    assert figures(scores) == pytest.approx([float(Fraction(x)) for x in expected["strict"] + expected["lax"]])
    assert scores.null.f1 == pytest.approx(float(Fraction(expected["null"])))
    ece = expected.get("ece")
    assert scores.calibration.error == (pytest.approx(float(Fraction(ece))) if ece else None)


def test_types_have_support_precision_and_recall() -> None:
    gold, test = file_of("[0]:[0]", "[1]:[1]", "[2, 3]:[2]"), file_of("[0]:[0]", "[1, 2]:[1]", "[3]:[2]")
    types = score_beads(gold.beads, test.beads).types
    assert types == {(1, 1): Tally(1, 2, 1, 2), (2, 1): Tally(0, 1, 0, 1)}


@pytest.mark.parametrize(("confidence", "place"), [(0.0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.7, 7), (1.0, 9)])
def test_a_bin_begins_with_its_lower_edge(confidence: float, place: int) -> None:
    bins = calibration([(confidence, True)]).bins
    assert [k for k, each in enumerate(bins) if each.count] == [place]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_calibration_error_is_a_share(judged: list[tuple[float, bool]]) -> None:
    error = calibration(judged).error
    assert error is not None
    assert 0.0 <= error <= 1.0 + 1e-9
    sure = calibration([(float(right), right) for _, right in judged])
    assert sure.error == 0.0


@pytest.mark.parametrize("case", cases("evaluation_bead_faults"))
def test_a_line_that_does_not_fit_is_refused_with_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bead_lines(case["input"], PATH)
    assert str(caught.value).startswith(f"x.txt:{case['expected']};")


@given(alignments())
def test_bead_lines_are_read_as_they_are_printed(beads: tuple[Bead, ...]) -> None:
    text = "".join(f"{list(bead.source)}:{list(bead.target)}:{bead.confidence}\r\n" for bead in beads)
    assert read_bead_lines(text, PATH).beads == beads


@given(st.text("[]:, 0123.e-\n"))
def test_whatever_stands_in_a_file_is_read_or_refused(text: str) -> None:
    try:
        file = read_bead_lines(text, PATH)
    except DocumentError as error:
        assert str(error).startswith("x.txt:")
    else:
        assert len(file.beads) == sum(bool(line.strip()) for line in text.split("\n"))


def test_costs_are_no_confidences() -> None:
    file = file_of("[0]:[0]:0.4", "[1]:[1]:1.25")
    assert [bead.confidence for bead in file.beads] == [None, None]
    assert file.remarks == ("x.txt:2: 1.25 is no probability; the third field is not read",)


def test_skipped_and_repeated_sentences_are_named() -> None:
    gold = file_of("[0]:[0]", "[2]:[1]", "[6]:[1]", name="gold.txt")
    test = file_of("[0, 1, 2]:[0]", "[3, 4, 5, 6]:[1]", name="test.txt")
    assert check_pair(gold, test) == (
        "gold.txt: source sentences 1, 3-5 stand in no bead",
        "gold.txt: target sentence 1 stands in more than one bead",
    )
    assert check_pair(test, test) == ()


def test_many_skipped_sentences_are_counted() -> None:
    beads = tuple(Bead((k,), (k,)) for k in range(0, 20, 2))
    (remark, _) = check_pair(BeadFile("g", ("g",), beads), BeadFile("g", ("g",), beads))[:2]
    assert remark == "g: source sentences 1, 3, 5, 7, 9, 11 ... (9 in all) stand in no bead"


def test_different_ends_are_remarked() -> None:
    gold, test = file_of("[0]:[0]", "[1]:[]", name="gold.txt"), file_of("[0]:[0]", name="test.txt")
    assert check_pair(gold, test) == ("test.txt: the last source sentence is 0, in the gold gold.txt it is 1",)


def test_a_sentence_beyond_the_end_is_refused() -> None:
    gold = BeadFile("gold.xml", ("gold",), (Bead((0,), (0,)),), totals=(1, 1))
    with pytest.raises(AlignmentError, match=r"test\.txt: 2 target sentences, but the gold gold\.xml has 1; .*--swap"):
        check_pair(gold, file_of("[0]:[0]", "[]:[1]", name="test.txt"))


def test_a_test_that_ends_early_leaves_sentences_in_no_bead() -> None:
    gold = BeadFile("gold.xml", ("gold",), (Bead((0, 1), (0,)),), totals=(2, 1))
    assert check_pair(gold, file_of("[0]:[0]")) == ("x.txt: source sentence 1 stands in no bead",)


@pytest.mark.parametrize("sides", [((1, 0), ()), ((0, 0), ()), ((-1,), (0,))])
def test_a_bead_that_is_no_set_of_numbers_cannot_be_built(sides: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    with pytest.raises(AlignmentError, match="source sentences"):
        Bead(*sides)


def test_a_confidence_is_a_probability() -> None:
    with pytest.raises(AlignmentError, match=r"confidence 1\.5"):
        Bead((0,), (0,), 1.5)


def test_more_sentences_than_there_are_cannot_be_built() -> None:
    with pytest.raises(AlignmentError, match="source sentence 3, but there are 2"):
        BeadFile("x", ("x",), (Bead((3,), (0,)),), totals=(2, 1))
