"""Small logistic models over measured features, learned by benchmarks/train_checks.py."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from aligner.checks.words.strength import Floats
from aligner.errors import AlignerError

CLIP = 4.0
"""Standard deviations beyond which a feature says no more."""


@dataclass(frozen=True)
class Logistic:
    """Probability from named features: each is centred and scaled, clipped, and weighed."""

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def probability(self, values: Floats, names: Sequence[str]) -> Floats:
        """Of each row of `values`, whose columns are called `names`."""
        columns = [names.index(name) for name in self.features]
        standard = np.clip((values[:, columns] - np.array(self.mean)) / np.array(self.scale), -CLIP, CLIP)
        return np.asarray(1.0 / (1.0 + np.exp(-(standard @ np.array(self.weights) + self.bias))))


@cache
def models() -> Mapping[str, Logistic]:
    """The models of the package by name.

    Raises AlignerError when the file is missing or broken.
    """
    try:
        held = json.loads((resources.files("aligner.checks.words") / "weights.json").read_text("utf-8"))
        return {
            name: Logistic(
                tuple(model["features"]),
                tuple(model["mean"]),
                tuple(model["scale"]),
                tuple(model["weights"]),
                model["bias"],
            )
            for name, model in held["models"].items()
        }
    except (OSError, ValueError, KeyError) as fault:
        hint = "install the program again, or train them again"
        raise AlignerError(
            "the weights of the checks are missing or broken", where="weights.json", hint=hint
        ) from fault
