"""Stretches of one side of a unit that have little or no counterpart on the other: what may be missing or added."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import numpy as np

from aligner.checks.passages import SEAM, Passage
from aligner.checks.words.strength import Floats
from aligner.checks.words.tokens import Token
from aligner.model import Span
from aligner.text.clauses import clauses

UNMET = 0.4
"""Words met less than this may belong to a gap."""
CLAUSE_UNMET = 0.65
"""Share of a clause's weight that is unmet when the whole clause is looked at as a gap."""
BRIDGE = 3
"""Function words that a gap may run across."""
_BRACKETS = (re.compile(r"\([^()]{8,300}\)"), re.compile(r"（[^（）]{5,200}）"))
_BREAK = re.compile(r"[,;:.!?()\[\]“”\"—–，；：。！？（）「」『』…\n]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch `[start, end)` of a passage and the numbers `[first, last)` of its words; `whole`: a clause."""

    start: int
    end: int
    first: int
    last: int
    whole: bool


def stretches(passage: Passage, tokens: tuple[Token, ...], met: Floats) -> tuple[Stretch, ...]:
    """The gaps of one side in order: clauses that are unmet nearly whole, and runs of unmet words elsewhere."""
    if not tokens:
        return ()
    whole = _clauses(passage, tokens, met)
    taken = {k for stretch in whole for k in range(stretch.first, stretch.last)}
    runs = list(_runs(passage, tokens, met, taken))
    return tuple(sorted([*whole, *runs], key=lambda s: s.start))


def _clauses(passage: Passage, tokens: tuple[Token, ...], met: Floats) -> list[Stretch]:
    """Brackets and clauses that are unmet nearly whole; clauses that follow each other are one stretch."""
    pieces = [
        Span(m.start(), m.end()) for pattern in _BRACKETS for m in pattern.finditer(passage.text)
    ]  # fmt: skip
    for start, end in _lines(passage.text):
        pieces += clauses(passage.text, passage.language, start, end)
    found: list[Stretch] = []
    for piece in pieces:
        if any(done.start <= piece.start and piece.end <= done.end for done in found):
            continue
        inside = [k for k, t in enumerate(tokens) if piece.start <= t.start and t.end <= piece.end]
        if len(inside) < len(tokens) and _unmet(tokens, met, inside) >= CLAUSE_UNMET:
            found.append(Stretch(piece.start, piece.end, inside[0], inside[-1] + 1, True))
    return _joined(sorted(found, key=lambda s: s.start))


def _unmet(tokens: tuple[Token, ...], met: Floats, inside: list[int]) -> float:
    """Share of the weight of content words that is unmet; 0 where there are not two of them."""
    content = [k for k in inside if not tokens[k].light]
    if len(content) < 2:
        return 0.0
    weight = np.array([tokens[k].weight for k in content])
    return float((weight * (met[content] < UNMET)).sum() / weight.sum())


def _joined(found: list[Stretch]) -> list[Stretch]:
    out: list[Stretch] = []
    for stretch in found:
        last = out[-1] if out else None
        if last and stretch.start - last.end <= 1 and last.last == stretch.first and stretch.end > last.end:
            out[-1] = Stretch(last.start, stretch.end, last.first, stretch.last, True)
        else:
            out.append(stretch)
    return out


def _lines(text: str) -> list[tuple[int, int]]:
    edges = [-1, *(i for i, c in enumerate(text) if c == SEAM), len(text)]
    return [(a + 1, b) for a, b in itertools.pairwise(edges) if text[a + 1 : b].strip()]


def _runs(passage: Passage, tokens: tuple[Token, ...], met: Floats, taken: set[int]) -> list[Stretch]:
    runs: list[list[int]] = []
    for k, token in enumerate(tokens):
        if k in taken or token.light or met[k] >= UNMET:
            continue
        if runs and _bridged(passage, tokens, runs[-1][-1], k, taken):
            runs[-1].append(k)
        else:
            runs.append([k])
    return [Stretch(tokens[r[0]].start, tokens[r[-1]].end, r[0], r[-1] + 1, False) for r in runs]


def _bridged(passage: Passage, tokens: tuple[Token, ...], one: int, other: int, taken: set[int]) -> bool:
    between = range(one + 1, other)
    if len(between) > BRIDGE or any(not tokens[k].light or k in taken for k in between):
        return False
    return not _BREAK.search(passage.text, tokens[one].end, tokens[other].start)
