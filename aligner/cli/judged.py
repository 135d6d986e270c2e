"""What `aligner scores` and `aligner agreement` share: the desk, and how a figure is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner import home
from aligner.cli.console import check_names

if TYPE_CHECKING:
    from aligner.cli.notes import Notes
    from aligner.pipeline.reviewing import Desk
    from aligner.review.annotations import ErrorAnnotation
    from aligner.review.figures import Figure, Resampling
    from aligner.review.typologies import Uncounted

PLACES = 4


@contextmanager
def desk(corpus: Path | None, database: str | None, letter: str, renderings: Sequence[str]) -> Iterator[Desk]:
    """The corpus and its decisions, when the corpus has the letter and its renderings. No database is made."""
    from aligner.corpus import Corpus
    from aligner.pipeline.judging import nobody
    from aligner.pipeline.reviewing import Desk
    from aligner.store import open_store

    opened = Corpus.open(corpus)
    check_names(opened, letter, renderings)
    if database is None and not home.existing():
        raise nobody(letter, str(home.database_path()))
    with open_store(database, must_exist=True) as store:
        yield Desk(opened, store)


def figure_json(figure: Figure | None) -> dict[str, Any] | None:
    """A figure for a program to read: numbers rounded to 4 places."""
    if figure is None:
        return None
    span = figure.interval
    return {
        "value": None if figure.value is None else round(figure.value, PLACES),
        "formula": figure.formula,
        "n": figure.n,
        "items": figure.items,
        "interval": span
        and {
            "low": round(span.low, PLACES),
            "high": round(span.high, PLACES),
            "level": span.level,
            "resamples": span.resamples,
        },
        "remark": figure.remark,
    }


def number(value: float, digits: int) -> str:
    """A number with so many digits after the point, without a minus before nothing."""
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def figure_text(figure: Figure | None, digits: int = 2, notes: Notes | None = None, gap: str = " ") -> str:
    """The value and behind a `gap` its interval; a dash and the reason, or its number in `notes`, without one."""
    if figure is None:
        return "–"
    if figure.value is None:
        return f"–{notes.mark(f'none: {figure.remark}')}" if notes else f"– ({figure.remark})"
    span = figure.interval
    between = f"{gap}[{number(span.low, digits)}, {number(span.high, digits)}]" if span else ""
    return number(figure.value, digits) + between


def intervals(resampling: Resampling) -> str:
    """What stands in brackets."""
    return (
        f"[low, high]: {resampling.level:.0%} percentile bootstrap, {resampling.resamples} resamples, "
        f"seed {resampling.seed}; n: what the number rests on."
    )


def error_json(error: ErrorAnnotation, reason: str | None = None) -> dict[str, Any]:
    """An error that is not counted, so that it can be found."""
    said = {"id": error.id, "reviewer": error.reviewer, "category": error.category, "severity": error.severity}
    return said | ({} if reason is None else {"reason": reason})


def uncounted_json(uncounted: Sequence[Uncounted]) -> list[dict[str, Any]]:
    """Errors that a typology cannot take, with the reason."""
    return [error_json(each.annotation, each.reason) for each in uncounted]


def uncounted_lines(uncounted: Sequence[Uncounted], typology_id: str) -> list[str]:
    """One line for each reason, with how many errors it concerns and what to try."""
    reasons: dict[str, list[ErrorAnnotation]] = {}
    for each in uncounted:
        reasons.setdefault(each.reason, []).append(each.annotation)
    return [
        f"{_errors(len(errors))} not counted: {reason}"
        + (f" (try --typology {errors[0].typology})" if errors[0].typology != typology_id else "")
        for reason, errors in reasons.items()
    ]


def _errors(count: int) -> str:
    return "1 error is" if count == 1 else f"{count} errors are"
