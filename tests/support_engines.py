"""The real encoder, loaded once; small letters and articles; slow and obviously right sums over paths."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from aligner.documents import read
from aligner.encoders import Encoder, open_encoder
from aligner.engines import align_article
from aligner.engines.article.lattice import GAPS, JUMPS, Lattice
from aligner.model import Alignment, Document, Letter, Witness
from aligner.witnesses import read_letter

CASES = Path(__file__).parent / "cases"


@cache
def use() -> Encoder:
    """The default encoder; what it has encoded stays in memory."""
    return open_encoder("use")


def cases(name: str, key: str | None = None) -> list[Any]:
    """The rows of a case file (under `key`) as parameters; one with `fails` is a strict known failure."""
    held = json.loads((CASES / name).read_text(encoding="utf-8"))
    rows = held[key] if key else held
    return [
        pytest.param(
            row,
            id=row["label"],
            marks=[pytest.mark.xfail(strict=True, reason=row["fails"])] if "fails" in row else [],
        )
        for row in rows
    ]


def letter_of(text: str) -> Letter:
    """A letter that is all of `text`."""
    document = read("letter.txt", text.encode("utf-8"))
    end = len(text.rstrip())
    return read_letter("letter", [Witness("w1", document, 0, end)])


def article_of(text: str) -> Document:
    """An article as it would be read from a file."""
    return read("article.txt", text.encode("utf-8"))


def align(letter: str, article: str, **settings: Any) -> Alignment:
    """The alignment of a letter with an article, both given as text."""
    return align_article(letter_of(letter), article_of(article), use(), rendering="r", **settings)


def random_article(
    seed: int, atoms: int, sources: int, count: int
) -> tuple[Lattice, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """A lattice with `count` candidates, one score each, and weights of jumps."""
    rng = np.random.default_rng(seed)
    runs = [(a, b) for a in range(atoms) for b in range(a + 1, atoms + 1)]
    sides = [(i, j) for i in range(sources) for j in range(i + 1, sources + 1)]
    every = [(run, side) for run in runs for side in sides]
    chosen = sorted(every[k] for k in rng.choice(len(every), size=min(count, len(every)), replace=False))
    columns = np.array([[*run, *side] for run, side in chosen], dtype=np.int64).reshape(-1, 4).T
    new_block = rng.random(atoms) < 0.4
    new_block[:1] = True
    made = Lattice(atoms, sources, *columns, features=np.zeros((len(chosen), 1)), new_block=new_block)
    return made, rng.normal(size=len(chosen)) * 2, rng.normal(size=(len(JUMPS), GAPS))


class Random:
    """An encoder without a model: one random unit vector per text, always the same."""

    signature = "random/1"

    def encode(self, texts: Sequence[str]) -> Any:
        out = np.zeros((len(texts), 16), dtype=np.float32)
        for k, text in enumerate(texts):
            if text.strip():
                out[k] = np.random.default_rng(list(text.encode("utf-8"))).normal(size=16)
                out[k] /= np.linalg.norm(out[k])
        return out


def segmentations(n: int, m: int, kinds: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Every way to cut `n` and `m` sentences into beads of the given types, as `(i, j, type)`."""

    def onward(i: int, j: int) -> Iterator[list[tuple[int, int, int]]]:
        if (i, j) == (n, m):
            yield []
            return
        for t, (a, b) in enumerate(kinds):
            if i + a <= n and j + b <= m:
                for rest in onward(i + a, j + b):
                    yield [(i, j, t), *rest]

    return onward(0, 0)
