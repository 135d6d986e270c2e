"""Which words of two witnesses are the same words: by difflib, and in long texts side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

LONG = 1_000
"""Words up to which a text is compared as a whole: difflib's time grows with the square, and more."""

AGREED = 8
"""Words in a row that are no coincidence, even where an address or a refrain comes again."""

FARTHEST = 800
"""Words, of both sides together, that are passed over in search of a place where the texts agree again."""

Opcode = tuple[str, int, int, int, int]


def opcodes(base: Sequence[str], other: Sequence[str]) -> Iterator[Opcode]:
    """Stretches that agree (`equal`) and that do not, as `SequenceMatcher.get_opcodes` has them.

    Every word counts. difflib's own shortcut for texts of over 200 words passes over words that come
    often, which in a text that repeats itself are all of them. Long texts are read side by side; what
    never comes together again is left to difflib, with its shortcut.
    """
    if max(len(base), len(other)) <= LONG:
        yield from _compared(base, other, 0, 0)
        return
    i = k = 0
    while i < len(base) and k < len(other):
        run = _run(base, other, i, k)
        if run:
            yield "equal", i, i + run, k, k + run
        i, k = i + run, k + run
        again = _again(base, other, i, k)
        if again is None:
            break
        yield from _compared(base[i : again[0]], other[k : again[1]], i, k)
        i, k = again
    yield from _compared(base[i:], other[k:], i, k)


def _compared(base: Sequence[str], other: Sequence[str], i: int, k: int) -> Iterator[Opcode]:
    """difflib's opcodes, counted from `i` and `k`."""
    matcher = SequenceMatcher(None, base, other, autojunk=max(len(base), len(other)) > LONG)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag, i + a, i + b, k + c, k + d


def _run(base: Sequence[str], other: Sequence[str], i: int, k: int) -> int:
    """How many words agree from here on."""
    pairs = zip(islice(base, i, None), islice(other, k, None), strict=False)
    return next((n for n, (one, two) in enumerate(pairs) if one != two), min(len(base) - i, len(other) - k))


def _again(base: Sequence[str], other: Sequence[str], i: int, k: int) -> tuple[int, int] | None:
    """Where, with the fewest words passed over, the texts agree again."""
    for passed in range(1, FARTHEST):
        for here in range(passed + 1):
            a, b = i + here, k + passed - here
            if base[a : a + 1] == other[b : b + 1] and base[a : a + AGREED] == other[b : b + AGREED]:
                return a, b
    return None
