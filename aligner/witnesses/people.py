"""Whether a short capitalised word is somebody's name: Al Gore, Hi Al, Al said, Bob and Al."""

from __future__ import annotations

import re

from aligner.witnesses.attested import Attested
from aligner.witnesses.lexicon import Lexicon
from aligner.witnesses.words import Word, opens_sentence

_COMMON = -9.0
"""Log probability of words like `the` and `our`, which a sentence begins with before a common noun."""

_NEARBY = 8
"""How many words after a name `he` or `her` still speaks of it."""

_GREETING = re.compile(r"hi|hey|hello|dear|thanks|bye|mr|mrs|ms|dr|uncle|aunt|named|called")
_PERSONAL = re.compile(r"he|him|his|she|her|hers|himself|herself|who|whose")
_ACT = re.compile(
    r"sa(?:id|ys?|ying)|tells?|told|ask(?:s|ed)|wr(?:ites|ote)|thinks|thought|kn(?:ows|ew)|want(?:s|ed)|went|goes|c(?:a|o)mes?"
    r"|join(?:s|ed)|left|leaves|agree[sd]|replied|answered|laughed|smiled|nodded|met|sat|stood|retired|died|live[sd]"
    r"|born|hired|resigned|believe[sd]|felt|feels|love[sd]|likes|hates|hope[sd]"
)
"""What only people do in the language of letters; `is`, `has`, `will` say nothing."""


def named(text: str) -> bool:
    """Whether it has the form of a name: one capital, then small letters."""
    return text.isalpha() and text[0].isupper() and text[1:].islower()


def is_person(sequence: tuple[Word, ...], index: int, attested: Attested, lexicon: Lexicon, *, here: bool) -> bool:
    """Whether the word at `index` is taken for a name.

    By what stands around it; unless only `here` counts, also when the same word is surely a name
    elsewhere in the letter or its documents. An article before it makes it a common noun.
    """
    before = sequence[index - 1] if index else None
    if before and before.key in ("a", "an", "the"):
        return False
    if _surely(sequence, index) or _probably(sequence, index, lexicon):
        return True
    text = sequence[index].text
    elsewhere = (place for place, word in enumerate(sequence) if word.text == text)
    return not here and (text in attested.people or any(_surely(sequence, place) for place in elsewhere))


def _surely(sequence: tuple[Word, ...], index: int) -> bool:
    """Al Gore, Al said, Hi Al."""
    after = sequence[index + 1] if index + 1 < len(sequence) else None
    if after and (_ACT.fullmatch(after.key) or named(after.text)):
        return True
    return index > 0 and _GREETING.fullmatch(sequence[index - 1].key) is not None


def _probably(sequence: tuple[Word, ...], index: int, lexicon: Lexicon) -> bool:
    """`Al, can you ...`; `Big Al`; `Bob and Al`; `Al ... he`."""
    after = sequence[index + 1 : index + 1 + _NEARBY]
    if index == 0 or (opens_sentence(sequence, index) and after and after[0].text == ","):
        return True
    before = sequence[index - 1]
    common = opens_sentence(sequence, index - 1) and (lexicon.score(before.text) or -99.0) > _COMMON
    if before.capital and not common:
        return True
    if any(word.key == "and" for word in (before, *after[:1])):
        beside = [*range(max(0, index - 2), index), *range(index + 1, min(len(sequence), index + 3))]
        if any(named(sequence[place].text) and not opens_sentence(sequence, place) for place in beside):
            return True
    stop = next((place for place, word in enumerate(after) if not word.spoken and word.text != "-"), len(after))
    return any(_PERSONAL.fullmatch(word.key) for word in after[:stop])
