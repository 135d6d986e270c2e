"""Formats for people: workbook, report, Word; and the tables for programs that are not CSV."""

from __future__ import annotations

import io
import json
import re
import tomllib
from dataclasses import replace
from importlib import resources

import docx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from docx.oxml.ns import qn
from lxml import etree, html
from support_formats import alignment_of, letter_of

from aligner.corpus import Corpus
from aligner.errors import AlignmentError, UnknownNameError
from aligner.formats import (
    FORMATS,
    LetterExport,
    RenderingExport,
    RenderingInfo,
    TableOptions,
    long_frame,
    wide_frame,
)
from aligner.formats.workbook import LONGEST, shortened
from aligner.formats.xliff_its import issue_type
from aligner.model import (
    Absence,
    AbsenceKind,
    Emendation,
    Finding,
    Link,
    Mode,
    Quoted,
    Residue,
    ResidueKind,
    Severity,
    Status,
)
from aligner.pipeline import exporting
from aligner.review.annotations import ErrorAnnotation

SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(2)">'
ENGLISH = ["=SUM(A1)", f"A {SCRIPT} difflcult thing.", "Left out.", "Outside."]
CHINESE = ["007", f"一件{SCRIPT}难事。"]


def export(language: str = "zh-Hans") -> LetterExport:
    letter = letter_of(ENGLISH)
    place = letter.base.document.text.index("difflcult")
    change = Emendation("e", place, place + 9, "difflcult", "difficult", "homoglyph")
    readings = [text.replace("difflcult", "difficult") for text in ENGLISH]
    letter = letter_of(ENGLISH, readings, (change,))
    second = letter.segments[1]
    part = Absence("s2", AbsenceKind.PARTIAL, 0.9, second.start, second.start + 1, "A")
    absences = (part, Absence("s3", AbsenceKind.OMITTED, 1.0), Absence("s4", AbsenceKind.OUTSIDE, 1.0))
    links = [
        Link("l1", ("s1",), ("t1",), Mode.INDIRECT, 0.5, Status.CONFIRMED),
        Link("l2", ("s2",), ("t2",), Mode.FRAGMENT, 1),
    ]
    start = len(CHINESE[0]) + 1
    span = Quoted(start, start + 2, "一件")
    messages = {"en": f"too much {SCRIPT}", "zh": f"过多{SCRIPT}"}
    finding = Finding("f1", "numbers", "accuracy/addition", Severity.MAJOR, None, span, 0.9, messages)
    quiet = Finding("f2", "names", "style", Severity.INFO, None, span, 0.9, {"en": "quiet", "zh": "安静"})
    made = alignment_of(letter, CHINESE, links, language=language, absences=absences, findings=(finding, quiet))
    error = ErrorAnnotation(
        "a1", SCRIPT, made.rendering, "mqm-core", "2.0", "style", "critical", (Quoted(0, 1, "0"),), comment=SCRIPT
    )
    return LetterExport(letter, (RenderingExport(made, RenderingInfo(SCRIPT, "2025", SCRIPT), (error,)),))


def made(name: str, given: LetterExport, **options: object) -> bytes:
    return FORMATS[name].per_letter(given, FORMATS[name].configure(options))


def test_a_workbook_runs_nothing_and_loses_no_zero() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", export())))
    assert book.sheetnames == ["Side by side", "Links", "Findings", "Reviewed", "About"]
    sheet = book["Side by side"]
    assert [sheet.cell(2, n).value for n in (2, 3)] == ["=SUM(A1)", "007"]
    assert {cell.data_type for each in book for row in each.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert sheet.freeze_panes == "C2"
    assert book["Links"].freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width > 40
    assert sheet["B2"].alignment.wrap_text


def test_severity_is_a_colour_and_a_word() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made("xlsx", export())))["Findings"]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[2].value == "major")
    assert row[2].fill.fgColor.rgb == "FFFBEAE6"


def test_what_a_cell_cannot_hold_is_cut_and_told() -> None:
    long = "字" * (LONGEST + 5)
    letter = letter_of(["One."])
    given = LetterExport(letter, (RenderingExport(alignment_of(letter, [long])),))
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", given)))
    assert len(book["Side by side"]["C2"].value) == LONGEST
    told = [row[1].value for row in book["About"].iter_rows() if row[0].value == "cut"]
    assert told == ["Side by side, row 2: 5 characters cut", "Links, row 2: 5 characters cut"]
    assert len(shortened("𠮷" * LONGEST)) == LONGEST // 2


@pytest.mark.parametrize(("name", "frame"), [("parquet", wide_frame), ("parquet-long", long_frame)])
def test_parquet_gives_the_frame_back(name: str, frame: object) -> None:
    wanted = frame(export())  # type: ignore[operator]
    back = pq.read_table(io.BytesIO(made(name, export()))).to_pandas()
    pd.testing.assert_frame_equal(back, wanted, check_dtype=True, check_column_type=False)


