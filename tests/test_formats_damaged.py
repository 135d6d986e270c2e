"""Damaged files of every format that brings alignments or annotations: read, or refused in words, and nothing else."""

from __future__ import annotations

import copy
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_documents import damaged, zip_of
from test_formats_reading import reviewed, written

from aligner import archives
from aligner.errors import AlignerError
from aligner.formats import LetterExport, RenderingExport
from aligner.formats.reading import ANNOTATIONS, ReadingError, read_annotations, read_intertext_zip, read_pairs
from aligner.pipeline import importing

EXPORT = reviewed()
ANSWERS: list[dict[str, Any]] = [
    {"robot-a": {"score": 80, "error_spans": [{"start_i": 4, "end_i": 8, "severity": "major", "category": "x"}]}},
    {"robot-a": {"score": 9, "error_spans": []}},
]
TASK: dict[str, Any] = {
    "data": {"text": "谢谢👍大家<v>的支持。"},
    "annotations": [
        {
            "completed_by": {"id": 7},
            "result": [
                {"value": {"start": 3, "end": 5, "text": "大家", "labels": ["Major", "Accuracy/Mistranslation"]}}
            ],
        }
    ],
}
WHOLES: dict[str, bytes] = {
    "a.tmx": written("tmx", EXPORT),
    "a.xlf": written("xliff", EXPORT),
    "b.xlf": written("xliff-its", EXPORT),
    "a.csv": written("csv-long", EXPORT),
    "a.tsv": written("tsv-long", EXPORT),
    "a.xlsx": written("xlsx", EXPORT),
    "a.zip": written("intertext", EXPORT),
    "m.tsv": written("mqm", EXPORT),
    "m.jsonl": written("mqm-jsonl", EXPORT),
    "o.jsonl": written("annotations", EXPORT),
    "p.jsonl": json.dumps({"user_id": "u", "item_i": 0, "annotation": ANSWERS, "comment": "hm"}).encode(),
    "l.json": json.dumps([TASK]).encode(),
    "b.zip": written("beads", EXPORT),
    "l.beads": b"[0]:[0]:0.9\n[1]:[1]:0.5\n[2]:[]:0.1\n",
}
HANG, GIGABYTE = 20, 1024**2  # in seconds; in kB, as the system counts
FEW = (0, 1, 2, 3, 4, 5, 6, 7, 8, 10)  # one of each kind but the huge ones, which take ten seconds
MANY = (9, *range(11, 200))
SEEDS = [
    *(pytest.param(seed, id=f"{seed}") for seed in FEW),
    *(pytest.param(seed, id=f"{seed}", marks=pytest.mark.soak) for seed in MANY),
]


def taken(name: str, data: bytes) -> None:
    """Everything that `aligner import` does with a file but writing and storing."""
    files = {name: data}
    if name.endswith(".beads"):
        files |= {"s.txt": b"A.\nB.\nC.\n", "t.txt": "甲。\n乙。\n".encode()}
    for looked in importing.look(files, "beads" if name.endswith(".beads") else None):
        if looked.texts:
            importing.made_files(importing.made_of(looked, "l", "r"))
        elif looked.kind in ANNOTATIONS:
            importing.sayings_of(importing.judged(data, looked.kind, name, EXPORT), EXPORT)


@pytest.mark.parametrize("name", WHOLES)
def test_the_whole_file_is_taken(name: str) -> None:
    taken(name, WHOLES[name])


def hangs(*_: object) -> None:
    raise AssertionError(f"took more than {HANG} s")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder, where everything that is left behind would be; what takes too long is stopped."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(HANG)
    yield tmp_path
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", WHOLES)
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_a_damaged_file_is_taken_or_refused(name: str, seed: int, room: Path) -> None:
    others = [data for other, data in WHOLES.items() if other != name]
    _, data = damaged(WHOLES[name], others, seed)
    try:
        taken(name, data)
    except AlignerError as fault:
        assert fault.where or fault.hint
        assert len(str(fault)) < 600
    assert list(room.iterdir()) == []


