"""Which script a text is written in, and so which language it probably is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from aligner.text.normalise import to_simplified, to_traditional

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Ideographs, as the inside of a character class."""

CJK = HAN + "\u3000-\u303f\u3040-\u30ff\uff00-\uff60\uffe0-\uffe6"
"""Ideographs, kana and the full-width punctuation that stands between them without spaces."""

_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_ARABIC = re.compile("[\u0600-\u06ff]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’\-][A-Za-z\u00c0-\u024f]+)*")

_FUNCTION_WORDS = {
    "en": "the of and to in is that it for was with as on be at by this have from are not but we you i",
    "de": "der die das und ist nicht zu den ein eine mit von für auf sich dem des im wir es auch werden",
    "fr": "le la les des et est une dans que pour qui sur pas nous vous au avec ce il du en plus ont",
    "es": "el la los las de que y en un una es por con para no se del su al lo como más nos",
    "it": "il la che di e un una è per non con del della in sono si nel gli alla ma anche dei",
    "pt": "o a os as que de e um uma é para não com do da em no na se por mais dos nos",
    "nl": "de het een en van is dat niet te op zijn voor met aan er maar ook wij naar bij die",
}
_PROFILES = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}

_LONG_ENOUGH_FOR_FUNCTION_WORDS = 12
"""Words below which a text in Latin script is taken for English: names and fragments have no function words."""


@dataclass(frozen=True, slots=True)
class ScriptCounts:
    """How much of each script a text has: characters for Han, kana and Hangul, words for the others."""

    han: int
    kana: int
    hangul: int
    latin: int
    cyrillic: int
    arabic: int


def is_han(character: str) -> bool:
    """Whether one character is an ideograph."""
    return bool(_HAN.match(character))


def script_counts(text: str) -> ScriptCounts:
    """Count the scripts of `text`."""
    return ScriptCounts(
        han=_count(_HAN, text),
        kana=_count(_KANA, text),
        hangul=_count(_HANGUL, text),
        latin=_count(_LATIN, text),
        cyrillic=_count(_CYRILLIC, text),
        arabic=_count(_ARABIC, text),
    )


def is_hant(text: str) -> bool:
    """Whether Chinese `text` is in Traditional characters.

    Distinct characters that only Traditional text has are weighed against those that a Simplified text
    writes for others, at half weight: many of them (后, 里, 台) are good Traditional characters as well.
    A text that has neither (`大家好`) is not Traditional.
    """
    characters = "".join(sorted(set(_HAN.findall(text))))
    traditional = _changed(characters, to_simplified(characters))
    return traditional > 0 and 2 * traditional >= _changed(characters, to_traditional(characters))


def language_of(text: str) -> str:
    """The language of `text` as a BCP 47 tag: `zh-Hans`, `zh-Hant`, `ja`, `ko`, `ru`, `ar`, `en`, ... or `und`.

    An ideograph weighs as much as a Latin word: Chinese articles carry whole English paragraphs, English
    ones hardly an ideograph. Latin script is told apart by function words; short texts count as English.
    """
    counts = script_counts(text)
    asian = counts.han + counts.kana + counts.hangul
    weights = {"asian": asian, "latin": counts.latin, "ru": counts.cyrillic, "ar": counts.arabic}
    best = max(weights, key=lambda name: weights[name])
    if not weights[best]:
        return "und"
    if best == "asian":
        if counts.hangul > counts.han + counts.kana:
            return "ko"
        if counts.kana * 10 > asian:
            return "ja"
        return "zh-Hant" if is_hant(text) else "zh-Hans"
    return _latin_language(text) if best == "latin" else best


def is_chinese(language: str) -> bool:
    """Whether a language tag asks for the Chinese rules (Japanese shares the punctuation)."""
    return language.lower().replace("_", "-").split("-")[0] in {"zh", "yue", "ja"}


def _latin_language(text: str) -> str:
    words = [word.lower() for word in _LATIN.findall(text)]
    if len(words) < _LONG_ENOUGH_FOR_FUNCTION_WORDS:
        return "en"
    scores = {language: sum(word in profile for word in words) for language, profile in _PROFILES.items()}
    best = max(scores.values())
    return "en" if scores["en"] == best else next(name for name, score in scores.items() if score == best)


def _changed(before: Iterable[str], after: Iterable[str]) -> int:
    return sum(a != b for a, b in zip(before, after, strict=False))


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))
