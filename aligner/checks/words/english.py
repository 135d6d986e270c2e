"""English words without their endings."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

_VERBS = """
    be am is are was were been being; have has had having; do does did done doing; go goes went gone going
    say said says; make made; take took taken; come came; see saw seen; know knew known; get got gotten
    give gave given; find found; think thought; tell told; become became; show shown; leave left leaving
    feel felt; bring brought; begin began begun; keep kept; hold held; write wrote written; stand stood
    hear heard; mean meant; meet met; run ran; pay paid; sit sat; speak spoke spoken; lead led
    grow grew grown; lose lost; fall fell fallen; send sent; build built; understand understood
    draw drew drawn; break broke broken; spend spent; rise rose risen; drive drove driven; buy bought
    wear wore worn; choose chose chosen; seek sought; throw threw thrown; catch caught; deal dealt; win won
    forget forgot forgotten; lay laid; sell sold; fight fought; teach taught; eat ate eaten; sing sang sung
    fly flew flown; forgive forgave forgiven; hide hid hidden; steal stole stolen; sleep slept
    shake shook shaken; swear swore sworn; strike struck; learn learnt
"""
_OTHERS = """
    man men; woman women
    child children; person people; foot feet; tooth teeth; mouse mice; wife wives; good better best well
    bad worse worst badly; more most; little less least; far further farther
"""
_BEFORE_VERBS = frozenset(
    """
    to will would can could may might must shall should do does did not never don't doesn't didn't won't wouldn't can't
    cannot couldn't i we they you he she who it and
    """.split()
)
_NO_VERBS = frozenset(
    "something anything everything nothing morning evening meeting meetings building buildings during king spring thing"
    " things string ceiling wedding hundred indeed need seed".split()
)


def _table(text: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for line in text.replace("\n", ";").split(";"):
        words = line.split()
        out |= dict.fromkeys(words[1:], words[0]) if words else {}
    return out


_BASES = _table(_VERBS) | _table(_OTHERS)
_FORMS = frozenset(_VERBS.replace(";", " ").split())


@cache
def _stemmer() -> Any:
    # Here and not above: nltk takes seconds to import where SciPy is installed.
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of an English word: `finally` and `final` are one, `went` and `go` too."""
    lower = word.lower().replace("’", "'")
    lower = lower.removesuffix("'s").removesuffix("'")
    lower = _BASES.get(lower, lower)
    if len(lower) > 5 and lower.endswith("ly"):
        lower = lower[:-3] + "y" if lower.endswith("ily") else lower[:-2]
    return str(_stemmer().stem(lower))


def looks_like_verb(word: str, before: str) -> bool:
    """Whether an English word looks like a verb by its form or by the word before it; nouns in -ing are left out."""
    lower = word.lower()
    if lower in _NO_VERBS:
        return False
    ending = (lower.endswith("ed") and len(lower) > 4) or (lower.endswith("ing") and len(lower) > 5)
    return ending or lower in _FORMS or before.lower().replace("’", "'") in _BEFORE_VERBS
