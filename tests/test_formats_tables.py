"""CSV: every column as documented, nothing runs as a formula, pandas reads it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from support_formats import alignment_of, letter_of, letters_with_alignments

from aligner.formats import LetterExport, RenderingExport, RenderingInfo, TableOptions
from aligner.formats.tables import LONG_COLUMNS, RENDERING_COLUMNS, WIDE_COLUMNS, long_csv, wide_csv
from aligner.model import Absence, AbsenceKind, Alignment, Letter, Link, Mode, Status

DOCS = Path(__file__).parent.parent / "docs" / "formats.md"


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sample() -> LetterExport:
    letter = letter_of(
        ["Hi all,", "A diffcult, split one, most importantly.", "Gone."],
        ["Hi all,", "A difficult, split one, most importantly.", "Gone."],
    )
    start = letter.base.document.text.index("most")
    partial = Absence("s2", AbsenceKind.PARTIAL, 0.7, start, start + 16, "most importantly")
    first = alignment_of(
        letter,
        ["大家好，", "难的", "分开的"],
        [
            Link("l1", ("s1",), ("t1",), Mode.DIRECT, 0.98, Status.CONFIRMED),
            Link("l2", ("s2",), ("t3",), Mode.FRAGMENT, 0.5),
            Link("l3", ("s2",), ("t2",), Mode.INDIRECT, 0.75),
        ],
        absences=(partial, Absence("s3", AbsenceKind.OMITTED, 0.9)),
    )
    second = alignment_of(
        letter,
        ["嗨，難的"],
        [Link("l1", ("s2", "s1"), ("t1",), Mode.DIRECT, 1.0)],
        rendering="robot-b",
        language="zh-Hant",
        absences=(Absence("s3", AbsenceKind.OUTSIDE, 1.0),),
    )
    info = RenderingInfo("Outlet", "2025-01-31")
    return LetterExport(letter, (RenderingExport(first, info), RenderingExport(second)))


def test_wide_has_a_row_per_segment_and_columns_per_rendering() -> None:
    found = rows(wide_csv(sample(), TableOptions()))
    assert list(found[0]) == [*WIDE_COLUMNS, *(f"robot-{r}.{name}" for r in "ab" for name in RENDERING_COLUMNS)]
    assert [row["segment"] for row in found] == ["s1", "s2", "s3"]
    second = found[1]
    assert second["source"] == "A difficult, split one, most importantly."
    assert second["witness_text"] == "A diffcult, split one, most importantly."
    assert {name: second[f"robot-a.{name}"] for name in RENDERING_COLUMNS} == {
        "text": "难的 … 分开的",
        "mode": "indirect; fragment",
        "confidence": "0.75; 0.5",
        "status": "auto; auto",
        "links": "l3; l2",
        "absence": "partial",
        "missing": "most importantly",
    }
    assert [row["robot-b.text"] for row in found] == ["嗨，難的", "嗨，難的", ""]
    assert [row["robot-a.absence"] for row in found] == ["", "partial", "omitted"]
    assert found[2]["robot-b.absence"] == "outside"


def test_long_has_a_row_per_link_and_absence() -> None:
    export = sample()
    found = rows(long_csv(export, TableOptions()))
    assert tuple(found[0]) == LONG_COLUMNS
    assert [(row["rendering"], row["kind"], row["link"]) for row in found] == [
        ("robot-a", "link", "l1"),
        ("robot-a", "link", "l2"),
        ("robot-a", "link", "l3"),
        ("robot-a", "partial", ""),
        ("robot-a", "omitted", ""),
        ("robot-b", "link", "l1"),
        ("robot-b", "outside", ""),
    ]
    assert found[5]["source_segments"] == "s1; s2"
    assert found[5]["bead"] == "2-1"
    assert found[5]["language"] == "zh-Hant"
    assert found[0]["outlet"] == "Outlet"
    partial = found[3]
    text = export.letter.base.document.text
    assert text[int(partial["source_start"]) : int(partial["source_end"])] == partial["missing"] == "most importantly"
    assert partial["source"].startswith("A difficult")
    assert (found[4]["missing"], found[4]["source"]) == ("", "Gone.")


@pytest.mark.parametrize("write", [wide_csv, long_csv])
def test_filters_leave_links_out_but_no_absence(write: object) -> None:
    assert callable(write)
    text = write(sample(), TableOptions(only_confirmed=True)).decode()
    assert "大家好，" in text
    assert "嗨" not in text
    assert "outside" in text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "\x00=1", "＝1", "＠x"])
def test_formulas_do_not_run(text: str) -> None:
    letter = letter_of(["One."])
    export = LetterExport(letter, (RenderingExport(alignment_of(letter, [text])),))
    for write, column in ((wide_csv, "robot-a.text"), (long_csv, "target")):
        (safe,) = rows(write(export, TableOptions()))
        (plain,) = rows(write(export, TableOptions(formula_safe=False)))
        assert safe[column] == "'" + plain[column]
        assert plain[column] == text.strip("\t\n\x00")


def test_offsets_stay_numbers_and_a_mark_is_written_on_request() -> None:
    data = wide_csv(sample(), TableOptions(bom=True))
    assert data.startswith(b"\xef\xbb\xbfletter,segment")
    assert not wide_csv(sample(), TableOptions()).startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(io.BytesIO(data))
    assert frame["start"].tolist() == [0, 8, 49]
    assert frame.shape == (3, 20)


@given(letters_with_alignments())
def test_nothing_gets_lost_in_any_text(pair: tuple[Letter, Alignment]) -> None:
    letter, alignment = pair
    export = LetterExport(letter, (RenderingExport(alignment),))
    wide = rows(wide_csv(export, TableOptions()))
    long = rows(long_csv(export, TableOptions()))
    assert len(wide) == len(letter.segments)
    assert len(long) == len(alignment.links) + len(alignment.absences)
    for row, segment in zip(wide, letter.segments, strict=True):
        names = [link.id for link in alignment.links if segment.id in link.source]
        assert sorted(filter(None, row["robot-a.links"].split("; "))) == sorted(names)
        assert bool(row["robot-a.absence"]) == any(item.source == segment.id for item in alignment.absences)


def test_another_segmentation_lands_in_the_rows_it_belongs_to() -> None:
    letter = letter_of(["One two.", "Three."])
    finer = letter_of(["One", "two.", "Three."], gaps=["", " ", "\n"])
    alignment = alignment_of(finer, ["一", "二", "三"])
    found = rows(wide_csv(LetterExport(letter, (RenderingExport(alignment),)), TableOptions()))
    assert [row["robot-a.text"] for row in found] == ["一 … 二", "三"]


@pytest.mark.parametrize("column", [*WIDE_COLUMNS, *RENDERING_COLUMNS, *LONG_COLUMNS])
def test_every_column_is_documented(column: str) -> None:
    assert f"`{column}`" in DOCS.read_text(encoding="utf-8")
