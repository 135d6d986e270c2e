"""Runs checks over a context and judges what they measured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.checks.base import Check, Found
from aligner.checks.context import Context
from aligner.checks.joining import joined
from aligner.checks.messages import message
from aligner.comparison import Row
from aligner.model import Finding


@dataclass(frozen=True)
class Report:
    """What the checks say: findings by rendering, those of no single rendering, and the comparison's rows."""

    findings: dict[str, tuple[Finding, ...]]
    general: tuple[Finding, ...]
    rows: tuple[Row, ...]


def run(context: Context, checks: Sequence[Check]) -> Report:
    """Measure with every check, keep what its thresholds let pass, join what is one fault."""
    by_rendering: dict[str, list[Finding]] = {rendering.id: [] for rendering in context.renderings}
    general: list[Finding] = []
    rows: list[Row] = []
    for check in checks:
        for found in check.measure(context):
            if found.score < check.thresholds[found.kind].value:
                continue
            finding = finding_of(check, found)
            if found.rendering is None:
                general.append(finding)
            else:
                by_rendering[found.rendering].append(finding)
        rows += check.rows(context)
    order = [check.name for check in checks]
    return Report(
        {name: joined(findings, order) for name, findings in by_rendering.items()},
        joined(general, order),
        tuple(rows),
    )


def run_pairs(context: Context, checks: Sequence[Check], *, all_scores: bool) -> dict[str, tuple[Finding, ...]]:
    """The findings of given pairs, by pair id in their order; with `all_scores` also those below thresholds.

    Scores of one pair are not joined with `all_scores`: who asks for all of them wants them apart.
    """
    by_unit: dict[str, list[Finding]] = {unit.id: [] for rendering in context.renderings for unit in rendering.units}
    for check in checks:
        for found in check.measure(context):
            if found.unit in by_unit and (all_scores or found.score >= check.thresholds[found.kind].value):
                by_unit[found.unit].append(finding_of(check, found))
    order = [check.name for check in checks]
    if all_scores:
        return {name: tuple(sorted(findings, key=lambda f: -f.score)) for name, findings in by_unit.items()}
    return {name: joined(findings, order) for name, findings in by_unit.items()}


def finding_of(check: Check, found: Found) -> Finding:
    """A measurement as a finding, with its stable id and its messages."""
    return Finding(
        id=identity(check.name, found),
        check=check.name,
        category=found.category,
        severity=found.severity,
        source=found.source,
        target=found.target,
        score=round(float(found.score), 4),
        messages=message(check.name, found.kind, found.words),
        places=found.places,
        evidence=dict(found.evidence),
    )


def identity(check: str, found: Found) -> str:
    """A hash of check, kind and spans: a rebuild gives the same fault the same id."""
    spans: Iterable[object] = (q and (q.start, q.end, q.text) for q in (found.source, found.target))
    key = "|".join(map(str, (check, found.kind, *spans)))
    return hashlib.sha256(key.encode()).hexdigest()[:12]
