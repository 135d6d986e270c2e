"""What the pages show, computed from made-up letters and by hand."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import support_ui
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aligner.corpus import Corpus
from aligner.formats import FORMATS
from aligner.model import (
    Absence,
    AbsenceKind,
    Alignment,
    Document,
    Letter,
    Link,
    Mode,
    Reading,
    Segment,
    Side,
    Signature,
    Span,
    Variant,
    Witness,
)
from aligner.ui import published
from aligner.ui.messages import Catalogue
from aligner.ui.views.collation import collation
from aligner.ui.views.coverage import counts, ordered, short_names, strip
from aligner.ui.views.offers import Offer, file_name, make, offer, settings
from aligner.ui.views.placement import KINDS, Cell, out_of_order, place, rows_of
from aligner.ui.views.preview import preview, table
from aligner.ui.views.reading import reading

View = dict[str, Any]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus.open(support_ui.build(tmp_path_factory.mktemp("views")))


@pytest.fixture(scope="module")
def view(corpus: Corpus) -> View:
    return reading(corpus.letter("bridge"), published.versions(corpus, "bridge"))


def column(view: View, name: str) -> View:
    found: View = next(item for item in view["columns"] if item["id"] == name)
    return found


@given(st.lists(st.integers(0, 6), max_size=7))
def test_what_is_out_of_order_is_the_least_that_can_be_taken_away(rows: list[int]) -> None:
    moved = out_of_order(rows)
    kept = [row for index, row in enumerate(rows) if index not in moved]
    assert kept == sorted(kept)
    longest = max(n for n in range(len(rows) + 1) if any(list(c) == sorted(c) for c in itertools.combinations(rows, n)))
    assert len(kept) == longest


def test_a_segment_goes_to_the_row_it_overlaps_most() -> None:
    rows = [Segment("a", 0, 10, "x" * 10), Segment("b", 12, 20, "x" * 8)]
    pieces = [
        Segment("p", 0, 4, "xxxx"),
        Segment("q", 8, 16, "x" * 8),
        Segment("r", 10, 12, "xx"),
        Segment("s", 30, 31, "x"),
    ]
    assert rows_of(rows, pieces) == {"p": 0, "q": 1, "r": 0, "s": 1}


def test_every_row_has_one_cell_in_every_column_and_is_counted_once(view: View) -> None:
    for item in view["columns"]:
        assert len(item["cells"]) == len(view["rows"]) == 8
        assert sum(item["counts"].values()) == 8
        assert set(item["counts"]) == set(KINDS)


def test_columns_come_by_how_much_they_carry(view: View) -> None:
    assert [item["id"] for item in view["columns"]] == ["bridge-001", "bridge-002", "bridge-004", "bridge-003"]
    assert [item["rendered"] for item in view["columns"]] == [8, 5, 1, 1]
    assert [(item["id"], item["problem"]) for item in view["unbuilt"]] == [("bridge-005", "")]


def test_kinds_and_flags_of_the_cells(view: View) -> None:
    some = column(view, "bridge-002")["cells"]
    assert [cell["kind"] for cell in some] == [
        "outside", "indirect", "indirect", "direct", "omitted", "indirect", "direct", "outside",
    ]  # fmt: skip
    assert [cell.get("flags", []) for cell in some] == [[], [], [], ["partial"], ["omitted"], ["moved"], [], []]
    assert column(view, "bridge-001")["cells"][5]["flags"] == ["low"]


def test_a_moved_piece_names_the_row_before_it(view: View) -> None:
    assert column(view, "bridge-002")["cells"][5]["pieces"][0]["after"] == 0
    assert column(view, "bridge-001")["cells"][5]["pieces"][0]["after"] is None


def test_one_piece_for_two_sentences_stands_in_both_rows(view: View) -> None:
    cells = column(view, "bridge-002")["cells"]
    assert cells[1]["pieces"] == cells[2]["pieces"]
    assert cells[1]["pieces"][0]["rows"] == [2, 3]


def test_words_without_rendering_keep_their_offsets(corpus: Corpus, view: View) -> None:
    (words,) = column(view, "bridge-002")["cells"][3]["missing"]
    text = corpus.letter("bridge").base.document.text
    assert text[words["start"] : words["end"]] == words["text"] == "most importantly"


def test_every_text_is_what_stands_at_its_offsets(corpus: Corpus, view: View) -> None:
    source = corpus.letter("bridge").base.document.text
    seen = 0
    for row in view["rows"]:
        assert source[row["start"] : row["end"]] == row["text"]
    for item in view["columns"]:
        text = corpus.document(f"{item['id']}.txt").text
        excerpt = item["article"]
        assert text[excerpt["start"] :].startswith(excerpt["text"])
        parts = [part for cell in item["cells"] for piece in cell.get("pieces", []) for part in piece["texts"]]
        for part in parts + [each for items in item["between"].values() for each in items]:
            assert text[part["start"] : part["end"]] == part["text"]
            assert excerpt["start"] <= part["start"] <= part["end"] <= excerpt["start"] + len(excerpt["text"])
            seen += 1
    assert seen > 15


def test_reporting_words_stand_before_their_piece_and_not_between_rows(view: View) -> None:
    some = column(view, "bridge-002")
    assert some["cells"][5]["pieces"][0]["texts"][0]["carrier"] == "市长表示，"
    assert some["between"] == {}


def test_a_translators_note_is_marked_inside_its_piece(view: View) -> None:
    (part,) = column(view, "bridge-002")["cells"][3]["pieces"][0]["texts"]
    ((start, end),) = part["inserted"]
    assert part["text"][start:end] == "（译注：一九四四年建）"


def test_residue_stands_after_the_row_it_follows_and_furniture_nowhere(view: View) -> None:
    between = column(view, "bridge-001")["between"]
    assert {after: [item["kind"] for item in items] for after, items in between.items()} == {
        "0": ["heading"],
        "3": ["commentary"],
        "5": ["injected"],
    }


def test_emendations_are_marked_in_the_row_and_rejected_ones_are_not(corpus: Corpus, view: View) -> None:
    (mark,) = view["rows"][2]["emended"]
    assert view["rows"][2]["text"][mark["start"] : mark["end"]] == "diffcult"
    assert (mark["replacement"], mark["evidence"], mark["witness"]) == ("difficult", "witness", "B")
    assert "difficult" in view["rows"][2]["reading"]
    letter = corpus.letter("bridge")
    refused = dataclasses.replace(
        letter, emendations=tuple(dataclasses.replace(each, rejected=True) for each in letter.emendations)
    )
    shown = reading(refused, [])
    assert "emended" not in shown["rows"][2]
    assert shown["letter"]["emendations"] == 0


def test_the_version_changes_with_what_is_shown(corpus: Corpus, view: View) -> None:
    letter, versions = corpus.letter("bridge"), published.versions(corpus, "bridge")
    assert reading(letter, versions)["version"] == view["version"]
    assert reading(letter, versions[:-1])["version"] != view["version"]


def test_an_alignment_of_another_text_is_named_and_leaves_the_others(corpus: Corpus) -> None:
    letter, versions = corpus.letter("bridge"), published.versions(corpus, "bridge")
    made = versions[0].made
    assert made
    side = dataclasses.replace(made.alignment.target, text_sha256="0" * 64)
    stale = dataclasses.replace(made, alignment=dataclasses.replace(made.alignment, target=side))
    shown = reading(letter, [dataclasses.replace(versions[0], made=stale), *versions[1:]])
    assert "bridge-001" not in [item["id"] for item in shown["columns"]]
    assert len(shown["columns"]) == 3
    assert "another text of its article" in shown["unbuilt"][0]["problem"]


def test_paragraphs_are_numbered_where_they_begin(view: View) -> None:
    assert [row.get("paragraph") for row in view["rows"]] == [None, 1, None, 2, None, None, 3, 4]


@given(st.lists(st.sampled_from(KINDS), max_size=200), st.integers(1, 60))
def test_the_strip_holds_every_row_once(kinds: list[str], widest: int) -> None:
    cells = [Cell(kind) for kind in kinds]
    bins = strip(cells, widest)
    assert len(bins) <= widest
    assert [n for each in bins for n in range(each["first"], each["last"] + 1)] == list(range(1, len(cells) + 1))
    total = {kind: sum(each["counts"].get(kind, 0) for each in bins) for kind in KINDS}
    assert total == counts(cells)
    assert all(each["counts"][each["kind"]] == max(each["counts"].values()) for each in bins)


def test_chips_are_short_only_when_every_id_allows_it() -> None:
    assert short_names("a", ["a-001", "a-022"]) == {"a-001": "001", "a-022": "022"}
    assert short_names("a", ["a-001", "b-022"]) == {"a-001": "a-001", "b-022": "b-022"}
    assert short_names("a.b", ["a-b-001"]) == {"a-b-001": "a-b-001"}
    assert short_names("a", []) == {}


def test_renderings_that_carry_the_same_keep_their_order() -> None:
    assert ordered({"x": (Cell("omitted"),), "y": (Cell("outside"),)}) == ["x", "y"]


def test_witnesses_stand_side_by_side_sentence_by_sentence(corpus: Corpus) -> None:
    shown = collation(corpus.letter("bridge"))
    assert [witness["id"] for witness in shown["witnesses"]] == ["A", "B"]
    for sentence in shown["sentences"]:
        (other,) = sentence["others"]
        assert other["text"] == sentence["text"].replace("diffcult", "difficult")
        assert corpus.document("bridge-b.txt").text[other["start"] :].startswith(other["text"])
    (mark,) = shown["sentences"][2]["marks"]
    assert shown["sentences"][2]["text"][mark[0] : mark[1]] == "diffcult"


def test_variants_and_emendations_name_their_sentence_and_their_context(corpus: Corpus) -> None:
    shown = collation(corpus.letter("bridge"))
    text = corpus.document("bridge-a.txt").text
    (variant,), (emendation,) = shown["variants"], shown["emendations"]
    assert variant["sentence"] == emendation["sentence"] == 3
    assert variant["emendations"] == [emendation["id"]]
    for item in (variant["base"], emendation):
        assert text[item["start"] : item["end"]] == item["text"]
    assert emendation["before"] + emendation["text"] + emendation["after"] in text
    assert emendation["before"].startswith(" ")


def test_a_letter_with_one_witness_has_nothing_beside_it(corpus: Corpus) -> None:
    shown = collation(corpus.letter("note"))
    assert len(shown["witnesses"]) == 1
    assert [sentence["others"] for sentence in shown["sentences"]] == [[]] * 4


def offered(corpus: Corpus, letter: str) -> Offer:
    return offer(corpus.letter(letter), published.versions(corpus, letter))


def test_every_format_is_made_of_the_letter_and_each_rendering(corpus: Corpus) -> None:
    found = offered(corpus, "bridge")
    assert found.letter is not None
    assert [each.id for each in found.letter.renderings] == ["bridge-001", "bridge-002", "bridge-003", "bridge-004"]
    assert list(found.left_out) == ["bridge-005"]
    names = []
    for form in FORMATS.values():
        for rendering in ("", *(each.id for each in found.letter.renderings)):
            export, single = found.of(rendering), bool(rendering)
            assert export is not None
            names.append(file_name(form, export, single=single))
            options = form.configure({setting.name: setting.default for setting in settings(form, "zh")})
            made = make(form, export, options, single=single)
            begins = preview(export, form, options, single=single).begins.removesuffix(" …")
            assert made
            assert (begins or "-") in ("-" if form.binary or form.name == "html" else made.decode("utf-8-sig"))
    assert len(names) == len(set(names))


def test_nothing_built_offers_nothing(corpus: Corpus) -> None:
    assert offered(corpus, "plain") == Offer(None, {"plain-zh": ""})


def test_a_preview_counts_what_goes_out_and_says_what_does_not(corpus: Corpus) -> None:
    export = offered(corpus, "bridge").letter
    assert export is not None
    form = FORMATS["tmx"]
    everything, direct = (
        preview(export, form, form.configure({"direct_only": only}), single=False) for only in (False, True)
    )
    units = etree.fromstring(make(form, export, form.configure({"direct_only": True}), single=False)).findall(".//tu")
    assert direct.units == len(units) < everything.units
    out = sum(each.count for each in direct.left if each.why == "mode")
    assert out == everything.units - direct.units
    absent = [(each.rendering, each.why, each.count) for each in everything.left]
    assert absent == [
        (each.id, kind, count)
        for each in export.renderings
        for kind, count in sorted(Counter(absence.kind.value for absence in each.alignment.absences).items())
        if kind != "partial"
    ]
    assert preview(export, FORMATS["csv"], FORMATS["csv"].configure({}), single=False).left == ()


def test_a_preview_shows_texts_as_texts(corpus: Corpus) -> None:
    export = offered(corpus, "bridge").letter
    assert export is not None
    found = preview(export, FORMATS["tmx"], FORMATS["tmx"].configure({}), single=False)
    bad = replace(found.first[0], unit=replace(found.first[0].unit, source="<script>alert(1)</script>"))
    names = {bad.rendering: "001 (<b>Post</b>)"}
    drawn = table(replace(found, first=(bad, *found.first[1:])), Catalogue.load("zh"), names)
    assert "001 (&lt;b&gt;Post&lt;/b&gt;)" in drawn
    assert "<script>" not in drawn
    assert "&lt;script&gt;alert(1)" in drawn


def test_a_broken_file_says_so_and_leaves_the_other_renderings(tmp_path: Path) -> None:
    folder = support_ui.build(tmp_path)
    (folder / "bridge" / "bridge-002.json").write_text("{", encoding="utf-8")
    opened = Corpus.open(folder)
    shown = reading(opened.letter("bridge"), published.versions(opened, "bridge"))
    assert [item["id"] for item in shown["columns"]] == ["bridge-001", "bridge-004", "bridge-003"]
    assert "bridge-002.json" in shown["unbuilt"][0]["problem"]


def test_a_cell_without_a_rendering_counts_its_surest_absence_last(corpus: Corpus) -> None:
    versions = {version.id: version for version in published.versions(corpus, "bridge")}
    made = versions["bridge-002"].made
    assert made
    cells = place(corpus.letter("bridge"), made.alignment)
    assert cells[4].confidence == 0.9


def by_hand(base: str, sentences: list[str], other: str = "", variants: tuple[Variant, ...] = ()) -> Letter:
    """A letter that is its whole document, with another witness beside it when there is one."""
    documents = [Document(name, text, "0" * 64, "utf-8") for name, text in (("base", base), ("other", other)) if text]
    witnesses = tuple(Witness(each.name, each, 0, len(each.text)) for each in documents)
    segments = tuple(
        Segment(f"s{n}", base.index(text), base.index(text) + len(text), text) for n, text in enumerate(sentences, 1)
    )
    return Letter("hand", "en", witnesses[0], segments, tuple(sentences), witnesses=witnesses, variants=variants)


def test_an_absent_piece_of_a_rendered_row_is_missing_words() -> None:
    letter = by_hand("One two, three four.", ["One two, three four."])
    side = Side("base", "0" * 64, letter.base.document.text_sha256, "en")
    alignment = Alignment(
        letter="hand",
        rendering="r",
        source=side,
        target=replace(side, region=Span(0, 3)),
        signature=Signature("test", "by hand", "none"),
        source_segments=(Segment("a", 0, 8, "One two,"), Segment("b", 9, 20, "three four.")),
        target_segments=(Segment("t", 0, 3, "一二，"),),
        links=(Link("l", ("a",), ("t",), Mode.DIRECT, 0.9),),
        absences=(Absence("b", AbsenceKind.OMITTED, 0.8),),
    )
    (cell,) = place(letter, alignment)
    assert (cell.kind, cell.flags) == ("direct", ("partial",))
    assert [(words.start, words.end, words.text) for words in cell.missing] == [(9, 20, "three four.")]


def test_a_variant_across_two_sentences_does_not_move_the_edge_between_them() -> None:
    base, other = "A bat. Cat here. End.", "A hatter. Cut here. End."
    variant = Variant("v", "substitution", Reading("base", 2, 10, "bat. Cat"), Reading("other", 2, 13, "hatter. Cut"))
    shown = collation(by_hand(base, ["A bat.", "Cat here.", "End."], other, (variant,)))
    assert [row["others"][0]["text"] for row in shown["sentences"]] == ["A hatter.", "Cut here.", "End."]
    assert [row["marks"] for row in shown["sentences"]] == [[[2, 6, "substitution"]], [[0, 3, "substitution"]], []]
