"""Learned weights as they lie in the package."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from importlib.resources.abc import Traversable
from typing import Any

from aligner.errors import AlignerError

FILE = "weights.json"


def read_weights(folder: Traversable, named: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """What `weights.json` in `folder` holds; `named` says which names each of its parts must have.

    Raises AlignerError when the file is missing or broken, or was learned for other features.
    """
    try:
        held = json.loads(folder.joinpath(FILE).read_text("utf-8"))
    except (OSError, ValueError) as fault:
        hint = "install the program again, or train them again"
        raise AlignerError("the engine's weights are missing or broken", where=FILE, hint=hint) from fault
    for part, names in named.items():
        if not isinstance(held, dict) or set(held.get(part, ())) != set(names):
            raise AlignerError("the weights do not fit the features", where=FILE, hint="train them again")
    return dict(held)
