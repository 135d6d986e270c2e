"""What a rendering says that the letter does not."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.model import Mode, Severity


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Words, clauses, notes and intensifiers in a rendering that render nothing of the letter.

    A word without counterpart that no other rendering has either; brackets that the letter has not.
    """
    evidence, scores = context.evidence, context.gap_scores
    for gap, score in zip(evidence.gaps, scores, strict=True):
        item = evidence.items[gap.item]
        if gap.source or item.rendering != rendering.id or item.mode is Mode.FRAGMENT:
            continue
        quoted = item.target.quoted(gap.stretch.start, gap.stretch.end)
        if quoted is None:
            continue
        kind = "reported" if item.mode is Mode.INDIRECT else "clause" if gap.stretch.whole else "words"
        severity = Severity.INFO if kind == "reported" else Severity.MINOR
        yield Found(
            kind, "accuracy/addition", severity, float(score), None, quoted, {"text": quoted.text}, unit=item.unit
        )


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="addition",
    find=find,
    thresholds={
        "clause": Threshold(0.4, "placeholder", _GOLD),
        "words": Threshold(0.4, "placeholder", _GOLD),
        "reported": Threshold(0.6, "placeholder", _GOLD),
    },
    limits="Does not see.",
)
