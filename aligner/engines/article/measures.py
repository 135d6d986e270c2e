"""Features that compare a run with its neighbours and word by word, for all candidates at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from aligner.engines.article.evidence import Evidence
from aligner.engines.article.fragments import best_per_sentence

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

BARE = 0.15  # strength below which a word has no counterpart
LARGEST_GAIN = 0.3


def coverage(
    out: Floats, at: dict[str, int], evidence: Evidence, a: Integers, b: Integers, window: Integers, source: Integers
) -> None:
    """Share of words, by weight, that have a counterpart on the other side; words without one; the best word."""
    table = evidence.words
    if not table.strength.size:
        return
    best = _best_of_sources(evidence)  # (target words, source runs)
    weight = table.target_weight[:, None]
    total = _running_sum(table.target_weight[:, None], evidence)[:, 0]
    size = total[b] - total[a]
    met, bare = (_running_sum(values * weight, evidence) for values in (best, best < BARE))
    source_words = np.bincount(table.source_sentence, minlength=len(evidence.readings))
    spans = np.array(evidence.sources)
    words = np.concatenate([[0], np.cumsum(source_words)])
    some = (size > 0) & (words[spans[source, 1]] > words[spans[source, 0]])
    place = source[some]
    ours = (a[some], b[some], place)
    out[some, at["target_cover"]] = (met[ours[1], place] - met[ours[0], place]) / size[some]
    out[some, at["target_bare"]] = np.minimum((bare[ours[1], place] - bare[ours[0], place]) / 10, 1.5)
    content = _per_atom(best * (weight >= 1), evidence)
    strongest = np.zeros(len(place))
    for step in range(int((ours[1] - ours[0]).max(initial=0))):
        inside = ours[0] + step < ours[1]
        strongest[inside] = np.maximum(strongest[inside], content[ours[0][inside] + step, place[inside]])
    out[some, at["best_word"]] = strongest
    out[some, at["source_cover"]] = _source_cover(evidence)[window[some], place]


def _best_of_sources(evidence: Evidence) -> Floats:
    """Every target word's best counterpart in each run of source sentences."""
    table = evidence.words
    single = best_per_sentence(table.strength, table.source_sentence, len(evidence.readings))
    return np.stack([single[:, i:j].max(axis=1) for i, j in evidence.sources], axis=1)


def _running_sum(values: Floats, evidence: Evidence) -> Floats:
    """Sums over the words of the first atoms, shape `(atoms + 1, columns)`."""
    total = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    words = np.bincount(evidence.words.target_atom, minlength=len(evidence.atoms))
    sums: Floats = total[np.concatenate([[0], np.cumsum(words)])]
    return sums


def _per_atom(values: Floats, evidence: Evidence) -> Floats:
    """The greatest value over the words of each atom."""
    return best_per_sentence(values.T, evidence.words.target_atom, len(evidence.atoms)).T


def _source_cover(evidence: Evidence) -> Floats:
    """Per run of atoms and run of source sentences the share of the latter's words that are met."""
    table = evidence.words
    met = _per_atom(table.strength, evidence)  # (atoms, source words)
    begin, end = np.array(evidence.runs).T
    best = np.zeros((len(begin), met.shape[1]))
    for step in range(int((end - begin).max(initial=0))):
        inside = np.flatnonzero(begin + step < end)
        best[inside] = np.maximum(best[inside], met[begin[inside] + step])
    share = np.zeros((met.shape[1], len(evidence.sources)))
    for k, (i, j) in enumerate(evidence.sources):
        own = (table.source_sentence >= i) & (table.source_sentence < j)
        share[own, k] = table.source_weight[own] / table.source_weight[own].sum()
    return best @ share


def gains(
    out: Floats, at: dict[str, int], evidence: Evidence, window: Integers, source: Integers,
    several: npt.NDArray[np.bool_],
) -> None:  # fmt: skip
    """What the cosine gains by the outermost pieces, and would gain by the next ones."""
    count = len(evidence.readings)
    value = np.hstack([evidence.parts, evidence.cosine[:, count:]])
    run_at = {run: k for k, run in enumerate(evidence.runs)}
    source_at = {run: k for k, run in enumerate(evidence.sources)}

    def beside(known: dict[tuple[int, int], int], runs: tuple[tuple[int, int], ...], head: int, tail: int) -> Integers:
        return np.array([known.get((first + head, last + tail), -1) for first, last in runs], dtype=np.int64)

    def clipped(change: Floats) -> Floats:
        limited: Floats = np.clip(change, -LARGEST_GAIN, LARGEST_GAIN)
        return limited

    own = value[window, source]
    for name, head, tail in (("head_gain", 1, 0), ("tail_gain", 0, -1)):
        other = beside(run_at, evidence.runs, head, tail)[window]
        out[:, at[name]] = np.where(other < 0, 0.05, clipped(own - value[other, source]))
    for name, head, tail in (("grow_left", -1, 0), ("grow_right", 0, 1)):
        other = beside(run_at, evidence.runs, head, tail)[window]
        out[:, at[name]] = np.where(other < 0, -0.05, clipped(value[other, source] - own))
    for name, head, tail in (("source_head_gain", 1, 0), ("source_tail_gain", 0, -1)):
        other = beside(source_at, evidence.sources, head, tail)[source]
        out[:, at[name]] = np.where(several & (other >= 0), clipped(own - value[window, other]), 0.0)
    grown = [beside(source_at, evidence.sources, head, tail)[source] for head, tail in ((-1, 0), (0, 1))]
    best = np.maximum.reduce([np.where(other < 0, -np.inf, value[window, other]) for other in grown])
    out[:, at["source_grow"]] = np.where(np.isinf(best), 0.0, clipped(best - own))
