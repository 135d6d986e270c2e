"""Agreement of reviewers from decisions: figures worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support_cli import LETTER
from support_judging import NORTH, SOUTH, TEXTS, at, built_folder, desk_of, done, mark, say, score

from aligner.errors import AlignerError, UnknownNameError
from aligner.model import Quoted, Span
from aligner.pipeline.agreeing import Agreement, agreement
from aligner.pipeline.linking import runs
from aligner.pipeline.reviewing import Desk
from aligner.review.agreement import Level, alpha
from aligner.review.figures import Figure, Resampling
from aligner.review.layers import own_layer
from aligner.review.typologies import load
from aligner.store import open_store

FEW = Resampling(resamples=20)
ORDER = ("none", "neutral", "minor", "major", "critical")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("built"))


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Iterator[Desk]:
    with open_store(str(tmp_path / "reviews.db")) as store:
        yield desk_of(folder, store)


def found(desk: Desk, renderings: tuple[str, ...] = (), reviewers: tuple[str, ...] = ()) -> Agreement:
    return agreement(desk, "farewell", renderings, reviewers, resampling=FEW)


def figures(said: Agreement, *between: str) -> dict[str, Figure]:
    every = (*said.judgements, *said.alignments)
    return {each.what: each.figure for each in every if each.between == between}


def judge(desk: Desk) -> None:
    """Ann marks four characters of the second sentence, Ben two of them, and two of the fourth sentence."""
    say(desk, "ann", NORTH, mark(NORTH, "accuracy/mistranslation", "major", "周五关店"), done())
    say(desk, "ben", NORTH, mark(NORTH, "accuracy/mistranslation", "major", "周五"), done())
    say(desk, "ben", NORTH, mark(NORTH, "style/awkward style", "minor", "聚会"))


def test_errors_of_two_reviewers_by_hand(desk: Desk) -> None:
    judge(desk)
    numbers = figures(found(desk), "ann", "ben")
    # 2 characters marked by both; Ann marked 4, Ben 4: 2 x 2 / 8.
    assert numbers["marked characters"].value == pytest.approx(2 * 2 / 8)
    assert (numbers["marked characters"].n, numbers["marked characters"].items) == (5, "sentences")
    units = {
        "1": {"a": "none", "b": "none"}, "2": {"a": "major", "b": "major"}, "3": {"a": "none", "b": "none"},
        "4": {"a": "none", "b": "minor"}, "5": {"a": "none", "b": "none"},
    }  # fmt: skip
    expected = alpha(units, Level.ORDINAL, ORDER, FEW)
    assert numbers["gravest severity in a sentence"] == expected
    assert expected.n == 5
    assert numbers["category of errors that overlap"].n == 1
    assert numbers["category of errors that overlap"].remark == "all values are the same"
    assert numbers["scores of sentences"].value is None


def test_scores_and_rankings_by_hand(desk: Desk) -> None:
    """Second sentence: both put the north first. Third: Ann the south, Ben the north."""
    say(desk, "ann", NORTH, score(80, "We close"), score(60, "Thank you"), score(70))
    say(desk, "ann", SOUTH, score(50, "We close"), score(90, "Thank you"), score(60))
    say(desk, "ben", NORTH, score(70, "We close"), score(70, "Thank you"), score(75))
    say(desk, "ben", SOUTH, score(60, "We close"), score(40, "Thank you"))
    numbers = figures(found(desk), "ann", "ben")
    assert numbers["order of renderings by scores"].value == 0.5
    assert numbers["order of renderings by scores"].n == 2
    assert numbers["order of renderings by scores, tau"].value == 0
    units = {"1": {"a": 80, "b": 70}, "2": {"a": 60, "b": 70}, "3": {"a": 50, "b": 60}, "4": {"a": 90, "b": 40}}
    assert numbers["scores of sentences"].value == alpha(units, Level.INTERVAL, resampling=FEW).value
    assert numbers["scores of sentences"].n == 4
    assert numbers["scores of renderings"].n == 1
    assert numbers["order of renderings by scores of the whole"].value is None
    say(desk, "ben", SOUTH, score(50))
    whole = figures(found(desk), "ann", "ben")["order of renderings by scores of the whole"]
    assert (whole.value, whole.n) == (1, 1)
    assert numbers["marked characters"].value is None  # who gave scores alone marked nothing, and agrees on nothing
    worst = found(desk).disputes[0]
    assert (worst.about, worst.rendering, worst.weight) == (("score",), SOUTH, 0.5)
    assert worst.said == ("90 of 100", "40 of 100")
    assert worst.sentence is not None
    assert worst.sentence.text == "Thank you for every year."


def test_the_order_by_penalty_points_by_hand(desk: Desk) -> None:
    """Ann finds the south worse in the second sentence, Ben the north; in the third both tie."""
    both = (done("We close"), done("Thank you"))
    say(desk, "ann", NORTH, mark(NORTH, "style/awkward style", "minor", "周五"), *both)
    say(desk, "ann", SOUTH, mark(SOUTH, "accuracy/addition", "major", "本店"), *both)
    say(desk, "ben", NORTH, mark(NORTH, "accuracy/mistranslation", "major", "周五"), *both)
    say(desk, "ben", SOUTH, *both, mark(SOUTH, "accuracy/addition", "minor", "本店"))
    numbers = figures(found(desk), "ann", "ben")
    assert (numbers["order of renderings by penalty points"].value, numbers["marked characters"].n) == (0.5, 4)
    assert numbers["order of renderings by penalty points, tau"].value == -1


def test_an_omission_that_one_saw_is_a_difference(desk: Desk) -> None:
    say(desk, "ann", SOUTH, mark(SOUTH, "accuracy/omission", "major", "", "Please come"))
    say(desk, "ben", SOUTH, mark(SOUTH, "style/awkward style", "minor", "支持"))
    assert figures(found(desk), "ann", "ben")["marked characters"].n == 2  # nothing is known of the others
    for who in ("ann", "ben"):
        say(desk, who, SOUTH, done())
    said = found(desk)
    assert figures(said, "ann", "ben")["marked characters"].n == 4  # three rendered sentences and the omitted one
    assert [(each.sentence and each.sentence.id, each.about) for each in said.disputes] == [
        ("s4", ("words", "severity")),
        ("s3", ("words", "severity")),
    ]


def test_disagreements_stand_worst_first_with_their_words_and_places(desk: Desk) -> None:
    judge(desk)
    say(desk, "ben", NORTH, mark(NORTH, "accuracy/addition", "critical", "每一年", "every year"))
    say(desk, "ann", NORTH, mark(NORTH, "accuracy/omission", "critical", "每一年", "every year"))
    told = found(desk).disputes
    assert [(each.sentence and each.sentence.number, each.about) for each in told] == [
        (3, ("category",)),  # 25 points at stake
        (4, ("words", "severity")),
        (2, ("words",)),
    ]
    assert [each.weight for each in told] == [1, 1, pytest.approx(1 - 2 * 2 / 6)]
    start = TEXTS[NORTH].index("聚会")
    assert told[1].target == (Quoted(start, start + 2, "聚会"),)
    assert told[1].said == ("no error", f"minor style/awkward style: article [{start}, {start + 2}) “聚会”")
    for each in told:
        for text, quotes in ((LETTER, each.source), (TEXTS[NORTH], each.target)):
            assert all(text[quoted.start : quoted.end] == quoted.text for quoted in quotes)


def test_alignments_by_hand(desk: Desk) -> None:
    """Ann joins the second and third link in a layer of her own: of the engine's 5 links she keeps 3 and has 4.

    Places: the engine has 20, Ann 16, all of them the engine's: 2 x 16 / 36.
    """
    editor = desk.editor("farewell", NORTH, own_layer("ann"))
    say(desk, "ann", NORTH, editor.merge(editor.part.beads[1:3]), layer=own_layer("ann"))
    editor = desk.editor("farewell", NORTH, own_layer("ben"))
    say(desk, "ben", NORTH, editor.confirm(editor.part.beads), layer=own_layer("ben"))
    editor = desk.editor("farewell", SOUTH)
    say(desk, "cy", SOUTH, editor.unlink(editor.part.beads[0]))
    said = found(desk)
    for pair in (("engine", "ann"), ("ann", "ben")):
        numbers = figures(said, *pair)
        assert (numbers["links"].value, numbers["links"].n) == (3 / 6, 6)
        assert numbers["links"].interval is not None
        assert numbers["boundaries of links"].value == pytest.approx(2 * 16 / 36)
    assert figures(said, "engine", "ben")["links"].value == 1
    assert figures(said, "engine", "shared")["links"].value == pytest.approx(2 / 3)
    assert {each.rendering for each in said.alignments} == {NORTH, SOUTH}
    assert said.reviewers == ("ann", "ben")
    unlinked = said.disputes[0]
    assert (unlinked.weight, unlinked.between, unlinked.said) == (1, ("engine", "shared"), ("linked", "not so"))
    assert [(q.text, t.text) for q, t in zip(unlinked.source, unlinked.target, strict=True)] == [
        ("Dear all,", "大家好，"),
    ]
    (joined,) = (each for each in said.disputes if each.said == ("not so", "linked", "not so"))
    assert joined.source[0].text == "We close the shop on Friday. Thank you for every year."
    assert {each.between for each in found(desk, reviewers=("ben",)).alignments} == {
        ("engine", "ben"), ("engine", "shared"),
    }  # fmt: skip


def test_a_reviewer_called_engine_is_not_the_engine(desk: Desk) -> None:
    editor = desk.editor("farewell", NORTH, own_layer("engine"))
    say(desk, "engine", NORTH, editor.unlink(editor.part.beads[0]), layer=own_layer("engine"))
    assert figures(found(desk), "engine", "engine (reviewer)")["links"].value == pytest.approx(4 / 5)


def test_pieces_of_a_link_are_one_only_where_nothing_lies_between() -> None:
    text = "ab cd, ef"
    side = [Quoted(0, 2, "ab"), Quoted(3, 5, "cd"), Quoted(7, 9, "ef")]
    assert runs(side, text) == [Span(0, 5), Span(7, 9)]


def test_faults_and_what_is_not_counted(desk: Desk) -> None:
    with pytest.raises(AlignerError, match="nobody has marked"):
        found(desk)
    judge(desk)
    say(desk, "ann", NORTH, mark(NORTH, "", "minor", "陪伴", typology=("esa", "2024")))
    assert [each.reason.partition(",")[0] for each in found(desk).uncounted] == ["made in esa 2024"]
    spans = agreement(desk, "farewell", typology=load("esa"), resampling=FEW)
    assert spans.uncounted == ()
    # Ann now marked 周五关店 and 陪伴, Ben 周五 and 聚会.
    assert figures(spans, "ann", "ben")["marked characters"].value == pytest.approx(2 * 2 / (6 + 4))
    with pytest.raises(UnknownNameError, match="unknown reviewer 'zoe'"):
        found(desk, reviewers=("zoe",))
    with pytest.raises(UnknownNameError, match="unknown rendering"):
        found(desk, ("west",))
    assert at("x", "") == ()
