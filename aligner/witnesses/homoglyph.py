"""Characters read as ones that look like them: `DeepAl` for `DeepAI`, `wilI` for `will`, `2O24` for `2024`.

A word is corrected only when its form is one that look-alikes make (`AGl`, `CE0`, `aIl`) and the
corrected form is attested: in the documents, or by the lexicon. `Al` has an ordinary form, that of a
name; it becomes `AI` only where the documents have `AI` and nothing near it speaks of a person.
Left alone on purpose: `o1` and other short mixtures of letters and digits, which are model names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from aligner.witnesses.damage import lookalikes
from aligner.witnesses.lexicon import Lexicon
from aligner.witnesses.words import Word, opens_sentence

_LATIN = re.compile(r"[A-Za-z0-9]+")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ROMAN = re.compile(r"(?=[VXLCDM]+I|I+[VX])X{0,3}(?:IX|IV|V?I{0,3})")
_PRONOUN = re.compile(r"[l1](?:['’](?:ll|ve|m|d))?")

_SHORT = 3
"""Below this many characters the lexicon is no evidence: it has nearly every pair of letters."""

_COMMON = -9.0
"""Log probability of words like `the` and `our`, which a sentence begins with before a common noun."""

_NEARBY = 8

_GREETINGS = frozenset(
    {
        "hi",
        "hey",
        "hello",
        "dear",
        "thanks",
        "bye",
        "mr",
        "mrs",
        "ms",
        "dr",
        "uncle",
        "aunt",
        "named",
        "called",
    }
)
_PERSONAL = frozenset(
    {
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "himself",
        "herself",
        "who",
        "whose",
    }
)
_ACTS = frozenset(
    {
        "said",
        "says",
        "say",
        "saying",
        "told",
        "tells",
        "asked",
        "asks",
        "wrote",
        "writes",
        "thinks",
        "thought",
        "knows",
        "knew",
        "wants",
        "wanted",
        "went",
        "goes",
        "came",
        "comes",
        "joined",
        "joins",
        "left",
        "leaves",
        "agreed",
        "agrees",
        "replied",
        "answered",
        "laughed",
        "smiled",
        "nodded",
        "met",
        "sat",
        "stood",
        "retired",
        "died",
        "lives",
        "lived",
        "born",
        "hired",
        "resigned",
        "believes",
        "believed",
        "felt",
        "feels",
        "loves",
        "loved",
        "likes",
        "hates",
        "hopes",
    }
)
"""What only people do in the language of letters; `is`, `has`, `will` say nothing."""


@dataclass(frozen=True)
class Attested:
    """What the documents of a letter show: how often each Latin word and part of one (`Deep`, `AI`) stands there."""

    counts: Counter[str]
    parts: Counter[str]
    people: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Attested:
        """What `texts` show; `people` are words like `Al` that stand before a capitalised word (`Al Gore`)."""
        counts: Counter[str] = Counter()
        people: set[str] = set()
        for text in texts:
            counts.update(_LATIN.findall(text))
            people.update(re.findall(r"\b([A-Z][a-z]{1,2}) (?=[A-Z][a-z]+\b)", text))
        parts: Counter[str] = Counter()
        for word, count in counts.items():
            for part in _PART.findall(word):
                parts[part] += count
        return cls(counts, parts, frozenset(people))


def corrected(sequence: tuple[Word, ...], index: int, attested: Attested, lexicon: Lexicon) -> str | None:
    """What the word at `index` should read, or None when it stands as it is."""
    text = sequence[index].text
    if _PRONOUN.fullmatch(text):
        return _pronoun(sequence, index)
    if not _LATIN.fullmatch(text):
        return None
    found = [
        (attested.counts[candidate], lexicon.score(candidate) or -99.0, candidate)
        for candidate in lookalikes(text)
        if _attested(text, candidate, attested, lexicon)
    ]
    if not found:
        return None
    best = max(found)[2]
    return None if _name_shaped(text) and _person(sequence, index, attested, lexicon) else best


def _attested(text: str, candidate: str, attested: Attested, lexicon: Lexicon) -> bool:
    shape = "".join("A" if c.isupper() else "a" if c.islower() else "0" for c in text)
    if candidate.isdigit():
        # 2O24, 20l5; not 10l (litres) and not o1
        return bool(re.fullmatch(r"0[0Aa]*0[0Aa]*0?|0+A+", shape)) and shape.count("0") > 1 and text[-1] not in "lIo"
    if not candidate.isalpha():
        return False
    known = len(text) >= _SHORT and lexicon.damaged(text, candidate)
    seen = attested.counts[candidate] > 0
    if "0" in shape:
        return len(text) >= _SHORT and (seen or known) and _regular(candidate)
    if re.fullmatch(r"a*(?:A+a+)+|a+A+", shape) and re.search(r"[a-z]I|^I[a-z]", text) and candidate.islower():
        # wilI, aIl, Iong
        return (seen or known) and not attested.counts[text] > attested.counts[candidate]
    if tail := _capital_tail(text, candidate):
        return seen or attested.parts[tail] > 0 or tail in lexicon.scores
    if not candidate.isupper():
        return False
    if _name_shaped(text):
        return attested.parts[candidate] > 0
    capitals = shape.count("A")
    return (capitals > 1 and (seen or candidate in lexicon.scores)) or (
        capitals > 0 and len(text) >= _SHORT and _ROMAN.fullmatch(candidate) is not None
    )


def _regular(candidate: str) -> bool:
    """Whether capitals stand as they do in words: none, the first, all, or in the middle of a name."""
    return candidate.islower() or candidate.isupper() or candidate[1:].islower() or len(_PART.findall(candidate)) > 1


def _capital_tail(text: str, candidate: str) -> str | None:
    """The last part of the candidate when it is capitals after a small letter where the text has a capital: Deep|AI."""
    tail = _PART.findall(candidate)[-1]
    head = candidate[: -len(tail)]
    if len(tail) < 2 or not tail.isupper() or not head[-1:].islower() or not text.startswith(head):
        return None
    return tail if text[len(head)].isupper() else None


def _name_shaped(text: str) -> bool:
    return text[0].isupper() and text[1:].islower()


def _pronoun(sequence: tuple[Word, ...], index: int) -> str | None:
    """`l` or `l'm` alone is the pronoun `I`; `1` only when a contraction follows, and `5 l` are litres."""
    text = sequence[index].text
    before = sequence[index - 1].text if index else ""
    after = sequence[index + 1].text if index + 1 < len(sequence) else ""
    if len(text) == 1 and (text == "1" or before[-1:].isdigit() or not after.isalpha() or not after.islower()):
        return None
    return "I" + text[1:]


def _person(sequence: tuple[Word, ...], index: int, attested: Attested, lexicon: Lexicon) -> bool:
    """Whether what stands around a word speaks for a name: Al Gore, Hi Al, Al said, Bob and Al."""
    text = sequence[index].text
    before = sequence[index - 1] if index else None
    after = sequence[index + 1 : index + 1 + _NEARBY]
    if before and before.text.lower() in ("a", "an", "the"):
        return False
    if text in attested.people or _says_person(sequence, text):
        return True
    if before is None or before.text.lower() in _GREETINGS or (opens_sentence(sequence, index) and _comma(after)):
        return True
    if before.capital and not (opens_sentence(sequence, index - 1) and (lexicon.score(before.text) or -99) > _COMMON):
        return True
    coordinated = [word for word in (*sequence[max(0, index - 2) : index], *after[:2]) if word.text == "and"]
    if coordinated and any(word.capital and word.text[1:].islower() for word in _around(sequence, index)):
        return True
    return any(word.key in _PERSONAL for word in _clause(after))


def _says_person(sequence: tuple[Word, ...], text: str) -> bool:
    """Whether this word does somewhere in the letter what only people do, or bears a surname or a greeting."""
    for place, word in enumerate(sequence):
        if word.text != text:
            continue
        after = sequence[place + 1] if place + 1 < len(sequence) else None
        if after and (after.key in _ACTS or (_name_shaped(after.text) and len(after.text) > 1)):
            return True
        if place and sequence[place - 1].key in _GREETINGS:
            return True
    return False


def _comma(after: tuple[Word, ...]) -> bool:
    return bool(after) and after[0].text == ","


def _around(sequence: tuple[Word, ...], index: int) -> list[Word]:
    near = [*range(max(0, index - 2), index), *range(index + 1, min(len(sequence), index + 3))]
    return [sequence[place] for place in near if not opens_sentence(sequence, place)]


def _clause(after: tuple[Word, ...]) -> tuple[Word, ...]:
    for place, word in enumerate(after):
        if not word.spoken and word.text not in "-'\"":
            return after[:place]
    return after
