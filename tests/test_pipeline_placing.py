"""Which sentence a stretch belongs to, found by halving, is what a look at every sentence finds."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Quoted, Span
from aligner.pipeline.placing import Placing, Sentence, Stretch
from aligner.review.annotations import ErrorAnnotation

END = 40


@st.composite
def sides(draw: st.DrawFn) -> tuple[Span, ...]:
    """Stretches in order that do not overlap, with and without space between them."""
    cuts = sorted(draw(st.sets(st.integers(0, END), min_size=2, max_size=12)))
    every = [Span(start, end) for start, end in pairwise(cuts)]
    kept = [span for span in every if draw(st.booleans())]
    return tuple(kept or every[:1])


@st.composite
def placings(draw: st.DrawFn) -> Placing:
    sentences = tuple(
        Sentence(f"s{n}", n, span, "", 0, 0, draw(st.booleans()), False) for n, span in enumerate(draw(sides()), 1)
    )
    owners = st.integers(0, len(sentences) - 1)
    return Placing(sentences, tuple((span, draw(owners)) for span in draw(sides())))


quoted = st.builds(
    lambda start, size: Quoted(start, start + size, "x" * size), st.integers(0, END + 5), st.integers(1, 12)
)


def slowly(stretches: tuple[Stretch, ...], span: Span) -> int:
    """The one with most of `span`, else the nearest; the first of equals."""

    def distance(stretch: Stretch) -> tuple[int, int]:
        there = stretch[0]
        return -there.overlap(span), max(0, there.start - span.end + 1, span.start - there.end + 1)

    return min(stretches, key=distance)[1]


@given(placings(), quoted)
def test_a_stretch_of_the_letter_belongs_to_the_sentence_with_most_of_it_or_the_nearest(
    placing: Placing, words: Quoted
) -> None:
    every = tuple((sentence.span, n) for n, sentence in enumerate(placing.sentences))
    assert placing.sentence(words) == placing.sentences[slowly(every, Span(words.start, words.end))]


@given(placings(), quoted)
def test_every_character_of_the_article_belongs_to_its_own_or_the_nearest_sentence(
    placing: Placing, words: Quoted
) -> None:
    found = {at: sentence for sentence, span in placing.pieces("target", words) for at in range(span.start, span.end)}
    assert found == {
        at: placing.sentences[slowly(placing.targets, Span(at, at + 1))] for at in range(words.start, words.end)
    }


@given(placings(), quoted)
def test_an_error_in_the_article_counts_with_the_sentence_that_has_most_of_it(placing: Placing, words: Quoted) -> None:
    held: dict[int, int] = {}
    for span, owner in placing.targets:
        if shared := span.overlap(Span(words.start, words.end)):
            held[owner] = held.get(owner, 0) + shared
    error = ErrorAnnotation("e", "r", "x", "mqm-core", "2.0", "accuracy/addition", "minor", (words,))
    nearest = slowly(placing.targets, Span(words.start, words.end))
    wanted = min(held, key=lambda n: (-held[n], n)) if held else nearest
    assert placing.home(error) == placing.sentences[wanted]
