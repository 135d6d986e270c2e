"""TMX: valid, complete, one rendering per unit, and the same every time."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import needs
import pytest
from hypothesis import given
from lxml import etree
from support_formats import alignment_of, letter_of, letters_with_alignments

from aligner.errors import AlignmentError
from aligner.formats import FORMATS, LetterExport, RenderingExport, RenderingInfo, TmxOptions
from aligner.formats.texts import SEPARATOR, flat
from aligner.formats.tmx import letter_tmx, rendering_tmx, tmx_chunks, tmx_language
from aligner.model import (
    Absence,
    AbsenceKind,
    Alignment,
    Emendation,
    Letter,
    Link,
    Mode,
    Quoted,
    Residue,
    ResidueKind,
    Status,
)
from aligner.review.annotations import ErrorAnnotation, EsaScore

CASES = Path(__file__).parent / "cases"
FLAT = json.loads((CASES / "tmx_flat.json").read_text(encoding="utf-8"))
PIECES = json.loads((CASES / "tmx_pieces.json").read_text(encoding="utf-8"))
INFO = RenderingInfo("Outlet & Co.", "2025-01-31", "标题")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE = [
    "a < b & c > \"d\" 'e' ]]>",
    "\x01bell\x00\x1b",
    "👩‍👩‍👧 👍🏽",
    "𠮷野家",
    "tab\tand\nbreak",
    "  blanks  ",
    "&#1;",
]


def parse(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def units(data: bytes) -> list[etree._Element]:
    return parse(data).findall("body/tu")


def segs(tu: etree._Element) -> list[tuple[str, str]]:
    return [(tuv.get(LANG, ""), tuv.findtext("seg") or "") for tuv in tu.findall("tuv")]


def props(tu: etree._Element) -> dict[str, str]:
    return {prop.get("type", ""): prop.text or "" for prop in tu.findall("prop")}


def notes(data: bytes) -> list[str]:
    return [note.text or "" for note in parse(data).findall("header/note")]


def linked(letter: Letter, targets: Sequence[str], links: list[Link], **more: object) -> Alignment:
    return alignment_of(letter, targets, links, **more)


@pytest.fixture(scope="module")
def dtd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needs.need("dtd")
    needs.need("xmllint")
    path = tmp_path_factory.mktemp("dtd") / "tmx14.dtd"
    with zipfile.ZipFile(needs.OMEGAT) as jar:
        path.write_bytes(jar.read("schemas/tmx14.dtd"))
    return path


def hostile_tmx() -> bytes:
    """Two renderings of hostile texts, with omitted and partial units, carriers and all options' material."""
    letter = letter_of([*HOSTILE, "Never rendered <b>."])
    whole = Absence("s8", AbsenceKind.OMITTED, 0.9)
    partial = Absence("s2", AbsenceKind.PARTIAL, 0.9, letter.segments[1].start, letter.segments[1].start + 3, "\x01be")
    one = [Link(f"l{i}", (f"s{i}",), (f"t{i}",), Mode.DIRECT, 0.5) for i in range(1, 8)]
    two = [
        Link("l1", ("s1", "s2", "s7"), ("t1", "t3"), Mode.FRAGMENT, 1 / 3),
        Link("l2", ("s2",), ("t2",), Mode.INDIRECT, 0),
    ]
    rest = tuple(Absence(f"s{i}", AbsenceKind.OUTSIDE, 1.0) for i in (3, 4, 5, 6, 8))
    return letter_tmx(
        letter,
        [
            (alignment_of(letter, HOSTILE, one, absences=(whole, partial)), INFO),
            (
                alignment_of(letter, HOSTILE[:3], two, rendering="繁", language="zh-Hant", absences=rest),
                RenderingInfo(),
            ),
        ],
    )


@pytest.mark.parametrize("case", FLAT, ids=lambda case: case["label"])
def test_texts_stand_on_one_legal_line(case: dict[str, str]) -> None:
    assert flat(case["input"]) == case["expected"], case["why"]


