"""The Compare page as one value: what the renderings of a letter make of the same words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from aligner.comparison import Comparison
from aligner.corpus import COMPARISON
from aligner.errors import AlignmentError
from aligner.model import Finding, Letter
from aligner.ui.views import coverage
from aligner.ui.views.compare_pairs import sharing, variation
from aligner.ui.views.compare_places import Setting
from aligner.ui.views.compare_tables import TABLES, contrast, matrix
from aligner.ui.views.findings import GRAVEST, places, source_rows
from aligner.ui.views.placement import place
from aligner.ui.views.versions import Made, Version, misfit


def compare(letter: Letter, versions: Sequence[Version], made: Comparison | None, problem: str = "") -> dict[str, Any]:
    """Everything the Compare page shows of `letter`; `version` is a hash that changes with any of it.

    `made` is None when nothing was compared yet, or cannot be read: then `problem` says why. A comparison of other
    texts than those that are there now is not shown either. Columns stand as on the Read page.
    """
    chips = coverage.short_names(letter.id, [version.id for version in versions])
    fitting = {v.id: v.made for v in versions if v.made and not v.problem and not misfit(letter, v.made)}
    compared = {name: found for name, found in fitting.items() if made and name in made.renderings}
    if made:
        problem = problem or _strange(letter, compared, made)
    view: dict[str, Any] = {
        "letter": {"id": letter.id, "title": letter.title, "author": letter.author, "language": letter.language},
        "sentences": len(letter.segments),
        "severities": list(GRAVEST),
        "problem": problem,
        "built": bool(made and compared) and not problem,
        "left_out": [chips[version.id] for version in versions if version.id not in compared] if made else [],
        "columns": [],
    }
    if made and view["built"]:
        placed = {name: place(letter, found.alignment) for name, found in compared.items()}
        order = coverage.ordered(placed)
        shown = {name: compared[name] for name in order}
        setting = Setting(letter, shown, placed, chips, made)
        known = {version.id: version for version in versions}
        view["columns"] = [
            {"id": name, "chip": chips[name], "outlet": known[name].outlet, "language": known[name].language}
            for name in order
        ]
        view |= _parts(setting)
        view["widest"] = _widest(view["variation"]["bars"])
    text = json.dumps(view, ensure_ascii=False, sort_keys=True)
    return {"version": hashlib.sha256(text.encode()).hexdigest()[:16], **view}


def _parts(setting: Setting) -> dict[str, Any]:
    return {
        "variation": variation(setting),
        "contrast": contrast(setting),
        "sharing": sharing(setting),
        "tables": {kind: matrix(setting, kind) for kind in TABLES},
        "findings": _findings(setting),
    }


def _widest(bars: Sequence[Mapping[str, Any]]) -> int:
    """The sentence (from 1) whose renderings are the farthest apart in meaning, 0 where none has two."""
    measured = [(bar["mean"][1], -number) for number, bar in enumerate(bars, 1) if bar["mean"]]
    return -max(measured)[1] if measured else 0


def _strange(letter: Letter, made: Mapping[str, Made], comparison: Comparison) -> str:
    """Why a comparison does not belong to the texts that are there now, else an empty text."""
    base = letter.base.document.text
    quoted = [(base, span) for row in comparison.rows for span in row.source]
    for row in comparison.rows:
        for form in row.forms:
            if form.rendering in made:
                text = base if form.side == "source" else made[form.rendering].document.text
                quoted.append((text, form))  # type: ignore[arg-type]
    if all(text[span.start : span.end] == span.text for text, span in quoted):
        return ""
    hint = "make it again with `aligner build`"
    return str(AlignmentError("was made of other texts than those there are", where=COMPARISON, hint=hint))


def _category(finding: Finding) -> list[str]:
    """None for what lies at no place of its own: that two renderings share their wording is no error of style."""
    if finding.source is None and finding.target is None:
        return []
    return [part.strip().replace(" ", "_") for part in finding.category.split("/")]


def _findings(setting: Setting) -> list[dict[str, Any]]:
    """Findings of no single rendering, the gravest first."""
    found = sorted(setting.comparison.findings, key=lambda item: GRAVEST.index(item.severity.value))
    rows = setting.letter.segments
    return [
        {
            "id": item.id,
            "severity": item.severity.value,
            "category": _category(item),
            "messages": dict(item.messages),
            "source": item.source.text if item.source else "",
            "sentence": next(iter(source_rows(item.source, rows)), None) if item.source else None,
            "places": places(item.places, rows, setting.beside),
        }
        for item in found
    ]
