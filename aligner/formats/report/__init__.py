"""An HTML report: one file that anyone can open offline, read without a script, and print.

words.py      messages in English and Chinese, HTML with every text escaped
charts.py     drawings as SVG with their text alternatives
cells.py      the cells of the side-by-side table
report.css    how it looks, on screen and on paper
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import aligner
from aligner.formats.base import LetterExport, LinkFilter, number
from aligner.formats.remarks import Remarks
from aligner.formats.report import charts
from aligner.formats.report.about import legend, method
from aligner.formats.report.cells import GRAVITY, Column, gravest, language, note, source_cell, target_cell, targets
from aligner.formats.report.words import Html, Words, joined, opened, tag
from aligner.formats.rows import cells
from aligner.formats.texts import flat
from aligner.formats.traced import Traces
from aligner.formats.units import Texts
from aligner.model import Finding, Severity

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""No script and nothing from elsewhere, whatever a text holds."""
LONG_ROW = 900
"""Characters of a row that may be broken between two printed pages."""


@dataclass(frozen=True, slots=True)
class ReportOptions(LinkFilter):
    """`language` is `en` or `zh`; `findings`, `information` (which are no errors) and `annotations` show them."""

    language: str = "en"
    findings: bool = True
    information: bool = False
    annotations: bool = True

    def __post_init__(self) -> None:
        LinkFilter.__post_init__(self)
        Words(self.language)


def html_chunks(exports: Iterable[LetterExport], options: ReportOptions) -> Iterator[bytes]:
    """The report of any number of letters, one after the other, UTF-8."""
    say = Words(options.language)
    begun = False
    for export in exports:
        title = flat(export.letter.title) or flat(export.letter.id)
        if not begun:
            yield _bytes(_start(title, say))
            begun = True
        yield _bytes(tag("header", *_top(export, title, say)))
        yield b"<main>"
        yield from map(_bytes, _sections(export, _columns(export, options), say))
        yield b"</main>"
    yield _bytes(_start("", say)) if not begun else b""
    yield _bytes(tag("footer", say("made_with", version=aligner.__version__))) + b"</body></html>\n"


def _bytes(piece: str) -> bytes:
    return piece.encode("utf-8", "replace")


def _start(title: str, say: Words) -> str:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(_style())),
    )
    return f"<!DOCTYPE html>\n{opened('html', lang=say.tag)}{head}\n<body>{charts.patterns()}"


def _columns(export: LetterExport, options: ReportOptions) -> list[Column]:
    return [
        Column(
            each,
            short_name(each.id, export.letter.id),
            cells(export.letter, each.alignment, options),
            Remarks(each),
            Traces(export.letter, Texts(export.letter, each.alignment)),
            options.information,
            options.findings,
            options.annotations,
        )
        for each in export.renderings
    ]


def short_name(rendering: str, letter: str) -> str:
    """A rendering's name in a column's head: its id without the letter's.

    >>> short_name("note-004", "note"), short_name("other", "note")
    ('004', 'other')
    """
    return flat(rendering.removeprefix(f"{letter}-")) or flat(rendering)


@cache
def _style() -> str:
    return (resources.files("aligner.formats.report") / "report.css").read_text(encoding="utf-8")


def _top(export: LetterExport, title: str, say: Words) -> Iterator[Html]:
    letter = export.letter
    yield tag("p", say("report"), cls="eyebrow")
    yield tag("h1", title, lang=letter.language)
    facts = [flat(text) for text in (letter.author, letter.date) if text]
    size = say("letter_is", sentences=len(letter.segments), renderings=len(export.renderings))
    yield tag("p", " · ".join([*facts, size]), cls="meta")


def _sections(export: LetterExport, columns: Sequence[Column], say: Words) -> Iterator[Html]:
    yield tag("h2", say("renderings"))
    yield _overview(columns, say)
    if columns:
        yield tag("h2", say("by_sentence"))
        yield opened("div", cls="strip")
        yield from charts.strip([(c.name, c.cells) for c in columns], [_signs(c) for c in columns], say)
        yield Html("</div>")
        yield _key(say)
    parts = [tag("section", *part) for part in (_kinds(columns, say), _judgement(columns, say)) if part]
    if parts:
        yield tag("div", *parts, cls="duo")
    yield tag("h2", say("side_by_side"))
    yield opened("div", cls="scroll")
    yield from _table(export, columns, say)
    yield Html("</div>")
    yield from _elsewhere(columns, say)
    yield tag("h2", say("legend"))
    yield legend(say)
    yield tag("h2", say("method"))
    yield method(export, columns, say)


def _overview(columns: Sequence[Column], say: Words) -> Html:
    rows = []
    for column in columns:
        info = column.rendering.info
        kinds = Counter(charts.kind_of(cell) for cell in column.cells)
        counts = {kind: kinds[kind] for kind in charts.KINDS if kinds[kind]}
        words = [f"{count} {say(kind)}" for kind, count in counts.items()]
        severities = Counter(item.severity.value for item in _shown(column))
        found = [
            tag("span", charts.beside(name), f"{severities[name]} {say(name)}")
            for name in reversed(GRAVITY)
            if severities[name]
        ]
        where = [flat(info.outlet) or say("outlet_none"), flat(info.date) or say("date_none")]
        name = joined(tag("span", column.name, cls="chip"), " ", " · ".join(where))
        title = [tag("br"), tag("span", flat(info.title), cls="dim", lang="zh")] if info.title else []
        rows.append(
            tag(
                "tr",
                tag("th", name, *title, scope="row"),
                tag("td", charts.bar(counts, ", ".join(words)), tag("span", " · ".join(words), cls="dim")),
                tag("td", *(found or [joined(say("none"))]), cls="counts"),
            )
        )
    heads = [tag("th", say(key), scope="col") for key in ("rendering", "coverage", "found")]
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), cls="plain")