@given(letters_with_alignments())
def test_flat_is_done_once(pair: tuple[Letter, Alignment]) -> None:
    once = flat(pair[0].base.document.text)
    assert flat(once) == once


@pytest.mark.parametrize("case", PIECES, ids=lambda case: case["label"])
def test_pieces_of_one_side_are_joined(case: dict[str, object]) -> None:
    given_ = case["input"]
    assert isinstance(given_, dict)
    letter = letter_of(["One sentence."])
    pieces, gaps = given_["pieces"], given_["gaps"]
    residue = tuple(
        Residue(len(pieces[0]), len(pieces[0]) + len(gaps[1]), gaps[1], ResidueKind(kind)) for kind in given_["residue"]
    )
    links = [Link("l1", ("s1",), ("t1", "t2"), Mode.DIRECT, 0.9)]
    alignment = alignment_of(letter, pieces, links, gaps=gaps, residue=residue)
    (tu,) = units(rendering_tmx(letter, alignment, INFO))
    assert segs(tu)[1] == ("zh-CN", case["expected"]), case["why"]


def test_another_links_piece_between_separates() -> None:
    letter = letter_of(["One.", "Two."])
    links = [
        Link("l1", ("s1",), ("t3", "t1"), Mode.DIRECT, 0.9),
        Link("l2", ("s2",), ("t2",), Mode.DIRECT, 0.9),
    ]
    alignment = alignment_of(letter, ["一", "二", "三"], links, gaps=["", "", ""])
    assert segs(units(rendering_tmx(letter, alignment, INFO))[0])[1][1] == "一 … 三"


def test_english_pieces_are_separate_when_words_stand_between() -> None:
    letter = letter_of(["One.", "Two.", "Three."])
    links = [Link("l1", ("s1", "s3"), ("t1",), Mode.DIRECT, 0.9), Link("l2", ("s3", "s2"), ("t2",), Mode.DIRECT, 0.9)]
    data = rendering_tmx(letter, alignment_of(letter, ["一三", "二三"], links), INFO)
    assert [segs(tu)[0] for tu in units(data)] == [("en", "One. … Three."), ("en", "Two. Three.")]
    assert [props(tu)["x-bead"] for tu in units(data)] == ["2-1", "2-1"]
    assert [props(tu)["x-unit"] for tu in units(data)] == ["s1 s3", "s2 s3"]


def test_a_unit_carries_its_properties_before_its_texts() -> None:
    letter = letter_of(["Hi\nall,"])
    link = Link("l1", ("s1",), ("t1",), Mode.INDIRECT, 0.98765, Status.NEEDS_REVIEW)
    (tu,) = units(rendering_tmx(letter, linked(letter, ["大家\n好"], [link]), INFO))
    assert tu.get("tuid") == "robot-a.l1"
    assert props(tu) == {
        "x-letter": "robot",
        "x-rendering": "robot-a",
        "x-unit": "s1",
        "x-bead": "1-1",
        "x-mode": "indirect",
        "x-confidence": "0.9877",
        "x-status": "needs_review",
        "x-outlet": "Outlet & Co.",
        "x-date": "2025-01-31",
    }
    assert segs(tu) == [("en", "Hi all,"), ("zh-CN", "大家好")]
    assert [child.tag for child in tu][-2:] == ["tuv", "tuv"]
    assert all(child.tag == "seg" for tuv in tu.findall("tuv") for child in tuv)


def test_the_reading_text_is_exported_and_the_witness_beside_it() -> None:
    letter = letter_of(["a diffcult  choice", "plain\ntext"], ["a difficult  choice", "plain text"])
    first, second = units(rendering_tmx(letter, alignment_of(letter, ["艰难", "平"]), INFO))
    assert segs(first)[0][1] == "a difficult  choice"
    assert props(first)["x-witness-text"] == "a diffcult  choice"
    assert "x-witness-text" not in props(second)


