"""Scores: the figures of their sources, and the laws that any score keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_review import OWN, error, quoted, sentences

from aligner.errors import AlignerError, UnknownNameError
from aligner.review.annotations import ErrorAnnotation, EsaScore
from aligner.review.figures import Resampling, bootstrap
from aligner.review.scores import (
    Evaluated,
    Settings,
    Unit,
    error_profile,
    esa_mean,
    esa_overall,
    google_score,
    score_rendering,
)
from aligner.review.typologies import load, parse

CORE = load()
GOOGLE = load("google-mqm")
FEW = Resampling(resamples=20)

SEVERITIES = st.sampled_from(CORE.order)
CATEGORIES = st.sampled_from([category.id for category in CORE.categories])
ERRORS = st.builds(error, CATEGORIES, SEVERITIES)
TEXTS = st.lists(
    st.builds(
        Evaluated,
        st.uuids().map(str),
        st.integers(1, 60),
        st.integers(1, 300),
        st.lists(ERRORS, max_size=3).map(tuple),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda item: item.id,
)


def seventy_three_points() -> list[Evaluated]:
    """5,000 words with 1 critical, 8 major and 8 minor errors: 25 + 40 + 8 = 73 penalty points."""
    errors = [error("accuracy/mistranslation", "critical")]
    errors += [error("accuracy/addition", "major") for _ in range(8)]
    errors += [error("linguistic conventions/grammar", "minor") for _ in range(8)]
    return sentences(5000, *errors)


def test_the_councils_formulas_by_hand() -> None:
    """73 points on 5,000 words: raw (1 - 73/5000) x 100, calibrated 100 - 14.6 x (100 - 95) / 10.

    Formulas: themqm.org, The MQM Scoring Models, and Lommel et al. 2024, arXiv:2405.16969. The figures are
    worked by hand from these; no published table of figures was at hand to copy.
    """
    score = score_rendering(seventy_three_points(), CORE, Settings(resampling=FEW))
    assert (score.length, score.errors, score.points) == (5000, 17, 73)
    assert score.penalty_rate.value == pytest.approx(14.6)
    assert score.error_rate.value == pytest.approx(3.4)
    assert score.raw.value == pytest.approx(98.54)
    assert score.calibrated.value == pytest.approx(92.7)
    assert score.passed is False
    assert score.raw.formula == "MQM raw, linear: (1 - APT / EWC) x 100"
    assert score.calibrated.formula == "MQM calibrated, linear: 100 - NPT x (100 - 95) / 10"


@pytest.mark.parametrize(("points", "passed"), [(9, True), (10, True), (11, False)])
def test_the_calibrated_score_passes_with_exactly_what_is_acceptable(points: int, passed: bool) -> None:
    """The anchor of the calibration: APP penalty points per RWC give the passing threshold."""
    text = sentences(1000, *(error("accuracy/addition", "minor") for _ in range(points)))
    score = score_rendering(text, CORE, Settings(resampling=FEW))
    assert score.calibrated.value == pytest.approx(100 - points / 2)
    assert score.passed is passed


def test_one_critical_error_fails_whatever_the_score() -> None:
    text = sentences(10000, error("accuracy/omission", "critical"))
    score = score_rendering(text, CORE, Settings(resampling=FEW))
    assert score.calibrated.value == pytest.approx(98.75)
    assert score.passed is False
    assert score_rendering(sentences(10000), CORE, Settings(resampling=FEW)).passed is True


def test_a_short_text_gets_counts_and_rates_and_no_verdict() -> None:
    score = score_rendering(sentences(475, error("accuracy/omission", "major")), CORE)
    assert (score.errors, score.points, score.passed) == (1, 5, None)
    assert score.penalty_rate.value == pytest.approx(5 / 475 * 1000)
    assert score.calibrated.value is None
    assert score.calibrated.remark == "fewer than 500 words: counts and rates only"
    assert score_rendering(sentences(500), CORE).passed is True


def test_characters_on_request() -> None:
    text = sentences(1000, error("accuracy/omission", "major"))
    score = score_rendering(text, CORE, Settings(unit=Unit.CHARACTERS, resampling=FEW))
    assert score.length == 5000
    assert score.penalty_rate.value == pytest.approx(1.0)
    assert "per 1000 source characters" in score.penalty_rate.formula


def test_what_an_excerpt_leaves_out_costs_nothing_unless_the_article_claims_to_be_complete() -> None:
    linked = sentences(1000, error("accuracy/addition", "minor"))
    left_out = [Evaluated("x1", 40, 200, (error("accuracy/omission", "major"),), linked=False)]
    left_out.append(Evaluated("x2", 40, 200, (), linked=False))
    excerpt = score_rendering([*linked, *left_out], CORE, Settings(resampling=FEW))
    assert (excerpt.length, excerpt.points) == (1000, 1)
    whole = score_rendering([*linked, *left_out], CORE, Settings(complete=True, resampling=FEW))
    assert (whole.length, whole.points) == (1000, 6)
    assert whole.sentences[-2].rate.value is None
    assert whole.sentences[-2].points == 5


def test_sentences_and_profile_add_up() -> None:
    score = score_rendering(seventy_three_points(), CORE, Settings(resampling=FEW))
    assert sum(item.points for item in score.sentences) == score.points
    assert sum(row.points for row in score.profile) == score.points
    assert [(row.category, row.severity, row.count, row.points) for row in score.profile] == [
        ("accuracy/addition", "major", 8, 40),
        ("accuracy/mistranslation", "critical", 1, 25),
        ("linguistic conventions/grammar", "minor", 8, 8),
    ]
    assert [rate.value for rate in score.profile_rates] == [pytest.approx(n / 5) for n in (8, 1, 8)]
    assert all(rate.interval is not None for rate in score.profile_rates)
    assert score.sentences[0].raw.value == pytest.approx(0.0)  # 25 points on 25 words
    assert score.sentences[0].rate.value == pytest.approx(1000.0)


def test_what_is_not_mqm_is_not_called_so() -> None:
    esa = [Evaluated("s1", 600, 3000, (error("", "major", typology="esa"),))]
    score = score_rendering(esa, load("esa"))
    assert score.raw.value == pytest.approx((1 - 5 / 600) * 100)
    assert "MQM" not in score.raw.formula + score.calibrated.formula + score.penalty_rate.formula


def test_weights_of_a_teams_own_typology_count() -> None:
    own = parse(OWN, "house.toml")
    span = (quoted(0, 2),)
    errors = tuple(
        ErrorAnnotation(f"e{i}", "r1", "v1", "house", "1.2", "content/gap", severity, span, span)
        for i, severity in enumerate(("grave", "grave", "slight"))
    )
    score = score_rendering([Evaluated("s1", 1000, 5000, errors)], own)
    assert score.points == 20.5  # 2 x 2.5 x 4, and 0.5 as `points` says
    assert score.raw.value == pytest.approx(97.95)
    assert (score.typology, score.version, score.passed) == ("house", "1.2", False)


def test_googles_score_is_the_mean_over_sentences_of_the_mean_over_reviewers() -> None:
    """score_mqm.py of google-research/mt-metrics-eval (68a481ae) gives -5.1, -25.0 and, for an error that one of
    two raters saw, -0.5; it negates."""

    def marked(*pairs: tuple[str, str]) -> list[Evaluated]:
        return [Evaluated("s1", 9, 40, tuple(error(c, s, typology="google-mqm") for c, s in pairs))]

    one = marked(("accuracy/mistranslation", "major"), ("fluency/punctuation", "minor"))
    assert google_score({"r1": one}, GOOGLE).value == pytest.approx(5.1)
    assert google_score({"r1": marked(("non-translation", "major"))}, GOOGLE).value == 25
    split = {"r1": marked(("fluency/grammar", "minor")), "r2": marked()}
    assert google_score(split, GOOGLE).value == 0.5
    second = [Evaluated("s2", 9, 40)]
    both = google_score({"r1": [*one, *second], "r2": one}, GOOGLE)
    assert both.value == pytest.approx(5.1 / 2)
    assert (both.n, both.items) == (2, "sentences")
    with pytest.raises(AlignerError, match="Google's score of errors of typology mqm-core"):
        google_score({"r1": sentences(25)}, CORE)


def test_esa_means() -> None:
    given = [EsaScore("a", "v", 80, "s1"), EsaScore("b", "v", 60, "s1"), EsaScore("a", "v", 100, "s2")]
    given += [EsaScore("a", "v", 90), EsaScore("b", "v", 40)]
    assert esa_mean(given).value == 85
    assert esa_mean(given).n == 2
    assert esa_overall(given).value == 65
    assert esa_mean([]).value is None
    with pytest.raises(AlignerError, match="several renderings: v, w"):
        esa_mean([*given, EsaScore("a", "w", 1, "s1")])
    with pytest.raises(AlignerError, match="a scored s1 2 times"):
        esa_mean([*given, EsaScore("a", "v", 1, "s1")])


def test_faults_are_told() -> None:
    with pytest.raises(AlignerError, match="sentence s1: is given twice"):
        score_rendering([*sentences(25), *sentences(25)], CORE)
    with pytest.raises(UnknownNameError, match="unknown category"):
        score_rendering(sentences(25, error("accuracy/omision", "major")), CORE)
    with pytest.raises(AlignerError, match="make no scale"):
        Settings(acceptable=0)
    with pytest.raises(AlignerError, match="make no interval"):
        Resampling(level=1.0)
    with pytest.raises(AlignerError, match="-1 words"):
        Evaluated("s1", -1, 0)


def test_no_sentence_no_score() -> None:
    score = score_rendering([], CORE)
    assert (score.length, score.raw.value, score.raw.n, score.passed) == (0, None, 0, None)


def test_an_interval_holds_the_score_and_can_be_made_again() -> None:
    score = score_rendering(seventy_three_points(), CORE)
    interval = score.raw.interval
    assert interval is not None
    assert interval.low < 98.54 < interval.high
    assert score_rendering(seventy_three_points(), CORE).raw.interval == interval
    other = score_rendering(seventy_three_points(), CORE, Settings(resampling=Resampling(seed=1))).raw.interval
    assert other != interval


def test_the_bootstrap_of_a_mean_is_near_the_normal_interval() -> None:
    """0, 1, ... 99: mean 49.5, standard error sqrt(sum of squares / n) / sqrt(n) = 2.887."""
    interval = bootstrap(lambda weights: float(weights @ range(100)) / 100, 100, Resampling(resamples=4000))
    assert interval is not None
    assert interval.low == pytest.approx(49.5 - 1.96 * 2.887, abs=0.4)
    assert interval.high == pytest.approx(49.5 + 1.96 * 2.887, abs=0.4)


@given(text=TEXTS, place=st.integers(0, 5), one=ERRORS, complete=st.booleans())
def test_adding_an_error_never_raises_the_score(text: list[Evaluated], place: int, one: object, complete: bool) -> None:
    settings = Settings(complete=complete, shortest=0, resampling=Resampling(resamples=1))
    at = place % len(text)
    old = text[at]
    worse = [*text[:at], Evaluated(old.id, old.words, old.characters, (*old.errors, one), old.linked), *text[at + 1 :]]  # type: ignore[arg-type]
    before, after = score_rendering(text, CORE, settings), score_rendering(worse, CORE, settings)
    assert after.length == before.length
    assert after.points >= before.points
    for name in ("raw", "calibrated"):
        first, second = getattr(before, name).value, getattr(after, name).value
        assert (first is None) == (second is None)
        assert first is None or second <= first


@given(text=TEXTS)
def test_the_order_of_sentences_does_not_matter_and_parts_add_up(text: list[Evaluated]) -> None:
    settings = Settings(shortest=0, resampling=Resampling(resamples=1))
    one, other = score_rendering(text, CORE, settings), score_rendering(text[::-1], CORE, settings)
    assert one.raw.value == other.raw.value
    assert one.profile == other.profile
    assert one.points == sum(row.points for row in error_profile([item for item in text if item.linked], CORE))