def _shown(column: Column) -> list[Finding]:
    shown = column.rendering.findings if column.findings else ()
    return [item for item in shown if column.information or item.severity is not Severity.INFO]


def _signs(column: Column) -> dict[int, str]:
    """Sentence -> the gravest of what was found or marked in it."""
    found = {}
    for index, cell in enumerate(column.cells):
        names = [item.severity.value for unit in cell.units for item in column.found(unit)]
        names += [item.severity for unit in cell.units for item in column.said(unit)]
        names += [] if cell.units else [str(item.severity) for item in column.missing(cell)]
        if names:
            found[index] = gravest(names)
    return found


def _key(say: Words) -> Html:
    modes = [tag("span", charts.swatch(kind), say(kind), cls="mode") for kind in charts.KINDS]
    grades = [tag("span", charts.beside(name), say(name)) for name in ("minor", "major", "critical")]
    return tag("div", *modes, *grades, cls="under")


def _kinds(columns: Sequence[Column], say: Words) -> list[Html]:
    counts = [Counter(item.category for item in _shown(column)) for column in columns]
    names = sorted(set().union(*counts), key=lambda name: (-sum(count[name] for count in counts), name))
    if not names:
        return []
    heads = [tag("th", say("category"), scope="col")]
    heads += [tag("th", tag("span", column.name, cls="chip"), scope="col", cls="n") for column in columns]
    rows = [
        tag(
            "tr",
            tag("th", say.kind(name), scope="row"),
            *(tag("td", str(count[name]) if count[name] else "·", cls="n") for count in counts),
        )
        for name in names
    ]
    total = [tag("th", say("total"), scope="row"), *(tag("td", str(sum(c.values())), cls="n") for c in counts)]
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows, tag("tr", *total)), cls="plain")
    return [tag("h2", say("categories")), table]


def _judgement(columns: Sequence[Column], say: Words) -> list[Html]:
    rows = []
    for column in columns:
        given = column.rendering
        names = dict.fromkeys([*(a.reviewer for a in given.annotations), *(s.reviewer for s in given.scores)])
        for reviewer in names if column.annotations else ():
            grades = Counter(item.severity for item in given.annotations if item.reviewer == reviewer)
            marked = " · ".join(f"{count} {say.known(name)}" for name, count in grades.most_common()) or say("none")
            scores = [s.score for s in given.scores if s.reviewer == reviewer and s.sentence is not None]
            mean = f"{number(round(sum(scores) / len(scores), 1))} ({say('scored', n=len(scores))})" if scores else "—"
            overall = [number(s.score) for s in given.scores if s.reviewer == reviewer and s.sentence is None]
            cells_ = [tag("td", marked), tag("td", mean), tag("td", ", ".join(overall) or "—")]
            rows.append(tag("tr", tag("th", tag("span", column.name, cls="chip")), tag("td", flat(reviewer)), *cells_))
    if not rows:
        return []
    heads = [tag("th", say(key), scope="col") for key in ("rendering", "reviewer", "errors", "score", "overall")]
    return [tag("h2", say("scores")), tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), cls="plain")]


def _table(export: LetterExport, columns: Sequence[Column], say: Words) -> Iterator[Html]:
    heads = [tag("th", Html("&#8203;"), cls="no"), tag("th", say("english"), scope="col")]
    for column in columns:
        outlet = flat(column.rendering.info.outlet)
        heads.append(tag("th", tag("span", column.name, cls="chip"), f" {outlet}" if outlet else "", scope="col"))
    yield Html(f"{opened('table', cls='pairs')}{tag('thead', tag('tr', *heads))}\n<tbody>")
    firsts: list[dict[str, int]] = [{} for _ in columns]
    for index, segment in enumerate(export.letter.segments):
        made = [
            target_cell(column.cells[index], index, seen, column, say)
            for column, seen in zip(columns, firsts, strict=True)
        ]
        row = [
            tag("th", str(index + 1), cls="no", scope="row"),
            source_cell(export, segment, index, columns, say),
            *made,
        ]
        size = max((len(cell) for cell in made), default=0)
        yield tag("tr", *row, cls="long" if size > LONG_ROW * 3 else None)
    yield Html("</tbody></table>")


def _elsewhere(columns: Sequence[Column], say: Words) -> Iterator[Html]:
    """What was found or marked in text that stands between the links."""
    rows = [
        tag(
            "li",
            tag("span", column.name, cls="chip"),
            tag(
                "span", " … ".join(flat(span.text) for span in targets(item)), cls="q", lang=language(column.rendering)
            ),
            tag("ul", note(item, say), cls="notes"),
        )
        for column in columns
        for item in column.elsewhere()
    ]
    if rows:
        yield tag("h2", say("elsewhere"))
        yield tag("ul", *rows, cls="notes")
