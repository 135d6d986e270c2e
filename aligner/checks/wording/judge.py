"""Whether two renderings that differ in a place differ in wording alone, or in what they say."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from aligner.checks.bends import CARRY
from aligner.checks.contrast import KEPT, distance, senses
from aligner.checks.passages import Passage
from aligner.checks.polarity import DROPPED
from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.cedict import known
from aligner.checks.words.links import WordLink, word_links
from aligner.checks.words.tokens import is_english
from aligner.text.markers import Bend, Marker, markers
from aligner.text.quantities import Quantity, same

TELLING = 0.5
"""Markers whose loss the check of polarity calls telling to this degree are compared; Chinese does without others."""

NEGATIONS = (Bend.NEGATION, Bend.NOBODY)


class Kind(StrEnum):
    """What a place is."""

    SAME = "same"
    WORDING = "wording"
    MEANING = "meaning"


class Reason(StrEnum):
    """Why a place counts as it does; those of `MEANING` say that the meaning differs."""

    NUMBER = "number"
    NEGATION = "negation"
    MODALITY = "modality"
    NAME = "name"
    MISSING = "missing"  # a word of the letter that only one of them renders
    APART = "apart"  # far by their vectors, and no sense in common
    FUNCTION = "function"  # function words alone
    EXTRA = "extra"  # words in one only that render no word of the letter: paraphrase, or padding
    FORM = "form"  # another form of the same name
    ELSEWHERE = "elsewhere"  # the other says it in another place
    SYNONYM = "synonym"  # one sense in the dictionary, or one word of the letter
    NEAR = "near"  # near by their vectors
    FINDING = "finding"  # a check found an error here
    CONTRAST = "contrast"  # the comparison lists it among places where meanings part


MEANING = frozenset(
    {
        Reason.NUMBER, Reason.NEGATION, Reason.MODALITY, Reason.NAME, Reason.MISSING, Reason.APART, Reason.FINDING,
        Reason.CONTRAST,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Version:
    """A rendering of one sentence with its words and what they correspond to."""

    passage: Passage
    source: Passage
    words: WordAlignment

    @cached_property
    def links(self) -> tuple[WordLink, ...]:
        """Its correspondences with the letter."""
        return word_links(self.words)

    @cached_property
    def partners(self) -> dict[int, frozenset[int]]:
        """Number of a word -> the places in the letter's document of the words that it renders."""
        found: dict[int, set[int]] = {}
        for link in self.links:
            found.setdefault(link.target, set()).add(self.source.at[self.words.source[link.source].start])
        return {word: frozenset(places) for word, places in found.items()}

    @cached_property
    def rendered(self) -> frozenset[int]:
        """All places in the letter's document whose words it renders."""
        return frozenset().union(*self.partners.values())

    @cached_property
    def names(self) -> dict[int, str]:
        """Names of the letter by their place in its document."""
        tokens = self.words.source
        return {
            self.source.at[t.start]: t.text
            for t in tokens
            if t.text[:1].isupper() and not t.light and not is_english(t.text)
        }

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """Its negations, modal and quantity words."""
        return markers(self.passage.simplified, chinese=self.passage.chinese)

    def text(self, words: Sequence[int]) -> str:
        """The text from the first to the last of some words, in Simplified characters."""
        tokens = self.words.target
        return self.passage.simplified[tokens[words[0]].start : tokens[words[-1]].end] if words else ""

    def amounts(self, words: Sequence[int]) -> list[Quantity | None]:
        """The quantity that each content word belongs to, once; None for words that belong to none."""
        return list(dict.fromkeys(self.words.target[j].quantity for j in self.content(words)))

    def written(self, words: Sequence[int]) -> tuple[str, ...]:
        """Some of its words, in Simplified characters."""
        return tuple(self.words.target[j].text for j in words)

    def content(self, words: Sequence[int]) -> list[int]:
        """Those that are no function words."""
        return [j for j in words if not self.words.target[j].light]


Cosine = Callable[[str, str], float]


