"""What all parts of the Compare page ask: in which sentence words stand, and whether a finding lies there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aligner.comparison import Comparison
from aligner.model import Finding, Letter, Place, Quoted
from aligner.ui.views.findings import GRAVEST, source_rows, target_rows
from aligner.ui.views.placement import Beside, Cell, beside
from aligner.ui.views.versions import Made

Mark = dict[str, Any]
"""A finding as a mark says it: `severity`, `messages` by language, and its name in the address of the Read page."""


@dataclass(frozen=True)
class Setting:
    """The letter with the renderings that are compared, by id and in the order of the columns."""

    letter: Letter
    made: Mapping[str, Made]
    cells: Mapping[str, tuple[Cell, ...]]
    chips: Mapping[str, str]
    comparison: Comparison

    @cached_property
    def beside(self) -> Mapping[str, Beside]:
        """Each rendering's segments with the rows that they stand beside."""
        return {name: beside(cells) for name, cells in self.cells.items()}

    def sentence(self, span: Quoted) -> int:
        """The number (from 1) of the first sentence that a stretch of the letter touches, else of the one before."""
        if rows := source_rows(span, self.letter.segments):
            return rows[0]
        return max((n for n, row in enumerate(self.letter.segments, 1) if row.start <= span.start), default=1)

    def place(self, place: Place) -> int:
        """The number (from 1) of the letter's sentence that a place belongs to."""
        if place.side == "source":
            return self.sentence(Quoted(place.start, place.end, place.text))
        return target_rows(place, self.beside[place.rendering])[0]

    def rendered(self, rendering: str, spans: Iterable[Quoted]) -> bool:
        """Whether any sentence that these stretches of the letter touch has a rendering."""
        return any(self.cells[rendering][self.sentence(span) - 1].pieces for span in spans)

    def forms(self, places: Iterable[Place], rendering: str) -> list[Place]:
        """Those of `places` that stand in the article of `rendering`, in its order."""
        own = (place for place in places if place.rendering == rendering and place.side == "target")
        return sorted(own, key=lambda place: (place.start, place.end))

    def found_at(self, rendering: str, places: Iterable[Place | Quoted]) -> Mark | None:
        """The gravest finding whose words in the article of `rendering` overlap any of `places`."""
        spans = [(place.start, place.end) for place in places]
        found = [
            item
            for start, end, item in self._found[rendering]
            if any(start < other_end and other_start < end for other_start, other_end in spans)
        ]
        return self._named(rendering, gravest(found))

    def missed_at(self, rendering: str, spans: Iterable[Quoted]) -> Mark | None:
        """The gravest finding that says that words of the letter over `spans` have no counterpart in `rendering`."""
        wanted = list(spans)
        found = [
            item
            for item in self.made[rendering].alignment.findings
            if item.source
            and not item.target
            and any(item.source.start < span.end and span.start < item.source.end for span in wanted)
        ]
        return self._named(rendering, gravest(found))

    def _named(self, rendering: str, found: Finding | None) -> Mark | None:
        """A finding as a mark; one of several renderings at once has no address on the Read page."""
        if found is None:
            return None
        own = any(item is found for item in self.made[rendering].alignment.findings)
        name = f"{rendering}.{found.id}" if own else ""
        return {"severity": found.severity.value, "messages": dict(found.messages), "finding": name}

    @cached_property
    def _found(self) -> dict[str, list[tuple[int, int, Finding]]]:
        """Each rendering's findings by the stretches of its article that they name."""
        found: dict[str, list[tuple[int, int, Finding]]] = {}
        for name, made in self.made.items():
            own = made.alignment.findings
            found[name] = [(item.target.start, item.target.end, item) for item in own if item.target]
            found[name] += [
                (place.start, place.end, item)
                for item in (*own, *self.comparison.findings)
                for place in self.forms(item.places, name)
            ]
        return found


def gravest(findings: Iterable[Finding]) -> Finding | None:
    """The gravest of some findings, the first of equals; None when there is none.

    >>> gravest([]) is None
    True
    """
    return min(findings, key=lambda item: GRAVEST.index(item.severity.value), default=None)


def graver(marks: Iterable[Mark | None]) -> Mark | None:
    """The gravest of several marks, None when there is none."""
    return min((mark for mark in marks if mark), key=lambda mark: GRAVEST.index(mark["severity"]), default=None)
