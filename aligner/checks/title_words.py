"""Words of a title that one rendering takes otherwise than all others, which agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aligner.checks.base import Found
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.name_forms import NO_NAMES
from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.cedict import glosses
from aligner.checks.words.english import stem
from aligner.checks.words.evidence import Item
from aligner.checks.words.tokens import is_english
from aligner.model import Mode, Place, Quoted, Severity

CAPITALS = re.compile(r"\b[A-Z][A-Za-z]+(?:[ -](?:of|for|and|the|in) [A-Z][A-Za-z]+|[ -][A-Z][A-Za-z]+)+\b")
"""Two capitalised words or more: a title, an office, a department - or a name."""
SURE = 0.7
"""Strength from which a word of another rendering counts as its rendering of a title's word."""
NEARLY = 0.8
"""How near it must come to being what its nearest word renders: else that renders another word."""
WEAK = 0.25
"""Strength from which the own rendering's nearest word is shown."""
SCORE = 0.65


_OFFICE = re.compile(
    r"\b(?:Head|Chief|Director|Officer|President|SVP|EVP|VP|Chair\w*|Manager|Secretary|Minister|Counsel|Editor|Dean"
    r"|Commissioner|Superintendent|Division|Department|Office|Bureau|Committee|Council|Board|Team|Institute|School)\b"
)
_CHIEF = re.compile(r"\bChief (?:\w+ )+Officer\b")
"""Offices that the check contrary knows by their words."""
GENERIC = frozenset(
    "head chief director officer president vice senior executive general manager chair chairman chairwoman deputy"
    " assistant associate acting interim office board team principal lead secretary"
    " commissioner superintendent judge".split()
)


@dataclass(frozen=True)
class _Word:
    """Word number `k` of a unit, which stands in the title `[start, end)` of the unit's source."""

    rendering: Rendering
    context: Context
    unit: Unit
    words: WordAlignment
    k: int
    title: tuple[int, int]

    @property
    def text(self) -> str:
        """The word as it is written."""
        return self.words.source[self.k].text

    @property
    def place(self) -> int:
        """Where it begins in the letter's document."""
        return self.unit.source.at[self.words.source[self.k].start]

    def peers(self) -> Iterator[tuple[Item, WordAlignment]]:
        """The other renderings' units that have the place, with their word alignments."""
        evidence = self.context.evidence
        for j in evidence.peers[self.context.places[self.rendering.id, self.unit.id]]:
            item = evidence.items[j]
            if item.rendering != self.rendering.id and self.place in item.source.at:
                yield item, evidence.words[j]

    def found(
        self,
        severity: Severity,
        target: Quoted | None,
        usual: str,
        places: tuple[Place, ...],
        facts: Mapping[str, object],
    ) -> Found:
        """The finding that `usual` is the word of the others."""
        source = self.unit.source.quoted(*self.title)
        words = {"term": source.text if source else "", "word": self.text, "usual": usual}
        return Found(
            "word", "terminology/wrong term", severity, SCORE, source, target, words, {"usual": usual, **facts}, places,
            self.rendering.id, self.unit.id,
        )  # fmt: skip


