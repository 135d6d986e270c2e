"""`aligner show`: a letter side by side in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import check_names, print_json, printable, progress
from aligner.cli.decided import DatabaseOption, stored_decisions

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from aligner.cli.side_by_side import Cell, Row
    from aligner.model import Alignment, Letter

NARROWEST_COLUMN = 26
"""Columns of the terminal that a rendering needs; with less, renderings stand below the sentence."""

STYLES = {"direct": "", "indirect": "italic", "fragment": "dim", "omitted": "bold red", "outside": "dim red"}


def show(
    letter: Annotated[str, typer.Argument(help="Id of a letter ('aligner list' shows them).")],
    rendering: Annotated[list[str] | None, typer.Option(help="Only this rendering; may be repeated.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder with letters.toml.")] = None,
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print rows for a program to read.")] = False,
) -> None:
    """Show a letter beside its renderings, sentence by sentence, omissions marked."""
    from aligner import pipeline
    from aligner.cli import side_by_side
    from aligner.corpus import Corpus
    from aligner.pipeline.reviewed import as_reviewed

    with progress():
        opened = Corpus.open(corpus)
        check_names(opened, letter, rendering or [])
        text, alignments = pipeline.built(opened, letter, rendering or [])
        text = as_reviewed(opened, letter, stored_decisions(database) or ())
    if as_json:
        print_json(side_by_side.as_json(text, alignments))
        return
    draw(terminal(), text, alignments)


def terminal() -> Console:
    """Standard output as rich draws on it; a closed pipe is left to whoever runs the command."""
    from rich.console import Console

    class Terminal(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Terminal(highlight=False)


def draw(console: Console, letter: Letter, alignments: dict[str, Alignment]) -> None:
    """Draw the letter on `console`: columns where they fit, one below the other where not."""
    from aligner.cli.side_by_side import cells, coverage, rows

    head = " · ".join(part for part in (letter.title, letter.author, letter.date) if part) or letter.id
    console.print(printable(head), style="bold", markup=False)
    for name, alignment in alignments.items():
        counts = ", ".join(f"{count} {what}" for what, count in coverage(cells(letter, alignment)).items())
        console.print(f"{name}: {counts}", markup=False)
    console.print()
    lines = rows(letter, alignments)
    if console.width >= NARROWEST_COLUMN * (1 + len(alignments)):
        _draw_table(console, lines, list(alignments))
    else:
        _draw_stacked(console, lines)
    for change in letter.emendations:
        source = f"witness {change.witness}" if change.witness else change.evidence
        state = "rejected, " if change.rejected else ""
        line = f"{change.id}: {change.text} -> {change.replacement} ({state}{source})"
        console.print(printable(line), style="dim", markup=False)


def _draw_table(console: Console, lines: tuple[Row, ...], names: list[str]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True, expand=True)
    table.add_column("", justify="right", style="dim")
    for name in ["English", *names]:
        table.add_column(Text(name), ratio=1, overflow="fold")
    for row in lines:
        table.add_row(str(row.number), _english(row, ""), *(_cell_text(row, cell) for cell in row.cells.values()))
    console.print(table)


def _draw_stacked(console: Console, lines: tuple[Row, ...]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    for row in lines:
        console.print(Text.assemble((f"{row.number} ", "dim"), _english(row, "bold")))
        for name, cell in row.cells.items():
            console.print(Padding(Text.assemble((f"{name} ", "dim"), _cell_text(row, cell)), (0, 0, 0, 2)))
        console.print()


def _english(row: Row, style: str) -> Text:
    """The sentence as the base witness has it, and below it what is read in its place: `teh] the`."""
    from rich.text import Text

    text = Text(_flat(row.segment.text), style)
    for change in row.emendations:
        if not change.rejected:
            text.append(f"\n{_flat(change.text)}] {printable(change.replacement)}", "dim not bold")
    return text


def _cell_text(row: Row, cell: Cell) -> Text:
    """What a rendering has for a sentence; marks are words, so that they survive without colour."""
    from rich.text import Text

    if not cell.pieces:
        return Text(f"[{cell.state}]", STYLES[cell.state])
    lines = []
    for piece in cell.pieces:
        mode = piece.link.mode.value
        marks = f"[{mode} {piece.link.confidence:.2f}{' moved' if piece.moved else ''}]"
        if piece.first == row.number:
            lines.append(Text.assemble((printable(piece.text), STYLES[mode]), " ", (marks, "dim")))
        else:
            lines.append(Text(f"[rendered with {piece.first}]", "dim"))
    lines += [Text(f"[without: {_flat(gap.text)}]", STYLES["omitted"]) for gap in cell.gaps]
    return Text("\n").join(lines)


def _flat(text: str) -> str:
    from aligner.formats.texts import flat

    return printable(flat(text))
