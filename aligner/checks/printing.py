"""Faults of script and print on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.passages import Passage
from aligner.checks.words.tokens import is_english
from aligner.model import Place, Quoted, Severity
from aligner.text.normalise import to_simplified, to_traditional
from aligner.text.scripts import is_hant
from aligner.text.tokens import words

_HAN = "\u4e00-\u9fff"
HALF_WIDTH = re.compile(rf"(?<=[{_HAN}])[,;:!?](?=[{_HAN}])")
DASH = re.compile(rf"(?<=[{_HAN}”])\s?(?: - | -- )\s?(?=[{_HAN}“])|(?<=[{_HAN}])--(?=[{_HAN}])")
DOUBLED_CHINESE = re.compile(r"(的|了|是|在|和|我们|他们|你们|这个|一个|可以|因为|所以|但是)\1(?!士|确|哥)")
DOUBLED_ENGLISH = re.compile(r"\b(the|a|an|of|to|in|and|is|was|that|for|with|on|it|we|our|my)\s+\1\b", re.IGNORECASE)
LATIN = re.compile(r"[A-Za-z][A-Za-z’'-]*[A-Za-z]")
ALIKE = 0.75
"""Likeness of two Latin words, by their letters, from which one may be the other misspelt."""
SHORTEST = 5


def find(rendering: Rendering, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Misspelt Latin names, words left in English, half-width punctuation, dashes, doubled words, mixed scripts.

    Faults of print are one finding per kind with all its places, misspelt and untranslated words one
    per word.
    """
    seen: dict[object, Found] = {}
    for unit in rendering.units:
        for found in _latin(unit):
            first = seen.get(key := (found.kind, *found.words.values(), "" if rendering.document else unit.id))
            seen[key] = found if first is None else _with_place(first, found, rendering.id)
    yield from seen.values()
    if rendering.document is None:  # given pairs: a fault belongs to its pair
        for unit in rendering.units:
            yield from _faults(rendering, (unit,), unit.id)
    else:
        yield from _faults(rendering, rendering.units, "")


def _with_place(first: Found, found: Found, rendering: str) -> Found:
    """The first of several equal faults with one more place."""
    sides = (("source", found.source), ("target", found.target))
    more = tuple(Place(rendering, side, q.start, q.end, q.text) for side, q in sides[1:] if q)
    return replace(first, places=(*first.places, *more))


def _faults(rendering: Rendering, units: Sequence[Unit], name: str) -> Iterator[Found]:
    for kind, places in _print_faults(units).items():
        if not places:
            continue
        first, *more = places
        spots = tuple(Place(rendering.id, "target", q.start, q.end, q.text) for q in more)
        words = {"text": first.text, "count": len(places)}
        category = "linguistic conventions/" + ("spelling" if kind in {"doubled", "mixed"} else "punctuation")
        score = min(1.0, 0.6 + 0.1 * len(places))
        yield Found(kind, category, Severity.INFO, score, None, first, words, {}, spots, unit=name)


def _print_faults(units: Sequence[Unit]) -> dict[str, list[Quoted]]:
    """Places of each kind of fault in the rendered text."""
    out: dict[str, list[Quoted]] = {"half_width": [], "dash": [], "doubled": [], "mixed": []}
    chinese = [unit.target for unit in units if unit.target.chinese]
    hant = is_hant("".join(p.text for p in chinese))
    for passage in (unit.target for unit in units):
        patterns = (
            (("half_width", HALF_WIDTH), ("dash", DASH), ("doubled", DOUBLED_CHINESE))
            if passage.chinese
            else (("doubled", DOUBLED_ENGLISH),)
        )
        for kind, pattern in patterns:
            for match in pattern.finditer(passage.text):
                if quoted := passage.quoted(*match.span()):
                    out[kind].append(quoted)
        if passage.chinese:
            out["mixed"] += _strangers(passage, hant=hant)
    return out