@pytest.mark.parametrize(("name", "frame"), [("jsonl", wide_frame), ("jsonl-long", long_frame)])
def test_json_lines_give_the_cells_back(name: str, frame: object) -> None:
    wanted = frame(export())  # type: ignore[operator]
    rows = [json.loads(line) for line in made(name, export()).decode().splitlines()]
    assert [list(row) for row in rows] == [list(wanted.columns)] * len(wanted)
    for row, cells in zip(rows, wanted.itertuples(index=False, name=None), strict=True):
        assert list(row.values()) == [None if pd.isna(cell) else cell for cell in cells]


def test_tsv_is_what_checks_read_and_quotes_nothing() -> None:
    data = made("tsv-long", export(), formula_safe=False).decode()
    head, *rows = data.removesuffix("\n").split("\n")
    assert {len(row.split("\t")) for row in rows} == {len(head.split("\t"))}
    assert rows[0].split("\t")[head.split("\t").index("source")] == "=SUM(A1)"
    assert f"\t一件{SCRIPT}难事。\t" in data


def test_two_renderings_of_one_name_in_a_table_are_refused() -> None:
    letter = letter_of(["One."])
    names = ("a", "a\x01")
    given = LetterExport(letter, tuple(RenderingExport(alignment_of(letter, ["一"], rendering=n)) for n in names))
    with pytest.raises(AlignmentError, match="two columns would be called"):
        FORMATS["jsonl"].per_letter(given, TableOptions())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_holds_no_script_whatever_the_texts_hold(language: str) -> None:
    data = made("html", export(), language=language)
    page = html.document_fromstring(data)
    assert not page.xpath("//script|//img|//iframe|//object|//link|//a|//@onerror|//@onload|//@src|//@href")
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert page.xpath("//*[contains(@class, 'tgt')]")[1].text_content() == CHINESE[1]
    assert page.xpath("//*[contains(@class, 'src')]")[1].text_content() == f"A−a {SCRIPT} difficult° thing."


def test_a_report_is_in_its_language_and_says_what_the_drawings_say() -> None:
    page = html.document_fromstring(made("html", export("zh-Hant"), language="zh"))
    assert page.get("lang") == "zh-Hans"
    assert {node.get("lang") for node in page.xpath("//*[contains(@class, 'tgt')]")} == {"zh-Hant"}
    for drawing in page.xpath("//svg"):
        assert drawing.get("aria-label") or drawing.get("aria-hidden") == "true"
    words = page.text_content()
    for word in ("转述", "片段", "略去", "节选之外", "严重", "致命", "已确认", "过多", "未译出"):
        assert word in words
    assert "安静" not in words
    assert "安静" in html.document_fromstring(made("html", export(), language="zh", information=True)).text_content()
    silent = made("html", export(), findings=False, annotations=False).decode()
    assert "too much" not in silent
    assert "critical</span>" in silent  # the legend


def test_a_reports_underlines_are_at_the_words_of_findings() -> None:
    page = html.document_fromstring(made("html", export()))
    marks = [(node.text, node.get("class")) for node in page.xpath("//td//mark")]
    assert ("一件", "fx fx-major") in marks
    assert ("0", "fx fx-critical") in marks


def test_an_unknown_language_of_a_report_is_refused() -> None:
    for name in ("html", "docx"):
        with pytest.raises(UnknownNameError, match="unknown language 'fr'; known: en, zh"):
            FORMATS[name].configure({"language": "fr"})


