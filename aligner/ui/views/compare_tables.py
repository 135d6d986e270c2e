"""Tables of the Compare page: names, terms and numbers by rendering, and where meanings part."""

from __future__ import annotations

from typing import Any

from aligner.comparison import Row
from aligner.model import Place
from aligner.ui.views.compare_places import Setting, graver

TABLES = ("names", "terms", "numbers")
"""Tables of the comparison file that are drawn as a matrix."""


def matrix(setting: Setting, kind: str) -> list[dict[str, Any]]:
    """The rows of one table, in the order in which the letter names them."""
    rows = [_matrix_row(setting, row) for row in setting.comparison.rows if row.kind == kind and row.source]
    return sorted(rows, key=lambda row: (row["sentence"], row["start"]))


def _matrix_row(setting: Setting, row: Row) -> dict[str, Any]:
    first = min(row.source, key=lambda span: (span.start, span.end))
    return {
        "text": first.text,
        "start": first.start,
        "sentence": setting.sentence(first),
        "count": len(row.source),
        "cells": [_cell(setting, row, rendering) for rendering in setting.made],
    }


def _cell(setting: Setting, row: Row, rendering: str) -> dict[str, Any]:
    """Distinct forms with their counts; without any, `absent` says whether the sentences are rendered at all."""
    places = setting.forms(row.forms, rendering)
    if places:
        return {"forms": _forms(setting, places), "mark": setting.found_at(rendering, places)}
    absent = "unnamed" if setting.rendered(rendering, row.source) else "left_out"
    mark = setting.missed_at(rendering, row.source) if absent == "unnamed" else None
    return {"forms": [], "absent": absent, "mark": mark}


def _forms(setting: Setting, places: list[Place]) -> list[dict[str, Any]]:
    """Forms of one rendering, the most frequent first; spaces and line breaks make no other form."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault("".join(place.text.split()), []).append(place)
    return [
        {"text": group[0].text, "count": len(group), "sentence": setting.place(group[0])}
        for group in sorted(groups.values(), key=lambda group: -len(group))
    ]


def contrast(setting: Setting) -> list[dict[str, Any]]:
    """Where renderings part, in the file's order, which is that of the score."""
    return [_contrast_row(setting, row) for row in setting.comparison.rows if row.kind == "contrast" and row.source]


def _contrast_row(setting: Setting, row: Row) -> dict[str, Any]:
    placed = {name: found for name in setting.made if (found := setting.forms(row.forms, name))}
    marks = {name: setting.found_at(name, found) for name, found in placed.items()}
    return {
        "text": row.source[0].text,
        "sentence": setting.sentence(row.source[0]),
        "score": row.score,
        "forms": [
            {
                "rendering": name,
                "texts": [place.text for place in found],
                "mark": marks[name],
                "odd": row.evidence.get("odd") == name,
            }
            for name, found in placed.items()
        ],
        "mark": graver(marks.values()),
    }
