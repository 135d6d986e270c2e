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
from aligner.checks.words.tokens import Token
from aligner.encoders import Encoder
from aligner.model import Mode
from aligner.text.clauses import clauses

FEATURES = (
    "mass", "share", "peak", "peer_gap", "peer_known", "rest_met", "deletion", "deletion_peers", "unit_share",
    "length", "sense", "other_loose", "whole", "indirect", "fragment", "tokens", "complete", "edge", "excerpt_edge",
    "named", "counted",
)  # fmt: skip
"""What is measured of a gap; see `_measured`."""


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
    texts = _Texts(items, found)
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


class _Texts:
    """All texts to be compared, and their vectors."""

    def __init__(self, items: Sequence[Item], found: Sequence[tuple[int, bool, Stretch]]) -> None:
        self._items = items
        self._wanted: dict[str, None] = {}
        for item in items:
            for passage in (item.source, item.target):
                self._add(passage.text)
                for piece in _pieces(passage):
                    self._add(piece)
        for i, side, stretch in found:
            passage = items[i].source if side else items[i].target
            self._add(passage.text[stretch.start : stretch.end])
            self._add(without(passage, stretch))

    def _add(self, text: str) -> None:
        self._wanted[text] = None

    def encode(self, encoder: Encoder) -> None:
        """Encode everything that was asked for."""
        texts = sorted(self._wanted)
        self._vectors = encoder.encode(texts)
        self._at = {text: k for k, text in enumerate(texts)}

    def vector(self, text: str) -> np.ndarray:
        """The vector of a text that was asked for."""
        row: np.ndarray = self._vectors[self._at[text]]
        return row

    def sentence(self, i: int, source: bool) -> np.ndarray:
        """The vector of one side of an item."""
        item = self._items[i]
        return self.vector(item.source.text if source else item.target.text)


def without(passage: Passage, stretch: Stretch) -> str:
    """The passage's text with a stretch cut out."""
    joint = "" if passage.chinese else " "
    return f"{passage.text[: stretch.start].rstrip()}{joint}{passage.text[stretch.end :].lstrip()}"


def _pieces(passage: Passage) -> list[str]:
    return [p.of(passage.text) for p in clauses(passage.text, passage.language, 0, len(passage.text))]


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
    texts: _Texts,
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
    peer = support[i].mean(source=source)
    peer_met = None if peer is None else peer[inside]
    gap = 0.0
    if peer_met is not None:
        seen = np.nan_to_num(peer_met, nan=0.5)
        lead = np.maximum(0.0, seen - met[inside]) if source else 1.0 - seen
        gap = float((lead * weight[inside]).sum() / weight[inside].sum())
    mine, theirs = texts.sentence(i, source), texts.sentence(i, not source)
    cut = texts.vector(without(passage, stretch))
    gain = float(cut @ theirs - mine @ theirs)
    gains = [float((cut - mine) @ texts.sentence(j, False)) for j in peers[i]] if source else []
    phrase = texts.vector(passage.text[stretch.start : stretch.end])
    sense = max((float(phrase @ texts.vector(piece)) for piece in _pieces(other)), default=0.0)
    other_weight = np.array([t.weight for t in other_tokens])
    content = [k for k, t in enumerate(tokens) if not t.light]
    edge = float(bool(content) and (inside[0] <= content[0] or inside[-1] >= content[-1]))
    slack = (
        float((other_weight * (1 - other_met) * np.array([not t.light for t in other_tokens])).sum())
        if len(other_tokens)
        else 0.0
    )
    return (
        float(np.log1p(mass)),
        mass / max(1e-9, float(weight[inside].sum())),
        float(loose[inside].max()),
        gap,
        float(peer_met is not None),
        float((weight[outside] * met[outside]).sum() / max(1e-9, weight[outside].sum())) if outside else 0.0,
        gain * 5,
        (gain - float(np.mean(gains))) * 5 if gains else 0.0,
        mass / max(1e-9, total),
        _length(item, source),
        sense,
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


def _length(item: Item, source: bool) -> float:
    """How much shorter than usual the other side is: log ratio, an English text being 3 times as long."""
    size = [len(p.text) / (1.0 if p.chinese else 3.0) for p in (item.source, item.target)]
    ratio = float(np.log((size[0] + 4) / (size[1] + 4)))
    return ratio if source else -ratio
