"""One sentence of the Compare page word by word: the places where its renderings differ, as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aligner.checks.passages import Passage
from aligner.checks.wording import Kind, Side, Spot
from aligner.checks.wording.judge import kind_of
from aligner.comparison import Comparison
from aligner.encoders import Encoder
from aligner.model import Alignment, Severity
from aligner.pipeline.wordwise import Renderings, compare_words

Json = dict[str, Any]


def words(
    renderings: Renderings,
    order: Sequence[str],
    number: int,
    encoder: Encoder,
    *,
    pick: Mapping[str, Any],
    comparison: Comparison | None = None,
) -> Json:
    """Sentence `number` (from 1) in the renderings that have it, collated.

    `order` are the columns of the page. `pick` is what the reader chose: `renderings` (all, if none) and `base` (the
    medoid, if none); a pair of which one does not render the sentence is not chosen. `spots` are empty where fewer
    than two renderings are left. A side is `[start, stop, end, group, at]`, offsets into the
    rendering's text in `texts`, and into its document.
    """
    ordered = Renderings(renderings.letter, {n: renderings.alignments[n] for n in order}, renderings.documents)
    base = str(pick.get("base") or "") or None
    there = ordered.sentence(number - 1)
    names = [name for name in there if name in _listed(pick.get("renderings"))]
    if len(names) < 2:
        names = []
    every, found = compare_words(ordered, number - 1, encoder, names=names, base=base, comparison=comparison)
    row = renderings.letter.segments[number - 1]
    view: Json = {
        "letter": renderings.letter.id,
        "sentence": number,
        "text": row.text,
        "start": row.start,
        "all": list(every),
        "without": [name for name in order if name not in every],
        "also": {n: [r + 1 for r in each.rows if r != number - 1] for n, each in every.items() if len(each.rows) > 1},
        "renderings": list(found.renderings) if found else [],
        "base": found.base if found else None,
        "chosen": base if found and base == found.base else None,
        "texts": {name: each.target.text for name, each in every.items()},
        "marks": {name: _marks(each.target, renderings.alignments[name]) for name, each in every.items()},
        "spots": [_spot(spot, found.passages) for spot in found.spots] if found else [],
    }
    view["counts"] = {kind.value: sum(spot["kind"] == kind.value for spot in view["spots"]) for kind in Kind}
    return view


def _listed(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _spot(spot: Spot, passages: Sequence[Passage]) -> Json:
    """A place that differs in meaning is told by what makes it so."""
    telling = [reason for reason in spot.reasons if kind_of([reason]) is spot.kind]
    return {
        "kind": spot.kind.value,
        "reasons": [reason.value for reason in telling],
        "sides": [
            [side.start, side.stop, side.end, side.group, _at(passage, side)]
            for side, passage in zip(spot.sides, passages, strict=True)
        ],
        "silent": list(spot.silent),
    }


def _at(passage: Passage, side: Side) -> int:
    """Where a side begins in its document; -1 where it is not exactly the document's text."""
    if side.start == side.end:
        return -1
    first, last = passage.at[side.start], passage.at[side.end - 1] + 1
    return first if passage.document[first:last] == passage.text[side.start : side.end] else -1


def _marks(passage: Passage, alignment: Alignment) -> list[Json]:
    """The errors that checks found in a rendering's words, as stretches of its text."""
    found = []
    for finding in alignment.findings:
        if finding.target is None or finding.severity is Severity.INFO:
            continue
        inside = [i for i, place in enumerate(passage.at) if finding.target.start <= place < finding.target.end]
        if inside:
            found.append(
                {
                    "start": inside[0],
                    "end": inside[-1] + 1,
                    "severity": finding.severity.value,
                    "messages": dict(finding.messages),
                }
            )
    return found
