"""`aligner train`: figures of what was held out, weights that the engines take and that come again, and refusals."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import needs
import numpy as np
import pytest
from support_cli import ROOT, Program
from test_benchmarks_peers import chapter
from test_evaluation_command import table

from aligner.engines.article.decode import CURVE
from aligner.engines.article.features import NAMES as CANDIDATES
from aligner.engines.article.lattice import GAPS, JUMPS
from aligner.engines.article.peers import NAMES as PEERS
from aligner.engines.beads import features, rough
from aligner.engines.weights import read_weights
from aligner.errors import AlignerError
from aligner.training import beads, fit

pytest.importorskip("scipy", reason="the extra `train` is not installed")

LETTERS = ROOT / "benchmarks" / "letters"
BEADS = {"rough": rough.NAMES, "fine": features.NAMES, "rough_any": rough.NAMES, "fine_any": features.NAMES}
ARTICLES = {"features": CANDIDATES, "jumps": JUMPS, "peers": PEERS, "confidence": CURVE}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three made-up chapters in `chapters/`, two letters with two articles each in `c2/` and `c4/`."""
    made = tmp_path_factory.mktemp("training")
    (made / "chapters").mkdir()
    for number in (1, 2, 3):
        chapter(made / "chapters", number)
    for name in ("c2", "c4"):
        few_articles(LETTERS / name, made / name)
    (made / "out").mkdir()
    return made


@pytest.fixture(scope="module")
def program(folder: Path) -> Program:
    return Program(folder, folder / "home")


def few_articles(letter: Path, copy: Path) -> None:
    """A letter of the benchmarks with its first and its fourth article."""
    shutil.copytree(letter / "gold", copy / "gold")
    path = copy / "gold" / "renderings.json"
    held = json.loads(path.read_text("utf-8"))
    held["renderings"] = {n: r for n, r in held["renderings"].items() if r["file"] in {"r1.txt", "r4.txt"}}
    path.write_text(json.dumps(held), "utf-8")
    for rendering in held["renderings"].values():
        shutil.copy(letter / rendering["file"], copy)


def learned(program: Program, out: str, *arguments: object) -> tuple[str, Path]:
    """What `aligner train ...` prints, and the folder of the weights that it writes."""
    folder = program.folder / "out" / out
    folder.mkdir()
    result = program.run("train", *arguments, "--rounds", 3, "--write", folder / "weights.json")
    assert result.exit_code == 0, result.stderr
    signature = json.loads((folder / "weights.json").read_text("utf-8"))["signature"]
    assert result.stderr.endswith(f"weights.json: weights {signature}\n")
    return result.stdout, folder


def test_beads_are_learned_and_judged_by_what_was_held_out(program: Program) -> None:
    needs.need("time")
    shown, out = learned(program, "beads", "crf", program.folder / "chapters")
    rows = table(shown, "beads")
    assert {"toy.001", "toy.002", "toy.003"} < rows.keys()
    assert all(float(row[2]) > 0.5 for row in rows.values())
    assert "expected calibration error" in shown
    held = read_weights(out, BEADS)
    assert held["trained_on"] == "chapters"
    assert held["encoder"].startswith("use-")
    _, again = learned(program, "beads-again", "crf", program.folder / "chapters", "--no-folds")
    assert (again / "weights.json").read_bytes() == (out / "weights.json").read_bytes()


def test_articles_are_learned_and_judged_by_what_was_held_out(program: Program) -> None:
    needs.need("time")
    gold = (program.folder / "c2", program.folder / "c4")
    shown, out = learned(program, "articles", "article-crf", *gold, "--trained-on", "two letters")
    first = [line.split()[0] for line in shown.partition("\n\n")[0].splitlines()]
    assert first == ["c2-r1", "c2-r4", "c4-r1", "c4-r4", "c2!c4", "c4!c2"]
    assert "\neach article by itself\n" in shown
    assert "\nwith the other articles about the letter\n" in shown
    assert shown.count("expected calibration error") == 2
    held = read_weights(out, ARTICLES)
    assert held["trained_on"] == "two letters"
    assert {len(row) for row in held["jumps"].values()} == {GAPS}
    assert any(held["features"].values())
    shown, again = learned(program, "articles-again", "article-crf", *gold, "--trained-on", "two letters", "--no-folds")
    assert shown == ""
    assert (again / "weights.json").read_bytes() == (out / "weights.json").read_bytes()


