"""Units that, all in all, look as if they did not say what the letter says."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.words.evidence import Evidence
from aligner.model import Quoted, Severity

RARER = 0.6
"""Omissions and additions count this much beside serious errors of any kind, which are more common."""


ENOUGH = 5
"""Content words that both sides must have to be called strangers."""
FALL = 2.5
"""How fast strangeness falls with the mean of likeness and of the shares of words that are met."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Sentences whose meaning lies clearly outside what such links show, by themselves and among other renderings.

    All words of both sides, the likeness of the sentences, their lengths, and what other renderings of
    the same source say give the probability of an omission, of an addition and of any serious error.
    """
    evidence, scores, risks = context.evidence, context.gap_scores, context.unit_risks
    for unit in rendering.units:
        i = context.places[rendering.id, unit.id]
        source = _widest(evidence, scores, i, True) or unit.source.quoted(0, len(unit.source.text))
        target = _widest(evidence, scores, i, False) or unit.target.quoted(0, len(unit.target.text))
        facts = {"likeness": round(float(evidence.cosine[i]), 4)}
        if evidence.peers[i]:
            facts["likeness_to_others"] = round(float(evidence.consensus[i]), 4)
        for kind, category, severity, score, sides in (
            ("stranger", "accuracy/mistranslation", Severity.MAJOR, _strangeness(evidence, i), _whole(unit)),
            ("serious", "accuracy/mistranslation", Severity.MAJOR, risks["major"][i], (source, target)),
            ("omission", "accuracy/omission", Severity.MINOR, RARER * risks["omission"][i], (source, None)),
            ("addition", "accuracy/addition", Severity.MINOR, RARER * risks["addition"][i], (None, target)),
        ):
            words = {"source": source.text if source else "", "target": target.text if target else ""}
            yield Found(kind, category, severity, float(score), *sides, words, facts, unit=unit.id)


def _strangeness(evidence: Evidence, i: int) -> float:
    """How surely the two sides have nothing in common: 1 where neither words nor sentences meet."""
    words = evidence.words[i]
    shares = []
    for source in (True, False):
        tokens, met = words.side(source=source)
        heavy = [k for k, t in enumerate(tokens) if not t.light and not t.name]
        if len(heavy) < ENOUGH:
            return 0.0
        weight = np.array([tokens[k].weight for k in heavy])
        shares.append(float((weight * met[heavy]).sum() / weight.sum()))
    likeness = (max(0.0, float(evidence.cosine[i])) + sum(shares)) / 3
    return max(0.0, 1.0 - FALL * likeness)


def _whole(unit: Unit) -> tuple[Quoted | None, Quoted | None]:
    return unit.source.quoted(0, len(unit.source.text)), unit.target.quoted(0, len(unit.target.text))


def _widest(
    evidence: Evidence, scores: np.ndarray[tuple[int], np.dtype[np.float64]], i: int, source: bool
) -> Quoted | None:
    """The gap of the unit that is most likely one."""
    own = [k for k, gap in enumerate(evidence.gaps) if gap.item == i and gap.source is source]
    if not own:
        return None
    best = evidence.gaps[max(own, key=lambda k: float(scores[k]))]
    item = evidence.items[i]
    return (item.source if source else item.target).quoted(best.stretch.start, best.stretch.end)


_GOLD = "benchmarks/letters and expert MQM marks of TED talks"
CHECK = RenderingCheck(
    name="meaning",
    find=find,
    thresholds={
        "stranger": Threshold(0.6, "no link of the gold with five content words on both sides comes near", _GOLD),
        "serious": Threshold(
            0.975, "half of the units above 0.94 have an error, which other checks name better", _GOLD
        ),
        "omission": Threshold(1.0, "a measure to rank units by; what is missing is named by the check omission", _GOLD),
        "addition": Threshold(1.0, "a measure to rank units by; what is added is named by the check addition", _GOLD),
    },
    limits=(
        "Ranks sentences; where it is right it often cannot say which words are wrong. Longer sentences are riskier "
        "by their length alone."
    ),
)
