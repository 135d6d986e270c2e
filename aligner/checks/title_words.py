"""Words of a title that one rendering takes otherwise than all others, which agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from aligner.checks.base import Found
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.name_forms import NO_NAMES
from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.tokens import is_english
from aligner.model import Mode, Place, Severity

CAPITALS = re.compile(r"\b[A-Z][A-Za-z]+(?:[ -](?:of|for|and|the|in) [A-Z][A-Za-z]+|[ -][A-Z][A-Za-z]+)+\b")
"""Two capitalised words or more: a title, an office, a department - or a name."""
SURE = 0.7
"""Strength from which a word of another rendering counts as its rendering of a title's word."""
WEAK = 0.25
"""Strength from which the own rendering's nearest word is shown."""
SCORE = 0.65


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
                and token.name and not token.light and is_english(token.text)
            ]  # fmt: skip
            for k in inside:
                found = _odd(rendering, context, unit, words, number, k, match.span())
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
    known = best >= 0 and own[best] >= WEAK
    mine = words.target[best].text if known else unit.target.simplified
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
