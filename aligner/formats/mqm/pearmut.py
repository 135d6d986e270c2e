"""A campaign of Pearmut: the renderings side by side, with reviewers' spans or findings already marked.

An item holds one or more sentences of the letter: those that any rendering joins. Spans are UTF-16
units with an inclusive end. Pearmut shows texts as HTML: `<` and `>` are replaced by `LOOKALIKES`, one
character for one, so that nothing is lost or run and offsets stay. Reading back is in
`reading/pearmut.py`.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.errors import AlignmentError
from aligner.formats.base import LetterExport, RenderingExport
from aligner.formats.mqm.judged import display
from aligner.formats.texts import SEPARATOR, flat
from aligner.formats.traced import Traced, Traces
from aligner.formats.units import Texts
from aligner.model import Link, Quoted, Severity
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


def pearmut_chunks(exports: Iterable[LetterExport], options: PearmutOptions) -> Iterator[bytes]:
    """The campaign of any number of letters: a task of one document for each, for one reviewer at a time."""
    info: dict[str, Any] = {"assignment": "task-based", "protocol": options.protocol}
    if options.protocol == "MQM":
        typology = load(options.typology)
        categories: dict[str, list[str]] = {}
        for category in typology.categories:
            dimension, _, kind = display(category.id, options.typology).partition("/")
            categories.setdefault(dimension, []).extend([kind] if kind else [])
        info |= {"mqm_categories": categories, "mqm_severities": list(typology.order)}
    written, head = False, b""
    for export in exports:
        if not written:
            campaign = {"info": info, "campaign_id": options.campaign or flat(export.letter.id), "data": []}
            head = json.dumps(campaign, ensure_ascii=False, indent=1).encode() + b"\n"
        between = b",\n  [\n   [\n" if written else head.removesuffix(b"]\n}\n") + b"\n  [\n   [\n"
        marks = {each.id: _Marks(each, options) for each in export.renderings}
        for item in items(export):
            text = json.dumps(_item(item, marks, options), ensure_ascii=False, indent=1)
            yield between + b"    " + text.replace("\n", "\n    ").encode()
            between, written = b",\n", True
        if between == b",\n":
            yield b"\n   ]\n  ]"
    yield b"\n ]\n}\n" if written else head


def items(export: LetterExport) -> Iterator[Item]:
    """The items of an export, in the order of the letter; those that no rendering has are left out."""
    groups = list(_groups(export))
    sides = [_Side(export, each, groups) for each in export.renderings]
    for number, group in enumerate(groups):
        targets = tuple((each.rendering, each.text(number)) for each in sides)
        if any(text.text for _, text in targets):
            segments = export.letter.segments[group[0] : group[-1] + 1]
            reading = [sides[0].traces.absent(segment) for segment in segments]
            yield Item(tuple(segment.id for segment in segments), joined(reading, " "), targets)


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


class _Side:
    """What a rendering has for each group, in the order of the article, traced when it is asked for."""

    def __init__(self, export: LetterExport, rendering: RenderingExport, groups: Sequence[Sequence[int]]) -> None:
        self.rendering = rendering
        texts = Texts(export.letter, rendering.alignment)
        self.traces = Traces(export.letter, texts)
        starts = [export.letter.segments[group[0]].start for group in groups]
        self._links: list[list[Link]] = [[] for _ in groups]
        for link in sorted(rendering.alignment.links, key=lambda item: texts.target(item)[0].start):
            self._links[max(0, bisect_right(starts, texts.source(link)[0].start) - 1)].append(link)

    def text(self, group: int) -> Traced:
        return joined([self.traces.target(link) for link in self._links[group]], SEPARATOR)


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


def _item(item: Item, marks: Mapping[str, _Marks], options: PearmutOptions) -> dict[str, Any]:
    names = [flat(rendering.id) for rendering, _ in item.targets]
    value: dict[str, Any] = {
        "src": shown(item.source.text),
        # Pearmut cannot show a text of nothing: an omission is a place of its own.
        "tgt": {name: shown(text.text) or "∅" for name, (_, text) in zip(names, item.targets, strict=True)},
        "item_id": "+".join(item.ids),
    }
    spans = {
        name: list(_spans(marks[rendering.id], text, options))
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


class _Marks:
    """What is marked beforehand in a rendering, by place."""

    def __init__(self, rendering: RenderingExport, options: PearmutOptions) -> None:
        typology = options.typology if options.protocol == "MQM" else "esa"
        marks = [
            (span, error.category, _grade(error.severity, typology))
            for error in rendering.annotations
            for span in error.target
        ]
        if options.findings and not rendering.annotations:
            grade = load(typology).of_finding
            marks += [
                (finding.target, finding.category, grade(finding.severity))
                for finding in rendering.findings
                if finding.target and finding.severity is not Severity.INFO
            ]
        self._marks = sorted(enumerate(marks), key=lambda mark: mark[1][0].start)
        self._starts = [span.start for _, (span, _, _) in self._marks]
        self._longest = max((span.end - span.start for span, _, _ in marks), default=0)

    def inside(self, start: int, end: int) -> list[tuple[Quoted, str, str]]:
        """Span, category and severity of those that touch `[start, end)` of the article, in the order given."""
        some = self._marks[bisect_left(self._starts, start - self._longest) : bisect_left(self._starts, end)]
        return [mark for _, mark in sorted((m for m in some if start < m[1][0].end), key=lambda m: m[0])]


def _spans(marks: _Marks, text: Traced, options: PearmutOptions) -> Iterator[dict[str, Any]]:
    if not text.pieces:
        return
    first, last = min(piece.start for piece in text.pieces), max(piece.end for piece in text.pieces)
    for span, category, severity in marks.inside(first, last):
        if place := text.find(span):
            start, end = units16(text.text, *place)
            found: dict[str, Any] = {"start_i": start, "end_i": end, "severity": severity}
            if options.protocol == "MQM" and category:
                found["category"] = display(category, options.typology)
            yield found
