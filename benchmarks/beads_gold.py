"""Gold sentence alignments (InterText) and the strict and lax scores of vecalign's scorer."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True)
class Chapter:
    """Two texts and the beads a person made: `beads` are (source numbers, target numbers)."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: Beads


def sentences(path: Path) -> dict[str, str]:
    """Sentence id -> text, in order."""
    return {s.get("id", ""): "".join(s.itertext()) for s in ET.parse(path).getroot().iter("s")}


def read_intertext(folder: Path, source: str = "en", target: str = "zh") -> list[Chapter]:
    """Every chapter of a folder of InterText files `*_<source>.xml`, `*_<target>.xml` and their links."""
    chapters = []
    for link_file in sorted(folder.glob("*_*.*_*.xml")):
        group = ET.parse(link_file).getroot()
        to_file, from_file = group.get("toDoc", ""), group.get("fromDoc", "")
        sides = {name.rsplit("_", 1)[1].removesuffix(".xml"): sentences(folder / name) for name in (to_file, from_file)}
        number = {lang: {key: k for k, key in enumerate(held)} for lang, held in sides.items()}
        first, second = (name.rsplit("_", 1)[1].removesuffix(".xml") for name in (to_file, from_file))
        beads = []
        for link in group.iter("link"):
            one, _, other = link.get("xtargets", "").partition(";")
            ids = {first: [number[first][x] for x in one.split()], second: [number[second][x] for x in other.split()]}
            beads.append((tuple(sorted(ids[source])), tuple(sorted(ids[target]))))
        chapters.append(
            Chapter(to_file.split("_")[0], tuple(sides[source].values()), tuple(sides[target].values()), beads)
        )
    return chapters


def _counts(gold: Iterable[tuple], test: Iterable[tuple]) -> tuple[int, int, int]:
    gold_set = {bead for bead in gold if bead[0] or bead[1]}
    partners: dict[int, set[int]] = defaultdict(set)
    for ours, theirs in gold_set:
        for i in ours:
            partners[i].update(theirs)
    strict = lax = total = 0
    for bead in {bead for bead in test if bead[0] or bead[1]}:
        total += 1
        if bead in gold_set:
            strict += 1
            lax += 1
        elif set(bead[1]) & {j for i in bead[0] for j in partners[i]}:
            lax += 1
    return strict, lax, total


def score(pairs: Iterable[tuple[Beads, Beads]]) -> tuple[float, float]:
    """Strict and lax F1 over (gold, test) pairs: precision counts nulls, recall leaves gold nulls out."""
    precision, recall = [0, 0, 0], [0, 0, 0]
    for gold, test in pairs:
        precision = [a + b for a, b in zip(precision, _counts(gold, test), strict=True)]
        full = [[b for b in side if b[0] and b[1]] for side in (test, gold)]
        recall = [a + b for a, b in zip(recall, _counts(*full), strict=True)]
    out = []
    for k in (0, 1):
        p, r = precision[k] / max(1, precision[2]), recall[k] / max(1, recall[2])
        out.append(2 * p * r / (p + r) if p + r else 0.0)
    return out[0], out[1]