def reasons(one: Version, first: Sequence[int], other: Version, second: Sequence[int], cosine: Cosine) -> list[Reason]:
    """Why two renderings that have the words `first` and `second` in one place differ there; wording last.

    Numbers, negations, modal words and names are looked for in the whole sentence of the other, since order is no
    difference in meaning. `cosine` compares two texts by the encoder's vectors.
    """
    found: dict[Reason, None] = {}
    for version, words, against, opposite in ((one, first, other, second), (other, second, one, first)):
        found |= dict.fromkeys(_turned(version, words, against))
        found |= dict.fromkeys(_alone(version, words, against, opposite))
    if one.content(first) and other.content(second):
        found |= {_apart(one, one.content(first), other, other.content(second), cosine): None}
    if Reason.APART in found and Reason.FORM in found:
        del found[Reason.APART]  # two transliterations share neither characters nor a sense
    return sorted(found, key=lambda reason: reason not in MEANING) or [Reason.FUNCTION]


def _turned(version: Version, words: Sequence[int], other: Version) -> list[Reason]:
    """Numbers and small words that turn a statement, of which the other rendering has nothing."""
    found = []
    tokens = [version.words.target[j] for j in words]
    amounts = {t.quantity for t in tokens if t.quantity and t.quantity.sure}
    theirs = [t.quantity for t in other.words.target if t.quantity]
    if any(not any(same(mine, their) for their in theirs) for mine in amounts):
        found.append(Reason.NUMBER)
    for marker in version.markers:
        inside = any(t.start < marker.end and marker.start < t.end for t in tokens)
        if (
            not inside
            or DROPPED.get(marker.bend, 0.0) < TELLING
            or any(m.bend in CARRY[marker.bend] for m in other.markers)
        ):
            continue
        found.append(Reason.NEGATION if marker.bend in NEGATIONS else Reason.MODALITY)
    return found


def _alone(version: Version, words: Sequence[int], other: Version, opposite: Sequence[int]) -> list[Reason]:
    """What becomes of words of the letter that the other rendering does not have in this place."""
    found = []
    there = _partners(other, opposite)
    # A name may stand here in a form that neither sounds nor is written like the letter's: the surname, a title.
    unknown = any(j not in other.partners and not known(other.words.target[j].text) for j in other.content(opposite))
    for j in version.content(words):
        mine = version.partners.get(j, frozenset())
        if mine & there:
            found += [Reason.FORM] if mine & version.names.keys() else []
        elif mine & other.rendered:
            found.append(Reason.ELSEWHERE)
        elif mine & version.names.keys():
            found.append(Reason.FORM if unknown else Reason.NAME)
        elif mine:
            found.append(Reason.MISSING)
        else:
            found.append(Reason.EXTRA)
    if other.content(opposite):
        # Where both say something, what they say is compared; a freer phrase has fewer counterparts.
        found = [reason for reason in found if reason in (Reason.FORM, Reason.NAME)]
    return found


def _apart(one: Version, first: Sequence[int], other: Version, second: Sequence[int], cosine: Cosine) -> Reason:
    """Whether two phrases say the same, by the distance of the check of contrasts and its threshold.

    Two glosses of one word of the letter count as synonyms here, which they do not there; what has two senses all the
    same is in the comparison's list of contrasts, which outweighs this.
    """
    shared = _synonyms(one.written(first), other.written(second))
    amounts = one.amounts(first), other.amounts(second)
    if all(amounts) and all(a and b and same(a, b) for a, b in itertools.zip_longest(*amounts)):
        return Reason.NEAR  # 六年 and 6年
    texts = one.text(first), other.text(second)
    if distance(*texts, cosine(*texts), synonyms=shared) >= KEPT:
        return Reason.APART
    return Reason.SYNONYM if shared else Reason.NEAR


def _synonyms(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether every word of the shorter phrase has a sense in common with a word of the other."""
    shorter, longer = sorted((first, second), key=len)
    return all(any(a == b or senses([a]) & senses([b]) for b in longer) for a in shorter)


def _partners(version: Version, words: Sequence[int]) -> frozenset[int]:
    return frozenset().union(*(version.partners.get(j, frozenset()) for j in words))


def kind_of(found: Mapping[Reason, object] | Sequence[Reason]) -> Kind:
    """Whether any of the reasons says that the meaning differs."""
    return Kind.MEANING if any(reason in MEANING for reason in found) else Kind.WORDING
