"""The cells of the report's table: a sentence of the letter, and what a rendering has for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.formats.base import LetterExport, RenderingExport, number
from aligner.formats.remarks import Remarks
from aligner.formats.report.charts import sign, swatch
from aligner.formats.report.words import Html, Words, joined, tag
from aligner.formats.rows import Cell
from aligner.formats.texts import flat
from aligner.formats.traced import Traced, Traces
from aligner.formats.units import Unit
from aligner.model import AbsenceKind, Finding, Quoted, Segment, Severity, Status
from aligner.review.annotations import ErrorAnnotation

GRAVITY = ("neutral", "info", "minor", "major", "critical")


@dataclass(frozen=True)
class Column:
    """One rendering of the report: its cells, and what was said of them."""

    rendering: RenderingExport
    name: str
    cells: Sequence[Cell]
    remarks: Remarks
    traces: Traces
    information: bool = False
    findings: bool = True
    annotations: bool = True

    def found(self, unit: Unit) -> list[Finding]:
        """The findings of a link that the report shows."""
        shown = self.remarks.findings(unit.link) if self.findings else ()
        return [item for item in shown if self.information or item.severity is not Severity.INFO]

    def said(self, unit: Unit) -> Sequence[ErrorAnnotation]:
        """The errors of a link that reviewers marked."""
        return self.remarks.annotations(unit.link) if self.annotations else ()

    def loose(self) -> list[Finding | ErrorAnnotation]:
        """Findings and errors that the report shows and that belong to no link."""
        found = self.remarks.loose_findings if self.findings else []
        shown = [item for item in found if self.information or item.severity is not Severity.INFO]
        return [*shown, *(self.remarks.loose if self.annotations else ())]

    def missing(self, cell: Cell) -> list[Finding | ErrorAnnotation]:
        """Those of them that touch the sentence of a cell that no link renders."""
        loose = self.loose()
        if not loose:
            return []
        names = {item.source for item in cell.absences}
        segments = [item for item in self.rendering.alignment.source_segments if item.id in names]
        return [
            item
            for item in loose
            if any(span.start < part.end and part.start < span.end for span in sources(item) for part in segments)
        ]

    def elsewhere(self) -> list[Finding | ErrorAnnotation]:
        """Those that touch no sentence of the table: what they are about stands between the links."""
        shown = [item for cell in self.cells if not cell.units for item in self.missing(cell)]
        return [item for item in self.loose() if item not in shown]


def sources(item: Finding | ErrorAnnotation) -> tuple[Quoted, ...]:
    """Its places in the letter."""
    if isinstance(item, ErrorAnnotation):
        return item.source
    return (item.source,) if item.source else ()


def targets(item: Finding | ErrorAnnotation) -> tuple[Quoted, ...]:
    """Its places in the article."""
    if isinstance(item, ErrorAnnotation):
        return item.target
    return (item.target,) if item.target else ()


def note(item: Finding | ErrorAnnotation, say: Words) -> Html:
    """A finding or an error as a line."""
    return _error(item, say) if isinstance(item, ErrorAnnotation) else _finding(item, say)


def gravest(names: Iterable[str]) -> str:
    """The gravest severity; one of a team's own counts least."""
    return max(names, key=lambda name: GRAVITY.index(name) if name in GRAVITY else -1, default="")


def language(rendering: RenderingExport) -> str:
    """The language tag of a rendering's text."""
    return rendering.alignment.target.language


def target_cell(cell: Cell, index: int, firsts: dict[str, int], column: Column, say: Words) -> Html:
    """What a rendering has for one sentence, with its findings below; a joint link is shown at its first sentence."""
    if not cell.units:
        kind = cell.absent.value if cell.absent else ""
        touched = [note(item, say) for item in column.missing(cell)]
        notes = tag("ul", *touched, cls="notes") if touched else Html("")
        return tag("td", tag("span", say(kind) if kind else ""), notes, cls="absent" if kind == "omitted" else "out")
    parts: list[Html] = []
    for unit in cell.units:
        first = firsts.setdefault(unit.link.id, index)
        if first != index:
            parts.append(tag("p", say("continued", n=first + 1), cls="under"))
        else:
            parts += _unit(unit, column, say)
    return tag("td", *parts)


