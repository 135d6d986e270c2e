"""Word correspondences: few and sure, each word once, order of the sentence deciding nothing but between equals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_checks import small_context
from support_engines import use

from aligner.checks.passages import whole
from aligner.checks.words.alignment import align_words
from aligner.checks.words.links import FLOOR, word_links
from aligner.pipeline.wordwise import Renderings, correspondences
from aligner.ui.views.words import BATCH, batch


def links(source: str, target: str, floor: float = FLOOR) -> list[tuple[str, str]]:
    (words,), _ = align_words([(whole(source, "en"), whole(target, "zh-Hans"))], use())
    return [(words.source[link.source].text, words.target[link.target].text) for link in word_links(words, floor)]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("The ferry is free today.", "今天渡船免费。", [("ferry", "渡船"), ("free", "免费"), ("today", "今天")]),
        ("They closed it in 2019.", "他们在2019年关闭了它。", [("2019", "2019")]),
        ("I thank Barret.", "我感谢巴雷特。", [("thank", "感谢"), ("Barret", "巴雷特")]),
        ("The ferry sails.", "会议推迟到星期三。", []),
    ],
    ids=["another order", "a number", "a name by its sound", "nothing in common"],
)
def test_what_corresponds(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    found = links(source, target)
    assert set(expected) <= set(found)
    assert bool(found) == bool(expected)


def test_the_same_word_twice_is_told_apart_by_its_place() -> None:
    (words,), _ = align_words(
        [(whole("A ferry came and a ferry left.", "en"), whole("渡船来了，渡船走了。", "zh-Hans"))], use()
    )
    found = [(k.source, k.target) for k in word_links(words) if words.source[k.source].text == "ferry"]
    assert found == sorted(found)
    assert len({j for _, j in found}) == len(found) == 2


def test_articles_and_words_that_sound_alike_by_chance_correspond_to_nothing() -> None:
    found = links("The Chief left the town.", "高级主管离开了这座城市。")
    assert "The" not in {one for one, _ in found}
    assert ("Chief", "高级") not in found


def test_a_higher_floor_leaves_fewer() -> None:
    source, target = "The timing of the decision was friendly.", "决定的时机是友好的。"
    assert set(links(source, target, 0.9)) < set(links(source, target))


@given(st.lists(st.sampled_from("bridge ferry ferry lamp the of Barret six".split()), max_size=7),
       st.lists(st.sampled_from(["桥", "渡船", "渡船", "灯", "的", "巴雷特", "六"]), max_size=7))  # fmt: skip
def test_a_word_has_one_counterpart_or_neighbours(source: list[str], target: list[str]) -> None:
    (words,), _ = align_words([(whole(" ".join(source), "en"), whole("，".join(target), "zh-Hans"))], use())
    found = word_links(words)
    for side, other in (("source", "target"), ("target", "source")):
        by_word: dict[int, list[int]] = {}
        for link in found:
            by_word.setdefault(getattr(link, side), []).append(getattr(link, other))
        for partners in by_word.values():
            assert sorted(partners) == list(range(min(partners), max(partners) + 1))
    assert all(FLOOR <= link.confidence <= 1 for link in found)


def test_correspondences_of_a_letter_stand_at_its_offsets_in_all_renderings() -> None:
    sentences = ["The ferry is free."] * BATCH + ["Bring a lamp."]
    context = small_context(
        sentences, {"a": ["渡船免费。"] * BATCH + ["带一盏灯。"], "b": [None] * BATCH + ["带上灯。"]}
    )
    assert context.letter
    made = Renderings(
        context.letter,
        {r.id: r.alignment for r in context.renderings if r.alignment},
        {r.id: r.document for r in context.renderings if r.document},
    )
    text = context.letter.base.document.text
    found = correspondences(made, range(1, 2), use())
    assert [(text[c.start : c.end], [(p.rendering, p.text) for p in c.places]) for c in found] == [
        ("ferry", [("a", "渡船")]),
        ("free", [("a", "免费")]),
    ]
    first, second, third = (batch(made, number, use()) for number in range(3))
    assert len(first) == 2 * BATCH
    assert [(text[start:end], [name for name, *_ in places]) for start, end, places in second][-1] == (
        "lamp",
        ["a", "b"],
    )
    assert third == batch(made, -1, use())[:0] == []
