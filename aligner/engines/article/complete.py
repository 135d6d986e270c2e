"""What the paths miss: the rest of long sentences, and the first and last lines of a letter.

The rest of a sentence: what a long sentence's rendering goes on to say behind the part found.

A path through the article sees a second piece of a sentence as an unlikely return to where it was. Seen
from the sentence it is likely: its own words are still missing, and just behind its rendering stands,
in front of the next sentence's rendering, an unlinked stretch that has them. Lines: see `lines.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aligner.engines.article.constraints import Booleans
from aligner.engines.article.emission import Emission, mean_belief, met_words
from aligner.engines.article.evidence import Evidence, Floats
from aligner.engines.article.lines import block_runs

# Of a sentence's content words at least this share is unmet, or there is nothing to complete.
UNMET = 0.3
# A stretch must meet this share of the unmet words, and have this cosine with some piece of the sentence.
MEETS, SENSE = 0.45, 0.42
SURE = 0.9  # of both neighbours
UNSURE = 0.49  # at most, unless the model itself believes more: a person should look at it
# What the model itself must believe of a line: `The full text:` and `Editor: ...` stand in such places too.
LIKELY = 0.1


def completed(
    emissions: Sequence[Emission],
    evidence: Evidence,
    belief: Floats,
    settled: Sequence[Emission],
    banned: Booleans,
) -> list[Emission]:
    """The emissions, and the missing pieces of their sentences found right behind them.

    `settled` emissions are neighbours, and nothing is added to them; nothing in `banned` is added.
    """
    out = list(emissions)
    for emission in emissions:
        for i in range(emission.first, emission.last):
            near = sorted([*out, *settled], key=lambda e: e.begin)
            piece = _missing_piece(i, emission, near, evidence, belief, banned)
            if piece is not None:
                out = sorted([*out, piece], key=lambda e: e.begin)
    return out


def _missing_piece(
    i: int, emission: Emission, emissions: list[Emission], evidence: Evidence, belief: Floats, banned: Booleans
) -> Emission | None:
    """The unlinked sentences between the rendering of sentence `i` and that of the next, if they complete it."""
    following = next((e for e in emissions if e.begin >= emission.end), None)
    if i != emission.last - 1 or following is None or following.first != i + 1:
        return None
    if min(emission.confidence, following.confidence) < SURE:
        return None
    met = met_words(emission, evidence, i, i + 1)
    unmet = met < 0.5
    if len(met) < 4 or unmet.mean() < UNMET:
        return None
    best: tuple[float, Emission] | None = None
    for window, (begin, end) in enumerate(evidence.runs):
        if not emission.end <= begin < end <= following.begin or not _whole_and_alike(begin, end, emission, evidence):
            continue
        sense = float(evidence.parts[window, i])
        if banned[begin:end, i].any():
            continue
        candidate = Emission(begin, end, i, i + 1, 0.0)
        gain = float((met_words(candidate, evidence, i, i + 1)[unmet] >= 0.3).mean())
        if sense >= SENSE and gain >= MEETS and (best is None or gain + sense > best[0]):
            chance = max(mean_belief(evidence, belief, candidate), min(UNSURE, gain * sense))
            best = gain + sense, replace(candidate, confidence=chance)
    return best[1] if best else None


def _whole_and_alike(begin: int, end: int, emission: Emission, evidence: Evidence) -> bool:
    """Whether a run is whole sentences, quoted or not as the rendering it would complete."""
    atoms = evidence.atoms
    starts = atoms[begin - 1].sentence != atoms[begin].sentence
    ends = end == len(atoms) or atoms[end].sentence != atoms[end - 1].sentence
    alike = all(
        (a.quoted, a.kind) == (atoms[emission.begin].quoted, atoms[emission.begin].kind) for a in atoms[begin:end]
    )
    return starts and ends and alike


def with_lines(
    emissions: Sequence[Emission],
    evidence: Evidence,
    belief: Floats,
    settled: Sequence[Emission],
    banned: Booleans,
) -> list[Emission]:
    """The emissions, and the lines in front of the first and behind the last source sentence that is rendered."""
    every = [e for e in (*emissions, *settled) if e.begin < e.end]
    if not every:
        return list(emissions)
    blocks = block_runs(evidence.atoms)
    number = np.repeat(np.arange(len(blocks)), [end - begin for begin, end in blocks])
    linked = {number[a] for e in every for a in range(e.begin, e.end)}
    head = min(every, key=lambda e: (e.first, e.begin))
    tail = max(every, key=lambda e: (e.last, e.end))
    found: list[Emission] = []
    for emission, sentence, step in ((head, head.first - 1, -1), (tail, tail.last, 1)):
        if emission.confidence < SURE:
            continue
        block = int(number[emission.begin if step < 0 else emission.end - 1]) + step
        while 0 <= sentence < len(evidence.readings) and 0 <= block < len(blocks) and block not in linked:
            begin, end = blocks[block]
            line = Emission(begin, end, sentence, sentence + 1, UNSURE)
            both = evidence.source_lines[sentence] and evidence.target_lines[begin]
            if not both or banned[begin:end, sentence].any() or mean_belief(evidence, belief, line) < LIKELY:
                break
            found.append(line)
            sentence, block = sentence + step, block + step
    return sorted([*emissions, *found], key=lambda e: e.begin)


def with_quotations(
    emissions: Sequence[Emission], evidence: Evidence, belief: Floats, settled: Sequence[Emission], banned: Booleans
) -> list[Emission]:
    """The emissions, each with the quoted words that its last or first clause is built around.

    `他说这份工作是“无情的”`: the clause was cut at the quotation mark, and its half says too little.
    """
    taken = {a for e in (*emissions, *settled) for a in range(e.begin, e.end)}
    out: list[Emission] = []
    for emission in emissions:
        begin, end, columns = emission.begin, emission.end, slice(emission.first, emission.last)

        def joins(outer: int, inner: int, columns: slice = columns) -> bool:
            """Whether quoted atom `outer` belongs to the clause of unquoted atom `inner`."""
            atoms = evidence.atoms
            if not 0 <= outer < len(atoms) or outer in taken or atoms[outer].sentence != atoms[inner].sentence:
                return False
            open_clause = evidence.texts[min(outer, inner)][-1:].isalnum()
            built_in = atoms[outer].quoted and not atoms[inner].quoted and open_clause
            return built_in and not banned[outer, columns].any() and float(belief[outer, columns].mean()) >= LIKELY

        if joins(end, end - 1):
            end += 1
        if joins(begin - 1, begin):
            begin -= 1
        taken.update((begin, end - 1))
        out.append(replace(emission, begin=begin, end=end))
    return out
