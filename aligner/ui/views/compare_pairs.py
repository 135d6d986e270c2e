"""Pairs of renderings on the Compare page: how far each sentence varies, and the wording that two share."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from aligner.comparison import Row, Sharing
from aligner.model import Place, Severity
from aligner.ui.views.compare_places import Mark, Setting
from aligner.ui.views.findings import GRAVEST, target_rows

Json = dict[str, Any]


def variation(setting: Setting) -> Json:
    """Bars by sentence; `values[i]` are `[wording, meaning]` (0 to 1) of `pairs[i]`, None where one is missing.

    Several measured segments may lie in one sentence of the letter: the bar is their mean. `mean` is that of all
    pairs, `marks` name each rendering's gravest finding in the sentence, when it is graver than minor.
    """
    pairs = _pairs(setting, [pair.renderings for each in setting.comparison.variation for pair in each.pairs])
    bars = []
    found = _by_sentence(setting)
    graves = _graves(setting)
    for number in range(1, len(setting.letter.segments) + 1):
        values = [_mean(found.get((number, pair), [])) for pair in pairs]
        marks = {name: graves[name, number] for name in setting.made if (name, number) in graves}
        mean = _mean([value for value in values if value])
        bars.append({"values": values, "mean": mean, "marks": marks})
    return {"pairs": [list(pair) for pair in pairs], "bars": bars if pairs else []}


def _by_sentence(setting: Setting) -> dict[tuple[int, tuple[str, ...]], list[Sequence[float]]]:
    found: dict[tuple[int, tuple[str, ...]], list[Sequence[float]]] = {}
    for each in setting.comparison.variation:
        number = setting.sentence(each.source)
        for pair in each.pairs:
            names = _in_order(setting, pair.renderings)
            found.setdefault((number, names), []).append((pair.wording, pair.meaning))
    return found


def _mean(values: Sequence[Sequence[float]]) -> list[float] | None:
    return [round(fmean(part), 4) for part in zip(*values, strict=True)] if values else None


def _graves(setting: Setting) -> dict[tuple[str, int], str]:
    """The gravest severity above minor in each rendering's sentence."""
    found: dict[tuple[str, int], str] = {}
    for name, made in setting.made.items():
        for item in made.alignment.findings:
            severity = item.severity.value
            if severity in ("info", "minor"):
                continue
            source, target = item.source, item.target
            rows = target_rows(target, setting.beside[name]) if target else ()
            for number in (setting.sentence(source),) if source else rows[:1]:
                best = found.get((name, number), severity)
                found[name, number] = min(best, severity, key=GRAVEST.index)
    return found


def sharing(setting: Setting) -> list[Json]:
    """One value per pair with its runs of shared wording, the longest first, and what the map between them needs."""
    rows = [row for row in setting.comparison.rows if row.kind == "shared"]
    stated = {_in_order(setting, each.renderings): each for each in setting.comparison.sharing}
    named = [each.renderings for each in setting.comparison.sharing]
    pairs = _pairs(setting, [*named, *(names for row in rows for names in _renderings(row))])
    return [_shared(setting, pair, stated.get(pair), rows) for pair in pairs]


def _shared(setting: Setting, pair: tuple[str, ...], stated: Sharing | None, rows: Sequence[Row]) -> Json:
    runs = [run for row in rows if (run := _run(setting, pair, row))]
    runs.sort(key=lambda run: (-run["characters"], run["places"][0]))
    found: Json = {"renderings": list(pair), "runs": runs, "lanes": [_lane(setting, name) for name in pair]}
    if stated:
        found["summary"] = {
            "runs": stated.runs,
            "shares": [stated.shares.get(name, 0.0) for name in pair],
            "dates": [stated.dates.get(name) or "" for name in pair],
            "earlier": stated.earlier,
        }
    return found


def _run(setting: Setting, pair: tuple[str, ...], row: Row) -> Json | None:
    if pair not in {_in_order(setting, names) for names in _renderings(row)}:
        return None
    places = [setting.forms(row.forms, name) for name in pair]
    if not all(places):
        return None
    first = [own[0] for own in places]
    return {
        "text": first[0].text,
        "other": first[1].text,
        "characters": row.evidence.get("characters", len(first[0].text)),
        "kind": row.evidence.get("kind", ""),
        "sentence": setting.place(first[0]),
        "places": [[own.start, own.end] for own in first],
        "mark": _both(setting, pair, first),
    }


def _both(setting: Setting, pair: Sequence[str], places: Sequence[Place]) -> Mark | None:
    """The milder of the two renderings' gravest errors, when each has one: what they share is wrong in both."""
    marks = [setting.found_at(name, [place]) for name, place in zip(pair, places, strict=True)]
    found = [mark for mark in marks if mark and mark["severity"] != Severity.INFO.value]
    return max(found, key=lambda mark: GRAVEST.index(mark["severity"])) if len(found) == len(pair) else None


def _lane(setting: Setting, rendering: str) -> Json:
    """The linked segments of an article as `[start, end, mode]`, between the first and the last of them."""
    blocks = [
        [segment.start, segment.end, piece.link.mode.value]
        for cell in setting.cells[rendering]
        for piece in cell.pieces
        for segment in piece.segments
    ]
    unique = sorted({(start, end): mode for start, end, mode in blocks}.items())
    spans = [[start, end, mode] for (start, end), mode in unique]
    return {
        "start": min((span[0] for span in spans), default=0),
        "end": max((span[1] for span in spans), default=1),
        "blocks": spans,
    }


def _renderings(row: Row) -> list[Sequence[str]]:
    """The pairs that a row of shared wording is about."""
    named = row.evidence.get("renderings") or list(dict.fromkeys(place.rendering for place in row.forms))
    return [(a, b) for i, a in enumerate(named) for b in named[i + 1 :]]


def _in_order(setting: Setting, names: Sequence[str]) -> tuple[str, ...]:
    order = list(setting.made)
    return tuple(sorted(names, key=lambda name: order.index(name) if name in order else len(order)))


def _pairs(setting: Setting, named: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Distinct pairs of renderings that are shown, as the columns stand."""
    order = list(setting.made)
    found = {_in_order(setting, names) for names in named if set(names) <= set(order)}
    return sorted(found, key=lambda pair: [order.index(name) for name in pair])
