"""Numbers of both languages on one scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text.numbers import chinese_value, numbers

ENGLISH: list[tuple[str, list[tuple[str, float]]]] = [
    ("It is 2009.", [("2009", 2009)]),
    ("It cost $1,240.50 in all.", [("1,240.50", 1240.5)]),
    ("1,240,000 readers", [("1,240,000", 1240000)]),
    ("3.2 billion dollars", [("3.2 billion", 3.2e9)]),
    ("5 thousand loaves", [("5 thousand", 5000)]),
    ("17% or 17 percent", [("17", 17), ("17", 17)]),
    ("seventeen percent", [("seventeen", 17)]),
    ("six-and-a-half years", [("six-and-a-half", 6.5)]),
    ("6.5 years", [("6.5", 6.5)]),
    ("six and a half years", [("six and a half", 6.5)]),
    ("twenty-four hours", [("twenty-four", 24)]),
    ("two hundred and six pages", [("two hundred and six", 206)]),
    ("three thousand one hundred letters", [("three thousand one hundred", 3100)]),
    ("two dozen eggs", [("two dozen", 24)]),
    ("four million two hundred thousand", [("four million two hundred thousand", 4.2e6)]),
    ("In September we close.", [("September", 9)]),
    ("hundreds of millions", []),
    ("one of us, half asleep", []),
    ("a million thanks", []),
    ("we may march on", []),
    ("someone, often, weight", []),
    ("", []),
]
CHINESE: list[tuple[str, list[tuple[str, float]]]] = [
    ("2009年", [("2009", 2009)]),
    ("1,240元", [("1,240", 1240)]),
    ("4.1亿美元", [("4.1亿", 4.1e8)]),
    ("5万人", [("5万", 50000)]),
    ("3千万", [("3千万", 3e7)]),
    ("30百万", [("30百万", 3e7)]),
    ("6年半", [("6年半", 6.5)]),
    ("六年半", [("六年半", 6.5)]),
    ("两个半小时", [("两个半", 2.5)]),
    ("一年半", [("一年半", 1.5)]),
    ("一半的人", []),
    ("有一天半夜", []),
    ("一万亿", [("一万亿", 1e12)]),
    ("三万五千亿", [("三万五千亿", 3.5e12)]),
    ("百分之十七", [("十七", 17)]),
    ("两成", [("两成", 20)]),
    ("三成的人", [("三成", 30)]),
    ("二十四小时", [("二十四", 24)]),
    ("一亿零三百万", [("一亿零三百万", 1.03e8)]),
    ("二〇二四年", [("二〇二四", 2024)]),
    ("十二点五", [("十二点五", 12.5)]),
    ("一万两千个", [("一万两千", 12000)]),
    ("三億五千萬元", [("三億五千萬", 3.5e8)]),
    ("廿四小时", [("廿四", 24)]),
    ("5千克面包", [("5", 5)]),
    ("一个人", []),
    ("万一下雨", []),
    ("百姓", []),
    ("两手空空", []),
    ("没有数字", []),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[text or "empty" for text, _ in ENGLISH])
def test_english(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(n.span.of(text), n.value) for n in numbers(text, "en")] == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE, ids=[text for text, _ in CHINESE])
def test_chinese(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(n.span.of(text), n.value) for n in numbers(text, "zh-Hans")] == expected


@given(
    st.text(alphabet="零一二两十百千万亿点半成年个0123.,% ", max_size=25)
    | st.lists(
        st.sampled_from(
            ["one", "six", "twenty", "hundred", "million", "half", "dozen", "and", "a", "-", "May", "7", "."]
        )
    ).map(" ".join),
    st.sampled_from(["en", "zh-Hans", "zh-Hant"]),
)
def test_numbers_are_in_order_and_never_negative(text: str, language: str) -> None:
    last = 0
    for number in numbers(text, language):
        assert last <= number.start < number.end <= len(text)
        assert number.value >= 0
        last = number.end


DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A number below 10,000 in Chinese, as schools teach it."""
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if zero and out else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return out


@given(st.integers(1, 9999))
def test_a_number_spelled_in_chinese_is_read_back(number: int) -> None:
    assert chinese_value(spelled(number)) == number


@given(st.integers(1, 9999), st.sampled_from([("万", 10_000), ("亿", 100_000_000)]))
def test_a_scale_multiplies(number: int, scale: tuple[str, int]) -> None:
    assert chinese_value(spelled(number) + scale[0]) == number * scale[1]
    assert chinese_value(f"{spelled(number)}{scale[0]}零{spelled(7)}") == number * scale[1] + 7


@given(st.integers(0, 10**9))
def test_digits_with_separators_are_the_same_number(number: int) -> None:
    for text in (str(number), f"{number:,}"):
        assert [n.value for n in numbers(text, "en")] == [number]
        assert [n.value for n in numbers(text, "zh-Hans")] == [number]
