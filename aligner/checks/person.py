"""Who speaks: the letter's I inside somebody else's report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.model import Mode, Severity
from aligner.text.quotes import quotes

FIRST = re.compile(r"(?<![自敌忘])(?:我们|咱们|我)(?!国|校|院|司|党|市|省)")
THIRD = re.compile(r"(?<!其)[他她](?![人日国乡])|其(?![中他实余次间它])|该公司|公司(?=[称表宣])")


def find(rendering: Rendering, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """The letter's first person left standing in reported speech (他说我的…), where the report says he or she.

    Only outside quotation marks, and only where the same sentence speaks of the author in the third person.
    """
    if rendering.document is None:
        return
    spans = [(q.start, q.end) for q in quotes(rendering.document.text)]
    for unit in rendering.units:
        if unit.mode is not Mode.INDIRECT or not unit.target.chinese:
            continue
        text = unit.target.simplified
        if not THIRD.search(text):
            continue
        for match in FIRST.finditer(text):
            at = unit.target.at[match.start()]
            if any(start <= at < end for start, end in spans):
                continue
            quoted = unit.target.quoted(match.start(), match.end())
            if quoted:
                yield Found(
                    "mixed",
                    "linguistic conventions/grammar",
                    Severity.MINOR,
                    0.7,
                    None,
                    quoted,
                    {"text": quoted.text},
                    unit=unit.id,
                )
                break


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="person",
    find=find,
    thresholds={"mixed": Threshold(0.6, "both persons stand in one sentence outside quotation marks", _GOLD)},
    limits="Does not see who is meant: he and she are compared by the check contrary, names by the check names.",
)
