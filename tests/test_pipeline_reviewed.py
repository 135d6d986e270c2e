"""A letter's reading text is as reviewers left its emendations, whatever the manifest says, and without a build."""

from __future__ import annotations

from pathlib import Path

import pytest
from support_cli import Program
from test_corpus import GOOD, folder

from aligner import home
from aligner.corpus import Corpus
from aligner.model import Quoted
from aligner.pipeline.reviewing import Desk
from aligner.review.decisions import WHOLE
from aligner.review.layers import SHARED
from aligner.review.said import Emended
from aligner.store import Store, open_store
from aligner.ui import published

__all__ = ["folder"]

NAME = "e-25-diffcult"


def verdict(accepted: bool) -> Emended:
    return Emended(Quoted(25, 33, "diffcult"), "difficult", accepted)


def desk(folder: Path, store: Store, *, refused: bool) -> Desk:
    manifest = GOOD
    if refused:
        manifest = GOOD.replace('author = "Anna"', f'author = "Anna"\nrejected_emendations = ["{NAME}"]')
    (folder / "letters.toml").write_text(manifest, encoding="utf-8")
    return Desk(Corpus.open(folder), store)


@pytest.mark.parametrize("refused", [False, True])
def test_the_last_word_on_an_emendation_holds_until_it_is_undone(folder: Path, tmp_path: Path, refused: bool) -> None:
    with open_store(str(tmp_path / "a.db")) as store:
        work = desk(folder, store, refused=refused)

        def read() -> bool:
            letter = work.letter("one")
            assert [(e.id, e.rejected) for e in letter.emendations] == [(NAME, "diffcult" in letter.readings[1])]
            assert letter.base.document.text == work.corpus.letter("one").base.document.text
            return letter.emendations[0].rejected

        assert read() is refused
        work.say(verdict(False), "ada", "one", WHOLE)
        assert read()
        work.say(verdict(True), "ben", "one", WHOLE)
        assert not read()
        work.undo("ben", "one", WHOLE, SHARED)
        assert read()
        work.undo("ada", "one", WHOLE, SHARED)
        assert read() is refused


def test_a_verdict_on_the_command_line_says_what_it_does_not_reach(folder: Path, tmp_path: Path) -> None:
    program = Program(tmp_path, tmp_path / "home")
    done = program.run("review", "emend", "one", NAME, "reject", "--corpus", folder, "--reviewer", "ada")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("letter one: #1 ") and "reject emendation" in done.stdout
    assert "the findings of one are those of the last build; 'aligner build' makes them anew" in done.stderr


def test_the_pages_have_the_reading_text_of_now(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(home.VARIABLE, str(tmp_path / "home"))
    monkeypatch.delenv(home.DATABASE_VARIABLE, raising=False)
    corpus = Corpus.open(folder)
    assert "difficult" in published.letter(corpus, "one").readings[1]
    with open_store() as store:
        before = published.corrections("one")
        Desk(corpus, store).say(verdict(False), "ada", "one", WHOLE)
    assert published.corrections("one") > before  # a key of what pages keep
    assert "diffcult" in published.letter(corpus, "one").readings[1]
