"""Characters read as ones that look like them: `DeepAl` for `DeepAI`, `wilI` for `will`, `2O24` for `2024`.

A word is corrected only when its form is one that look-alikes make (`AGl`, `CE0`, `aIl`) and the
corrected form is attested: in the documents, or by the lexicon. `Al` has an ordinary form, that of a
name; it becomes `AI` only where the documents have `AI` and nothing near it speaks of a person.
Left alone on purpose: `o1` and other short mixtures of letters and digits, which are model names.
"""

from __future__ import annotations

import re

from aligner.witnesses.attested import PART, Attested
from aligner.witnesses.damage import lookalikes
from aligner.witnesses.lexicon import RARE, Lexicon
from aligner.witnesses.people import is_person, named
from aligner.witnesses.words import Word, opens_sentence

_LATIN = re.compile(r"[A-Za-z0-9]+")
_ROMAN = re.compile(r"(?=[VXLCDM]+I|I+[VX])X{0,3}(?:IX|IV|V?I{0,3})")
_PRONOUN = re.compile(r"[l1](?:['’](?:ll|ve|m|d))?")

_REGULAR = re.compile(r"\d+(?:st|nd|rd|th|s|k|m|l)|[A-Z]{2,}s|[A-Z]{2,}|[a-z]+")
"""Forms that look odd to no reader: 10th, 1990s, 10l, APIs, API, ape."""

_SHORT = 3
"""Below this many characters the lexicon is no evidence: it has nearly every pair of letters."""


def corrected(
    sequence: tuple[Word, ...], index: int, attested: Attested, lexicon: Lexicon, read: str | None = None
) -> str | None:
    """What the word at `index` should read, or None when it stands as it is.

    `read` is what another witness reads there: the only correction then considered, and no name
    elsewhere in the letter speaks against it.
    """
    text = sequence[index].text
    if _PRONOUN.fullmatch(text):
        return _pronoun(sequence, index)
    if _REGULAR.fullmatch(text) or not _LATIN.fullmatch(text):
        return None
    candidates = [candidate for candidate in lookalikes(text) if read in (None, candidate)]
    opens = opens_sentence(sequence, index)
    for form in (_number, _plain, _capital_part, _roman, _capitals):
        fitting = [candidate for candidate in candidates if form(text, candidate, attested, lexicon)]
        if fitting:
            ranks = {
                # 0ffice is Office at the beginning of a sentence, office inside it.
                (attested.counts[word], lexicon.score(word) or -99.0, word[0].isupper() == opens): word
                for word in fitting
            }
            best = ranks[max(ranks)]
            maybe_name = form is _capitals and named(text)
            person = maybe_name and is_person(sequence, index, attested, lexicon, here=read is not None)
            return None if person else best
    return None


def _number(text: str, candidate: str, _attested: Attested, _lexicon: Lexicon) -> bool:
    """2O24, 20l5; neither 10l (litres) nor o1."""
    digits = sum(mark.isdigit() for mark in text)
    return candidate.isdigit() and text[0].isdigit() and digits > 1 and text[-1] not in "lIo"


def _plain(text: str, candidate: str, attested: Attested, lexicon: Lexicon) -> bool:
    """wilI, AIl, he1lo, 0ffice: small letters, or one capital and small letters; Iong."""
    if len(text) < _SHORT or not candidate.isalpha() or not candidate[1:].islower():
        return False
    if text[0] == "I" and text[1:].islower():
        # In shape a name, so it takes a common word to overrule it: Iong, but not Iago.
        common = candidate.islower() and (lexicon.score(candidate) or -99.0) > RARE
        return common and not lexicon.could_have(text) and attested.counts[text] <= attested.counts[candidate] + 1
    return _odd(text) and (lexicon.could_have(candidate) or attested.counts[candidate] > attested.counts[text])


def _capital_part(text: str, candidate: str, attested: Attested, lexicon: Lexicon) -> bool:
    """DeepAl: capitals at the end of a name; 0penSource, when the documents have OpenSource."""
    tail = _capital_tail(text, candidate)
    if tail and (attested.counts[candidate] or attested.parts[tail] or tail in lexicon.scores):
        return True
    return (
        len(text) >= _SHORT and candidate.isalpha() and any(map(str.isdigit, text)) and attested.counts[candidate] > 0
    )


def _capitals(text: str, candidate: str, attested: Attested, lexicon: Lexicon) -> bool:
    """AGl, CE0; and Al, where the documents have AI."""
    if not candidate.isalpha() or not candidate.isupper():
        return False
    if named(text):
        return set(candidate) != {"I"} and attested.parts[candidate] > 0
    capitals, digits = sum(map(str.isupper, text)), sum(map(str.isdigit, text))
    if digits:
        return capitals > 1 and digits == 1 and (attested.counts[candidate] > 0 or candidate in lexicon.scores)
    known = attested.counts[candidate] > 0 or candidate in lexicon.scores
    return _odd(text) and capitals > 1 and known


def _roman(text: str, candidate: str, _attested: Attested, lexicon: Lexicon) -> bool:
    """Vlll, Xll."""
    return "ll" in text and _ROMAN.fullmatch(candidate) is not None and not lexicon.knows(text)


def _odd(text: str) -> bool:
    """Whether no word looks so: capitals after small letters, small letters after two capitals, digits inside."""
    return not (text.islower() or text.isupper() or text[1:].islower() or text.isdigit()) or not text.isalpha()


def _capital_tail(text: str, candidate: str) -> str | None:
    """The last part of the candidate when it is capitals after a small letter where the text has a capital: Deep|AI."""
    tail = PART.findall(candidate)[-1]
    head = candidate[: -len(tail)]
    if (
        len(tail) < 2
        or not tail.isupper()
        or set(tail) == {"I"}
        or not head[-1:].islower()
        or not text.startswith(head)
    ):
        return None
    return tail if text[len(head)].isupper() else None


def _pronoun(sequence: tuple[Word, ...], index: int) -> str | None:
    """`l` or `l'm` alone is the pronoun `I`; `1` only when a contraction follows, and `5 l` are litres."""
    text = sequence[index].text
    before = sequence[index - 1].text if index else ""
    after = sequence[index + 1].text if index + 1 < len(sequence) else ""
    if len(text) == 1 and (text == "1" or before[-1:].isdigit() or not after.isalpha() or not after.islower()):
        return None
    return "I" + text[1:]
