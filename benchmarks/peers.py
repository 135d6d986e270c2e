"""Measures the aligners for two lists of sentences side by side and writes docs/benchmarks.md.

    python benchmarks/peers.py FOLDER_OF_INTERTEXT

or `make peers GOLD=FOLDER_OF_INTERTEXT PYTHON=python3.12`, which installs the peers first (Bertalign brings PyTorch,
some gigabytes, and needs Python 3.12). A peer that is not installed is named as missing in the page. The gold is
read, never copied; MAC-Dev is at https://github.com/bfsujason/mac.
"""

from __future__ import annotations

import argparse
import importlib.util
import shlex
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import peers_runs as runs
from peers_child import PEERS
from peers_page import Results, total, write

from aligner.evaluation import Chapter, read_folder

ROOT = Path(__file__).resolve().parent.parent
TRAINED = {"crf": "use", "accurate": "use+e5"}
"""Aligners that were trained on MAC-Dev -> their encoder."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def wanted(names: Sequence[str], results: Results) -> list[str]:
    """The peers that can run; the others are noted as missing."""
    results.missing = {name: PEERS[name].install for name in names if PEERS[name].missing}
    for name, line in results.missing.items():
        say(f"{name} is missing: {line}")
    return [name for name in names if name not in results.missing]


def compare(names: Sequence[str], chapters: Sequence[Chapter], given: argparse.Namespace, results: Results) -> None:
    """Run every peer on everything; score those that need no training."""
    for name in names:
        say(f"{name}: runs")
        results.costs[name] = measured = runs.run_peer(
            name, chapters, given.repeats, given.threads, given.vectors / name
        )
        say(f"  {runs.spread(run.seconds for run in measured.runs)} s")
        if name not in TRAINED:
            results.scores[name] = runs.scores(chapters, measured.beads)


def validate(names: Sequence[str], chapters: Sequence[Chapter], given: argparse.Namespace, results: Results) -> None:
    """Score what was trained, by cross-validation."""
    for name in names:
        if name in TRAINED:
            say(f"{name}: cross-validation")
            found = runs.held_out(given.gold, TRAINED[name], given.vectors / name)
            results.scores[name] = runs.scores(chapters, found)
    for name, scores in results.scores.items():
        say(f"{name}: strict {total(scores).strict.f1:.4f}, lax {total(scores).lax.f1:.4f}")


def pairs(names: Sequence[str], chapters: Sequence[Chapter], given: argparse.Namespace, results: Results) -> None:
    """`aligner pair` on one chapter with each engine of the registry that is among the peers."""
    named = [chapter for chapter in chapters if chapter.name.endswith(given.chapter)]
    chapter = named[0] if named else max(chapters, key=lambda one: len(one.source) + len(one.target))
    results.chapter = f"{chapter.name}, {len(chapter.source)} against {len(chapter.target)} sentences"
    for name, options in {"crf": [], "bertalign": ["--engine", "bertalign"], "accurate": ["--accurate"]}.items():
        if name in names:
            say(f"aligner pair {' '.join(options)}")
            shown = "".join(f" {option}" for option in options)
            results.pairs[shown] = runs.pair_command(chapter, options, min(given.repeats, PEERS[name].repeats))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder of InterText files: texts and links")
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS), metavar="NAME")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each (3); what takes minutes runs once")
    parser.add_argument("--threads", type=int, default=1, help="threads of numeric libraries (1)")
    parser.add_argument("--sizes", type=int, nargs="*", default=[2500, 5000, 10000, 20000], help="growth of crf")
    parser.add_argument("--chapter", default="003", help="end of the name of the chapter for `aligner pair`")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    chapters = read_folder(given.gold)
    if not chapters:
        sys.exit(f"{given.gold} holds no InterText link files")
    sentences = [sum(len(getattr(chapter, side)) for chapter in chapters) for side in ("source", "target")]
    called = ["python", "benchmarks/peers.py", "FOLDER_OF_INTERTEXT", *sys.argv[1:]]
    called = [word for word in called if word != "--out" and Path(word) not in (given.gold, given.out)]
    gold = f"{len(chapters)} chapters, {sentences[0]} against {sentences[1]} sentences"
    results = Results(shlex.join(called), gold, given.threads)
    names = wanted(given.peers, results)
    trained = [name for name in names if name in TRAINED]
    if trained and importlib.util.find_spec("scipy") is None:
        sys.exit("learning needs SciPy: pip install 'letter-aligner[train]'")
    with tempfile.TemporaryDirectory() as folder:
        given.vectors = Path(folder)
        compare(names, chapters, given, results)
        validate(names, chapters, given, results)
    pairs(names, chapters, given, results)
    if "crf" in names and given.sizes:
        say("growth")
        results.sizes = runs.growth(chapters, given.sizes, given.threads)
    results.scores = {name: results.scores[name] for name in names}
    write(results, given.out)
    say(f"{given.out} is written")


if __name__ == "__main__":
    main()
