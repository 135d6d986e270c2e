"""Errors and scores of a letter's renderings for the Compare page: the reviewers', and apart the program's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aligner.model import Finding, Severity
from aligner.pipeline.scoring import Scored, ScoredRendering
from aligner.review.figures import Figure
from aligner.review.typologies import Typology

Json = dict[str, Any]

WHOSE = ("mean", "published")
"""Lines of scores that are nobody's own: the mean of the reviewers, and what holds after adjudication."""


def scores(each: Sequence[ScoredRendering], published: Sequence[ScoredRendering], typology: Typology) -> list[Json]:
    """One value per line of scores (the reviewers' mean, each reviewer, what is published), with all renderings.

    `columns` are by rendering id; a rendering that this reviewer did not judge is missing there. In the mean, one that
    a single reviewer judged stands as this one judged it.
    """
    lines: dict[str, dict[str, Json]] = {}
    for made in (*each, *published):
        for row in made.rows:
            lines.setdefault(row.of, {})[made.rendering] = _column(row, made.rendered, typology)
    for made in each if "mean" in lines else ():
        if len(made.rows) == 1:
            lines["mean"][made.rendering] = lines[made.rows[0].of][made.rendering]
    order = sorted(lines, key=lambda of: (WHOSE.index(of) * 2 if of in WHOSE else 1, of))
    return [{"of": of, "whose": of if of in WHOSE else "", "columns": lines[of]} for of in order]


def _column(row: Scored, rendered: int, typology: Typology) -> Json:
    found: Json = {"judged": row.judged, "rendered": rendered, "profile": []}
    if row.council:
        found |= {
            "words": row.council.length,
            "errors": row.council.errors,
            "points": row.council.points,
            "rate": figure(row.council.penalty_rate),
            "profile": [
                {
                    "category": item.category,
                    "parts": parts(item.category),
                    "names": _names(item.category, typology),
                    "severity": form(item.severity, typology),
                    "count": item.count,
                    "rate": figure(rate),
                }
                for item, rate in zip(row.council.profile, row.council.profile_rates, strict=True)
            ],
        }
    if row.esa:
        found["esa"] = figure(row.esa)
    return found


def figure(value: Figure) -> Json | None:
    """A number with its interval and what it rests on; None where there is none."""
    if value.value is None:
        return None
    between = value.interval
    found: Json = {"value": round(value.value, 2), "n": value.n}
    return found | ({"low": round(between.low, 2), "high": round(between.high, 2)} if between else {})


def form(severity: str, typology: Typology) -> str:
    """The severity of findings whose glyph stands for a grade."""
    grade = typology.severity(severity)
    return grade.findings[-1].value if grade.findings else Severity.INFO.value


def parts(category: str) -> list[str]:
    """`accuracy/mistranslation` as the keys of its parts' names."""
    return [part.strip().replace(" ", "_") for part in category.split("/")]


def _names(category: str, typology: Typology) -> dict[str, str]:
    known = next((each for each in typology.categories if each.id == category), None)
    return dict(known.names) if known else {}


def open_profile(findings: Mapping[str, Iterable[Finding]], judged: Mapping[str, frozenset[str]]) -> dict[str, Json]:
    """What the checks found and nobody judged, by rendering, category and severity; information is no error."""
    found = {}
    for name, own in findings.items():
        waiting = [item for item in own if item.id not in judged.get(name, ()) and item.severity is not Severity.INFO]
        counts = Counter((item.category, item.severity.value) for item in waiting)
        found[name] = {
            "errors": len(waiting),
            "profile": [
                {"category": category, "parts": parts(category), "names": {}, "severity": severity, "count": count}
                for (category, severity), count in sorted(counts.items())
            ],
        }
    return found
