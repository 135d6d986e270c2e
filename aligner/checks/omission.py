"""Words, clauses and parentheses of the letter that a rendering leaves out of a sentence it renders."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.checks.words.english import looks_like_verb
from aligner.checks.words.evidence import FEATURES, Evidence, Gap
from aligner.model import Mode, Severity
from aligner.text.markers import markers
from aligner.text.quotes import quotes

COUNTED = FEATURES.index("counted")
NUMBER = 0.5
"""What remains of the score of a gap that is nothing but a number: the check numbers knows better."""
OTHERWISE = 0.6
"""What remains of the score of verbs, names and small words alone: they are put another way oftener than dropped."""
SEVERITIES = {"clause": Severity.MAJOR, "words": Severity.MINOR, "kept": Severity.MINOR, "retold": Severity.MINOR}
"""Of the kinds that are errors; the others are for information."""
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
    spans = [(q.start, q.end) for q in quotes(rendering.document.text)] if rendering.document else []
    for gap, score in zip(evidence.gaps, scores, strict=True):
        item = evidence.items[gap.item]
        if not gap.source or item.rendering != rendering.id or item.mode is Mode.FRAGMENT:
            continue
        quoted = item.source.quoted(gap.stretch.start, gap.stretch.end)
        if quoted is None:
            continue
        inside = any(start <= item.target.at[0] and item.target.at[-1] < end for start, end in spans)
        kind, rephrased = _kind(gap, item.mode, quoted=inside), False
        if kind == "words" and gap.features[COUNTED] == 1.0:
            score = score * NUMBER
        elif kind == "words" and (rephrased := _rephrased(gap, evidence)):
            score = score * OTHERWISE
        facts = _evidence(gap, evidence)
        if kind == "words" and not rephrased and len(facts.get("kept_by", [])) > 1:
            kind = "kept"
        yield Found(
            kind,
            "accuracy/omission",
            SEVERITIES.get(kind, Severity.INFO),
            float(score),
            quoted,
            None,
            {"text": quoted.text},
            facts,
            unit=item.unit,
        )


def _kind(gap: Gap, mode: Mode | None, *, quoted: bool) -> str:
    if mode is Mode.INDIRECT and not quoted:
        return "retold" if gap.stretch.whole and not gap.features[COUNTED] else "reported"
    complete, edge = (gap.features[FEATURES.index(name)] for name in ("complete", "edge"))
    if complete < MOSTLY and edge:
        return "excerpt"
    return "clause" if gap.stretch.whole else "words"


def _rephrased(gap: Gap, evidence: Evidence) -> bool:
    """Whether a gap consists of verbs, of names, or of words that the check polarity knows better."""
    item = evidence.items[gap.item]
    if item.source.chinese:
        return False
    tokens = evidence.words[gap.item].source
    bends = markers(item.source.text, chinese=False)
    inside = [k for k in range(gap.stretch.first, gap.stretch.last) if not tokens[k].light]
    return all(
        looks_like_verb(tokens[k].text, tokens[k - 1].text if k else "")
        or tokens[k].name
        or any(m.start <= tokens[k].start < m.end for m in bends)
        for k in inside
    )


def _evidence(gap: Gap, evidence: Evidence) -> dict[str, list[str]]:
    tokens, met = evidence.words[gap.item].side(source=True)
    inside = [k for k in range(gap.stretch.first, gap.stretch.last) if not tokens[k].light]
    out: dict[str, list[str]] = {"unmet": [tokens[k].text for k in inside if met[k] < KEPT]}
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
        "clause": Threshold(0.5, "from here two in three are planted; below, free translations lie", _GOLD),
        "words": Threshold(0.4, "letters left out in turn, from here more than half are planted", _GOLD),
        "kept": Threshold(
            0.33, "two other renderings have the words; letters left out, more than half are planted", _GOLD
        ),
        "retold": Threshold(
            0.5, "clauses cut from a report; seven in ten meet a planted divergence or a known cut", _GOLD
        ),
        "reported": Threshold(0.5, "reported speech sums up: a difference worth knowing, not an error", _GOLD),
        "excerpt": Threshold(0.5, "where an excerpt begins or ends is its choice", _GOLD),
    },
    limits=(
        "Does not see dropped function words (polarity does), nor phrases quoted inside somebody's sentence. "
        "A free paraphrase can look like an omission where no other rendering shows that it is none."
    ),
)
