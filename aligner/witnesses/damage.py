"""What scanning and copying do to words, and what undoes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

LOOKALIKES = {"l": "I1", "I": "l1", "1": "Il", "O": "0", "o": "0", "0": "Oo"}
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
    places = [place for place, mark in enumerate(word) if mark in LOOKALIKES]
    for count in range(1, min(_MOST, len(places)) + 1):
        for chosen in combinations(places, count):
            for marks in product(*(LOOKALIKES[word[place]] for place in chosen)):
                letters = list(word)
                for place, mark in zip(chosen, marks, strict=True):
                    letters[place] = mark
                yield "".join(letters)


def halved(word: str) -> Iterator[str]:
    """`word` with the lost second half of a ligature put back.

    >>> "difficult" in set(halved("diffcult"))
    True
    """
    for place in range(1, len(word) + 1):
        if word[place - 1] == "f":
            for half in "il":
                yield word[:place] + half + word[place:]


def dropped(word: str) -> Iterator[str]:
    """`word` with a lost ligature put back.

    >>> "scientific" in set(dropped("scientic"))
    True
    """
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
    singled = (word[:i] + word[i + 1 :] for i in range(1, len(word)) if word[i] == word[i - 1])
    return form in singled or word in {*halved(form), *dropped(form)}
