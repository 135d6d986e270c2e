"""How much of a letter its renderings carry: counts, strip, order and names of the columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from aligner.ui.views.placement import KINDS, Cell

# More cells than this cannot be told apart, nor hit with a pointer, in the width the card leaves.
WIDEST_STRIP = 60


def counts(cells: Sequence[Cell]) -> dict[str, int]:
    """How many rows are of each kind; every kind is named.

    >>> counts([Cell("direct"), Cell("omitted")])["omitted"]
    1
    """
    found = Counter(cell.kind for cell in cells)
    return {kind: found[kind] for kind in KINDS}


def rendered(cells: Sequence[Cell]) -> int:
    """How many rows have a rendering of any mode."""
    return sum(bool(cell.pieces) for cell in cells)


def strip(cells: Sequence[Cell], widest: int = WIDEST_STRIP) -> list[dict[str, Any]]:
    """The rows as at most `widest` cells in order, each with its first and last row number.

    A cell of several rows shows what most of them are; an absence wins a draw, so that it is seen.
    """
    size = max(1, -(-len(cells) // widest))
    bins = []
    for first in range(0, len(cells), size):
        part = cells[first : first + size]
        number = Counter(cell.kind for cell in part)
        kind = max(number, key=lambda name: (number[name], KINDS.index(name)))
        bins.append(
            {
                "first": first + 1,
                "last": first + len(part),
                "kind": kind,
                "moved": any("moved" in cell.flags for cell in part),
                "counts": {name: number[name] for name in KINDS if number[name]},
            }
        )
    return bins


def short_names(letter: str, renderings: Sequence[str]) -> dict[str, str]:
    """Names for chips: the three digits when every id is `<letter>-<three digits>`, else the ids.

    >>> short_names("note", ["note-001", "note-017"])
    {'note-001': '001', 'note-017': '017'}
    """
    pattern = re.compile(re.escape(letter) + r"-(\d{3})")
    matches = {name: pattern.fullmatch(name) for name in renderings}
    if not all(matches.values()):
        return {name: name for name in renderings}
    return {name: match.group(1) for name, match in matches.items() if match}


def ordered(placed: dict[str, tuple[Cell, ...]]) -> list[str]:
    """Renderings by how much of the letter they carry, the fullest first, then in the order given."""

    def share(name: str) -> tuple[int, int]:
        found = counts(placed[name])
        return -rendered(placed[name]), -found["direct"]

    return sorted(placed, key=share)
