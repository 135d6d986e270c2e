"""Names of persons and places: every form they take, and where one rendering uses two."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from aligner.checks.base import Found, LetterCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.checks.name_forms import Form, forms, in_brackets, names_of
from aligner.checks.name_swaps import another_name, families_of, swapped_names
from aligner.checks.passages import Passage
from aligner.checks.title_words import in_title
from aligner.checks.words.tokens import Token, is_english
from aligner.comparison import Row
from aligner.model import Place, Quoted, Severity

BOTH_WAYS = 0.7
"""Score of a name that is written by sound in one place and left in Latin letters in another."""
TWO_SOUNDS = 0.8
LEFT = 0.65
_CALLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir)\.? $")
_TOGETHER = re.compile(r",? (?:and )?")
MANY = 0.5
"""Share of names written by sound from which leaving one in Latin letters is an exception."""


def find(context: Context) -> Iterator[Found]:
    """Names that one rendering writes in two ways, or leaves in Latin letters where it writes others by sound.

    Names are found by their capitals and followed by sound and letters into each rendering; a form
    that is glossed in brackets (马克（Mark）) is one form.
    """
    seen = {rendering.id: _forms(rendering, context) for rendering in context.renderings}
    written = _attested(seen.values(), {name for r in context.renderings for name in _foreign(r, context)})
    families: dict[str, set[str]] = defaultdict(set)
    for r in context.renderings:
        for name, parts in families_of(r.units, _words(r, context), frozenset(written)).items():
            families[name] |= parts
    for rendering in context.renderings:
        mine = seen[rendering.id]
        persons = _persons(rendering, _words(rendering, context), {form.name for form in mine})
        others = {f.name for name, found in seen.items() if name != rendering.id for f in found if not f.latin}
        yield from _by_sentence(rendering, [*_two_forms(rendering, mine)])
        yield from _together(rendering, [*_by_sentence(rendering, [*_left(rendering, mine, others, persons)])])
        yield from another_name(rendering, _words(rendering, context), mine, written, families)
        yield from swapped_names(rendering, mine, context)


def _foreign(rendering: Rendering, context: Context) -> Iterator[str]:
    """Names of the letter that are no English words: in Latin letters they are themselves wherever they stand."""
    for tokens in _words(rendering, context):
        yield from (name for _, name in names_of(tokens) if not is_english(name))


def _attested(found: Iterable[Sequence[Form]], foreign: set[str]) -> dict[str, frozenset[str]]:
    """The forms of each name that are no part of a longer one; those of two characters only if they stand twice."""
    counts = Counter((form.name, form.text) for own in found for form in own)
    out: dict[str, set[str]] = defaultdict(set, {name: {name} for name in foreign})
    for (name, text), times in counts.items():
        firm = times > 1 or text.isascii() or len(text) > 2
        if firm and not any(text in longer and name != other for other, longer in counts if longer != text):
            out[name].add(text)
    return {name: frozenset(texts) for name, texts in out.items()}


def _words(rendering: Rendering, context: Context) -> list[tuple[Token, ...]]:
    return [context.evidence.words[context.places[rendering.id, unit.id]].source for unit in rendering.units]


def _forms(rendering: Rendering, context: Context) -> list[Form]:
    return list(forms(rendering, _words(rendering, context)))


def _two_forms(rendering: Rendering, found: Sequence[Form]) -> Iterator[Found]:
    by_name: dict[str, list[Form]] = defaultdict(list)
    for form in found:
        by_name[form.name].append(form)
    for name, own in by_name.items():
        counts = Counter(form.text for form in own)
        if len(counts) < 2:
            continue
        usual = max(counts, key=lambda text: (counts[text], -next(k for k, f in enumerate(own) if f.text == text)))
        for form in own:
            if form.text == usual or usual in form.text or form.text in usual:
                continue
            latin = form.latin or any(f.latin for f in own if f.text == usual)
            if latin and (form.glossed or any(f.glossed for f in own)):
                continue  # the gloss has told the reader which is which
            same = [f for f in own if f.text == usual]
            yield _found("two_forms", rendering, form, BOTH_WAYS if latin else TWO_SOUNDS, name, usual, same)


def _left(rendering: Rendering, found: Sequence[Form], others: set[str], persons: set[str]) -> Iterator[Found]:
    written = {f.name for f in found if not f.latin}
    latin = {f.name for f in found if f.latin and f.name in others & persons} - written
    if not written or len(written) / (len(written) + len(latin)) < MANY:
        return
    for form in found:
        if form.name in latin and not in_brackets(form.unit.target.text, form.target[0]):
            yield _found("left", rendering, form, LEFT, form.name, "", [])
            latin.discard(form.name)


def _persons(rendering: Rendering, words: Sequence[Sequence[Token]], known: set[str]) -> set[str]:
    """Names that the letter shows to be persons': beside another name, in a list of names, or with a title before."""
    out: set[str] = set()
    for unit, tokens in zip(rendering.units, words, strict=True):
        text = unit.source.text
        here = [(start, name) for start, name in names_of(tokens, known)]
        out |= {name for start, name in here if _CALLED.search(text[:start])}
        for (first, one), (second, other) in pairwise(here):
            if _TOGETHER.fullmatch(text[first + len(one) : second]):
                out |= {one, other}
    return out


