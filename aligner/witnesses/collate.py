"""Two witnesses word by word: where they differ, and in what way.

Kinds of variants, for the base witness and one other:

- `typography`: the same words; other quotation marks, dashes, capitals, punctuation, hyphenation or
  division into paragraphs. Where lines break inside a paragraph is layout and no variant.
- `scan_error`: one word could be the other read wrongly by a scanner (`stil`, `still`) and one of
  the two is hardly a word
- `lost_words`, `added_words`: the other witness lacks words that the base has, has words it lacks
- `substitution`: other words
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Literal

from aligner.model import Reading, Variant, Witness
from aligner.witnesses.damage import alike
from aligner.witnesses.lexicon import Lexicon
from aligner.witnesses.matching import opcodes
from aligner.witnesses.words import Word, words

Kind = Literal["typography", "scan_error", "lost_words", "added_words", "substitution"]
Column = tuple[Word | None, Word | None]

_LIKE = 0.5
"""Two words that share less than half their letters do not stand for each other."""

_BLOCK = 10_000
"""Cells of the table that pairs the words of a differing stretch; a larger stretch is one substitution."""


_SHORT = 3
"""As many words missing beside a substitution belong to it (`for many years`, `since May`); more are a loss."""

_ENDING = frozenset({".", ",", ";", ":", "!", "?", "...", ")"})


def columns(base: Sequence[Word], other: Sequence[Word]) -> list[Column]:
    """The words of both sides paired in order; None where one side has nothing."""
    paired: list[Column] = []
    keys = [word.key for word in base], [word.key for word in other]
    for tag, i, j, k, m in opcodes(*keys):
        if tag == "equal":
            paired.extend(zip(base[i:j], other[k:m], strict=True))
        else:
            paired.extend(_paired(base[i:j], other[k:m]))
    for side in (0, 1):
        _slide(paired, side)
    return paired


def _slide(paired: list[Column], side: int) -> None:
    """Move gaps that begin with the mark that ends the words before them: `A. [B.] C.`, not `A[. B]. C.`"""
    place = 0
    while place < len(paired):
        end = place
        while end < len(paired) and paired[end][1 - side] is None:
            end += 1
        first, after = paired[place][side], paired[end] if end < len(paired) else (None, None)
        here, there = after[side], after[1 - side]
        if end > place and first and here and there and first.key == here.key == there.key and first.key in _ENDING:
            paired[place] = (first, there) if side == 0 else (there, first)
            paired[end] = (here, None) if side == 0 else (None, here)
        else:
            place = end + 1
            continue
        place += 1


def collate(base: Witness, other: Witness, lexicon: Lexicon) -> tuple[Variant, ...]:
    """Every place where two witnesses differ, in the base's order, neighbours of one kind as one variant."""
    paired = columns(words(base), words(other))
    kinds = _kinds(paired, lexicon)
    found: list[Variant] = []
    done = (base.start, other.start)
    for kind, group in groupby(range(len(paired)), key=lambda index: kinds[index]):
        span = list(group)
        if kind is None:
            found.extend(_divisions(base, other, [paired[index] for index in span], done))
        else:
            found.append(_variant(kind, base, other, [paired[index] for index in span], done))
        done = _after(paired[span[0] : span[-1] + 1], done)
    return tuple(found)


def _kinds(paired: Sequence[Column], lexicon: Lexicon) -> list[Kind | None]:
    kinds = [_kind(one, two, lexicon) for one, two in paired]
    start = 0
    for same, group in groupby(kinds, key=lambda kind: kind is None):
        end = start + len(list(group))
        if not same:
            kinds[start:end] = _settled(paired[start:end], kinds[start:end])
        start = end
    return kinds


def _kind(one: Word | None, two: Word | None, lexicon: Lexicon) -> Kind | None:
    if one is None or two is None:
        lone = one or two
        if lone is not None and not lone.spoken:
            return "typography"
        return "added_words" if one is None else "lost_words"
    if one.key == two.key:
        return None if one.text == two.text else "typography"
    if not one.spoken and not two.spoken:
        return "typography"
    broken = lexicon.damaged(one.text, two.text) or lexicon.damaged(two.text, one.text)
    unknown = not lexicon.knows(one.text) and not lexicon.knows(two.text)
    return "scan_error" if alike(one.text, two.text) and (broken or unknown) else "substitution"


