"""What the checks found, for the Read page: a list, the spans to underline, and where each belongs.

A finding is named by its number in the list, since ids are unique in one rendering alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from aligner.model import Alignment, Finding, Place, Quoted, Segment, Severity
from aligner.ui.views.placement import Beside, Cell, beside, touched
from aligner.ui.views.proof import lines
from aligner.ui.views.runs import Stretch

GRAVEST = tuple(severity.value for severity in reversed(Severity))
"""Severities, the gravest first."""

SENTENCES_PER_INFO = 4
"""With more findings of severity `info` than one to this many sentences, they are hidden at first."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One finding with the rendering it is about and the rows (from 1) it stands in."""

    rendering: str
    finding: Finding
    rows: tuple[int, ...]


def listed(letter: Sequence[Segment], made: Mapping[str, tuple[Alignment, Sequence[Cell]]]) -> tuple[Listed, ...]:
    """Every finding of every rendering, by row, the gravest first in each."""
    found = [
        Listed(name, finding, rows_of(finding, letter, there))
        for name, (alignment, cells) in made.items()
        for there in (beside(cells),)
        for finding in alignment.findings
    ]
    order = list(made)

    def key(item: Listed) -> tuple[int, int, int, int, str]:
        spans = [quoted.start for quoted in (item.finding.source, item.finding.target) if quoted]
        grave = GRAVEST.index(item.finding.severity.value)
        return item.rows[0], grave, order.index(item.rendering), min(spans, default=0), item.finding.id

    return tuple(sorted(found, key=key))


def rows_of(finding: Finding, letter: Sequence[Segment], there: Beside) -> tuple[int, ...]:
    """The rows (from 1) of a finding: those of its words in the letter, else of its words in the article."""
    if finding.source and (rows := source_rows(finding.source, letter)):
        return rows
    return target_rows(finding.target, there) if finding.target else (1,)


def source_rows(span: Quoted | Place, letter: Sequence[Segment]) -> tuple[int, ...]:
    """The rows (from 1) that a span of the letter's document touches; none for a span between them."""
    return tuple(touched(span, letter))


def target_rows(span: Quoted | Place, there: Beside) -> tuple[int, ...]:
    """The rows (from 1) whose rendering a span of the article touches, else the one it follows, or leads to."""
    # No two segments overlap, so that their ends stand in order too.
    first = bisect_right(there, span.start, key=itemgetter(1))
    last = bisect_left(there, span.end, key=itemgetter(0))
    if rows := {row for _, _, row in there[first:last]}:
        return tuple(sorted(rows))
    before = bisect_right(there, span.start, key=itemgetter(0))
    return (there[max(before - 1, 0)][2] if there else 1,)


def stretches(items: Sequence[Listed], side: str, rendering: str | None = None) -> list[Stretch]:
    """What to mark on one side: of the letter (`source`), or of one rendering's article (`target`)."""
    found = []
    for number, item in enumerate(items):
        span = item.finding.source if side == "source" else item.finding.target
        if span and (rendering is None or item.rendering == rendering):
            found.append(Stretch(span.start, span.end, number))
        found += [
            Stretch(place.start, place.end, number, place=True)
            for place in item.finding.places
            if place.side == side and (rendering is None or place.rendering == rendering)
        ]
    return found


def shown(items: Sequence[Listed], letter: Sequence[Segment], cells: Mapping[str, Sequence[Cell]],
          chips: Mapping[str, str]) -> list[dict[str, Any]]:  # fmt: skip
    """The findings as the page lists them."""
    there = {name: beside(each) for name, each in cells.items()}
    return [
        {
            "id": item.finding.id,
            "rendering": item.rendering,
            "severity": item.finding.severity.value,
            "category": [part.strip().replace(" ", "_") for part in item.finding.category.split("/")],
            "messages": dict(item.finding.messages),
            "source": item.finding.source.text if item.finding.source else "",
            "target": item.finding.target.text if item.finding.target else "",
            "rows": list(item.rows),
            "places": places(item.finding.places, letter, there),
            "proof": lines(item.finding, chips),
        }
        for item in items
    ]


def places(others: Iterable[Place], letter: Sequence[Segment], there: Mapping[str, Beside]) -> list[dict[str, Any]]:
    """Other places of a finding, those of one row and one side together."""
    groups: dict[tuple[int, str, str], list[Place]] = {}
    for place in others:
        if place.side != "source" and place.rendering not in there:
            continue
        rows = source_rows(place, letter) if place.side == "source" else target_rows(place, there[place.rendering])
        if rows:
            groups.setdefault((rows[0], place.rendering, place.side), []).append(place)
    return [
        {"row": row, "rendering": name, "side": side, "count": len(group), "text": group[0].text}
        for (row, name, side), group in sorted(groups.items(), key=lambda item: item[0])
    ]


def by_row(items: Sequence[Listed], rendering: str) -> dict[int, list[int]]:
    """The numbers of one rendering's findings by row (from 1)."""
    found: dict[int, list[int]] = {}
    for number, item in enumerate(items):
        if item.rendering == rendering:
            for row in item.rows:
                found.setdefault(row, []).append(number)
    return found


def severities(items: Iterable[Listed]) -> dict[str, int]:
    """How many findings are of each severity, the gravest first; those there are not are left out."""
    number = Counter(item.finding.severity.value for item in items)
    return {name: number[name] for name in GRAVEST if number[name]}


def in_bins(bins: Sequence[Mapping[str, Any]], items: Sequence[Listed], rendering: str) -> list[dict[str, int]]:
    """The severities of one rendering's findings in each cell of its strip."""
    own = [item for item in items if item.rendering == rendering]
    return [severities(i for i in own if any(bin_["first"] <= n <= bin_["last"] for n in i.rows)) for bin_ in bins]


def hides_info(items: Sequence[Listed], rows: int) -> bool:
    """Whether findings of severity `info` would drown the others."""
    return SENTENCES_PER_INFO * severities(items).get(Severity.INFO.value, 0) > rows
