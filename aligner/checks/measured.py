"""How often the checks were right, as measured on gold and kept in the package."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def measured() -> dict[str, Any]:
    """Check -> figures and the line that says them; empty for checks that were not measured.

    `benchmarks/measure_checks.py` writes the file; docs/checks.md says how.
    """
    place = resources.files("aligner.checks") / "measured.json"
    held: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return held
