"""A built corpus of one letter, and a desk at which reviewers say things."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support_cli import ARTICLES, LETTER, Program, Sums, each, in_order, write_corpus

from aligner import encoders
from aligner.corpus import Corpus
from aligner.model import Quoted
from aligner.pipeline import letters
from aligner.pipeline.reviewing import Desk
from aligner.review.said import Mark, Quotes, Score, Work
from aligner.store import Store, Stored

NORTH, SOUTH = "farewell-north", "farewell-south"
TEXTS = {NORTH: ARTICLES["north.txt"], SOUTH: ARTICLES["south.txt"]}
WORDS = (2, 6, 5, 5, 1)
"""Words of the letter's five sentences; `farewell-south` renders the first three."""


def built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The command line in a folder with a corpus whose renderings are aligned sentence by sentence."""
    monkeypatch.delenv("ALIGNER_DATABASE_URL", raising=False)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(letters, "align_articles", each(in_order))
    monkeypatch.setitem(encoders.ENCODERS, "use", Sums)
    write_corpus(folder / "corpus")
    program = Program(folder, folder / "home")
    assert program.run("build").exit_code == 0
    return program


def built_folder(folder: Path) -> Path:
    """The same, for tests that only read the corpus."""
    with pytest.MonkeyPatch.context() as patch:
        return built(folder, patch).folder


def desk_of(folder: Path, store: Store) -> Desk:
    return Desk(Corpus.open(folder / "corpus"), store)


def at(text: str, words: str) -> Quotes:
    """The place of some words; none for none."""
    start = text.index(words)
    return (Quoted(start, start + len(words), words),) if words else ()


def mark(rendering: str, category: str, severity: str, target: str = "", source: str = "",
         typology: tuple[str, str] = ("mqm-core", "2.0")) -> Mark:  # fmt: skip
    """An error, marked at these words of the article and of the letter."""
    return Mark(*typology, category, severity, at(TEXTS[rendering], target), at(LETTER, source))


def say(desk: Desk, who: str, rendering: str, *values: Any, layer: str | None = None) -> list[str]:
    """Say all of it, and give the ids of the decisions."""
    found = []
    for value in values:
        answer = desk.say(value, who, "farewell", rendering, layer=layer)
        assert isinstance(answer, Stored), answer
        found.append(answer.decision.id)
    return found


def score(value: float, sentence: str = "") -> Score:
    return Score(value, at(LETTER, sentence)[0] if sentence else None)


def done(sentence: str = "") -> Work:
    return Work("done", at(LETTER, sentence)[0] if sentence else None)


def fill(desk: Desk) -> None:
    """Ann marks two errors in the north and an omission in the south, Ben one error in the north; they read it all."""
    say(
        desk,
        "ann",
        NORTH,
        mark(NORTH, "accuracy/mistranslation", "major", "周五", "Friday"),
        mark(NORTH, "style/awkward style", "minor", "陪伴"),
        done(),
    )
    say(desk, "ann", SOUTH, mark(SOUTH, "accuracy/omission", "major", "", "Please come"), done())
    say(desk, "ben", NORTH, mark(NORTH, "linguistic conventions/punctuation", "minor", "，"), done())
