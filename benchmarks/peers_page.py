"""What `peers.py` measured, as a page of Markdown and a drawing; no number in it that was not measured."""

from __future__ import annotations

import datetime
import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import bench
from peers_child import PEERS
from peers_runs import Measured, Size, spread

from aligner import __version__
from aligner.evaluation import BeadScores, Calibration

CORPUS = "https://github.com/bfsujason/mac"
DRAWING = "reliability.svg"


@dataclass
class Results:
    """Everything measured; what was not asked for stays empty."""

    command: str
    gold: str
    threads: int
    scores: dict[str, dict[str, BeadScores]] = field(default_factory=dict)  # peer -> chapter -> scores
    costs: dict[str, Measured] = field(default_factory=dict)
    chapter: str = ""
    pairs: dict[str, Sequence[bench.Run]] = field(default_factory=dict)  # options -> runs
    sizes: Sequence[Size] = ()
    missing: dict[str, str] = field(default_factory=dict)  # peer -> install line


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown; all columns but the first are numbers.

    >>> print(table(["a", "b"], [["x", "1"]]))
    | a | b |
    |---|---:|
    | x | 1 |
    """
    ruler = "|---|" + "---:|" * (len(head) - 1)
    return "\n".join([f"| {' | '.join(head)} |", ruler, *(f"| {' | '.join(row)} |" for row in rows)])


def total(scores: dict[str, BeadScores]) -> BeadScores:
    return sum(scores.values(), BeadScores())


def page(results: Results) -> str:
    """The whole page."""
    parts = [HEAD.format(command=results.command), machine(results), missing(results)]
    if results.scores:
        parts += [ACCURACY.format(gold=results.gold, corpus=CORPUS), accuracy(results), chapters(results)]
    if results.costs:
        parts += [COSTS.format(threads=results.threads), costs(results)]
    if results.pairs:
        parts += [PAIR.format(chapter=results.chapter), pairs(results)]
    if results.sizes:
        parts += [GROWTH, growth(results)]
    if "crf" in results.scores:
        parts.append(confidence(total(results.scores["crf"]).calibration))
    return "\n\n".join(part for part in parts if part) + "\n"


def machine(results: Results) -> str:
    """Versions of all that ran, and what it ran on."""
    names = [*bench.PACKAGES[:4], *(d for name in results.costs for d in PEERS[name].distributions)]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    return (
        f"{datetime.datetime.now(tz=datetime.UTC):%d %B %Y}. {processor()}; {bench.machine()} at the end; "
        f"Python {platform.python_version()}; letter-aligner {__version__}, {versions}."
    )


def processor() -> str:
    """The processor's name where the system tells it."""
    found = re.search(r"model name\s*: (.*)", information.read_text()) if (information := CPUINFO).exists() else None
    return found[1] if found else platform.processor() or "unknown processor"


CPUINFO = Path("/proc/cpuinfo")


def missing(results: Results) -> str:
    rows = [f"- {PEERS[name].title} is **missing** from this run: {line}" for name, line in results.missing.items()]
    return "\n".join(rows)


def accuracy(results: Results) -> str:
    rows = []
    for name, scores in results.scores.items():
        one, peer = total(scores), PEERS[name]
        encoder = "none" if peer.blind else peer.encoder
        rows.append([peer.title, encoder, *(f"{t.f1:.3f}" for t in (one.strict, one.lax, one.null))])
    return table(["aligner", "encoder", "strict F1", "lax F1", "null F1"], rows)


def chapters(results: Results) -> str:
    """Strict F1 of each chapter."""
    names = list(next(iter(results.scores.values())))
    rows = [
        [PEERS[peer].title, *(f"{scores[name].strict.f1:.3f}" for name in names)]
        for peer, scores in results.scores.items()
    ]
    return "Strict F1 by chapter:\n\n" + table(["aligner", *(name.rpartition(".")[2] for name in names)], rows)


def costs(results: Results) -> str:
    """Time and memory of each aligner, and how many times those of ours they are."""
    head = ["aligner", "runs", "s without start-up", "of these in the encoder", "s with start-up", "peak MB"]
    rows = []
    for name, done in results.costs.items():
        runs = done.runs
        columns = ([r.seconds for r in runs], [r.encoding for r in runs], [r.total for r in runs])
        memory = spread([r.megabytes for r in runs], 0)
        rows.append([PEERS[name].title, str(len(runs)), *(spread(column) for column in columns), memory])
    return table(head, rows)


def pairs(results: Results) -> str:
    rows = []
    for options, runs in results.pairs.items():
        columns = (("seconds", 2), ("processor", 2), ("megabytes", 0))
        numbers = [spread([getattr(run, key) for run in runs], digits) for key, digits in columns]
        rows.append([f"`aligner pair SRC TGT --presplit{options}`", *numbers])
    return table(["command", "s, start to end", "s of processor", "peak MB"], rows)


