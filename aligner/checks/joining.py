"""Findings of one fault from several checks become one finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.model import Finding, Place, Quoted, Severity

RANK = {severity: rank for rank, severity in enumerate(Severity)}
SHARED = 0.5
"""Share of the shorter span that two findings must have in common to be about one fault."""


def joined(findings: Sequence[Finding], order: Sequence[str]) -> tuple[Finding, ...]:
    """The findings of one rendering, those of one fault joined.

    Two findings are of one fault when their spans overlap by `SHARED` on one side and do not
    contradict each other on the other. The one whose check comes first in `order` stays: it knows
    best what is wrong. It takes the graver severity, the higher score and the places of the others,
    whose checks stand in its evidence. Findings with `info` never join graver ones away.
    """
    place = {name: number for number, name in enumerate(order)}
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.severity is Severity.INFO, place[f.check], -f.score, f.id)):
        match = next((k for k, other in enumerate(kept) if _one_fault(other, finding)), None)
        if match is None:
            kept.append(finding)
        else:
            kept[match] = _merged(kept[match], finding)
    return tuple(sorted(kept, key=_position))


def _one_fault(one: Finding, other: Finding) -> bool:
    if one.id == other.id:
        return True
    if one.severity is Severity.INFO or other.severity is Severity.INFO:
        return one.check == other.check and one.source == other.source and one.target == other.target
    source, target = _share(one.source, other.source), _share(one.target, other.target)
    if one.places or other.places:  # a fault with many places is a fault of the whole rendering, unless it is the same
        known = [share for share in (source, target) if share is not None]
        return one.check != other.check and source is not None and min(known) >= SHARED
    if source is None and target is None:
        return False
    return max(source or 0.0, target or 0.0) >= SHARED and 0.0 not in {source, target}


def _share(one: Quoted | None, other: Quoted | None) -> float | None:
    """Overlap as a share of the shorter span, None where one of them has none."""
    if one is None or other is None:
        return None
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / min(one.end - one.start, other.end - other.start)


def _merged(first: Finding, other: Finding) -> Finding:
    also = sorted({*first.evidence.get("also", ()), other.check} - {first.check})
    places = tuple(dict.fromkeys((*first.places, *other.places)))
    return replace(
        first,
        severity=max(first.severity, other.severity, key=lambda s: RANK[s]),
        score=max(first.score, other.score),
        source=_whole(first, other),
        target=first.target or other.target,
        places=_without(places, first),
        evidence={**first.evidence, "also": also} if also else first.evidence,
    )


def _whole(first: Finding, other: Finding) -> Quoted | None:
    """The words of the letter that both are about; of two omissions the longer where it holds the shorter."""
    one, two = first.source, other.source
    if one and two and first.target is None and other.target is None and two.start <= one.start and one.end <= two.end:
        more = two.text[: one.start - two.start] + two.text[len(two.text) - (two.end - one.end) :]
        return two if any(c.isalnum() for c in more) else one
    return one or two


def _without(places: tuple[Place, ...], finding: Finding) -> tuple[Place, ...]:
    own = {(side, q.start, q.end) for side, q in (("source", finding.source), ("target", finding.target)) if q}
    return tuple(place for place in places if (place.side, place.start, place.end) not in own)


def _position(finding: Finding) -> tuple[int, int, str]:
    first = finding.target or finding.source
    other = finding.source or finding.target
    return (first.start if first else -1, other.start if other else -1, finding.id)