def test_a_piece_of_a_letters_segment_is_emended_too() -> None:
    text = "OpenAl is a diffcult place, OpenAl said."
    changes = tuple(
        Emendation(f"e{i}", text.index(old), text.index(old) + len(old), old, new, "rule", rejected=rejected)
        for i, (old, new, rejected) in enumerate([("diffcult", "difficult", False), ("OpenAl", "OpenAI", True)])
    )
    letter = letter_of([text], [text.replace("diffcult", "difficult")], changes)
    pieces = letter_of(["OpenAl is a diffcult place,", "OpenAl said."], gaps=["", " "])
    assert pieces.base.document.text == text
    first, second = units(rendering_tmx(letter, alignment_of(pieces, ["地方", "说"]), INFO))
    assert segs(first)[0][1] == "OpenAl is a difficult place,"
    assert segs(second)[0][1] == "OpenAl said."


def test_what_is_not_rendered_stands_in_the_header() -> None:
    letter = letter_of(["One.", "Two\nwords, most importantly.", "Three."])
    start = letter.base.document.text.index("most")
    absences = (
        Absence("s3", AbsenceKind.OUTSIDE, 0.9),
        Absence("s1", AbsenceKind.OMITTED, 0.9),
        Absence("s2", AbsenceKind.PARTIAL, 0.9, start, start + 16, "most importantly"),
    )
    alignment = alignment_of(letter, ["二"], [Link("l1", ("s2",), ("t1",), Mode.DIRECT, 1)], absences=absences)
    data = rendering_tmx(letter, alignment, INFO)
    assert notes(data) == ["robot-a: s1 omitted: One.", "robot-a: s3 outside: Three."]
    (tu,) = units(data)
    assert [note.text for note in tu.findall("note")] == ["not rendered: most importantly"]


@pytest.mark.parametrize(
    ("options", "kept", "reason"),
    [
        (TmxOptions(), ["l1", "l2", "l3"], None),
        (TmxOptions(only_confirmed=True), ["l2"], "status auto"),
        (TmxOptions(min_confidence=0.5), ["l2", "l3"], "confidence 0.4999"),
        (TmxOptions(direct_only=True), ["l1", "l3"], "mode fragment"),
        (TmxOptions(direct_only=True, only_confirmed=True), [], "status auto"),
    ],
)
def test_options_leave_links_out_and_say_so(options: TmxOptions, kept: list[str], reason: str | None) -> None:
    letter = letter_of(["One.", "Two.", "Three."])
    links = [
        Link("l1", ("s1",), ("t1",), Mode.DIRECT, 0.4999),
        Link("l2", ("s2",), ("t2",), Mode.FRAGMENT, 0.5, Status.CONFIRMED),
        Link("l3", ("s3",), ("t3",), Mode.DIRECT, 0.9),
    ]
    data = rendering_tmx(letter, alignment_of(letter, ["一", "二", "三"], links), INFO, options)
    assert [tu.get("tuid") for tu in units(data)] == [f"robot-a.{name}" for name in kept]
    left = [note for note in notes(data) if "left out" in note]
    assert len(left) == 3 - len(kept)
    assert reason is None or left[0].endswith(f"left out: {reason}")


@pytest.mark.parametrize(
    ("language", "code", "script_code"),
    [
        ("zh-Hans", "zh-CN", "zh-Hans"),
        ("zh-Hant", "zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-HK", "zh-Hant-HK"),
        ("zh-Hans-x-old", "zh-CN", "zh-Hans-x-old"),
        ("zh", "zh", "zh"),
        ("ja", "ja", "ja"),
    ],
)
def test_language_codes(language: str, code: str, script_code: str) -> None:
    assert tmx_language(language) == code
    assert tmx_language(language, script_tags=True) == script_code


def test_script_tags_reach_the_file() -> None:
    letter = letter_of(["One."])
    alignment = alignment_of(letter, ["一"], language="zh-Hant")
    (tu,) = units(rendering_tmx(letter, alignment, INFO, TmxOptions(script_tags=True)))
    assert [code for code, _ in segs(tu)] == ["en", "zh-Hant"]