def test_the_reports_words_are_the_same_in_both_languages() -> None:
    text = (resources.files("aligner.formats.report") / "messages.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    keys = [set(words[language]) for language in ("en", "zh")]
    assert keys[0] == keys[1]
    for key in keys[0] - {"checks", "kinds"}:
        assert re.findall(r"\{\w+\}", words["en"][key]) == re.findall(r"\{\w+\}", words["zh"][key]), key


def test_reports_of_the_seeds_are_small() -> None:
    corpus = Corpus.open()
    for entry in corpus.manifest.letters:
        letter, alignments = exporting.built(corpus, entry.id)
        given = exporting.letter_export(corpus, entry, letter, alignments)
        assert len(made("html", given)) < 2_000_000


@pytest.mark.parametrize(("script", "font"), [("zh-Hans", "SimSun"), ("zh-Hant", "PMingLiU")])
def test_a_word_document_repeats_its_head_and_sets_chinese_in_chinese(script: str, font: str) -> None:
    document = docx.Document(io.BytesIO(made("docx", export(script))))
    section = document.sections[0]
    assert section.page_width > section.page_height  # type: ignore[operator]
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [row.cells[1].text for row in table.rows][1:] == [text.replace("difflcult", "difficult") for text in ENGLISH]
    run = table.rows[2].cells[2].paragraphs[0].runs[0]
    assert run.text == CHINESE[1]
    assert run._element.rPr.rFonts.get(qn("w:eastAsia")) == font
    words = table.rows[1].cells[2].text
    assert "critical" in words
    assert table.rows[3].cells[2].text == "[omitted]"


XLF = "{urn:oasis:names:tc:xliff:document:1.2}"
XLF2 = "{urn:oasis:names:tc:xliff:document:2.0}"
ITS = "{http://www.w3.org/2005/11/its}"


def test_xliff_for_review_has_notes_alternatives_and_no_marks() -> None:
    one = export()
    other = alignment_of(
        one.letter,
        ["另"],
        [Link("l9", ("s2",), ("t1",), Mode.DIRECT, 1)],
        rendering="robot-b",
        absences=tuple(Absence(name, AbsenceKind.OMITTED, 1) for name in ("s1", "s3", "s4")),
    )
    root = etree.fromstring(made("xliff", LetterExport(one.letter, (*one.renderings, RenderingExport(other)))))
    assert [file.get("target-language") for file in root] == ["zh-CN", "zh-CN"]
    first, second = root[0].findall(f".//{XLF}trans-unit")
    assert not len(second.find(f"{XLF}target"))
    assert first.get("approved") == "yes"
    assert first.find(f"{XLF}target").get("state") == "final"
    alternative = second.find(f"{XLF}alt-trans")
    assert (alternative.get("origin"), alternative.findtext(f"{XLF}target")) == ("robot-b", "另")
    notes = [note.text or "" for note in second.iter(f"{XLF}note")]
    assert "not rendered: A" in notes
    assert any(note.startswith("numbers: major accuracy/addition: too much") for note in notes)
    head = [note.text or "" for note in root[0].iterfind(f"{XLF}header/{XLF}note")]
    assert head == ["robot-a: s3 omitted: Left out.", "robot-a: s4 outside: Outside."]
    order = [etree.QName(child).localname for child in second]
    assert order[:3] == ["source", "target", "context-group"]


def test_xliff_with_its_marks_the_words_and_keeps_the_text() -> None:
    root = etree.fromstring(made("xliff-its", export()))
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "en", "zh-CN")
    unit = root.findall(f".//{XLF2}unit")[1]
    assert [etree.QName(child).localname for child in unit] == ["notes", "segment"]
    target = unit.find(f".//{XLF2}target")
    assert "".join(target.itertext()) == CHINESE[1]
    start = target.find(f"{XLF2}sm")
    assert start.get("type") == "its:generic"
    assert start.get(f"{ITS}locQualityIssueType") == "addition"
    assert start.get(f"{ITS}locQualityIssueSeverity") == "50"
    starts = {node.get("id") for node in target.iter(f"{XLF2}sm")}
    assert starts == {node.get("startRef") for node in target.iter(f"{XLF2}em")} == {"m1", "m2"}
    ids = [node.get("id") for node in root.iter(f"{XLF2}unit")]
    assert len(set(ids)) == len(ids)


def test_every_issue_type_is_one_of_its() -> None:
    known = (
        "terminology mistranslation omission untranslated addition duplication inconsistency grammar legal register "
        "locale-specific-content locale-violation style characters misspelling typographical formatting "
        "inconsistent-entities numbers markup pattern-problem whitespace internationalization length "
        "non-conformance uncategorized other"
    ).split()
    from aligner.review.typologies import TYPOLOGIES, load

    for name in TYPOLOGIES:
        for category in load(name).categories:
            assert issue_type(category.id) in known


def test_every_finding_and_error_stands_in_the_report_unless_somebody_judged_it() -> None:
    letter = letter_of(["One.", "Two.", "Three."])
    targets = ["一。", "评。"]
    at = letter.segments
    whole = "\n".join(targets)

    def finding(name: str, source: Quoted | None, target: Quoted | None) -> Finding:
        return Finding(
            name, "numbers", "accuracy/omission", Severity.MAJOR, source, target, 0.9, {"en": f"says {name}"}
        )

    linked = alignment_of(letter, ["一。"], [Link("l1", ("s1",), ("t1",), Mode.DIRECT, 0.9)], absences=(
        Absence("s2", AbsenceKind.OMITTED, 1.0), Absence("s3", AbsenceKind.OUTSIDE, 1.0)),
        residue=(Residue(3, 5, "评。", ResidueKind.COMMENTARY),))  # fmt: skip
    assert whole[3:5] == "评。"
    every = (
        finding("linked", Quoted(at[0].start, at[0].end, "One."), Quoted(0, 2, "一。")),
        finding("omitted", Quoted(at[1].start, at[1].end, "Two."), None),
        finding("outside", Quoted(at[2].start, at[2].end, "Three."), None),
        finding("between", None, Quoted(3, 5, "评。")),
        finding("dismissed", Quoted(at[0].start, at[0].end, "One."), None),
    )
    rendering = RenderingExport(replace(linked, findings=every), judged=frozenset({"dismissed"}))
    for language in ("en", "zh"):
        options = FORMATS["html"].configure({"language": language})
        text = FORMATS["html"].per_letter(LetterExport(letter, (rendering,)), options).decode()
        assert [item.id for item in every if f"says {item.id}" in text] == [item.id for item in every[:4]]
        assert text.count("says between") == 1