READING = """
import contextlib, resource, sys, warnings
sys.path.insert(0, sys.argv[1])
warnings.simplefilter("ignore")
from support_documents import damaged
from test_formats_damaged import WHOLES, taken
from aligner.errors import AlignerError
for name, whole in WHOLES.items():
    others = [data for other, data in WHOLES.items() if other != name]
    for seed in range(int(sys.argv[2])):
        with contextlib.suppress(AlignerError):
            taken(name, damaged(whole, others, seed)[1])
# What getrusage tells begins with what the process had that started this one.
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count in other units")
@pytest.mark.parametrize("files", [6, pytest.param(200, marks=pytest.mark.soak)])
def test_reading_damaged_files_stays_small(files: int) -> None:
    here = Path(__file__).parent
    command = [sys.executable, "-c", READING, str(here), str(files)]
    paths = {**os.environ, "PYTHONPATH": str(here.parent)}
    done = subprocess.run(command, env=paths, capture_output=True, text=True, check=True)
    assert 10_000 < int(done.stdout) < GIGABYTE


JUNK = st.sampled_from(
    [None, True, 0, -1, 10**30, 0.5, "", "x", "missing", [], [1], [[]], {}, {"a": 1}, {"start": "x"}]
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, each in inner for place in places(each, (*at, key)))]


def replaced(value: Any, at: tuple[Any, ...], junk: Any) -> Any:
    if not at:
        return junk
    made = copy.deepcopy(value)
    inner = made
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = junk
    return made


@pytest.mark.parametrize("name", ["m.jsonl", "o.jsonl", "p.jsonl", "l.json"])
@settings(max_examples=150)
@given(data=st.data())
def test_json_of_another_shape_is_taken_or_refused(name: str, data: st.DataObject) -> None:
    text = WHOLES[name].decode("utf-8")
    lines = [json.loads(text)] if name == "l.json" else [json.loads(line) for line in text.splitlines()]
    number = data.draw(st.integers(0, len(lines) - 1))
    for _ in range(data.draw(st.integers(1, 2))):
        lines[number] = replaced(lines[number], data.draw(st.sampled_from(places(lines[number]))), data.draw(JUNK))
    written_again = json.dumps(lines[0]) if name == "l.json" else "\n".join(json.dumps(line) for line in lines)
    kinds = {"m.jsonl": "mqm-jsonl", "o.jsonl": "annotations", "p.jsonl": "pearmut", "l.json": "label-studio"}
    try:
        importing.sayings_of(read_annotations(kinds[name], written_again.encode(), EXPORT), EXPORT)
    except AlignerError:
        return


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "UNPACKED_BYTES", 1000)
    with pytest.raises(ReadingError, match=r"is no zip file that can be read: unpacks to"):
        read_intertext_zip(zip_of({"a.xml": b" " * 5000}), "z")
    with pytest.raises(ReadingError, match=r"is no Excel workbook that can be read: unpacks to"):
        read_pairs("xlsx", WHOLES["a.xlsx"], "x")


def test_a_row_that_claims_to_be_the_last_of_all_ends() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLES["a.xlsx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in parts if "worksheets/sheet1" in name)
    parts[name] = parts[name].replace(
        b"</sheetData>", b'<row r="99999999999999"><c t="n"><v>1</v></c></row></sheetData>'
    )
    assert read_pairs("xlsx", zip_of(parts), "x").pairs == read_pairs("xlsx", WHOLES["a.xlsx"], "x").pairs


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/b", "..", ""])
def test_no_name_in_a_file_leads_out_of_the_folder(name: str) -> None:
    units = "".join(
        f'<tu><prop type="x-rendering">{each}</prop><tuv xml:lang="en"><seg>Hi</seg></tuv>'
        f'<tuv xml:lang="zh"><seg>x</seg></tuv></tu>'
        for each in (name, "good")
    )
    (looked,) = importing.look({"m.tmx": f'<tmx version="1.4"><header/><body>{units}</body></tmx>'.encode()})
    files = importing.made_files(importing.made_of(looked, "l", "m"))
    assert {file.split(".")[0] for file in files} == {"m-1", "m-2"}


def test_a_letter_of_several_renderings_is_taken_apart() -> None:
    other = replace(EXPORT.renderings[0].alignment, rendering="robot-b")
    both = LetterExport(EXPORT.letter, (RenderingExport(EXPORT.renderings[0].alignment), RenderingExport(other)))
    for name, kind in (
        ("a.zip", "intertext"),
        ("b.zip", "beads"),
        ("a.xlf", "xliff"),
        ("b.xlf", "xliff-its"),
        ("a.tmx", "tmx"),
    ):
        (looked,) = importing.look({name: written(kind, both)})
        made = importing.made_of(looked, "l", "r")
        assert [len(each.alignment.links) for each in made] == [2, 2], kind
        assert [each.alignment.rendering for each in made] == ["robot-a", "robot-b"]


def test_a_table_in_a_spreadsheets_encoding_is_read() -> None:
    table = "source,target\nWe close the shop on Friday.,我们周五关店，请大家来参加这个聚会。\n"
    (looked,) = importing.look({"a.csv": table.encode("gb18030")})
    assert looked.texts[0].target == ("我们周五关店，请大家来参加这个聚会。",)


def test_a_sheet_that_claims_a_million_columns_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLES["a.xlsx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in parts if "worksheets/sheet1" in name)
    claim = b'<dimension ref="A1:XFD1048576"/>'
    start = parts[name].find(b"<dimension")
    if start >= 0:
        end = parts[name].index(b"/>", start) + 2
        parts[name] = parts[name][:start] + claim + parts[name][end:]
    else:
        at = parts[name].index(b"<sheet")
        parts[name] = parts[name][:at] + claim + parts[name][at:]
    whole, claimed = (read_pairs("xlsx", data, "x").pairs for data in (WHOLES["a.xlsx"], zip_of(parts)))
    assert claimed == whole