def test_the_head_is_what_programs_look_for() -> None:
    letter = letter_of(["One."])
    data = rendering_tmx(letter, alignment_of(letter, ["一"]), INFO)
    assert data.startswith(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
    )
    header = parse(data).find("header")
    assert header is not None
    assert sorted(header.attrib) == [
        "adminlang",
        "creationtool",
        "creationtoolversion",
        "datatype",
        "o-tmf",
        "segtype",
        "srclang",
    ]
    assert header.get("segtype") == "sentence"
    assert header.get("srclang") == "en"


def test_a_creation_date_is_written_when_given_and_only_then() -> None:
    letter = letter_of(["One."])
    alignment = alignment_of(letter, ["一"])
    options = TmxOptions(creation_date="20250131T090000Z")
    assert (
        parse(rendering_tmx(letter, alignment, INFO, options)).find("header[@creationdate='20250131T090000Z']")
        is not None
    )
    with pytest.raises(AlignmentError, match="creation_date is '2025-01-31'"):
        TmxOptions(creation_date="2025-01-31")


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_confidence_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(AlignmentError, match="min_confidence"):
        TmxOptions(min_confidence=value)


def test_a_letter_file_holds_every_rendering_with_one_text_per_language() -> None:
    letter = letter_of(["One.", "Two."])
    renderings = [alignment_of(letter, ["一", "二"], rendering=f"r{i}") for i in range(3)]
    found = units(letter_tmx(letter, [(each, INFO) for each in renderings]))
    assert [tu.get("tuid") for tu in found] == ["r0.l1", "r0.l2", "r1.l1", "r1.l2", "r2.l1", "r2.l2"]
    assert all([code for code, _ in segs(tu)] == ["en", "zh-CN"] for tu in found)


def test_the_same_rendering_twice_is_refused() -> None:
    letter = letter_of(["One."])
    one = alignment_of(letter, ["一"])
    with pytest.raises(AlignmentError, match="rendering robot-a: stands in the export twice"):
        letter_tmx(letter, [(one, INFO), (one, INFO)])


def test_equal_unit_ids_of_two_renderings_are_refused() -> None:
    letter = letter_of(["One."])
    pair = [
        linked(letter, ["一"], [Link(link, ("s1",), ("t1",), Mode.DIRECT, 1)], rendering=name)
        for name, link in (("a", "b.c"), ("a.b", "c"))
    ]
    with pytest.raises(AlignmentError, match=r"tuid a\.b\.c"):
        letter_tmx(letter, [(each, INFO) for each in pair])


def test_an_alignment_of_something_else_is_refused() -> None:
    letter, other = letter_of(["One."]), letter_of(["Two."])
    with pytest.raises(AlignmentError, match="segment s1 is not what stands at its offsets"):
        LetterExport(letter, (RenderingExport(alignment_of(other, ["二"])),))


@given(letters_with_alignments())
def test_every_link_is_a_unit_or_is_said_to_be_left_out(pair: tuple[Letter, Alignment]) -> None:
    letter, alignment = pair
    data = rendering_tmx(letter, alignment, INFO)
    left = [note for note in notes(data) if " left out: " in note]
    assert len(units(data)) + len(left) == len(alignment.links)
    whole = [absence for absence in alignment.absences if absence.kind is not AbsenceKind.PARTIAL]
    assert len(notes(data)) == len(left) + len(whole)
    for tu in units(data):
        assert all(text and text == flat(text) for _, text in segs(tu))
    assert data == rendering_tmx(letter, alignment, INFO)


def test_a_unit_without_legal_characters_is_left_out() -> None:
    letter = letter_of(["One.", "\x01."])
    data = rendering_tmx(letter, alignment_of(letter, ["\x02", "二"]), INFO)
    assert [tu.get("tuid") for tu in units(data)] == ["robot-a.l2"]
    assert notes(data) == ["robot-a: link l1 (s1) left out: no character of it is legal in XML"]


