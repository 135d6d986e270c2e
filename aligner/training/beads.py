"""The weights of the bead engine, learned by L-BFGS on the conditional likelihood of gold beads.

Twice: first of the few measures that choose which beads are likely at all, then of all measures over those.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder
from aligner.engines.base import Bead
from aligner.engines.beads import features, rough
from aligner.engines.beads.band import band_of
from aligner.engines.beads.engine import Weights, decoded, seen
from aligner.engines.beads.graph import Graph
from aligner.engines.beads.rough import Cells
from aligner.engines.beads.text import Text, text_of
from aligner.engines.beads.types import TYPES
from aligner.errors import DocumentError
from aligner.evaluation import read_folder
from aligner.training.fit import folds, least

Floats = npt.NDArray[np.float64]
Report = Callable[[str], None]

RIDGE = 1.0
ROUNDS = 100
# Where learning begins: near is good, unlike lengths are bad, and so is a sentence without counterpart.
FIRST = {"cosine": 12.0, "length": -3.0, "null_length": -2.0}
NULL_FIRST = -3.0
WIDELY = 1e-6  # beads likelier than this teach the rough measures
PASSES = 2
# Gold of novels has hardly a sentence without counterpart. So that the weights know some, each chapter is
# learned from once more with stretches of another among its sentences, at a part of the weight: at 0.3 the
# held-out chapters as they are lose two points of F1, at 0.1 half a point, at 0.03 nothing.
STRANGERS = (1, 2, 3, 12, 30)
STRANGE_WEIGHT = 0.03


@dataclass(frozen=True)
class Chapter:
    """Two texts and the gold beads between them, in order: (source numbers, target numbers)."""

    name: str
    source: Text
    target: Text
    beads: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    weight: float = 1.0
    lender: str = ""

    def turned(self) -> Chapter:
        """The same with its sides exchanged."""
        return replace(self, source=self.target, target=self.source, beads=tuple((b, a) for a, b in self.beads))


@dataclass(frozen=True)
class _Sample:
    """Beads in their graph, what was measured of each, and which are gold."""

    graph: Graph
    values: Floats
    gold: npt.NDArray[np.bool_]
    weight: float


def read_chapters(folder: Path, encoder: Encoder, languages: tuple[str, str] = ("en", "zh")) -> list[Chapter]:
    """Every chapter of a folder of gold (see `aligner.evaluation.read_folder`), encoded.

    Raises DocumentError when there is none, and what `read_folder` raises.
    """
    found: list[Chapter] = []
    for chapter in read_folder(folder):
        source, target = (
            text_of([seen(s, language) for s in side], language, encoder)
            for side, language in zip((chapter.source, chapter.target), languages, strict=True)
        )
        found.append(Chapter(chapter.name, source, target, tuple(bead.sides for bead in chapter.beads)))
    if not found:
        raise DocumentError("no gold: there are no InterText link files in it", where=str(folder))
    return found


def with_strangers(chapters: Sequence[Chapter], encoder: Encoder) -> list[Chapter]:
    """Each chapter with stretches of the next one's sentences between its beads, on both sides."""
    rng = np.random.default_rng(len(chapters))
    return [
        _mixed(chapter, chapters[(k + 1) % len(chapters)], encoder, rng)
        for k, chapter in enumerate(chapters)
        if len(chapters) > 1
    ]


