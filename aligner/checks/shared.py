"""Wording that two renderings share, and how much of it."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from aligner.checks.base import Found, LetterCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.words.tokens import is_light, weight_of
from aligner.comparison import Row, Sharing
from aligner.model import Place, Quoted, Severity
from aligner.text.scripts import HAN
from aligner.text.tokens import words

_HAN = re.compile(f"[{HAN}]")
SHORTEST = 6
"""Chinese characters of the shortest stretch that counts."""
PIECE = 3
"""Characters that agree on each side of a difference inside a stretch."""
BETWEEN = 2
"""Characters that may differ between two such pieces."""
LONG = 24.0
"""Weighted characters of a stretch that no two translators write by chance: it scores 0.63."""

LIGHT = 0.3
"""What a character of a function word weighs."""
SHOWN = 3
"""Stretches that a finding shows; all of them stand in the table."""
ENOUGH = 80
"""Linked Chinese characters below which a share says nothing."""


@dataclass(frozen=True)
class _Text:
    """The Chinese characters of units in order: `text[i]` stands at `at[i]`, (unit, offset in its passage)."""

    text: str
    at: tuple[tuple[Unit, int], ...]

    def quoted(self, start: int, end: int) -> Quoted | None:
        """The document's stretch, from the first to the last character of `text[start:end]`."""
        (first, i), (last, j) = self.at[start], self.at[end - 1]
        if first is last:
            return first.target.quoted(i, j + 1)
        left, right = first.target.at[i], last.target.at[j] + 1
        return Quoted(left, right, first.target.document[left:right]) if left < right else None

    def units(self, start: int, end: int) -> tuple[Unit, ...]:
        """The units that a stretch lies in."""
        return tuple({unit.id: unit for unit, _ in self.at[start:end]}.values())


@dataclass(frozen=True)
class Run:
    """A stretch that two renderings share: `characters` agree; `text` is the first rendering's."""

    text: str
    characters: int
    verbatim: bool
    source: tuple[Quoted, ...]
    places: tuple[Place, Place]


@dataclass(frozen=True)
class Shared:
    """What two renderings share: the stretches, and the part of each one's characters that lies in them."""

    renderings: tuple[str, str]
    runs: tuple[Run, ...]
    shares: dict[str, float]
    sizes: dict[str, int]


def find(context: Context) -> Iterator[Found]:
    """Pairs of renderings that share more wording than two translators who work apart.

    Stretches of six or more Chinese characters count, whatever their punctuation and script. The score is the
    part of both texts together that lies in them. That they share it does not say who had it from whom.
    """
    for each in context.once(compare):
        a, b = each.renderings
        if min(each.sizes.values()) < ENOUGH:
            continue
        words = {"one": a, "other": b, "first": round(100 * each.shares[a]), "second": round(100 * each.shares[b])}
        longest = sorted(each.runs, key=lambda run: -max(p.end - p.start for p in run.places))[:SHOWN]
        places = tuple(place for run in longest for place in run.places)
        inside = sum(each.shares[name] * size for name, size in each.sizes.items())
        score = inside / sum(each.sizes.values())
        yield Found(
            "pair", "style/unidiomatic style", Severity.INFO, score, None, None, words, {"shares": each.shares}, places
        )


def tabulate(context: Context) -> Iterator[Row]:
    """One row per shared stretch; what several pairs share in the same words is one row."""
    rows: dict[tuple[object, str], list[Run]] = defaultdict(list)
    for each in context.once(compare):
        for run in each.runs:
            rows[run.source, _chinese(run.text)].append(run)
    for (_, text), runs in rows.items():
        places = tuple(dict.fromkeys(place for run in runs for place in run.places))
        evidence = {
            "characters": runs[0].characters,
            "kind": "verbatim" if all(run.verbatim for run in runs) else "near",
            "renderings": list(dict.fromkeys(place.rendering for place in places)),
        }
        yield Row("shared", runs[0].source, places, surprise(text), evidence)


def sharing(context: Context) -> tuple[Sharing, ...]:
    """How much wording every two renderings share, with their days."""
    days = {rendering.id: rendering.date or None for rendering in context.renderings}
    out = []
    for each in context.once(compare):
        a, b = each.renderings
        one, other = days[a], days[b]
        earlier = None if one is None or other is None or one == other else a if one < other else b
        shares = {name: round(share, 4) for name, share in each.shares.items()}
        out.append(Sharing(each.renderings, len(each.runs), shares, {a: one, b: other}, earlier))
    return tuple(out)


