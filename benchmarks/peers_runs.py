"""The measurements of `peers.py`: each in processes of its own, one at a time."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bench
from peers_child import PEERS

from aligner.evaluation import Bead, BeadScores, Chapter, score_beads

HERE = Path(__file__).resolve().parent
Found = dict[str, list[Bead]]
"""Chapter -> beads."""


@dataclass(frozen=True)
class Run:
    """One process: seconds of aligning and of all from its start to its end, seconds inside the encoder."""

    seconds: float
    total: float
    encoding: float
    megabytes: float


@dataclass(frozen=True)
class Measured:
    """What one aligner did: its runs, and the beads of the first of them."""

    runs: Sequence[Run]
    beads: Found = field(default_factory=dict)


@dataclass(frozen=True)
class Size:
    """One point of growth: sentences of both sides and the run on them."""

    source: int
    target: int
    run: Run


class FailedRunError(Exception):
    """A process that ended badly; the message is what it said last."""


def environment(threads: int | None) -> dict[str, str]:
    """The environment of a run: so many threads for every numeric library, or as it is."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    plain = {key: value for key, value in os.environ.items() if key not in names}
    return plain | ({name: str(threads) for name in names} if threads else {})


def ask(script: str, *arguments: str, threads: int | None) -> tuple[Any, float]:
    """What a script of this folder prints as JSON, and the seconds from its start to its end."""
    command = [sys.executable, str(HERE / script), *arguments]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(threads))
    total = time.perf_counter() - started
    if done.returncode:
        raise FailedRunError(f"{' '.join(command)}: {(done.stderr.strip() or 'no message').splitlines()[-1]}")
    return json.loads(done.stdout), total


def write_texts(chapters: Iterable[Chapter], folder: Path) -> None:
    """One sentence a line, as `peers_child.py` and `aligner pair --presplit` read them."""
    for chapter in chapters:
        for kind, side in (("source", chapter.source), ("target", chapter.target)):
            lines = (" ".join(sentence.split()) for sentence in side)
            (folder / f"{chapter.name}.{kind}").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def one_run(name: str, folder: Path, threads: int | None, *options: str) -> tuple[Run, Found]:
    said, total = ask("peers_child.py", name, str(folder), *options, threads=threads)
    beads = {key: [Bead(tuple(s), tuple(t), c) for s, t, c in found] for key, found in said["beads"].items()}
    return Run(said["seconds"], total, said["encoding"], said["megabytes"]), beads


def run_peer(name: str, chapters: Sequence[Chapter], repeats: int, threads: int | None, vectors: Path) -> Measured:
    """All chapters, several times, each time in a new process; what runs but once leaves its `vectors`."""
    repeats = min(repeats, PEERS[name].repeats)
    options = ["--cache", str(vectors)] if repeats == 1 else []
    with tempfile.TemporaryDirectory() as folder:
        write_texts(chapters, Path(folder))
        done = [one_run(name, Path(folder), threads, *options) for _ in range(repeats)]
    return Measured([run for run, _ in done], done[0][1])


def held_out(gold: Path, encoder: str, vectors: Path) -> Found:
    """The default engine's beads of each chapter by weights learned from the other chapters."""
    options = ("--encoder", encoder, "--cache", str(vectors), "--json")
    said, _ = ask("held_out.py", str(gold), *options, threads=1)
    return {key: [Bead(tuple(s), tuple(t), c) for s, t, c in found] for key, found in said.items()}


def scores(chapters: Iterable[Chapter], found: Found) -> dict[str, BeadScores]:
    """The scores of each chapter."""
    return {chapter.name: score_beads(chapter.beads, found[chapter.name]) for chapter in chapters}


def pair_command(chapter: Chapter, options: Sequence[str], repeats: int) -> list[bench.Run]:
    """`aligner pair` on one chapter as a person calls it, with an empty cache each time and default threads."""
    runs = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            write_texts([chapter], Path(folder))
            files = [str(Path(folder) / f"{chapter.name}.{kind}") for kind in ("source", "target")]
            runs.append(bench.run(bench.aligner("pair", *files, "--presplit", *options), ALIGNER_HOME=folder))
    if failed := [run.code for run in runs if run.code]:
        raise FailedRunError(f"aligner pair {' '.join(options)} ended with {failed[0]}")
    return runs


def grown(chapters: Sequence[Chapter], size: int) -> Chapter:
    """The chapters one after another, over and over, up to about `size` source sentences, cut between beads."""
    source: list[str] = []
    target: list[str] = []
    while True:
        for chapter in chapters:
            for bead in chapter.beads:
                if len(source) >= size:
                    return Chapter(f"grown{size}", tuple(source), tuple(target), chapter.file)
                source += [chapter.source[n] for n in bead.source]
                target += [chapter.target[n] for n in bead.target]


def growth(chapters: Sequence[Chapter], sizes: Iterable[int], threads: int | None) -> list[Size]:
    """The default engine on longer and longer texts; a sentence that comes again is encoded again."""
    points = []
    for size in sizes:
        chapter = grown(chapters, size)
        with tempfile.TemporaryDirectory() as folder:
            write_texts([chapter], Path(folder))
            run, _ = one_run("crf", Path(folder), threads, "--plain")
        points.append(Size(len(chapter.source), len(chapter.target), run))
    return points


def spread(values: Iterable[float], digits: int = 1) -> str:
    """`9.8 (9.6-11.2)`: median, least and most; one value alone as it is.

    >>> spread([3.0, 1.0, 2.0])
    '2.0 (1.0-3.0)'
    """
    held = sorted(values)
    middle = f"{statistics.median(held):.{digits}f}"
    return middle if len(held) < 2 else f"{middle} ({held[0]:.{digits}f}-{held[-1]:.{digits}f})"
