"""Scores as `aligner scores` prints them: one table a rendering, the formula of every number in a note below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aligner.cli.console import printable
from aligner.cli.judged import figure_text, intervals, number, uncounted_lines
from aligner.cli.notes import Notes, fitting
from aligner.cli.show import terminal

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from aligner.pipeline.scoring import Asked, Scored, ScoredRendering
    from aligner.review.figures import Figure
    from aligner.review.scores import RenderingScore

DASH = "–"

MOST_ROWS = 6
"""Kinds of errors that are shown without `--profile`."""

SHOWN = 60
"""Characters of a sentence that `--sentences` shows."""


def draw(title: str, found: Sequence[ScoredRendering], asked: Asked, *, sentences: bool, profile: bool) -> None:
    """Print the scores of one letter."""
    from rich.text import Text

    console = terminal()
    console.print(Text(printable(title), "bold"))
    kind = asked.typology
    console.print(Text(f"Errors as in {printable(kind.names['en'])} ({kind.id} {kind.version})"), soft_wrap=True)
    notes = Notes()
    for each in found:
        console.print()
        _draw_rendering(console, each, asked, notes, sentences=sentences, profile=profile)
    if any(each.rows for each in found):
        console.print()
        for line in notes.lines():
            console.print(Text(printable(line), "dim"), soft_wrap=True)
        for line in _legend(asked, several=any(len(each.rows) > 1 for each in found)):
            console.print(Text(line, "dim"), soft_wrap=True)


def _draw_rendering(
    console: Console, each: ScoredRendering, asked: Asked, notes: Notes, *, sentences: bool, profile: bool
) -> None:
    from rich.text import Text

    head = f": {each.rendered} of {len(each.sentences)} sentences rendered"
    console.print(
        Text.assemble((printable(each.rendering), "bold"), head, "" if each.rows else "; nobody judged it yet")
    )
    if not each.rows:
        return
    console.print(fitting(console, lambda gap: _table(each, asked, notes, gap)))
    for line in _remarks(each, asked):
        console.print(Text(f"  {printable(line)}", "yellow"), soft_wrap=True)
    last = each.rows[-1]
    if last.council is not None and last.council.profile:
        _draw_profile(console, last, last.council, all_of_it=profile)
    scores = [row.council for row in each.rows if row.council is not None]
    if sentences and scores and scores[0].sentences:
        console.print(Text("  Sentence by sentence: errors, penalty points, raw score", "bold"))
        formula = f"{scores[0].sentences[0].raw.formula}, of each sentence's own points and {scores[0].unit.value}"
        console.print(Text(f"  {formula}", "dim"), soft_wrap=True)
        console.print(_sentences(each))


def _table(each: ScoredRendering, asked: Asked, notes: Notes, gap: str) -> Table:
    """A column for each line of scores; `gap` stands between a number and its interval."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), expand=False)
    for name in ("", *(row.of for row in each.rows), "n"):
        table.add_column(Text(printable(name)), overflow="fold")
    for name, cells, definition in _counts(each, asked):
        table.add_row(name + notes.mark(definition), *cells, "")
    for name, figures, digits in _figures(each.rows, asked):
        present = [figure for figure in figures if figure is not None]
        if present:
            # What the column of the mean adds to a formula stands once, below the tables.
            head = name + notes.mark(present[0].formula)
            lost = [_lost(row, name) for row in each.rows]
            cells = [
                figure_text(figure, digits, notes, gap)
                + (notes.mark(_not_counted(n)) if n and figure and figure.value is not None else "")
                for figure, n in zip(figures, lost, strict=True)
            ]
            table.add_row(head, *map(Text, cells), _rests_on(present, gap))
    scores = [row.council for row in each.rows]
    if any(scores):
        definition = f"calibrated >= {asked.settings.passing:g}, no error that alone fails a text"
        table.add_row("passed" + notes.mark(definition), *(_verdict(s) if s else DASH for s in scores), "")
    return table


def _rests_on(figures: Sequence[Figure], gap: str) -> str:
    """`14 sentences`, or `12, 14 sentences` where the columns differ."""
    counts = [figure.n for figure in figures if figure.value is not None]
    if not counts:
        return ""
    items = figures[0].items if max(counts) != 1 else figures[0].items.removesuffix("s")
    return f"{', '.join(map(str, counts if len(set(counts)) > 1 else counts[:1]))}{gap}{items}"


def _counts(each: ScoredRendering, asked: Asked) -> list[tuple[str, list[str], str]]:
    """What the figures rest on: name, a cell for each column, and what it is."""
    unit = asked.settings.unit.value
    scores = [row.council for row in each.rows]
    judged = [f"{row.judged} of {each.rendered}" for row in each.rows]
    rows = [("sentences judged", judged, "scored, called done, or with an error; of those rendered")]
    if any(scores):
        rows += [
            (f"{unit} evaluated", [f"{s.length}" if s else DASH for s in scores],
             f"EWC: source {unit} of these sentences"),
            ("errors", [_errors(row) for row in each.rows], "marked in these sentences"),
            ("penalty points", [f"{s.points:g}" if s else DASH for s in scores],
             "APT: sum of weight x severity"),
        ]  # fmt: skip
    return rows


def _errors(row: Scored) -> str:
    if row.council is None:
        return DASH
    return f"{row.council.errors:g}" + (f", {len(row.uncounted)} not counted" if row.uncounted else "")


