"""Which sentence of the letter an error, a score or a stretch of the article belongs to.

Sentences are the letter's own, whatever reviewers cut or joined, so that reviewers and renderings can be compared.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from aligner.model import AbsenceKind, Alignment, Letter, Quoted, Span
from aligner.review.annotations import ErrorAnnotation
from aligner.text.tokens import words

Stretch = tuple[Span, int]
"""Offsets of one side, and the number of the sentence that they belong to."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the letter in one rendering.

    `number` counts from 1. `words` are those of its reading text by the program's tokeniser, `characters` the code
    points of that text, blanks included. `linked`: a link renders at least a piece of it; `outside`: it lies outside
    what the article renders at all.
    """

    id: str
    number: int
    span: Span
    text: str
    words: int
    characters: int
    linked: bool
    outside: bool


@dataclass(frozen=True)
class Placing:
    """The sentences of a letter as one rendering has them, and which stretch of either side is whose.

    Both sides are in order, and nothing on a side overlaps.
    """

    sentences: tuple[Sentence, ...]
    targets: tuple[Stretch, ...]

    def home(self, error: ErrorAnnotation) -> Sentence:
        """The one sentence that an error is counted with.

        Where the error is marked in the letter, that decides: the sentence with most of its characters there, a
        rendered one before one that is not. Otherwise the article does: the first sentence of the link that most of
        its characters stand in. What stands in no sentence or link belongs to the nearest.
        """
        source = self._held(self._sources, error.source)
        if source:
            return self.sentences[min(source, key=lambda n: (not self.sentences[n].linked, -source[n], n))]
        target = self._held(self.targets, error.target)
        if target:
            return self.sentences[min(target, key=lambda n: (-target[n], n))]
        quoted, side = (error.target[0], self.targets) if error.target else (error.source[0], self._sources)
        return self.sentences[_nearest(side or self._sources[:1], Span(quoted.start, quoted.end))]

    def sentence(self, quoted: Quoted) -> Sentence:
        """The sentence of the letter that holds most of a stretch of it, or is nearest."""
        held = self._held(self._sources, (quoted,))
        if held:
            return self.sentences[min(held, key=lambda n: (-held[n], n))]
        return self.sentences[_nearest(self._sources, Span(quoted.start, quoted.end))]

    def pieces(self, side: str, quoted: Quoted) -> Iterator[tuple[Sentence, Span]]:
        """A marked stretch of `source` or `target`, cut where another sentence begins."""
        stretches = self._sources if side == "source" else self.targets or self._sources[:1]
        owners = ((offset, _nearest(stretches, Span(offset, offset + 1))) for offset in range(quoted.start, quoted.end))
        for number, run in groupby(owners, key=lambda pair: pair[1]):
            offsets = [offset for offset, _ in run]
            yield self.sentences[number], Span(offsets[0], offsets[-1] + 1)

    @cached_property
    def _sources(self) -> tuple[Stretch, ...]:
        return tuple((sentence.span, number) for number, sentence in enumerate(self.sentences))

    @staticmethod
    def _held(stretches: tuple[Stretch, ...], quotes: tuple[Quoted, ...]) -> Counter[int]:
        """How many characters of the quotes each sentence has."""
        held: Counter[int] = Counter()
        for quoted in quotes:
            over = Span(quoted.start, quoted.end)
            for span, number in stretches[_touched(stretches, over)]:
                held[number] += span.overlap(over)
        return held


def place(letter: Letter, alignment: Alignment) -> Placing:
    """The sentences of `letter` as `alignment` renders them."""
    spans = {segment.id: segment.span for segment in alignment.source_segments + alignment.target_segments}
    stretches = tuple((segment.span, n) for n, segment in enumerate(letter.segments))
    linked = _all_touched(stretches, (spans[name] for link in alignment.links for name in link.source))
    absent = (spans[each.source] for each in alignment.absences if each.kind is AbsenceKind.OUTSIDE)
    outside = _all_touched(stretches, absent)
    sentences = tuple(
        Sentence(
            segment.id,
            n + 1,
            segment.span,
            segment.text,
            len(words(reading, letter.language)),
            len(reading),
            n in linked,
            n in outside,
        )
        for n, (segment, reading) in enumerate(zip(letter.segments, letter.readings, strict=True))
    )
    targets = []
    for link in alignment.links:
        first = min((spans[name] for name in link.source), key=lambda span: span.start)
        owner = _nearest(stretches, first)
        targets += [(spans[name], owner) for name in link.target]
    return Placing(sentences, tuple(sorted(targets, key=lambda stretch: stretch[0].start)))


def _touched(stretches: tuple[Stretch, ...], span: Span) -> slice:
    """Those of the stretches, which are in order and do not overlap, that share characters with `span`."""
    first = bisect_right(stretches, span.start, key=lambda stretch: stretch[0].end)
    return slice(first, bisect_left(stretches, span.end, key=lambda stretch: stretch[0].start))


def _all_touched(stretches: tuple[Stretch, ...], spans: Iterable[Span]) -> set[int]:
    return {number for span in spans for _, number in stretches[_touched(stretches, span)]}


def _nearest(stretches: tuple[Stretch, ...], span: Span) -> int:
    """The sentence of the stretch with most of `span`, else of the nearest one; the first of equals."""

    def distance(stretch: Stretch) -> tuple[int, int]:
        there = stretch[0]
        return -there.overlap(span), max(0, there.start - span.end + 1, span.start - there.end + 1)

    near = _touched(stretches, span)
    return min(stretches[max(near.start - 1, 0) : near.stop + 1], key=distance)[1]
