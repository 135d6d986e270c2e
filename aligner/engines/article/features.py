"""What speaks for and against a run of atoms rendering a run of source sentences.

Every feature is roughly between -1 and 1; the weights are in `weights.json`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engines.article.evidence import Evidence
from aligner.engines.article.lattice import Integers, Lattice
from aligner.engines.article.reporting import by_author, main_speaker, voices
from aligner.engines.article.windows import sentence_spans
from aligner.engines.words import LATIN
from aligner.model import BlockKind
from aligner.text.numbers import numbers

Floats = npt.NDArray[np.float64]

NAMES = (
    "bias", "cosine", "cosine_squared", "part_gain", "part_share", "source_margin", "target_margin", "echo",
    "target_cover", "source_cover", "target_bare", "best_word", "length", "short", "long", "content", "quoted",
    "mixed_quotes", "carrier", "heading", "list_item", "quotation", "starts_sentence", "ends_sentence", "sentences",
    "merged_2", "merged_3", "head_gain", "tail_gain", "grow_left", "grow_right", "source_head_gain",
    "source_tail_gain", "source_grow", "first_person_kept", "first_person_lost", "question", "numbers_met",
    "numbers_stray", "numbers_lost", "latin_stray", "tiny", "piece_margin", "other_voice", "letter_voice",
    "author_voice",
)  # fmt: skip
PER_RUN = 5  # candidate source runs kept for a run of atoms
LOWEST = 0.12  # cosine below which nothing is a candidate unless a clause run is nearer
# Chinese characters for one English character as the length features take it: a round figure for news prose (in
# the novels of MAC-Dev the median bead has 0.25). The weights were learned with it.
CHARACTERS = 0.31
I_WE = re.compile(r"\b(?:I|we|my|our|me|us|mine|ours)\b|\bI['’]|\bwe['’]", re.I)
WO = re.compile(r"我|咱")


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
    _coverage(out, at, evidence, a, b, i, j)
    _lengths(out, at, evidence, a, b, i, j, share)
    _layout(out, at, evidence, a, b)
    out[:, at["merged_2"]] = j - i == 2
    out[:, at["merged_3"]] = j - i == 3
    _gains(out, at, evidence, chosen, a, b, i, j)
    _style(out, at, evidence, a, b, i, j)
    return out


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
        before, after = _rivals(evidence, near)
        other = np.maximum(before[a, place], after[b, place])
        other = np.where(j - i > 1, np.maximum(other, np.maximum(before[a, middle], after[b, middle])), other)
        out[:, at[name]] = np.where(other < 0, 0.3, own - other)
        if name == "target_margin":
            out[:, at["echo"]] = np.where((other >= 0) & (own < before[a, place] - 0.05), 1, 0)


def _rivals(evidence: Evidence, near: Floats) -> tuple[Floats, Floats]:
    """The greatest nearness of any run that ends at or before, and begins at or after, each atom."""
    total = len(evidence.atoms)
    before = np.full((total + 1, near.shape[1]), -1.0)
    after = np.full((total + 1, near.shape[1]), -1.0)
    for (start, end), row in zip(evidence.runs, near, strict=True):
        before[end] = np.maximum(before[end], row)
        after[start] = np.maximum(after[start], row)
    return np.maximum.accumulate(before, axis=0), np.maximum.accumulate(after[::-1], axis=0)[::-1]


def _coverage(
    out: Floats, at: dict[str, int], evidence: Evidence, a: Integers, b: Integers, i: Integers, j: Integers
) -> None:
    """Share of words, by weight, that have a counterpart on the other side."""
    table = evidence.words
    words_of_atom = [np.flatnonzero(table.target_atom == k) for k in range(len(evidence.atoms))]
    words_of_sentence = [np.flatnonzero(table.source_sentence == k) for k in range(len(evidence.readings))]
    known: dict[tuple[int, int, int, int], tuple[float, float, float, float]] = {}
    for k, key in enumerate(zip(a.tolist(), b.tolist(), i.tolist(), j.tolist(), strict=True)):
        if key not in known:
            target = np.concatenate(words_of_atom[key[0] : key[1]])
            source = np.concatenate(words_of_sentence[key[2] : key[3]])
            known[key] = _cover(table.strength, target, source, table.target_weight, table.source_weight)
        out[k, [at["target_cover"], at["source_cover"], at["target_bare"], at["best_word"]]] = known[key]


def _cover(
    strength: Floats, target: Integers, source: Integers, target_weight: Floats, source_weight: Floats
) -> tuple[float, float, float, float]:
    if not len(target) or not len(source):
        return 0.0, 0.0, 0.0, 0.0
    block = strength[np.ix_(target, source)]
    weight_t, weight_s = target_weight[target], source_weight[source]
    best_t, best_s = block.max(axis=1), block.max(axis=0)
    cover_t = float(best_t @ weight_t / weight_t.sum())
    cover_s = float(best_s @ weight_s / weight_s.sum())
    bare = float(weight_t @ (best_t < 0.15)) / 10
    return cover_t, cover_s, min(bare, 1.5), float((best_t * (weight_t >= 1)).max())


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


def _layout(out: Floats, at: dict[str, int], evidence: Evidence, a: Integers, b: Integers) -> None:
    atoms = evidence.atoms
    speaker = main_speaker(text for text, atom in zip(evidence.texts, atoms, strict=True) if atom.carrier)
    voice = {}
    for first, last in sentence_spans(atoms):
        unquoted = "".join(evidence.texts[p] for p in range(first, last) if not atoms[p].quoted)
        carried = any(atoms[p].carrier for p in range(first, last))
        voice[atoms[first].sentence] = (*voices(unquoted), carried and by_author(unquoted, speaker))
    for k, (first, last) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        inside = atoms[first:last]
        quoted = sum(atom.quoted for atom in inside)
        out[k, at["quoted"]] = quoted == len(inside)
        out[k, at["mixed_quotes"]] = 0 < quoted < len(inside)
        out[k, at["carrier"]] = sum(atom.carrier for atom in inside)
        out[k, at["heading"]] = inside[0].kind is BlockKind.HEADING
        out[k, at["list_item"]] = inside[0].kind is BlockKind.LIST_ITEM
        out[k, at["quotation"]] = inside[0].kind is BlockKind.QUOTATION
        out[k, at["starts_sentence"]] = first == 0 or atoms[first - 1].sentence != inside[0].sentence
        out[k, at["ends_sentence"]] = last == len(atoms) or atoms[last].sentence != inside[-1].sentence
        out[k, at["sentences"]] = inside[-1].sentence - inside[0].sentence
        other, letter, author = voice[inside[0].sentence]
        out[k, at["author_voice"]] = author
        out[k, at["other_voice"]] = other and not letter
        out[k, at["letter_voice"]] = letter or (inside[0].sentence - 1 in voice and voice[inside[0].sentence - 1][1])


def _gains(
    out: Floats, at: dict[str, int], evidence: Evidence, chosen: Candidates, a: Integers, b: Integers, i: Integers,
    j: Integers,
) -> None:  # fmt: skip
    """What the cosine gains by the outermost pieces, and would gain by the next ones."""
    run_at = {run: k for k, run in enumerate(evidence.runs)}
    source_at = {run: k for k, run in enumerate(evidence.sources)}
    cosine = evidence.cosine
    count = len(evidence.readings)
    near = evidence.parts

    def value(window: int | None, source: int | None) -> float | None:
        if window is None or source is None:
            return None
        return float(near[window, source] if source < count else cosine[window, source])

    rows = zip(chosen.window, chosen.source, a.tolist(), b.tolist(), i.tolist(), j.tolist(), strict=True)
    for k, (window, source, first, last, start, end) in enumerate(rows):
        own = value(window, source) or 0.0
        less = (("head_gain", (first + 1, last)), ("tail_gain", (first, last - 1)))
        for name, run in less:
            other = value(run_at.get(run), source)
            out[k, at[name]] = 0.05 if other is None else np.clip(own - other, -0.3, 0.3)
        for name, run in (("grow_left", (first - 1, last)), ("grow_right", (first, last + 1))):
            other = value(run_at.get(run), source)
            out[k, at[name]] = -0.05 if other is None else np.clip(other - own, -0.3, 0.3)
        if end - start > 1:
            for name, run in (("source_head_gain", (start + 1, end)), ("source_tail_gain", (start, end - 1))):
                other = value(window, source_at.get(run))
                out[k, at[name]] = 0.0 if other is None else np.clip(own - other, -0.3, 0.3)
        grown = [value(window, source_at.get(run)) for run in ((start - 1, end), (start, end + 1))]
        out[k, at["source_grow"]] = np.clip(max((g for g in grown if g is not None), default=own) - own, -0.3, 0.3)


def _style(
    out: Floats, at: dict[str, int], evidence: Evidence, a: Integers, b: Integers, i: Integers, j: Integers
) -> None:
    first_person = np.array([bool(I_WE.search(text)) for text in evidence.readings])
    question = np.array(["?" in text for text in evidence.readings])
    for k, (first, last, start, end) in enumerate(zip(a.tolist(), b.tolist(), i.tolist(), j.tolist(), strict=True)):
        text = "".join(evidence.texts[first:last])
        speaks = bool(first_person[start:end].any())
        out[k, at["first_person_kept"]] = speaks and bool(WO.search(text))
        out[k, at["first_person_lost"]] = speaks and not WO.search(text)
        out[k, at["question"]] = ("？" in text or "?" in text) != bool(question[start:end].any())
    _numbers(out, at, evidence, a, b, i, j)


def _numbers(
    out: Floats, at: dict[str, int], evidence: Evidence, a: Integers, b: Integers, i: Integers, j: Integers
) -> None:
    target_numbers = [[n.value for n in numbers(text, evidence.languages[1])] for text in evidence.texts]
    source_numbers = [[n.value for n in numbers(text, evidence.languages[0])] for text in evidence.readings]
    target_latin = [{m.lower() for m in LATIN.findall(text)} for text in evidence.texts]
    source_latin = [{m.lower() for m in LATIN.findall(text)} for text in evidence.readings]
    for k, (first, last, start, end) in enumerate(zip(a.tolist(), b.tolist(), i.tolist(), j.tolist(), strict=True)):
        theirs = [v for values in target_numbers[first:last] for v in values]
        ours = [v for values in source_numbers[start:end] for v in values]
        met = sum(v in ours for v in theirs)
        out[k, at["numbers_met"]] = min(met, 2) / 2
        out[k, at["numbers_stray"]] = min(len(theirs) - met, 3) / 3
        out[k, at["numbers_lost"]] = min(max(0, len(ours) - met), 3) / 3
        stray = set().union(*target_latin[first:last]) - set().union(*source_latin[start:end])
        out[k, at["latin_stray"]] = min(len(stray), 4) / 4
