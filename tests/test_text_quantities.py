"""Quantities with what they count, on common scales."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.text.quantities import Scale, quantities, same

PAIRS = [
    ("six-and-a-half years", "六年半"),
    ("6.5 years", "6年半"),
    ("48 hours", "两天"),
    ("two weeks", "14天"),
    ("a decade and 10 years", "十年"),
    ("150 million", "1.5亿"),
    ("$2.2 billion", "22亿美元"),
    ("£74,000", "7.4万英镑"),
    ("a quarter of it", "四分之一"),
    ("20 percent", "两成"),
    ("38%", "百分之三十八"),
    ("three in four", "四分之三"),
    ("hundreds of millions of people", "数亿人"),
    ("10:30 a.m.", "上午10点30分"),
    ("9.40 p.m.", "晚上9点40分"),
    ("noon", "中午"),
    ("in 2012", "二〇一二年"),
    ("since October", "10 月以来"),
    ("on Thursday", "星期四"),
    ("the 93rd minute", "第93分钟"),
    ("twice as much", "两倍"),
    ("it doubled", "增长一倍"),
    ("19 kilometres", "38里路"),
    ("0555 014 770", "0555 014 770"),
    ("eight to ten days", "八到十天"),
]
DIFFERENT = [
    ("six-and-a-half years", "六年多"),
    ("6 weeks", "六个月"),
    ("30 days", "一个月"),
    ("$5", "5欧元"),
    ("15 million", "1.5亿"),
    ("10 minutes", "十几分钟"),
    ("1934", "1943年"),
    ("a third of it", "三成"),
    ("9.40 p.m.", "晚上9点14分"),
    ("0555 014 770", "0555 014 707"),
]


def met(english: str, chinese: str) -> bool:
    """Whether the last quantity of one text is the last of the other."""
    one, other = quantities(english, "en"), quantities(chinese, "zh-Hans")
    assert one, english
    assert other, chinese
    return same(one[-1], other[-1])


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=[english for english, _ in PAIRS])
def test_the_same(english: str, chinese: str) -> None:
    assert met(english, chinese)


@pytest.mark.parametrize(("english", "chinese"), DIFFERENT, ids=[english for english, _ in DIFFERENT])
def test_not_the_same(english: str, chinese: str) -> None:
    assert not met(english, chinese)


@pytest.mark.parametrize(
    "text", ["十分感谢", "万一下雨", "千万别来", "唯一的办法", "四处看看", "三三两两", "独一无二", "再三考虑"]
)
def test_idioms_count_nothing(text: str) -> None:
    assert quantities(text, "zh-Hans") == ()


@pytest.mark.parametrize("text", ["We may march on.", "one of us", "a second chance, for once", "a hundred"[:1]])
def test_words_that_are_no_sure_quantities(text: str) -> None:
    assert not [q for q in quantities(text, "en") if q.sure]


def test_the_parts_of_a_date() -> None:
    found = quantities("On 19 November 2012 at noon", "en")
    assert [(q.scale, q.low) for q in found] == [
        (Scale.DAY, 19),
        (Scale.MONTH, 11),
        (Scale.YEAR, 2012),
        (Scale.CLOCK, 720),
    ]


@settings(max_examples=1000)
@given(
    st.text(alphabet="零一二两十百千万亿点半成年个月日周天分之0123.,% 第数几多约到$", max_size=25)
    | st.lists(
        st.sampled_from(
            "one six twenty hundred million half dozen and a of third twice % $ May 7 days weeks 10:30 2012".split()
        )
    ).map(" ".join),
    st.sampled_from(["en", "zh-Hans"]),
)
def test_quantities_are_in_order_and_within_the_text(text: str, language: str) -> None:
    found = quantities(text, language)
    assert all(0 <= q.start < q.end <= len(text) and q.low <= q.high for q in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize("text", ["下午三点二十", "两点十分", "上午十点二十五分"])
def test_a_time_of_day_in_words_is_no_decimal(text: str) -> None:
    assert [q.scale for q in quantities(text, "zh")] == [Scale.CLOCK]
