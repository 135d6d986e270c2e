"""Word correspondences as the browser takes them."""

from __future__ import annotations

from typing import Any

from aligner.encoders import Encoder
from aligner.pipeline.wordwise import Renderings, correspondences

BATCH = 25
"""Sentences that are sent at once: as many as the Read page draws at once."""


def batch(renderings: Renderings, number: int, encoder: Encoder) -> list[Any]:
    """The correspondences of batch `number` (from 0): `[start, end, [[rendering, start, end], ...]]` for each word.

    Offsets are code points into the letter's document and the renderings' articles. Empty past the letter's end.
    """
    rows = range(max(0, number) * BATCH, min(len(renderings.letter.segments), (max(0, number) + 1) * BATCH))
    return [
        [word.start, word.end, [[place.rendering, place.start, place.end] for place in word.places]]
        for word in correspondences(renderings, rows, encoder)
    ]
