"""A small corpus, an aligner that needs no model, and ways to run the program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from typer.testing import CliRunner, Result

from aligner import cli
from aligner.engines import Bead, Target
from aligner.model import (
    Absence,
    AbsenceKind,
    Alignment,
    Document,
    Letter,
    Link,
    Mode,
    Segment,
    Side,
    Signature,
    Span,
)

ROOT = Path(__file__).parent.parent

LETTER = "Dear all,\n\nWe close the shop on Friday. Thank you for every year.\n\nPlease come to the party.\n\nAda\n"
ARTICLES = {
    "north.txt": "各位好，\n\n我们周五关店。感谢每一年的陪伴。\n\n请来参加聚会。\n\n阿达\n",
    "south.txt": "大家好，\n\n本店星期五停业。谢谢大家这些年的支持。\n",
}
MANIFEST = """
[[document]]
file = "letter.txt"
[[document]]
file = "north.txt"
title = "关店"
[[document]]
file = "south.txt"
outlet = "South Daily"

[[letter]]
id = "farewell"
title = "Closing the shop"
author = "Ada"
date = "2025-01-31"
language = "en"
[[letter.witnesses]]
id = "w1"
document = "letter.txt"
from = "Dear all,"
to = "Ada"
base = true
[[letter.renderings]]
id = "farewell-north"
document = "north.txt"
outlet = "North Post"
language = "zh-Hans"
[[letter.renderings]]
id = "farewell-south"
document = "south.txt"
language = "zh-Hans"
"""


def write_corpus(folder: Path) -> Path:
    """A corpus of one letter in five sentences and two renderings; `farewell-south` leaves the end out."""
    (folder / "documents").mkdir(parents=True)
    for name, text in {"letter.txt": LETTER, **ARTICLES}.items():
        (folder / "documents" / name).write_text(text, encoding="utf-8")
    (folder / "letters.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


class Sums:
    """An encoder for tests: nothing in it needs a model."""

    signature = "sums/1"

    def encode(self, texts: Sequence[str]) -> Any:
        rows = np.array([[1.0, len(text)] for text in texts], dtype=np.float32).reshape(len(texts), 2)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class ByNumber:
    """Stands in for the engines of pairs: the n-th renders the n-th, what is left over renders nothing."""

    def beads(self, source: Sequence[str], target: Sequence[str], *_: Any) -> tuple[Bead, ...]:
        longest = max(len(source), len(target))
        return tuple(
            Bead((n,) if n < len(source) else (), (n,) if n < len(target) else (), 0.5) for n in range(longest)
        )


def each(align: Callable[..., Alignment]) -> Callable[..., tuple[Alignment, ...]]:
    """`align_articles` made of what aligns one article."""

    def every(letter: Letter, targets: Sequence[Target], encoder: Any, progress: Any = None) -> tuple[Alignment, ...]:
        found = []
        for target in targets:
            if progress is not None:
                progress(target.rendering)
            found.append(
                align(
                    letter,
                    target.document,
                    encoder,
                    rendering=target.rendering,
                    language=target.language,
                    within=target.within,
                )
            )
        return tuple(found)

    return every


def in_order(
    letter: Letter,
    target: Document,
    encoder: Any,
    *,
    rendering: str,
    language: str | None = None,
    within: Span | None = None,
) -> Alignment:
    """Stands in for the engine: the n-th sentence renders the n-th; what is left over is omitted."""
    start, end = (within.start, within.end) if within else (0, len(target.text))
    spans = [m.span() for m in re.finditer(r"[^\s。，][^\n。，]*[。，]?", target.text[start:end])]
    pieces = [
        Segment(f"t{n}", start + a, start + b, target.text[start + a : start + b])
        for n, (a, b) in enumerate(spans[: len(letter.segments)], 1)
    ]
    links = [
        Link(f"l{n}", (source.id,), (piece.id,), Mode.DIRECT, 0.5)
        for n, (source, piece) in enumerate(zip(letter.segments, pieces, strict=False), 1)
    ]
    base = letter.base.document
    return Alignment(
        letter=letter.id,
        rendering=rendering,
        source=Side(base.name, base.sha256, base.text_sha256, letter.language),
        target=Side(
            target.name,
            target.sha256,
            target.text_sha256,
            language or "zh-Hans",
            Span(pieces[0].start, pieces[-1].end) if pieces else None,
        ),
        signature=Signature("0.0", "in-order", encoder.signature),
        source_segments=letter.segments,
        target_segments=tuple(pieces),
        links=tuple(links),
        absences=tuple(Absence(s.id, AbsenceKind.OMITTED, 0.9) for s in letter.segments[len(pieces) :]),
    )


@dataclass(frozen=True)
class Program:
    """The command line in this process, in a folder of its own."""

    folder: Path
    home: Path

    def run(self, *arguments: object, **environment: str) -> Result:
        names = [str(argument) for argument in arguments]
        return CliRunner().invoke(cli.app, names, env={"ALIGNER_HOME": str(self.home), **environment})

    def refuses(self, *arguments: object, code: int = 2) -> str:
        """Run what must fail, and return the one line it prints on stderr."""
        result = self.run(*arguments)
        assert result.exit_code == code, result.output
        assert result.stdout == ""
        lines = result.stderr.splitlines()
        assert len(lines) == 1, result.stderr
        assert lines[0].startswith("aligner: ")
        return lines[0].removeprefix("aligner: ")


def real(*arguments: object, cwd: Path, home: Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """`python -m aligner` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "aligner", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "ALIGNER_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file under `folder` with its bytes and the time of its last change."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
