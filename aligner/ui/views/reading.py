"""The Read page as one value: the letter's card, its rows, and a column for each rendering."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from aligner.model import INSIDE_SEGMENTS, Document, Emendation, Letter, Residue, Segment, Status
from aligner.ui.views import article, coverage, findings
from aligner.ui.views.findings import Listed
from aligner.ui.views.placement import LOW_CONFIDENCE, Cell
from aligner.ui.views.runs import Laid, runs
from aligner.ui.views.versions import Made, Version, fitted


def reading(letter: Letter, versions: Sequence[Version]) -> dict[str, Any]:
    """Everything the Read page shows of `letter`; `version` is a hash that changes with any of it.

    Columns are sorted by coverage. Renderings that are not built, cannot be read or were made of
    another text stand in `unbuilt` with their `problem`, so that they do not take the others away.
    """
    fit = fitted(letter, versions)
    found = fit.findings(letter)
    view: dict[str, Any] = {
        "letter": _card(letter),
        "low": LOW_CONFIDENCE,
        "rows": _rows(letter, Laid(findings.stretches(found, "source"))),
        "columns": [_column(*fit.ready[name], fit.placed[name], fit.chips[name], found) for name in fit.ready],
        "unbuilt": fit.unbuilt,
        "findings": findings.shown(found, letter.segments, fit.placed, fit.chips),
        "severities": list(findings.GRAVEST),
        "hide_info": findings.hides_info(found, len(letter.segments)),
    }
    text = json.dumps(view, ensure_ascii=False, sort_keys=True)
    return {"version": hashlib.sha256(text.encode()).hexdigest()[:16], **view}


def _card(letter: Letter) -> dict[str, Any]:
    applied = [emendation for emendation in letter.emendations if not emendation.rejected]
    witnesses = letter.witnesses or (letter.base,)
    return {
        "id": letter.id,
        "title": letter.title,
        "author": letter.author,
        "date": letter.date,
        "language": letter.language,
        "sentences": len(letter.segments),
        "witnesses": [{"id": w.id, "base": w.id == letter.base.id} for w in witnesses],
        "emendations": len(applied),
    }


def _rows(letter: Letter, found: Laid) -> list[dict[str, Any]]:
    rows = []
    paragraph, last = 0, letter.base.start
    text = letter.base.document.text
    for segment, read in zip(letter.segments, letter.readings, strict=True):
        opens = bool(re.search(r"\n[^\S\n]*\n", text[last : segment.start]))
        paragraph, last = paragraph + opens, segment.end
        row: dict[str, Any] = {"id": segment.id, "start": segment.start, "end": segment.end, "text": segment.text}
        if opens:
            row["paragraph"] = paragraph
        if marks := emended(segment, letter.emendations):
            row["emended"] = marks
            row["reading"] = read
        if cut := runs(segment.start, segment.end, found.over(segment.start, segment.end)):
            row["runs"] = cut
        rows.append(row)
    return rows


def emended(segment: Segment, emendations: Sequence[Emendation]) -> list[dict[str, Any]]:
    """The accepted emendations inside `segment`, `start` and `end` counted from its first character."""
    return [
        {
            "start": max(e.start, segment.start) - segment.start,
            "end": min(e.end, segment.end) - segment.start,
            "text": e.text,
            "replacement": e.replacement,
            "evidence": e.evidence,
            "witness": e.witness,
        }
        for e in emendations
        if not e.rejected and e.start < segment.end and segment.start < e.end
    ]


def _column(
    version: Version, made: Made, cells: tuple[Cell, ...], chip: str, found: Sequence[Listed]
) -> dict[str, Any]:
    alignment, document = made.alignment, made.document
    own = findings.by_row(found, version.id)
    marked = Laid(findings.stretches(found, "target", version.id))
    strip = coverage.strip(cells)
    for bin_, graves in zip(strip, findings.in_bins(strip, found, version.id), strict=True):
        bin_["findings"] = graves
    notes = [residue for residue in alignment.residue if residue.kind in INSIDE_SEGMENTS]
    led = article.carriers(alignment, document)
    carried = coverage.rendered(cells)
    return {
        "id": version.id,
        "chip": chip,
        "outlet": version.outlet,
        "date": version.date,
        "language": version.language,
        "counts": coverage.counts(cells),
        "rendered": carried,
        "share": round(carried / max(len(cells), 1), 3),
        "findings": findings.severities(item for item in found if item.rendering == version.id),
        "strip": strip,
        "cells": [_cell(cell, document, notes, led, marked) | _own(own.get(n, [])) for n, cell in enumerate(cells, 1)],
        "between": {
            str(after): [_marked(item, marked) for item in items]
            for after, items in article.between(cells, alignment, led).items()
        },
        "article": article.excerpt(document, alignment),
    }


def _own(numbers: list[int]) -> dict[str, Any]:
    return {"findings": numbers} if numbers else {}


def _marked(text: dict[str, Any], found: Laid) -> dict[str, Any]:
    cut = runs(text["start"], text["end"], found.over(text["start"], text["end"]))
    return {**text, "runs": cut} if cut else text


def _cell(
    cell: Cell, document: Document, notes: Sequence[Residue], led: dict[str, Residue], found: Laid
) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": cell.kind}
    if cell.flags:
        shown["flags"] = list(cell.flags)
    if cell.pieces:
        shown["pieces"] = [
            {
                "id": piece.link.id,
                "mode": piece.link.mode.value,
                "confidence": round(piece.link.confidence, 4),
                "confirmed": piece.link.status is Status.CONFIRMED,
                "rows": [row + 1 for row in piece.rows],
                "after": piece.moved_after,
                "texts": [_marked(text, found) for text in article.texts(piece, document, notes, led)],
            }
            for piece in cell.pieces
        ]
    if cell.missing:
        shown["missing"] = [{"start": m.start, "end": m.end, "text": m.text} for m in cell.missing]
    return shown