def _mixed(chapter: Chapter, lender: Chapter, encoder: Encoder, rng: np.random.Generator) -> Chapter:
    texts: tuple[list[str], list[str]] = ([], [])
    beads: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    places = {int(place): k for k, place in enumerate(rng.permutation(len(chapter.beads))[: 2 * len(STRANGERS)])}
    for number, sides in enumerate(chapter.beads):
        if number in places:
            size, side = STRANGERS[places[number] // 2], places[number] % 2
            lent = (lender.source, lender.target)[side].sentences
            first = int(rng.integers(0, max(1, len(lent) - size)))
            for sentence in lent[first : first + size]:
                at = (len(texts[side]),)
                beads.append(((), at) if side else (at, ()))
                texts[side].append(sentence)
        own = [tuple(range(len(text), len(text) + len(held))) for text, held in zip(texts, sides, strict=True)]
        for text, numbers, held in zip(texts, sides, (chapter.source, chapter.target), strict=True):
            text += [held.sentences[n] for n in numbers]
        beads.append((own[0], own[1]))
    source, target = (
        text_of(text, held.language, encoder)
        for text, held in zip(texts, (chapter.source, chapter.target), strict=True)
    )
    return Chapter(chapter.name, source, target, tuple(beads), STRANGE_WEIGHT, lender.name)


def learn(chapters: Sequence[Chapter], ridge: float = RIDGE, rounds: int = ROUNDS) -> Weights:
    """The weights that make the gold of `chapters` likely, by at most `rounds` of L-BFGS each time."""
    rough_weights = _first_guess()
    for _ in range(PASSES):
        samples = [_sample(c, rough_weights, WIDELY, rough.rough_measures) for c in chapters]
        rough_weights = _fit(samples, len(rough.MEASURES), ridge, rounds)
    samples = [_sample(c, rough_weights, rough.LIKELY, features.measures) for c in chapters]
    return Weights(rough_weights, _fit(samples, len(features.MEASURES), ridge, rounds))


def held_out(
    chapters: Sequence[Chapter],
    strange: Sequence[Chapter] = (),
    ridge: float = RIDGE,
    report: Report = print,
    *,
    fold_count: int = 0,
    rounds: int = ROUNDS,
) -> dict[str, tuple[Bead, ...]]:
    """The beads of each of `chapters` by weights learned from the others, and from `strange` ones without it.

    `fold_count` groups of chapters are held out together, each alone when it is 0. Raises AlignerError when nothing
    is left to learn from.
    """
    found = {}
    for names in folds([chapter.name for chapter in chapters], fold_count):
        weights = learn([c for c in [*chapters, *strange] if not {c.name, c.lender} & set(names)], ridge, rounds)
        for chapter in (chapter for chapter in chapters if chapter.name in names):
            found[chapter.name] = tuple(decoded(chapter.source, chapter.target, weights))
            report(chapter.name)
    return found


def _first_guess() -> Floats:
    weights = np.zeros(len(rough.NAMES))
    for name, value in FIRST.items():
        weights[rough.NAMES.index(name)] = value
    weights[[rough.NAMES.index(name) for name in ("type_1_0", "type_0_1")]] = NULL_FIRST
    return weights


def _sample(chapter: Chapter, weights: Floats, least_likely: float, measure: Callable[..., Floats]) -> _Sample:
    """The likely beads of a chapter and those of its gold, measured."""
    band = band_of(chapter.source.vectors, chapter.target.vectors)
    cells = rough.likely_beads(chapter.source, chapter.target, band, weights, least_likely)
    gold = _gold_cells(chapter)
    every = {(int(i), int(j), int(k)) for i, j, k in zip(cells.source, cells.target, cells.kind, strict=True)} | gold
    columns = np.array(sorted(every), dtype=np.int64).T
    cells = Cells(*columns)
    right = np.array([cell in gold for cell in zip(*columns.tolist(), strict=True)], dtype=bool)
    graph = Graph(cells, len(chapter.source.sentences), len(chapter.target.sentences))
    return _Sample(graph, measure(chapter.source, chapter.target, cells), right, chapter.weight)


def _gold_cells(chapter: Chapter) -> set[tuple[int, int, int]]:
    """The gold's beads; one larger than any type is left to what its path can make of it."""
    cells, i, j = set(), 0, 0
    for ours, theirs in chapter.beads:
        kind = (len(ours), len(theirs))
        if kind in TYPES:
            cells.add((i, j, TYPES.index(kind)))
        i, j = i + kind[0], j + kind[1]
    return cells


def _fit(samples: Sequence[_Sample], measures: int, ridge: float, rounds: int) -> Floats:
    """Weights of standardised measures, given back for the measures as they are.

    Every bead has the bias of one type, which takes up what standardising moves.
    """
    stacked = np.vstack([sample.values for sample in samples])
    mean, spread = stacked.mean(axis=0), stacked.std(axis=0) + 1e-6
    scaled = [(sample, (sample.values - mean) / spread) for sample in samples]

    def loss(theta: Floats) -> tuple[float, Floats]:
        total, gradient = ridge * float(theta @ theta), 2 * ridge * theta
        for sample, values in scaled:
            scores = values @ theta
            chances, log_sum = sample.graph.posteriors(scores)
            total += sample.weight * (log_sum - float(scores[sample.gold].sum()))
            gradient = gradient + sample.weight * (values.T @ (chances - sample.gold))
        return total, gradient

    weights: Floats = least(loss, np.zeros(stacked.shape[1]), rounds) / spread
    weights[measures:] -= mean @ weights
    return weights


def learn_both(chapters: Sequence[Chapter], ridge: float = RIDGE, rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    """The parts of `weights.json`: for texts in the order given, and for any pair, learned with either side first."""
    own = learn(chapters, ridge, rounds)
    alike = learn([*chapters, *(chapter.turned() for chapter in chapters)], ridge, rounds)
    parts = {"rough": own.rough, "fine": own.fine, "rough_any": alike.rough, "fine_any": alike.fine}
    return {
        part: dict(zip(rough.NAMES if "rough" in part else features.NAMES, np.round(weights, 4).tolist(), strict=True))
        for part, weights in parts.items()
    }
