"""Reviewers' links as constraints: kept as they are, forbidden ones never, the rest around them."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_engines import CASES, article_of, letter_of, use

from aligner.engines import Anchors, Confirmed, Forbidden, align_article, realign_article
from aligner.errors import AlignmentError
from aligner.model import AbsenceKind, Alignment, Link, Mode, Span, Status

BAKERY = letter_of(json.loads((CASES / "engines_articles.json").read_text(encoding="utf-8"))["letters"]["bakery"])
ARTICLE = article_of(
    next(
        case["article"]
        for case in json.loads((CASES / "engines_articles.json").read_text(encoding="utf-8"))["cases"]
        if case["label"] == "full translation"
    )
)
TEXT = ARTICLE.text


def aligned(*confirmed: Confirmed, forbidden: tuple[Forbidden, ...] = ()) -> Alignment:
    return align_article(BAKERY, ARTICLE, use(), rendering="r", anchors=Anchors(confirmed, forbidden))


@cache
def free() -> Alignment:
    return aligned()


def spans_of(alignment: Alignment, link: Link) -> tuple[Span, ...]:
    place = {segment.id: Span(segment.start, segment.end) for segment in alignment.target_segments}
    return tuple(place[name] for name in link.target)


def links_of(alignment: Alignment) -> set[tuple[object, ...]]:
    return {
        (link.source, spans_of(alignment, link), link.mode, link.confidence, link.status) for link in alignment.links
    }


def as_anchor(alignment: Alignment, link: Link) -> Confirmed:
    return Confirmed(link.source, spans_of(alignment, link), link.mode)


def pairs(alignment: Alignment) -> set[tuple[str, int]]:
    return {
        (name, c)
        for link in alignment.links
        for span in spans_of(alignment, link)
        for c in range(span.start, span.end)
        for name in link.source
    }


def check_kept(alignment: Alignment, anchors: Anchors) -> None:
    """The law: confirmed links are there as given and nothing else in their place; forbidden pairs are not."""
    confirmed = {(link.source, link.target, link.mode) for link in anchors.confirmed}
    assert confirmed == {
        (link.source, spans_of(alignment, link), link.mode)
        for link in alignment.links
        if link.status is Status.CONFIRMED
    }
    assert all(link.confidence == 1.0 for link in alignment.links if link.status is Status.CONFIRMED)
    linked = pairs(alignment)
    for ban in anchors.forbidden:
        assert not {(name, c) for name in ban.source for span in ban.target for c in range(*bounds(span))} & linked


def bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def test_no_anchors_change_nothing() -> None:
    assert aligned() == free()
    assert free().links
    assert "confirmed" not in free().signature.settings


def test_confirming_what_was_found_keeps_the_rest() -> None:
    anchor = as_anchor(free(), free().links[1])
    found = aligned(anchor)
    check_kept(found, Anchors((anchor,)))
    assert {(link.source, spans_of(found, link)) for link in found.links} == {
        (link.source, spans_of(free(), link)) for link in free().links
    }
    assert found.signature.settings["confirmed"] == 1


def test_a_confirmed_link_need_not_be_likely() -> None:
    first, second = free().links[0], free().links[1]
    crossed = Confirmed(first.source, spans_of(free(), second), Mode.INDIRECT)
    found = aligned(crossed)
    check_kept(found, Anchors((crossed,)))
    assert not [link for link in found.links if link.source == second.source and link.status is Status.CONFIRMED]


def test_part_of_a_word_can_be_confirmed() -> None:
    start = spans_of(free(), free().links[1])[0].start + 1
    odd = Confirmed((BAKERY.segments[2].id, BAKERY.segments[0].id), (Span(start, start + 1),), Mode.FRAGMENT)
    check_kept(aligned(odd), Anchors((odd,)))


def test_several_spans_and_scattered_sentences_can_be_confirmed() -> None:
    spans = (spans_of(free(), free().links[3])[0], spans_of(free(), free().links[1])[0])
    odd = Confirmed((BAKERY.segments[0].id, BAKERY.segments[2].id), spans, Mode.DIRECT)
    check_kept(aligned(odd), Anchors((odd,)))


def test_an_echo_of_a_confirmed_link_is_not_linked() -> None:
    text = "我们周五关门。\n\n街坊都来了。\n\n我们周五就要关门。\n"
    letter, article = letter_of("We close on Friday.\n"), article_of(text)
    start = text.rindex("我们周五")
    anchor = Confirmed(("s1",), (Span(start, start + 9),), Mode.DIRECT)
    found = align_article(letter, article, use(), rendering="r", anchors=Anchors((anchor,)))
    assert [spans_of(found, link) for link in found.links] == [anchor.target]


def test_a_forbidden_link_goes_and_its_sentence_is_absent() -> None:
    link = free().links[2]
    ban = Forbidden(link.source, spans_of(free(), link))
    found = aligned(forbidden=(ban,))
    check_kept(found, Anchors(forbidden=(ban,)))
    absent = {a.source for a in found.absences if a.kind is not AbsenceKind.PARTIAL}
    assert absent & set(link.source)
    assert found.signature.settings["forbidden"] == 1


SPAN = (
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40))
    .map(lambda pair: Span(pair[0], min(len(TEXT), pair[0] + pair[1])))
    .filter(lambda span: span.of(TEXT).strip() != "")
)
SOURCE = st.lists(st.sampled_from([s.id for s in BAKERY.segments]), min_size=1, max_size=3, unique=True).map(tuple)
LISTS = st.tuples(
    st.lists(st.builds(Confirmed, SOURCE, SPAN.map(lambda s: (s,)), st.sampled_from(Mode)), max_size=3),
    st.lists(st.builds(Forbidden, SOURCE, st.lists(SPAN, min_size=1, max_size=2).map(tuple)), max_size=3),
)


def consistent(lists: tuple[list[Confirmed], list[Forbidden]]) -> Anchors:
    """Of random anchors those that contradict no earlier one."""
    kept = Anchors()
    for link in lists[0]:
        try:
            kept = Anchors((*kept.confirmed, link), kept.forbidden)
        except AlignmentError:
            continue
    for ban in lists[1]:
        try:
            kept = Anchors(kept.confirmed, (*kept.forbidden, ban))
        except AlignmentError:
            continue
    return kept


@settings(max_examples=25, deadline=None)
@given(LISTS)
def test_anchors_are_kept_whatever_they_are(lists: tuple[list[Confirmed], list[Forbidden]]) -> None:
    anchors = consistent(lists)
    check_kept(align_article(BAKERY, ARTICLE, use(), rendering="r", anchors=anchors), anchors)
    check_kept(realign_article(free(), BAKERY, ARTICLE, use(), anchors=anchors), anchors)


@settings(max_examples=15, deadline=None)
@given(LISTS, LISTS)
def test_anchors_can_be_changed_again(
    first: tuple[list[Confirmed], list[Forbidden]], second: tuple[list[Confirmed], list[Forbidden]]
) -> None:
    before = realign_article(free(), BAKERY, ARTICLE, use(), anchors=consistent(first))
    anchors = consistent(second)
    check_kept(realign_article(before, BAKERY, ARTICLE, use(), anchors=anchors), anchors)


def test_only_the_stretch_between_confirmed_links_is_aligned_again() -> None:
    links = free().links
    kept = Anchors((as_anchor(free(), links[1]), as_anchor(free(), links[4])))
    before = realign_article(free(), BAKERY, ARTICLE, use(), anchors=kept)
    ban = Forbidden(links[3].source, spans_of(free(), links[3]))
    after = realign_article(before, BAKERY, ARTICLE, use(), anchors=Anchors(kept.confirmed, (ban,)))
    check_kept(after, Anchors(kept.confirmed, (ban,)))
    low, high = kept.confirmed[0].target[-1].end, kept.confirmed[1].target[0].start

    def outside(alignment: Alignment) -> set[tuple[object, ...]]:
        return {
            row
            for row, link in zip(sorted(links_of(alignment), key=str), alignment.links, strict=True)
            if all(s.end <= low or s.start >= high for s in row[1])  # type: ignore[attr-defined]
        }

    assert outside(after) == outside(before)
    assert links_of(after) != links_of(before)


def test_nothing_said_nothing_changed() -> None:
    again = realign_article(free(), BAKERY, ARTICLE, use(), anchors=Anchors())
    assert links_of(again) == links_of(free())
    assert again.absences == free().absences
    assert again.residue == free().residue


def test_a_word_taken_back_aligns_its_stretch_anew() -> None:
    wrong = Confirmed(free().links[0].source, spans_of(free(), free().links[2]), Mode.DIRECT)
    before = realign_article(free(), BAKERY, ARTICLE, use(), anchors=Anchors((wrong,)))
    after = realign_article(before, BAKERY, ARTICLE, use(), anchors=Anchors())
    assert {(a, b) for a, b, *_ in links_of(after)} == {(a, b) for a, b, *_ in links_of(free())}


def test_the_anchors_of_an_alignment_are_its_confirmed_links() -> None:
    anchor = as_anchor(free(), free().links[1])
    assert Anchors.of(aligned(anchor)) == Anchors((anchor,))
    assert not Anchors.of(free())


A, B = Span(3, 9), Span(8, 12)


@pytest.mark.parametrize(
    ("confirmed", "forbidden", "message"),
    [
        ([(("s1",), A), (("s2",), B)], [], r"\[3, 9\) and \[8, 12\) overlap"),
        ([(("s1",), A)], [(("s2", "s1"), B)], r"s1 and \[3, 9\) are both confirmed and forbidden"),
        ([((), A)], [], "empty side"),
        ([(("s99",), A)], [], "unknown source segment s99; the letter has s1"),
        ([], [(("s99",), A)], "unknown source segment s99"),
        ([(("s1",), Span(len(TEXT) - 1, len(TEXT) + 1))], [], "lies outside article.txt"),
        ([], [(("s1",), Span(len(TEXT), len(TEXT) + 1))], "lies outside article.txt"),
        ([(("s1",), Span(TEXT.index("\n"), TEXT.index("\n") + 1))], [], "only blanks"),
    ],
)
def test_contradictions_are_refused(
    confirmed: list[tuple[tuple[str, ...], Span]], forbidden: list[tuple[tuple[str, ...], Span]], message: str
) -> None:
    with pytest.raises(AlignmentError, match=message):
        aligned(
            *(Confirmed(source, (span,), Mode.DIRECT) for source, span in confirmed),
            forbidden=tuple(Forbidden(source, (span,)) for source, span in forbidden),
        )


def test_an_alignment_of_something_else_is_refused() -> None:
    with pytest.raises(AlignmentError, match="align it anew"):
        realign_article(free(), letter_of("We close.\n"), ARTICLE, use(), anchors=Anchors())
    with pytest.raises(AlignmentError, match="align it anew"):
        realign_article(free(), BAKERY, article_of(TEXT + "\n再见。\n"), use(), anchors=Anchors())


def test_links_stay_in_order() -> None:
    found = aligned(as_anchor(free(), free().links[2]))
    assert all(one.end <= other.start for one, other in pairwise(found.target_segments))
    assert [link.id for link in found.links] == [f"l{k}" for k in range(1, len(found.links) + 1)]
