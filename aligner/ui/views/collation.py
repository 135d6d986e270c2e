"""The Collation page as one value: witnesses side by side, their variants, the emendations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from aligner.model import Emendation, Letter, Reading, Segment, Variant, Witness
from aligner.ui.views.placement import rows_of

# Words on either side that let a reader find the place again.
CONTEXT = 32


def collation(letter: Letter) -> dict[str, Any]:
    """Everything the Collation page shows of `letter`.

    All offsets stay those of the witness's document. `sentences[i].others[j]` is the stretch of
    witness `witnesses[j + 1]` that answers the base's sentence; its `marks` are the variants in it,
    counted from its first character.
    """
    others = [witness for witness in letter.witnesses if witness.id != letter.base.id]
    return {
        "letter": {"id": letter.id, "title": letter.title, "author": letter.author, "language": letter.language},
        "witnesses": [_witness(witness, letter.base) for witness in (letter.base, *others)],
        "sentences": _sentences(letter, others),
        "variants": [_variant(letter, variant) for variant in letter.variants],
        "emendations": [_emendation(letter, emendation) for emendation in letter.emendations],
    }


def _witness(witness: Witness, base: Witness) -> dict[str, Any]:
    return {
        "id": witness.id,
        "document": witness.document.name,
        "start": witness.start,
        "end": witness.end,
        "base": witness.id == base.id,
    }


def _number(letter: Letter, start: int, end: int) -> int:
    """The number (from 1) of the sentence in which `[start, end)` of the base's document lies."""
    probe = Segment("place", start, max(end, start + 1), "x" * max(end - start, 1))
    return rows_of(letter.segments, [probe])["place"] + 1


def _around(text: str, start: int, end: int, low: int, high: int) -> dict[str, str]:
    """The words before and after, without those that the width cuts in two."""
    before, after = text[max(low, start - CONTEXT) : start], text[end : min(high, end + CONTEXT)]
    if low < start - CONTEXT and " " in before:
        before = before[before.index(" ") :]
    if end + CONTEXT < high and " " in after:
        after = after[: after.rindex(" ") + 1]
    return {"before": before, "after": after}


def _reading(reading: Reading) -> dict[str, Any]:
    return {"witness": reading.witness, "start": reading.start, "end": reading.end, "text": reading.text}


def _variant(letter: Letter, variant: Variant) -> dict[str, Any]:
    base = variant.base
    emended = [
        emendation.id
        for emendation in letter.emendations
        if not emendation.rejected and emendation.start < max(base.end, base.start + 1) and base.start < emendation.end
    ]
    return {
        "id": variant.id,
        "kind": variant.kind,
        "sentence": _number(letter, base.start, base.end),
        "base": _reading(base),
        "other": _reading(variant.other),
        "emendations": emended,
        **_around(letter.base.document.text, base.start, base.end, letter.base.start, letter.base.end),
    }


def _emendation(letter: Letter, emendation: Emendation) -> dict[str, Any]:
    text, base = letter.base.document.text, letter.base
    return {
        "id": emendation.id,
        "sentence": _number(letter, emendation.start, emendation.end),
        "start": emendation.start,
        "end": emendation.end,
        "text": emendation.text,
        "replacement": emendation.replacement,
        "evidence": emendation.evidence,
        "witness": emendation.witness,
        "rejected": emendation.rejected,
        **_around(text, emendation.start, emendation.end, base.start, base.end),
    }


def _sentences(letter: Letter, others: Sequence[Witness]) -> list[dict[str, Any]]:
    edges = [letter.base.start, *(segment.start for segment in letter.segments[1:]), letter.base.end]
    readings = {witness.id: [v for v in letter.variants if v.other.witness == witness.id] for witness in others}
    cuts = {witness.id: _cuts(letter.base, witness, readings[witness.id], edges) for witness in others}
    base_marks = [(v.base, v.kind) for v in letter.variants]
    rows = []
    for index, segment in enumerate(letter.segments):
        row: dict[str, Any] = {
            "start": segment.start,
            "text": segment.text,
            "marks": _marks(base_marks, segment.start, segment.end),
            "others": [],
        }
        for witness in others:
            start, end = _trim(witness, cuts[witness.id][index], cuts[witness.id][index + 1])
            marks = _marks([(v.other, v.kind) for v in readings[witness.id]], start, end)
            row["others"].append({"start": start, "text": witness.document.text[start:end], "marks": marks})
        rows.append(row)
    return rows


def _marks(readings: Sequence[tuple[Reading, str]], start: int, end: int) -> list[list[Any]]:
    """`[start, end, kind]` of the readings inside a stretch; a gap (start == end) keeps its place."""
    return [
        [max(r.start, start) - start, min(r.end, end) - start, kind]
        for r, kind in readings
        if (r.start < end and start < r.end) or (r.start == r.end and start <= r.start < end)
    ]


def _cuts(base: Witness, other: Witness, variants: Sequence[Variant], edges: Sequence[int]) -> list[int]:
    """Where each edge of the base falls in the other witness.

    Between variants the witnesses differ in white space and typography only, so an edge is found by
    counting the characters that are neither from the end of the last variant: onwards, or backwards
    when the edge lies inside it.
    """
    anchors = sorted((v.base.start, v.base.end, v.other.start, v.other.end) for v in variants)
    starts = [anchor[0] for anchor in anchors]
    base_solid, other_solid = _solid(base), _solid(other)
    found = []
    for edge in edges:
        near = bisect_left(starts, edge) - 1
        from_base, from_other = anchors[near][1::2] if near >= 0 else (base.start, other.start)
        count = bisect_left(base_solid, edge) - bisect_left(base_solid, from_base)
        at = bisect_left(other_solid, from_other) + count
        found.append(other_solid[at] if at < len(other_solid) else other.end)
    found[-1] = other.end
    return found


def _solid(witness: Witness) -> list[int]:
    """Where characters other than white space stand in the witness, as offsets into its document."""
    return [witness.start + at for at, char in enumerate(witness.text) if not char.isspace()]


def _trim(witness: Witness, start: int, end: int) -> tuple[int, int]:
    text = witness.document.text[start : max(start, end)]
    return start + len(text) - len(text.lstrip()), start + max(len(text.rstrip()), len(text) - len(text.lstrip()))
