"""Terms: a user's glossary kept, and titles rendered one way throughout a rendering."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.checks.base import Found, LetterCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.name_forms import NO_NAMES
from aligner.checks.title_ranks import lost_ranks
from aligner.checks.title_words import CAPITALS, GENERIC, explained, odd_words
from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.tokens import is_english, is_light
from aligner.comparison import Row
from aligner.model import Place, Quoted, Severity
from aligner.text.normalise import to_simplified

FOUND = 0.55
"""Strength from which a target word counts as the rendering of a term's word."""
BREAK = re.compile(r"[,;:.!?()\[\]，；：。！？（）、“”「」\n]")


@dataclass(frozen=True, slots=True)
class _Use:
    unit: Unit
    rendering: str
    source: Quoted
    target: Quoted
    text: str


def find(context: Context) -> Iterator[Found]:
    """Terms of the user's glossary that a rendering does not use, and titles that it renders in two ways.

    Titles and other capitalised terms (Head of Research) are followed word by word; two renderings of
    one term that share no character are two forms, and so is a title's word that all others render alike.
    """
    every: list[tuple[str, _Use]] = []
    for rendering in context.renderings:
        yield from _glossary(rendering, context)
        by_term: dict[str, list[_Use]] = defaultdict(list)
        for term, use in _uses(rendering, context):
            by_term[term].append(use)
        for term, uses in by_term.items():
            yield from _two_forms(rendering, term, uses)
        every += [(term, use) for term, uses in by_term.items() for use in uses]
    unlike = list(_unlike(every))
    yield from unlike
    said = {(found.rendering, found.source) for found in unlike}
    for rendering in context.renderings:
        yield from lost_ranks(rendering)
        yield from (f for f in odd_words(rendering, context) if (f.rendering, f.source) not in said)


def _glossary(rendering: Rendering, context: Context) -> Iterator[Found]:
    for term, wanted in context.terms:
        pattern = re.compile(rf"(?<!\w){re.escape(term)}(?:s|es)?(?!\w)", re.IGNORECASE)
        forms = [to_simplified(form.strip()).casefold() for form in re.split(r"[;；|]", wanted) if form.strip()]
        for unit in rendering.units:
            match = pattern.search(unit.source.simplified)
            if match is None or any(form in unit.target.simplified.casefold() for form in forms):
                continue
            source, target = unit.source.quoted(*match.span()), _rendered(context, rendering, unit, match.span())
            words = {"term": term, "wanted": wanted}
            category = "terminology/inconsistent with terminology resource"
            yield Found(
                "glossary", category, Severity.MAJOR, 0.95, source, target, words, {"wanted": wanted}, (), rendering.id,
                unit.id,
            )  # fmt: skip


def _rendered(context: Context, rendering: Rendering, unit: Unit, place: tuple[int, int]) -> Quoted | None:
    """The stretch of the target that renders `place` of the source, None where no word is sure."""
    words = context.evidence.words[context.places[rendering.id, unit.id]]
    rows = [k for k, t in enumerate(words.source) if place[0] <= t.start and t.end <= place[1] and not t.light]
    rows = [k for k in rows if words.source[k].text.lower() not in GENERIC]  # heads and directors have many names
    best = {int(words.strength[k].argmax()) for k in rows if words.target and words.strength[k].max() >= FOUND}
    best = {j for j in best if int(words.strength[:, j].argmax()) in rows}  # else it renders another word
    columns = _unbroken(unit, words, rows, sorted(j for j in best if not words.target[j].light))
    if not columns or columns[-1] - columns[0] > 2 * len(rows) + 1:
        return None
    return unit.target.quoted(words.target[columns[0]].start, words.target[columns[-1]].end)