def _settled(paired: Sequence[Column], kinds: Sequence[Kind | None]) -> list[Kind | None]:
    """A whole differing stretch: words divided otherwise are typography; punctuation goes with its words."""
    if "".join(one.key for one, _ in paired if one and one.spoken) == "".join(
        two.key for _, two in paired if two and two.spoken
    ):
        return ["typography"] * len(paired)
    settled = list(kinds)
    for order in (range(1, len(settled)), range(len(settled) - 2, -1, -1)):
        for index in order:
            near = settled[index - 1 if order.step > 0 else index + 1]
            goes = (near == "lost_words" and paired[index][1] is None) or (
                near == "added_words" and paired[index][0] is None
            )
            if goes and settled[index] == "typography":
                settled[index] = near
    return _replaced(paired, settled)


def _replaced(paired: Sequence[Column], kinds: list[Kind | None]) -> list[Kind | None]:
    """Words that one side lacks beside words that the other lacks, or has otherwise, stand for each other."""
    runs = [list(group) for _, group in groupby(range(len(kinds)), key=lambda place: kinds[place])]
    gap = ("lost_words", "added_words")
    for one, two in pairwise(runs):
        pair = {kinds[one[0]], kinds[two[0]]}
        missing = [run for run in (one, two) if kinds[run[0]] in gap]
        few = all(sum(any(word and word.spoken for word in paired[n]) for n in run) <= _SHORT for run in missing)
        if pair == set(gap) or ("substitution" in pair and missing and few):
            for place in one + two:
                kinds[place] = "substitution"
    return kinds


def _paired(base: Sequence[Word], other: Sequence[Word]) -> list[Column]:
    """A differing stretch, words that are like each other paired (Needleman and Wunsch 1970)."""
    rows, cells = len(base), len(other)
    if not rows or not cells or rows * cells > _BLOCK:
        return [(word, None) for word in base] + [(None, word) for word in other]
    best = [[0.0] * (cells + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(cells - 1, -1, -1):
            pair = best[i + 1][j + 1] + _likeness(base[i], other[j])
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    return list(_path(base, other, best))


def _path(base: Sequence[Word], other: Sequence[Word], best: list[list[float]]) -> Iterator[Column]:
    i = j = 0
    while i < len(base) and j < len(other):
        if best[i][j] > best[i + 1][j] and best[i][j] > best[i][j + 1]:
            yield base[i], other[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield base[i], None
            i += 1
        else:
            yield None, other[j]
            j += 1
    yield from ((word, None) for word in base[i:])
    yield from ((None, word) for word in other[j:])


def _likeness(one: Word, two: Word) -> float:
    if one.key == two.key or alike(one.text, two.text):
        return 2.0
    if one.spoken != two.spoken:
        return 0.0
    ratio = SequenceMatcher(None, one.key, two.key, autojunk=False).ratio() if one.spoken else 1.0
    return ratio if ratio >= _LIKE else 0.0


def _variant(kind: Kind, base: Witness, other: Witness, paired: Sequence[Column], done: tuple[int, int]) -> Variant:
    one = _reading(base, [word for word, _ in paired if word], done[0])
    two = _reading(other, [word for _, word in paired if word], done[1])
    return Variant(f"v-{other.id}-{one.start}-{two.start}", kind, one, two)


def _reading(witness: Witness, sequence: Sequence[Word], gap: int) -> Reading:
    start, end = (sequence[0].start, sequence[-1].end) if sequence else (gap, gap)
    return Reading(witness.id, start, end, witness.document.text[start:end])


def _divisions(base: Witness, other: Witness, paired: Sequence[Column], done: tuple[int, int]) -> Iterator[Variant]:
    """Where one witness begins a paragraph and the other does not, as the white space between the words."""
    for column in paired:
        one, two = column
        if one is None or two is None:
            continue
        first, second = (base, done[0], one.start), (other, done[1], two.start)
        gaps = [Reading(w.id, start, end, w.document.text[start:end]) for w, start, end in (first, second)]
        begins = done != (base.start, other.start)
        if begins and _divides(gaps[0].text) != _divides(gaps[1].text) and not any(gap.text.strip() for gap in gaps):
            yield Variant(f"v-{other.id}-{gaps[0].start}-{gaps[1].start}", "typography", gaps[0], gaps[1])
        done = (one.end, two.end)


def _divides(gap: str) -> bool:
    return len(gap.splitlines()) > 1 and gap.count("\n") + gap.count("\r") - gap.count("\r\n") > 1


def _after(paired: Sequence[Column], done: tuple[int, int]) -> tuple[int, int]:
    one = next((word.end for word, _ in reversed(paired) if word), done[0])
    two = next((word.end for _, word in reversed(paired) if word), done[1])
    return one, two
