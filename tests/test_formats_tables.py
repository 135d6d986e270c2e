"""Tables: frames with documented types, CSV written from them, nothing runs as a formula."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from support_formats import alignment_of, letter_of, letters_with_alignments

from aligner.corpus import Corpus
from aligner.formats import (
    FORMATS,
    LetterExport,
    LinkFilter,
    RenderingExport,
    RenderingInfo,
    TableOptions,
    alignment_json,
    long_frame,
    wide_frame,
)
from aligner.formats.table_rows import LONG_COLUMNS, RENDERING_COLUMNS, WIDE_COLUMNS
from aligner.formats.tables import DTYPES
from aligner.model import Absence, AbsenceKind, Alignment, Letter, Link, Mode, Status

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "formats.md"
wide_csv, long_csv = FORMATS["csv"].per_letter, FORMATS["csv-long"].per_letter


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


def types(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


def test_frames_have_the_documented_columns_and_types() -> None:
    wide, long = wide_frame(sample()), long_frame(sample())
    assert list(wide) == [*WIDE_COLUMNS, *(f"robot-{r}.{name}" for r in "ab" for name in RENDERING_COLUMNS)]
    assert {name for name, dtype in types(wide).items() if dtype != "string"} == {"start", "end"}
    assert tuple(long) == LONG_COLUMNS
    assert types(long) == {name: DTYPES.get(name, "string") for name in LONG_COLUMNS}
    assert types(long_frame(LetterExport(sample().letter, ()))) == types(long)
    table = DOCS.read_text(encoding="utf-8").partition("## In a notebook")[2]
    documented = {
        name: dtype
        for names, dtype in re.findall(r"^\| (`.*?) \| `(\w+)`", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", names)
    }
    assert {name: documented.get(name) for name in DTYPES} == DTYPES


def test_what_is_not_there_is_missing_in_a_frame() -> None:
    wide, long = wide_frame(sample()), long_frame(sample())
    assert wide["witness_text"].isna().tolist() == [True, False, True]
    assert wide["robot-a.text"].isna().tolist() == [False, False, True]
    assert wide["robot-b.absence"].isna().tolist() == [True, True, False]
    absences = long[long["kind"] != "link"]
    assert len(absences) == 3
    for name in ("link", "target_start", "target_end", "target", "bead"):
        assert absences[name].isna().all()
        assert all(value is pd.NA for value in absences[name])
    assert long["outlet"].isna().tolist() == [False] * 5 + [True] * 2
    assert not any((long[name] == "").any() for name in long if long[name].dtype == "string")


def test_a_frame_can_be_calculated_with() -> None:
    export = sample()
    long = long_frame(export)
    assert long["confidence"].tolist() == [0.98, 0.5, 0.75, 0.7, 0.9, 1.0, 1.0]
    assert (long["source_end"] - long["source_start"]).sum() == sum(
        int(row["source_end"]) - int(row["source_start"]) for row in rows(long_csv(export, TableOptions()))
    )
    kept = long_frame(export, LinkFilter(min_confidence=0.75))
    assert kept.loc[kept["kind"] == "link", "link"].tolist() == ["l1", "l3", "l1"]
    assert wide_frame(export, LinkFilter(only_confirmed=True))["robot-a.links"].dropna().tolist() == ["l1"]


@pytest.mark.parametrize("name", ["=1+1", "-a", "\udcff", "a\n"])
def test_ids_from_file_names_are_as_given_in_a_frame_and_safe_in_a_file(name: str) -> None:
    letter = letter_of(["One."])
    export = LetterExport(
        letter, tuple(RenderingExport(alignment_of(letter, ["=1"], rendering=n)) for n in (name, "a"))
    )
    frame = wide_frame(export)
    assert frame[f"{name}.text"].tolist() == ["=1"]
    header = next(csv.reader(io.StringIO(wide_csv(export, TableOptions()).decode(), newline="")))
    assert len(header) == len(frame.columns)
    assert not [column for column in header if re.match("[=+@-]|.*[\n\ud800-\udfff]", column)]


@given(letters_with_alignments())
def test_the_files_hold_what_the_frames_hold(pair: tuple[Letter, Alignment]) -> None:
    export = LetterExport(pair[0], (RenderingExport(pair[1]),))
    for frame, data in (
        (wide_frame(export), wide_csv(export, TableOptions(formula_safe=False))),
        (long_frame(export), long_csv(export, TableOptions(formula_safe=False))),
    ):
        cells = [["" if pd.isna(cell) else str(cell) for cell in row] for row in frame.itertuples(index=False)]
        assert [list(row.values()) for row in rows(data)] == cells


def test_the_example_for_notebooks_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "letters.toml").write_bytes((ROOT / "corpus" / "letters.toml").read_bytes())
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    corpus = Corpus.open(folder)
    entry = corpus.manifest.letters[0]
    letter = corpus.letter(entry.id)
    (folder / letter.id).mkdir()
    for each in entry.renderings:
        alignment = alignment_of(letter, [f"第{n}句" for n in range(len(letter.segments))], rendering=each.id)
        (folder / letter.id / f"{each.id}.json").write_text(alignment_json.dumps(alignment), encoding="utf-8")
    block = re.search(r"## In a notebook\n.*?```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(block[1], str(DOCS), "exec"), names)  # noqa: S102
    assert names["side_by_side"].shape == (len(letter.segments), 1 + len(entry.renderings))
    assert names["confidence"]["count"].to_dict() == {each.id: len(letter.segments) for each in entry.renderings}
    assert set(names["confidence"]["mean"].round(4)) == {0.98}


def test_pandas_is_not_loaded_before_a_table_is_made() -> None:
    code = "import sys, aligner.cli, aligner.formats, aligner.pipeline; print('pandas' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert result.stdout == "False\n"