def growth(results: Results) -> str:
    head = ["sentences", "s in all", "s without the encoder", "ms a sentence without", "peak MB"]
    rows = []
    for size in results.sizes:
        rest = size.run.seconds - size.run.encoding
        each = 1000 * rest / max(1, size.source)
        numbers = [f"{size.run.seconds:.1f}", f"{rest:.1f}", f"{each:.2f}", f"{size.run.megabytes:.0f}"]
        rows.append([f"{size.source} against {size.target}", *numbers])
    return table(head, rows)


def confidence(found: Calibration) -> str:
    """Reliability as a table and a drawing, and the expected calibration error."""
    rows = [
        [f"{n / 10:.1f} to {(n + 1) / 10:.1f}", str(one.count), f"{one.confidence:.3f}", f"{one.accuracy:.3f}"]
        for n, one in enumerate(found.bins)
        if one.count
    ]
    shown = table(["confidence", "beads", "mean confidence", "share of right ones"], rows)
    return CONFIDENCE.format(error=found.error or 0.0, count=found.count, table=shown, drawing=DRAWING)


def drawing(found: Calibration, side: int = 320, edge: int = 48) -> str:
    """The reliability diagram as SVG: a dot per bin, its area by the number of beads; right is on the diagonal."""

    def at(x: float, y: float) -> tuple[float, float]:
        return round(edge + x * side, 1), round(edge / 2 + (1 - y) * side, 1)

    shapes = []
    for n in range(0, 11, 2):
        (x, low), (left, y) = at(n / 10, 0), at(0, n / 10)
        shapes.append(f'<path d="M{x} {low}V{low - side}M{left} {y}H{left + side}" stroke="#ddd"/>')
        shapes.append(f'<text x="{x}" y="{low + 16}" text-anchor="middle">{n / 10:.1f}</text>')
        shapes.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{n / 10:.1f}</text>')
    start, end = at(0, 0), at(1, 1)
    shapes.append(f'<path d="M{start[0]} {start[1]}L{end[0]} {end[1]}" stroke="#888" stroke-dasharray="4 4"/>')
    most = max((one.count for one in found.bins), default=1) or 1
    for one in found.bins:
        if one.count:
            x, y = at(one.confidence, one.accuracy)
            radius = 3 + 11 * (one.count / most) ** 0.5
            shapes.append(f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="#1f6f8b" fill-opacity="0.7"/>')
    middle, width, height = edge + side / 2, side + edge + 24, side + 2 * edge
    shapes.append(f'<text x="{middle}" y="{height - 26}" text-anchor="middle">mean confidence</text>')
    turned = f'transform="rotate(-90 12 {edge / 2 + side / 2})"'
    shapes.append(f'<text x="12" y="{edge / 2 + side / 2}" text-anchor="middle" {turned}>share of right beads</text>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    background = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    return f'{head} font-family="sans-serif" font-size="12">\n{background}\n' + "\n".join(shapes) + "\n</svg>\n"


HEAD = """# Benchmarks

How the aligners for two lists of sentences compare: one run, one machine, one encoder. This page is written by
`benchmarks/peers.py`; every number in it was measured by this command, nothing is copied from elsewhere.

```sh
{command}
```"""
ACCURACY = """## Accuracy

Gold: {gold}. MAC-Dev, six literary chapters in English and Chinese, is public under the GPL-3.0 at <{corpus}>; it is
not part of this program. Strict, lax and null F1 are defined in [evaluation.md](evaluation.md). The other aligners
are not trained. Ours is, on this very corpus, so its rows are cross-validation: each chapter is judged by weights
learned from the other chapters (`benchmarks/held_out.py`), never by the packaged ones."""
COSTS = """## Time and memory

All chapters one after another in one process, {threads} thread for every numeric library, median (least-most) of
the runs, each run a new process. Without start-up: from the moment that libraries and models are loaded to the last
bead; no vector is known before. With start-up: from the start of the process to its end. The joined windows of
Vecalign and Bertalign are encoded as text, as these programs do; ours reads each sentence once, in pieces. Peak
memory is the resident set of the process (MB = 10^6 bytes)."""
PAIR = """## One chapter from a cold start

{chapter}, with an empty cache, threads as the libraries choose them: what a person waits for who types the command."""
GROWTH = """## Long texts

`crf` on the chapters one after another, repeated until the text is as long as stated. A sentence that comes again is
encoded again."""
CONFIDENCE = """## Confidence

Held-out beads of `crf` by their confidence (which is the probability the model gives the bead), and how many of them
stand in the gold exactly so. Expected calibration error over ten bins: **{error:.3f}**, {count} beads.

{table}

![Reliability diagram: share of right beads by confidence](images/{drawing})"""


def write(results: Results, out: Path) -> None:
    """Write the page to `out`, and the drawing to `images/` beside it."""
    images = out.parent / "images"
    images.mkdir(parents=True, exist_ok=True)
    if "crf" in results.scores:
        found = total(results.scores["crf"]).calibration
        (images / DRAWING).write_text(drawing(found), encoding="utf-8")
    out.write_text(page(results), encoding="utf-8", newline=os.linesep)
