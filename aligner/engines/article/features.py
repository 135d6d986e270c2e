"""What speaks for and against a run of atoms rendering a run of source sentences.

Every feature is roughly between -1 and 1; the weights are in `weights.json`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engines.article.evidence import Evidence
from aligner.engines.article.lattice import Integers, Lattice
from aligner.engines.article.measures import coverage, gains
from aligner.engines.article.style import layout, style

Floats = npt.NDArray[np.float64]

# Runs shorter than a sentence have weights of their own for some features: quoted words inside somebody
# else's sentence, and unquoted parts of a sentence.
KINDS = ("embedded", "inside")
OF_KIND = (
    "bias", "cosine", "part_gain", "source_margin", "target_margin", "target_cover", "source_cover", "target_bare",
    "best_word", "length", "short", "content", "pointing", "density", "other_voice", "author_voice",
)  # fmt: skip
NAMES = (
    "bias", "cosine", "cosine_squared", "part_gain", "part_share", "source_margin", "target_margin", "echo",
    "target_cover", "source_cover", "target_bare", "best_word", "length", "short", "long", "content", "quoted",
    "mixed_quotes", "carrier", "heading", "list_item", "quotation", "starts_sentence", "ends_sentence", "sentences",
    "merged_2", "merged_3", "head_gain", "tail_gain", "grow_left", "grow_right", "source_head_gain",
    "source_tail_gain", "source_grow", "first_person_kept", "first_person_lost", "question", "numbers_met",
    "numbers_stray", "numbers_lost", "latin_stray", "tiny", "piece_margin", "other_voice", "letter_voice",
    "author_voice", "phrase", "phrase_margin", "pointing", "density", "label_both", "label_source", "label_target",
    "carrier_first", "carrier_first:density",
    *(f"{kind}:{name}" for kind in KINDS for name in OF_KIND),
)  # fmt: skip
PER_RUN = 5  # candidate source runs kept for a run of atoms
LOWEST = 0.12  # cosine below which nothing is a candidate unless a clause run is nearer
# Chinese characters for one English character as the length features take it: a round figure for news prose (in
# the novels of MAC-Dev the median bead has 0.25). The weights were learned with it.
CHARACTERS = 0.31


@dataclass(frozen=True)
class Candidates:
    """Candidate emissions: which run of atoms (`window`) renders which run of source sentences (`source`)."""

    window: Integers
    source: Integers


def candidates(evidence: Evidence) -> Candidates:
    """The nearest source runs of every run of atoms."""
    cosine, count = evidence.cosine, len(evidence.readings)
    if not len(evidence.runs) or not count:
        return Candidates(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    nearness = cosine.copy()
    nearness[:, :count] = np.maximum(nearness[:, :count], evidence.parts - 0.05)
    keep = min(PER_RUN, nearness.shape[1])
    top = np.argpartition(-nearness, keep - 1, axis=1)[:, :keep]
    window = np.repeat(np.arange(len(evidence.runs)), keep)
    source = top.ravel()
    good = nearness[window, source] >= LOWEST
    return Candidates(window[good].astype(np.int64), source[good].astype(np.int64))


def lattice(evidence: Evidence) -> tuple[Lattice, Candidates]:
    """The lattice of an article: candidates with their features, sorted by first atom."""
    chosen = candidates(evidence)
    runs = np.array(evidence.runs, dtype=np.int64).reshape(-1, 2)
    sources = np.array(evidence.sources, dtype=np.int64).reshape(-1, 2)
    order = np.lexsort((sources[chosen.source, 0], runs[chosen.window, 1], runs[chosen.window, 0]))
    chosen = Candidates(chosen.window[order], chosen.source[order])
    new_block = np.array(
        [i == 0 or atom.block != evidence.atoms[i - 1].block for i, atom in enumerate(evidence.atoms)], dtype=bool
    )
    made = Lattice(
        len(evidence.atoms),
        len(evidence.readings),
        runs[chosen.window, 0],
        runs[chosen.window, 1],
        sources[chosen.source, 0],
        sources[chosen.source, 1],
        features(evidence, chosen),
        new_block,
    )
    return made, chosen


def features(evidence: Evidence, chosen: Candidates) -> Floats:
    """The feature matrix, shape `(candidates, len(NAMES))`."""
    out = np.zeros((len(chosen.window), len(NAMES)))
    if not len(chosen.window):
        return out
    at = {name: k for k, name in enumerate(NAMES)}
    runs = np.array(evidence.runs)
    sources = np.array(evidence.sources)
    a, b = runs[chosen.window].T
    i, j = sources[chosen.source].T
    cosine = evidence.cosine[chosen.window, chosen.source]
    out[:, at["bias"]] = 1
    out[:, at["cosine"]] = cosine
    out[:, at["cosine_squared"]] = cosine**2
    single = j - i == 1
    part = np.where(single, evidence.parts[chosen.window, i], cosine)
    piece = evidence.best_piece[chosen.window, i]
    share = np.where(single, evidence.piece_share[piece], 1.0)
    out[:, at["part_gain"]] = part - cosine
    out[:, at["part_share"]] = 1 - share
    _margins(out, at, evidence, chosen, a, b, i, j, np.maximum(cosine, part), piece)
    coverage(out, at, evidence, a, b, chosen.window, chosen.source)
    _lengths(out, at, evidence, a, b, i, j, share)
    layout(out, at, evidence, a, b)
    out[:, at["merged_2"]] = j - i == 2
    out[:, at["merged_3"]] = j - i == 3
    gains(out, at, evidence, chosen.window, chosen.source, ~single)
    style(out, at, evidence, a, b, i, j)
    _fragments(out, at, evidence, chosen, a, b, i, j)
    return out


def _fragments(
    out: Floats, at: dict[str, int], evidence: Evidence, chosen: Candidates, a: Integers, b: Integers, i: Integers,
    j: Integers,
) -> None:  # fmt: skip
    near = evidence.phrases[chosen.window]
    columns = np.arange(near.shape[1])[None, :]
    inside = (columns >= i[:, None]) & (columns < j[:, None])
    own = np.where(inside, near, 0.0).max(axis=1)
    rival = np.where(inside, 0.0, near).max(axis=1)
    out[:, at["phrase"]] = own
    out[:, at["phrase_margin"]] = own - rival
    atoms = np.vstack([np.zeros((1, near.shape[1])), np.cumsum(evidence.pointing, axis=0)])
    across = np.hstack([np.zeros((len(atoms), 1)), np.cumsum(atoms, axis=1)])
    out[:, at["pointing"]] = np.minimum(across[b, j] - across[b, i] - across[a, j] + across[a, i], 3) / 3
    out[:, at["density"]] = evidence.density
    embedded = evidence.embedded[chosen.window]
    part = ~embedded & ~((out[:, at["starts_sentence"]] == 1) & (out[:, at["ends_sentence"]] == 1))
    out[:, at["carrier_first:density"]] = out[:, at["carrier_first"]] * evidence.density
    for kind, which in zip(KINDS, (embedded, part), strict=True):
        for name in OF_KIND:
            out[:, at[f"{kind}:{name}"]] = out[:, at[name]] * which


def _margins(
    out: Floats, at: dict[str, int], evidence: Evidence, chosen: Candidates, a: Integers, b: Integers, i: Integers,
    j: Integers, own: Floats, piece: Integers,
) -> None:  # fmt: skip
    """How much nearer a pair is than the best rivals on either side that do not overlap it."""
    count = len(evidence.readings)
    rows = evidence.parts[chosen.window].copy()  # candidates x sentences
    columns = np.arange(count)[None, :]
    rows[(columns >= i[:, None]) & (columns < j[:, None])] = -1
    rival = rows.max(axis=1, initial=-1)
    out[:, at["source_margin"]] = np.where(rival < 0, 0.3, own - rival)
    middle = (i + j - 1) // 2
    for name, near, place in (
        ("target_margin", evidence.parts, i),
        ("piece_margin", evidence.piece_cosine, np.where(j - i == 1, piece, i)),
    ):
        before, after = rivals(evidence, near)
        other = np.maximum(before[a, place], after[b, place])
        other = np.where(j - i > 1, np.maximum(other, np.maximum(before[a, middle], after[b, middle])), other)
        out[:, at[name]] = np.where(other < 0, 0.3, own - other)
        if name == "target_margin":
            out[:, at["echo"]] = np.where((other >= 0) & (own < before[a, place] - 0.05), 1, 0)


def rivals(evidence: Evidence, near: Floats) -> tuple[Floats, Floats]:
    """The greatest nearness of any run that ends at or before, and begins at or after, each atom."""
    total = len(evidence.atoms)
    before = np.full((total + 1, near.shape[1]), -1.0)
    after = np.full((total + 1, near.shape[1]), -1.0)
    for (start, end), row in zip(evidence.runs, near, strict=True):
        before[end] = np.maximum(before[end], row)
        after[start] = np.maximum(after[start], row)
    return np.maximum.accumulate(before, axis=0), np.maximum.accumulate(after[::-1], axis=0)[::-1]


def _lengths(
    out: Floats, at: dict[str, int], evidence: Evidence, a: Integers, b: Integers, i: Integers, j: Integers,
    share: Floats,
) -> None:  # fmt: skip
    starts = np.array([atom.start for atom in evidence.atoms])
    ends = np.array([atom.end for atom in evidence.atoms])
    target = (ends[b - 1] - starts[a]).astype(np.float64)
    sizes = np.concatenate([[0], np.cumsum([len(text) + 1 for text in evidence.readings])])
    source = (sizes[j] - sizes[i]) * share * CHARACTERS
    ratio = np.log((target + 2) / (source + 2))
    out[:, at["length"]] = np.abs(ratio)
    whole = np.log((target + 2) / ((sizes[j] - sizes[i]) * CHARACTERS + 2))
    out[:, at["short"]] = np.minimum(0, whole)
    out[:, at["long"]] = np.maximum(0, whole)
    out[:, at["content"]] = np.minimum(target / 30, 2)
    out[:, at["tiny"]] = target <= 6
