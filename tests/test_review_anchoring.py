"""Spans of decisions found again, or said to be lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Quoted, Span, sha256_of
from aligner.review.anchoring import Orphan, place

TEXTS = st.text(st.sampled_from("ab😀𠀀\u0301\r\n "), min_size=1)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_spans_stay_exact_and_follow_words_that_stand_once(before: str, words: str, after: str, more: str) -> None:
    text = before + words + after
    quoted = Quoted(len(before), len(before) + len(words), words)
    assert place(quoted, sha256_of(text), text) == Span(quoted.start, quoted.end)
    longer = more + text
    found = place(quoted, sha256_of(text), longer)
    starts = [at for at in range(len(longer)) if longer.startswith(words, at)]
    if len(starts) == 1:
        assert found == Span(starts[0], starts[0] + len(words))
    else:
        assert isinstance(found, Orphan)
        assert "more than once" in found.reason


@pytest.mark.parametrize(
    ("quoted", "was", "now", "reason"),
    [
        (Quoted(0, 2, "ab"), "xyz", "xyz", "at their offsets"),
        (Quoted(0, 2, "ab"), "abc", "xyz", "no longer has"),
        (Quoted(0, 2, "aa"), "aa", "aaa", "more than once"),
        (Quoted(2, 2, ""), "abc", "abc", "empty"),
    ],
)
def test_a_lost_span_has_its_reason(quoted: Quoted, was: str, now: str, reason: str) -> None:
    found = place(quoted, sha256_of(was), now)
    assert isinstance(found, Orphan)
    assert reason in found.reason
