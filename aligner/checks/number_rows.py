"""The table of numbers: each number of the letter with its place in every rendering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from aligner.checks.context import Context
from aligner.checks.number_sides import Side, compared, evidence_of, sides_of
from aligner.comparison import Row
from aligner.model import Place, Quoted
from aligner.text.quantities import Quantity, same


@dataclass
class _Number:
    """One number of the letter while its row is gathered."""

    source: Quoted
    values: list[object] = field(default_factory=list)
    forms: list[Place] = field(default_factory=list)
    theirs: dict[str, list[object]] = field(default_factory=dict)
    differing: set[str] = field(default_factory=set)


def tabulate(context: Context) -> Iterator[Row]:
    """One row per number, date or duration of the letter; the parts of a date are one row.

    A rendering without a counterpart has no form and does not count in the score, which is the share
    of the others whose value differs.
    """
    rows: dict[tuple[int, int], _Number] = {}
    for rendering in context.renderings:
        for unit in rendering.units:
            source, target = sides_of(unit)
            meant = {s: t for _, s, t in compared(source, target)[2]}
            for quantity in source.found:
                quoted = source.quoted(quantity)
                if quoted is None or not quantity.sure:
                    continue
                row = rows.setdefault((quoted.start, quoted.end), _Number(quoted))
                value = evidence_of(quantity)["value"]
                if value not in row.values:
                    row.values.append(value)
                equal = [t for t in target.found if same(quantity, t)]
                found = min(equal, key=lambda t: t.scale is not quantity.scale) if equal else meant.get(quantity)
                if found is not None:
                    _add(row, rendering.id, target, found, differs=not equal)
    for key in sorted(rows):
        row = rows[key]
        score = len(row.differing) / max(1, len(row.theirs))
        evidence = {"value": row.values[0] if len(row.values) == 1 else row.values, "values": row.theirs}
        yield Row("numbers", (row.source,), tuple(row.forms), score, evidence)


def _add(row: _Number, rendering: str, target: Side, found: Quantity, *, differs: bool) -> None:
    quoted = target.quoted(found)
    if quoted is None:
        return
    place = Place(rendering, "target", quoted.start, quoted.end, quoted.text)
    values = row.theirs.setdefault(rendering, [])
    for other in [p for p in row.forms if p.rendering == rendering and p.start < place.end and place.start < p.end]:
        # The day and the month of one date, shown with what stands beside them: one place.
        row.forms.remove(other)
        start, end = min(place.start, other.start), max(place.end, other.end)
        place = Place(rendering, "target", start, end, target.passage.document[start:end])
    row.forms.append(place)
    if (value := evidence_of(found)["value"]) not in values:
        values.append(value)
    if differs:
        row.differing.add(rendering)
