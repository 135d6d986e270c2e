"""Scores of renderings from decisions: figures worked by hand, and no error lost or counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_cli import ARTICLES, LETTER, Sums, in_order, write_corpus
from support_judging import NORTH, SOUTH, TEXTS, WORDS, at, built_folder, desk_of, done, fill, mark, say, score
from support_review import OWN

from aligner.corpus import Corpus
from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Quoted, Span, sha256_of
from aligner.pipeline.judging import Hearing, Judged, by_sentence, hearing
from aligner.pipeline.placing import Placing, place
from aligner.pipeline.publishing import of_rendering
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.scoring import Asked, Scored, ScoredRendering, evaluated, score_hearing, score_letter
from aligner.review.annotations import ErrorAnnotation
from aligner.review.decisions import Decision, Kind
from aligner.review.figures import Resampling
from aligner.review.history import standing
from aligner.review.judgements import Texts
from aligner.review.layers import own_layer
from aligner.review.payloads import payload_of
from aligner.review.said import Adjudication, Mark, Verdict
from aligner.review.scores import Settings, Unit, score_rendering
from aligner.review.typologies import load, parse
from aligner.store import open_store

FEW = Resampling(resamples=20)
CORE = load()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("built"))


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Iterator[Desk]:
    with open_store(str(tmp_path / "reviews.db")) as store:
        yield desk_of(folder, store)


def rows(desk: Desk, rendering: str, **asked: object) -> dict[str, Scored]:
    settings = {"settings": Settings(resampling=FEW), **asked}
    (found,) = score_letter(desk, "farewell", [rendering], Asked(**settings))  # type: ignore[arg-type]
    return {row.of: row for row in found.rows}


def test_one_reviewers_scores_by_hand(desk: Desk) -> None:
    fill(desk)
    ann = rows(desk, NORTH)["ann"]
    assert ann.council is not None
    assert ann.google is not None
    assert (ann.judged, ann.council.length, ann.council.errors, ann.council.points) == (5, 19, 2, 6)
    assert ann.council.error_rate.value == pytest.approx(2 / 19 * 1000)
    assert ann.council.penalty_rate.value == pytest.approx(6 / 19 * 1000)
    assert ann.council.raw.value == pytest.approx((1 - 6 / 19) * 100)
    assert ann.council.raw.interval is not None
    assert (ann.council.calibrated.value, ann.council.passed) == (None, None)
    assert "fewer than 500 words" in ann.council.calibrated.remark
    assert [(s.id, s.length, s.errors, s.points) for s in ann.council.sentences] == [
        ("s1", 2, 0, 0), ("s2", 6, 1, 5), ("s3", 5, 1, 1), ("s4", 5, 0, 0), ("s5", 1, 0, 0),
    ]  # fmt: skip
    assert (ann.google.value, ann.google.n) == (pytest.approx(6 / 5), 5)
    assert ann.esa is not None
    assert ann.esa.value is None
    assert rows(desk, NORTH, reviewer="ben").keys() == {"ben"}


def test_the_mean_of_reviewers_by_hand(desk: Desk) -> None:
    """Ann has 5 and 1 points, Ben 1 (Google's minor punctuation: 0.1)."""
    fill(desk)
    found = rows(desk, NORTH)
    assert list(found) == ["ann", "ben", "mean"]
    ben, mean = found["ben"], found["mean"]
    assert ben.google is not None
    assert ben.google.value == pytest.approx(0.1 / 5)
    assert mean.council is not None
    assert mean.google is not None
    assert (mean.council.errors, mean.council.points, mean.council.length) == (1.5, 3.5, 19)
    assert mean.council.raw.value == pytest.approx((1 - 3.5 / 19) * 100)
    assert mean.council.raw.formula.endswith("points of a sentence: mean over its reviewers")
    assert mean.google.value == pytest.approx((5 / 2 + 1 / 2 + 0.1 / 2) / 5)
    assert [(row.category, row.count) for row in mean.council.profile] == [
        ("accuracy/mistranslation", 1), ("linguistic conventions/punctuation", 1), ("style/awkward style", 1),
    ]  # fmt: skip


def test_what_the_excerpt_leaves_out_costs_nothing_unless_it_claims_to_be_complete(desk: Desk) -> None:
    fill(desk)
    ann = rows(desk, SOUTH)["ann"]
    assert ann.council is not None
    assert (ann.council.length, ann.council.points, len(ann.left_out)) == (sum(WORDS[:3]), 0, 1)
    whole = rows(desk, SOUTH, settings=Settings(complete=True, resampling=FEW))["ann"]
    assert whole.council is not None
    assert (whole.council.length, whole.council.points, whole.left_out) == (sum(WORDS[:3]), 5, ())
    assert whole.google is not None
    assert whole.google.value == pytest.approx(5 / 5)


def test_thresholds_and_unit_are_settings(desk: Desk) -> None:
    """100 - 6/19 x 1000 x (100 - 50) / 400, where texts of any length are long enough."""
    fill(desk)
    settings = Settings(passing=50, acceptable=400, shortest=0, resampling=FEW)
    council = rows(desk, NORTH, settings=settings)["ann"].council
    assert council is not None
    assert council.calibrated.value == pytest.approx(100 - 6 / 19 * 1000 * 50 / 400)
    assert council.passed is True
    assert "(100 - 50) / 400" in council.calibrated.formula
    letters = rows(desk, NORTH, settings=Settings(unit=Unit.CHARACTERS, resampling=FEW))["ann"].council
    assert letters is not None
    assert letters.length == sum(map(len, ("Dear all,", "We close the shop on Friday.", "Thank you for every year.",
                                           "Please come to the party.", "Ada")))  # fmt: skip


def test_only_sentences_that_were_judged_are_evaluated_where_a_reviewer_says_which(desk: Desk) -> None:
    say(desk, "cy", NORTH, mark(NORTH, "accuracy/addition", "minor", "每一年"), done("We close"), score(70, "We close"))
    council = rows(desk, NORTH)["cy"].council
    assert council is not None
    assert [s.id for s in council.sentences] == ["s2", "s3"]
    assert council.length == 6 + 5
    say(desk, "cy", NORTH, done())
    council = rows(desk, NORTH)["cy"].council
    assert council is not None
    assert council.length == 19


def test_scores_alone_are_no_errors(desk: Desk) -> None:
    say(desk, "cy", NORTH, score(80, "We close"), score(60, "Thank you"), score(90))
    say(desk, "di", NORTH, score(40, "We close"), score(50))
    found = rows(desk, NORTH)
    assert found["cy"].council is None
    assert found["cy"].google is None
    assert [found[name].esa.value for name in ("cy", "di", "mean")] == [70, 40, 60]  # type: ignore[union-attr]
    assert [found[name].esa_overall.value for name in ("cy", "di", "mean")] == [90, 50, 70]  # type: ignore[union-attr]
    assert found["mean"].esa is not None
    assert (found["mean"].esa.n, found["mean"].judged) == (2, 2)


def settled(desk: Desk, adjudication: Adjudication) -> ScoredRendering:
    """What is published of the north once Eve has settled something."""
    place_of, texts = place(desk.corpus.letter("farewell"), desk.state("farewell", NORTH).alignment), TEXTS[NORTH]
    own = Texts(LETTER, texts, sha256_of(LETTER), sha256_of(texts))
    shas = own.source_sha256, own.target_sha256
    last = Decision("z", "eve", "2026-01-31T12:00:00+00:00", "published", "farewell", NORTH, *shas, 0,
                    Kind.ADJUDICATION, payload_of(adjudication))  # fmt: skip
    heard = hearing(NORTH, place_of, standing(of_rendering((*desk.log("farewell"), last), NORTH)), own)
    return score_hearing(heard, Asked(published=True, settings=Settings(resampling=FEW)))


def test_published_is_what_holds_after_adjudication(desk: Desk) -> None:
    fill(desk)
    (one,) = say(desk, "ben", NORTH, mark(NORTH, "accuracy/mistranslation", "critical", "周五", "Friday"))
    first = next(each.id for each in desk.log("farewell") if each.reviewer == "ann")
    outcome = mark(NORTH, "accuracy/mistranslation", "minor", "周五", "Friday")
    scored = settled(desk, Adjudication((first, one), outcome, "a day is a day"))
    (row,) = scored.rows
    assert row.council is not None
    # Eve's 1, Ann's awkward style 1, Ben's punctuation 1; Ann's 5 and Ben's 25 were settled.
    assert (row.of, row.council.errors, row.council.points) == ("published", 3, 3)
    assert scored.unsettled == {"ann": 1, "ben": 1}


def test_a_settled_score_gives_way_to_the_adjudicators(desk: Desk) -> None:
    (one,) = say(desk, "ann", NORTH, score(20, "We close"))
    say(desk, "eve", NORTH, score(50, "We close"))
    (row,) = settled(desk, Adjudication((one,), score(90, "We close"))).rows
    assert row.esa is not None
    assert row.esa.value == 70  # Eve's own 50 and the 90 that she decided on


def test_an_accepted_finding_is_an_error_and_a_dismissed_one_is_a_judgement(desk: Desk) -> None:
    say(desk, "ann", NORTH, Verdict("f1", "numbers", mark(NORTH, "accuracy/mistranslation", "minor", "周五")))
    say(desk, "ben", NORTH, Verdict("f1", "numbers", None, "fine"))
    found = rows(desk, NORTH)
    assert found["ann"].council is not None
    assert found["ben"].council is not None
    assert (found["ann"].council.points, found["ben"].council.points) == (1, 0)
    # A verdict on one finding says nothing of the other sentences.
    assert [(found[name].judged, found[name].council.length, found[name].unstated) for name in ("ann", "ben")] == [
        (1, 6, ("ann",)), (0, 0, ("ben",)),
    ]  # type: ignore[union-attr]  # fmt: skip
    assert found["ben"].council.raw.value is None
    say(desk, "ann", NORTH, done())
    ann = rows(desk, NORTH)["ann"]
    assert (ann.judged, ann.unstated) == (5, ())


def test_what_a_typology_cannot_take_is_told(desk: Desk) -> None:
    house = parse(OWN, "house.toml")
    gap = mark(NORTH, "content/gap", "slight", "", "Friday", ("house", "1.2"))
    say(desk, "ann", NORTH, gap, mark(NORTH, "", "minor", "陪伴", typology=("esa", "2024")))
    say(desk, "ann", NORTH, mark(NORTH, "accuracy/omision", "minor", "陪伴"))
    row = rows(desk, NORTH)["ann"]
    assert row.council is not None
    assert row.council.errors == 0
    assert row.google is not None
    assert (row.council.raw.value, row.council.passed, row.google.value) == (None, None, None)  # and no perfect 100
    assert row.council.raw.remark == "all 3 errors are not counted: " + row.uncounted[0].reason
    assert [each.reason.partition(",")[0] for each in row.uncounted] == [
        "made in house 1.2", "made in esa 2024", "unknown category 'accuracy/omision'",
    ]  # fmt: skip
    assert len(row.uncounted_by_google) == 3
    outside = mark(SOUTH, "accuracy/omission", "minor", "", "Please come")
    say(desk, "ann", SOUTH, outside, mark(SOUTH, "", "minor", "支持", typology=("esa", "2024")))
    row = rows(desk, SOUTH)["ann"]  # what the article leaves out costs nothing, so it makes no score either
    assert row.council is not None
    assert (len(row.left_out), row.council.raw.value) == (1, None)
    own = rows(desk, NORTH, typology=house)["ann"]
    assert own.council is not None
    assert (own.council.points, len(own.uncounted)) == (0.5, 2)
    assert own.council.raw.formula.startswith("Penalty raw")
    assert own.council.raw.value is not None
    say(desk, "ben", NORTH, mark(NORTH, "accuracy/mistranslation", "major", "周五"))
    found = rows(desk, NORTH)
    assert found["mean"].council is not None
    assert found["mean"].council.raw.value == found["ben"].council.raw.value  # ann's counts for nothing, not for 100


def test_the_published_alignment_says_what_is_rendered(desk: Desk) -> None:
    fill(desk)
    editor = desk.editor("farewell", NORTH)
    say(desk, "ben", NORTH, editor.unlink(editor.part.beads[1]))
    ann = rows(desk, NORTH)["ann"]
    assert ann.council is not None
    assert (ann.council.length, ann.council.points, len(ann.left_out)) == (19 - 6, 1, 1)
    # A reviewer's own layer is not what is published.
    editor = desk.editor("farewell", NORTH, own_layer("ann"))
    say(desk, "ann", NORTH, editor.unlink(editor.part.beads[0]), layer=own_layer("ann"))
    ann = rows(desk, NORTH)["ann"]
    assert ann.council is not None
    assert ann.council.length == 13


def test_a_corpus_that_was_not_built_says_so(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus")
    with (
        open_store(str(tmp_path / "reviews.db")) as store,
        pytest.raises(AlignerError, match=r"no rendering is aligned yet.*aligner build"),
    ):
        score_letter(desk_of(tmp_path, store), "farewell")


def test_faults(desk: Desk) -> None:
    with pytest.raises(AlignerError, match="nobody has marked an error"):
        score_letter(desk, "farewell")
    fill(desk)
    with pytest.raises(UnknownNameError, match=r"unknown reviewer 'zoe'.*known: ann, ben"):
        score_letter(desk, "farewell", [], Asked(reviewer="zoe"))
    with pytest.raises(UnknownNameError, match="unknown rendering"):
        score_letter(desk, "farewell", ["west"])
    with pytest.raises(UnknownNameError, match="unknown formula"):
        Asked(formulas=("bleu",))
    south = next(each for each in score_letter(desk, "farewell") if each.rendering == SOUTH)
    assert (south.rendered, [row.of for row in south.rows]) == (3, ["ann"])


@pytest.fixture(scope="module")
def placings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Placing]:
    corpus = Corpus.open(write_corpus(tmp_path_factory.mktemp("corpus")))
    letter = corpus.letter("farewell")
    return {
        name: place(letter, in_order(letter, corpus.document(file), Sums(), rendering=name))
        for name, file in ((NORTH, "north.txt"), (SOUTH, "south.txt"))
    }


@pytest.mark.parametrize(
    ("rendering", "target", "source", "home"),
    [
        (NORTH, "周五", "", "s2"),
        (NORTH, "关店。感谢每", "", "s2"),  # three characters of one, three of the next: the first
        (NORTH, "店。感谢每", "", "s3"),
        (NORTH, "周五", "Thank", "s3"),  # the letter decides
        (NORTH, "", "Friday. Thank you for", "s3"),
        (SOUTH, "", "year.\n\nPlease come", "s3"),  # a rendered sentence before one that is not
        (SOUTH, "", "Please come", "s4"),
        (SOUTH, "停业", "Please come", "s4"),
        (SOUTH, "支持。", "", "s3"),
        (NORTH, "\n\n请来", "", "s4"),
    ],
)
def test_where_an_error_belongs(
    placings: dict[str, Placing], rendering: str, target: str, source: str, home: str
) -> None:
    value = mark(rendering, "accuracy/mistranslation", "minor", target, source)
    error = ErrorAnnotation("e", "r", rendering, "mqm-core", "2.0", value.category, "minor", value.target, value.source)
    assert placings[rendering].home(error).id == home


def test_what_lies_between_belongs_to_the_nearest(placings: dict[str, Placing]) -> None:
    (blank,) = at(TEXTS[NORTH], "\n\n请来")
    blank = Quoted(blank.start, blank.start + 1, "\n")
    error = ErrorAnnotation("e", "r", NORTH, "mqm-core", "2.0", "accuracy/addition", "minor", (blank,))
    assert placings[NORTH].home(error).id == "s3"
    pieces = [(s.id, span) for s, span in placings[NORTH].pieces("target", *at(TEXTS[NORTH], "陪伴。\n\n请来"))]
    start = TEXTS[NORTH].index("陪伴")
    assert pieces == [("s3", Span(start, start + 4)), ("s4", Span(start + 4, start + 7))]


def quotes(text: str) -> st.SearchStrategy[tuple[Quoted, ...]]:
    """No stretch of a text, or one, or two that do not overlap."""
    cuts = st.lists(st.integers(0, len(text)), max_size=4, unique=True).map(sorted)
    return cuts.map(
        lambda at: tuple(Quoted(a, b, text[a:b]) for a, b in zip(at[::2], at[1::2], strict=False))
    )  # fmt: skip


MARKS = st.builds(
    lambda category, severity, target, source: Mark("mqm-core", "2.0", category, severity, target, source),
    st.sampled_from([category.id for category in CORE.categories]),
    st.sampled_from(CORE.order),
    quotes(ARTICLES["south.txt"]),
    quotes(LETTER),
).filter(lambda value: bool(value.source or value.target))


@given(said=st.lists(MARKS, max_size=8), typology=st.sampled_from(["mqm-core", "google-mqm", "esa"]))
def test_no_error_is_lost_or_counted_twice(placings: dict[str, Placing], said: list[Mark], typology: str) -> None:
    """Points over sentences are points over annotations, and counted, left out and not counted are all there are."""
    kind, placing = load(typology), placings[SOUTH]
    made = [
        ErrorAnnotation(f"e{n}", "r", SOUTH, m.typology, m.version, m.category, m.severity, m.target, m.source)
        for n, m in enumerate(said)
    ]
    errors = by_sentence(made, placing)
    judged = Judged("r", frozenset(s.id for s in placing.sentences), errors)
    heard = Hearing(SOUTH, placing, {"r": judged}, judged)
    sentences, uncounted = evaluated(judged, heard, kind, complete=True)
    score = score_rendering(sentences, kind, Settings(complete=True, resampling=Resampling(resamples=1)))
    counted = [error for sentence in sentences for error in sentence.errors]
    assert sorted([e.id for e in counted] + [u.annotation.id for u in uncounted]) == sorted(e.id for e in made)
    assert score.points == pytest.approx(sum(kind.points(e.category, e.severity) for e in counted))
    assert score.points == pytest.approx(sum(sentence.points for sentence in score.sentences))
    if typology == "mqm-core":
        by_hand = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
        costs = [by_hand[m.severity] for m in said if m.source or not CORE.category(m.category).source_span]
        assert score.points == sum(costs)
    excerpt, left = evaluated(judged, heard, kind)
    linked = [e.id for sentence in excerpt if sentence.linked for e in sentence.errors]
    out = [e.id for s in placing.sentences if not s.linked for e in errors.get(s.id, ())]
    assert sorted(linked + out + [u.annotation.id for u in left]) == sorted(e.id for e in made)


@given(target=quotes(ARTICLES["south.txt"]), source=quotes(LETTER))
def test_pieces_are_the_stretch_again(
    placings: dict[str, Placing], target: tuple[Quoted, ...], source: tuple[Quoted, ...]
) -> None:
    for side, stretches in (("target", target), ("source", source)):
        for quoted in stretches:
            spans = [span for _, span in placings[SOUTH].pieces(side, quoted)]
            assert [n for span in spans for n in range(span.start, span.end)] == list(range(quoted.start, quoted.end))
