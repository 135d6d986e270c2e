"""Articles judged against their gold: links, modes, absences, confidences, and the report about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.engines.article.decode import Curve, Decoded
from aligner.engines.article.modes import modes
from aligner.engines.article.pieces import pieces
from aligner.evaluation.calibration import BINS, calibration
from aligner.model import Mode
from aligner.training.article_gold import PUNCTUATION, Pair, Sample
from aligner.training.fit import Floats, least_of_few

RANK = (Mode.DIRECT, Mode.INDIRECT, Mode.FRAGMENT)
"""Of several links of a sentence the mode that stands first counts."""
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
        """Of the links, by characters."""
        return f1(self.right, self.wrong, self.missed)

    def __str__(self) -> str:
        counts = f"({self.right}, {self.wrong}, {self.missed})"
        modes_right = f"{self.modes_right}/{self.modes}"
        return f"F1 {self.f1:.3f} {counts:18s} modes {modes_right:6s} absences {self.absence_f1:.2f}"


Figures = Sequence[tuple[Sample, Judged]]


def f1(right: float, wrong: float, missed: float) -> float:
    """1 where there is nothing to find and nothing is found."""
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0


def judge(sample: Sample, decoded: Decoded) -> Judged:
    """What the engine makes of one article, against its gold."""
    pairs: set[Pair] = set()
    links: list[Link] = []
    best: dict[int, Mode] = {}
    found = modes(decoded.emissions, sample.evidence, sample.text)
    for emission, mode in zip(decoded.emissions, found, strict=True):
        own = {
            (i, c)
            for span in pieces(emission, sample.evidence.atoms, sample.text)
            for c in range(span.start, span.end)
            if sample.text[c] not in PUNCTUATION
            for i in range(emission.first, emission.last)
        } - sample.soft
        pairs |= own
        if own:
            links.append(Link(sample.letter, emission.confidence, len(own & sample.firm) / len(own)))
        for i in {i for i, _ in own}:
            best[i] = min(best.get(i, Mode.FRAGMENT), mode, key=RANK.index)
    firm = {i for i, _ in sample.firm}
    both = firm & best.keys()
    return Judged(
        right=len(pairs & sample.firm),
        wrong=len(pairs - sample.firm),
        missed=len(sample.firm - pairs),
        links=tuple(links),
        modes_right=sum(sample.modes[i] == best[i] for i in both),
        modes=len(both),
        absence_f1=_absences(sample, set(best)),
    )


def _absences(sample: Sample, found: set[int]) -> float:
    """F1 of the sentences without rendering; those that the gold leaves open are not judged."""
    firm = {i for i, _ in sample.firm}
    judged = set(range(sample.lattice.sources)) - ({i for i, _ in sample.soft} - firm)
    absent, missing = judged - firm, judged - found
    return f1(len(absent & missing), len(missing - absent), len(absent - missing))


def calibrated(links: Sequence[Link]) -> Curve:
    """The curve under which the shares of right pairs are likeliest (Platt 2000, with shares for yes and no).

    The curve that changes nothing is favoured, and stays where there are no links.
    """
    chance = np.clip([link.chance for link in links], 1e-4, 1 - 1e-4)
    odds, share = np.log(chance / (1 - chance)), np.array([link.share for link in links])

    def cost(line: Floats) -> float:
        mean = np.clip(1 / (1 + np.exp(-(line[0] * odds + line[1]))), 1e-9, 1 - 1e-9)
        return float(-(share * np.log(mean) + (1 - share) * np.log(1 - mean)).sum() + (line[0] - 1) ** 2 + line[1] ** 2)

    slope, shift = least_of_few(cost, np.array([1.0, 0.0]))
    return Curve(float(slope), float(shift))


def kind_of(sample: Sample) -> str:
    """What kind of article it is, by its gold."""
    if sample.decoy:
        return "about other letters"
    if not sample.firm:
        return "nothing rendered"
    if len({i for i, _ in sample.firm}) >= WHOLE * sample.lattice.sources:
        return "full translations"
    if len({c for _, c in sample.firm}) < SPARSE * sum(c not in PUNCTUATION for c in sample.text):
        return "essays, digests"
    return "Traditional, partial" if sample.evidence.languages[1] == "zh-Hant" else "news, excerpts"


def report(alone: Figures, together: Figures) -> Iterator[str]:
    """Lines: every article by itself and with the others about its letter, then both by kind of article."""

    def by_name(pair: tuple[Sample, Judged]) -> tuple[bool, str]:
        return pair[0].decoy, pair[0].rendering

    for (sample, found), (_, again) in zip(sorted(alone, key=by_name), sorted(together, key=by_name), strict=True):
        more = "" if again.f1 == found.f1 else f"  with the others F1 {again.f1:.3f}"
        yield f"{sample.rendering:10s} {found}{more}"
    for title, judged in (
        ("each article by itself", alone),
        ("with the other articles about the letter", together),
    ):
        yield ""
        yield title
        yield from _by_kind(judged)
        yield from _reliability(judged)


def _by_kind(judged: Figures) -> Iterator[str]:
    kinds: dict[str, list[Judged]] = {}
    for sample, found in judged:
        kinds.setdefault(kind_of(sample), []).append(found)
    real = [found for sample, found in judged if not sample.decoy]
    for name, group in [*sorted(kinds.items()), ("all but other letters", real), ("all", [f for _, f in judged])]:
        right, wrong, missed, modes_right, count = (
            _sum(group, count) for count in ("right", "wrong", "missed", "modes_right", "modes")
        )
        absent = float(np.mean([f.absence_f1 for f in group]))
        figures = f"link F1 {f1(right, wrong, missed):.3f}  mode {modes_right / max(1, count):.3f}"
        yield f"{name:22s} {len(group):3d} articles  {figures}  absence F1 {absent:.3f}"


def _sum(group: Sequence[Judged], name: str) -> int:
    return sum(int(getattr(each, name)) for each in group)


def _reliability(judged: Figures) -> Iterator[str]:
    """Per tenth of confidence, each letter's by a curve fitted to the others', and the expected error.

    Links, their mean confidence, the share of right ones and of right pairs.
    """
    links = [link for sample, found in judged if not sample.decoy for link in found.links]
    curves: dict[str, Callable[[float], float]] = {
        name: calibrated([link for link in links if link.letter != name]) for name in {link.letter for link in links}
    }
    shown = [(curves[link.letter](link.chance), link.share) for link in links]
    held = calibration([(confidence, share >= RIGHT) for confidence, share in shown])
    yield "confidence  links  mean   right  pairs right"
    for k, each in enumerate(held.bins):
        if each.count:
            pairs = np.mean([share for confidence, share in shown if min(int(confidence * BINS), BINS - 1) == k])
            edges = f"{k / BINS:.1f}-{(k + 1) / BINS:.1f}"
            yield f"{edges}  {each.count:9d}  {each.confidence:.3f}  {each.accuracy:.3f}  {pairs:.3f}"
    yield f"expected calibration error {held.error:.3f} over {held.count} links"
