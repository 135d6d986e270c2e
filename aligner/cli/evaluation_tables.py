"""Scores as tables for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aligner.cli.console import printable

if TYPE_CHECKING:
    from aligner.evaluation import BeadScores, Calibration, LetterScores, RenderingScores, Tally

PLACES = 4
"""Figures have so many places, in text and in JSON."""


def beads_text(scores: Mapping[str, BeadScores], total: BeadScores, calibration: bool) -> Iterator[str]:
    """The table of files, the table of types, and how well confidences are calibrated."""
    rows = [_bead_row(name, each) for name, each in scores.items()]
    if len(rows) > 1:
        rows.append(_bead_row("total", total))
    heads = ("strict P", "R", "F1", "lax P", "R", "F1", "null F1", "gold", "test")
    yield from _table(("beads", *heads), rows)
    yield ""
    by_support = sorted(total.types.items(), key=lambda item: (-item[1].wanted, item[0]))
    types = [
        (f"{kind[0]}-{kind[1]}", str(tally.wanted), str(tally.tested), *_shares(tally)) for kind, tally in by_support
    ]
    yield from _table(("type", "gold", "test", "strict P", "R", "F1"), types)
    yield ""
    error = total.calibration.error
    if error is None:
        yield "expected calibration error: the test has no confidences"
        return
    yield f"expected calibration error: {_figure(error)} ({total.calibration.count} beads, 10 bins)"
    if calibration:
        yield ""
        yield from _table(("confidence", "beads", "mean", "right"), _reliability(total.calibration))


def beads_json(scores: Mapping[str, BeadScores], total: BeadScores, remarks: Sequence[str]) -> dict[str, Any]:
    """All figures with the counts behind them."""
    return {
        "files": [{"name": name, **_beads(each)} for name, each in scores.items()],
        "total": {
            **_beads(total),
            "types": [
                {"type": f"{kind[0]}-{kind[1]}", "support": tally.wanted, **_tally(tally)}
                for kind, tally in total.types.items()
            ],
            "calibration": _calibration(total.calibration),
        },
        "remarks": list(remarks),
    }


def letters_text(scores: LetterScores) -> Iterator[str]:
    """The table of renderings with its totals."""
    rows = [_letter_row(each) for each in scores.renderings]
    rows += [
        (name, *_shares_of_nothing(count), "0.0000", "", "", "not built") for name, count in scores.missing.items()
    ]
    links = _shares(scores.links)
    rows.append(("total", *links, _figure(scores.mean_absence_f1), _figure(scores.mode_accuracy), "", "absence: mean"))
    yield from _table(("rendering", "link P", "R", "F1", "absence F1", "mode", "outside", ""), rows)


def letters_json(scores: LetterScores, remarks: Sequence[str]) -> dict[str, Any]:
    """All figures with the counts behind them, and how each alignment was made."""
    return {
        "renderings": [
            {
                "rendering": each.rendering,
                "links": _tally(each.links),
                "absences": _tally(each.absences),
                "mode": {"accuracy": _round(each.mode_accuracy), "right": each.modes, "judged": each.judged},
                "outside": each.outside,
                "signature": each.signature
                and {
                    "aligner": each.signature.aligner,
                    "engine": each.signature.engine,
                    "encoder": each.signature.encoder,
                },
            }
            for each in scores.renderings
        ],
        "missing": sorted(scores.missing),
        "total": {
            "links": _tally(scores.links),
            "absences": {**_tally(scores.absences), "mean_f1": _round(scores.mean_absence_f1)},
            "mode": {
                "accuracy": _round(scores.mode_accuracy),
                "right": sum(each.modes for each in scores.renderings),
                "judged": sum(each.judged for each in scores.renderings),
            },
        },
        "remarks": list(remarks),
    }


def _bead_row(name: str, scores: BeadScores) -> tuple[str, ...]:
    counts = (sum(tally.wanted for tally in scores.types.values()), scores.strict.tested)
    return (name, *_shares(scores.strict), *_shares(scores.lax), _figure(scores.null.f1), *map(str, counts))


def _letter_row(scores: RenderingScores) -> tuple[str, ...]:
    figures = (scores.absences.f1, scores.mode_accuracy)
    return (scores.rendering, *_shares(scores.links), *map(_figure, figures), str(scores.outside), "")


def _shares_of_nothing(wanted: int) -> tuple[str, str, str]:
    recall = "0.0000" if wanted else "1.0000"
    return "1.0000", recall, recall


def _reliability(calibration: Calibration) -> list[tuple[str, ...]]:
    return [
        (f"{k / 10:.1f}-{(k + 1) / 10:.1f}", str(each.count), _figure(each.confidence), _figure(each.accuracy))
        for k, each in enumerate(calibration.bins)
        if each.count
    ]


def _beads(scores: BeadScores) -> dict[str, Any]:
    return {"strict": _tally(scores.strict), "lax": _tally(scores.lax), "null": _tally(scores.null)}


def _calibration(calibration: Calibration) -> dict[str, Any] | None:
    if calibration.error is None:
        return None
    return {
        "error": _round(calibration.error),
        "count": calibration.count,
        "bins": [
            {"count": each.count, "confidence": _round(each.confidence), "accuracy": _round(each.accuracy)}
            for each in calibration.bins
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "precision": _round(tally.precision),
        "recall": _round(tally.recall),
        "f1": _round(tally.f1),
        "right": tally.right,
        "tested": tally.tested,
        "found": tally.found,
        "wanted": tally.wanted,
    }


def _shares(tally: Tally) -> tuple[str, str, str]:
    return _figure(tally.precision), _figure(tally.recall), _figure(tally.f1)


def _figure(value: float) -> str:
    return f"{value:.{PLACES}f}"


def _round(value: float) -> float:
    return round(value, PLACES)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows under their heads: first column to the left, the others to the right."""
    shown = [[printable(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in shown) for column in range(len(heads))]
    for row in shown:
        first, *others = (
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((first, *others)).rstrip()
