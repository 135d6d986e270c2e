"""Adverbs and adverbial phrases that a rendering drops."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.model import Mode, Severity

USUAL = 0.62
"""Cosine of an adverbial to its rendering in other renderings, where there are none."""
MET, PEERS, TOP = 0.4, 0.5, 0.8
"""Weights of the words' own counterparts and of the other renderings beside the nearest stretch; see `find`."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Adverbs and adverbial phrases (twice, in full, around the clock, without reservation) that nothing renders.

    The phrase is compared with every stretch of up to four words of the rendering; the score grows
    with its distance from the nearest, and with how near other renderings come.
    """
    evidence = context.evidence
    for phrase in context.phrases:
        item = evidence.items[phrase.item]
        if item.rendering != rendering.id or item.mode is Mode.FRAGMENT:
            continue
        quoted = item.source.quoted(phrase.place.start, phrase.place.end)
        if quoted is None:
            continue
        peers = USUAL if phrase.in_peers is None else phrase.in_peers
        score = TOP - phrase.nearest - MET * phrase.met + PEERS * peers
        facts = {"nearest": round(phrase.nearest, 4)}
        if phrase.in_peers is not None:
            facts["in_others"] = round(phrase.in_peers, 4)
        reported = item.mode is Mode.INDIRECT
        yield Found(
            "reported" if reported else "phrase" if phrase.place.phrase else "adverb",
            "accuracy/omission",
            Severity.INFO if reported else Severity.MINOR,
            min(1.0, max(0.0, score)),
            quoted,
            None,
            {"text": quoted.text},
            facts,
            unit=item.unit,
        )


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="adverbial",
    find=find,
    thresholds={
        "adverb": Threshold(0.6, "three in four that lie above are planted", _GOLD),
        "phrase": Threshold(0.66, "found by form alone, so that only the plainest count", _GOLD),
        "reported": Threshold(0.66, "a report sums up: a difference, not an error", _GOLD),
    },
    limits="English to Chinese only. An adverb that the verb itself renders (恳求 for ask earnestly) looks dropped.",
)
