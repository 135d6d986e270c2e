"""Columns of words joined to places: where all renderings have the same words, and where they do not."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.checks.wording.collate import Column

Words = tuple[tuple[int, ...], ...]
"""For each rendering the numbers of its words in a place, in order; none where it has nothing there."""

LONG = 6
"""Columns in a row without a word of a rendering from which it is said to leave out that stretch, so that the others
are still told apart there. A clause rather than a phrase: chosen for legibility, no judgement hangs on it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words that belong together; `same`: all have the same, but for the renderings that are `silent` there."""

    same: bool
    words: Words
    silent: frozenset[int]


def places(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> list[Place]:
    """Columns joined to places, in order.

    Columns that differ and follow each other are one place, but two that every rendering has a word in are two:
    there each word has its counterpart.
    """
    runs: list[tuple[bool, bool, frozenset[int], list[Column]]] = []
    for column, silent in zip(columns, _silent(columns), strict=True):
        speaking = [(k, word) for k, word in enumerate(column) if k not in silent]
        full = all(word is not None for _, word in speaking)
        same = full and len({texts[k][word] for k, word in speaking if word is not None}) == 1
        last = runs[-1] if runs else None
        if last and last[0] == same and last[2] == silent and (same or not (last[1] and full)):
            runs[-1] = (same, last[1] and full, silent, [*last[3], column])
        else:
            runs.append((same, full, silent, [column]))
    return [Place(same, _words(run), silent) for same, _, silent, run in runs]


def _silent(columns: Sequence[Column]) -> list[frozenset[int]]:
    """For each column the renderings that leave out its stretch; none where fewer than two would be left."""
    count = len(columns[0]) if columns else 0
    out: list[set[int]] = [set() for _ in columns]
    for k in range(count):
        at = 0
        for lacks, group in itertools.groupby(column[k] is None for column in columns):
            length = len(list(group))
            if lacks and length >= LONG:
                for own in out[at : at + length]:
                    own.add(k)
            at += length
    return [frozenset(own if count - len(own) > 1 else ()) for own in out]


def _words(run: Sequence[Column]) -> Words:
    return tuple(tuple(word for word in own if word is not None) for own in zip(*run, strict=True))


def cuts(
    words: Sequence[Words], starts: Sequence[Sequence[int]], lengths: Sequence[int]
) -> list[list[tuple[int, int]]]:
    """For each place the stretch `[start, end)` of each rendering's text; stretches of a rendering join to its text.

    What stands behind a word (punctuation, a blank) belongs to its place, what stands before the first word to the
    first place that has one. `starts` are where each rendering's words begin, `lengths` the lengths of the texts.
    """
    out: list[list[tuple[int, int]]] = [[] for _ in words]
    for k, (begins, length) in enumerate(zip(starts, lengths, strict=True)):
        at = 0
        for number, place in enumerate(words):
            if not place[k]:
                out[number].append((at, at))
                continue
            following = place[k][-1] + 1
            end = begins[following] if following < len(begins) else length
            out[number].append((at, end))
            at = end
    return out
