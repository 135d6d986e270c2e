"""The default engine for two lists of sentences: a semi-Markov conditional random field over beads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from aligner.encoders import Encoder
from aligner.engines.base import Bead, check_beads
from aligner.engines.beads.band import Integers, near_path
from aligner.engines.beads.features import NAMES, Text, measure, scores, text_of
from aligner.engines.beads.lattice import NOTHING, best_path, closed, posteriors
from aligner.engines.beads.types import NULLS, TYPES
from aligner.engines.weights import read_weights
from aligner.text.normalise import to_simplified

Floats = npt.NDArray[np.float64]

# Paired sides that a feature of one side has on the other.
MIRROR = {"source": "target", "target": "source"}


@cache
def packaged_weights() -> Floats:
    """The weights in the package, in the order of `NAMES`; the file says what they were trained on."""
    held = read_weights(files(__package__), {"weights": NAMES})
    return np.array([held["weights"][name] for name in NAMES])


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
            weights = evened(weights)
        left, right = (
            text_of([seen(s, language) for s in side], language, encoder)
            for side, language in zip((source, target), languages, strict=True)
        )
        kept = near_path(left.vectors, right.vectors)
        if len(kept) == len(target):
            return check_beads(_decode(left, right, encoder, weights), len(source), len(target))
        part = text_of([right.sentences[j] for j in kept], right.language, encoder)
        return check_beads(_spread(_decode(left, part, encoder, weights), kept, len(target)), len(source), len(target))


def seen(sentence: str, language: str) -> str:
    """What encoder and checks see: Simplified characters for Chinese."""
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
# more beads than one that joins them, so at 1 it would be favoured for their number: on MAC-Dev, six-fold,
# strict / lax is 0.885 / 0.990 at 1 and 0.9, 0.887 / 0.992 at 0.8, 0.889 / 0.993 at 0.5; but below 0.85 three
# foreign sentences inside a text are joined to their neighbours.
NULL_GAIN = 0.85


def gains(found: Floats) -> Floats:
    """What a path gains by each bead: its posterior, less for a bead with an empty side."""
    worth = found.copy()
    worth[..., :NULLS] *= NULL_GAIN
    return worth


def _decode(left: Text, right: Text, encoder: Encoder, weights: Floats) -> Iterable[Bead]:
    measured = measure(left, right, encoder)
    raw = closed(measured.band, scores(measured, weights))
    found = posteriors(measured.band, raw).beads
    for i, j, t in best_path(measured.band, gains(found), raw > NOTHING / 2):
        a, b = TYPES[t]
        chance = float(found[i, j - measured.band.low[i], t])
        yield Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), round(min(1.0, chance), 4))
