"""The layers in which decisions stand, by name (docs/review.md)."""

from __future__ import annotations

SHARED = "shared"
"""Where everybody corrects alignments together."""
PUBLISHED = "published"
"""Where an adjudicator decides."""
OWN = "own:"
"""How the name of a reviewer's own layer begins."""
TOGETHER = frozenset({SHARED, PUBLISHED})
"""Layers that make what is published."""


def own_layer(reviewer: str) -> str:
    """The layer that is this reviewer's alone."""
    return f"{OWN}{reviewer}"
