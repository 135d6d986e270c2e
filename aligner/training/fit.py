"""The one thing that learning needs SciPy for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aligner.errors import MissingExtraError

Floats = npt.NDArray[np.float64]


def least(loss: Callable[[Floats], tuple[float, Floats]], size: int, rounds: int) -> Floats:
    """The arguments for which `loss` (its value and gradient) is least, by L-BFGS from zeros.

    Raises MissingExtraError without SciPy.
    """
    try:
        from scipy.optimize import minimize
    except ImportError as fault:
        raise MissingExtraError(
            "learning needs SciPy, which is not installed", hint="install it with: pip install 'letter-aligner[train]'"
        ) from fault
    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    weights: Floats = found.x
    return weights
