"""How much of its letter a rendering carries, and how far each reviewer is with it: counts, no judgement."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aligner.model import AbsenceKind, Alignment, Letter, Mode, Span, Status
from aligner.pipeline.placing import Placing, Sentence, place
from aligner.pipeline.publishing import of_rendering
from aligner.pipeline.reviewing import Desk
from aligner.review.decisions import Decision, Kind
from aligner.review.history import standing
from aligner.review.judgements import Texts, judgements
from aligner.review.said import Work
from aligner.text.tokens import words

WHOLE_FROM = 0.9
"""A rendering with so many of the letter's words is whole: a salutation or a signature may be missing."""
MOSTLY = 0.5
"""What more than this part of the rendered words stands in gives the rendering its name."""


class Extent(StrEnum):
    """What a rendering is, at a glance."""

    WHOLE = "whole"
    PARTIAL = "partial"
    REPORTED = "reported"
    QUOTED = "quoted"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Survey:
    """One rendering in numbers.

    `words` are the letter's by the program's tokeniser; `words_rendered` those of its linked sentences, less the ones
    that are marked as missing in them. `modes` counts links.
    """

    extent: Extent
    sentences: int
    rendered: int
    words: int
    words_rendered: int
    modes: Mapping[str, int]
    links: int
    confirmed: int

    @property
    def share(self) -> float:
        """The part of the letter's words that is rendered, 0 to 1."""
        return self.words_rendered / self.words if self.words else 0.0


def survey(letter: Letter, alignment: Alignment) -> Survey:
    """`alignment` of `letter` in numbers."""
    placing = place(letter, alignment)
    every = placing.sentences
    modes = _modes(placing, alignment)
    missing = _missing(placing, letter, alignment)
    carried = {s.id: max(0, s.words - missing[s.id]) if s.linked else 0 for s in every}
    total = sum(carried.values())
    by_mode: Counter[Mode] = Counter()
    for name, mode in modes.items():
        by_mode[mode] += carried[name]
    words_in_all = sum(s.words for s in every)
    return Survey(
        _extent(total, words_in_all, by_mode),
        len(every),
        sum(s.linked for s in every),
        words_in_all,
        total,
        {mode.value: n for mode in Mode if (n := sum(link.mode is mode for link in alignment.links))},
        len(alignment.links),
        sum(link.status is Status.CONFIRMED for link in alignment.links),
    )


def _extent(carried: int, every: int, by_mode: Mapping[Mode, int]) -> Extent:
    if not carried:
        return Extent.NONE
    quoted = by_mode.get(Mode.FRAGMENT, 0)
    if quoted > MOSTLY * carried:
        return Extent.QUOTED
    if quoted + by_mode.get(Mode.INDIRECT, 0) > MOSTLY * carried:
        return Extent.REPORTED
    return Extent.WHOLE if carried >= WHOLE_FROM * every else Extent.PARTIAL


def _modes(placing: Placing, alignment: Alignment) -> dict[str, Mode]:
    """Sentence -> the fullest mode in which a link renders a piece of it."""
    order = list(Mode)
    spans = {segment.id: segment.span for segment in alignment.source_segments}
    found: dict[str, Mode] = {}
    for link in alignment.links:
        for name in link.source:
            for sentence in _touched(placing, spans[name]):
                found[sentence.id] = min(found.get(sentence.id, link.mode), link.mode, key=order.index)
    return found


def _missing(placing: Placing, letter: Letter, alignment: Alignment) -> Counter[str]:
    """Sentence -> its words that are marked as missing though the sentence is rendered."""
    found: Counter[str] = Counter()
    text = letter.base.document.text
    for absence in alignment.absences:
        if absence.kind is AbsenceKind.PARTIAL and absence.start is not None and absence.end is not None:
            for sentence in _touched(placing, Span(absence.start, absence.end)):
                start, end = max(sentence.span.start, absence.start), min(sentence.span.end, absence.end)
                found[sentence.id] += len(words(text[start:end], letter.language))
    return found


def _touched(placing: Placing, span: Span) -> Iterator[Sentence]:
    """The sentences that share characters with a stretch of the letter."""
    first = max(0, bisect_right(placing.sentences, span.start, key=lambda each: each.span.start) - 1)
    for sentence in placing.sentences[first:]:
        if sentence.span.start >= span.end:
            return
        if sentence.span.overlap(span):
            yield sentence


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reviewer is with one rendering.

    `done`, `skipped` and `in_work` count the letter's sentences; `accepted` and `dismissed` findings; `corrections`
    what holds of their changes of the alignment, a confirmed link included. `last` is the time of their last word.
    """

    reviewer: str
    rendering: str
    sentences: int
    done: int
    skipped: int
    in_work: int
    errors: int
    accepted: int
    dismissed: int
    scores: int
    corrections: int
    assigned: bool
    last: str


def progress(desk: Desk, letter_id: str, placings: Mapping[str, Placing]) -> tuple[Progress, ...]:
    """Who is how far with the renderings of `placings`, by name and in their order."""
    log = desk.log(letter_id)
    found: list[Progress] = []
    for name, placing in placings.items():
        ours = standing(of_rendering(log, name))
        texts = desk.texts(letter_id, name)
        assigned = judgements((each for each in ours if each.kind is Kind.ASSIGNMENT), texts).assigned
        spoke = {each.reviewer for each in ours if each.kind not in (Kind.ADJUDICATION, Kind.ASSIGNMENT)}
        for who in spoke.union(assigned):
            own = [each for each in ours if each.reviewer == who]
            found.append(_progress(who, name, own, placing, texts, who in assigned))
    order = list(placings)
    return tuple(sorted(found, key=lambda each: (each.reviewer, order.index(each.rendering))))


def _progress(
    who: str, rendering: str, own: Sequence[Decision], placing: Placing, texts: Texts, assigned: bool
) -> Progress:
    said = judgements(own, texts)
    states = Counter(_states([work for _, work in said.work], placing).values())
    verdicts = Counter(verdict.accepted for _, verdict in said.verdicts)
    return Progress(
        who,
        rendering,
        len(placing.sentences),
        states["done"],
        states["skipped"],
        states["in_work"],
        len(said.errors),
        verdicts[True],
        verdicts[False],
        len(said.scores),
        sum(each.kind is Kind.REPLACE for each in own),
        assigned,
        max((each.time for each in own), default=""),
    )


def _states(work: Sequence[Work], placing: Placing) -> dict[str, str]:
    """Sentence -> how far it is; what was said of the rendering holds for those of which nothing was said alone."""
    whole = [each.state for each in work if each.sentence is None]
    found = dict.fromkeys((s.id for s in placing.sentences), whole[-1]) if whole else {}
    return found | {placing.sentence(each.sentence).id: each.state for each in work if each.sentence}
