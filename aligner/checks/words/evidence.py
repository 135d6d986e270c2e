"""What all checks of content look at, measured once for all units of a run."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.checks.passages import Passage
from aligner.checks.words.alignment import WordAlignment, align_words
from aligner.checks.words.gaps import Stretch, stretches
from aligner.checks.words.strength import Floats, Vocabulary
from aligner.checks.words.texts import Texts, clause_texts, without
from aligner.checks.words.tokens import Token
from aligner.encoders import Encoder
from aligner.model import Mode

FEATURES = (
    "mass", "share", "peak", "peer_gap", "peer_known", "rest_met", "deletion", "deletion_peers", "unit_share",
    "length", "sense", "other_loose", "whole", "indirect", "fragment", "tokens", "complete", "edge", "excerpt_edge",
    "named", "counted",
)  # fmt: skip
"""What is measured of a gap; see `_measured`."""
OF_PEERS = frozenset({"peer_gap", "peer_known", "deletion_peers"})
"""The features that say something only where other renderings are at hand."""


UNLIKE, ALIKE = 0.3, 0.9
"""Cosines of words of one language: below the first two renderings do not say the same, from the second they do."""


@dataclass(frozen=True)
class Item:
    """A unit as this module sees it: where it belongs, its passages, its mode.

    `complete` is how much of the letter its rendering has in the letter's own voice, 0 to 1.
    """

    rendering: str
    unit: str
    source: Passage
    target: Passage
    mode: Mode | None
    complete: float = 1.0


@dataclass(frozen=True)
class Gap:
    """A stretch of one side of item number `item`, with its features in the order of `FEATURES`."""

    item: int
    source: bool
    stretch: Stretch
    features: tuple[float, ...]


@dataclass(frozen=True)
class Support:
    """How surely each peer of an item has its words: `(peers, source words)` and `(peers, target words)`.

    A source word is had where the peer's rendering meets it (nan where the peer does not render that
    place); a target word where the peer's rendering has it or one like it. No rows without peers.
    """

    source: Floats
    target: Floats

    def mean(self, *, source: bool) -> Floats | None:
        """Over the peers, nan where none has the place; None without peers."""
        table = self.source if source else self.target
        if not len(table) or np.isnan(table).all():
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of words that no peer renders
            return np.asarray(np.nanmean(table, axis=0))


@dataclass(frozen=True)
class Evidence:
    """Word alignments, sentence vectors and gaps of all items; `peers[i]` are other renderings of item `i`."""

    items: tuple[Item, ...]
    words: tuple[WordAlignment, ...]
    peers: tuple[tuple[int, ...], ...]
    gaps: tuple[Gap, ...]
    cosine: Floats  # of each item's two sides
    consensus: Floats  # mean cosine of its target with its peers' targets, nan without peers
    support: tuple[Support, ...]


def gather(items: Sequence[Item], encoder: Encoder) -> Evidence:
    """Measure all items; everything that is to be encoded goes to the encoder in three calls."""
    words, held = align_words([(item.source, item.target) for item in items], encoder)
    peers = _peers(items)
    found = [
        (i, side, stretch)
        for i, item in enumerate(items)
        for side in (True, False)
        for stretch in stretches(*_side(item, words[i], side))
    ]
    texts = Texts([(item.source, item.target) for item in items], found)
    texts.encode(encoder)
    support = _support(items, words, peers, held)
    gaps = tuple(
        Gap(i, side, stretch, _measured(i, side, stretch, items, words, peers, texts, support))
        for i, side, stretch in found
    )
    cosine = np.array([float(texts.sentence(i, True) @ texts.sentence(i, False)) for i in range(len(items))])
    consensus = np.array(
        [
            np.mean([float(texts.sentence(i, False) @ texts.sentence(j, False)) for j in peers[i]])
            if peers[i]
            else np.nan
            for i in range(len(items))
        ]
    )
    return Evidence(tuple(items), words, peers, gaps, cosine, consensus, support)


def _side(item: Item, words: WordAlignment, source: bool) -> tuple[Passage, tuple[Token, ...], Floats]:
    return (item.source if source else item.target, *words.side(source=source))


def _peers(items: Sequence[Item]) -> tuple[tuple[int, ...], ...]:
    """Items that render some of the same source: overlapping places of one document, or equal texts."""
    by_place: dict[object, list[int]] = {}
    for i, item in enumerate(items):
        for key in _keys(item.source):
            by_place.setdefault(key, []).append(i)
    out = []
    for i, item in enumerate(items):
        near = {j for key in _keys(item.source) for j in by_place[key]}
        out.append(tuple(sorted(j for j in near if j != i and (items[j].rendering != item.rendering or _whole(item)))))
    return tuple(out)


def _whole(item: Item) -> bool:
    """Whether the source is a text of its own, as in given pairs: then equal texts are peers."""
    return item.source.document == item.source.text


def _keys(source: Passage) -> Iterator[object]:
    """A key per twenty characters of the document, so that overlapping passages share one."""
    if source.document == source.text:
        yield source.text
        return
    yield from dict.fromkeys((id(source.document), place // 20) for place in source.at)


def _support(
    items: Sequence[Item], words: Sequence[WordAlignment], peers: Sequence[Sequence[int]], held: Vocabulary
) -> tuple[Support, ...]:
    out = []
    vectors = [held.rows([t.text for t in own.target]) if own.target else None for own in words]
    by_place = [
        {item.source.at[t.start]: k for k, t in enumerate(w.source)} for item, w in zip(items, words, strict=True)
    ]
    for i, item in enumerate(items):
        own = words[i]
        met = np.full((len(peers[i]), len(own.source)), np.nan)
        said = np.zeros((len(peers[i]), len(own.target)))
        for row, j in enumerate(peers[i]):
            for k, token in enumerate(own.source):
                other = by_place[j].get(item.source.at[token.start])
                if other is not None:
                    met[row, k] = words[j].source_met[other]
            mine, theirs = vectors[i], vectors[j]
            if mine is not None and theirs is not None:
                said[row] = np.clip(((mine @ theirs.T).max(axis=1) - UNLIKE) / (ALIKE - UNLIKE), 0.0, 1.0)
        out.append(Support(met, said))
    return tuple(out)


def _measured(
    i: int,
    source: bool,
    stretch: Stretch,
    items: Sequence[Item],
    words: Sequence[WordAlignment],
    peers: Sequence[Sequence[int]],
    texts: Texts,
    support: Sequence[Support],
) -> tuple[float, ...]:
    """The features of a gap; all are about 0 to 1."""
    item = items[i]
    passage, tokens, met = _side(item, words[i], source)
    other, other_tokens, other_met = _side(item, words[i], not source)
    inside = [k for k in range(stretch.first, stretch.last) if not tokens[k].light] or [stretch.first]
    outside = [k for k in range(len(tokens)) if not tokens[k].light and k not in set(inside)]
    weight = np.array([t.weight for t in tokens])
    loose = weight * (1 - met)
    mass, total = float(loose[inside].sum()), float(weight[[*inside, *outside]].sum())
    lead, known = _lead(support[i].mean(source=source), inside, weight, met, source)
    gain, gain_over_peers = _gains(i, source, passage, stretch, texts, peers[i])
    phrase = texts.vector(passage.text[stretch.start : stretch.end])
    content = [k for k, t in enumerate(tokens) if not t.light]
    edge = float(bool(content) and (inside[0] <= content[0] or inside[-1] >= content[-1]))
    slack = sum(t.weight * (1 - m) for t, m in zip(other_tokens, other_met, strict=True) if not t.light)
    return (
        float(np.log1p(mass)),
        mass / max(1e-9, float(weight[inside].sum())),
        float(loose[inside].max()),
        lead,
        known,
        float((weight[outside] * met[outside]).sum() / max(1e-9, weight[outside].sum())) if outside else 0.0,
        gain * 5,
        gain_over_peers * 5,
        mass / max(1e-9, total),
        _length(item, source),
        max((float(phrase @ texts.vector(piece)) for piece in clause_texts(other)), default=0.0),
        float(np.log1p(slack)),
        float(stretch.whole),
        float(item.mode is Mode.INDIRECT),
        float(item.mode is Mode.FRAGMENT),
        float(np.log1p(len(inside))),
        item.complete,
        edge,
        edge * (1.0 - item.complete),
        float(np.mean([tokens[k].name for k in inside])),
        float(np.mean([tokens[k].quantity is not None for k in inside])),
    )


def _lead(mean: Floats | None, inside: Sequence[int], weight: Floats, met: Floats, source: bool) -> tuple[float, float]:
    """How much surer the peers have the words (source side), or have not (target side); and whether there are any."""
    if mean is None:
        return 0.0, 0.0
    seen = np.nan_to_num(mean[inside], nan=0.5)
    lead = np.maximum(0.0, seen - met[inside]) if source else 1.0 - seen
    return float((lead * weight[inside]).sum() / weight[inside].sum()), 1.0


def _gains(
    i: int, source: bool, passage: Passage, stretch: Stretch, texts: Texts, peers: Sequence[int]
) -> tuple[float, float]:
    """What cutting the stretch does to the likeness of both sides, and that beyond what it does in the peers.

    If the likeness grows, the stretch was not rendered: Vamvas and Sennrich, As Little as Possible, as
    Much as Necessary (2022), with sentence vectors in the place of a translation model.
    """
    mine, theirs = texts.sentence(i, source), texts.sentence(i, not source)
    cut = texts.vector(without(passage, stretch))
    gain = float((cut - mine) @ theirs)
    others = [float((cut - mine) @ texts.sentence(j, False)) for j in peers] if source else []
    return gain, gain - float(np.mean(others)) if others else 0.0


def _length(item: Item, source: bool) -> float:
    """How much shorter than usual the other side is: log ratio, an English text being 3 times as long."""
    size = [len(p.text) / (1.0 if p.chinese else 3.0) for p in (item.source, item.target)]
    ratio = float(np.log((size[0] + 4) / (size[1] + 4)))
    return ratio if source else -ratio
