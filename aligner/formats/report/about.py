"""What the report says of itself: its marks, and how its alignments were made."""

from __future__ import annotations

import json
from collections.abc import Sequence

from aligner.formats.base import LetterExport
from aligner.formats.report import charts
from aligner.formats.report.cells import Column
from aligner.formats.report.words import Html, Words, tag
from aligner.formats.texts import flat


def legend(say: Words) -> Html:
    """What the marks of the report mean."""
    modes = [tag("span", charts.swatch(kind), say(kind)) for kind in charts.KINDS]
    grades = [
        tag("span", charts.beside(name), tag("mark", say(name), cls=f"fx fx-{name}"))
        for name in ("info", "minor", "major", "critical")
    ]
    rows = [
        (modes, say("legend_mode")),
        (grades, say("legend_findings")),
        ([tag("span", "°", cls="em")], say("legend_emended")),
        ([tag("span", "0 – 1")], say("legend_confidence")),
    ]
    return tag("div", *(part for left, text in rows for part in (tag("div", *left), tag("div", text))), cls="legend")


def method(export: LetterExport, columns: Sequence[Column], say: Words) -> Html:
    """Which documents, engines and versions made what the report shows."""
    keys = ("rendering", "document", "hash", "engine", "encoder", "version", "settings")
    letter = export.letter.base.document
    rows = [
        tag(
            "tr",
            tag("th", say("base"), scope="row"),
            tag("td", flat(letter.name)),
            tag("td", tag("code", export.renderings[0].alignment.source.text_sha256 if columns else letter.sha256)),
            *(tag("td", "") for _ in keys[3:]),
        )
    ]
    for column in columns:
        alignment = column.rendering.alignment
        made = alignment.signature
        settings = json.dumps(made.settings, ensure_ascii=False, sort_keys=True, default=str)
        rows.append(
            tag(
                "tr",
                tag("th", tag("span", column.name, cls="chip"), scope="row"),
                tag("td", flat(alignment.target.document)),
                tag("td", tag("code", alignment.target.text_sha256)),
                *(tag("td", flat(text)) for text in (made.engine, made.encoder, made.aligner)),
                tag("td", tag("code", flat(settings))),
            )
        )
    heads = [tag("th", say(key), scope="col") for key in keys]
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), cls="plain", style="width:100%")