def _lost(row: Scored, figure: str) -> int:
    """How many errors are not in a figure that counts errors."""
    if figure.startswith("ESA"):
        return 0
    return len(row.uncounted_by_google if figure.startswith("Google") else row.uncounted)


def _not_counted(count: int) -> str:
    return f"{count} error{'' if count == 1 else 's'} not counted, see below the table"


def _verdict(score: RenderingScore) -> str:
    return "no verdict" if score.passed is None else "yes" if score.passed else "no"


def _figures(rows: Sequence[Scored], asked: Asked) -> list[tuple[str, list[Figure | None], int]]:
    """Name, one figure for each column, and how many digits it is shown with."""
    name = "MQM" if asked.typology.mqm else "Penalty"
    council = [row.council for row in rows]
    per = f"per {asked.settings.reference:,.0f} {asked.settings.unit.value}"
    return [
        (f"errors {per}", [score.error_rate if score else None for score in council], 1),
        (f"penalty {per}", [score.penalty_rate if score else None for score in council], 1),
        (f"{name} raw", [score.raw if score else None for score in council], 2),
        (f"{name} calibrated", [score.calibrated if score else None for score in council], 2),
        ("Google MQM", [row.google for row in rows], 2),
        ("ESA, sentences", [row.esa for row in rows], 1),
        ("ESA, whole", [row.esa_overall for row in rows], 1),
    ]


def _remarks(each: ScoredRendering, asked: Asked) -> list[str]:
    told = []
    for row in each.rows[:-1] if len(each.rows) > 1 else each.rows:
        told += [
            f"{name} scored no sentence and called none done: only those with an error count as judged "
            f"('aligner review work {each.rendering} done' says that all were read)"
            for name in row.unstated
        ]
        if row.left_out:
            count = f"{len(row.left_out)} error{'' if len(row.left_out) == 1 else 's'}"
            told.append(f"{row.of}: {count} marked in sentences that the article leaves out, which cost nothing; "
                        "--complete counts them")  # fmt: skip
        told += [f"{row.of}: {line}" for line in uncounted_lines(row.uncounted, asked.typology.id)]
        told += [f"{row.of}: Google: {line}" for line in uncounted_lines(row.uncounted_by_google, "google-mqm")]
        if row.council is None and "council" in asked.formulas:
            told.append(f"{row.of} gave scores only and marked no errors, so there is nothing to count")
    if asked.published and len(each.unsettled) > 1:
        who = ", ".join(f"{count} of {name}" for name, count in each.unsettled.items())
        told.append(f"not adjudicated yet: {who}; an error that several marked counts for each of them")
    if each.orphans:
        told.append(f"{each.orphans} decisions whose words are no longer in the texts count nowhere")
    return told


def _draw_profile(console: Console, row: Scored, score: RenderingScore, *, all_of_it: bool) -> None:
    from rich.text import Text

    of = "all reviewers together" if row.of == "mean" else row.of
    per = score.profile_rates[0].formula
    console.print(Text.assemble((printable(f"  Kinds of errors, {of}; "), "bold"), (per, "dim")), soft_wrap=True)
    shown = score.profile if all_of_it else score.profile[:MOST_ROWS]
    for item, rate in zip(shown, score.profile_rates, strict=False):
        points = f"{item.points:g} point{'' if item.points == 1 else 's'}"
        kind = " ".join(filter(None, (item.severity, item.category)))
        console.print(Text(printable(f"    {item.count} × {kind}: {points}; {figure_text(rate, 1)}")), soft_wrap=True)
    if len(shown) < len(score.profile):
        console.print(Text(f"    and {len(score.profile) - len(shown)} more kinds (--profile)", "dim"))


def _sentences(each: ScoredRendering) -> Table:
    """Errors and points of every sentence that was judged, one column for each line of scores."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("", justify="right")
    for name in ("sentence", *(row.of for row in each.rows)):
        table.add_column(Text(printable(name)), overflow="fold")
    scored = [{s.id: s for s in row.council.sentences} if row.council else {} for row in each.rows]
    for sentence in each.sentences:
        cells: list[str | Text] = []
        for found in scored:
            score = found.get(sentence.id)
            raw = "" if score is None or score.raw.value is None else f", {number(score.raw.value, 1)}"
            missing = Text("" if sentence.linked else "not rendered", "dim")
            cells.append(missing if score is None else f"{score.errors:g}, {score.points:g}{raw}")
        text = printable(sentence.text)
        shown = Text(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")
        table.add_row(str(sentence.number), shown, *cells)
    return table


def _legend(asked: Asked, *, several: bool) -> list[str]:
    lines = [intervals(asked.settings.resampling)]
    if several:
        lines.append("mean: errors, points and scores of each sentence averaged over the reviewers who judged it.")
    if "council" in asked.formulas:
        lines.append("APT: penalty points of all errors. EWC: length of the rendered sentences that were judged. NPT: "
                     "APT per reference length. Raw and calibrated: more is better, below 0 is possible.")  # fmt: skip
    if "google" in asked.formulas:
        lines.append("Google MQM: 0 is best, more is worse. Categories of another typology count as Google's nearest.")
    if "esa" in asked.formulas:
        lines.append("ESA: the scores that reviewers gave, 0 nothing kept, 100 perfect.")
    return [
        *lines,
        "Sentences of one text are not independent: intervals are rather too narrow. docs/scores.md has more.",
    ]
