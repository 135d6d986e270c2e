"""Lines that are no sentences: salutations, closings, signatures, what announces a list.

They say too little to be found by their sense (`All,` is 各位同事：). But a letter's first and last lines stand in
front of its first and behind its last sentence, in a translation as in the original.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from aligner.engines.article.atoms import Atom
from aligner.engines.article.windows import UNALIGNED

LONGEST_SOURCE, LONGEST_TARGET = 10, 24  # words, characters
OPEN_END = re.compile(r"[,:，：–—-]\W*$|\w[\s*_]*$")


def source_lines(readings: Sequence[str]) -> list[bool]:
    """Which source sentences are such lines."""
    return [bool(OPEN_END.search(text)) and len(text.split()) <= LONGEST_SOURCE for text in readings]


def target_lines(atoms: tuple[Atom, ...], text: str) -> list[bool]:
    """Which atoms stand in a block that is such a line."""
    out: list[bool] = []
    for begin, end in block_runs(atoms):
        line = text[atoms[begin].start : atoms[end - 1].end]
        usable = atoms[begin].kind not in UNALIGNED and not all(atom.foreign for atom in atoms[begin:end])
        is_line = usable and len(line) <= LONGEST_TARGET and bool(OPEN_END.search(line))
        out += [is_line] * (end - begin)
    return out


def block_runs(atoms: tuple[Atom, ...]) -> list[tuple[int, int]]:
    """The run of atoms of every block."""
    starts = [k for k, atom in enumerate(atoms) if k == 0 or atom.block != atoms[k - 1].block]
    return list(itertools.pairwise([*starts, len(atoms)]))
