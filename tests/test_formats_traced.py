"""Traced texts are the texts of units, and lead back to where they stand."""

from __future__ import annotations

from hypothesis import given
from support_formats import alignment_of, letter_of, letters_with_alignments

from aligner.formats.traced import Traces
from aligner.formats.units import Texts
from aligner.model import Alignment, Emendation, Letter, Link, Mode, Quoted


@given(letters_with_alignments())
def test_a_traced_text_is_the_units_text(pair: tuple[Letter, Alignment]) -> None:
    texts = Texts(*pair)
    traces = Traces(pair[0], texts)
    for link in pair[1].links:
        unit, source, target = texts.unit(link), traces.source(link), traces.target(link)
        assert (source.text, target.text) == (unit.source, unit.target)
        assert len(source.text) == len(source.offsets)


@given(letters_with_alignments())
def test_every_character_is_the_one_at_its_offset(pair: tuple[Letter, Alignment]) -> None:
    traces = Traces(pair[0], Texts(*pair))
    for link in pair[1].links:
        target = traces.target(link)
        for character, offset in zip(target.text, target.offsets, strict=True):
            found = [s.text[offset - s.start] for s in target.pieces if s.start <= offset < s.end]
            assert offset == -1 or found == [character] or (character, found) == (" ", ["\t"])


def test_a_span_goes_out_and_comes_back() -> None:
    letter = letter_of(["A great\nOpenAl  day."], ["A great OpenAI  day."], (Emendation("e1", 13, 14, "l", "I", "x"),))
    alignment = alignment_of(letter, ["一\n二𠮷三", "四五"], [Link("l1", ("s1",), ("t1", "t2"), Mode.DIRECT, 1)])
    traces = Traces(letter, Texts(letter, alignment))
    source, target = traces.source(alignment.links[0]), traces.target(alignment.links[0])
    assert source.text == "A great OpenAI  day."
    assert source.find(Quoted(8, 14, "OpenAl")) == (8, 14)
    assert source.quoted(8, 14) == (Quoted(8, 14, "OpenAl"),)
    assert target.text == "一二𠮷三四五"
    assert target.find(Quoted(3, 4, "𠮷")) == (2, 3)
    assert target.quoted(2, 5) == (Quoted(3, 5, "𠮷三"), Quoted(6, 7, "四"))
    assert target.find(Quoted(90, 91, "x")) is None
