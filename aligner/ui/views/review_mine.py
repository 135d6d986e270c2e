"""What one reviewer said of a letter's renderings, for the Review page; nobody else's word is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aligner.model import Quoted, Segment
from aligner.pipeline.publishing import of_rendering
from aligner.review.decisions import Decision
from aligner.review.history import redoable, standing, undoable
from aligner.review.judgements import Judgements, Texts, judgements
from aligner.review.layers import own_layer
from aligner.review.said import Mark


def mine(
    log: Sequence[Decision], reviewer: str, texts: Mapping[str, Texts], sentences: Sequence[Segment]
) -> dict[str, Any]:
    """The reviewer's own errors, verdicts, scores and finished sentences by rendering; `log` is the letter's.

    Sentences are named by where they begin in the letter's document. `undo` and `redo` name the decisions that come
    next.
    """
    layer = own_layer(reviewer)
    said = [each for each in log if each.reviewer == reviewer]
    ours = [each for each in said if each.layer == layer]
    undo, redo = undoable(ours, reviewer, layer), redoable(ours, reviewer, layer)
    return {
        "reviewer": reviewer,
        "renderings": {name: _rendering(said, reviewer, name, text, sentences) for name, text in texts.items()},
        "undo": undo[-1].id if undo else None,
        "redo": redo[-1].id if redo else None,
    }


def _rendering(
    said: Sequence[Decision], reviewer: str, name: str, texts: Texts, sentences: Sequence[Segment]
) -> dict[str, Any]:
    held: Judgements = judgements(standing(of_rendering(said, name)), texts)
    return {
        "errors": [{"id": decision.id, **shown(mark)} for decision, mark in held.errors],
        "verdicts": {
            verdict.finding: {
                "id": decision.id,
                "accepted": verdict.accepted,
                "reason": verdict.reason,
                "mark": shown(verdict.mark) if verdict.mark else None,
            }
            for decision, verdict in held.verdicts
        },
        "scores": {str(score.sentence.start): score.score for _, score in held.scores if score.sentence},
        "done": [each.start for each in sentences if held.finished(each, reviewer)],
        "orphans": len(held.orphans),
    }


def shown(mark: Mark) -> dict[str, Any]:
    """A mark as the browser has it, and sends it."""
    return {
        "category": mark.category,
        "severity": mark.severity,
        "target": [_span(each) for each in mark.target],
        "source": [_span(each) for each in mark.source],
        "comment": mark.comment,
        "correction": mark.correction or "",
    }


def _span(quoted: Quoted) -> list[Any]:
    return [quoted.start, quoted.end, quoted.text]
