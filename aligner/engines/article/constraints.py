"""Links that are settled before the engine looks, and pairs that it may not link.

A settled link (a reviewer confirmed it, or it stands outside the stretch that is computed again) takes its
characters out of the search and stays in the paths, so that its neighbours are found in its light.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from aligner.engines.anchors import Anchors, Forbidden
from aligner.engines.article.atoms import LETTERS, Atom, trim
from aligner.engines.article.emission import Emission
from aligner.engines.article.lattice import Lattice
from aligner.model import Letter, Mode, Span, Status

Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Settled:
    """A link that comes out as it is."""

    source: tuple[str, ...]
    target: tuple[Span, ...]
    mode: Mode
    confidence: float
    status: Status


@dataclass(frozen=True)
class Constraints:
    """What an alignment starts from.

    `stretch` limits where new links may be found; None means everywhere.
    """

    settled: tuple[Settled, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    stretch: Span | None = None

    @classmethod
    def of(cls, anchors: Anchors) -> Constraints:
        """Those of anchors alone."""
        links = (Settled(link.source, link.target, link.mode, 1.0, Status.CONFIRMED) for link in anchors.confirmed)
        return cls(tuple(links), anchors.forbidden)

    @property
    def spans(self) -> list[Span]:
        """The target spans of settled links, in order."""
        return sorted((span for link in self.settled for span in link.target), key=lambda span: span.start)


def split(atoms: tuple[Atom, ...], text: str, constraints: Constraints) -> tuple[Atom, ...]:
    """The atoms, cut again where a settled or forbidden span begins or ends."""
    spans = [*constraints.spans, *(span for ban in constraints.forbidden for span in ban.target)]
    if constraints.stretch is not None:
        spans.append(constraints.stretch)
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    out: list[Atom] = []
    for atom in atoms:
        cuts = [atom.start, *(edge for edge in edges if atom.start < edge < atom.end), atom.end]
        for start, end in itertools.pairwise(cuts):
            piece = trim(text, start, end)
            if piece is not None:
                out.append(replace(atom, start=piece.start, end=piece.end))
    return tuple(out)


def open_atoms(atoms: tuple[Atom, ...], constraints: Constraints) -> Booleans:
    """Which atoms may still be linked: those in no settled link, inside the stretch."""
    stretch = constraints.stretch
    free = np.array(
        [stretch is None or (stretch.start <= atom.start and atom.end <= stretch.end) for atom in atoms], dtype=bool
    )
    for span in constraints.spans:
        free &= ~_inside(atoms, span)
    return free


def banned_pairs(atoms: tuple[Atom, ...], letter: Letter, forbidden: Sequence[Forbidden]) -> Booleans:
    """Which pairs of atom and source sentence may not be linked, shape `(atoms, sentences)`."""
    number = {segment.id: k for k, segment in enumerate(letter.segments)}
    banned = np.zeros((len(atoms), len(letter.segments)), dtype=bool)
    for ban in forbidden:
        for span in ban.target:
            for name in ban.source:
                banned[_inside(atoms, span), number[name]] = True
    return banned


def emissions_of(link: Settled, atoms: tuple[Atom, ...], letter: Letter) -> list[Emission]:
    """A settled link as emissions: one for each of its spans and each run of its sentences."""
    number = {segment.id: k for k, segment in enumerate(letter.segments)}
    sentences = sorted(number[name] for name in link.source)
    breaks = [k for k in range(1, len(sentences)) if sentences[k] != sentences[k - 1] + 1]
    runs = [(sentences[a], sentences[b - 1] + 1) for a, b in itertools.pairwise([0, *breaks, len(sentences)])]
    out = []
    for span in link.target:
        own = np.flatnonzero(_inside(atoms, span)).tolist()
        begin, end = (own[0], own[-1] + 1) if own else (0, 0)
        # Only a reviewer is wholly sure.
        confidence = 1.0 if link.status is Status.CONFIRMED else min(link.confidence, 0.9999)
        out += [Emission(begin, end, first, last, confidence) for first, last in runs]
    return out


def settled_atoms(settled: Sequence[Emission], atoms: int) -> Booleans:
    """Which atoms stand in one of these emissions."""
    taken = np.zeros(atoms, dtype=bool)
    for emission in settled:
        taken[emission.begin : emission.end] = True
    return taken


def constrained(made: Lattice, settled: Sequence[Emission], banned: Booleans) -> tuple[Lattice, Booleans]:
    """The lattice without forbidden candidates and with the settled ones; and which atoms may be skipped.

    Of emissions that share atoms the first stands for all: a path reads a character once.
    """
    across = np.zeros((made.atoms + 1, made.sources + 1), dtype=np.int64)
    across[1:, 1:] = np.cumsum(np.cumsum(banned, axis=0), axis=1)
    hits = (
        across[made.end, made.last] - across[made.begin, made.last]
        - across[made.end, made.first] + across[made.begin, made.first]
    )  # fmt: skip
    keep = np.flatnonzero(hits == 0)
    skippable = np.ones(made.atoms, dtype=bool)
    rows: list[tuple[int, int, int, int]] = []
    for emission in settled:
        if emission.begin < emission.end and skippable[emission.begin : emission.end].all():
            skippable[emission.begin : emission.end] = False
            rows.append((emission.begin, emission.end, emission.first, emission.last))
    extra = np.array(rows, dtype=np.int64).reshape(-1, 4)
    columns = [np.concatenate([getattr(made, name)[keep], extra[:, k]]) for k, name in enumerate(COLUMNS)]
    features = np.concatenate([made.features[keep], np.zeros((len(rows), made.features.shape[1]))])
    order = np.lexsort((columns[2], columns[1], columns[0]))
    begin, end, first, last = (column[order] for column in columns)
    return Lattice(made.atoms, made.sources, begin, end, first, last, features[order], made.new_block), skippable


COLUMNS = ("begin", "end", "first", "last")


def outside(span: Span, taken: Sequence[Span], text: str) -> list[Span]:
    """What is left of a span without the characters of `taken`: the pieces that hold a letter or digit."""
    if not any(span.overlap(other) for other in taken):
        return [span]
    left, at = [], span.start
    for other in sorted(taken, key=lambda s: s.start):
        if span.overlap(other):
            left.append((at, max(at, other.start)))
            at = max(at, other.end)
    left.append((at, max(at, span.end)))
    pieces = [trim(text, a, b) for a, b in left if a < b and LETTERS.search(text, a, b)]
    return [piece for piece in pieces if piece is not None]


def _inside(atoms: tuple[Atom, ...], span: Span) -> Booleans:
    return np.array([span.start <= atom.start and atom.end <= span.end for atom in atoms], dtype=bool)
