"""A campaign of Pearmut: the renderings side by side, with reviewers' spans or findings already marked.

An item holds one or more sentences of the letter: those that any rendering joins. Spans are UTF-16
units with an inclusive end. Pearmut shows texts as HTML: `<` and `>` are replaced by `LOOKALIKES`, one
character for one, so that nothing is lost or run and offsets stay. Reading back is in
`reading/pearmut.py`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.errors import AlignmentError
from aligner.formats.base import LetterExport, RenderingExport
from aligner.formats.mqm.judged import display
from aligner.formats.texts import SEPARATOR, flat
from aligner.formats.traced import Traced, Traces
from aligner.formats.units import Texts
from aligner.model import Quoted, Severity
from aligner.review.typologies import load

LOOKALIKES = str.maketrans("<>&", "‹›＆")
PROTOCOLS = ("MQM", "ESA")


@dataclass(frozen=True, slots=True)
class PearmutOptions:
    """What a campaign asks for and shows.

    `protocol` is `MQM` (spans with category and severity) or `ESA` (spans with severity, and a score);
    `typology` names the categories of MQM. `findings` marks what the checks found where no reviewer has
    marked anything; `campaign` is the campaign's id, by default the letter's.
    """

    protocol: str = "ESA"
    typology: str = "mqm-core"
    findings: bool = False
    campaign: str = ""

    def __post_init__(self) -> None:
        if self.protocol not in PROTOCOLS:
            raise AlignmentError(f"protocol is {self.protocol!r}", hint=f"one of {', '.join(PROTOCOLS)}")
        load(self.typology)


@dataclass(frozen=True, slots=True)
class Item:
    """Sentences of the letter that belong together, with each rendering's text: `(rendering, text)`."""

    ids: tuple[str, ...]
    source: Traced
    targets: tuple[tuple[RenderingExport, Traced], ...]


def export_pearmut(export: LetterExport, options: PearmutOptions) -> bytes:
    """The campaign of an export: one document, one task, for one reviewer at a time."""
    info: dict[str, Any] = {"assignment": "task-based", "protocol": options.protocol}
    if options.protocol == "MQM":
        typology = load(options.typology)
        categories: dict[str, list[str]] = {}
        for category in typology.categories:
            dimension, _, kind = display(category.id, options.typology).partition("/")
            categories.setdefault(dimension, []).extend([kind] if kind else [])
        info |= {"mqm_categories": categories, "mqm_severities": list(typology.order)}
    document = [_item(item, options) for item in items(export)]
    campaign = {
        "info": info,
        "campaign_id": options.campaign or flat(export.letter.id),
        "data": [[document]] if document else [],
    }
    return (json.dumps(campaign, ensure_ascii=False, indent=1) + "\n").encode()


def items(export: LetterExport) -> tuple[Item, ...]:
    """The items of an export, in the order of the letter; those that no rendering has are left out."""
    groups = list(_groups(export))
    sides = [(each, *_texts(export, each, groups)) for each in export.renderings]
    found = []
    for number, group in enumerate(groups):
        targets = tuple((each, joined(texts[number], SEPARATOR)) for each, _, texts in sides)
        if any(text.text for _, text in targets):
            segments = export.letter.segments[group[0] : group[-1] + 1]
            reading = [sides[0][1].absent(segment) for segment in segments]
            found.append(Item(tuple(segment.id for segment in segments), joined(reading, " "), targets))
    return tuple(found)


def shown(text: str) -> str:
    """`text` as Pearmut gets it, of the same length.

    >>> shown("a <b> & c")
    'a ‹b› ＆ c'
    """
    return text.translate(LOOKALIKES)


