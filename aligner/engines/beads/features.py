"""What speaks for and against a bead, for every bead that could be right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engines.beads.pieces import affinity
from aligner.engines.beads.rough import Cells, expected
from aligner.engines.beads.speech import quotations, unfinished
from aligner.engines.beads.text import Text, sizes
from aligner.engines.beads.types import MOST, TYPES
from aligner.engines.words import LATIN
from aligner.text.numbers import numbers

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

MEASURES = (
    "cosine", "cosine_squared", "merged_cosine", "margin_source", "margin_target", "leak_source", "leak_target",
    "join_source", "join_target", "grow", "worst_source", "worst_target",
    "length", "length_signed", "length_squared", "deviation", "deviation_squared", "null_length", "null_near",
    "kept_source", "kept_target", "kept_both", "lost_source", "lost_target", "lost_share_source", "lost_share_target",
    "quoted_source", "quoted_target", "quoted_one", "speeches_source", "speeches_target",
    "unfinished_source", "unfinished_target", "unfinished_one",
    "question", "questions", "exclamation", "speech", "marks", "shared_source", "shared_target",
)  # fmt: skip
NAMES = (*MEASURES, *(f"type_{a}_{b}" for a, b in TYPES))
FAR = -0.2  # stands for a cosine with something outside the texts
NEAREST = 4  # neighbours in the margin
AROUND = 20  # sentences on either side among which they are looked for
QUESTION = re.compile(r"[?？]")
EXCLAMATION = re.compile(r"[!！]")
SPEECH = re.compile(r"[“”\"「」『』«»]")
MARK = re.compile(r"[,;:.!?—，；：。！？、]")


@dataclass(frozen=True)
class Sample:
    """Two texts and the beads to be measured, with the places at which each begins and ends."""

    source: Text
    target: Text
    cells: Cells

    @property
    def ends(self) -> tuple[Integers, Integers]:
        """Where each bead ends on either side."""
        wide, high = self.cells.widths
        return self.cells.source + wide, self.cells.target + high

    @property
    def linked(self) -> npt.NDArray[np.bool_]:
        """Which beads have both sides."""
        wide, high = self.cells.widths
        return (wide > 0) & (high > 0)


def measures(source: Text, target: Text, cells: Cells) -> Floats:
    """All measures and the bias of the type for each bead, `(beads, len(NAMES))`; those of a null bead mostly 0."""
    sample = Sample(source, target, cells)
    found: dict[str, Floats] = {}
    for part in (_similarity, _margins, _lengths, _kept, _speech, _signs):
        found |= part(sample)
    out = np.zeros((len(cells.kind), len(NAMES)))
    for column, name in enumerate(MEASURES):
        out[:, column] = found[name]
    out[np.arange(len(out)), len(MEASURES) + cells.kind] = 1
    return out


def _cosine(sample: Sample) -> Callable[[Integers, Integers, Integers, Integers], Floats]:
    """From windows `[i, i + a)` and `[j, j + b)` to their cosine; `FAR` where one leaves its text or is empty."""
    left, right = sample.source.windows, sample.target.windows
    n, m = left.shape[1], right.shape[1]

    def cosine(i: Integers, a: Integers, j: Integers, b: Integers) -> Floats:
        inside = (i >= 0) & (j >= 0) & (i + a <= n) & (j + b <= m) & (a > 0) & (a <= MOST) & (b > 0) & (b <= MOST)
        out = np.full(len(i), FAR)
        out[inside] = np.einsum(
            "ij,ij->i", left[a[inside] - 1, i[inside]], right[b[inside] - 1, j[inside]], dtype=np.float64
        )
        return out

    return cosine


def _similarity(sample: Sample) -> dict[str, Floats]:
    """The cosine of both sides, and what it would be with a sentence more or less."""
    cosine = _cosine(sample)
    i, j = sample.cells.source, sample.cells.target
    a, b = sample.cells.widths
    linked, one = sample.linked, np.ones_like(i)
    own = cosine(i, a, j, b)
    grown = np.maximum.reduce(
        [cosine(i, a + 1, j, b), cosine(i - 1, a + 1, j, b), cosine(i, a, j, b + 1), cosine(i, a, j - 1, b + 1)]
    )
    worst_source, worst_target = own.copy(), own.copy()
    for step in range(MOST):
        use = linked & (step < a)
        worst_source[use] = np.minimum(worst_source[use], cosine(i + step, one, j, b)[use])
        use = linked & (step < b)
        worst_target[use] = np.minimum(worst_target[use], cosine(i, a, j + step, one)[use])
    less_source = np.maximum(cosine(i, a - 1, j, b), cosine(i + 1, a - 1, j, b))
    less_target = np.maximum(cosine(i, a, j, b - 1), cosine(i, a, j + 1, b - 1))
    values = {
        "cosine": own,
        "cosine_squared": own * np.abs(own),
        "merged_cosine": np.where(a + b > 2, own, 0),
        "leak_source": np.maximum(cosine(i - 1, one, j, b), cosine(i + a, one, j, b)),
        "leak_target": np.maximum(cosine(i, a, j - 1, one), cosine(i, a, j + b, one)),
        "join_source": np.where(a > 1, own - less_source, 0),
        "join_target": np.where(b > 1, own - less_target, 0),
        "grow": np.where(grown == FAR, 0, grown - own),
        "worst_source": worst_source,
        "worst_target": worst_target,
    }
    return {name: np.where(linked, value, 0) for name, value in values.items()}


def _margins(sample: Sample) -> dict[str, Floats]:
    """How much nearer a bead's sides are than each is to the single sentences nearest to it on the other."""
    i, j = sample.cells.source, sample.cells.target
    a, b = sample.cells.widths
    linked = sample.linked
    own = _cosine(sample)(i, a, j, b)
    crowd_source, near_source = _crowd(sample.source, sample.target, i, a, j)
    crowd_target, near_target = _crowd(sample.target, sample.source, j, b, i)
    return {
        "null_near": np.where(linked, 0, np.where(a > 0, near_source, near_target)),
        "margin_source": np.where(linked, own - crowd_source, 0),
        "margin_target": np.where(linked, own - crowd_target, 0),
    }


