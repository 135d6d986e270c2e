"""What every engine of the registry promises, with the real encoder and short texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_engines import Random, use

from aligner.engines import ENGINES, Bead, Engine, bead_line, check_beads
from aligner.errors import AlignmentError, MissingExtraError

ENGLISH = (
    "Dear friends,",
    "We close the bakery on Friday after nineteen years.",
    "My knees are tired, and so is the oven.",
    "Who will bake your bread now?",
    "Clara Benning has rented the shop and keeps the name.",
    "Please be kind to her in the first weeks.",
    "Thank you for every morning.",
    "Ivo",
)
CHINESE = (
    "各位朋友：",
    "经营了十九年之后，我们的面包店将于周五关门。",
    "我的膝盖累了，烤炉也累了。",
    "以后谁来给你们烤面包呢？",
    "克拉拉·本宁租下了店面，店名保持不变。",
    "请在头几个星期里多多关照她。",
    "感谢每一个早晨。",
    "伊沃",
)
GERMAN = (
    "Liebe Freunde,",
    "wir schließen die Bäckerei am Freitag.",
    "Wer wird jetzt euer Brot backen?",
    "Danke für jeden Morgen.",
)
FRENCH = (
    "Chers amis,",
    "nous fermons la boulangerie vendredi.",
    "Qui fera votre pain maintenant ?",
    "Merci pour chaque matin.",
)


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    engine = ENGINES[request.param]
    try:
        engine.beads(["a"], ["b"], Random())
    except MissingExtraError as fault:
        pytest.skip(str(fault))
    return engine


def match_reports(count: int) -> list[str]:
    """Sentences that have nothing to do with bread."""
    return [f"第{n + 100}轮比赛昨天在雨中进行，双方{n % 5}比{n % 3}战平，没有球员受伤。" for n in range(count)]


def run(
    engine: Engine, source: Sequence[str], target: Sequence[str], languages: tuple[str, str] = ("en", "zh")
) -> tuple[Bead, ...]:
    beads = engine.beads(source, target, use(), languages)
    assert check_beads(beads, len(source), len(target)) == beads
    assert all(0 <= bead.confidence <= 1 for bead in beads)
    return beads


def pairs(beads: Sequence[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in beads]


def one_to_one(count: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [((n,), (n,)) for n in range(count)]


def test_a_faithful_translation_is_sentence_by_sentence(engine: Engine) -> None:
    assert pairs(run(engine, ENGLISH, CHINESE)) == one_to_one(len(ENGLISH))


@pytest.mark.parametrize(("left", "right"), [(0, 0), (0, 3), (3, 0), (0, 1), (1, 0)])
def test_an_empty_side_renders_nothing(engine: Engine, left: int, right: int) -> None:
    beads = run(engine, ENGLISH[:left], CHINESE[:right])
    assert sorted(pairs(beads)) == sorted([((n,), ()) for n in range(left)] + [((), (n,)) for n in range(right)])


@pytest.mark.parametrize("left", range(1, 9))
@pytest.mark.parametrize("right", range(1, 9))
def test_any_few_against_any_few(engine: Engine, left: int, right: int) -> None:
    run(engine, ENGLISH[:left], CHINESE[:right])


def test_one_sentence_against_one(engine: Engine) -> None:
    assert pairs(run(engine, ENGLISH[1:2], CHINESE[1:2])) == [((0,), (0,))]


def test_five_hundred_against_three(engine: Engine) -> None:
    many = [f"Round {n} of the cup was played in the rain, and nobody scored twice." for n in range(500)]
    many[200:203] = ENGLISH[1:4]
    run(engine, many, CHINESE[1:4])


def test_three_against_five_hundred(engine: Engine) -> None:
    many = match_reports(500)
    many[200:203] = CHINESE[1:4]
    run(engine, ENGLISH[1:4], many)


@pytest.mark.parametrize("before", [0, 90])
@pytest.mark.parametrize("inside", [0, 3, 20, 70])
@pytest.mark.parametrize("after", [0, 40])
def test_the_bead_engine_finds_a_text_among_others(before: int, inside: int, after: int) -> None:
    target = [*match_reports(before), *CHINESE[:4], *match_reports(inside), *CHINESE[4:], *match_reports(after)]
    places = [before + n + (inside if n >= 4 else 0) for n in range(len(CHINESE))]
    beads = run(ENGINES["crf"], ENGLISH, target)
    assert pairs([bead for bead in beads if bead.source]) == [((n,), (place,)) for n, place in enumerate(places)]


def test_the_bead_engine_finds_three_among_twenty_in_the_first_text() -> None:
    many = [f"Round {n} of the cup was played in the rain, and nobody scored twice." for n in range(20)]
    many[10:13] = ENGLISH[1:4]
    beads = run(ENGINES["crf"], many, CHINESE[1:4])
    assert pairs([bead for bead in beads if bead.target]) == [((10,), (0,)), ((11,), (1,)), ((12,), (2,))]


def test_identical_texts_go_with_themselves(engine: Engine) -> None:
    for texts, language in ((ENGLISH, "en"), (CHINESE, "zh")):
        assert pairs(run(engine, texts, texts, (language, language))) == one_to_one(len(texts))


def test_two_runs_agree(engine: Engine) -> None:
    assert run(engine, ENGLISH, CHINESE[::2]) == run(engine, ENGLISH, CHINESE[::2])


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (["", "Thank you for every morning.", " "], ["感谢每一个早晨。", ""]),
        (["", ""], [""]),
        (["\t"], ["　", "感谢每一个早晨。"]),
        ([*ENGLISH[:4], "", *ENGLISH[4:]], [*CHINESE[:2], "", *CHINESE[2:]]),
        (["...", "!?"], ["——", "。"]),
    ],
)
def test_blank_sentences_are_sentences(engine: Engine, source: list[str], target: list[str]) -> None:
    run(engine, source, target)


def test_a_pair_never_trained_on(engine: Engine) -> None:
    assert pairs(run(engine, GERMAN, FRENCH, ("de", "fr"))) == one_to_one(len(GERMAN))


JOINED = pytest.mark.xfail(strict=True, reason="a short sentence left out is rather joined to the one before it")


@pytest.mark.parametrize("gap", [1, pytest.param(2, marks=JOINED), 3, 4, pytest.param(5, marks=JOINED), 6])
def test_the_bead_engine_sees_the_sentence_left_out(gap: int) -> None:
    short = [text for n, text in enumerate(CHINESE) if n != gap]
    expected = [((n,), (n - (n > gap),) if n != gap else ()) for n in range(len(ENGLISH))]
    assert pairs(run(ENGINES["crf"], ENGLISH, short)) == expected


def test_the_bead_engine_joins_what_one_sentence_renders() -> None:
    joined = [*CHINESE[:4], CHINESE[4][:-1] + "，" + CHINESE[5], *CHINESE[6:]]
    assert ((4, 5), (4,)) in pairs(run(ENGINES["crf"], ENGLISH, joined))
    assert ((4,), (4, 5)) in pairs(run(ENGINES["crf"], joined, ENGLISH, ("zh", "en")))


@pytest.mark.parametrize("target", [CHINESE, CHINESE[::2], [*CHINESE[:3], "本店招聘店员。", *CHINESE[3:]]])
def test_turning_the_sides_round_turns_the_beads_round(target: Sequence[str]) -> None:
    there = run(ENGINES["crf"], ENGLISH, target)
    back = run(ENGINES["crf"], target, ENGLISH, ("zh", "en"))
    assert [(bead.target, bead.source, bead.confidence) for bead in back] == [
        (bead.source, bead.target, bead.confidence) for bead in there
    ]


def test_traditional_text_is_aligned_as_its_simplified_copy() -> None:
    traditional = ["各位朋友：", "經營了十九年之後，我們的麵包店將於週五關門。", "感謝每一個早晨。"]
    english = [ENGLISH[0], ENGLISH[1], ENGLISH[6]]
    assert pairs(run(ENGINES["crf"], english, traditional, ("en", "zh-Hant"))) == one_to_one(3)


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from([*ENGLISH, "", "?", "17 %"]), max_size=9),
    st.lists(st.sampled_from([*CHINESE, "", "？", "17%"]), max_size=9),
    st.sampled_from([("en", "zh"), ("zh", "en"), ("de", "fr"), ("zh", "zh-Hant")]),
)
def test_every_sentence_once_whatever_the_encoder_thinks(
    source: list[str], target: list[str], languages: tuple[str, str]
) -> None:
    for name in ("crf", "galechurch"):
        beads = ENGINES[name].beads(source, target, Random(), languages)
        assert check_beads(beads, len(source), len(target)) == beads
        assert all(np.isfinite(bead.confidence) for bead in beads)


def test_a_bead_line() -> None:
    assert bead_line(Bead((0, 1), (2,), 0.97312)) == "[0, 1]:[2]:0.973"
    assert bead_line(Bead((), (0,), 1.0)) == "[]:[0]:1.000"


@pytest.mark.parametrize(("source", "target"), [((), ()), ((0, 2), (0,)), ((0,), (1, 0)), ((0, 0), ()), ((3, 2), (0,))])
def test_a_bead_that_skips_or_repeats_cannot_be_built(source: tuple[int, ...], target: tuple[int, ...]) -> None:
    with pytest.raises(AlignmentError):
        Bead(source, target, 0.5)


@pytest.mark.parametrize(
    ("beads", "message"),
    [
        ([Bead((0,), (0,), 1.0)], "source sentence 1"),
        ([Bead((1,), (0,), 1.0), Bead((0,), (), 1.0)], "source sentence 0"),
        ([Bead((0, 1), (), 1.0)], "target sentence 0"),
        ([Bead((0, 1), (0, 1), 1.0)], "target sentence 1"),
        ([Bead((0,), (0,), 1.0), Bead((0,), (), 1.0), Bead((1,), (), 1.0)], "source sentence 1"),
        ([], "source sentence 0"),
    ],
)
def test_lost_repeated_and_invented_sentences_are_named(beads: list[Bead], message: str) -> None:
    with pytest.raises(AlignmentError, match=message):
        check_beads(beads, 2, 1)
