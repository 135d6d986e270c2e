"""The Overview page's part on reviewers: how far each is, how far they agree, and what is to be settled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from aligner.model import Segment
from aligner.pipeline.adjudicating import Contested, Word
from aligner.pipeline.agreeing import Agreement, Compared
from aligner.pipeline.linking import ENGINE
from aligner.pipeline.surveying import Progress
from aligner.review.decisions import Kind
from aligner.review.edits import edit_of
from aligner.review.layers import SHARED
from aligner.review.said import Mark, Score, Verdict
from aligner.review.typologies import Typology, find
from aligner.store import Parked
from aligner.ui.views.findings import source_rows

WHATS = {
    "scores of sentences": "score_sentences",
    "scores of renderings": "score_renderings",
    "gravest severity in a sentence": "severity",
    "category of errors that overlap": "category",
    "marked characters": "spans",
    "order of renderings by scores": "order_scores",
    "order of renderings by scores, tau": "tau_scores",
    "order of renderings by scores of the whole": "order_whole",
    "order of renderings by penalty points": "order_points",
    "order of renderings by penalty points, tau": "tau_points",
    "links": "links",
    "boundaries of links": "boundaries",
}
"""What a figure measures -> its message `agreement.<name>`, and `agreement_is.<name>` that explains it."""

REMARKS = {
    "no unit has two values": "none_twice",
    "all values are the same": "all_same",
    "no sentence was judged by both": "not_both",
    "no two renderings were scored by both": "not_scored",
    "every pair is tied for one of them": "all_tied",
}
"""Why a figure is not defined -> its message `agreement_not.<name>`."""

FIELDS = ("sentences", "done", "skipped", "in_work", "errors", "accepted", "dismissed", "scores", "corrections")

MOST_DISPUTES = 300
"""Disagreements in the list, the worst; their count has all of them."""


def people(rows: Sequence[Progress], chips: Mapping[str, str]) -> list[dict[str, Any]]:
    """How far each reviewer is, rendering by rendering, and in all."""
    found = []
    for who, group in groupby(rows, key=lambda row: row.reviewer):
        own = list(group)
        found.append(
            {
                "reviewer": who,
                "all": {name: sum(getattr(row, name) for row in own) for name in FIELDS},
                "last": max(row.last for row in own)[:10],
                "renderings": [
                    {"id": row.rendering, "chip": chips[row.rendering], "assigned": row.assigned}
                    | {name: getattr(row, name) for name in FIELDS}
                    for row in own
                ],
            }
        )
    return found


def figures(found: Agreement, chips: Mapping[str, str]) -> dict[str, Any]:
    """The figures of agreement, those that are defined and those that are not; alignments against the engine last."""
    rows = [_figure(each, chips) for each in (*found.judgements, *found.alignments)]
    judges = {name for each in found.judgements for name in each.between}
    return {
        "reviewers": list(found.reviewers),
        "enough": len(judges) > 1,
        "rows": [row for row in rows if row["value"] is not None],
        "undefined": [row for row in rows if row["value"] is None] if len(judges) > 1 else [],
        "uncounted": len(found.uncounted),
    }


def _figure(each: Compared, chips: Mapping[str, str]) -> dict[str, Any]:
    span = each.figure.interval
    return {
        "what": WHATS.get(each.what, ""),
        "named": each.what,
        "between": [{"name": name, "machine": name in (ENGINE, SHARED)} for name in each.between],
        "chip": chips.get(each.rendering, each.rendering) if each.rendering else "",
        "value": each.figure.value,
        "low": span.low if span else None,
        "high": span.high if span else None,
        "level": span.level if span else None,
        "n": each.figure.n,
        "items": each.figure.items,
        "formula": each.figure.formula,
        "remark": REMARKS.get(each.figure.remark, ""),
        "remark_named": each.figure.remark,
    }


def disputes(
    every: Sequence[Contested],
    chips: Mapping[str, str],
    rendered: Mapping[str, Mapping[int, str]],
    own: Sequence[Typology] = (),
) -> dict[str, Any]:
    """Disagreements of reviewers, worst first; those that are open, then those that were settled.

    `rendered` has the words of each rendering by the number of their sentence; `own` are the team's typologies.
    """
    shown = []
    for each in every:
        number = each.dispute.sentence.number if each.dispute.sentence else 0
        words = rendered.get(each.dispute.rendering, {}).get(number, "")
        shown.append(_dispute(each, chips, own) | {"rendered": words})
    left = [row for row in shown if row["open"]]
    return {
        "open": left[:MOST_DISPUTES],
        "open_in_all": len(left),
        "settled": [row for row in shown if not row["open"]][:MOST_DISPUTES],
    }


def _dispute(each: Contested, chips: Mapping[str, str], own: Sequence[Typology]) -> dict[str, Any]:
    about = each.dispute
    names = [name for name in about.between if name not in (ENGINE, SHARED)]
    spot = (about.rendering, about.about, names, about.sentence and about.sentence.id, about.source, about.target)
    return {
        "key": hashlib.sha256(repr(spot).encode()).hexdigest()[:12],
        "about": list(about.about),
        "rendering": about.rendering,
        "chip": chips.get(about.rendering, about.rendering),
        "sentence": about.sentence.number if about.sentence else None,
        "text": about.sentence.text if about.sentence else "",
        "weight": round(about.weight, 4),
        "open": each.open,
        "by": sorted({decision.reviewer for decision, _ in each.settled}),
        "reasons": sorted({ruling.reason for _, ruling in each.settled if ruling.reason}),
        "links": [{"side": "source", "text": q.text} for q in about.source]
        + [{"side": "target", "text": q.text} for q in about.target]
        if about.about == ("link",)
        else [],
        "sides": [
            {
                "who": name,
                "said": about.said[about.between.index(name)] if not each.sides else "",
                "ids": [decision.id for decision, _ in side],
                "words": [_word(word, own) for word in side],
            }
            for name, side in zip(names, each.sides or ((),) * len(names), strict=True)
        ],
        "choices": bool(each.ids) and len(names) == 2,
    }


def _word(word: Word, own: Sequence[Typology]) -> dict[str, Any]:
    """What one decision says: a score, an error, or that a finding is none."""
    _, value = word
    if isinstance(value, Score):
        return {"score": value.score}
    if isinstance(value, Verdict) and value.mark is None:
        return {"dismissed": value.check, "reason": value.reason}
    mark = value.mark if isinstance(value, Verdict) else value
    return _mark(mark, own) if isinstance(mark, Mark) else {}


def _mark(mark: Mark, own: Sequence[Typology]) -> dict[str, Any]:
    """An error; `form` is the finding's severity whose glyph stands for its grade."""
    known = find(mark.typology, mark.version, own)
    grade = next((each for each in known.severities if each.id == mark.severity), None) if known else None
    kind = next((each for each in known.categories if each.id == mark.category), None) if known else None
    return {
        "form": grade.findings[-1].value if grade and grade.findings else "info",
        "severity": dict(grade.names) if grade else {"en": mark.severity},
        "category": dict(kind.names) if kind else {"en": mark.category},
        "source": [quoted.text for quoted in mark.source],
        "target": [quoted.text for quoted in mark.target],
        "comment": mark.comment,
        "correction": mark.correction or "",
    }


def conflicts(waiting: Sequence[Parked], letter: Sequence[Segment], chips: Mapping[str, str]) -> list[dict[str, Any]]:
    """Words about one place of an alignment that contradict each other and wait to be settled."""
    found = []
    for each in waiting:
        rows: tuple[int, ...] = ()
        if each.decision.kind is Kind.REPLACE:
            edit = edit_of(each.decision)
            spans = [q for part in (edit.after, edit.before) for bead in part.beads for q in bead.source]
            rows = source_rows(spans[0], letter) if spans else ()
        found.append(
            {
                "who": each.decision.reviewer,
                "rendering": each.decision.rendering,
                "chip": chips.get(each.decision.rendering, ""),
                "sentence": rows[0] if rows else None,
                "align": each.decision.kind is Kind.REPLACE,
                "number": each.number,
            }
        )
    return found
