"""`aligner evaluate` as a user sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support_cli import Program
from support_evaluation import small, write_gold

from aligner.formats import alignment_json

GOLD = "[0]:[0]\n[1, 2]:[1]\n[3]:[2]\n[4]:[]\n"
TEST = "[0]:[0]:0.95\n[1]:[1]:0.4\n[2]:[]:0.3\n[3]:[2]:0.9\n[4]:[]:0.5\n"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    Path("gold.txt").write_text(GOLD, encoding="utf-8")
    Path("test.txt").write_text(TEST, encoding="utf-8")
    return Program(tmp_path, tmp_path / "home")


def table(text: str, head: str) -> dict[str, list[str]]:
    """The rows below the line that begins with `head`, by their first cell."""
    lines = text.splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith(head))
    rows = [line.split() for line in lines[start + 1 :]]
    end = next((k for k, row in enumerate(rows) if not row), len(rows))
    return {row[0]: row[1:] for row in rows[:end]}


def test_tables_of_beads(program: Program) -> None:
    result = program.run("evaluate", "--gold", "gold.txt", "--test", "test.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    figures = "0.6000 0.6667 0.6316 0.8000 1.0000 0.8889 0.6667 4 5"
    assert table(result.stdout, "beads") == {"test.txt": figures.split()}
    assert table(result.stdout, "type") == {
        "1-1": "2 3 0.6667 1.0000 0.8000".split(),
        "1-0": "1 2 0.5000 1.0000 0.6667".split(),
        "2-1": "1 0 0.0000 0.0000 0.0000".split(),
    }
    # 0.95 and 0.9 share a bin: (2 x |1 - 0.925| + |1 - 0.5| + |0 - 0.4| + |0 - 0.3|) / 5
    assert "expected calibration error: 0.2700 (5 beads, 10 bins)\n" in result.stdout
    assert "confidence" not in result.stdout


def test_calibration_shows_the_bins(program: Program) -> None:
    result = program.run("evaluate", "--gold", "gold.txt", "--test", "test.txt", "--calibration")
    assert table(result.stdout, "confidence") == {
        "0.3-0.4": ["1", "0.3000", "0.0000"],
        "0.4-0.5": ["1", "0.4000", "0.0000"],
        "0.5-0.6": ["1", "0.5000", "1.0000"],
        "0.9-1.0": ["2", "0.9250", "1.0000"],
    }


def test_without_confidences_there_is_no_calibration(program: Program) -> None:
    result = program.run("evaluate", "--gold", "gold.txt", "--test", "gold.txt", "--calibration")
    assert result.stdout.endswith("expected calibration error: the test has no confidences\n")


def test_json_of_beads(program: Program) -> None:
    result = json.loads(program.run("evaluate", "--gold", "gold.txt", "--test", "test.txt", "--json").stdout)
    strict = {"precision": 0.6, "recall": 0.6667, "f1": 0.6316, "right": 3, "tested": 5, "found": 2, "wanted": 3}
    assert result["total"]["strict"] == result["files"][0]["strict"] == strict
    assert result["total"]["calibration"]["error"] == 0.27
    assert len(result["total"]["calibration"]["bins"]) == 10
    assert {entry["type"]: entry["support"] for entry in result["total"]["types"]} == {"1-0": 1, "1-1": 2, "2-1": 1}
    assert result["remarks"] == []


def test_folders_have_a_total(program: Program) -> None:
    for folder, text in (("g", GOLD), ("t", TEST)):
        Path(folder).mkdir()
        for name in ("a.txt", "b.txt"):
            Path(folder, name).write_text(text, encoding="utf-8")
    rows = table(program.run("evaluate", "--gold", "g", "--test", "t").stdout, "beads")
    assert rows.keys() == {"a.txt", "b.txt", "total"}
    assert rows["total"][:7] == rows["a.txt"][:7]
    assert rows["total"][7:] == ["8", "10"]


def test_swap_turns_the_test_round(program: Program) -> None:
    Path("turned.txt").write_text("[0]:[0]\n[1]:[1, 2]\n[2]:[3]\n[]:[4]\n", encoding="utf-8")
    result = program.run("evaluate", "--gold", "gold.txt", "--test", "turned.txt", "--swap", "--json")
    assert json.loads(result.stdout)["total"]["strict"]["f1"] == 1.0


def test_remarks_go_to_stderr_and_into_the_json(program: Program) -> None:
    Path("test.txt").write_text("[0]:[0]\n[0, 1, 2]:[1]\n[4]:[2]\n", encoding="utf-8")
    result = program.run("evaluate", "--gold", "gold.txt", "--test", "test.txt", "--json")
    remarks = [
        "test.txt: source sentence 3 stands in no bead",
        "test.txt: source sentence 0 stands in more than one bead",
    ]
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [f"aligner: {remark}" for remark in remarks]
    assert json.loads(result.stdout)["remarks"] == remarks


def test_a_line_that_does_not_fit_is_named_with_its_place(program: Program) -> None:
    Path("test.txt").write_text("[0]:[0]\n[1]-[1]\n", encoding="utf-8")
    assert program.refuses("evaluate", "--gold", "gold.txt", "--test", "test.txt").startswith("test.txt:2:4: expected")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--gold", "gold.txt"),
        ("--letters", "x", "--built", "y"),
        ("--gold", "gold.txt", "--test", "test.txt", "--built", "y"),
        ("--letters", "x", "--built", "y", "--documents", "z", "--swap"),
    ],
)
def test_either_beads_or_letters(program: Program, arguments: tuple[str, ...]) -> None:
    assert program.refuses("evaluate", *arguments).startswith("evaluate takes --gold and --test, or --letters")


RIGHT = [("s2", "我们（Shop）关门了。", "indirect"), ("s1", "大家好。", "direct")]


def letters(program: Program, *more: str) -> tuple[str, ...]:
    write_gold(program.folder)
    (program.folder / "built").mkdir()
    (program.folder / "built" / "r1.json").write_text(alignment_json.dumps(small(RIGHT)), encoding="utf-8")
    return ("evaluate", "--letters", "gold", "--built", "built", "--documents", ".", *more)


def test_table_of_letters(program: Program) -> None:
    result = program.run(*letters(program))
    assert (result.exit_code, result.stderr) == (0, "")
    rows = table(result.stdout, "rendering")
    assert rows["n1-r1"] == [*["1.0000"] * 5, "0"]
    assert rows["total"][:5] == ["1.0000"] * 5


def test_json_of_letters(program: Program) -> None:
    result = json.loads(program.run(*letters(program, "--json")).stdout)
    (rendering,) = result["renderings"]
    assert rendering["links"]["right"] == result["total"]["links"]["wanted"] == 8
    assert rendering["mode"] == result["total"]["mode"] == {"accuracy": 1.0, "right": 2, "judged": 2}
    assert rendering["signature"] == {"aligner": "0.0", "engine": "by-hand", "encoder": "none"}
    assert result["missing"] == []


def test_a_rendering_that_was_not_built_is_shown(program: Program) -> None:
    arguments = letters(program)
    Path("built/r1.json").unlink()
    result = program.run(*arguments)
    assert "not built" in result.stdout
    assert table(result.stdout, "rendering")["n1-r1"][:4] == ["1.0000", "0.0000", "0.0000", "0.0000"]
    assert json.loads(program.run(*arguments, "--json").stdout)["missing"] == ["n1-r1"]


def test_a_missing_folder_is_named(program: Program) -> None:
    letters(program)
    said = program.refuses("evaluate", "--letters", "gold", "--built", "gone", "--documents", ".")
    assert said == "gone: no such folder; name the folder that the alignments are in"