def _strangers(passage: Passage, *, hant: bool) -> list[Quoted]:
    """Characters of the other script; those that belong to both are none."""
    copy = (to_traditional if hant else to_simplified)(passage.text)
    if len(copy) != len(passage.text):
        return []
    found = []
    for i, (one, other) in enumerate(zip(passage.text, copy, strict=True)):
        certain = to_simplified(one) == one != other if hant else to_traditional(one) == one != other
        if certain and (not hant or one in _ONLY_SIMPLIFIED):
            quoted = passage.quoted(i, i + 1)
            found += [quoted] if quoted else []
    return found


_ONLY_SIMPLIFIED = frozenset(
    "们这个时为说对会来过学国发经还没动现实问题长开关应该样无战选举书车东乐业严两丢亚亲亿仅从众优伟传伤伦价"
)


def _latin(unit: Unit) -> Iterator[Found]:
    """Latin words of a Chinese text that the English has in another spelling, or as an ordinary word."""
    english, chinese = unit.english, unit.chinese
    if not chinese.chinese or english.chinese:
        return
    theirs = [t.text for t in words(english.text, english.language)]
    folded = {w.lower().removesuffix("'s").removesuffix("’s") for w in theirs}
    plain = {w for w in theirs if w.islower()}
    for match in LATIN.finditer(chinese.text):
        word = match[0]
        if word.lower() in folded or len(word) < 4 or _address(chinese.text, match):
            if word in plain and len(word) >= 4 and not _address(chinese.text, match) and _english(chinese.text, match):
                yield _word(unit, "untranslated", match, word, 0.7)
            continue
        near = [w for w in theirs if w[:1].isupper() and len(w) >= SHORTEST and abs(len(w) - len(word)) <= 2]
        best = max(near, key=lambda w: SequenceMatcher(None, w.lower(), word.lower()).ratio(), default=None)
        likeness = SequenceMatcher(None, best.lower(), word.lower()).ratio() if best else 0.0
        if best and likeness >= ALIKE and best.lower() not in chinese.text.lower():
            yield _word(unit, "misspelt", match, best, likeness)


def _english(text: str, match: re.Match[str]) -> bool:
    """Whether the Latin words around are English as well: a motto in another language is no untranslated word."""
    near = re.search(r"(?:[A-Za-z]+ )*$", text[: match.start()]), re.match(r"(?: [A-Za-z]+)*", text[match.end() :])
    around = [word for part in near if part for word in part[0].split()]
    return is_english(match[0]) and all(is_english(word) for word in around if word.islower())


def _address(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 1) : match.end() + 1]
    return bool(re.search(r"[@./:_\d#]", around))


def _word(unit: Unit, kind: str, match: re.Match[str], source: str, score: float) -> Found:
    english, chinese = unit.english, unit.chinese
    at = english.text.find(source)
    ours, theirs = english.quoted(at, at + len(source)), chinese.quoted(*match.span())
    sides = (ours, theirs) if unit.target is chinese else (theirs, ours)
    category = "accuracy/untranslated" if kind == "untranslated" else "accuracy/mistranslation"
    quoted = {"source": source, "target": match[0]}
    return Found(kind, category, Severity.MINOR, score, *sides, quoted, {}, unit=unit.id)


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="print",
    find=find,
    thresholds={
        "misspelt": Threshold(0.75, "a Latin name that differs from the letter's by a letter or two", _GOLD),
        "untranslated": Threshold(0.6, "an ordinary lower-case word of the letter stands in the Chinese", _GOLD),
        "half_width": Threshold(0.6, "house style, not an error of translation: shown as a difference", _GOLD),
        "dash": Threshold(0.6, "as for half-width punctuation", _GOLD),
        "doubled": Threshold(0.6, "a word written twice in a row that is not written so", _GOLD),
        "mixed": Threshold(0.8, "at least two characters of the other script", _GOLD),
    },
    limits="Faults of the English page stand in the collation; names in lower case look untranslated.",
)