def _unbroken(unit: Unit, words: WordAlignment, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """Of the words that stand together, without punctuation between them, those that render the term most surely."""
    runs: list[list[int]] = []
    for j in columns:
        last = words.target[runs[-1][-1]].end if runs else 0
        if runs and not BREAK.search(unit.target.text, last, words.target[j].start):
            runs[-1].append(j)
        else:
            runs.append([j])
    return max(runs, key=lambda run: float(words.strength[np.ix_(rows, run)].max(axis=0).sum()), default=[])


def _uses(rendering: Rendering, context: Context) -> Iterator[tuple[str, _Use]]:
    for unit in rendering.units:
        if unit.source.chinese or not unit.target.chinese:
            continue
        for match in CAPITALS.finditer(unit.source.text):
            start, end = match.span()
            while " " in unit.source.text[start:end] and is_light(
                unit.source.text[start:end].split()[0], chinese=False
            ):
                start = unit.source.text.index(" ", start) + 1  # The Chief Executive
            term = unit.source.text[start:end]
            parts = [part for part in re.split(r"[ -]", term) if part[0].isupper()]
            if len(parts) < 2:
                continue
            if not all(is_english(part) for part in parts) or any(part.lower() in NO_NAMES for part in parts):
                continue
            source = unit.source.quoted(start, end)
            target = _rendered(context, rendering, unit, (start, end))
            if source and target:
                yield term, _Use(unit, rendering.id, source, target, to_simplified(target.text))


def _two_forms(rendering: Rendering, term: str, uses: list[_Use]) -> Iterator[Found]:
    first = uses[0]
    for use in uses[1:]:
        if set(use.text) & set(first.text):
            continue
        words = {"term": term, "form": use.target.text, "usual": first.target.text}
        places = (Place(rendering.id, "target", first.target.start, first.target.end, first.target.text),)
        yield Found(
            "two_forms",
            "terminology/inconsistent use of terminology",
            Severity.MINOR,
            0.7,
            use.source,
            use.target,
            words,
            {"usual": first.target.text},
            places,
            rendering.id,
            use.unit.id,
        )


def _unlike(every: Sequence[tuple[str, _Use]]) -> Iterator[Found]:
    """A form that shares no character with those of all other renderings, which agree among themselves."""
    by_place: dict[tuple[str, int], list[_Use]] = defaultdict(list)
    for term, use in every:
        by_place[term, use.source.start].append(use)
    for (term, _), uses in by_place.items():
        for use in uses:
            others = [set(u.text) for u in uses if u.rendering != use.rendering]
            if use.text.isascii():
                continue  # kept in Latin letters: a matter of names
            if len(others) < 2 or not set.intersection(*others) or any(set(use.text) & other for other in others):
                continue
            if any(explained(part, word) for word in term.split() for part in (use.text, *use.text)):
                continue  # the dictionary knows it as a rendering of the term
            usual = next(u.text for u in uses if u.rendering != use.rendering)
            words = {"term": term, "form": use.target.text, "usual": usual}
            places = tuple(
                Place(u.rendering, "target", u.target.start, u.target.end, u.target.text)
                for u in uses
                if u.rendering != use.rendering
            )
            category = "terminology/wrong term"
            yield Found(
                "unlike", category, Severity.MINOR, 0.65, use.source, use.target, words, {"usual": usual}, places,
                use.rendering, use.unit.id,
            )  # fmt: skip


def tabulate(context: Context) -> Iterator[Row]:
    """One row per capitalised term with its forms in all renderings."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for rendering in context.renderings:
        for term, use in _uses(rendering, context):
            uses[term].append(use)
    for found in uses.values():
        sources = {(u.source.start, u.source.end): u.source for u in found}
        forms = {u.text for u in found}
        places = tuple(Place(u.rendering, "target", u.target.start, u.target.end, u.target.text) for u in found)
        score = min(1.0, (len(forms) - 1) / max(1, len({u.rendering for u in found})))
        yield Row("terms", tuple(sources[k] for k in sorted(sources)), places, score, {"forms": sorted(forms)})


_GOLD = "benchmarks/letters"
CHECK = LetterCheck(
    name="terms",
    find=find,
    tabulate=tabulate,
    thresholds={
        "glossary": Threshold(0.5, "the user's own rule: the form is there or it is not", "the user's glossary"),
        "unlike": Threshold(0.6, "all others agree and share no character with it", _GOLD),
        "rank": Threshold(0.6, "no Chinese word for deputy, acting, former stands in the sentence", _GOLD),
        "word": Threshold(0.6, "all others use one word for it, no character of which stands here", _GOLD),
        "two_forms": Threshold(0.6, "no character in common", _GOLD),
    },
    limits="Follows capitalised terms only; the glossary matches a term as it is written, and in the plural.",
)
