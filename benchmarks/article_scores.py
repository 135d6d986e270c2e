"""Articles judged against their gold: links, modes, absences, confidences, and the report about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from aligner.engines.article.decode import Curve, Decoded
from aligner.engines.article.modes import modes
from aligner.engines.article.pieces import pieces
from aligner.evaluation.calibration import BINS, calibration

PUNCT = set(" \n\t\u3000,.;:!?，。；：！？、“”\"'‘’()（）[]【】*_-—–…·《》「」『』")
RANK = {"direct": 0, "indirect": 1, "fragment": 2}
RIGHT = 0.5  # share of a link's pairs from which the link counts as right
WHOLE, SPARSE = 0.85, 0.2  # share of sentences of a full translation; share of characters of an essay's quotations


@dataclass(frozen=True)
class Link:
    """A link's letter, the probability the model gives it, and the share of its pairs that are right."""

    letter: str
    chance: float
    share: float


@dataclass(frozen=True)
class Judged:
    """Pairs of sentence and character right, wrong and missed; the rest of what is counted."""

    right: int
    wrong: int
    missed: int
    links: tuple[Link, ...]
    modes_right: int
    modes: int
    absence_f1: float

    @property
    def f1(self) -> float:
        return f1(self.right, self.wrong, self.missed)

    def __str__(self) -> str:
        modes = f"{self.modes_right}/{self.modes}"
        counts = f"({self.right}, {self.wrong}, {self.missed})"
        return f"F1 {self.f1:.3f} {counts:18s} modes {modes:6s} absences {self.absence_f1:.2f}"


def f1(right: float, wrong: float, missed: float) -> float:
    """1 where there is nothing to find and nothing is found."""
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0


def judge(sample: Any, decoded: Decoded) -> Judged:
    """What the engine makes of one article, against its gold."""
    found = modes(decoded.emissions, sample.evidence, sample.text)
    pairs: set[tuple[int, int]] = set()
    links, best = [], {}
    for emission, mode in zip(decoded.emissions, found, strict=True):
        own = {
            (i, c)
            for span in pieces(emission, sample.evidence.atoms, sample.text)
            for c in range(span.start, span.end)
            if sample.text[c] not in PUNCT
            for i in range(emission.first, emission.last)
        } - sample.soft
        pairs |= own
        if own:
            links.append(Link(sample.letter, emission.confidence, len(own & sample.firm) / len(own)))
        for i in {i for i, _ in own}:
            best[i] = min(best.get(i, "fragment"), str(mode), key=lambda m: RANK[m])
    firm = {i for i, _ in sample.firm}
    judged = set(range(sample.lattice.sources)) - ({i for i, _ in sample.soft} - firm)
    absent, missing = judged - firm, judged - set(best)
    both = firm & set(best)
    return Judged(
        len(pairs & sample.firm),
        len(pairs - sample.firm),
        len(sample.firm - pairs),
        tuple(links),
        sum(sample.modes[i] == best[i] for i in both),
        len(both),
        f1(len(absent & missing), len(missing - absent), len(absent - missing)),
    )


def calibrated(links: Sequence[Link]) -> Curve:
    """The curve under which the shares of right pairs are likeliest (Platt 2000, with shares for yes and no)."""
    chance = np.clip([link.chance for link in links], 1e-4, 1 - 1e-4)
    odds, share = np.log(chance / (1 - chance)), np.array([link.share for link in links])

    def cost(line: Any) -> float:
        mean = np.clip(1 / (1 + np.exp(-(line[0] * odds + line[1]))), 1e-9, 1 - 1e-9)
        return float(-(share * np.log(mean) + (1 - share) * np.log(1 - mean)).sum() + (line[0] - 1) ** 2 + line[1] ** 2)

    slope, shift = minimize(cost, np.array([1.0, 0.0])).x
    return Curve(float(slope), float(shift))


def kind_of(sample: Any) -> str:
    """What kind of article it is, by its gold."""
    if "!" in sample.rendering:
        return "about other letters"
    if not sample.firm:
        return "nothing rendered"
    if len({i for i, _ in sample.firm}) >= WHOLE * sample.lattice.sources:
        return "full translations"
    if len({c for _, c in sample.firm}) < SPARSE * sum(c not in PUNCT for c in sample.text):
        return "essays, digests"
    return "Traditional, partial" if sample.evidence.languages[1] == "zh-Hant" else "news, excerpts"


def report(judged: Sequence[tuple[Any, Judged]]) -> None:
    """Print the figures per kind of article, of all, and the reliability of confidences."""
    kinds: dict[str, list[Judged]] = {}
    for sample, found in judged:
        kinds.setdefault(kind_of(sample), []).append(found)
    real = [found for sample, found in judged if "!" not in sample.rendering]
    for name, group in [*sorted(kinds.items()), ("all but other letters", real), ("all", [f for _, f in judged])]:
        counts = [sum(getattr(f, k) for f in group) for k in ("right", "wrong", "missed")]
        modes = sum(f.modes_right for f in group) / max(1, sum(f.modes for f in group))
        absent = float(np.mean([f.absence_f1 for f in group]))
        figures = f"link F1 {f1(*counts):.3f}  mode {modes:.3f}  absence F1 {absent:.3f}"
        print(f"{name:22s} {len(group):3d} articles  {figures}")
    links = [link for found in real for link in found.links]
    own = {name: calibrated([k for k in links if k.letter != name]) for name in {k.letter for k in links}}
    reliability([(own[link.letter](link.chance), link.share) for link in links])


def reliability(links: Sequence[tuple[float, float]]) -> None:
    """Per tenth of confidence: links, mean confidence, share right, share of right pairs; and the expected error."""
    held = calibration([(confidence, share >= RIGHT) for confidence, share in links])
    print("confidence  links  mean   right  pairs right")
    for k, each in enumerate(held.bins):
        if each.count:
            pairs = np.mean([s for c, s in links if min(int(c * BINS), BINS - 1) == k])
            edges = f"{k / BINS:.1f}-{(k + 1) / BINS:.1f}"
            print(f"{edges}  {each.count:9d}  {each.confidence:.3f}  {each.accuracy:.3f}  {pairs:.3f}")
    print(f"expected calibration error {held.error:.3f} over {held.count} links")
