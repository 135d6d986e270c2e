"""The default engine for two lists of sentences: a semi-Markov conditional random field over beads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder
from aligner.encoders.threads import few_threads
from aligner.engines.base import Bead, check_beads
from aligner.engines.beads import features, rough
from aligner.engines.beads.band import Integers, band_of, near_path
from aligner.engines.beads.forbidden import without
from aligner.engines.beads.graph import Graph
from aligner.engines.beads.text import Text, text_of
from aligner.engines.weights import read_weights
from aligner.text.normalise import to_simplified

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """Learned weights: of the measures that choose the likely beads, and of those that judge them."""

    rough: Floats
    fine: Floats


@cache
def packaged_weights(chinese: bool = True) -> Weights:
    """The weights in the package, for English with Chinese (in this order) or for any other pair.

    Both were learned from the same texts, the second with either side first, so that it treats both alike.
    """
    parts = ("rough", "fine") if chinese else ("rough_any", "fine_any")
    names = {"rough": rough.NAMES, "fine": features.NAMES, "rough_any": rough.NAMES, "fine_any": features.NAMES}
    held = read_weights(files(__package__), names)
    return Weights(*(np.array([held[part][name] for name in names[part]]) for part in parts))


class BeadEngine:
    """`crf`: trained on literary English and Chinese, used for any pair the encoder knows."""

    def beads(
        self,
        source: Sequence[str],
        target: Sequence[str],
        encoder: Encoder,
        languages: tuple[str, str] = ("en", "zh"),
        *,
        forbidden: frozenset[tuple[int, int]] = frozenset(),
    ) -> tuple[Bead, ...]:
        """Beads in order, every sentence once; `confidence` is the bead's posterior probability.

        No bead holds a `forbidden` pair of source and target sentence.
        """
        if not source or not target:
            return tuple(Bead((i,), (), 1.0) for i in range(len(source))) + tuple(
                Bead((), (j,), 1.0) for j in range(len(target))
            )
        chinese = tuple(language.startswith("zh") for language in languages)
        if chinese == (True, False):  # the weights know English first, Chinese second
            ban = frozenset((j, i) for i, j in forbidden)
            turned = self.beads(target, source, encoder, (languages[1], languages[0]), forbidden=ban)
            return check_beads((Bead(b.target, b.source, b.confidence) for b in turned), len(source), len(target))
        weights = packaged_weights(chinese == (False, True))
        with few_threads():
            beads = _aligned(source, target, encoder, languages, weights, forbidden)
            return check_beads(beads, len(source), len(target))


def _aligned(
    source: Sequence[str],
    target: Sequence[str],
    encoder: Encoder,
    languages: tuple[str, str],
    weights: Weights,
    forbidden: frozenset[tuple[int, int]],
) -> Iterable[Bead]:
    left, right = (
        text_of([seen(s, language) for s in side], language, encoder)
        for side, language in zip((source, target), languages, strict=True)
    )
    kept = near_path(left.vectors, right.vectors)
    if len(kept) == len(target):
        return decoded(left, right, weights, forbidden)
    part = text_of([right.sentences[j] for j in kept], right.language, encoder)
    at = {int(place): number for number, place in enumerate(kept)}
    ban = frozenset((i, at[j]) for i, j in forbidden if j in at)
    return _spread(decoded(left, part, weights, ban), kept, len(target))


def seen(sentence: str, language: str) -> str:
    """What encoder and measures see: Simplified characters for Chinese."""
    return to_simplified(sentence) if language.startswith("zh") else sentence


def _spread(beads: Iterable[Bead], kept: Integers, targets: int) -> Iterable[Bead]:
    """The beads of the `kept` target sentences among all `targets`; the sentences left out render nothing."""
    done = 0
    for bead in beads:
        places = [int(kept[j]) for j in bead.target]
        # A bead cannot hold what stands on both sides of sentences left out; its first part stays.
        together = [place for n, place in enumerate(places) if place - n == places[0]]
        for place in range(done, places[0] if places else done):
            yield Bead((), (place,), 1.0)
        yield Bead(bead.source, tuple(together), bead.confidence)
        done = together[-1] + 1 if together else done
    for place in range(done, targets):
        yield Bead((), (place,), 1.0)


# What a bead with an empty side counts in the path, against its posterior. A path that drops sentences has
# more beads than one that joins them, so at 1 it would be favoured for their number. Of 0.85, 0.7, 0.55, 0.4
# and 0.25 this is best for held-out chapters of MAC-Dev with strangers in them (strict F1 0.865 to 0.867) and,
# within 0.0004, for the chapters as they are.
NULL_GAIN = 0.55


def decoded(
    left: Text, right: Text, weights: Weights, forbidden: frozenset[tuple[int, int]] = frozenset()
) -> list[Bead]:
    """The beads of the path with the greatest sum of posterior probabilities, none of them `forbidden`."""
    cells = rough.likely_beads(left, right, band_of(left.vectors, right.vectors), weights.rough)
    if forbidden:
        cells = without(cells, forbidden, len(left.sentences), len(right.sentences))
    graph = Graph(cells, len(left.sentences), len(right.sentences))
    chances, _ = graph.posteriors(features.measures(left, right, cells) @ weights.fine)
    found = []
    for bead in path_of(graph, chances):
        i, j = int(cells.source[bead]), int(cells.target[bead])
        a, b = (int(side[bead]) for side in cells.widths)
        chance = round(min(1.0, float(chances[bead])), 4)
        found.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), chance))
    return found


def path_of(graph: Graph, chances: Floats) -> list[int]:
    """The path that gains most: each bead its probability, less for one with an empty side."""
    wide, high = graph.cells.widths
    return graph.best_path(np.where((wide == 0) | (high == 0), chances * NULL_GAIN, chances))
