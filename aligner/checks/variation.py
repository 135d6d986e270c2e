"""How far the renderings of each sentence are apart, in words and in meaning."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import combinations

from aligner.checks.context import Context, Unit
from aligner.comparison import Distance, Variation
from aligner.model import Quoted


def variation(context: Context) -> tuple[Variation, ...]:
    """For each sentence of the letter with two or more renderings the distances between them.

    `wording` is 1 less the ratio of difflib over the words in order, `meaning` 1 less the cosine of the
    encoder's vectors. A unit of several sentences stands under each of them. All texts are encoded in one call.
    """
    if context.letter is None:
        return ()
    places = context.units_by_segment
    found: list[tuple[Quoted, list[tuple[str, Unit]]]] = []
    segments = {s.id: s for r in context.renderings if r.alignment for s in r.alignment.source_segments}
    for name, segment in sorted(segments.items(), key=lambda item: item[1].start):
        units = [(r.id, places[r.id][name]) for r in context.renderings if name in places[r.id]]
        if len(units) > 1:
            found.append((Quoted(segment.start, segment.end, segment.text), units))
    texts = sorted({unit.target.simplified for _, units in found for _, unit in units})
    vectors = dict(zip(texts, context.encoder.encode(texts), strict=True)) if texts else {}
    out = []
    for quoted, units in found:
        pairs = []
        for (a, one), (b, other) in combinations(units, 2):
            cosine = float(vectors[one.target.simplified] @ vectors[other.target.simplified])
            meaning = min(1.0, max(0.0, 1.0 - cosine))
            pairs.append(Distance((a, b), round(_wording(context, (a, one), (b, other)), 4), round(meaning, 4)))
        out.append(Variation(quoted, tuple(pairs)))
    return tuple(out)


def _wording(context: Context, one: tuple[str, Unit], other: tuple[str, Unit]) -> float:
    first, second = (
        [token.text for token in context.evidence.words[context.places[name, unit.id]].target]
        for name, unit in (one, other)
    )
    return 1.0 - SequenceMatcher(None, first, second, autojunk=False).ratio()
