"""Run the checks over letters with gold, on gold links or on the engine's own, and score the findings.

    python benchmarks/check_letters.py benchmarks/letters --links gold
    python benchmarks/check_letters.py benchmarks/letters --links own --out /tmp/checked

For each letter, each check and in sum: how many planted errors were met (spans overlapping by a quarter of
their union on one side), and how many findings met a planted divergence. `--show` lists what was missed and
what was flagged without one. With `--out` the alignment files are kept.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from gold_links import folders, read_gold

from aligner import home
from aligner.checks import select
from aligner.encoders import open_encoder
from aligner.engines import align_article
from aligner.formats import alignment_json
from aligner.model import Alignment, Finding, Severity
from aligner.pipeline import check_letter

STRICT = 0.25


def iou(a: tuple[int, int], b: tuple[int, int]) -> float:
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common else 0.0


def meets(finding: Finding, planted: dict[str, Any]) -> bool:
    """Whether a finding stands where a planted divergence is."""
    for side, key in ((finding.target, "zh"), (finding.source, "en")):
        there = side and planted[f"{key}_span"]
        if there and iou((side.start, side.end), (planted[f"{key}_start"], planted[f"{key}_end"])) >= STRICT:
            return True
    return False


class Tally:
    """Counts over letters."""

    def __init__(self) -> None:
        self.met: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.flagged: Counter[str] = Counter()
        self.variants = 0
        self.lines: list[str] = []

    def add(self, alignment: Alignment, gold: dict[str, Any], omitted: list[tuple[int, int]]) -> None:
        divergences = [d for d in gold["divergences"] if d["rendering"] == alignment.rendering]
        variants = [(v["zh_start"], v["zh_end"]) for a in gold["acceptable_variants"] for v in a["variants"]
                    if v["rendering"] == alignment.rendering]  # fmt: skip
        finds = [f for f in alignment.findings if f.severity is not Severity.INFO]
        for d in divergences:
            if not d["is_error"]:
                continue
            met = [f for f in finds if meets(f, d)]
            groups = ["all", d["detectable_by"], d["category"]]
            groups += ["major+"] if d["severity"] != "minor" else []
            groups += ["auto+lexicon"] if d["detectable_by"] in {"auto", "lexicon"} else []
            self.all.update(groups)
            if met:
                self.met.update(groups)
            else:
                self.lines.append(f"MISSED {alignment.rendering} {d['severity']} {d['category']} {d['detectable_by']}: "
                                  f"{d['en_span']!r} / {d['zh_span']!r} ({d['explanation']})")  # fmt: skip
        taken: set[int] = set()
        for f in finds:
            if f.source and not f.target and any(iou((f.source.start, f.source.end), o) >= 0.5 for o in omitted):
                continue
            groups = ["all", f.check]
            self.flagged.update(groups)
            match = next((k for k, d in enumerate(divergences) if k not in taken and meets(f, d)), None)
            if match is not None:
                taken.add(match)
                self.right.update(groups)
                if not divergences[match]["is_error"]:
                    self.lines.append(f"ALLOWED {alignment.rendering} {_line(f)}")
                continue
            if f.target and any(max(0, min(f.target.end, b) - max(f.target.start, a)) for a, b in variants):
                self.variants += 1
                self.lines.append(f"VARIANT {alignment.rendering} {_line(f)}")
            self.lines.append(f"ALARM {alignment.rendering} {_line(f)}")

    def report(self) -> None:
        for group in sorted(self.all):
            print(_share("recall", group, self.met[group], self.all[group]))
        for group in sorted(self.flagged):
            print(_share("precision", group, self.right[group], self.flagged[group]))
        print(f"findings on accepted variants {self.variants}")


def _share(what: str, group: str, part: int, whole: int) -> str:
    return f"{what:9s} {group:45s} {part:3d}/{whole:3d} {part / whole:.2f}"


def _line(f: Finding) -> str:
    return (f"{f.check} {f.severity.value} {f.score:.2f} {f.source.text if f.source else None!r} / "
            f"{f.target.text if f.target else None!r} {f.evidence}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("letters", type=Path, nargs="+")
    parser.add_argument("--links", choices=("gold", "own"), default="gold")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    encoder = open_encoder("use", cache=home.vectors_dir())
    tally, spent = Tally(), 0.0
    for folder in folders(options.letters):
        letter, articles, alignments = read_gold(folder)
        if options.links == "own":
            alignments = tuple(
                align_article(letter, articles[a.rendering], encoder, rendering=a.rendering) for a in alignments
            )
        started = time.perf_counter()
        checked = check_letter(letter, alignments, articles, encoder, checks=select(options.only))
        spent += time.perf_counter() - started
        gold = json.loads((folder / "gold" / "divergences.json").read_text("utf-8"))
        renderings = json.loads((folder / "gold" / "renderings.json").read_text("utf-8"))["renderings"]
        sources = json.loads((folder / "gold" / "source_sentences.json").read_text("utf-8"))[letter.id]["sentences"]
        for alignment in checked.alignments:
            gone = set(renderings[alignment.rendering]["omitted"])
            tally.add(alignment, gold, [(s["start"], s["end"]) for s in sources if s["id"] in gone])
            if options.out:
                options.out.mkdir(parents=True, exist_ok=True)
                (options.out / f"{alignment.rendering}.json").write_text(alignment_json.dumps(alignment), "utf-8")
    if options.show:
        print("\n".join(sorted(tally.lines)))
    tally.report()
    print(f"{spent:.1f} s of checking")


if __name__ == "__main__":
    main()
