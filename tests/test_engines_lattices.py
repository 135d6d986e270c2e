"""Sums and best paths against a slow enumeration of all paths."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_engines import random_article, segmentations

from aligner.engines.article import lattice as article
from aligner.engines.beads import lattice as beads
from aligner.engines.beads.band import HALF, POOL, WHOLE, Band, band_of, near_path
from aligner.engines.beads.graph import Graph
from aligner.engines.beads.rough import Cells
from aligner.engines.beads.types import TYPES

Floats = npt.NDArray[np.float64]

# A path through an article: the candidates it emits, and the class of jump and gap before each.
Path = tuple[list[int], list[tuple[int, int]]]


def jump(last: int | None, start: int) -> int:
    """The class of jump, as its name says; `last` is the end of the last source run, None at the beginning."""
    if last is None:
        name = "first_0" if start == 0 else "first_1_2" if start <= 2 else "first_3"
    else:
        names = {0: "adjacent", -1: "same", 1: "skip_1", 2: "skip_2_3", 3: "skip_2_3", -2: "back_2_3", -3: "back_2_3"}
        name = names.get(start - last, "skip_4" if start > last else "back_4")
    return article.JUMPS.index(name)


def paths(made: article.Lattice, skippable: npt.NDArray[np.bool_]) -> Iterator[Path]:
    """Every path, with the gap in front of each emission: 0 none, 1 a new block, 2 skipped atoms, 3 both."""

    def onward(p: int, last: int | None, skipped: bool, crossed: bool) -> Iterator[Path]:
        if p == made.atoms:
            yield [], []
            return
        if skippable[p]:
            # Into which block an atom is skipped does not matter at the article's end.
            ahead = p + 1 < made.atoms and bool(made.new_block[p + 1])
            yield from onward(p + 1, last, True, crossed or ahead)
        for k in np.flatnonzero(made.begin == p).tolist():
            gap = 3 if last is None else 2 * skipped + crossed
            end, into = int(made.end[k]), bool(made.end[k] < made.atoms and made.new_block[made.end[k] % made.atoms])
            for chosen, jumps in onward(end, int(made.last[k]), False, into):
                yield [k, *chosen], [(jump(last, int(made.first[k])), gap), *jumps]

    return onward(0, None, False, False)


articles = st.builds(random_article, st.integers(0, 10**6), st.integers(1, 5), st.integers(1, 5), st.integers(0, 14))


@settings(max_examples=60)
@given(articles, st.integers(0, 31))
def test_marginals_are_sums_over_all_paths(case: tuple[article.Lattice, Floats, Floats], forced: int) -> None:
    made, scores, jumps = case
    skippable = np.array([not forced >> p & 1 or not (made.begin == p).any() for p in range(made.atoms)])
    every = list(paths(made, skippable))
    if not every:
        return
    logs = np.array([scores[chosen].sum() + sum(jumps[step] for step in steps) for chosen, steps in every])
    log_sum = float(np.logaddexp.reduce(logs))
    chance, expected = np.zeros(len(scores)), np.zeros_like(jumps)
    for (chosen, steps), log in zip(every, logs, strict=True):
        chance[chosen] += math.exp(log - log_sum)
        for step in steps:
            expected[step] += math.exp(log - log_sum)
    found = article.marginals(made, scores, jumps, skippable)
    assert found.log_sum == pytest.approx(log_sum, abs=1e-9)
    np.testing.assert_allclose(found.candidates, chance, atol=1e-9)
    np.testing.assert_allclose(found.jumps, expected, atol=1e-9)


@settings(max_examples=60)
@given(articles)
def test_as_many_jumps_as_emissions(case: tuple[article.Lattice, Floats, Floats]) -> None:
    found = article.marginals(*case)
    assert found.jumps.sum() == pytest.approx(found.candidates.sum(), abs=1e-9)
    assert ((found.candidates >= 0) & (found.candidates <= 1)).all()
    assert np.isfinite(found.log_sum)


@settings(max_examples=40)
@given(articles)
def test_a_banned_candidate_is_on_no_path(case: tuple[article.Lattice, Floats, Floats]) -> None:
    made, scores, jumps = case
    found = article.marginals(made, np.full_like(scores, article.NOTHING), jumps)
    assert found.log_sum == pytest.approx(0)  # the path that skips everything
    assert found.candidates.sum() == pytest.approx(0)


@settings(max_examples=60)
@given(articles)
def test_the_best_cover_is_the_best_of_all(case: tuple[article.Lattice, Floats, Floats]) -> None:
    made, gains, _ = case
    every = [chosen for chosen, _ in paths(made, np.ones(made.atoms, dtype=bool))]
    found = article.best_cover(made, gains)
    assert found in every
    assert gains[found].sum() == pytest.approx(max(gains[chosen].sum() for chosen in every))


def test_jumps_are_named_as_they_are() -> None:
    table = article.jump_table(9)
    for start, last in itertools.product(range(9), range(10)):
        assert table[start, last] == jump(last, start)
    assert [int(k) for k in table[:, 10]] == [jump(None, start) for start in range(9)]


def whole(n: int, m: int) -> Band:
    return Band(np.zeros(n + 1, dtype=np.int64), m + 1, n, m)


def narrow(n: int, m: int, seed: int) -> Band:
    """A band as narrow as it can be and still hold both corners, with rows that meet."""
    rng = np.random.default_rng(seed)
    width = int(rng.integers(1, m + 2)) if n else m + 1
    low = np.sort(rng.integers(0, m + 2 - width, size=n + 1))
    low[0], low[-1] = 0, m + 1 - width
    return Band(low, width, n, m)


bead_cases = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 10**6), st.booleans())


def inside(band: Band, path: list[tuple[int, int, int]]) -> bool:
    ends = [(i + TYPES[t][0], j + TYPES[t][1]) for i, j, t in path]
    return all(0 <= j - band.low[i] < band.width for i, j in [(0, 0), *ends])


@settings(max_examples=60)
@given(bead_cases)
def test_bead_posteriors_are_sums_over_all_segmentations(case: tuple[int, int, int, bool]) -> None:
    n, m, seed, cramped = case
    band = narrow(n, m, seed) if cramped else whole(n, m)
    raw = np.random.default_rng(seed).normal(size=(n + 1, band.width, len(TYPES))).astype(np.float32)
    every = [path for path in segmentations(n, m, TYPES) if inside(band, path)]
    if not every:
        return
    cells = [[(i, j - band.low[i], t) for i, j, t in path] for path in every]
    logs = np.array([sum(raw[cell] for cell in path) for path in cells])
    log_sum = float(np.logaddexp.reduce(logs))
    expected = np.zeros_like(raw)
    for path, log in zip(cells, logs, strict=True):
        for cell in path:
            expected[cell] += math.exp(log - log_sum)
    closed = beads.closed(band, raw.copy())
    assert beads.forward(band, closed)[n, m - band.low[n]] == pytest.approx(log_sum, abs=1e-5)
    np.testing.assert_allclose(beads.probabilities(band, closed), expected, atol=1e-5)
    for least in (0.0, 1e-3, 0.2):
        found = set(zip(*(side.tolist() for side in beads.likely(band, closed, least)), strict=True))
        sure = {cell for cell in np.ndindex(expected.shape) if expected[cell] > least * 1.001 + 1e-9}
        assert sure <= found <= {cell for cell in np.ndindex(expected.shape) if expected[cell] > least * 0.999}


@settings(max_examples=60)
@given(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 10**6)), st.floats(0.2, 1.0))
def test_a_graph_of_beads_sums_over_all_its_paths(case: tuple[int, int, int], share: float) -> None:
    n, m, seed = case
    rng = np.random.default_rng(seed)
    every = sorted((i, j, t) for i in range(n + 1) for j in range(m + 1) for t in range(len(TYPES)))
    kept = [cell for cell in every if rng.random() < share and cell[0] + TYPES[cell[2]][0] <= n
            and cell[1] + TYPES[cell[2]][1] <= m]  # fmt: skip
    paths = [path for path in segmentations(n, m, TYPES) if set(path) <= set(kept)]
    if not paths or not kept:
        return
    values = rng.normal(size=len(kept))
    at = {cell: k for k, cell in enumerate(kept)}
    logs = np.array([sum(values[at[cell]] for cell in path) for path in paths])
    log_sum = float(np.logaddexp.reduce(logs))
    expected = np.zeros(len(kept))
    for path, log in zip(paths, logs, strict=True):
        for cell in path:
            expected[at[cell]] += math.exp(log - log_sum)
    graph = Graph(Cells(*np.array(kept, dtype=np.int64).T), n, m)
    chances, total = graph.posteriors(values)
    assert total == pytest.approx(log_sum, abs=1e-6)
    np.testing.assert_allclose(chances, expected, atol=1e-6)
    best = [kept[bead] for bead in graph.best_path(values)]
    assert best in paths
    assert sum(values[at[cell]] for cell in best) == pytest.approx(logs.max())


@settings(max_examples=40)
@given(bead_cases)
def test_a_closed_bead_leaves_the_texts_or_the_band(case: tuple[int, int, int, bool]) -> None:
    n, m, seed, cramped = case
    band = narrow(n, m, seed) if cramped else whole(n, m)
    closed = beads.closed(band, np.zeros((n + 1, band.width, len(TYPES)), dtype=np.float32))
    for (i, k, t), value in np.ndenumerate(closed):
        (a, b), j = TYPES[t], int(band.low[i]) + k
        fits = i + a <= n and j + b <= m and 0 <= j + b - band.low[min(i + a, n)] < band.width
        assert bool(value == 0) is bool(fits)


def unit(vectors: Floats) -> npt.NDArray[np.float32]:
    out: npt.NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return out


def random_vectors(count: int, seed: int) -> npt.NDArray[np.float32]:
    return unit(np.random.default_rng(seed).normal(size=(count, 256)))


def check_band(band: Band) -> None:
    assert band.low.shape == (band.sources + 1,)
    assert band.low[0] == 0
    assert band.low[-1] + band.width - 1 == band.targets
    steps = np.diff(band.low)
    assert (steps >= 0).all()
    assert (steps < band.width).all()  # neighbouring rows share a place, so that there is a path


@settings(max_examples=60)
@given(st.integers(0, 40), st.integers(0, 120), st.integers(1, 12), st.integers(0, 99))
def test_a_band_holds_both_corners_and_never_breaks(n: int, m: int, half: int, seed: int) -> None:
    source, target = random_vectors(max(n, 1), seed)[:n], random_vectors(max(m, 1), seed + 1)[:m]
    check_band(band_of(source, target, half))
    kept = near_path(source, target, half)
    assert sorted(set(kept.tolist())) == kept.tolist()
    assert set(kept.tolist()) <= set(range(m))
    # What is kept needs a band no wider than the path is far from its neighbours.
    narrower = band_of(source, target[kept], half)
    check_band(narrower)


@pytest.mark.parametrize("count", [HALF, 2 * HALF + 1, 300, WHOLE + 300])
def test_the_band_of_identical_texts_holds_the_diagonal(count: int) -> None:
    vectors = random_vectors(count, 1)
    band = band_of(vectors, vectors)
    check_band(band)
    places = np.arange(count + 1) - band.low
    assert ((places >= 0) & (places < band.width)).all()
    assert len(near_path(vectors, vectors)) == count


@pytest.mark.parametrize(("before", "inserted"), [(0, 300), (700, 900), (WHOLE + 100, 400)])
def test_a_long_text_with_an_insertion_keeps_to_the_band(before: int, inserted: int) -> None:
    count = before + 500
    source = random_vectors(count, 2)
    target = np.concatenate([source[:before], random_vectors(inserted, 3), source[before:]])
    kept = near_path(source, target)
    own = [*range(before), *range(before + inserted, count + inserted)]
    assert set(own) <= set(kept.tolist())
    assert len(kept) <= count + 2 * HALF + 2 * POOL
    band = band_of(source, target[kept])
    check_band(band)
    assert band.width <= 4 * HALF + 1
    at = np.searchsorted(kept, own) - band.low[:count]
    assert ((at >= 0) & (at < band.width)).all()
