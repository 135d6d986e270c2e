"""Gold sentence alignments (InterText) and scores in the plain form that training works with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aligner.evaluation import Bead, BeadScores, read_folder, score_beads

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True)
class Chapter:
    """Two texts and the beads a person made: `beads` are (source numbers, target numbers)."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: Beads


def read_intertext(folder: Path) -> list[Chapter]:
    """Every chapter of a folder of InterText files."""
    return [Chapter(c.name, c.source, c.target, [bead.sides for bead in c.beads]) for c in read_folder(folder)]


def score(pairs: Iterable[tuple[Beads, Beads]]) -> tuple[float, float]:
    """Strict and lax F1 over (gold, test) pairs, as docs/evaluation.md defines them."""
    scores = (score_beads([Bead(*b) for b in gold], [Bead(*b) for b in test]) for gold, test in pairs)
    total = sum(scores, BeadScores())
    return total.strict.f1, total.lax.f1
