"""Chinese words that sound like Latin names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text.names import chinese_skeleton, latin_skeleton, sound_keys, sounds_alike

ALIKE = [
    ("Mark", "马克"),
    ("Barret", "巴雷特"),
    ("Clara", "克拉拉"),
    ("Oliver", "奥利弗"),
    ("Peter", "彼得"),
    ("Robert", "罗伯特"),
    ("Martin", "马丁"),
    ("Philip", "菲利普"),
    ("Schneider", "施奈德"),
]
MISSED = [
    ("Ivo", "伊沃", "one consonant is too little to believe"),
    ("Zoë", "佐伊", "one consonant is too little to believe"),
    ("Karla", "卡拉", "a lost r leaves two consonants, of which one may be lost too"),
    ("Benning", "本宁", "doubled and nasal consonants are written in both syllables"),
    ("Thomas", "托马斯", "th is read as in Smith"),
    ("David", "戴维", "a last consonant that is not spoken in Chinese"),
]
DIFFERENT = [
    ("Mark", "巴雷特"),
    ("Clara", "本宁"),
    ("Thomas", "明天"),
    ("Benning", "面包店"),
    ("Oliver", "克拉拉"),
    ("Peter", "我们"),
    ("David", "周五"),
    ("Martin", "公司"),
]


@pytest.mark.parametrize(("name", "word"), ALIKE)
def test_a_transliteration_sounds_like_its_name(name: str, word: str) -> None:
    assert sounds_alike(name, word), (sound_keys(name), sound_keys(word))


@pytest.mark.xfail(strict=True, reason="by consonants alone")
@pytest.mark.parametrize(("name", "word", "why"), MISSED)
def test_transliterations_that_are_missed(name: str, word: str, why: str) -> None:
    assert sounds_alike(name, word), why


@pytest.mark.parametrize(("name", "word"), DIFFERENT)
def test_other_words_do_not(name: str, word: str) -> None:
    assert not sounds_alike(name, word), (sound_keys(name), sound_keys(word))


@pytest.mark.parametrize("word", ["", "A", "的", "Io", "，", "2009", "爱"])
def test_too_little_sound_is_like_nothing(word: str) -> None:
    assert sound_keys(word) == frozenset()
    assert not sounds_alike(word, "爱玛")


def test_consonants_as_classes_of_sounds() -> None:
    assert latin_skeleton("Barret") == latin_skeleton("BARET") == chinese_skeleton("巴雷特") == "plt"
    assert latin_skeleton("Zoë") == latin_skeleton("Zoe")


@given(st.text(alphabet="abcghjkqsxtyzZÉéß'- 巴雷特克拉", max_size=12))
def test_any_word_has_keys_of_its_own_or_none(word: str) -> None:
    keys = sound_keys(word)
    assert sounds_alike(word, word) is bool(keys)
    assert keys == sound_keys(word)