def _crowd(side: Text, other: Text, at: Integers, wide: Integers, there: Integers) -> tuple[Floats, Floats]:
    """For each window `[at, at + wide)` the mean of its highest cosines but one with sentences around `there`,
    and the highest."""
    n, m = len(side.sentences), len(other.sentences)
    key = wide * (n + 1) + at
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    means, highest = np.zeros(len(first)), np.zeros(len(first))
    for k, bead in enumerate(first.tolist()):
        if not wide[bead] or at[bead] >= n:
            continue
        low = int(np.clip(there[bead] - AROUND, 0, max(0, m - 2 * AROUND)))
        near = other.vectors[low : low + 2 * AROUND] @ side.windows[wide[bead] - 1, at[bead]]
        ranked = np.sort(near)
        highest[k] = ranked[-1] if len(ranked) else FAR
        means[k] = ranked[-NEAREST - 1 : -1].mean() if len(ranked) > 1 else 0.0
    return means[group], highest[group]


def _sums(values: Floats, first: Integers, last: Integers) -> Floats:
    """The sums of `values[first:last]`."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    out: Floats = total[last] - total[first]
    return out


def _lengths(sample: Sample) -> dict[str, Floats]:
    """How well the lengths go together, as a ratio and in standard deviations (Gale and Church 1993)."""
    end_source, end_target = sample.ends
    linked = sample.linked
    ours = _sums(sizes(sample.source.sentences), sample.cells.source, end_source)
    ours *= expected(sample.source, sample.target)
    theirs = _sums(sizes(sample.target.sentences), sample.cells.target, end_target)
    ratio = np.where(linked, np.log((theirs + 4) / (ours + 4)), 0)
    apart = np.where(linked, np.abs(theirs - ours) / np.sqrt(theirs + ours + 1), 0)
    return {
        "length": np.abs(ratio),
        "length_signed": ratio,
        "length_squared": np.minimum(np.abs(ratio), 1) ** 2,
        "deviation": np.minimum(apart, 6),
        "deviation_squared": np.minimum(apart**2 / 10, 3),
        "null_length": np.where(linked, 0, np.log1p(ours + theirs) / 4),
    }


def _kept(sample: Sample) -> dict[str, Floats]:
    """The weight of pieces that find their counterpart inside the bead, and outside it."""
    found = affinity(sample.source, sample.target, sample.cells)
    end_source, end_target = sample.ends
    linked = sample.linked
    kept_source, kept_target = found.source.inside(sample.cells), found.target.inside(sample.cells)
    lost_source = _sums(found.source_sent, sample.cells.source, end_source) - kept_source
    lost_target = _sums(found.target_sent, sample.cells.target, end_target) - kept_target
    return {
        "kept_source": kept_source,
        "kept_target": kept_target,
        "kept_both": found.both.inside(sample.cells),
        "lost_source": lost_source,
        "lost_target": lost_target,
        "lost_share_source": np.where(linked, lost_source / (kept_source + lost_source + 0.3), 0),
        "lost_share_target": np.where(linked, lost_target / (kept_target + lost_target + 0.3), 0),
    }


def _speech(sample: Sample) -> dict[str, Floats]:
    """Whether the bead ends inside a quotation or a sentence on one side or on both."""
    end_source, end_target = sample.ends
    wide, high = sample.cells.widths
    linked = sample.linked
    inside_source, begun_source = quotations(sample.source.sentences, sample.source.language)
    inside_target, begun_target = quotations(sample.target.sentences, sample.target.language)
    more = _sums(begun_source, sample.cells.source, end_source) - _sums(begun_target, sample.cells.target, end_target)
    open_source = (wide > 0) * np.append(unfinished(sample.source.sentences), 0)[end_source - 1]
    open_target = (high > 0) * np.append(unfinished(sample.target.sentences), 0)[end_target - 1]
    return {
        "quoted_source": inside_source[end_source],
        "quoted_target": inside_target[end_target],
        "quoted_one": np.abs(inside_source[end_source] - inside_target[end_target]),
        "speeches_source": np.clip(more, 0, 2),
        "speeches_target": np.clip(-more, 0, 2),
        "unfinished_source": open_source,
        "unfinished_target": open_target,
        "unfinished_one": np.where(linked, np.abs(open_source - open_target), 0),
    }


def _signs(sample: Sample) -> dict[str, Floats]:
    """Punctuation, numbers and names that one side has and the other has not."""
    end_source, end_target = sample.ends
    linked = sample.linked

    def count(pattern: re.Pattern[str]) -> tuple[Floats, Floats]:
        ours, theirs = (
            np.array([len(pattern.findall(sentence)) for sentence in side.sentences], dtype=np.float64)
            for side in (sample.source, sample.target)
        )
        return _sums(ours, sample.cells.source, end_source), _sums(theirs, sample.cells.target, end_target)

    questions, exclamations, speech, marks = (count(p) for p in (QUESTION, EXCLAMATION, SPEECH, MARK))
    shared_source, shared_target = _shared(sample)
    values = {
        "question": (questions[0] > 0) != (questions[1] > 0),
        "questions": np.minimum(np.abs(questions[0] - questions[1]), 3),
        "exclamation": (exclamations[0] > 0) != (exclamations[1] > 0),
        "speech": (speech[0] > 0) != (speech[1] > 0),
        "marks": np.abs(np.log((marks[0] + 1) / (marks[1] + 1))),
        "shared_source": shared_source,
        "shared_target": shared_target,
    }
    return {name: np.where(linked, value, 0) for name, value in values.items()}


def _shared(sample: Sample) -> tuple[Floats, Floats]:
    """How many numbers and Latin names of one side the other does not have, though it has such elsewhere."""
    every = [[_tokens(s, side.language) for s in side.sentences] for side in (sample.source, sample.target)]
    known = set().union(*every[0]) & set().union(*every[1])
    ours, theirs = ([tokens & known for tokens in side] for side in every)
    out = np.zeros((2, len(sample.cells.kind)))
    if not known:
        return out[0], out[1]
    ends = sample.ends
    for bead in np.flatnonzero(sample.linked).tolist():
        left = set().union(*ours[sample.cells.source[bead] : ends[0][bead]])
        right = set().union(*theirs[sample.cells.target[bead] : ends[1][bead]])
        if left or right:
            out[0, bead], out[1, bead] = min(len(left - right), 3), min(len(right - left), 3)
    return out[0], out[1]


def _tokens(sentence: str, language: str) -> frozenset[str]:
    """Numbers by value, and capitalised Latin words of four letters and more without their last."""
    values = {f"{number.value:g}" for number in numbers(sentence, language)}
    names = {word.casefold()[:-1] for word in LATIN.findall(sentence) if len(word) >= 4 and word[0].isupper()}
    return frozenset(values | names)
