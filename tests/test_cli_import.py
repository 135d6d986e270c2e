"""`aligner import`: what a file is taken for, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support_cli import Program, Sums, each, in_order, write_corpus

from aligner import encoders
from aligner.formats import alignment_json
from aligner.model import Status
from aligner.pipeline import letters
from aligner.review.decisions import Kind
from aligner.store import open_store


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(letters, "align_articles", each(in_order))
    monkeypatch.setitem(encoders.ENCODERS, "use", Sums)
    made = Program(tmp_path, tmp_path / "home")
    write_corpus(tmp_path / "corpus")
    assert made.run("build").exit_code == 0
    return made


def told(program: Program, *arguments: str) -> Any:
    result = program.run("import", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", "各位好，\n我们周五关店。\n", "document"),
        ("a.html", "<html><body><p>We close the shop on Friday, as you know.</p></body></html>", "document"),
        ("a.tmx", '<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>Hi</seg></tuv>'
         '<tuv xml:lang="zh"><seg>你好</seg></tuv></tu></body></tmx>', "pairs"),
        ("a.tsv", "source\ttarget\nHi\t你好\n", "pairs"),
        ("m.tsv", "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n", "mqm"),
        ("p.jsonl", '{"user_id": "a", "item_i": 0, "annotation": {}}\n', "pearmut"),
        ("l.json", '[{"id": 1, "annotations": []}]', "label-studio"),
        ("w.jsonl", '{"source": "a", "hypothesis": "b", "errors": []}\n', "mqm-jsonl"),
    ],
)  # fmt: skip
def test_a_file_is_taken_for_what_it_is(program: Program, name: str, content: str, kind: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    assert [(each["file"], each["kind"]) for each in told(program, name)] == [(name, kind)]


def test_what_a_document_is_read_as_is_said_and_written(program: Program) -> None:
    Path("a.txt").write_bytes("你好，世界。这是一个测试文件，写的是中文。".encode("gb18030"))
    result = program.run("import", "a.txt", "--out", "out")
    assert "gb18030" in result.stdout
    assert Path("out/a.txt").read_bytes() == Path("a.txt").read_bytes()


def test_a_memory_becomes_alignments_whose_links_are_imported(program: Program) -> None:
    assert program.run("export", "farewell", "--out", "all.tmx").exit_code == 0
    result = program.run("import", "all.tmx", "--out", "out")
    assert result.exit_code == 0, result.stderr
    for name in ("farewell-north", "farewell-south"):
        assert f"tmx of {name}" in result.stdout
        made = alignment_json.loads(Path(f"out/{name}.json").read_text(encoding="utf-8"), name)
        built = alignment_json.loads(Path(f"corpus/farewell/{name}.json").read_text(encoding="utf-8"), name)
        assert {link.status for link in made.links} == {Status.IMPORTED}
        assert len(made.links) == len(built.links)
        text = Path(f"out/{name}.target.txt").read_text(encoding="utf-8")
        assert all(text[s.start : s.end] == s.text for s in made.target_segments)


def test_bead_lines_come_with_their_two_texts(program: Program) -> None:
    Path("l.beads").write_text("[0]:[0]:0.5\n[1]:[]\n", encoding="utf-8")
    Path("s.txt").write_text("Hi.\nBye.\n", encoding="utf-8")
    Path("t.txt").write_text("你好。\n", encoding="utf-8")
    refused = program.refuses("import", "s.txt", "l.beads", "t.txt")
    assert "l.beads: bead lines come first, with their two texts behind them" in refused
    (found,) = told(program, "l.beads", "s.txt", "t.txt", "--out", "out")
    assert found["alignments"][0]["links"] == 1
    made = alignment_json.loads(Path("out/l.json").read_text(encoding="utf-8"), "l")
    assert [link.confidence for link in made.links] == [0.5]
    assert [absence.source for absence in made.absences] == ["s2"]


def test_what_leaves_comes_in_again_with_its_names_and_links(program: Program) -> None:
    for name in ("tmx", "xliff", "xliff-its", "csv-long", "tsv-long", "xlsx", "beads", "intertext"):
        assert program.run("export", "farewell", "--format", name, "--out", f"{name}/").exit_code == 0
        (file,) = Path(name).iterdir()
        assert program.run("import", str(file), "--out", f"{name}/back").exit_code == 0
        for rendering in ("farewell-north", "farewell-south"):
            old, new = (
                alignment_json.loads(Path(folder, f"{rendering}.json").read_text(encoding="utf-8"), rendering)
                for folder in ("corpus/farewell", f"{name}/back")
            )
            assert len(new.links) == len(old.links) > 0, name
            assert {link.status for link in new.links} == {Status.IMPORTED}


def test_a_file_of_ours_that_does_not_come_back_says_which_does(program: Program) -> None:
    for name, said in (
        ("json", "is JSON, but no annotations that are known; a file that the program keeps"),
        ("pearmut", "this is a campaign; what comes back is the output of Pearmut"),
        ("jsonl", "this looks like a table; csv-long"),
        ("csv", "has no column for the target; this looks like a wide table"),
        ("parquet", "is not read back; csv-long, tsv-long and xlsx are read back"),
    ):
        program.run("export", "farewell", "--format", name, "--out", f"{name}/")
        (file,) = Path(name).iterdir()
        assert said in program.refuses("import", str(file))


def test_a_kind_can_be_said_and_an_unknown_one_is_answered_with_the_known_ones(program: Program) -> None:
    program.run("export", "farewell", "--out", "m.tmx")
    Path("m.tmx").rename("m.xml")
    assert {each["kind"] for each in told(program, "m.xml", "--as", "tmx")} == {"pairs"}
    assert "unknown kind of file 'odt'; known: " in program.refuses("import", "m.xml", "--as", "odt")


def test_a_memory_of_several_languages_never_mixes_them(program: Program) -> None:
    unit = "<tu>{}</tu>".format
    text = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'.format
    three = unit(text("EN-US", "Hello.") + text("ZH-CN", "你好。") + text("DE-DE", "Hallo."))
    both = unit(text("EN-US", "Bye.") + text("zh_CN", "再见。") + text("ZH-TW", "再見。"))
    Path("m.tmx").write_text(f'<tmx version="1.4"><header srclang="EN-US"/><body>{three}{both}</body></tmx>', "utf-8")
    result = program.run("import", "m.tmx", "--out", "all")
    assert "tmx of EN-US-to-ZH-CN (EN-US to ZH-CN), 2 and 2 sentences" in result.stdout
    read = {path.name: path.read_text(encoding="utf-8") for path in Path("all").glob("*.target.txt")}
    assert {name.removesuffix(".target.txt"): text.split() for name, text in read.items()} == {
        "EN-US-to-ZH-CN": ["你好。", "再见。"], "EN-US-to-ZH-TW": ["再見。"], "EN-US-to-DE-DE": ["Hallo."],
    }  # fmt: skip
    program.run("import", "m.tmx", "--languages", "en", "de", "--out", "one")
    assert "--languages takes two, and '--out' is none" in program.refuses(
        "import", "m.tmx", "--languages", "en", "--out", "x"
    )
    assert Path("one/m.target.txt").read_text(encoding="utf-8").split() == ["Hallo."]


def test_a_table_that_a_spreadsheet_saved_in_gb18030_comes_back_to_its_letter(program: Program) -> None:
    program.run("export", "farewell", "--format", "csv-long", "--out", "t.csv")
    text = Path("t.csv").read_text(encoding="utf-8")
    Path("t.csv").write_bytes(text.replace("我们周五关店。", "我们周五打烊。").encode("gb18030"))
    shown = program.run("import", "t.csv", "--letter", "farewell")
    assert shown.exit_code == 0, shown.stderr
    assert "我们周五关店。 -> 我们周五打烊。" in shown.stdout


def test_one_rendering_of_a_file_of_several_is_taken_by_its_name(program: Program) -> None:
    program.run("export", "farewell", "--out", "all.tmx")
    program.run("import", "all.tmx", "--rendering", "farewell-north", "--out", "out")
    assert {path.name.partition(".")[0] for path in Path("out").iterdir()} == {"farewell-north"}
    refused = program.refuses("import", "all.tmx", "--rendering", "nobody", "--out", "no")
    assert "all.tmx: unknown rendering 'nobody'; known: farewell-north, farewell-south" in refused


def test_an_empty_file_and_an_ending_that_nothing_reads_are_told(program: Program) -> None:
    for name in ("a.tmx", "a.csv", "a.jsonl", "a.txt"):
        Path(name).touch()
        assert f"{name}: the file is empty" in program.refuses("import", name)
    Path("a.odt").write_text("x", "utf-8")
    refused = program.refuses("import", "a.odt")
    assert "no reader for '.odt' files" in refused and ".tmx" in refused and "--as" in refused


def test_two_files_that_would_be_written_to_one_place_are_refused(program: Program) -> None:
    for name in ("a.tmx", "b.tmx"):
        program.run("export", "farewell", "--out", name)
    refused = program.refuses("import", "a.tmx", "b.tmx", "--out", "out")
    assert "b.tmx: farewell-north.source.txt would be written twice" in refused
    assert not Path("out").exists()


def test_a_memory_that_was_edited_comes_back_as_suggestions_once(program: Program) -> None:
    program.run("export", "farewell", "--rendering", "farewell-north", "--out", "n.tmx")
    text = Path("n.tmx").read_text(encoding="utf-8")
    Path("n.tmx").write_text(text.replace("我们周五关店。", "我们周五打烊。"), encoding="utf-8")
    shown = program.run("import", "n.tmx", "--letter", "farewell")
    assert "我们周五关店。 -> 我们周五打烊。" in shown.stdout
    assert "nothing was stored" in shown.stdout
    with open_store(str(program.home / "aligner.db")) as store:
        assert store.decisions() == ()
    (first,) = told(program, "n.tmx", "--letter", "farewell", "--reviewer", "ann")
    (second,) = told(program, "n.tmx", "--letter", "farewell", "--reviewer", "ann")
    assert (first["stored"], second["stored"], second["known already"]) == (1, 0, 1)
    with open_store(str(program.home / "aligner.db")) as store:
        (only,) = store.decisions()
    assert (only.decision.kind, only.decision.reviewer) == (Kind.SUGGESTION, "ann")
    assert only.decision.payload["text"] == "我们周五打烊。"
    assert [span["text"] for span in only.decision.payload["target"]] == ["我们周五关店。"]


def test_a_memory_comes_back_where_another_rendering_is_not_built(program: Program) -> None:
    program.run("export", "farewell", "--rendering", "farewell-north", "--out", "n.tmx")
    Path("corpus/farewell/farewell-south.json").unlink()
    (found,) = told(program, "n.tmx", "--letter", "farewell")
    assert found["kind"] == "pairs"
    named = ("import", "n.tmx", "--letter", "farewell", "--rendering", "farewell-south")
    assert "rendering farewell-south: is not aligned yet" in program.refuses(*named)


def test_annotations_go_to_their_letter_under_their_reviewers_names(program: Program) -> None:
    program.run("export", "farewell", "--format", "mqm", "--out", "m.tsv")
    lines = Path("m.tsv").read_text(encoding="utf-8").splitlines()
    number = next(i for i, line in enumerate(lines) if "我们周五关店。" in line)
    cells = lines[number].split("\t")
    cells[4], cells[6] = "eve", cells[6].replace("周五", "<v>周五</v>")
    cells[7], cells[8] = "Accuracy/Mistranslation", "Major"
    lines[number] = "\t".join(cells)
    number = next(i for i, line in enumerate(lines) if "感谢每一年的陪伴。" in line)
    cells = lines[number].split("\t")
    lines[number] = "\t".join([*cells[:4], "eve", *cells[5:7], "No-error", "No-error", "{}"])
    Path("m.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert program.run("import", "m.tsv").exit_code == 0
    refused = program.run("import", "m.tsv", "--out", "out")
    assert refused.exit_code == 2
    assert "--letter" in refused.stderr
    (found,) = told(program, "m.tsv", "--letter", "farewell")
    assert found["stored"] == 2
    with open_store(str(program.home / "aligner.db")) as store:
        error, done = (each.decision for each in store.decisions())
    assert (error.reviewer, error.kind) == ("eve", Kind.ERROR)
    assert [span["text"] for span in error.payload["target"]] == ["周五"]
    # Where no error was found, the sentence was judged all the same.
    assert (done.reviewer, done.kind, done.payload["state"]) == ("eve", Kind.WORK, "done")
    assert [span["text"] for span in done.payload["source"]] == ["Thank you for every year."]
    (scored,) = json.loads(program.run("scores", "farewell", "--json").stdout)["renderings"][0]["scores"]
    assert scored["judged"] == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.tmx", b"<tmx><body>", "a.tmx"),
        ("a.pdf", b"no pdf", "is not a PDF"),
        ("a.xyz", b"text", "no reader for '.xyz'"),
        ("a.tsv", b"source\ttarget\nHi\n", "holds no pair of texts"),
        ("a.zip", b"PK", "is no zip file"),
        ("a.beads", b"[0]:[0]\n", "bead lines come with two texts"),
    ],
)
def test_a_faulty_file_is_named_and_nothing_is_left(program: Program, name: str, content: bytes, said: str) -> None:
    Path(name).write_bytes(content)
    result = program.run("import", name, "--out", "out")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not Path("out").exists()


def test_what_reviewers_said_leaves_with_the_export_and_comes_back_the_same(program: Program) -> None:
    first = program.run(
        "review", "error", "farewell-north", "--target", "周五", "--category", "accuracy/mistranslation",
        "--severity", "major", "--reviewer", "ann",
    )  # fmt: skip
    assert first.exit_code == 0, first.stderr
    assert program.run("review", "score", "farewell-north", "71", "--reviewer", "ann").exit_code == 0
    for rendering in ("farewell-north", "farewell-south"):
        said = ("review", "comment", rendering, "--text", f"of {rendering}", "--reviewer", "ann")
        assert program.run(*said).exit_code == 0
    assert program.run("export", "farewell", "--format", "mqm", "--out", "m.tsv").exit_code == 0
    (marked,) = [line for line in Path("m.tsv").read_text(encoding="utf-8").splitlines() if "<v>" in line]
    assert "<v>周五</v>" in marked
    assert marked.split("\t")[4] == "ann"
    assert "<v>" not in program.run("export", "farewell", "--format", "mqm", "--auto").stdout
    assert program.run("export", "farewell", "--format", "annotations", "--out", "a.jsonl").exit_code == 0
    other = ("--database", "other.db")
    (found,) = told(program, "a.jsonl", "--letter", "farewell", *other)
    assert found["stored"] == 4
    kept = {}
    for name in (str(program.home / "aligner.db"), "other.db"):
        with open_store(name) as store:
            kept[name] = [
                (d.decision.rendering, d.decision.kind, d.decision.reviewer, d.decision.payload)
                for d in store.decisions()
            ]
    assert kept["other.db"] == kept[str(program.home / "aligner.db")]


@pytest.mark.parametrize("name", ["tmx", "xliff", "xliff-its"])
def test_what_the_program_noted_itself_is_nobodys_comment_and_what_was_added_is_one(
    program: Program, name: str
) -> None:
    said = ("review", "error", "farewell-north", "--target", "周五", "--category", "accuracy/mistranslation")
    assert program.run(*said, "--severity", "major", "--reviewer", "ben").exit_code == 0
    file = Path("n.tmx" if name == "tmx" else "n.xlf")
    more = ("--set", "annotations=true") if name != "xliff-its" else ()
    out = program.run("export", "farewell", "--rendering", "farewell-north", "--format", name, "--out", file, *more)
    assert out.exit_code == 0, out.stderr
    text = file.read_text(encoding="utf-8")
    assert "ben" in text
    (found,) = told(program, str(file), "--letter", "farewell", "--reviewer", "cat")
    assert (found["words"], found["stored"]) == (0, 0)
    first, note = {
        "tmx": ('<tu tuid="farewell-north.l1"', "<note>check the greeting</note>"),
        "xliff": ("</target>", "<note>check the greeting</note>"),
        "xliff-its": ("<notes>", '<note category="translator">check the greeting</note>'),
    }[name]
    at = text.index(first) + (text[text.index(first) :].index(">") + 1 if name == "tmx" else len(first))
    file.write_text(text[:at] + note + text[at:], encoding="utf-8")
    (found,) = told(program, str(file), "--letter", "farewell", "--reviewer", "cat")
    assert found["stored"] == 1
    with open_store(str(program.home / "aligner.db")) as store:
        last = store.decisions()[-1].decision
    assert (last.kind, last.reviewer, last.payload["text"]) == (Kind.COMMENT, "cat", "check the greeting")
