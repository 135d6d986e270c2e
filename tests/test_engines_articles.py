"""The article engine on made-up letters: tests/cases/engines_articles.json."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from support_engines import CASES, article_of, cases, letter_of, use

from aligner.engines import align_article
from aligner.formats import alignment_json
from aligner.model import Alignment, Document, Span

LETTERS: dict[str, str] = json.loads((CASES / "engines_articles.json").read_text(encoding="utf-8"))["letters"]
BAKERY = LETTERS["bakery"]


def aligned(case: dict[str, Any]) -> tuple[Alignment, Document]:
    article = article_of(case["article"])
    if case.get("blocks") is False:
        article = replace(article, blocks=())
    within = None
    if "within" in case:
        first, last = case["within"]
        within = Span(article.text.index(first), article.text.index(last) + len(last))
    letter = letter_of(LETTERS.get(case["letter"], case["letter"]))
    return align_article(letter, article, use(), rendering="r", within=within), article


@cache
def full() -> Alignment:
    """The full translation of the bakery letter."""
    (case,) = (row.values[0] for row in cases("engines_articles.json", "cases") if row.id == "full translation")
    return aligned(case)[0]


def renderings(alignment: Alignment) -> dict[str, list[tuple[str, str]]]:
    """Per source text the joined target text and the mode of each of its links."""
    target = {segment.id: segment.text for segment in alignment.target_segments}
    return {
        segment.text: [
            ("".join(target[name] for name in link.target), str(link.mode))
            for link in alignment.links
            if segment.id in link.source
        ]
        for segment in alignment.source_segments
    }


@pytest.mark.parametrize("case", cases("engines_articles.json", "cases"))
def test_case(case: dict[str, Any]) -> None:
    alignment, article = aligned(case)
    found = renderings(alignment)
    if case.get("none"):
        assert alignment.links == ()
        assert {str(absence.kind) for absence in alignment.absences} == {"outside"}
        assert (alignment.residue, alignment.target.region) == ((), None)
        return
    for source, texts, mode in case["links"]:
        assert [m for _, m in found[source]] == [mode], source
        assert found[source][0][0] in texts
    names = {segment.id: segment.text for segment in alignment.source_segments}
    whole = {names[a.source]: str(a.kind) for a in alignment.absences if a.start is None}
    expected = case.get("absent")
    if expected is not None:
        assert whole == expected
    partial = [a.text for a in alignment.absences if a.text is not None]
    for text in case.get("partial", ()):
        assert any(text in str(words) for words in partial), partial
    for text in case.get("clean", ()):
        assert not any(text in segment.text for segment in alignment.target_segments), text
    for text, kind in case.get("residue", {}).items():
        assert {str(r.kind) for r in alignment.residue if text in r.text} == {kind}, text
    for text in case.get("no_residue", ()):
        assert not any(text in r.text for r in alignment.residue)
    check_offsets(alignment, article)


def check_offsets(alignment: Alignment, article: Document) -> None:
    for piece in (*alignment.target_segments, *alignment.residue):
        assert article.text[piece.start : piece.end] == piece.text
    region = alignment.target.region
    assert region == Span(alignment.target_segments[0].start, alignment.target_segments[-1].end)


@pytest.mark.parametrize(
    "case", [row.values[0] for row in cases("engines_articles.json", "cases")], ids=lambda case: case["label"]
)
def test_what_is_written_can_be_read(case: dict[str, Any]) -> None:
    alignment, _ = aligned(case)
    assert alignment_json.loads(alignment_json.dumps(alignment), "case") == alignment


def test_two_runs_agree() -> None:
    (case,) = (row.values[0] for row in cases("engines_articles.json", "cases") if row.id == "full translation")
    assert aligned(case)[0] == full()


def test_the_target_language_is_said_or_found() -> None:
    article = article_of("大家好，面包店本周五关门。\n")
    found = align_article(letter_of(BAKERY), article, use(), rendering="r")
    said = align_article(letter_of(BAKERY), article, use(), rendering="r", language="zh-Hant")
    assert (found.target.language, said.target.language) == ("zh-Hans", "zh-Hant")


@pytest.mark.parametrize("text", ["。", "……\n\n***\n", "![](a.png)\n", "2009\n"])
def test_an_article_with_hardly_a_word(text: str) -> None:
    alignment = align_article(letter_of(BAKERY), article_of(text), use(), rendering="r", language="zh-Hans")
    assert alignment.links == ()
    assert len(alignment.absences) == len(alignment.source_segments)


def test_a_letter_of_one_word() -> None:
    alignment = align_article(letter_of("Goodbye.\n"), article_of("再见。\n"), use(), rendering="r")
    assert len(alignment.source_segments) == 1


def test_line_ends_and_wrapped_lines_change_offsets_only() -> None:
    (case,) = (row.values[0] for row in cases("engines_articles.json", "cases") if row.id == "full translation")
    alignment, _ = aligned({**case, "article": case["article"].replace("\n", "\r\n")})
    assert renderings(alignment) == renderings(full())