def odd_words(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Words of a title that this rendering takes otherwise than the others, one for a title."""
    evidence = context.evidence
    for unit in rendering.units:
        if unit.source.chinese or not unit.target.chinese or unit.mode in {Mode.FRAGMENT, Mode.INDIRECT}:
            continue  # a report may call people what it likes
        words = evidence.words[context.places[rendering.id, unit.id]]
        for match in CAPITALS.finditer(unit.source.text):
            if not all(_common(word) for word in re.split(r"[ -]", match[0])):
                continue  # a name
            inside = [
                k for k, token in enumerate(words.source)
                if match.start() <= token.start and token.end <= match.end()
                and token.name and not token.light and is_english(token.text) and token.text.lower() not in GENERIC
            ]  # fmt: skip
            for k in inside:
                each = _Word(rendering, context, unit, words, k, match.span())
                found = _odd(each) or _unexplained(each)
                if found:
                    yield found
                    break  # one finding for a title


def in_title(text: str, start: int, end: int) -> bool:
    """Whether `[start, end)` of an English text stands in a title whose words are all common ones: no name."""
    return any(
        match.start() <= start and end <= match.end() and all(_common(word) for word in re.split(r"[ -]", match[0]))
        for match in CAPITALS.finditer(text)
    )


def _common(word: str) -> bool:
    """Whether a word of a title is no name: an English word, or capitals alone (SVP)."""
    return (is_english(word) and word.rstrip(".").lower() not in NO_NAMES) or (word.isupper() and len(word) > 1)


def _odd(each: _Word) -> Found | None:
    """A word that two other renderings or more render by one Chinese word of which nothing stands here."""
    unit, words = each.unit, each.words
    forms = dict(_others(each))
    if len(forms) < 2:
        return None
    (usual, times), *_ = Counter(word for word, _ in forms.values()).most_common(1)
    own = words.strength[each.k]
    best = int(own.argmax()) if own.size else -1
    known = best >= 0 and own[best] >= max(WEAK, NEARLY * float(words.strength[:, best].max()))
    free = [t.text for j, t in enumerate(words.target) if words.strength[:, j].max() < SURE]  # renders nothing else
    mine = words.target[best].text if known else "".join(free)
    if explained(mine, each.text):
        return None  # another word for the same
    if times < len(forms) or len(usual) < 2 or usual in unit.target.simplified or set(usual) & set(mine):
        return None
    target = unit.target.quoted(words.target[best].start, words.target[best].end) if known else None
    places = tuple(where for _, where in forms.values())
    return each.found(Severity.MINOR, target, usual, places, {"kept_by": sorted(forms)})


def _unexplained(each: _Word) -> Found | None:
    """A word that the dictionary explains no word here by, while it does so in another rendering."""
    unit, words = each.unit, each.words
    title = unit.source.text[slice(*each.title)]
    if not _OFFICE.search(title) or _CHIEF.search(title):
        return None
    written = [j for j, t in enumerate(words.target) if not t.latin and not t.light]
    if not written or any(explained(words.target[j].text, each.text) for j in written):
        return None
    best = max(written, key=lambda j: float(words.strength[each.k, j]))
    if words.strength[each.k, best] < WEAK or int(words.strength[:, best].argmax()) != each.k:
        return None
    usual = [
        (token.text, Place(item.rendering, "target", where.start, where.end, where.text))
        for item, tokens in each.peers()
        for token in tokens.target
        if not token.latin
        and explained(token.text, each.text, alone=True)
        and (where := item.target.quoted(token.start, token.end))
    ]
    if not usual or any(set(form) & set(words.target[best].text) for form, _ in usual):
        return None  # 基础架构 and 基础设施 are one
    target = unit.target.quoted(words.target[best].start, words.target[best].end)
    places = tuple(place for _, place in usual)
    facts = {"kept_by": sorted({place.rendering for place in places}), "dictionary": "CC-CEDICT"}
    return each.found(Severity.MAJOR, target, usual[0][0], places, facts)


def explained(chinese: str, english: str, *, alone: bool = False) -> bool:
    """Whether the dictionary explains a Chinese word, or a word inside it, by `english`; with `alone` by it alone."""
    wanted = stem(english)
    pieces = {chinese[a:b] for a in range(len(chinese)) for b in range(a + 2, len(chinese) + 1)} | {chinese}
    return any(
        gloss.stems == (wanted,) if alone else wanted in gloss.stems for piece in pieces for gloss in glosses(piece)
    )


def _others(each: _Word) -> Iterator[tuple[str, tuple[str, Place]]]:
    """By rendering: the word that renders the title's word there, and where it stands."""
    for item, words in each.peers():
        k = next((k for k, t in enumerate(words.source) if item.source.at[t.start] == each.place), None)
        if k is None or not words.target:
            continue
        written = [0.0 if token.latin else 1.0 for token in words.target]  # a gloss in brackets is no form
        best = int((words.strength[k] * written).argmax())
        token = words.target[best]
        where = item.target.quoted(token.start, token.end)
        if words.strength[k, best] >= SURE and not token.latin and not token.light and where:
            yield item.rendering, (token.text, Place(item.rendering, "target", where.start, where.end, where.text))
