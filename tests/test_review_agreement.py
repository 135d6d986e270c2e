"""Agreement: worked examples of the literature, other people's implementations, and laws."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support_review import quoted

from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Span
from aligner.review.agreement import (
    NO_ERROR,
    Level,
    Marked,
    alpha,
    boundary_agreement,
    kendall_tau,
    link_agreement,
    matched_categories,
    of_links,
    of_ratings,
    of_spans,
    pairwise_accuracy,
    span_f1,
    worst_first,
    worst_severities,
)
from aligner.review.annotations import ErrorAnnotation
from aligner.review.figures import Resampling
from aligner.review.typologies import load

ONE = Resampling(resamples=1)

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: 4 observers, 12 units, any number of
# values, missing data.
OBSERVERS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
# The same, section B: 2 observers, 12 units, nominal data without missing values.
NOMINAL = {"Meg": "a a b b d c c c e d d a".split(), "Owen": "b a b b b c c c e d d d".split()}
# Section A: 2 observers, 10 units, binary data.
BINARY = {"Jon": "0 1 0 0 0 0 0 0 1 0".split(), "Han": "1 1 1 0 0 1 0 0 0 0".split()}


def units(rows: dict[str, list[str]]) -> dict[str, dict[str, object]]:
    return {
        f"u{i}": {name: value for name, values in rows.items() if (value := values[i]) != "."}
        for i in range(len(next(iter(rows.values()))))
    }  # type: ignore[return-value]


def twelve() -> dict[str, dict[str, object]]:
    split = units({name: text.split() for name, text in OBSERVERS.items()})
    return {unit: {name: int(str(value)) for name, value in given.items()} for unit, given in split.items()}


@pytest.mark.parametrize(
    ("level", "expected"), [(Level.NOMINAL, 0.743), (Level.ORDINAL, 0.815), (Level.INTERVAL, 0.849)]
)
def test_krippendorffs_twelve_units(level: Level, expected: float) -> None:
    found = alpha(twelve(), level)
    assert found.value is not None
    assert round(found.value, 3) == expected
    assert (found.n, found.items) == (11, "units")  # unit 12 has one value
    assert found.interval is not None
    assert found.interval.low < expected < found.interval.high


@pytest.mark.parametrize(("rows", "expected"), [(NOMINAL, 0.692), (BINARY, 0.095)])
def test_krippendorffs_two_observers(rows: dict[str, list[str]], expected: float) -> None:
    found = alpha(units(rows), Level.NOMINAL, resampling=ONE).value
    assert found is not None
    assert round(found, 3) == expected


@pytest.mark.parametrize("level", [Level.NOMINAL, Level.INTERVAL])
def test_alpha_is_that_of_nltk(level: Level) -> None:
    from nltk.metrics import binary_distance, interval_distance
    from nltk.metrics.agreement import AnnotationTask

    data = [(name, unit, value) for unit, given in twelve().items() for name, value in given.items()]
    distance = binary_distance if level is Level.NOMINAL else interval_distance
    found = alpha(twelve(), level, resampling=ONE).value
    assert found == pytest.approx(AnnotationTask(data, distance=distance).alpha())


RATINGS = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=12)


@given(RATINGS)
def test_alpha_is_that_of_nltk_on_anything(rows: list[list[int]]) -> None:
    from nltk.metrics import binary_distance, interval_distance
    from nltk.metrics.agreement import AnnotationTask

    assume(len({value for row in rows for value in row}) > 1)
    table = {str(i): dict(zip("abc", row, strict=True)) for i, row in enumerate(rows)}
    data = [(name, unit, value) for unit, given in table.items() for name, value in given.items()]
    for level, distance in ((Level.NOMINAL, binary_distance), (Level.INTERVAL, interval_distance)):
        expected = AnnotationTask(data, distance=distance).alpha()
        assert alpha(table, level, resampling=ONE).value == pytest.approx(expected)


@given(RATINGS, st.sampled_from(list(Level)))
def test_alpha_is_the_slow_definition(rows: list[list[int]], level: Level) -> None:
    """1 - mean squared difference within units / mean squared difference of any two values."""
    assume(len({value for row in rows for value in row}) > 1)
    table = {str(i): dict(zip("abc", row, strict=True)) for i, row in enumerate(rows)}
    every = [value for row in rows for value in row]

    def difference(one: int, other: int) -> float:
        if level is Level.NOMINAL:
            return float(one != other)
        if level is Level.INTERVAL:
            return float((one - other) ** 2)
        low, high = sorted((one, other))
        ends = (every.count(low) + every.count(high)) / 2
        return float((sum(every.count(value) for value in range(low, high + 1)) - ends) ** 2)

    within = [difference(a, b) for row in rows for a, b in combinations(row, 2)]
    anywhere = [difference(a, b) for a, b in combinations(every, 2)]
    expected = 1 - (sum(within) / len(within)) / (sum(anywhere) / len(anywhere))
    assert alpha(table, level, resampling=ONE).value == pytest.approx(expected)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=20), st.sampled_from(list(Level)))
def test_alpha_of_identical_reviewers_is_one(values: list[int], level: Level) -> None:
    found = alpha({str(i): {"a": v, "b": v} for i, v in enumerate(values)}, level, resampling=ONE)
    if len(set(values)) == 1:
        assert (found.value, found.remark) == (None, "all values are the same")
    else:
        assert found.value == pytest.approx(1)


def test_alpha_of_named_grades_follows_their_order() -> None:
    order = ("none", "minor", "major", "critical")
    near = {
        "1": {"a": "none", "b": "minor"},
        "2": {"a": "critical", "b": "critical"},
        "3": {"a": "major", "b": "major"},
    }
    far = {**near, "1": {"a": "none", "b": "critical"}}
    close, wide = (alpha(table, Level.ORDINAL, order, ONE).value for table in (near, far))
    assert close is not None
    assert wide is not None
    assert wide < close < 1
    with pytest.raises(UnknownNameError, match="unknown value 'tiny'"):
        alpha({"1": {"a": "tiny", "b": "none"}}, Level.ORDINAL, order)
    with pytest.raises(AlignerError, match="'critical' is not a number"):
        alpha(near, Level.INTERVAL)


def test_nothing_to_compare() -> None:
    found = alpha({"1": {"a": 1}, "2": {"b": 2}}, Level.INTERVAL)
    assert (found.value, found.n, found.interval, found.remark) == (None, 0, None, "no unit has two values")


def mark(start: int, end: int, severity: str = "major", side: str = "target") -> Marked:
    return Marked(side, Span(start, end), severity)


MARKS = st.dictionaries(
    st.sampled_from("xyz"),
    st.lists(
        st.builds(
            lambda start, length, severity, side: mark(start, start + length, severity, side),
            st.integers(0, 12), st.integers(1, 6), st.sampled_from(["minor", "major"]),
            st.sampled_from(["source", "target"]),
        ),
        max_size=3,
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([], [], 1.0),
        ([mark(0, 4)], [], 0.0),
        ([mark(0, 4)], [mark(0, 4)], 1.0),
        ([mark(0, 4)], [mark(2, 6)], 0.5),
        ([mark(0, 4)], [mark(0, 4, "minor")], 0.5),
        ([mark(0, 4)], [mark(0, 4, side="source")], 0.0),
        ([mark(0, 4)], [mark(0, 2), mark(2, 4)], 1.0),
        ([mark(0, 6)], [mark(0, 2), mark(4, 8, "minor")], 2 * (2 + 0.5 * 2) / 12),
    ],
)
def test_span_f1_by_hand(one: list[Marked], other: list[Marked], expected: float) -> None:
    assert span_f1({"s": one}, {"s": other}).value == pytest.approx(expected)


def test_span_f1_is_micro_averaged() -> None:
    first = {"s1": [mark(0, 1)], "s2": [mark(0, 9)], "s3": [mark(0, 5)]}
    second = {"s1": [], "s2": [mark(0, 9)]}
    found = span_f1(first, second)
    assert found.value == pytest.approx(18 / 19)
    assert (found.n, found.items) == (2, "sentences")
    assert span_f1(first, {}).value is None


@given(MARKS, MARKS)
def test_span_f1_is_symmetric_and_one_with_itself(one: dict[str, list[Marked]], other: dict[str, list[Marked]]) -> None:
    forth, back = span_f1(one, other, resampling=ONE), span_f1(other, one, resampling=ONE)
    assert (forth.n, forth.value) == (back.n, pytest.approx(back.value) if back.value is not None else None)
    assert forth.value is None or 0 <= forth.value <= 1
    assert not one or span_f1(one, one, resampling=ONE).value == 1


SCORES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=9)


@given(SCORES)
def test_tau_is_scipys_tau_b(pairs: list[tuple[int, int]]) -> None:
    from scipy.stats import kendalltau

    first, second = ({"s": {str(i): float(pair[side]) for i, pair in enumerate(pairs)}} for side in (0, 1))
    assume(len({a for a, _ in pairs}) > 1 and len({b for _, b in pairs}) > 1)
    expected = kendalltau([a for a, _ in pairs], [b for _, b in pairs]).statistic
    assert kendall_tau(first, second, ONE).value == pytest.approx(expected)


@given(SCORES)
def test_pairwise_accuracy_is_the_share_of_equal_signs(pairs: list[tuple[int, int]]) -> None:
    def sign(value: int) -> int:
        return (value > 0) - (value < 0)

    first, second = ({"s": {str(i): float(pair[side]) for i, pair in enumerate(pairs)}} for side in (0, 1))
    same = [sign(a[0] - b[0]) == sign(a[1] - b[1]) for a, b in combinations(pairs, 2)]
    found = pairwise_accuracy(first, second, ONE)
    assert found.value == pytest.approx(sum(same) / len(same))
    assert found.n == len(same)


def test_rankings_of_several_sentences_are_pooled() -> None:
    first = {"s1": {"v": 3.0, "w": 1.0}, "s2": {"v": 1.0, "w": 2.0, "x": 2.0}, "s3": {"v": 1.0}}
    second = {"s1": {"v": 90.0, "w": 10.0}, "s2": {"v": 50.0, "w": 40.0, "x": 40.0}, "s3": {"v": 2.0, "w": 1.0}}
    accuracy, tau = pairwise_accuracy(first, second), kendall_tau(first, second)
    assert (accuracy.value, accuracy.n) == (pytest.approx(2 / 4), 4)
    assert tau.value == pytest.approx((1 - 2) / 3)
    assert accuracy.interval is not None
    tied = {"s1": {"v": 1.0, "w": 1.0}}
    assert kendall_tau(tied, second).value is None
    assert kendall_tau(tied, second).remark == "every pair is tied for one of them"


def link(a: int, b: int, c: int, d: int) -> tuple[Span, Span]:
    return Span(a, b), Span(c, d)


def test_links_by_hand() -> None:
    first = {link(0, 10, 0, 5), link(10, 20, 5, 9), link(20, 30, 9, 12)}
    second = {link(0, 10, 0, 5), link(10, 30, 5, 12)}
    jaccard, boundary = link_agreement(first, second), boundary_agreement(first, second)
    assert (jaccard.value, jaccard.n) == (pytest.approx(1 / 4), 4)
    # the first has 12 places, the second 8, all of which the first has
    assert (boundary.value, boundary.n) == (pytest.approx(2 * 8 / (12 + 8)), 12)
    assert jaccard.interval is not None
    assert jaccard.interval.low <= 1 / 4 <= jaccard.interval.high
    assert link_agreement(set(), set()).value == 1
    assert link_agreement(first, set()).value == 0


LINKS = st.sets(
    st.builds(lambda a, b, c, d: link(a, a + b, c, c + d), *(st.integers(0, 4), st.integers(1, 3)) * 2), max_size=5
)


@given(LINKS, LINKS)
def test_agreement_of_links_is_symmetric_and_one_only_where_they_are_the_same(
    one: set[tuple[Span, Span]], other: set[tuple[Span, Span]]
) -> None:
    forth = link_agreement(one, other, ONE).value
    assert forth == link_agreement(other, one, ONE).value
    assert boundary_agreement(one, other, ONE).value == boundary_agreement(other, one, ONE).value
    assert (forth == 1) == (one == other)
    told = of_links(("a", "b"), one, other)
    assert len(told) == len(one ^ other)
    assert all(0 < item.weight <= 1 for item in told)


def annotation(name: str, category: str, severity: str, start: int, end: int) -> ErrorAnnotation:
    return ErrorAnnotation(name, "r", "v", "mqm-core", "2.0", category, severity, (quoted(start, end),))


def test_annotations_become_units() -> None:
    awkward = annotation("a1", "style/awkward style", "minor", 0, 4)
    one = {"s1": [awkward, annotation("a2", "accuracy/addition", "major", 5, 9)], "s2": []}
    other = {"s1": [annotation("b1", "accuracy/addition", "minor", 3, 9)], "s2": [], "s3": []}
    layers = {"one": one, "other": other}
    severities, order = worst_severities(layers, load())
    assert severities["s1"] == {"one": "major", "other": "minor"}
    assert severities["s2"] == {"one": NO_ERROR, "other": NO_ERROR}
    assert severities["s3"] == {"other": NO_ERROR}
    assert order[:2] == (NO_ERROR, "neutral")
    assert matched_categories(layers) == {"s1: a2, b1": {"one": "accuracy/addition", "other": "accuracy/addition"}}
    marks = Marked.of(one["s1"])
    assert [(item.span.start, item.side) for item in marks] == [(0, "target"), (5, "target")]


def test_disagreements_stand_worst_first() -> None:
    order = ("none", "minor", "major", "critical")
    severities = {
        "s1": {"a": "none", "b": "minor"},
        "s2": {"a": "none", "b": "critical"},
        "s3": {"a": "minor", "b": "minor"},
    }
    told = of_ratings("severity", severities, Level.ORDINAL, order)
    assert [(item.where, item.weight) for item in told] == [("s2", 1.0), ("s1", pytest.approx(1 / 3))]
    scores = of_ratings("score", {"s4": {"a": 10, "b": 50, "c": 90}}, Level.INTERVAL)
    assert [(item.reviewers, item.weight) for item in scores] == [
        (("a", "c"), 1.0),
        (("a", "b"), 0.5),
        (("b", "c"), 0.5),
    ]
    spans = of_spans(("a", "b"), {"s1": [mark(0, 4)], "s2": [mark(0, 4)]}, {"s1": [mark(3, 4)], "s2": [mark(0, 4)]})
    assert [(item.where, item.weight) for item in spans] == [("s1", pytest.approx(1 - 2 / 5))]
    assert (spans[0].first, spans[0].second) == ("target [0, 4) major", "target [3, 4) major")
    every = worst_first(told, scores, spans)
    assert [item.weight for item in every] == sorted((item.weight for item in every), reverse=True)
    assert len(every) == 6
    categories = of_ratings("category", {"u": {"a": "x", "b": "y"}}, Level.NOMINAL)
    assert categories[0].weight == 1
