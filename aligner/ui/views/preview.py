"""What a file will hold before it is taken away: its first units, what is left out and why, how it begins."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import chain, islice
from typing import Any

from aligner.formats import Format, LetterExport, LinkFilter, RenderingExport
from aligner.formats.base import number
from aligner.formats.units import Unit, units
from aligner.model import AbsenceKind, Letter
from aligner.ui.messages import Catalogue
from aligner.ui.views.offers import make

FIRST = 12
"""Units that are shown."""

BEGINNING = 1600
"""Characters of the file that are shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit of the file: `sentences` are numbers of the letter's, from 1."""

    rendering: str
    language: str
    sentences: tuple[int, ...]
    unit: Unit


@dataclass(frozen=True, slots=True)
class Left:
    """What has no unit of its own: `why` is `status`, `mode` or `confidence` of links, or the kind of an absence."""

    rendering: str
    why: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The first units, how many there are, what was left out; `begins` is empty for what is not read as text.

    `said` counts errors, scores and comments of reviewers, for a file of judgements.
    """

    first: tuple[Shown, ...]
    units: int
    left: tuple[Left, ...]
    said: tuple[int, int, int]
    begins: str

    @property
    def parted(self) -> bool:
        """Whether the first ones are of several renderings, and so not the file's first in a row."""
        return len({each.rendering for each in self.first}) > 1


def preview(export: LetterExport, form: Format, options: Any, *, single: bool) -> Preview:
    """What `form` makes of `export` with `options`. Raises AlignerError when the format refuses the letter."""
    shown: list[Shown] = []
    left: list[Left] = []
    for rendering in export.renderings if form.holds != "judgements" else ():
        kept, out = _links(export.letter, rendering, options)
        shown += kept
        left += out
        if form.holds == "pairs":
            left += _absent(rendering)
    said = (
        sum(len(each.annotations) for each in export.renderings),
        sum(len(each.scores) for each in export.renderings),
        sum(len(each.comments) for each in export.renderings),
    )
    return Preview(tuple(_first(shown)), len(shown), tuple(left), said, _begins(export, form, options, single=single))


def _links(letter: Letter, rendering: RenderingExport, options: Any) -> tuple[list[Shown], list[Left]]:
    starts = [segment.start for segment in letter.segments]
    where = {s.id: bisect_right(starts, s.start) for s in rendering.alignment.source_segments}
    kept, refused = [], Counter[tuple[str, str]]()
    for unit in units(letter, rendering.alignment):
        reason = options.refused(unit.link) if isinstance(options, LinkFilter) else None
        if reason is None:
            sentences = tuple(sorted({where[name] for name in unit.segments}))
            kept.append(Shown(rendering.id, rendering.alignment.target.language, sentences, unit))
        else:
            # Every confidence is another: what matters is that they lie under the one asked for.
            why, value = reason
            refused[why, number(options.min_confidence) if why == "confidence" else value] += 1
    return kept, [Left(rendering.id, why, value, count) for (why, value), count in sorted(refused.items())]


def _absent(rendering: RenderingExport) -> list[Left]:
    kinds = Counter(each.kind for each in rendering.alignment.absences if each.kind is not AbsenceKind.PARTIAL)
    return [Left(rendering.id, kind.value, "", count) for kind, count in sorted(kinds.items())]


def _first(shown: list[Shown]) -> Iterator[Shown]:
    """The first of each rendering in turn, so that every one is seen."""
    columns: dict[str, list[Shown]] = {}
    for each in shown:
        columns.setdefault(each.rendering, []).append(each)
    most = -(-FIRST // len(columns)) if columns else 0
    return islice(chain.from_iterable(column[:most] for column in columns.values()), FIRST)


def _begins(export: LetterExport, form: Format, options: Any, *, single: bool) -> str:
    if form.binary or form.media_type == "text/html":
        return ""
    data = b""
    own = single and form.per_rendering is not form.per_letter  # a file of one rendering is of another shape
    for piece in (make(form, export, options, single=single),) if own else form.chunks((export,), options):
        data += piece
        if len(data) > 4 * BEGINNING:
            break
    text = data[: 4 * BEGINNING].decode("utf-8-sig", errors="ignore")
    return text if len(text) <= BEGINNING else text[:BEGINNING] + " …"


def table(found: Preview, say: Catalogue, names: Mapping[str, str]) -> str:
    """The first units as an HTML table, `names` telling renderings; every text of a document is escaped."""
    heads = "".join(f"<th scope=col>{escape(say(f'export.{name}'))}</th>" for name in _HEADS)
    rows = "".join(_rows(found, say, names))
    return f"<table class=la-preview><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


_HEADS = ("rendering", "sentence", "english", "chinese", "mode", "confidence", "status")


def _rows(found: Preview, say: Catalogue, names: Mapping[str, str]) -> Iterator[str]:
    for each in found.first:
        link = each.unit.link
        cells = (
            (" class=la-of", names.get(each.rendering, each.rendering)),
            ("", "–".join(str(n) for n in sorted({each.sentences[0], each.sentences[-1]}))),
            (" lang=en", each.unit.source),
            (f' lang="{escape(each.language)}"', each.unit.target),
            ("", say(f"mode.{link.mode.value}")),
            ("", number(link.confidence)),
            ("", say(f"status.{link.status.value}")),
        )
        yield "<tr>" + "".join(f"<td{more}>{escape(text)}</td>" for more, text in cells) + "</tr>"


def reasons(found: Preview, say: Catalogue, names: Mapping[str, str]) -> list[str]:
    """What is left out and why, a line for each rendering and reason."""
    lines = []
    for each in found.left:
        value = say(f"{each.why}.{each.value}") if each.why in ("status", "mode") else each.value
        name = names.get(each.rendering, each.rendering)
        lines.append(say(f"export.left_{each.why}", n=each.count, rendering=name, value=value))
    return lines
