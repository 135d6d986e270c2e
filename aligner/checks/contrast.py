"""Where renderings of one sentence disagree in meaning rather than in wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from aligner.checks.base import Found, LetterCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.cedict import glosses
from aligner.checks.words.english import stem
from aligner.checks.words.tokens import is_english
from aligner.comparison import Row
from aligner.model import Mode, Place, Quoted, Severity

MET = 0.55
"""Strength from which a word counts as the counterpart of a word of the phrase."""
MOST = 0.66
"""Share of a phrase's words that must be met for what renders them to be compared."""
SYNONYMS = 0.5
"""What is left of the distance of two forms that the dictionary explains by a common word."""
KEPT, A_SENTENCE = 0.4, 3
"""Distance from which a place is kept, and how many places of a sentence at most."""
APART = 1.6
"""How many times farther from the others than they from each other the odd one stands."""
_WORD = re.compile(r"[\w’'-]+")
_BREAK = re.compile(r"[,;:.!?()\[\]“”\"—–\n]")


@dataclass(frozen=True)
class _Form:
    rendering: str
    unit: str
    quoted: Quoted
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Contrast:
    source: Quoted
    forms: tuple[_Form, ...]
    score: float
    likeness: dict[str, float]
    odd: str | None


def find(context: Context) -> Iterator[Found]:
    """Phrases that one rendering takes otherwise than all others, which are near each other (for information).

    The phrase's words are followed into each rendering; what is found there is compared by its vectors, its
    characters and the dictionary's explanations.
    """
    for each in context.once(_contrasts):
        odd = next((form for form in each.forms if form.rendering == each.odd), None)
        if odd is None:
            continue
        others = [form for form in each.forms if form is not odd]
        yield Found(
            "odd",
            "accuracy/mistranslation",
            Severity.INFO,
            each.score,
            each.source,
            odd.quoted,
            {"source": each.source.text, "form": odd.quoted.text, "others": "、".join(f.quoted.text for f in others)},
            {"likeness": each.likeness},
            tuple(_place(form) for form in others),
            odd.rendering,
            odd.unit,
        )


def tabulate(context: Context) -> Iterator[Row]:
    """One row per place where renderings disagree, the widest first."""
    for each in context.once(_contrasts):
        evidence = {"likeness": each.likeness, "odd": each.odd, "kind": "meaning"}
        yield Row("contrast", (each.source,), tuple(map(_place, each.forms)), each.score, evidence)


def _place(form: _Form) -> Place:
    return Place(form.rendering, "target", form.quoted.start, form.quoted.end, form.quoted.text)


def _contrasts(context: Context) -> list[_Contrast]:
    if context.letter is None or len(context.renderings) < 2:
        return []
    by_phrase: dict[tuple[int, int], tuple[Quoted, list[_Form]]] = {}
    for rendering in context.renderings:
        for quoted, form in _forms(rendering, context):
            by_phrase.setdefault((quoted.start, quoted.end), (quoted, []))[1].append(form)
    several = [(quoted, forms) for quoted, forms in by_phrase.values() if len(forms) > 1]
    texts = sorted({form.text for _, forms in several for form in forms})
    if not texts:
        return []
    vectors = dict(zip(texts, context.encoder.encode(texts), strict=True))
    by_sentence: dict[str, list[_Contrast]] = {}
    for quoted, forms in several:
        likeness = {
            (a.rendering, b.rendering): float(vectors[a.text] @ vectors[b.text]) for a, b in combinations(forms, 2)
        }
        found = _judged(quoted, forms, likeness)
        if found.score >= KEPT:
            by_sentence.setdefault(forms[0].unit, []).append(found)
    kept = [c for group in by_sentence.values() for c in sorted(group, key=lambda c: -c.score)[:A_SENTENCE]]
    return sorted(kept, key=lambda c: (-c.score, c.source.start))


def _judged(quoted: Quoted, forms: Sequence[_Form], likeness: dict[tuple[str, str], float]) -> _Contrast:
    own = {stem(word) for word in _WORD.findall(quoted.text)}
    apart = {
        (a.rendering, b.rendering): _apart(a, b, likeness[a.rendering, b.rendering], own)
        for a, b in combinations(forms, 2)
    }
    shown = {f"{a} {b}": round(value, 4) for (a, b), value in likeness.items()}
    return _Contrast(quoted, tuple(forms), round(max(apart.values()), 4), shown, _odd(forms, apart))