def test_hostile_texts_survive() -> None:
    found = {tu.get("tuid"): segs(tu) for tu in units(hostile_tmx())}
    assert found["robot-a.l1"] == [("en", HOSTILE[0]), ("zh-CN", HOSTILE[0])]
    assert found["robot-a.l2"][0][1] == "bell"
    assert found["robot-a.l3"][1][1] == HOSTILE[2]
    assert found["robot-a.l4"][1][1] == "𠮷野家"
    assert found["robot-a.l7"][1][1] == "&#1;"
    assert found["繁.l1"][0][1] == f"{HOSTILE[0]} bell{SEPARATOR}&#1;"
    assert found["繁.l1"][1][0] == "zh-TW"


def test_the_dtd_accepts_it(dtd: Path) -> None:
    path = dtd.with_name("hostile.tmx")
    path.write_bytes(hostile_tmx())
    ran = subprocess.run(
        ["xmllint", "--noout", "--dtdvalid", str(dtd), str(path)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_dtd_refuses_what_it_should(dtd: Path) -> None:
    path = dtd.with_name("broken.tmx")
    path.write_bytes(hostile_tmx().replace(b' o-tmf="letter-aligner"', b""))
    ran = subprocess.run(["xmllint", "--noout", "--dtdvalid", str(dtd), str(path)], capture_output=True, check=False)
    assert ran.returncode != 0


def test_translate_toolkit_reads_every_unit(tmp_path: Path) -> None:
    from translate.storage.tmx import tmxfile

    path = tmp_path / "hostile.tmx"
    path.write_bytes(hostile_tmx())
    store = tmxfile.parsefile(str(path))
    assert [[unit.source, unit.target] for unit in store.units] == texts_of(hostile_tmx())


def test_hypomnema_reads_every_unit(tmp_path: Path) -> None:
    needs.need("hypomnema")
    import hypomnema

    path = tmp_path / "hostile.tmx"
    path.write_bytes(hostile_tmx())
    backend = hypomnema.LxmlBackend()
    body = hypomnema.Deserializer(backend).deserialize(backend.parse(path)).body
    assert [unit.tuid for unit in body] == [unit.get("tuid") for unit in units(hostile_tmx())]
    assert [["".join(tuv.content) for tuv in unit.variants] for unit in body] == texts_of(hostile_tmx())


def texts_of(data: bytes) -> list[list[str]]:
    return [[text for _, text in segs(tu)] for tu in units(data)]


def test_what_reviewers_said_stands_in_notes_when_asked_for() -> None:
    letter = letter_of(["One.", "Two."])
    alignment = alignment_of(letter, ["一", "二"])
    place = (Quoted(0, 1, "一"),)
    error = ErrorAnnotation("e", "ann", "robot-a", "mqm-core", "2.0", "style", "minor", place, comment="a <b>\n\x01c")
    rendering = RenderingExport(alignment, INFO, (error,), (EsaScore("ann", "robot-a", 90, "s2"),))
    export = LetterExport(letter, (rendering,))
    said = [
        [note.text for note in tu.findall("note")]
        for tu in units(FORMATS["tmx"].per_letter(export, TmxOptions(annotations=True)))
    ]
    assert said == [['ann: minor style: "一"; a <b> c'], ["ann: score 90.0 of 100"]]
    assert not any(tu.findall("note") for tu in units(FORMATS["tmx"].per_letter(export, TmxOptions())))


def test_two_letters_of_one_file_share_no_rendering() -> None:
    letter = letter_of(["One."])
    export = LetterExport(letter, (RenderingExport(alignment_of(letter, ["一"])),))
    with pytest.raises(AlignmentError, match="rendering robot-a: two letters have a rendering of this id"):
        list(tmx_chunks([export, export], TmxOptions()))


def test_a_judgement_of_another_rendering_is_refused() -> None:
    letter = letter_of(["One."])
    with pytest.raises(AlignmentError, match="rendering robot-a: a reviewer's judgement of other"):
        RenderingExport(alignment_of(letter, ["一"]), INFO, scores=(EsaScore("r", "other", 1),))