def test_an_unknown_engine_is_answered_with_the_known_ones(program: Program) -> None:
    line = program.refuses("train", "galechurch", program.folder / "chapters")
    assert line == "unknown engine with weights 'galechurch'; known: article-crf, crf"


@pytest.mark.parametrize("engine", ["crf", "article-crf"])
def test_a_folder_without_gold_is_refused(engine: str, program: Program, tmp_path: Path) -> None:
    assert program.refuses("train", engine, tmp_path).startswith(f"{tmp_path}: no gold: there ")
    assert program.refuses("train", engine, tmp_path / "no").startswith(f"{tmp_path / 'no'}: no such folder")


def test_one_text_leaves_nothing_to_learn_from(program: Program, tmp_path: Path) -> None:
    needs.need("time")
    chapter(tmp_path, 1)
    assert "only toy.001; name more folders" in program.refuses("train", "crf", tmp_path)
    assert "only c4; name more folders" in program.refuses("train", "article-crf", program.folder / "c4")
    line = program.refuses("train", "crf", program.folder / "chapters", "--fold-count", 1)
    assert line.endswith("--fold-count takes 0 or at least 2")


def test_a_letter_twice_is_refused(program: Program, tmp_path: Path) -> None:
    shutil.copytree(program.folder / "c4", tmp_path / "copy")
    line = program.refuses("train", "article-crf", program.folder / "c4", tmp_path / "copy")
    assert line == "letter c4 stands in the gold of two folders; name one of them"


def test_an_article_that_is_missing_or_changed_is_named(program: Program, tmp_path: Path) -> None:
    shutil.copytree(program.folder / "c4", tmp_path / "c4")
    path = tmp_path / "c4" / "r1.txt"
    text = path.read_text("utf-8")
    path.write_text("又" + text, "utf-8")
    assert "the documents must be those that the gold was made from" in program.refuses(
        "train", "article-crf", tmp_path
    )
    path.unlink()
    assert "no document r1.txt of c4-r1" in program.refuses("train", "article-crf", tmp_path)


def test_nothing_to_do_is_said(program: Program) -> None:
    line = program.refuses("train", "crf", program.folder / "chapters", "--no-folds")
    assert line.startswith("--no-folds without --write leaves nothing to do")


@pytest.mark.parametrize("engine", ["crf", "article-crf"])
def test_without_scipy_the_install_line_is_given(
    engine: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    line = program.refuses("train", engine, program.folder / "chapters")
    assert line.endswith("install it with: pip install 'letter-aligner[train]'")


def test_texts_are_dealt_out_into_folds() -> None:
    assert fit.folds("abcde", 2) == ["ace", "bd"]
    assert fit.folds("abc") == fit.folds("abc", 9) == ["a", "b", "c"]
    with pytest.raises(AlignerError, match="nothing to learn from"):
        fit.folds("abc", 1)


def test_the_least_is_found_from_where_it_begins() -> None:
    def bowl(x: fit.Floats) -> tuple[float, fit.Floats]:
        return float(((x - 3) ** 2).sum()), 2 * (x - 3)

    assert np.allclose(fit.least(bowl, np.zeros(2), 50), 3)
    assert np.allclose(fit.least_of_few(lambda x: bowl(x)[0], np.zeros(2)), 3, atol=1e-4)


def test_a_chapter_is_never_judged_by_weights_that_met_its_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    text = beads.Text
    chapters = [beads.Chapter(name, object.__new__(text), object.__new__(text), ()) for name in "abc"]
    strange = [
        beads.Chapter(name, object.__new__(text), object.__new__(text), (), 0.1, lender)
        for name, lender in ("ab", "bc", "ca")
    ]
    met = []

    def learn(others: list[beads.Chapter], *_: object) -> None:
        met.append([(chapter.name, chapter.lender) for chapter in others])

    monkeypatch.setattr(beads, "learn", learn)
    monkeypatch.setattr(beads, "decoded", lambda *_: [])
    beads.held_out(chapters, strange, report=lambda _: None)
    assert met == [
        [("b", ""), ("c", ""), ("b", "c")],
        [("a", ""), ("c", ""), ("c", "a")],
        [("a", ""), ("b", ""), ("a", "b")],
    ]
