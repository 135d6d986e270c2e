"""The Review page's texts: sentences and their renderings as stretches that can be marked, and what checks found.

It holds what is the same for every reviewer and changes only with the alignment; what one reviewer said is in
`review_mine`. Offsets are code points of the documents, end exclusive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from aligner.model import Document, Finding, Letter, Residue, ResidueKind
from aligner.review.typologies import Typology
from aligner.ui.views import article
from aligner.ui.views.placement import Cell
from aligner.ui.views.review_said import grade_of
from aligner.ui.views.versions import Made, Version, fitted

KEYS = "vbnm"
"""The keys of the severities, from the least to the gravest."""

QUICK = (
    "accuracy/mistranslation",
    "accuracy/omission",
    "accuracy/addition",
    "accuracy/untranslated",
    "terminology/wrong term",
    "terminology/inconsistent use of terminology",
    "linguistic conventions/grammar",
    "linguistic conventions/punctuation",
    "style/awkward style",
    "style/unidiomatic style",
)
"""Categories on the keys 1 to 9 and 0, where the typology has them; its first ones fill the rest."""


def review(letter: Letter, versions: Sequence[Version], typology: Typology, scale: Typology) -> dict[str, Any]:
    """Everything of `letter` that reviewers judge; `version` is a hash that changes with any of it.

    Renderings without an alignment, or with one that does not fit, stand in `unbuilt` with their `problem`.
    """
    fit = fitted(letter, versions)
    found = fit.findings(letter)
    view: dict[str, Any] = {
        "letter": {"id": letter.id, "title": letter.title, "language": letter.language},
        "rows": [{"start": s.start, "end": s.end, "text": s.text} for s in letter.segments],
        "columns": [_column(*fit.ready[name], fit.placed[name], fit.chips[name]) for name in fit.ready],
        "unbuilt": fit.unbuilt,
        "findings": [
            {"rendering": item.rendering, "rows": list(item.rows), **suggestion(item.finding, typology)}
            for item in found
        ],
        "typology": listed(typology),
        "scale": [{"value": anchor.value, "names": dict(anchor.names)} for anchor in scale.scale],
    }
    text = json.dumps(view, ensure_ascii=False, sort_keys=True)
    return {"version": hashlib.sha256(text.encode()).hexdigest()[:16], **view}


def suggestion(finding: Finding, typology: Typology) -> dict[str, Any]:
    """A finding as a reviewer is asked about it; `category` is empty where the typology does not have it."""
    return {
        "id": finding.id,
        "check": finding.check,
        "severity": grade_of(finding, typology),
        "category": finding.category if any(each.id == finding.category for each in typology.categories) else "",
        "parts": [part.strip().replace(" ", "_") for part in finding.category.split("/")],
        "messages": dict(finding.messages),
        "source": _quote(finding.source),
        "target": _quote(finding.target),
    }


def listed(typology: Typology) -> dict[str, Any]:
    """A typology as its buttons show it; `form` is the finding's severity whose glyph stands for a grade."""
    ids = [category.id for category in typology.categories]
    wanted = [name for name in QUICK if name in ids]
    quick = (wanted + [name for name in ids if name not in wanted])[: len(QUICK)]
    return {
        "id": typology.id,
        "version": typology.version,
        "quick": quick,
        "severities": [
            {
                "id": grade.id,
                "key": KEYS[n] if n < len(KEYS) else "",
                "form": grade.findings[-1].value if grade.findings else "info",
                "names": dict(grade.names),
                "hints": dict(grade.hints),
            }
            for n, grade in enumerate(typology.severities)
        ],
        "categories": [
            {"id": each.id, "names": dict(each.names), "hints": dict(each.hints), "source": each.source_span}
            for each in typology.categories
        ],
    }


def _column(version: Version, made: Made, cells: tuple[Cell, ...], chip: str) -> dict[str, Any]:
    alignment, document = made.alignment, made.document
    led = article.carriers(alignment, document)
    around = article.between(cells, alignment, led)
    injected = ResidueKind.INJECTED.value
    return {
        "id": version.id,
        "chip": chip,
        "outlet": version.outlet,
        "language": version.language,
        "cells": [_cell(n, cell, document, led) for n, cell in enumerate(cells, 1)],
        "injected": {
            str(after): [_stretch(document, item["start"], item["end"]) for item in items if item["kind"] == injected]
            for after, items in around.items()
            if any(item["kind"] == injected for item in items)
        },
    }


def _cell(number: int, cell: Cell, document: Document, led: dict[str, Residue]) -> dict[str, Any]:
    """What can be marked of sentence `number`: stretches with the reporting words before them as their first `lead`.

    `with` are the numbers of the sentences that are rendered together with it.
    """
    texts: list[dict[str, Any]] = []
    for piece in cell.pieces:
        for text in article.texts(piece, document, (), led):
            lead = len(text["carrier"])
            texts.append(_stretch(document, text["start"] - lead, text["end"]) | ({"lead": lead} if lead else {}))
    found: dict[str, Any] = {"kind": cell.kind, "texts": texts}
    if others := sorted({row + 1 for piece in cell.pieces for row in piece.rows} - {number}):
        found["with"] = others
    if cell.missing:
        found["missing"] = len(cell.missing)
    return found


def _stretch(document: Document, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "text": document.text[start:end]}


def _quote(quoted: Any) -> list[Any] | None:
    return [quoted.start, quoted.end, quoted.text] if quoted else None
