"""A typology as canonical JSON, and back."""

from __future__ import annotations

import json
from typing import Any

from aligner.model import Severity
from aligner.review.typologies import Anchor, Category, Grade, Typology


def dumps(typology: Typology) -> str:
    """One line of JSON, keys sorted: the same typology gives the same text."""
    value = {
        "id": typology.id,
        "version": typology.version,
        "names": dict(typology.names),
        "source": typology.source,
        "mqm": typology.mqm,
        "severities": [
            {
                "id": each.id,
                "multiplier": each.multiplier,
                "names": dict(each.names),
                "hints": dict(each.hints),
                "findings": [str(severity) for severity in each.findings],
                "fails": each.fails,
            }
            for each in typology.severities
        ],
        "categories": [
            {
                "id": each.id,
                "names": dict(each.names),
                "hints": dict(each.hints),
                "weight": each.weight,
                "source_span": each.source_span,
                "points": dict(each.points),
            }
            for each in typology.categories
        ],
        "scale": [{"value": each.value, "names": dict(each.names)} for each in typology.scale],
    }
    return json.dumps(value, ensure_ascii=True, allow_nan=False, sort_keys=True)


def loads(value: dict[str, Any]) -> Typology:
    """The typology of a parsed line that `dumps` wrote."""
    return Typology(
        id=value["id"],
        version=value["version"],
        names=value["names"],
        source=value["source"],
        severities=tuple(
            Grade(**{**each, "findings": tuple(Severity(name) for name in each["findings"])})
            for each in value["severities"]
        ),
        categories=tuple(Category(**each) for each in value["categories"]),
        scale=tuple(Anchor(**each) for each in value["scale"]),
        mqm=value["mqm"],
    )