def _apart(one: _Form, other: _Form, likeness: float, own: set[str]) -> float:
    """That both mean the word of the letter (`own`) says nothing: it may have two senses (letter: 信, 字母)."""
    shared = senses(one.words) & senses(other.words) - own
    return distance(one.text, other.text, likeness, synonyms=bool(shared))


def distance(one: str, other: str, likeness: float, *, synonyms: bool) -> float:
    """0 for what shares its characters or means the same, 1 for strangers; `likeness` is the cosine of the vectors."""
    first, second = set(one), set(other)
    shared = len(first & second) / min(len(first), len(second))
    value = min(1.0, max(0.0, 1.0 - likeness)) * (1.0 - shared)
    return value * SYNONYMS if synonyms else value


def senses(words: Sequence[str]) -> set[str]:
    """What the dictionary explains any of the words by, in one English word."""
    return {gloss.stems[0] for word in words for gloss in glosses(word) if len(gloss.stems) == 1}


def _odd(forms: Sequence[_Form], apart: dict[tuple[str, str], float]) -> str | None:
    """The rendering that stands alone among three or more, None if none does."""
    names = [form.rendering for form in forms]
    if len(names) < 3:
        return None
    for name in names:
        own = [value for pair, value in apart.items() if name in pair]
        rest = [value for pair, value in apart.items() if name not in pair]
        if min(own) >= KEPT and min(own) >= APART * max(rest):
            return name
    return None


def _forms(rendering: Rendering, context: Context) -> Iterator[tuple[Quoted, _Form]]:
    for unit in rendering.units:
        if unit.mode is Mode.FRAGMENT or unit.source.chinese or not unit.target.chinese:
            continue
        words = context.evidence.words[context.places[rendering.id, unit.id]]
        for run in _phrases(unit, words):
            quoted = unit.source.quoted(words.source[run[0]].start, words.source[run[-1]].end)
            form = _form(rendering, unit, words, run)
            if quoted and form:
                yield quoted, form


def _phrases(unit: Unit, words: WordAlignment) -> list[list[int]]:
    """Runs of content words that follow each other; names and numbers have their own tables."""
    runs: list[list[int]] = []
    for k, token in enumerate(words.source):
        if token.light or token.quantity is not None or (token.name and not is_english(token.text)):
            continue
        last = runs[-1][-1] if runs else -2
        if last == k - 1 and not _BREAK.search(unit.source.text, words.source[last].end, token.start):
            runs[-1].append(k)
        else:
            runs.append([k])
    return [run for run in runs if len(run) > 1 or not words.source[run[0]].text[:1].isupper()]


def _form(rendering: Rendering, unit: Unit, words: WordAlignment, run: Sequence[int]) -> _Form | None:
    """The stretch that renders a phrase; None where its words are not met or stand far from each other."""
    if not words.target:
        return None
    # A gloss in brackets (对齐（Alignment）) is no rendering, a number stands in its own table.
    left_out = [j for j, t in enumerate(words.target) if t.light or t.latin or t.quantity]
    strength = words.strength.copy()
    strength[:, left_out] = 0.0
    met = [k for k in run if float(strength[k].max()) >= MET]
    if not met or len(met) < MOST * len(run):
        return None
    columns = sorted({int(strength[k].argmax()) for k in met})
    if columns[-1] - columns[0] > len(run) + 1:
        return None
    inside = words.target[columns[0] : columns[-1] + 1]
    quoted = unit.target.quoted(inside[0].start, inside[-1].end)
    if quoted is None or "\n" in unit.target.text[inside[0].start : inside[-1].end]:
        return None
    text = unit.target.simplified[inside[0].start : inside[-1].end]
    return _Form(rendering.id, unit.id, quoted, text, tuple(words.target[j].text for j in columns))


_GOLD = "benchmarks/letters"
CHECK = LetterCheck(
    name="contrast",
    find=find,
    tabulate=tabulate,
    thresholds={
        "odd": Threshold(0.5, "for information: of such places many are free renderings, none is an alarm", _GOLD)
    },
    limits=(
        "Sees words whose counterparts are found in two renderings at least, so that a word which one of them "
        "drops or turns into something far away is not here but with the omissions. Free renderings look like "
        "disagreement."
    ),
)
