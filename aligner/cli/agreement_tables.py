"""Agreement as `aligner agreement` prints it: tables of figures, notes that define them, and the disagreements."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from aligner.cli.console import printable
from aligner.cli.judged import PLACES, figure_json, figure_text, intervals, uncounted_json, uncounted_lines
from aligner.cli.notes import Notes, fitting
from aligner.cli.show import terminal
from aligner.review.figures import DEFAULT

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from aligner.model import Quoted
    from aligner.pipeline.agreeing import Agreement, Compared
    from aligner.pipeline.disputes import Dispute
    from aligner.review.typologies import Typology

SHOWN = 10
"""Disagreements that are shown unless more or fewer are asked for."""

LONGEST = 70
"""Characters of a stretch of text that are shown."""


def as_json(letter: str, found: Agreement, typology: Typology, most: int | None) -> dict[str, Any]:
    """Everything that was computed as plain JSON values; `disagreements` are all, or the `most` worst."""
    return {
        "letter": letter,
        "renderings": list(found.renderings),
        "reviewers": list(found.reviewers),
        "typology": {"id": typology.id, "version": typology.version},
        "judgements": [_compared(each) for each in found.judgements],
        "alignments": [_compared(each) for each in found.alignments],
        "disagreements": [_dispute(each) for each in found.disputes[:most]],
        "disagreements_in_all": len(found.disputes),
        "uncounted": uncounted_json(found.uncounted),
    }


def _compared(each: Compared) -> dict[str, Any]:
    return {
        "what": each.what,
        "between": list(each.between),
        "rendering": each.rendering,
        "figure": figure_json(each.figure),
    }


def _dispute(each: Dispute) -> dict[str, Any]:
    def places(side: Sequence[Quoted]) -> list[dict[str, Any]]:
        return [{"start": quoted.start, "end": quoted.end, "text": quoted.text} for quoted in side]

    return {
        "about": list(each.about),
        "rendering": each.rendering,
        "sentence": each.sentence
        and {"id": each.sentence.id, "number": each.sentence.number, "text": each.sentence.text},
        "between": list(each.between),
        "said": list(each.said),
        "weight": round(each.weight, PLACES),
        "source": places(each.source),
        "target": places(each.target),
    }


def draw(title: str, found: Agreement, typology: Typology, most: int | None) -> None:
    """Print the agreement on one letter."""
    from rich.text import Text

    console = terminal()
    console.print(Text(printable(title), "bold"))
    who = ", ".join(found.reviewers)
    console.print(Text(printable(f"Reviewers: {who}. Renderings: {', '.join(found.renderings)}.")), soft_wrap=True)
    notes = Notes()
    _draw_judgements(console, found, notes)
    _draw_alignments(console, found, notes)
    for line in uncounted_lines(found.uncounted, typology.id):
        console.print(Text(printable(line), "yellow"), soft_wrap=True)
    _draw_disputes(console, found, SHOWN if most is None else most)
    console.print()
    for line in (*notes.lines(), *_legend()):
        console.print(Text(line, "dim"), soft_wrap=True)


def _draw_judgements(console: Console, found: Agreement, notes: Notes) -> None:
    from rich.text import Text

    console.print()
    if len({name for each in found.judgements for name in each.between}) < 2:
        console.print(Text("Judgements: fewer than two reviewers judged, so there is nothing to compare.", "bold"))
        return
    console.print(Text("Judgements, the sentences of all these renderings together", "bold"))
    console.print(fitting(console, lambda gap: _table(found.judgements, notes, gap)))


def _draw_alignments(console: Console, found: Agreement, notes: Notes) -> None:
    from rich.text import Text

    console.print()
    if not found.alignments:
        console.print(Text("Alignments: nobody corrected or confirmed a link, so there is nothing to compare.", "bold"))
        return
    console.print(Text("Alignments", "bold"))
    console.print(fitting(console, lambda gap: _table(found.alignments, notes, gap)))


def _table(compared: Sequence[Compared], notes: Notes, gap: str) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("between", "in what", "agreement", "n"):
        table.add_column(name, overflow="fold")
    for who, group in groupby(compared, key=lambda each: (each.rendering, each.between)):
        head = printable(": ".join(filter(None, (who[0], " and ".join(who[1])))))
        for each in group:
            figure = each.figure
            n = f"{figure.n}{gap}{figure.items if figure.n != 1 else figure.items.removesuffix('s')}"
            n = n if figure.value is not None else ""
            what = each.what + notes.mark(printable(figure.formula))
            table.add_row(Text(head), what, Text(figure_text(figure, notes=notes, gap=gap)), n)
            head = ""
    return table


def _draw_disputes(console: Console, found: Agreement, most: int) -> None:
    from rich.text import Text

    console.print()
    shown = found.disputes[:most]
    if not found.disputes:
        console.print(Text("No disagreement.", "bold"))
        return
    console.print(Text(f"Disagreements, worst first: {len(shown)} of {len(found.disputes)}", "bold"))
    for number, each in enumerate(shown, 1):
        console.print(_head(number, each), soft_wrap=True)
        if each.about == ("link",):
            for side, quotes in (("letter", each.source), ("article", each.target)):
                for quoted in quotes:
                    place = f"      {side} [{quoted.start}, {quoted.end}): "
                    console.print(Text.assemble((place, "dim"), _short(quoted.text)), soft_wrap=True)
        elif each.sentence is not None:
            console.print(Text(f"      {_short(each.sentence.text)}", "dim"), soft_wrap=True)
        for name, said in zip(each.between, each.said, strict=True):
            console.print(Text(f"      {printable(name)}: {printable(said)}"), soft_wrap=True)


def _head(number: int, each: Dispute) -> Text:
    from rich.text import Text

    where = "the whole rendering" if each.sentence is None else f"sentence {each.sentence.number}"
    about = ", ".join(each.about)
    return Text.assemble(
        f"{number:>4}. ", (f"{printable(each.rendering)}, {where}: {about}", "bold"), (f"  {each.weight:.2f}", "dim")
    )


def _short(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _legend() -> list[str]:
    return [
        intervals(DEFAULT),
        "Alpha: 1 is full agreement, 0 what chance gives, below 0 worse than chance; Krippendorff relies on 0.8 and "
        "more, and draws tentative conclusions from 0.667. Tau: 1 the same order, -1 the opposite. All others: 1 full "
        "agreement, 0 none.",
        "`engine` is the automatic alignment, `shared` the one that reviewers correct together. The number after a "
        "disagreement is its weight, up to 1. docs/scores.md has more.",
    ]
