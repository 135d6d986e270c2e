"""What learning has in common: the one thing it needs SciPy for, and texts held out together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.errors import AlignerError, MissingExtraError

Floats = npt.NDArray[np.float64]


def least(loss: Callable[[Floats], tuple[float, Floats]], start: Floats, rounds: int) -> Floats:
    """The arguments for which `loss` (its value and gradient) is least, by at most `rounds` of L-BFGS from `start`.

    Raises MissingExtraError without SciPy.
    """
    found: Floats = _minimize()(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
    return found


def least_of_few(cost: Callable[[Floats], float], start: Floats) -> Floats:
    """The same for a handful of arguments, whose gradient is found by trying.

    Raises MissingExtraError without SciPy.
    """
    found: Floats = _minimize()(cost, start).x
    return found


def need_scipy() -> None:
    """Raise MissingExtraError without SciPy, before hours of reading."""
    _minimize()


def _minimize() -> Callable[..., Any]:
    try:
        from scipy.optimize import minimize
    except ImportError as fault:
        raise MissingExtraError(
            "learning needs SciPy, which is not installed", hint="install it with: pip install 'letter-aligner[train]'"
        ) from fault
    chosen: Callable[..., Any] = minimize
    return chosen


def folds(names: Sequence[str], count: int = 0) -> list[Sequence[str]]:
    """`names` in `count` groups that are held out together, dealt out in turn; 0 holds out each alone.

    Raises AlignerError when nothing would be left to learn from.
    """
    if len(names) < 2:
        found = names[0] if names else "none"
        raise AlignerError(
            f"what is held out needs another text to learn from; the gold has only {found}", hint="name more folders"
        )
    if count == 1:
        raise AlignerError("one fold leaves nothing to learn from", hint="--fold-count takes 0 or at least 2")
    size = min(count or len(names), len(names))
    return [names[k::size] for k in range(size)]