def _together(rendering: Rendering, found: Sequence[Found]) -> Iterator[Found]:
    """One finding for all names left in Latin letters, at the one written out most fully; the others are its places."""
    if not found:
        return
    head = max(found, key=lambda each: len(each.target.text) if each.target else 0)
    rest = [each for each in found if each is not head and each.target]
    words = dict(head.words)
    words["form"] = ", ".join(dict.fromkeys(each.target.text for each in found if each.target))
    places = tuple(Place(rendering.id, "target", q.start, q.end, q.text) for q in (each.target for each in rest) if q)
    yield replace(head, words=words, places=(*head.places, *places))


def _found(
    kind: str, rendering: Rendering, form: Form, score: float, name: str, usual: str, same: Iterable[Form]
) -> Found:
    source, target = form.unit.source.quoted(*form.source), form.unit.target.quoted(*form.target)
    places = [f.unit.target.quoted(*f.target) for f in same]
    return Found(
        kind,
        "terminology/inconsistent use of terminology" if kind == "two_forms" else "accuracy/untranslated",
        Severity.MINOR,
        score,
        source,
        target,
        {"name": name, "form": target.text if target else "", "usual": usual},
        {"usual": usual} if usual else {},
        tuple(Place(rendering.id, "target", q.start, q.end, q.text) for q in places if q),
        rendering.id,
        form.unit.id,
    )


def _by_sentence(rendering: Rendering, found: Sequence[Found]) -> Iterator[Found]:
    """One finding for all names of a sentence with the same fault: a list left in Latin is one decision."""
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for each in found:
        groups[each.kind, each.unit].append(each)
    units = {unit.id: unit for unit in rendering.units}
    for (_, name), group in groups.items():
        if len(group) == 1:
            yield group[0]
            continue
        unit = units[name]
        words = {key: ", ".join(dict.fromkeys(str(each.words[key]) for each in group)) for key in group[0].words}
        yield replace(
            group[0],
            score=max(each.score for each in group),
            source=_hull(unit.source, [each.source for each in group]),
            target=_hull(unit.target, [each.target for each in group]),
            words=words,
            places=tuple(dict.fromkeys(place for each in group for place in each.places)),
        )


def _hull(passage: Passage, parts: Sequence[Quoted | None]) -> Quoted | None:
    """From the first to the last of several stretches of a document."""
    there = [part for part in parts if part]
    if not there:
        return None
    first, last = min(part.start for part in there), max(part.end for part in there)
    return Quoted(first, last, passage.document[first:last])


def _trimmed(found: Sequence[Form]) -> Iterator[Form]:
    """The forms without a word before them that was taken for their first sound (由于米拉), where others show it."""
    written = {(form.name, form.text) for form in found}
    for form in found:
        shorter = form.text[1:]
        if not form.latin and len(shorter) > 1 and (form.name, shorter) in written:
            yield replace(form, text=shorter, target=(form.target[0] + 1, form.target[1]))
        else:
            yield form


def tabulate(context: Context) -> Iterator[Row]:
    """One row per name with all its forms in all renderings."""
    sources: dict[str, dict[tuple[int, int], Quoted]] = defaultdict(dict)
    places: dict[str, list[Place]] = defaultdict(list)
    texts: dict[str, set[str]] = defaultdict(set)
    for rendering in context.renderings:
        for form in _trimmed([f for f in _forms(rendering, context) if not in_title(f.unit.source.text, *f.source)]):
            source, target = form.unit.source.quoted(*form.source), form.unit.target.quoted(*form.target)
            if source and target:
                sources[form.name][source.start, source.end] = source
                places[form.name].append(Place(rendering.id, "target", target.start, target.end, target.text))
                texts[form.name].add(form.text)
    for name, found in places.items():
        ordered = tuple(sources[name][key] for key in sorted(sources[name]))
        share = (len(texts[name]) - 1) / max(1, len({p.rendering for p in found}))
        yield Row("names", ordered, tuple(found), min(1.0, share), {"forms": sorted(texts[name])})


_GOLD = "benchmarks/letters"
CHECK = LetterCheck(
    name="names",
    find=find,
    tabulate=tabulate,
    thresholds={
        "two_forms": Threshold(0.6, "two forms that do not contain each other, none glossed", _GOLD),
        "another": Threshold(0.6, "one name of the sentence is not there, and one that is not its own is", _GOLD),
        "swapped": Threshold(0.6, "the clauses of both names fit crosswise", _GOLD),
        "left": Threshold(0.6, "others write it by sound, and this rendering writes most names so", _GOLD),
    },
    limits=(
        "Finds names by capitals and sound: names that are translated by meaning, nicknames and Chinese names given to "
        "foreigners are not followed, nor a name that begins every sentence it stands in."
    ),
)
