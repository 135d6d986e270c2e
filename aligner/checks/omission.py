"""Words, clauses and parentheses of the letter that a rendering leaves out of a sentence it renders."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.checks.words.evidence import FEATURES, Evidence, Gap
from aligner.model import Mode, Severity

KEPT = 0.6
"""How surely another rendering has the words for it to be named as one that keeps them."""
MOSTLY = 0.6
"""Share of the letter in its own voice from which a rendering is no mere excerpt."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Words, adverbials, clauses and parentheses of a rendered sentence that have no counterpart in it.

    A word is met by its dictionary glosses, its vector, its value or its sound; what is left is weighed
    by rarity, by what cutting it does to the likeness of both sides, and by what other renderings keep.
    """
    evidence, scores = context.evidence, context.gap_scores
    for gap, score in zip(evidence.gaps, scores, strict=True):
        item = evidence.items[gap.item]
        if not gap.source or item.rendering != rendering.id or item.mode is Mode.FRAGMENT:
            continue
        quoted = item.source.quoted(gap.stretch.start, gap.stretch.end)
        if quoted is None:
            continue
        kind = _kind(gap, item.mode)
        yield Found(
            kind,
            "accuracy/omission",
            {"clause": Severity.MAJOR, "words": Severity.MINOR}.get(kind, Severity.INFO),
            float(score),
            quoted,
            None,
            {"text": quoted.text},
            _evidence(gap, evidence),
            unit=item.unit,
        )


def _kind(gap: Gap, mode: Mode | None) -> str:
    if mode is Mode.INDIRECT:
        return "reported"
    complete, edge = (gap.features[FEATURES.index(name)] for name in ("complete", "edge"))
    if complete < MOSTLY and edge:
        return "excerpt"
    return "clause" if gap.stretch.whole else "words"


def _evidence(gap: Gap, evidence: Evidence) -> dict[str, object]:
    tokens, met = evidence.words[gap.item].side(source=True)
    inside = [k for k in range(gap.stretch.first, gap.stretch.last) if not tokens[k].light]
    out: dict[str, object] = {"unmet": [tokens[k].text for k in inside if met[k] < KEPT]}
    table = evidence.support[gap.item].source
    kept = [
        evidence.items[j].rendering
        for row, j in zip(table, evidence.peers[gap.item], strict=True)
        if inside
        and float(row[inside].mean()) >= KEPT
        and evidence.items[j].rendering != evidence.items[gap.item].rendering
    ]
    if kept:
        out["kept_by"] = kept
    return out


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="omission",
    find=find,
    thresholds={
        "clause": Threshold(0.36, "from here two in three meet a planted divergence, letters left out in turn", _GOLD),
        "words": Threshold(0.38, "as for clauses; single common verbs lie below", _GOLD),
        "reported": Threshold(0.5, "reported speech sums up: a difference worth knowing, not an error", _GOLD),
        "excerpt": Threshold(0.5, "where an excerpt begins or ends is its choice", _GOLD),
    },
    limits=(
        "Does not see dropped function words (polarity does), nor phrases quoted inside somebody's sentence. "
        "A free paraphrase can look like an omission where no other rendering shows that it is none."
    ),
)
