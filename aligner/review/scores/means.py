"""Scores that are means over reviewers and sentences: Google's MQM score, and ESA."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from aligner.errors import AlignerError
from aligner.review.annotations import EsaScore
from aligner.review.figures import DEFAULT, Figure, Resampling, figure, ratio
from aligner.review.scores.values import Evaluated, counted, points_of
from aligner.review.typologies import Typology

GOOGLE = "google-mqm"


def google_score(
    layers: Mapping[str, Sequence[Evaluated]],
    typology: Typology,
    *,
    complete: bool = False,
    resampling: Resampling = DEFAULT,
) -> Figure:
    """Google's MQM score of one rendering; 0 is best, more is worse.

    Penalty points are summed per sentence and reviewer, averaged over the reviewers of each sentence, then
    over sentences (Freitag et al. 2021, section 3). `layers` is reviewer -> the sentences that this reviewer
    judged, those without error included. Raises AlignerError unless the typology is Google's.
    """
    if typology.id != GOOGLE:
        raise AlignerError(
            f"Google's score of errors of typology {typology.id}", hint=f"annotate with {GOOGLE}, or use another score"
        )
    judged: dict[str, list[float]] = defaultdict(list)
    for sentences in layers.values():
        for item in counted(sentences, typology, complete):
            judged[item.id].append(points_of(item, typology))
    means = np.array([sum(values) / len(values) for values in judged.values()])
    return figure(
        lambda weights: ratio(float(weights @ means), float(weights.sum())),
        len(means),
        formula="Google MQM: mean over sentences of the mean over reviewers of penalty points",
        kind="sentences",
        resampling=resampling,
        undefined="no sentence was judged",
    )


def esa_mean(scores: Sequence[EsaScore], resampling: Resampling = DEFAULT) -> Figure:
    """Mean of the scores of sentences: over the reviewers of each sentence, then over sentences.

    Scores of whole renderings (`sentence` None) are left out; `esa_overall` averages those. Raises
    AlignerError where the scores are of several renderings or a reviewer scored a sentence twice.
    """
    _one_rendering(scores)
    by_sentence: dict[str, list[float]] = defaultdict(list)
    for score in scores:
        if score.sentence is not None:
            by_sentence[score.sentence].append(score.score)
    return _mean(
        [sum(values) / len(values) for values in by_sentence.values()],
        "ESA: mean over sentences of the mean over reviewers of scores 0-100",
        "sentences",
        resampling,
    )


def esa_overall(scores: Sequence[EsaScore], resampling: Resampling = DEFAULT) -> Figure:
    """Mean over reviewers of the scores that they gave the whole rendering."""
    _one_rendering(scores)
    values = [score.score for score in scores if score.sentence is None]
    return _mean(values, "ESA: mean over reviewers of scores 0-100 of the whole rendering", "reviewers", resampling)


def _one_rendering(scores: Sequence[EsaScore]) -> None:
    renderings = sorted({score.rendering for score in scores})
    if len(renderings) > 1:
        raise AlignerError(f"scores of several renderings: {', '.join(renderings)}", hint="average each on its own")
    given = Counter((score.reviewer, score.sentence) for score in scores)
    for (reviewer, sentence), count in given.items():
        if count > 1:
            raise AlignerError(
                f"{reviewer} scored {sentence or 'the rendering'} {count} times", hint="keep the last one"
            )


def _mean(values: Sequence[float], formula: str, kind: str, resampling: Resampling) -> Figure:
    numbers = np.array(values, dtype=float)
    return figure(
        lambda weights: ratio(float(weights @ numbers), float(weights.sum())),
        len(numbers),
        formula=formula,
        kind=kind,
        resampling=resampling,
        undefined="no scores",
    )
