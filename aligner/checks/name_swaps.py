"""One person or place named where the letter names another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np

from aligner.checks.base import Found
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.name_forms import PART_BY_SOUND, SOUNDS, Form, by_sound, in_brackets, names_of
from aligner.checks.title_words import in_title
from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.tokens import Token, is_english
from aligner.model import Mode, Place, Quoted, Severity

ANOTHER, SWAPPED = 0.8, 0.75
"""Scores of a name that stands for another one of the letter, and of two that changed places in one sentence."""
CROSSED = 7.0
"""How many characters nearer the neighbours of each name must stand to the other one for the two to be swapped."""
SURE = 0.5
"""Strength from which a word beside a name shows where its surroundings are rendered."""
_FIRST = re.compile(r"\b(?:I|me|my|mine|myself)\b")
_ARTICLE = re.compile(
    r"(?:\b(?:the|our|my|a|an|your|its|their|(?:heads?|directors?|chiefs?|managers?|chairs?|officers?|secretary|minister"
    r"|president|dean) (?:of|for))|['’]s) $",
    re.IGNORECASE,
)
"""Before a title that is written with a capital; nobody says *the Martin*, or *head of Martin*."""
_TITLED = re.compile(r"\b(?:Mr|Ms|Mrs|Miss|Dr|Professor|Prof|Captain|Judge)\.? (?:[A-Z]\w+ )?$")
_TITLE = re.compile(r"先生|女士|小姐|夫人|太太|博士|教授|医生|船长|机长|队长|法官")
_PRONOUN = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)


def another_name(
    rendering: Rendering,
    words: Sequence[Sequence[Token]],
    own: Sequence[Form],
    every: Mapping[str, frozenset[str]],
    families: Mapping[str, set[str]],
) -> Iterator[Found]:
    """A name of the letter's sentence that the rendering does not have, where it has another name of the letter.

    `words` are the source words of the units, `own` the rendering's forms, `every` all forms of each name
    in any rendering, `families` the names that stand beside each name somewhere: Priya and Raman.
    """
    by_unit = _by_unit(own)
    for unit, tokens in zip(rendering.units, words, strict=True):
        if unit.source.chinese or not unit.target.chinese or unit.mode is Mode.FRAGMENT:
            continue
        if unit.mode is Mode.INDIRECT and _FIRST.search(unit.source.text):
            continue  # a report names the author where the letter says I
        here = [(p, n) for p, n in names_of(tokens, frozenset(every)) if not in_title(unit.source.text, p, p + len(n))]
        met = {form.name for form in by_unit[unit.id]}
        lost = [
            run
            for run in _runs(
                [(n, p, p + len(n)) for p, n in here if n not in met and (n in every or not is_english(n))]
            )
            if " " in run[0] or not _ARTICLE.search(unit.source.text[: run[1]])
        ]
        strange = _runs(_strange(unit, [name for _, name in here], every))
        if strange and lost and strange[-1][0].split()[-1] in families.get(lost[0][0].split()[0], ()):
            continue  # the same person by another part of the name
        if len(lost) != 1 or len(strange) != 1 or _unread(unit, by_unit[unit.id], strange):
            continue  # with more of either nobody can say who stands for whom
        name, *place = lost[0]
        other, *stood = strange[0]
        titled = _TITLED.search(unit.source.text[: place[0]]) and _TITLE.match(unit.target.simplified, stood[1])
        if _PRONOUN.search(unit.source.text[: place[0]]) and not titled:
            continue  # the name may stand for it; he or she after a name is who has it
        source, target = unit.source.quoted(place[0], place[1]), unit.target.quoted(stood[0], stood[1])
        if source and target:
            words_of = {"name": name, "form": target.text, "other": other}
            yield _wrong("another", ANOTHER, rendering, unit, source, target, words_of, ())


def families_of(units: Sequence[Unit], words: Sequence[Sequence[Token]], known: frozenset[str]) -> dict[str, set[str]]:
    """The names that follow or precede each name directly, as the parts of a person's name do."""
    out: dict[str, set[str]] = defaultdict(set)
    for unit, tokens in zip(units, words, strict=True):
        for (first, one), (second, other) in pairwise(names_of(tokens, known)):
            if unit.source.text[first + len(one) : second] in {" ", " van ", " de ", "-"}:
                out[one].add(other)
                out[other].add(one)
    return out


def _by_unit(own: Sequence[Form]) -> dict[str, list[Form]]:
    out: dict[str, list[Form]] = defaultdict(list)
    for form in own:
        out[form.unit.id].append(form)
    return out


