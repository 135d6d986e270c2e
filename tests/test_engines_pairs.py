"""Pairs of languages that no weights were learned on: invented texts with gold (cases/pairs.json)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from support_engines import cases, use

from aligner.engines import ENGINES
from aligner.evaluation import Bead, BeadScores, score_beads
from aligner.text import tokens
from aligner.text.scripts import language_of

ROOT = Path(__file__).parent.parent
Texts = tuple[list[str], list[str], list[Bead]]


def read(row: dict[str, Any], turned: bool) -> Texts:
    """Sentences of both sides and the gold; `turned`: second language first."""
    sides: tuple[list[str], list[str]] = ([], [])
    gold = []
    for bead in row["beads"]:
        numbers = []
        for side, key in zip(sides, ("source", "target"), strict=True):
            numbers.append(tuple(range(len(side), len(side) + len(bead[key]))))
            side += bead[key]
        gold.append(Bead(*(numbers[::-1] if turned else numbers)))
    first, second = sides[::-1] if turned else sides
    return first, second, gold


def scores(engine: str, texts: Texts, languages: Sequence[str]) -> BeadScores:
    source, target, gold = texts
    first, second = languages
    found = ENGINES[engine].beads(source, target, use(), (first, second))
    return score_beads(gold, [Bead(bead.source, bead.target, bead.confidence) for bead in found])


@pytest.mark.parametrize("turned", [False, True], ids=["there", "back"])
@pytest.mark.parametrize("row", cases("pairs.json"))
def test_the_bead_engine_aligns_them(row: dict[str, Any], turned: bool) -> None:
    languages = row["languages"][::-1] if turned else row["languages"]
    found = scores("crf", read(row, turned), languages)
    assert found.strict.f1 >= 0.95
    assert found.lax.f1 >= 0.98


@pytest.mark.parametrize("row", cases("pairs.json"))
def test_meaning_sees_more_than_length(row: dict[str, Any]) -> None:
    texts = read(row, False)
    by_length, by_meaning = (scores(name, texts, row["languages"]).strict.f1 for name in ("galechurch", "crf"))
    assert by_meaning > by_length


@pytest.mark.parametrize("row", cases("pairs.json"))
def test_their_languages_are_recognised(row: dict[str, Any]) -> None:
    source, target, _ = read(row, False)
    assert [language_of("\n".join(side)) for side in (source, target)] == row["languages"]


def test_pairs_are_aligned_without_jieba(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> Any:
        raise AssertionError("jieba was asked")

    monkeypatch.setattr(tokens, "_jieba", refuses)
    (row, *_) = (case.values[0] for case in cases("pairs.json"))
    assert scores("crf", read(row, False), row["languages"]).lax.f1 > 0.9
    assert len(ENGINES["crf"].beads(["Good morning."], ["早上好。"], use(), ("en", "zh"))) == 1


@pytest.mark.parametrize("engine", ["crf", "galechurch"])
def test_another_process_gives_the_same_lines(engine: str, tmp_path: Path) -> None:
    (row, *_) = (case.values[0] for case in cases("pairs.json"))
    source, target, _ = read(row, False)
    for name, side in (("source", source), ("target", target)):
        (tmp_path / name).write_text("".join(f"{sentence}\n" for sentence in side), encoding="utf-8")
    command = [sys.executable, "-m", "aligner", "pair", "source", "target", "--presplit", "--engine", engine]
    lines = set()
    for seed in ("1", "2"):  # sets and dicts of strings have another order under another seed
        given = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "ALIGNER_HOME": str(tmp_path / seed)}
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=given, check=False)
        assert done.returncode == 0, done.stderr
        lines.add(done.stdout)
    assert len(lines) == 1
    assert len(lines.pop().splitlines()) > 20
