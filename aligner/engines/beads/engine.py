"""The default engine for two lists of sentences: a semi-Markov conditional random field over beads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder
from aligner.engines.base import Bead, check_beads
from aligner.engines.beads.features import NAMES, Text, measure, scores, text_of, with_windows
from aligner.engines.beads.lattice import NOTHING, best_path, closed, posteriors
from aligner.engines.beads.types import TYPES
from aligner.errors import AlignerError
from aligner.text.normalise import to_simplified

Floats = npt.NDArray[np.float64]

# A window is worth encoding when its beads together are likelier than this after the first pass.
WORTH_ENCODING = 0.02
# Paired sides that a feature of one side has on the other.
MIRROR = {"source": "target", "target": "source"}


@dataclass(frozen=True)
class Weights:
    """Weights of the first pass (windows as sums) and of the second (windows encoded)."""

    first: Floats
    second: Floats


@cache
def packaged_weights() -> Weights:
    """The weights in the package; the file says what they were trained on."""
    held: dict[str, Any] = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    for name in ("first", "second"):
        if set(held[name]) != set(NAMES):
            raise AlignerError("the weights do not fit the features", where="weights.json", hint="train them again")
    return Weights(*(np.array([held[name][key] for key in NAMES]) for name in ("first", "second")))


def evened(weights: Floats) -> Floats:
    """The same weights with both sides treated alike, for pairs of languages they were not trained on."""
    by_name = dict(zip(NAMES, weights, strict=True))
    return np.array([(by_name[name] + by_name[mirrored(name)]) / 2 for name in NAMES])


def mirrored(name: str) -> str:
    """The feature that says of the other side what this one says of its own."""
    if name.startswith("type_"):
        _, a, b = name.split("_")
        return f"type_{b}_{a}"
    head, _, tail = name.rpartition("_")
    return f"{head}_{MIRROR[tail]}" if tail in MIRROR else name if not name.endswith("_cover") else _cover(name)


def _cover(name: str) -> str:
    side, _, rest = name.partition("_")
    return f"{MIRROR[side]}_{rest}"


class BeadEngine:
    """`crf`: trained on literary English and Chinese, used for any pair the encoder knows."""

    def beads(
        self,
        source: Sequence[str],
        target: Sequence[str],
        encoder: Encoder,
        languages: tuple[str, str] = ("en", "zh"),
    ) -> tuple[Bead, ...]:
        """Beads in order, every sentence once; `confidence` is the bead's posterior probability."""
        if not source or not target:
            return tuple(Bead((i,), (), 1.0) for i in range(len(source))) + tuple(
                Bead((), (j,), 1.0) for j in range(len(target))
            )
        chinese = tuple(language.startswith("zh") for language in languages)
        if chinese == (True, False):  # the weights know English first, Chinese second
            turned = self.beads(target, source, encoder, (languages[1], languages[0]))
            return check_beads((Bead(b.target, b.source, b.confidence) for b in turned), len(source), len(target))
        weights = packaged_weights()
        if chinese != (False, True):
            weights = Weights(evened(weights.first), evened(weights.second))
        left, right = (
            text_of([seen(s, language) for s in side], language, encoder)
            for side, language in zip((source, target), languages, strict=True)
        )
        return check_beads(_decode(left, right, encoder, weights), len(source), len(target))


def seen(sentence: str, language: str) -> str:
    """What encoder and checks see: Simplified characters for Chinese."""
    return to_simplified(sentence) if language.startswith("zh") else sentence


def likely_windows(found: Floats, low: npt.NDArray[np.int64], side: int) -> set[tuple[int, int]]:
    """Windows `(first sentence, width)` of one side whose beads together are likely enough to encode."""
    chance: dict[tuple[int, int], float] = {}
    rows, places, kinds = np.nonzero(found > WORTH_ENCODING / 4)
    for i, k, t in zip(rows.tolist(), places.tolist(), kinds.tolist(), strict=True):
        start = (i, int(low[i]) + k)[side]
        width = TYPES[t][side]
        if width > 1:
            chance[start, width] = chance.get((start, width), 0.0) + float(found[i, k, t])
    return {window for window, value in chance.items() if value >= WORTH_ENCODING}


def second_look(left: Text, right: Text, encoder: Encoder, first: Floats) -> tuple[Text, Text]:
    """Both sides with the likely windows of the first pass encoded as they read."""
    rough = measure(left, right, encoder)
    found = posteriors(rough.band, closed(rough.band, scores(rough, first))).beads
    return (
        with_windows(left, likely_windows(found, rough.band.low, 0), encoder),
        with_windows(right, likely_windows(found, rough.band.low, 1), encoder),
    )


def _decode(left: Text, right: Text, encoder: Encoder, weights: Weights) -> Iterable[Bead]:
    left, right = second_look(left, right, encoder, weights.first)
    fine = measure(left, right, encoder)
    raw = closed(fine.band, scores(fine, weights.second))
    found = posteriors(fine.band, raw).beads
    for i, j, t in best_path(fine.band, found, raw > NOTHING / 2):
        a, b = TYPES[t]
        chance = float(found[i, j - fine.band.low[i], t])
        yield Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), round(min(1.0, chance), 4))
