"""Words of a title that one rendering takes otherwise than all others, which agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from aligner.checks.base import Found
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.name_forms import NO_NAMES
from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.cedict import glosses
from aligner.checks.words.english import stem
from aligner.checks.words.tokens import is_english
from aligner.model import Mode, Place, Severity

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


def odd_words(rendering: Rendering, context: Context) -> Iterator[Found]:
    """A title's word that two other renderings or more render by one Chinese word of which nothing stands here."""
    evidence = context.evidence
    for unit in rendering.units:
        if unit.source.chinese or not unit.target.chinese or unit.mode in {Mode.FRAGMENT, Mode.INDIRECT}:
            continue  # a report may call people what it likes
        number = context.places[rendering.id, unit.id]
        words = evidence.words[number]
        for match in CAPITALS.finditer(unit.source.text):
            if not all(_common(word) for word in re.split(r"[ -]", match[0])):
                continue  # a name
            inside = [
                k for k, token in enumerate(words.source)
                if match.start() <= token.start and token.end <= match.end()
                and token.name and not token.light and is_english(token.text) and token.text.lower() not in GENERIC
            ]  # fmt: skip
            for k in inside:
                found = _odd(rendering, context, unit, words, number, k, match.span()) or _unexplained(
                    rendering, context, unit, words, number, k, match.span()
                )
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


def _odd(
    rendering: Rendering,
    context: Context,
    unit: Unit,
    words: WordAlignment,
    number: int,
    k: int,
    title: tuple[int, int],
) -> Found | None:
    place = unit.source.at[words.source[k].start]
    forms = dict(_others(rendering, context, number, place))
    if len(forms) < 2:
        return None
    (usual, times), *_ = Counter(word for word, _ in forms.values()).most_common(1)
    own = words.strength[k]
    best = int(own.argmax()) if own.size else -1
    known = best >= 0 and own[best] >= max(WEAK, NEARLY * float(words.strength[:, best].max()))
    free = [t.text for j, t in enumerate(words.target) if words.strength[:, j].max() < SURE]  # renders nothing else
    mine = words.target[best].text if known else "".join(free)
    if explained(mine, words.source[k].text):
        return None  # another word for the same
    if times < len(forms) or len(usual) < 2 or usual in unit.target.simplified or set(usual) & set(mine):
        return None
    target = None
    if known:
        target = unit.target.quoted(words.target[best].start, words.target[best].end)
    source = unit.source.quoted(*title)
    return Found(
        "word",
        "terminology/wrong term",
        Severity.MINOR,
        SCORE,
        source,
        target,
        {"term": source.text if source else "", "word": words.source[k].text, "usual": usual},
        {"usual": usual, "kept_by": sorted(forms)},
        tuple(where for _, where in forms.values()),
        rendering.id,
        unit.id,
    )


def _unexplained(
    rendering: Rendering,
    context: Context,
    unit: Unit,
    words: WordAlignment,
    number: int,
    k: int,
    title: tuple[int, int],
) -> Found | None:
    """A title's word that the dictionary explains no word here by, while it does so in another rendering."""
    word = words.source[k].text
    place = unit.source.at[words.source[k].start]
    span = unit.source.text[slice(*title)]
    if word.lower() in GENERIC or not _OFFICE.search(span) or _CHIEF.search(span):
        return None
    written = [j for j, t in enumerate(words.target) if not t.latin and not t.light]
    if not written or any(explained(words.target[j].text, word) for j in written):
        return None
    best = max(written, key=lambda j: float(words.strength[k, j]))
    usual = [
        (item.rendering, token.text, where)
        for j in context.evidence.peers[number]
        if (item := context.evidence.items[j]).rendering != rendering.id and place in item.source.at
        for token in context.evidence.words[j].target
        if not token.latin
        and explained(token.text, word, alone=True)
        and (where := item.target.quoted(token.start, token.end))
    ]
    source, target = unit.source.quoted(*title), unit.target.quoted(words.target[best].start, words.target[best].end)
    if int(words.strength[:, best].argmax()) != k:
        return None
    if any(set(form) & set(words.target[best].text) for _, form, _ in usual):
        return None  # 基础架构 and 基础设施
    if not usual or words.strength[k, best] < WEAK or source is None or target is None:
        return None
    return Found(
        "word",
        "terminology/wrong term",
        Severity.MAJOR,
        SCORE,
        source,
        target,
        {"term": source.text, "word": word, "usual": usual[0][1]},
        {"usual": usual[0][1], "kept_by": sorted({name for name, _, _ in usual}), "dictionary": "CC-CEDICT"},
        tuple(Place(name, "target", where.start, where.end, where.text) for name, _, where in usual),
        rendering.id,
        unit.id,
    )


def explained(chinese: str, english: str, *, alone: bool = False) -> bool:
    """Whether the dictionary explains a Chinese word, or a word inside it, by `english`; with `alone` by it alone."""
    wanted = stem(english)
    pieces = {chinese[a:b] for a in range(len(chinese)) for b in range(a + 2, len(chinese) + 1)} | {chinese}
    return any(
        gloss.stems == (wanted,) if alone else wanted in gloss.stems for piece in pieces for gloss in glosses(piece)
    )


def _others(rendering: Rendering, context: Context, number: int, place: int) -> Iterator[tuple[str, tuple[str, Place]]]:
    """By rendering: the word that renders what stands at `place` of the letter, and where it stands."""
    evidence = context.evidence
    for j in evidence.peers[number]:
        item, words = evidence.items[j], evidence.words[j]
        k = next((k for k, t in enumerate(words.source) if item.source.at[t.start] == place), None)
        if item.rendering == rendering.id or k is None or not words.target:
            continue
        written = [0.0 if token.latin else 1.0 for token in words.target]  # a gloss in brackets is no form
        best = int((words.strength[k] * written).argmax())
        token = words.target[best]
        where = item.target.quoted(token.start, token.end)
        if words.strength[k, best] >= SURE and not token.latin and not token.light and where:
            yield item.rendering, (token.text, Place(item.rendering, "target", where.start, where.end, where.text))
