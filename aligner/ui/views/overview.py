"""The Overview page's figures of one letter: its renderings, a heat strip of its sentences, what the checks found.

A finding is open until somebody accepted or dismissed it. Rows are numbered from 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from aligner.model import Finding, Letter
from aligner.pipeline.surveying import survey
from aligner.review.decisions import WHOLE
from aligner.ui.views import coverage, findings
from aligner.ui.views.findings import GRAVEST, Listed
from aligner.ui.views.placement import KINDS, Cell
from aligner.ui.views.versions import Made, Version, fitted

WIDEST_STRIP = 80
"""Cells of a strip; those of a longer letter stand for several sentences each."""

MOST_FINDINGS = 500
"""Findings in the list, the gravest; the counts have all of them."""


def overview(
    letter: Letter, versions: Sequence[Version], judged: Mapping[str, frozenset[str]], together: Sequence[Finding] = ()
) -> dict[str, Any]:
    """Everything the page shows of `letter` but what reviewers did.

    `judged` has the ids of the findings that somebody judged, by rendering, those of `together` (the findings of no
    single rendering) under `WHOLE`. What cannot be read or does not fit stands in `unbuilt` with its problem.
    """
    fit = fitted(letter, versions)
    every = fit.findings(letter)
    every += tuple(Listed(WHOLE, found, _rows(found, letter)) for found in together)
    left = [item for item in every if item.finding.id not in judged.get(item.rendering, frozenset())]
    return {
        "letter": {"id": letter.id, "title": letter.title, "author": letter.author, "language": letter.language},
        "sentences": len(letter.segments),
        "severities": list(GRAVEST),
        "columns": [
            _column(letter, *fit.ready[name], fit.placed[name], fit.chips[name], every, left) for name in fit.ready
        ],
        "unbuilt": fit.unbuilt,
        "open": findings.severities(left),
        "judged": len(every) - len(left),
        "checks": _checks(left),
        "findings": [_finding(item, fit.chips) for item in sorted(left, key=_gravest)[:MOST_FINDINGS]],
        "findings_in_all": len(left),
    }


def _rows(found: Finding, letter: Letter) -> tuple[int, ...]:
    spans = [found.source] if found.source else [each for each in found.places if each.side == "source"]
    return tuple(dict.fromkeys(row for span in spans for row in findings.source_rows(span, letter.segments)))


def _gravest(item: Listed) -> tuple[int, int]:
    return GRAVEST.index(item.finding.severity.value), item.rows[0] if item.rows else 0


def _column(
    letter: Letter, version: Version, made: Made, cells: tuple[Cell, ...], chip: str, every: Sequence[Listed],
    left: Sequence[Listed],
) -> dict[str, Any]:  # fmt: skip
    found = survey(letter, made.alignment)
    own = [item for item in left if item.rendering == version.id]
    strip = coverage.strip(cells, WIDEST_STRIP)
    for bin_, graves in zip(strip, findings.in_bins(strip, own, version.id), strict=True):
        bin_["findings"] = graves
    return {
        "id": version.id,
        "chip": chip,
        "outlet": version.outlet,
        "date": version.date,
        "language": version.language,
        "extent": found.extent.value,
        "share": round(found.share, 4),
        "words": found.words,
        "words_rendered": found.words_rendered,
        "modes": dict(found.modes),
        "counts": coverage.counts(cells),
        "links": found.links,
        "confirmed": found.confirmed,
        "findings": findings.severities(own),
        "judged": sum(item.rendering == version.id for item in every) - len(own),
        "strip": strip,
        "told": _told(cells, own),
    }


def _told(cells: Sequence[Cell], own: Sequence[Listed]) -> dict[str, dict[str, list[str]]]:
    """The strip in words: which sentences are of which kind, and which have open findings of which severity."""
    kinds = {kind: [n for n, cell in enumerate(cells, 1) if cell.kind == kind] for kind in KINDS}
    grave = {name: sorted({n for item in own if item.finding.severity == name for n in item.rows}) for name in GRAVEST}
    return {
        "kinds": {kind: ranges(rows) for kind, rows in kinds.items() if rows},
        "severities": {name: ranges(rows) for name, rows in grave.items() if rows},
    }


def ranges(rows: Iterable[int]) -> list[str]:
    """Ascending numbers as a reader writes them.

    >>> ranges([1, 3, 4, 5, 8, 9])
    ['1', '3–5', '8', '9']
    """
    parts: list[str] = []
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        parts += [f"{numbers[0]}–{numbers[-1]}"] if len(numbers) > 2 else [str(number) for number in numbers]
    return parts


def _checks(left: Sequence[Listed]) -> list[dict[str, Any]]:
    """What each check found, the one with the gravest findings first."""
    number: dict[str, Counter[str]] = {}
    for item in left:
        number.setdefault(item.finding.check, Counter())[item.finding.severity.value] += 1
    rows = [
        {"check": check, "counts": {name: counts[name] for name in GRAVEST if counts[name]}}
        for check, counts in number.items()
    ]
    return sorted(rows, key=lambda row: [-row["counts"].get(name, 0) for name in GRAVEST])


def _finding(item: Listed, chips: Mapping[str, str]) -> dict[str, Any]:
    found = item.finding
    return {
        "id": found.id,
        "rendering": "" if item.rendering == WHOLE else item.rendering,
        "chip": chips.get(item.rendering, ""),
        "severity": found.severity.value,
        "check": found.check,
        "category": [part.strip().replace(" ", "_") for part in found.category.split("/")],
        "messages": dict(found.messages),
        "source": found.source.text if found.source else "",
        "target": found.target.text if found.target else "",
        "sentence": item.rows[0] if item.rows else None,
    }


def line(view: Mapping[str, Any], date: str) -> dict[str, Any]:
    """One letter among all: what its overview comes to."""
    columns = view["columns"]
    return {
        "letter": view["letter"],
        "date": date,
        "sentences": view["sentences"],
        "renderings": len(columns) + len(view["unbuilt"]),
        "built": len(columns),
        "shares": sorted((column["share"] for column in columns), reverse=True),
        "links": sum(column["links"] for column in columns),
        "confirmed": sum(column["confirmed"] for column in columns),
        "open": view["open"],
        "problem": "",
    }
