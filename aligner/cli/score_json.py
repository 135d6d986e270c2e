"""Scores as `aligner scores --json` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aligner.cli.judged import PLACES, error_json, figure_json, uncounted_json

if TYPE_CHECKING:
    from aligner.pipeline.scoring import Asked, Scored, ScoredRendering
    from aligner.review.scores import RenderingScore


def as_json(letter: str, found: Sequence[ScoredRendering], asked: Asked) -> dict[str, Any]:
    """Everything that was computed as plain JSON values."""
    kind, settings = asked.typology, asdict(asked.settings)
    return {
        "letter": letter,
        "typology": {"id": kind.id, "version": kind.version, "name": dict(kind.names), "mqm": kind.mqm},
        "settings": settings,
        "renderings": [
            {
                "rendering": each.rendering,
                "sentences": len(each.sentences),
                "rendered": each.rendered,
                "scores": [_scored(row) for row in each.rows],
                "unsettled": dict(each.unsettled),
                "orphans": each.orphans,
            }
            for each in found
        ],
    }


def _scored(row: Scored) -> dict[str, Any]:
    return {
        "of": row.of,
        "reviewers": list(row.reviewers),
        "judged": row.judged,
        "council": None if row.council is None else _council(row.council),
        "google": figure_json(row.google),
        "esa": figure_json(row.esa),
        "esa_overall": figure_json(row.esa_overall),
        "left_out": [error_json(error) for error in row.left_out],
        "uncounted": uncounted_json(row.uncounted),
        "uncounted_by_google": uncounted_json(row.uncounted_by_google),
    }


def _council(score: RenderingScore) -> dict[str, Any]:
    return {
        "unit": score.unit.value,
        "length": score.length,
        "errors": score.errors,
        "points": round(score.points, PLACES),
        **{name: figure_json(getattr(score, name)) for name in ("error_rate", "penalty_rate", "raw", "calibrated")},
        "passed": score.passed,
        "profile": [
            {**asdict(row), "rate": figure_json(rate)}
            for row, rate in zip(score.profile, score.profile_rates, strict=True)
        ],
        "sentences": [
            {
                "id": each.id,
                "length": each.length,
                "errors": each.errors,
                "points": round(each.points, PLACES),
                "rate": figure_json(each.rate),
                "raw": figure_json(each.raw),
            }
            for each in score.sentences
        ],
    }
