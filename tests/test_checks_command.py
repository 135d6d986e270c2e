"""`aligner check` and `aligner checks` as people call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support_cli import ByNumber, Program, Sums, each, in_order, write_corpus

from aligner import encoders, engines
from aligner.checks import CHECKS
from aligner.pipeline import letters


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(letters, "align_articles", each(in_order))
    monkeypatch.setitem(encoders.ENCODERS, "use", Sums)
    monkeypatch.setattr(engines, "ENGINES", {"by-number": ByNumber()})
    return Program(tmp_path, tmp_path / "home")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text("id\tsource\ttarget\na\tWe are 53.\t我们有35人。\nb\tThank you.\t谢谢。\n", encoding="utf-8")
    return path


def test_pairs_give_one_object_a_line(program: Program, pairs: Path) -> None:
    result = program.run("check", "--pairs", str(pairs), "--languages", "en", "zh", "--only", "numbers")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    (found,) = lines[0]["findings"]
    assert (found["source"]["text"], found["target"]["text"]) == ("53", "35人")
    assert set(found["messages"]) == {"en", "zh"}


def test_fail_on_is_for_pipelines(program: Program, pairs: Path) -> None:
    call = ("check", "--pairs", str(pairs), "--languages", "en", "zh", "--only", "numbers", "--fail-on")
    assert program.run(*call, "major").exit_code == 1
    assert program.run(*call, "critical").exit_code == 0


def test_min_severity_leaves_out_the_rest(program: Program, pairs: Path) -> None:
    call = ("check", "--pairs", str(pairs), "--languages", "en", "zh", "--only", "numbers")
    result = program.run(*call, "--min-severity", "critical")
    assert all(json.loads(line)["findings"] == [] for line in result.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--only", "nmbers"), "unknown check 'nmbers'"),
        (("--min-severity", "grave"), "unknown severity 'grave'"),
        (("--all-scores",), "belong to --pairs"),
        (("--rendering", "x"), "--rendering needs a letter"),
    ],
)
def test_usage_is_answered_in_one_line(program: Program, arguments: tuple[str, ...], message: str) -> None:
    result = program.run("check", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_pairs_need_their_languages(program: Program, pairs: Path) -> None:
    result = program.run("check", "--pairs", str(pairs))
    assert result.exit_code == 2
    assert "--languages en zh" in result.stderr


def test_letters_are_checked_as_built(program: Program, corpus: Path) -> None:
    assert program.run("build").exit_code == 0
    result = program.run("check", "farewell", "--json")
    assert result.exit_code == 0, result.stderr
    (letter,) = json.loads(result.stdout)
    assert letter["letter"] == "farewell"
    assert set(letter["renderings"]) == {"farewell-north", "farewell-south", ""}
    built = json.loads((corpus / "farewell" / "farewell-north.json").read_text(encoding="utf-8"))
    assert built["findings"] == letter["renderings"]["farewell-north"]


@pytest.mark.usefixtures("corpus")
def test_letters_are_printed_by_rendering(program: Program) -> None:
    program.run("build")
    result = program.run("check", "farewell", "--rendering", "farewell-north")
    assert result.exit_code == 0
    assert result.stdout.startswith("farewell-north: ")
    assert "farewell-south" not in result.stdout


def test_every_check_is_listed_with_what_it_sees(program: Program) -> None:
    result = program.run("checks")
    for check in CHECKS.values():
        assert f"{check.name} (" in result.stdout
        assert check.title in result.stdout
        assert check.limits in result.stdout
    listed = json.loads(program.run("checks", "--json").stdout)
    assert [item["name"] for item in listed] == list(CHECKS)
    assert all(item["measured"] for item in listed)
