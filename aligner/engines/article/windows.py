"""Which runs of atoms, and which runs of source sentences, could render each other."""

from __future__ import annotations

import itertools

from aligner.engines.article.atoms import Atom
from aligner.model import BlockKind

MAX_ATOMS = 10  # in a run inside one sentence
MAX_SENTENCES = 3  # in a run of sentences
MAX_SOURCE = 3  # source sentences merged into one rendering
UNALIGNED = frozenset({BlockKind.IMAGE, BlockKind.FURNITURE})

Run = tuple[int, int]


def source_runs(count: int) -> list[Run]:
    """Runs `(i, j)` of one to `MAX_SOURCE` consecutive source sentences."""
    return [(i, i + width) for width in range(1, MAX_SOURCE + 1) for i in range(count - width + 1)]


def target_runs(atoms: tuple[Atom, ...], usable: list[bool]) -> list[Run]:
    """Runs `(a, b)` of consecutive atoms that could render something, in order.

    Inside one sentence every run; over several sentences of one block those that begin at a
    sentence's start (or behind reporting words or a quotation mark) and end where a sentence or its
    quotation ends. Runs that hold an atom for which `usable` is False, and runs of nothing but reporting
    words, are left out. Reporting words at the head may be the letter's own (`祖母常说`): a feature.
    """
    spans = sentence_spans(atoms)
    runs: set[Run] = set()
    for k, (first, last) in enumerate(spans):
        for a in range(first, last):
            for b in range(a + 1, min(last, a + MAX_ATOMS) + 1):
                runs.add((a, b))
            if last - a > MAX_ATOMS:
                runs.add((a, last))
        heads = _heads(atoms, first, last)
        for more in range(1, MAX_SENTENCES):
            if k + more >= len(spans) or atoms[spans[k + more][0]].block != atoms[first].block:
                break
            for tail in _tails(atoms, *spans[k + more]):
                runs |= {(head, tail) for head in heads}
    return sorted((a, b) for a, b in runs if all(usable[a:b]) and not all(atom.carrier for atom in atoms[a:b]))


def sentence_spans(atoms: tuple[Atom, ...]) -> list[Run]:
    """The run of atoms of every sentence."""
    starts = [i for i, atom in enumerate(atoms) if i == 0 or atom.sentence != atoms[i - 1].sentence]
    return list(itertools.pairwise([*starts, len(atoms)]))


def _heads(atoms: tuple[Atom, ...], first: int, last: int) -> list[int]:
    opens = [atoms[i - 1].carrier or (atoms[i].quoted and not atoms[i - 1].quoted) for i in range(first + 1, last)]
    behind = [first + 1 + k for k, here in enumerate(opens) if here]
    return [first, *behind[:2]]


def _tails(atoms: tuple[Atom, ...], first: int, last: int) -> list[int]:
    closes = [i for i in range(first + 1, last) if atoms[i - 1].quoted and not atoms[i].quoted]
    return [last, *closes[:1]]