def compare(context: Context) -> tuple[Shared, ...]:
    """Every two Chinese renderings with what they share, in the letter's order."""
    if context.letter is None:
        return ()
    chinese = [r for r in context.renderings if r.units and all(unit.target.chinese for unit in r.units)]
    return tuple(_pair(context, a, b) for a, b in combinations(chinese, 2))


def _pair(context: Context, a: Rendering, b: Rendering) -> Shared:
    runs: list[Run] = []
    inside: dict[str, set[object]] = {a.id: set(), b.id: set()}
    for ours, theirs in _groups(a, b):
        one, other = _text(ours), _text(theirs)
        for blocks in _stretches(one.text, other.text):
            ends = [(blocks[0][k], blocks[-1][k] + blocks[-1][2]) for k in (0, 1)]
            places = []
            for rendering, side, (start, end), k in zip((a, b), (one, other), ends, (0, 1), strict=True):
                quoted = side.quoted(start, end)
                if quoted:
                    places.append(Place(rendering.id, "target", quoted.start, quoted.end, quoted.text))
                inside[rendering.id] |= {
                    (u.id, i) for block in blocks for u, i in side.at[block[k] : block[k] + block[2]]
                }
            if len(places) == 2:
                source = _source(context, one.units(*ends[0]))
                agree = sum(block[2] for block in blocks)
                text = one.text[slice(*ends[0])]
                runs.append(Run(text, agree, len(blocks) == 1, source, (places[0], places[1])))
    sizes = {r.id: len(_text(r.units).text) for r in (a, b)}
    shares = {name: len(inside[name]) / max(1, size) for name, size in sizes.items()}
    return Shared((a.id, b.id), tuple(runs), shares, sizes)


def _groups(a: Rendering, b: Rendering) -> Iterator[tuple[list[Unit], list[Unit]]]:
    """Units of both that render the same sentences; a sentence that both join or split is one group."""
    groups: list[tuple[list[Unit], list[Unit], set[str]]] = []
    for k, rendering in enumerate((a, b)):
        for unit in rendering.units:
            touching = [g for g in groups if g[2] & set(unit.segments)]
            joined: tuple[list[Unit], list[Unit], set[str]] = ([], [], set(unit.segments))
            for g in touching:
                joined[0].extend(g[0])
                joined[1].extend(g[1])
                joined[2].update(g[2])
            (joined[0] if k == 0 else joined[1]).append(unit)
            groups = [g for g in groups if g not in touching] + [joined]
    yield from ((ours, theirs) for ours, theirs, _ in groups if ours and theirs)


def _text(units: Sequence[Unit]) -> _Text:
    at = [(unit, i) for unit in units for i, c in enumerate(unit.target.simplified) if _HAN.match(c)]
    return _Text("".join(unit.target.simplified[i] for unit, i in at), tuple(at))


def _chinese(text: str) -> str:
    return "".join(c for c in text if _HAN.match(c))


def _stretches(one: str, other: str) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    """Shared stretches of two texts, each as blocks `(start, start in other, length)`."""
    found: list[list[tuple[int, int, int]]] = []
    for a, b, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        if size < PIECE:
            continue
        if found:
            i, j, length = found[-1][-1]
            if a - i - length <= BETWEEN and b - j - length <= BETWEEN:
                found[-1].append((a, b, size))
                continue
        found.append([(a, b, size)])
    return tuple(tuple(blocks) for blocks in found if sum(block[2] for block in blocks) >= SHORTEST)


def _source(context: Context, units: Sequence[Unit]) -> tuple[Quoted, ...]:
    """The letter's sentences that units render."""
    names = {name for unit in units for name in unit.segments}
    segments = {s.id: s for r in context.renderings if r.alignment for s in r.alignment.source_segments}
    return tuple(Quoted(s.start, s.end, s.text) for s in sorted((segments[n] for n in names), key=lambda s: s.start))


def surprise(text: str) -> float:
    """How little a stretch is to be expected of two translators, 0 to 1: long and rare words make it so."""
    found = [word.text for word in words(text, "zh-Hans")]
    heavy = sum(
        len(word) * (LIGHT if is_light(word, chinese=True) else min(1.0, weight_of(word, chinese=True)))
        for word in found
    )
    return 1.0 - math.exp(-heavy / LONG)


_GOLD = "benchmarks/letters"
CHECK = LetterCheck(
    name="shared",
    find=find,
    tabulate=tabulate,
    thresholds={
        "pair": Threshold(
            0.38, "the most that independent translations of 80 characters and more shared is 0.31", _GOLD
        )
    },
    limits=(
        "Does not say who took it from whom, nor whether both took it from a third; changes of the order of words "
        "break a stretch."
    ),
)
