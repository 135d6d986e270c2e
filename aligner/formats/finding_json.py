"""Findings as JSON, alone or in an alignment file, and the values that both are made of."""

from __future__ import annotations

from typing import Any

from aligner.errors import AlignmentError
from aligner.model import Finding, Place, Quoted, Residue, Segment, Severity

PLACES = 4
"""Digits kept of confidences and scores."""

Json = dict[str, Any]


def finding_json(finding: Finding) -> Json:
    """A finding as it stands in alignment files."""
    return {
        "id": finding.id,
        "check": finding.check,
        "category": finding.category,
        "severity": finding.severity.value,
        "source": stretch(finding.source) if finding.source else None,
        "target": stretch(finding.target) if finding.target else None,
        "places": [{"rendering": p.rendering, "side": p.side, **stretch(p)} for p in finding.places],
        "score": rounded(finding.score),
        "messages": ordered(finding.messages),
        "evidence": ordered(finding.evidence),
    }


def read_finding(data: Json) -> Finding:
    """The finding that `finding_json` made `data` of; raises AlignmentError on spans that lie."""
    return Finding(
        id=data["id"],
        check=data["check"],
        category=data["category"],
        severity=Severity(data["severity"]),
        source=Quoted(*offsets(data["source"])) if data["source"] else None,
        target=Quoted(*offsets(data["target"])) if data["target"] else None,
        score=data["score"],
        messages=data["messages"],
        places=tuple(Place(place["rendering"], place["side"], *offsets(place)) for place in data["places"]),
        evidence=data["evidence"],
    )


def stretch(value: Segment | Residue | Place | Quoted) -> Json:
    """Where something stands, with its text."""
    return {"start": value.start, "end": value.end, "text": value.text}


def rounded(number: float) -> float:
    """A confidence or score with the digits that are kept."""
    return round(float(number), PLACES)


def ordered(value: Any) -> Any:
    """A free-form value as plain JSON, its objects sorted by key at every depth."""
    if isinstance(value, dict):
        return {str(key): ordered(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [ordered(item) for item in value]
    return value


def offsets(data: Json) -> tuple[int, int, str]:
    """What `stretch` wrote; raises AlignmentError when the text does not fit the offsets."""
    start, end, text = data["start"], data["end"], data["text"]
    if end - start != len(text):
        raise AlignmentError(f"[{start}, {end}) does not fit its text of {len(text)} characters")
    return start, end, text
