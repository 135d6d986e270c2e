"""Precision and recall of each check on gold, into the package and docs/checks.md.

    python benchmarks/measure_checks.py benchmarks/letters

Runs all checks over the letters with gold links and with the engine's own, all renderings of a letter
together. A finding is right when its span meets a planted divergence that no other finding has met
(a quarter of the union of both, on either side); findings with severity `info` are not counted, nor
whole sentences that the article left out. Recall of a check: planted errors that it met first or that
were joined to a finding it had a part in, of all planted errors.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from check_letters import meets
from gold_links import folders, read_gold

from aligner import home
from aligner.checks import CHECKS
from aligner.encoders import open_encoder
from aligner.engines import align_article
from aligner.model import Severity
from aligner.pipeline import check_letter

ROOT = Path(__file__).parent.parent


class Count:
    """Findings, right ones, and errors met, by check."""

    def __init__(self) -> None:
        self.flagged: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.met: Counter[str] = Counter()
        self.groups: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()

    def add(self, findings: tuple, planted: list[dict], left_out: list[tuple[int, int]]) -> None:
        counted = [f for f in findings if f.severity is not Severity.INFO]
        for d in planted:
            if not d["is_error"]:
                continue
            groups = ["all", d["detectable_by"], *(["major"] if d["severity"] != "minor" else [])]
            self.errors.update(groups)
            met = [f for f in counted if meets(f, d)]
            if met:
                self.groups.update(groups)
            self.met.update({name for f in met for name in (f.check, *f.evidence.get("also", ()))})
        taken: set[int] = set()
        for f in counted:
            if (
                f.source
                and not f.target
                and any(f.source.start <= a + 5 and b - 5 <= f.source.end for a, b in left_out)
            ):
                continue
            self.flagged.update(["all", f.check])
            match = next((k for k, d in enumerate(planted) if k not in taken and meets(f, d)), None)
            if match is not None:
                taken.add(match)
                self.right.update(["all", f.check])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("letters", type=Path, nargs="+")
    options = parser.parse_args()
    encoder = open_encoder("use", cache=home.vectors_dir())
    counts = {"gold": Count(), "own": Count()}
    for folder in folders(options.letters):
        letter, articles, gold_made = read_gold(folder)
        own = tuple(align_article(letter, articles[a.rendering], encoder, rendering=a.rendering) for a in gold_made)
        planted = json.loads((folder / "gold" / "divergences.json").read_text("utf-8"))["divergences"]
        renderings = json.loads((folder / "gold" / "renderings.json").read_text("utf-8"))["renderings"]
        sources = json.loads((folder / "gold" / "source_sentences.json").read_text("utf-8"))[letter.id]["sentences"]
        for name, alignments in (("gold", gold_made), ("own", own)):
            for alignment in check_letter(letter, alignments, articles, encoder).alignments:
                gone = set(renderings[alignment.rendering]["omitted"])
                counts[name].add(
                    alignment.findings,
                    [d for d in planted if d["rendering"] == alignment.rendering],
                    [(s["start"], s["end"]) for s in sources if s["id"] in gone],
                )
    write(counts)


def write(counts: dict[str, Count]) -> None:
    """The figures into `measured.json` and the table of docs/checks.md."""
    held = {}
    total = counts["gold"].errors["all"]
    rows = [
        f"| check | right of flagged, gold links | errors met of {total} | right of flagged, own links |",
        "|---|---|---|---|",
    ]
    for name in [*CHECKS, "all"]:
        gold, own = counts["gold"], counts["own"]
        right, flagged = gold.right[name], gold.flagged[name]
        met = gold.groups["all"] if name == "all" else gold.met[name]
        line = (
            f"On the letters of benchmarks/: {right} of {flagged} findings right, {met} of {total} planted errors met."
        )
        if name != "all":
            held[name] = {"right": right, "flagged": flagged, "met": met, "errors": total, "line": line}
        rows.append(f"| {name} | {right} of {flagged} | {met} | {own.right[name]} of {own.flagged[name]} |")
    groups = ["| planted errors | met, gold links | met, own links | of |", "|---|---|---|---|"]
    groups += [
        f"| {group} | {counts['gold'].groups[group]} | {counts['own'].groups[group]} | {counts['gold'].errors[group]} |"
        for group in ("all", "major", "auto", "lexicon", "model", "human")
    ]
    text = "\n".join([*rows, "", *groups])
    (ROOT / "aligner" / "checks" / "measured.json").write_text(json.dumps(held, indent=1) + "\n", "utf-8")
    docs = ROOT / "docs" / "checks.md"
    marked = re.sub(
        r"(<!-- figures -->\n).*?(<!-- /figures -->)",
        lambda m: m[1] + text + "\n" + m[2],
        docs.read_text("utf-8"),
        flags=re.S,
    )
    docs.write_text(marked, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