def units16(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch `[start, end)` of `text` in UTF-16 units, end inclusive.

    >>> units16("a👍b", 1, 2), units16("a👍b", 2, 3)
    ((1, 2), (3, 3))
    """
    before = len(text[:start].encode("utf-16-le")) // 2
    return before, before + len(text[start:end].encode("utf-16-le")) // 2 - 1


def _groups(export: LetterExport) -> Iterator[list[int]]:
    """Positions of the letter's segments that some rendering joins in one link, and those between them."""
    starts = [segment.start for segment in export.letter.segments]
    reach = list(range(len(starts)))
    for rendering in export.renderings:
        by_id = {segment.id: segment for segment in rendering.alignment.source_segments}
        for link in rendering.alignment.links:
            # By offset: an alignment made with another segmentation still lands in the right sentences.
            places = [max(0, bisect_right(starts, by_id[name].start) - 1) for name in link.source]
            reach[min(places)] = max(reach[min(places)], max(places))
    group: list[int] = []
    last = -1
    for place, end in enumerate(reach):
        if group and place > last:
            yield group
            group = []
        group.append(place)
        last = max(last, end)
    if group:
        yield group


def _texts(
    export: LetterExport, rendering: RenderingExport, groups: Sequence[Sequence[int]]
) -> tuple[Traces, list[list[Traced]]]:
    """What the rendering has for each group, in the order of the article."""
    texts = Texts(export.letter, rendering.alignment)
    traces = Traces(export.letter, texts)
    starts = [export.letter.segments[group[0]].start for group in groups]
    found: list[list[Traced]] = [[] for _ in groups]
    for link in sorted(rendering.alignment.links, key=lambda item: texts.target(item)[0].start):
        found[max(0, bisect_right(starts, texts.source(link)[0].start) - 1)].append(traces.target(link))
    return traces, found


def joined(texts: Sequence[Traced], between: str) -> Traced:
    """Traced texts one after the other, with `between` between them."""
    text = ""
    offsets: list[int] = []
    for each in texts:
        if text and each.text:
            text += between
            offsets += [-1] * len(between)
        text += each.text
        offsets += each.offsets
    return Traced(text, tuple(offsets), tuple(piece for each in texts for piece in each.pieces))


def _item(item: Item, options: PearmutOptions) -> dict[str, Any]:
    names = [flat(rendering.id) for rendering, _ in item.targets]
    value: dict[str, Any] = {
        "src": shown(item.source.text),
        # Pearmut cannot show a text of nothing: an omission is a place of its own.
        "tgt": {name: shown(text.text) or "∅" for name, (_, text) in zip(names, item.targets, strict=True)},
        "item_id": "+".join(item.ids),
    }
    spans = {
        name: list(_spans(rendering, text, options))
        for name, (rendering, text) in zip(names, item.targets, strict=True)
    }
    if any(spans.values()):
        value["error_spans"] = spans
    return value


def _grade(severity: str, typology: str) -> str:
    """The severity as the campaign offers it: ESA has no critical errors, and nobody may be shown what is not offered.

    >>> _grade("critical", "esa"), _grade("critical", "mqm-core"), _grade("neutral", "esa")
    ('major', 'critical', 'minor')
    """
    order = load(typology).order
    if severity in order:
        return severity
    return "major" if severity == "critical" and "major" in order else order[0]


def _spans(rendering: RenderingExport, text: Traced, options: PearmutOptions) -> Iterator[dict[str, Any]]:
    typology = options.typology if options.protocol == "MQM" else "esa"
    marks: list[tuple[tuple[Quoted, ...], str, str]] = [
        (error.target, error.category, _grade(error.severity, typology)) for error in rendering.annotations
    ]
    if options.findings and not rendering.annotations:
        grade = load(typology).of_finding
        marks += [
            ((finding.target,), finding.category, grade(finding.severity))
            for finding in rendering.findings
            if finding.target and finding.severity is not Severity.INFO
        ]
    if not text.pieces:
        return
    first, last = min(piece.start for piece in text.pieces), max(piece.end for piece in text.pieces)
    marks = [mark for mark in marks if any(span.start < last and first < span.end for span in mark[0])]
    for spans, category, severity in marks:
        for span in spans:
            if place := text.find(span):
                start, end = units16(text.text, *place)
                found: dict[str, Any] = {"start_i": start, "end_i": end, "severity": severity}
                if options.protocol == "MQM" and category:
                    found["category"] = display(category, options.typology)
                yield found
