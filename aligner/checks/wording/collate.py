"""Words of several renderings in columns: what corresponds stands in one column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

Column = tuple[int | None, ...]
"""For each rendering the number of its word in this column, None where it has none."""


def collate(lengths: Sequence[int], likeness: Mapping[tuple[int, int], Floats], base: int) -> tuple[Column, ...]:
    """Every word of every rendering in one column, in each rendering's own order.

    `lengths` are the renderings' words; `likeness[a, b]` for a < b has the shape `(lengths[a], lengths[b])`, 0 for
    words that must not share a column. The others join the columns of `base` one by one, the likest first
    (progressive alignment; each step is Needleman and Wunsch 1970 with gaps that cost nothing).
    """
    order = sorted((k for k in range(len(lengths)) if k != base), key=lambda k: (-total(likeness, base, k), k))
    rows: list[list[int | None]] = [_row(len(lengths), base, j) for j in range(lengths[base])]
    for joining in order:
        table = np.zeros((len(rows), lengths[joining]))
        for c, row in enumerate(rows):
            for other, word in enumerate(row):
                if word is not None:
                    table[c] = np.maximum(table[c], between(likeness, other, joining)[word])
        rows = _joined(rows, (joining, len(lengths)), path(table), lengths[joining])
    return tuple(tuple(row) for row in rows)


def medoid(lengths: Sequence[int], likeness: Mapping[tuple[int, int], Floats]) -> int:
    """The rendering that the others resemble most, the first of equals."""
    count = range(len(lengths))
    return max(count, key=lambda k: (sum(total(likeness, k, other) for other in count if other != k), -k))


def between(likeness: Mapping[tuple[int, int], Floats], one: int, other: int) -> Floats:
    """The likeness of the words of two renderings, whichever is named first."""
    return likeness[one, other] if one < other else likeness[other, one].T


def total(likeness: Mapping[tuple[int, int], Floats], one: int, other: int) -> float:
    """The likeness of two renderings: of their words in the best order, over the mean number of words."""
    table = between(likeness, one, other)
    pairs = path(table)
    return float(2 * sum(table[pair] for pair in pairs) / max(1, sum(table.shape)))


def path(table: Floats) -> list[tuple[int, int]]:
    """The pairs in order with the greatest sum; only positive values make a pair."""
    rows, columns = table.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows):
        with_word = np.where(table[i] > 0, best[i, :-1] + table[i], -1.0)
        # A maximum from the left is what a gap in this row amounts to.
        best[i + 1, 1:] = np.maximum.accumulate(np.maximum(best[i, 1:], with_word))
    found: list[tuple[int, int]] = []
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]


def _row(count: int, rendering: int, word: int) -> list[int | None]:
    return [word if k == rendering else None for k in range(count)]


def _joined(
    rows: list[list[int | None]], which: tuple[int, int], pairs: Sequence[tuple[int, int]], length: int
) -> list[list[int | None]]:
    """The columns with rendering `which` (number, of how many).

    A word without a column gets one right behind the word before it.
    """
    joining, count = which
    at = {word: column for column, word in pairs}
    out: list[list[int | None]] = []
    done = 0
    for word in range(length):
        if (column := at.get(word)) is None:
            out.append(_row(count, joining, word))
            continue
        out += rows[done:column]
        out.append([word if k == joining else held for k, held in enumerate(rows[column])])
        done = column + 1
    return out + rows[done:]
