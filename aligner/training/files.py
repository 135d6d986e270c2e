"""Learned weights to a file, with what is needed to make them again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from aligner.formats.files import write_atomic


def write_weights(path: Path, parts: Mapping[str, Mapping[str, object]], **about: object) -> str:
    """Write `weights.json`: `about` (encoder, training data, settings), the parts, and their signature, returned."""
    signature = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]
    held = {"signature": signature, **about, **parts}
    write_atomic(path, (json.dumps(held, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))
    return signature