def source_cell(export: LetterExport, segment: Segment, index: int, columns: Sequence[Column], say: Words) -> Html:
    """A sentence of the letter: emendations marked, and words that a rendering lacks underlined with its name."""
    traces = columns[0].traces if columns else None
    text = traces.absent(segment) if traces else Traced(flat(export.letter.readings[index]), (), ())
    marks: list[tuple[int, int, str, str]] = []
    for column in columns:
        for absence in column.cells[index].absences:
            if absence.kind is not AbsenceKind.PARTIAL or absence.start is None or absence.end is None:
                continue
            if place := text.find(Quoted(absence.start, absence.end, absence.text or "")):
                marks.append((*place, "minor", column.name))
    changes = [e for e in export.letter.emendations if not e.rejected and segment.start <= e.start < segment.end]
    places = [(text.find(Quoted(e.start, e.end, e.text)), e) for e in changes]
    ends = {place[1] for place, _ in places if place}
    body = tag("div", _marked(text.text, marks, ends), cls="src", lang=export.letter.language)
    notes = [f"{e.replacement or '∅'}] {say('witness')} {e.text!r}" for e in changes]
    return tag("td", body, *(tag("span", note, cls="app") for note in notes))


def _unit(unit: Unit, column: Column, say: Words) -> list[Html]:
    text = column.traces.target(unit.link)
    findings, errors = column.found(unit), column.said(unit)
    marks = [
        (*place, severity, "")
        for spans, severity in (
            *(((item.target,) if item.target else (), item.severity.value) for item in findings),
            *((item.target, item.severity) for item in errors),
        )
        for span in spans
        if (place := text.find(span))
    ]
    body = tag("div", _marked(text.text, marks, set()), cls="tgt", lang=language(column.rendering))
    under = [tag("span", swatch(unit.link.mode.value), say(unit.link.mode.value), cls="mode")]
    under.append(tag("span", f"{say('confidence')} {unit.link.confidence:.2f}"))
    if unit.link.status is not Status.AUTO:
        under.append(tag("b" if unit.link.status is Status.CONFIRMED else "span", say(unit.link.status.value)))
    notes = [_finding(item, say) for item in findings] + [_error(item, say) for item in errors]
    notes += [_missing(words, say) for words in unit.missing]
    if column.annotations:
        notes += [
            tag("li", tag("span", score.reviewer, cls="who"), f" {number(score.score)} / 100")
            for score in column.remarks.scores(unit.link.id)
        ]
        notes += [
            tag("li", tag("span", item.reviewer, cls="who"), " ", flat(item.text))
            for item in column.remarks.comments(unit.link)
        ]
    made = [body, tag("div", *under, cls="under")]
    return made + ([tag("ul", *notes, cls="notes")] if notes else [])


def _finding(item: Finding, say: Words) -> Html:
    severity = item.severity.value
    message = item.messages.get(say.language) or item.messages.get("en", "")
    head = tag("span", say(severity), cls=f"sev sev-{severity}")
    between = "：" if say.language == "zh" else ": "
    middle = "，" if say.language == "zh" else ", "
    names = dict.fromkeys((say.kind(item.category), say.check(item.check)))  # often the same word
    kind = joined(*(f"{middle}{name}" for name in names), between)
    return tag("li", sign(severity), head, kind, flat(message), lang=say.tag)


def _error(item: ErrorAnnotation, say: Words) -> Html:
    parts: list[str] = [sign(item.severity), tag("span", item.reviewer, cls="who"), " "]
    parts.append(
        tag("span", say.known(item.severity), cls=f"sev sev-{item.severity if item.severity in GRAVITY else ''}")
    )
    if item.category:
        parts += [" ", say.kind(item.category)]
    if item.comment:
        parts += [": ", flat(item.comment)]
    if item.correction is not None:
        parts += [" ", say("suggested"), " ", tag("span", flat(item.correction), cls="q")]
    return tag("li", *parts)


def _missing(words: str, say: Words) -> Html:
    return tag("li", sign("info"), say("not_rendered"), " ", tag("span", words, cls="q", lang="en"))


def _marked(text: str, marks: Sequence[tuple[int, int, str, str]], emended: set[int]) -> Html:
    """The text cut where marks begin and end; where several lie, the gravest is drawn."""
    cuts = sorted({0, len(text), *emended, *(m[0] for m in marks), *(m[1] for m in marks)})
    parts: list[str] = []
    for place, start in enumerate(cuts):
        parts += [tag("sup", f"−{name}") for name in dict.fromkeys(m[3] for m in marks if m[1] == start and m[3])]
        if start in emended:
            parts.append(tag("span", "°", cls="em"))
        if place + 1 < len(cuts):
            end = cuts[place + 1]
            severity = gravest(m[2] for m in marks if m[0] <= start and end <= m[1])
            piece = text[start:end]
            known = severity if severity in GRAVITY else "info"
            parts.append(tag("mark", piece, cls=f"fx fx-{known}") if severity else piece)
    return joined(*parts)
