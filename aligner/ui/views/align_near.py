"""Sentences near a stretch of an article that it may render, by how alike an encoder finds them."""

from __future__ import annotations

from typing import Any

from aligner.encoders import Encoder
from aligner.model import Letter, Quoted
from aligner.review.edits import Editor
from aligner.ui.views.align_edits import Args, quoted_in

AROUND = 6
"""So many sentences before and after the nearest linked one are looked at."""
MOST = 5


def candidates(args: Args, editor: Editor, letter: Letter, encoder: Encoder) -> list[dict[str, Any]]:
    """Numbers of sentences with the cosine to the `stretch` of the operation, the most alike first.

    Raises AlignerError for a stretch that does not stand in the article.
    """
    stretch = quoted_in(args.get("stretch"), editor.target, "the article")
    middle = _beside(stretch, editor, letter)
    near = range(max(0, middle - AROUND), min(len(letter.segments), middle + AROUND + 1))
    vectors = encoder.encode([stretch.text, *(letter.readings[i] for i in near)])
    scores = vectors[1:] @ vectors[0]
    ranked = sorted(zip(near, scores.tolist(), strict=True), key=lambda pair: -pair[1])
    return [{"n": i + 1, "score": round(score, 3)} for i, score in ranked[:MOST]]


def _beside(stretch: Quoted, editor: Editor, letter: Letter) -> int:
    """The index of the sentence whose rendering stands nearest in the article."""
    pairs = [(abs(q.start - stretch.start), bead.source[0].start) for bead in editor.part.beads for q in bead.target]
    start = min(pairs)[1] if pairs else 0
    return max((i for i, segment in enumerate(letter.segments) if segment.start <= start), default=0)
