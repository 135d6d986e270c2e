"""How well alignments of letters agree with gold, character by character."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from aligner.evaluation.letter_gold import Gold, GoldLetter, GoldRendering, Pair, check_letter
from aligner.evaluation.tally import Tally, of_sets
from aligner.model import Alignment, Mode, Signature, check_segments

_SAYING = frozenset("%‰&@#/\\§％＆＠＃／＼")
"""Marks of punctuation that stand for words, so that they count like letters and digits."""

_BEST_FIRST = tuple(Mode)
ENOUGH = 0.5
"""A segment renders a gold sentence when they share at least this part of the shorter one."""


@dataclass(frozen=True)
class RenderingScores:
    """What one rendering scores.

    `links` counts pairs of a sentence and a character, `absences` sentences without rendering, where
    finding none of none is 1. Of `judged` sentences, `modes` have the right mode. `outside` counts
    linked pairs that lie outside the gold's region. `signature` says how the alignment was made.
    """

    rendering: str
    links: Tally
    absences: Tally
    modes: int
    judged: int
    outside: int = 0
    signature: Signature | None = None

    @property
    def mode_accuracy(self) -> float:
        """Share of the judged sentences whose mode is right; 1 where none is judged."""
        return self.modes / self.judged if self.judged else 1.0


@dataclass(frozen=True)
class LetterScores:
    """All renderings of a gold; those that were not built count as empty, and are `missing`."""

    renderings: tuple[RenderingScores, ...]
    missing: Mapping[str, int] = field(default_factory=dict)  # rendering -> its firm pairs

    @property
    def links(self) -> Tally:
        """All pairs together."""
        lost = Tally(wanted=sum(self.missing.values()), if_none=1.0)
        return sum((each.links for each in self.renderings), lost)

    @property
    def absences(self) -> Tally:
        """All absent sentences of the renderings that were built, together."""
        return sum((each.absences for each in self.renderings), Tally(if_none=1.0))

    @property
    def mean_absence_f1(self) -> float:
        """Mean over renderings, 0 for a missing one."""
        count = len(self.renderings) + len(self.missing)
        return sum(each.absences.f1 for each in self.renderings) / count if count else 0.0

    @property
    def mode_accuracy(self) -> float:
        """Share of right modes among all judged sentences."""
        judged = sum(each.judged for each in self.renderings)
        return sum(each.modes for each in self.renderings) / judged if judged else 1.0


def content(text: str) -> frozenset[int]:
    """The offsets of `text` that count: no blanks, controls and punctuation, but `%` and its like do.

    >>> sorted(content("涨5%。"))
    [0, 1, 2]
    """
    return frozenset(k for k, character in enumerate(text) if character in _SAYING or _counts(character))


def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    return not category.startswith(("P", "Z")) and category != "Cc"


def rendering_of(gold: Gold, alignment: Alignment) -> str | None:
    """The id in the gold of what `alignment` renders, None if it is not in the gold.

    It is the alignment's rendering id, else `<letter>-<rendering>`: without a manifest a rendering
    is named after its file, so that `r1` of the letter `a1` is the gold's `a1-r1`.
    """
    for name in (alignment.rendering, f"{alignment.letter}-{alignment.rendering}"):
        if name in gold.renderings:
            return name
    return None


def score_rendering(
    letter: GoldLetter, gold: GoldRendering, alignment: Alignment, source_text: str, target_text: str
) -> RenderingScores:
    """The scores of one alignment.

    The texts are those of the gold's documents. Raises DocumentError when the gold was not made
    from them, AlignmentError when the alignment was not.
    """
    where = f"rendering {alignment.rendering}"
    check_letter(letter, source_text)
    gold.check(target_text)
    check_segments(alignment.source_segments, source_text, where)
    check_segments(alignment.target_segments, target_text, where)
    counting = content(target_text)
    firm = {pair for pair in gold.firm if pair[1] in counting}
    linked, modes = _linked(letter, alignment, counting)
    judged_pairs = linked - gold.soft
    sentences = {sentence.id for sentence in letter.sentences} - gold.soft_only
    rendered = {sentence for sentence, _ in judged_pairs} & sentences
    judged = rendered - gold.omitted
    region = range(gold.region.start, gold.region.end) if gold.region else range(0)
    return RenderingScores(
        gold.id,
        of_sets(set(judged_pairs), set(firm), if_none=1.0),
        of_sets(set(sentences - rendered), set(gold.omitted), if_none=1.0),
        modes=sum(modes[sentence] == gold.modes.get(sentence) for sentence in judged),
        judged=len(judged),
        outside=sum(offset not in region for _, offset in linked),
        signature=alignment.signature,
    )


def _linked(letter: GoldLetter, alignment: Alignment, counting: frozenset[int]) -> tuple[set[Pair], dict[str, Mode]]:
    """The alignment's pairs in terms of the gold's sentences, and each sentence's best mode."""
    named = {
        segment.id: [
            sentence.id
            for sentence in letter.sentences
            if (shared := segment.span.overlap(sentence.span))
            and shared >= ENOUGH * min(segment.end - segment.start, sentence.end - sentence.start)
        ]
        for segment in alignment.source_segments
    }
    places = {segment.id: range(segment.start, segment.end) for segment in alignment.target_segments}
    pairs: set[Pair] = set()
    modes: dict[str, Mode] = {}
    for link in alignment.links:
        sentences = {sentence for source in link.source for sentence in named[source]}
        offsets = [offset for target in link.target for offset in places[target] if offset in counting]
        pairs |= {(sentence, offset) for sentence in sentences for offset in offsets}
        for sentence in sentences:
            modes[sentence] = min(modes.get(sentence, link.mode), link.mode, key=_BEST_FIRST.index)
    return pairs, modes


def wanted_pairs(gold: GoldRendering, target_text: str) -> int:
    """How many firm pairs of `gold` count: what an alignment that was not built has missed."""
    counting = content(target_text)
    return sum(offset in counting for _, offset in gold.firm)
