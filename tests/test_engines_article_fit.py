"""What the training learns from: sums over many articles at once against one article at a time."""

from __future__ import annotations

import numpy as np
import pytest
from support_engines import random_article

from aligner.engines.article.lattice import GAPS, JUMPS, Lattice, marginals
from aligner.training import article_fit, article_report

pytest.importorskip("scipy", reason="the extra `train` is not installed")


def articles(count: int) -> list[Lattice]:
    made = []
    for seed in range(count):
        lattice, scores, _ = random_article(seed, 2 + seed % 5, 1 + seed % 4, 12)
        made.append(
            Lattice(
                lattice.atoms,
                lattice.sources,
                lattice.begin,
                lattice.end,
                lattice.first,
                lattice.last,
                np.column_stack([scores, np.ones(len(scores))]),
                lattice.new_block,
            )
        )
    return sorted(made, key=lambda lattice: -lattice.atoms)


def test_a_batch_gives_what_its_articles_give() -> None:
    made = articles(9)
    rng = np.random.default_rng(1)
    jumps = rng.normal(size=(len(JUMPS), GAPS))
    must = [np.array([bool((m.begin == p).any() and p % 3 == 1) for p in range(m.atoms)]) for m in made]
    batch = article_fit.Batch(made, [np.arange(len(m.begin)) for m in made], must)
    totals, chance, counts = batch.run(np.concatenate([m.features[:, 0] for m in made]), jumps)
    single = [marginals(m, m.features[:, 0], jumps, ~skip) for m, skip in zip(made, must, strict=True)]
    some = np.array([one.log_sum > -1e20 for one in single])
    assert some.sum() > 4
    assert np.allclose(totals[some], [one.log_sum for one in single if one.log_sum > -1e20])
    if some.all():
        assert np.allclose(chance, np.concatenate([one.candidates for one in single]))
        expected = np.bincount(batch.classes, counts.ravel(), len(JUMPS) * GAPS).reshape(len(JUMPS), GAPS)
        assert np.allclose(expected, sum(one.jumps for one in single))


def test_the_gradient_is_that_of_the_likelihood() -> None:
    made = articles(6)
    tasks = []
    for k, lattice in enumerate(made):
        right = np.zeros(len(lattice.begin), dtype=bool)
        right[: k % 3] = True
        tasks.append(article_fit.Task(lattice, right, np.zeros(lattice.atoms, dtype=bool), 1.0 - 0.1 * k))
    likelihood = article_fit.Likelihood(tasks, 0.2)
    theta = np.random.default_rng(2).normal(size=2 + len(JUMPS) * GAPS) / 2
    _, gradient = likelihood(theta)
    for k in (0, 1, 5, 20, 41):
        step = np.zeros(len(theta))
        step[k] = 1e-5
        slope = (likelihood(theta + step)[0] - likelihood(theta - step)[0]) / 2e-5
        assert slope == pytest.approx(gradient[k], abs=1e-4)


def test_confidence_follows_what_was_right() -> None:
    links = [article_report.Link("a", 0.9, float(k % 2)) for k in range(200)]
    links += [article_report.Link("a", 0.99, 1.0) for _ in range(200)]
    curve = article_report.calibrated(links)
    assert curve(0.9) == pytest.approx(0.5, abs=0.1)
    assert curve(0.99) > 0.9
    assert curve(0.2) < curve(0.9) < curve(0.99)
