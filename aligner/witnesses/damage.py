"""What scanning and copying do to words, and what undoes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

LOOKALIKES = ("lI1", "0O")
"""Characters that print alike in many typefaces."""

LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")

_MOST = 4
"""How many characters of one word are exchanged at most; more than that is no reading error."""

_FOLDS = (
    (re.compile("[I1|!]"), "l"),
    (re.compile("[0Oo]"), "o"),
    (re.compile("5"), "s"),
    (re.compile("rn"), "m"),
    (re.compile("vv"), "w"),
)
_LIGATURE = re.compile("f+[ilI1]*")
_RUN = re.compile(r"(.)\1+")


def lookalikes(word: str) -> Iterator[str]:
    """`word` with one to four characters exchanged for ones that look alike, fewest first.

    >>> list(lookalikes("Al"))
    ['AI', 'A1']
    """
    places = [(place, group) for place, mark in enumerate(word) for group in LOOKALIKES if mark in group]
    for count in range(1, min(_MOST, len(places)) + 1):
        for chosen in combinations(places, count):
            yield from _exchanged(word, chosen)


def _exchanged(word: str, chosen: tuple[tuple[int, str], ...]) -> Iterator[str]:
    if not chosen:
        yield word
        return
    (place, group), rest = chosen[0], chosen[1:]
    for mark in "Il1O0":
        if mark in group and mark != word[place]:
            yield from _exchanged(word[:place] + mark + word[place + 1 :], rest)


def ligatures(word: str) -> Iterator[str]:
    """`word` with one lost ligature, or the lost second half of one, put back.

    >>> "difficult" in set(ligatures("diffcult")), "scientific" in set(ligatures("scientic"))
    (True, True)
    """
    for place in range(1, len(word)):
        if word[place - 1] == "f":
            for half in "il":
                yield word[:place] + half + word[place:]
    for place in range(len(word) + 1):
        for ligature in LIGATURES:
            yield word[:place] + ligature + word[place:]


def alike(one: str, other: str) -> bool:
    """Whether a scanner could have made one of the words of the other, or both of a third.

    Look-alikes, doubled letters read as one (`stil`), ligatures lost or halved (`diffcult`).
    """
    return _worn(one, keep="f") == _worn(other, keep="f") or (
        min(len(one), len(other)) >= _MOST and _worn(one, keep="") == _worn(other, keep="")
    )


def _worn(word: str, *, keep: str) -> str:
    word = word.replace("’", "'")
    for fold, by in _FOLDS:
        word = fold.sub(by, word)
    word = _LIGATURE.sub(keep, word.lower())
    return _RUN.sub(r"\1", word)


def lost(form: str, word: str) -> bool:
    """Whether `form` is `word` with letters lost that scanners lose: one of a pair, (part of) a ligature."""
    form, word = form.replace("’", "'"), word.replace("’", "'")
    if len(form) >= len(word):
        return False
    halved = (word[:i] + word[i + 1 :] for i in range(1, len(word)) if word[i] == word[i - 1])
    return form in halved or word in ligatures(form)
