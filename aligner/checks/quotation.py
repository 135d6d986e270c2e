"""Whether what stands between quotation marks is honest."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.checks.words.evidence import FEATURES
from aligner.model import Mode, Place, Quoted, Severity
from aligner.text.quotes import quotes

AROUND = 300
"""Characters on either side of the letter's region in which quotation marks are looked at."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Quotation marks that never close, and clauses cut inside a quotation without an ellipsis.

    One finding for all marks of a rendering that do not close; one for each clause that was cut.
    """
    document, alignment = rendering.document, rendering.alignment
    if document is None or alignment is None or alignment.target.region is None:
        return
    text, region = document.text, alignment.target.region
    first, last = max(0, region.start - AROUND), min(len(text), region.end + AROUND)
    pairs = {"“": "”", "「": "」", "『": "』"}
    lacking = {mark for mark, closing in pairs.items() if text.count(mark) > text.count(closing)}
    loose = [
        q for q in quotes(text)
        if not q.closed and first <= q.start < last and text[q.start] in lacking and not _goes_on(text, q.end)
    ]  # fmt: skip
    if loose:
        spans = [Quoted(q.start, q.start + 1, text[q.start : q.start + 1]) for q in loose]
        places = tuple(Place(rendering.id, "target", s.start, s.end, s.text) for s in spans[1:])
        words = {"mark": spans[0].text, "count": len(spans)}
        yield Found("open", "linguistic conventions/punctuation", Severity.INFO, 0.9, None, spans[0], words, {}, places)
    yield from _cuts(rendering, context)


def _goes_on(text: str, end: int) -> bool:
    """Whether the next paragraph begins with a quotation mark again: speech over several paragraphs."""
    return text[end:].lstrip()[:1] in set("“「『")


def _cuts(rendering: Rendering, context: Context) -> Iterator[Found]:
    spans = [q for q in quotes(rendering.document.text if rendering.document else "") if q.closed]
    evidence, scores = context.evidence, context.gap_scores
    whole, edge = FEATURES.index("whole"), FEATURES.index("edge")
    for gap, score in zip(evidence.gaps, scores, strict=True):
        item = evidence.items[gap.item]
        if not gap.source or item.rendering != rendering.id or item.mode is not Mode.DIRECT:
            continue
        if not gap.features[whole] or gap.features[edge]:
            continue
        start, end = item.target.at[0], item.target.at[-1] + 1
        inside = any(q.start <= start and end <= q.end + 1 for q in spans)
        source = item.source.quoted(gap.stretch.start, gap.stretch.end)
        if source and inside and "…" not in item.target.text and "..." not in item.target.text:
            words = {"text": source.text}
            yield Found(
                "cut", "accuracy/omission", Severity.MAJOR, float(score), source, None, words, {}, unit=item.unit
            )  # fmt: skip


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="quotation",
    find=find,
    thresholds={
        "open": Threshold(0.5, "an opening mark without a closing one, where no further paragraph goes on", _GOLD),
        "cut": Threshold(0.32, "that of omitted clauses", _GOLD),
    },
    limits="Does not see words between quotation marks that the letter never said; addition and meaning may.",
)