def _runs(found: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Names that follow each other as one: Priya Raman, 普里娅·拉曼."""
    out: list[tuple[str, int, int]] = []
    for name, start, end in sorted(found, key=lambda each: each[1]):
        if out and start - out[-1][2] <= 1:
            out[-1] = (f"{out[-1][0]} {name}", out[-1][1], end)
        else:
            out.append((name, start, end))
    return out


def _strange(unit: Unit, here: Sequence[str], every: Mapping[str, frozenset[str]]) -> list[tuple[str, int, int]]:
    """Forms of the letter's names that stand in the target oftener than the source has them, with the places."""
    text = unit.target.simplified
    out: list[tuple[str, int, int]] = []
    forms = sorted(((form, name) for name, found in every.items() for form in found), key=lambda each: -len(each[0]))
    for form, name in forms:
        places = [m.start() for m in re.finditer(re.escape(form), text) if not in_brackets(text, m.start())]
        free = [p for p in places if not any(a < p + len(form) and p < b for _, a, b in out)]
        out += [(name, p, p + len(form)) for p in free if len(form) > 1 and not _inside(text, p, p + len(form))]
    owed = Counter(here)
    surplus = []
    for name, start, end in sorted(out, key=lambda each: each[1]):
        if any(text[start:end] in every.get(other, ()) for other in here if other != name):
            continue  # the form of both
        if owed[name] > 0:
            owed[name] -= 1
        else:
            surplus.append((name, start, end))
    return surplus


def _inside(text: str, start: int, end: int) -> bool:
    """Whether a form is but a part of a longer word written by sound: 布兰 in 布兰诺克."""
    return (start > 0 and text[start - 1] in SOUNDS) or (end < len(text) and text[end] in SOUNDS)


def _unread(unit: Unit, own: Sequence[Form], strange: Sequence[tuple[str, int, int]]) -> bool:
    """Whether something else in the target looks written by sound: it may be the name in a form not recognised."""
    text = unit.target.simplified
    taken = [*(form.target for form in own), *((a - 1, b + 1) for _, a, b in strange)]  # with its other part: 雷娜塔·
    words = [word for word in re.findall(r"[A-Za-z]{4,}", unit.source.text) if not word[0].isupper()]
    for match in PART_BY_SOUND.finditer(text):
        if match.end() - match.start() <= 2 or any(a <= match.end() and match.start() <= b for a, b in taken):
            continue
        if not any(by_sound(word, match[0]) for word in words):  # 弗罗林 is a coin, florins
            return True
    return False


def swapped_names(rendering: Rendering, own: Sequence[Form], context: Context) -> Iterator[Found]:
    """Two names of a sentence that stand in each other's surroundings in the rendering."""
    by_unit = _by_unit(own)
    for unit in rendering.units:
        found = _whole(by_unit[unit.id])
        counts = Counter(form.name for form in found)
        once = [form for form in found if counts[form.name] == 1]
        if unit.mode is Mode.FRAGMENT or len(once) < 2:
            continue
        words = context.evidence.words[context.places[rendering.id, unit.id]]
        pairs = [(_crossing(words, a, b), sorted((a, b), key=lambda f: f.target)) for a, b in combinations(once, 2)]
        best, (first, second) = max(pairs, key=lambda pair: pair[0])
        source, target = unit.source.quoted(*first.source), unit.target.quoted(*first.target)
        other = unit.target.quoted(*second.target)
        if best >= CROSSED and source and target and other:
            place = Place(rendering.id, "target", other.start, other.end, other.text)
            words_of = {"name": first.name, "form": target.text, "other": second.name}
            yield _wrong("swapped", SWAPPED, rendering, unit, source, target, words_of, (place,))


def _whole(found: Sequence[Form]) -> list[Form]:
    """Forms that follow each other on both sides as one."""
    out: list[Form] = []
    for form in sorted(found, key=lambda each: each.source):
        last = out[-1] if out else None
        if last and form.source[0] - last.source[1] <= 1 and 0 <= form.target[0] - last.target[1] <= 1:
            source, target = (last.source[0], form.source[1]), (last.target[0], form.target[1])
            out[-1] = replace(last, name=f"{last.name} {form.name}", source=source, target=target)
        else:
            out.append(form)
    return out


def _wrong(
    kind: str,
    score: float,
    rendering: Rendering,
    unit: Unit,
    source: Quoted,
    target: Quoted,
    words: Mapping[str, str],
    places: tuple[Place, ...],
) -> Found:
    return Found(
        kind, "accuracy/mistranslation", Severity.MAJOR, score, source, target, words, {"stands_for": words["other"]},
        places, rendering.id, unit.id,
    )  # fmt: skip


def _crossing(words: WordAlignment, one: Form, other: Form) -> float:
    """How many characters nearer the neighbours of each name stand to the other name's form than to its own.

    The lesser of both names; neighbours are the content words next to a name that are surely rendered.
    """
    names = ((one.source, one.target), (other.source, other.target))
    gains = []
    for own, strange in (names, names[::-1]):
        places = _neighbours(words, own[0], [source for source, _ in names], [target for _, target in names])
        if not places:
            return 0.0
        middle = float(np.median(places))
        gains.append(abs(middle - _middle(own[1])) - abs(middle - _middle(strange[1])))
    return min(gains)


def _neighbours(
    words: WordAlignment,
    name: tuple[int, int],
    sources: Sequence[tuple[int, int]],
    targets: Sequence[tuple[int, int]],
) -> list[float]:
    """Where the nearest content words of the letter, two on each side of a name, stand in the rendering."""
    columns = [j for j, t in enumerate(words.target) if not any(a < t.end and t.start < b for a, b in targets)]
    sure = [
        (k, max(columns, key=lambda j: float(words.strength[k, j])))
        for k, t in enumerate(words.source)
        if columns and not t.light and t.quantity is None and not any(a < t.end and t.start < b for a, b in sources)
    ]
    sure = [(k, j) for k, j in sure if words.strength[k, j] >= SURE]
    before = [(k, j) for k, j in sure if words.source[k].end <= name[0]][-2:]
    after = [(k, j) for k, j in sure if words.source[k].start >= name[1]][:2]
    return [_middle((words.target[j].start, words.target[j].end)) for _, j in (*before, *after)]


def _middle(place: tuple[int, int]) -> float:
    return (place[0] + place[1]) / 2
