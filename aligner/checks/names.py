"""Names of persons and places: every form they take, and where one rendering uses two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aligner.checks.base import Found, LetterCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.checks.name_forms import Form, forms
from aligner.checks.passages import Passage
from aligner.checks.title_words import in_title
from aligner.comparison import Row
from aligner.model import Place, Quoted, Severity

BOTH_WAYS = 0.7
"""Score of a name that is written by sound in one place and left in Latin letters in another."""
TWO_SOUNDS = 0.8
LEFT = 0.65
MANY = 0.5
"""Share of names written by sound from which leaving one in Latin letters is an exception."""


def find(context: Context) -> Iterator[Found]:
    """Names that one rendering writes in two ways, or leaves in Latin letters where it writes others by sound.

    Names are found by their capitals and followed by sound and letters into each rendering; a form
    that is glossed in brackets (马克（Mark）) is one form.
    """
    seen = {rendering.id: _forms(rendering, context) for rendering in context.renderings}
    for rendering in context.renderings:
        mine = seen[rendering.id]
        others = {f.name for name, found in seen.items() if name != rendering.id for f in found if not f.latin}
        yield from _by_sentence(rendering, [*_two_forms(rendering, mine), *_left(rendering, mine, others)])


def _forms(rendering: Rendering, context: Context) -> list[Form]:
    words = [context.evidence.words[context.places[rendering.id, unit.id]].source for unit in rendering.units]
    return list(forms(rendering, words))


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


def _left(rendering: Rendering, found: Sequence[Form], others: set[str]) -> Iterator[Found]:
    written = {f.name for f in found if not f.latin}
    latin = {f.name for f in found if f.latin and f.name in others} - written
    if not written or len(written) / (len(written) + len(latin)) < MANY:
        return
    for form in found:
        if form.name in latin:
            yield _found("left", rendering, form, LEFT, form.name, "", [])
            latin.discard(form.name)


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
        "left": Threshold(0.6, "others write it by sound, and this rendering writes most names so", _GOLD),
    },
    limits=(
        "Finds names by capitals and sound: names that are translated by meaning, nicknames and Chinese names given to "
        "foreigners are not followed, nor a name that begins every sentence it stands in."
    ),
)
