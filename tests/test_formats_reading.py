"""What goes out comes back: pairs, beads and annotations; what is broken is told with its place."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from support_formats import alignment_of, letter_of, letters_with_alignments

from aligner.errors import UnknownNameError
from aligner.formats import FORMATS, Comment, LetterExport, RenderingExport
from aligner.formats.beads import merged_beads
from aligner.formats.reading import (
    Imported,
    ImportedPair,
    ReadingError,
    as_alignment,
    edited,
    kind_of,
    pairs_as_texts,
    read_annotations,
    read_beads,
    read_intertext,
    read_intertext_zip,
    read_pairs,
)
from aligner.formats.units import units
from aligner.model import AbsenceKind, Alignment, Letter, Link, Mode, Quoted, Status
from aligner.review.annotations import ErrorAnnotation, EsaScore

HOSTILE = ["<b>&amp;</b> ]]> \"'", "𠮷👩‍👩‍👧", "a\tb\nc", "=1+1", "007", "'quoted", "  blanks  "]


def made() -> LetterExport:
    letter = letter_of(HOSTILE)
    names = ("robot-a", "robot-b")
    return LetterExport(letter, tuple(RenderingExport(alignment_of(letter, HOSTILE, rendering=n)) for n in names))


def written(name: str, export: LetterExport, **options: object) -> bytes:
    return FORMATS[name].per_letter(export, FORMATS[name].configure(options))


WAYS = [
    ("tmx", "tmx"),
    ("xliff", "xliff"),
    ("xliff-its", "xliff"),
    ("csv-long", "csv"),
    ("tsv-long", "tsv"),
    ("xlsx", "xlsx"),
]


@pytest.mark.parametrize(("name", "kind"), WAYS)
def test_every_pair_comes_back_with_its_id(name: str, kind: str) -> None:
    export = made()
    back = read_pairs(kind, written(name, export))
    texts = [(each.id, unit) for each in export.renderings for unit in units(export.letter, each.alignment)]
    assert [(pair.id, pair.source, pair.target) for pair in back.pairs] == [
        (f"{rendering}.{unit.link.id}", unit.source, unit.target) for rendering, unit in texts
    ]
    returned = edited(export, back)
    assert len(returned.unchanged) == 2 * len(HOSTILE)
    assert (returned.changes, returned.missing, returned.unknown, returned.confirmed) == ((), (), (), ())


@pytest.mark.parametrize(("name", "kind"), [way for way in WAYS if way[0] != "xlsx"])
@settings(max_examples=40)
@given(pair=letters_with_alignments())
def test_any_alignment_comes_back_unchanged(name: str, kind: str, pair: tuple[Letter, Alignment]) -> None:
    export = LetterExport(pair[0], (RenderingExport(pair[1]),))
    legal = [unit for unit in units(*pair) if unit.source and unit.target]
    returned = edited(export, read_pairs(kind, written(name, export)))
    assert returned.changes == () == returned.unknown
    assert len(returned.unchanged) == len(legal)


def test_a_changed_text_is_a_change_and_an_approved_one_is_confirmed() -> None:
    export = made()
    data = written("xliff", export).replace("𠮷👩‍👩‍👧</target>".encode(), "新译文</target>".encode(), 1)
    data = data.replace(b'resname="s1"', b'resname="s1" approved="yes"', 1)
    returned = edited(export, read_pairs("xliff", data))
    (change,) = returned.changes
    assert (change.rendering, change.link, change.side) == ("robot-a", "l2", "target")
    assert (change.before, change.after) == ("𠮷👩‍👩‍👧", "新译文")
    assert returned.confirmed == (("robot-a", "l1"),)


def test_a_tool_that_drops_ids_and_adds_units_is_understood() -> None:
    export = made()
    back = read_pairs("tmx", written("tmx", export))
    pairs = [ImportedPair(pair.source, pair.target, id=str(n)) for n, pair in enumerate(back.pairs) if n != 3]
    returned = edited(export, Imported("tmx", (*pairs, ImportedPair("New.", "新。", id="x"))))
    assert len(returned.unchanged) == 2 * len(HOSTILE) - 1
    assert [pair.id for pair in returned.unknown] == ["x"]
    assert len(returned.missing) == 1


def test_pairs_become_an_imported_alignment() -> None:
    done = as_alignment(pairs_as_texts(read_pairs("tmx", written("tmx", made()))), "letter", "rendering")
    alignment = done.alignment
    assert {link.status for link in alignment.links} == {Status.IMPORTED}
    assert alignment.target.language == "zh-Hans"
    text = done.target.text
    assert all(text[s.start : s.end] == s.text for s in alignment.target_segments)
    LetterExport(done.letter, (RenderingExport(alignment),))


def test_tmx_of_another_tool_with_codes_several_languages_and_regions() -> None:
    data = """<tmx version="1.4"><header srclang="EN-us"/><body>
      <tu tuid="1"><prop type="x-a">1</prop><note>n</note>
      <tuv xml:lang="ZH-cn"><seg>你<bpt i="1">&lt;b&gt;</bpt>好<ept
      i="1">x</ept></seg></tuv>
      <tuv xml:lang="en-GB"><seg>He<hi>ll</hi>o</seg></tuv><tuv xml:lang="de"><seg>Hallo</seg></tuv></tu>
      <tu><tuv lang="en"><seg>Alone</seg></tuv></tu></body></tmx>""".encode()
    back = read_pairs("tmx", data, languages=("en", "zh"))
    (pair,) = back.pairs
    assert (pair.source, pair.target, pair.note, pair.props) == ("Hello", "你好", "n", {"x-a": "1"})
    assert len(back.remarks) == 1
    assert [p.target for p in read_pairs("tmx", data).pairs] == ["你好", "Hallo"]


def test_xliff_of_other_tools() -> None:
    old = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en"
      target-language="zh" datatype="x"><body><group><trans-unit id="1">
      <source>A <g id="1">b</g><ph id="2">&lt;x/&gt;</ph></source>
      <target>甲<mrk mtype="seg">乙</mrk></target><note>n</note></trans-unit>
      <trans-unit id="2"><source>No</source></trans-unit>
      </group></body></file></xliff>""".encode()
    back = read_pairs("xliff", old)
    assert [(p.id, p.source, p.target, p.note) for p in back.pairs] == [("a.1", "A b", "甲乙", "n")]
    assert "1 units have no target" in back.remarks[0]
    new = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh"><file id="f">
      <unit id="u"><segment id="s1"><source>A.</source><target>甲。</target></segment>
      <ignorable><source> </source></ignorable>
      <segment id="s2" state="final"><source>B<pc id="1">c</pc>.</source><target>乙。</target></segment></unit>
      </file></xliff>""".encode()
    pairs = read_pairs("xliff", new).pairs
    assert [(p.id, p.source, p.props) for p in pairs] == [
        ("f.u.s1", "A.", {}),
        ("f.u.s2", "Bc.", {"x-status": "confirmed"}),
    ]
    assert pairs[0].target_lang == "zh"


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        ("tmx", b"<tmx><body><tu>", r"import:1:\d+: is no TMX"),
        ("tmx", b"", "is no TMX"),
        ("xliff", b"<x/>", "is no XLIFF"),
        ("csv", b"a,b\n1,2\n", "import:1: has no column for the source"),
        ("tsv", b"source\ttarget\na\tb\tc\n", "import:2: has 3 cells, the head 2"),
        ("csv", b"source,target\n\xff,b\n", "import:2: is not UTF-8"),
        ("xlsx", b"PK no", "is no Excel workbook that can be read: is damaged"),
    ],
)
def test_what_is_broken_is_told_with_its_place(kind: str, data: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        read_pairs(kind, data)


def test_entities_are_not_expanded_nor_files_read() -> None:
    head = '<!DOCTYPE t [<!ENTITY a "boom"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    for name in "af":
        body = f'<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>x&{name};</seg></tuv>'
        data = (head + body + '<tuv xml:lang="zh"><seg>y</seg></tuv></tu></body></tmx>').encode()
        # To leave it out would lose words without saying so.
        with pytest.raises(ReadingError, match=f"import:1: uses the entity &{name};, which is not looked up"):
            read_pairs("tmx", data)


def test_an_unknown_kind_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="known: csv, tmx, tsv, xliff, xlsx"):
        read_pairs("odt", b"")
    with pytest.raises(UnknownNameError, match="known"):
        kind_of("a.pdf")
    assert kind_of("A.XLF") == "xliff"


def test_a_row_that_is_longer_by_blank_cells_is_read() -> None:
    found = read_pairs("tsv", "source\ttarget\na\t甲\t\t\n\t\t\nb\t乙\n".encode())
    assert [(pair.source, pair.target) for pair in found.pairs] == [("a", "甲"), ("b", "乙")]


def test_a_sheet_of_anybody_is_read_by_its_head_and_runs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Note", "English", "中文"])
    book.active.append(["n", "One.", "一。"])
    book.active.append(["", "=1+1", "二"])
    out = io.BytesIO()
    book.save(out)
    back = read_pairs("xlsx", out.getvalue())
    assert [(p.source, p.target, p.note) for p in back.pairs] == [("One.", "一。", "n")]  # never calculated, so empty


@settings(max_examples=60)
@given(pair=letters_with_alignments())
def test_beads_go_out_and_come_back(pair: tuple[Letter, Alignment]) -> None:
    export = LetterExport(pair[0], (RenderingExport(pair[1]),))
    with zipfile.ZipFile(io.BytesIO(written("beads", export))) as archive:
        names = [archive.read(f"robot-a.{name}") for name in ("beads", "source.txt", "target.txt")]
    beads = merged_beads(pair[1])
    for side in ("source", "target"):
        numbers = [n for bead in beads for n in getattr(bead, side)]
        assert sorted(numbers) == list(range(len(numbers)))
    back = read_beads(names[0], names[1], names[2], "f") if all(names) else None
    if back:
        assert [(b.source, b.target) for b in back.beads] == [(b.source, b.target) for b in beads]


@settings(max_examples=60)
@given(pair=letters_with_alignments())
def test_intertext_goes_out_and_comes_back(pair: tuple[Letter, Alignment]) -> None:
    if not pair[1].target_segments:
        return
    (back,) = read_intertext_zip(written("intertext", LetterExport(pair[0], (RenderingExport(pair[1]),))), "z")
    assert [(b.source, b.target) for b in back.beads] == [(b.source, b.target) for b in merged_beads(pair[1])]
    assert (back.source_lang, back.target_lang) == ("en", pair[1].target.language)


def test_files_of_intertext_come_in_and_go_out_unchanged() -> None:
    files = {
        "x.en-zh.xml": b"<?xml version='1.0'?><linkGrp toDoc='x.en.xml' fromDoc='x.zh.xml'>"
        b"<link type='1-1' xtargets='1:1;1:1' status='man'/><link type='2-1' xtargets='1:2 2:1;1:2' status='man'/>"
        b"<link type='1-0' xtargets='2:2;' status='man'/><link type='0-1' xtargets=';1:3' status='man'/></linkGrp>",
        "x.en.xml": b"<text><p id='1'><s id='1:1'>A &amp;.</s><s id='1:2'>B.</s></p><p id='2'><s id='2:1'>C.</s>"
        b"<s id='2:2'>D.</s></p></text>",
        "x.zh.xml": "<text><s id='1:1'>甲。</s><s id='1:2'>乙丙。</s><s id='1:3'>多。</s></text>".encode(),
    }
    texts = read_intertext(files, "in")
    assert [(b.source, b.target) for b in texts.beads] == [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((), (2,))]
    done = as_alignment(texts, "x", "x-zh")
    assert [a.kind for a in done.alignment.absences] == [AbsenceKind.OMITTED]
    (back,) = read_intertext_zip(
        written("intertext", LetterExport(done.letter, (RenderingExport(done.alignment),))), "z"
    )
    assert (back.source, back.target) == (texts.source, texts.target)
    assert {(b.source, b.target) for b in back.beads} == {(b.source, b.target) for b in texts.beads}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[0]:[1]", "names target sentence 1, but there are 1"),
        ("0:0", "f:1: is no bead line"),
        (f"[{'9' * 10_000}]:[0]", "f:1: names a sentence that no text has"),
    ],
)
def test_bead_lines_that_do_not_fit_are_told(line: str, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        read_beads(line.encode(), b"A.\n", "甲。\n".encode(), "f")


def test_a_target_sentence_in_two_beads_is_refused() -> None:
    texts = read_beads(b"[0]:[0]:0.9\n[1]:[0]:12.5\n", b"A.\nB.\n", "甲。\n".encode(), "f")
    assert len(texts.remarks) == 1
    with pytest.raises(ReadingError, match="target sentence t1 stands in two beads"):
        as_alignment(texts, "l", "r")


SENTENCES = ["Thanks 👍 to all <v> of you.", "A second\tsentence.", "Left out."]
CHINESE = ["谢谢👍大家<v>的\n支持。", "第二句𠮷。"]


def reviewed() -> LetterExport:
    letter = letter_of(SENTENCES)
    links = [Link(f"l{n}", (f"s{n}",), (f"t{n}",), Mode.DIRECT, 0.9) for n in (1, 2)]
    from aligner.model import Absence

    alignment = alignment_of(letter, CHINESE, links, absences=(Absence("s3", AbsenceKind.OMITTED, 1.0),))
    whole = "\n".join(CHINESE)
    start = whole.index("大家")

    def at(first: int, last: int) -> Quoted:
        return Quoted(first, last, whole[first:last])

    end = letter.segments[2]
    common = ("robot-a", "mqm-core", "2.0")
    errors = (
        ErrorAnnotation(
            "e1",
            "ann",
            *common,
            "accuracy/mistranslation",
            "major",
            (at(start, start + 5),),
            comment="why",
            correction="各位",
        ),
        ErrorAnnotation(
            "e2", "ann", *common, "linguistic conventions/grammar", "minor", (at(2, 3),), (Quoted(7, 8, "👍"),)
        ),
        ErrorAnnotation(
            "e3", "bob", *common, "accuracy/omission", "critical", (), (Quoted(end.start, end.end, end.text),)
        ),
    )
    scores = (EsaScore("ann", "robot-a", 71.5, "s1"), EsaScore("bob", "robot-a", 40, "s2"))
    return LetterExport(
        letter, (RenderingExport(alignment, annotations=errors, scores=scores, comments=(Comment("bob", "ok", "l2"),)),)
    )


def test_our_own_lines_lose_nothing() -> None:
    export = reviewed()
    back = read_annotations("annotations", written("annotations", export), export)
    rendering = export.renderings[0]
    assert (back.annotations, back.scores, back.comments) == (
        rendering.annotations,
        rendering.scores,
        rendering.comments,
    )


def test_a_table_of_googles_comes_back() -> None:
    export = reviewed()
    data = written("mqm", export)
    lines = [line.split("\t") for line in data.decode().splitlines()]
    assert {len(line) for line in lines} == {10}
    assert [line[4] for line in lines[1:]] == ["ann", "ann", "bob", "bob"]
    assert lines[4][7:9] == ["Accuracy/Omission", "Critical"]
    assert [line[7] for line in lines[1:]].count("No-error") == 1  # bob scored the second sentence and marked nothing
    back = read_annotations("mqm", data, export)
    found = {error.id: error for error in export.renderings[0].annotations}
    assert {error.id: (error.target, error.source, error.comment, error.correction) for error in back.annotations} == {
        name: (e.target, e.source, e.comment, e.correction) for name, e in found.items()
    }


def test_a_sentence_that_was_called_done_has_no_error() -> None:
    """Also by who scored nothing; the whole that is called done is what is rendered."""
    export = reviewed()
    segments = export.renderings[0].alignment.source_segments
    second = next(Quoted(each.start, each.end, each.text) for each in segments if each.id == "s2")
    for done in (second, None):
        told = replace(export, renderings=(replace(export.renderings[0], done=(("cy", done),)),))
        lines = [line.split("\t") for line in written("mqm", told).decode().splitlines()]
        linked = {line[2] for line in lines[1:] if line[6]}
        found = {line[2] for line in lines if line[4] == "cy" and line[7] == "No-error"}
        assert found == ({"1"} if done else linked)


def test_a_nine_column_table_of_others_has_googles_types() -> None:
    export = reviewed()
    head = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
    row = "robot-a\td\t1\t2\tr1\tA second sentence.\t第二<v>句𠮷</v>。\tStyle/Awkward\tMinor\n"
    (error,) = read_annotations("mqm", (head + row).encode(), export).annotations
    assert (error.typology, error.category, error.severity) == ("google-mqm", "style/unnatural or awkward", "minor")
    assert [span.text for span in error.target] == ["句𠮷"]
    for broken, message in (("第二<v>句", "does not close"), ("别的。", "no sentence of robot-a")):
        with pytest.raises(ReadingError, match=f"import:2: .*{message}"):
            read_annotations("mqm", (head + row.replace("第二<v>句𠮷</v>。", broken)).encode(), export)


def test_lines_of_mt_metrics_eval_come_back() -> None:
    export = reviewed()
    data = written("mqm-jsonl", export)
    values = [json.loads(line) for line in data.splitlines()]
    for value in values:
        for error in value["errors"]:
            assert (value["source"] if error["is_source_error"] else value["hypothesis"])[error["start"] : error["end"]]
    assert sum(e["score"] for v in values for e in v["errors"]) == 5 + 1 + 25
    back = read_annotations("mqm-jsonl", data, export)
    assert sorted(e.severity for e in back.annotations) == ["critical", "major", "minor", "minor"]
    texts = sorted(span.text for error in back.annotations for span in (*error.target, *error.source))
    assert texts == sorted(s.text for e in export.renderings[0].annotations for s in (*e.target, *e.source))


def test_a_sentence_that_nobody_judged_is_not_called_right() -> None:
    letter = letter_of(["One."])
    export = LetterExport(letter, (RenderingExport(alignment_of(letter, ["一。"])),))
    assert json.loads(written("mqm-jsonl", export))["errors"] is None
    assert b"No-error" not in written("mqm", export)
    assert written("mqm", export, judged_only=True).count(b"\n") == 1


def test_pearmut_has_utf16_offsets_and_comes_back() -> None:
    export = reviewed()
    campaign = json.loads(written("pearmut", export))
    (document,) = campaign["data"][0]
    assert document[0]["tgt"] == {"robot-a": "谢谢👍大家‹v›的支持。"}
    spans = document[0]["error_spans"]["robot-a"]
    assert spans[0] == {"start_i": 4, "end_i": 8, "severity": "major"}
    assert spans[1] == {"start_i": 2, "end_i": 3, "severity": "minor"}
    answers = [{"robot-a": {"score": 80, "error_spans": spans}}, {"robot-a": {"score": 9, "error_spans": []}}]
    line = {"user_id": "u", "item_i": 0, "annotation": answers, "comment": "hm"}
    back = read_annotations("pearmut", json.dumps(line).encode(), export)
    assert [error.target for error in back.annotations] == [e.target for e in export.renderings[0].annotations[:2]]
    assert [(score.sentence, score.score) for score in back.scores] == [("s1", 80.0), ("s2", 9.0)]
    assert back.comments == (Comment("u", "hm"),)
    missing = [
        answers[0],
        {"robot-a": {"score": None, "error_spans": [{"start_i": 6, "end_i": 6, "severity": "major"}]}},
    ]
    (error,) = read_annotations("pearmut", json.dumps(line | {"annotation": missing}).encode(), export).annotations[2:]
    assert [span.text for span in error.source] == ["A second\tsentence."]
    with pytest.raises(ReadingError, match="import:1: answers for 1 items"):
        read_annotations("pearmut", json.dumps(line | {"annotation": answers[:1]}).encode(), export)


def test_label_studio_spans_are_found_in_either_counting() -> None:
    export = reviewed()
    text = "谢谢👍大家<v>的支持。"
    for start, end in ((3, 5), (4, 6)):
        value = {"start": start, "end": end, "text": "大家", "labels": ["Major", "Accuracy/Mistranslation"]}
        task = {"data": {"text": text}, "annotations": [{"completed_by": 7, "result": [{"value": value}]}]}
        (error,) = read_annotations("label-studio", json.dumps([task]).encode(), export).annotations
        assert (error.reviewer, error.severity, error.category) == ("7", "major", "accuracy/mistranslation")
        assert [span.text for span in error.target] == ["大家"]
    task["data"] = {"text": "something else"}
    with pytest.raises(ReadingError, match="task 1: no sentence"):
        read_annotations("label-studio", json.dumps([task]).encode(), export)
