"""Scores of a letter's renderings from what reviewers said of them; docs/scores.md defines every figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from aligner.errors import UnknownNameError
from aligner.pipeline.judging import Hearing, Judged, hear, nobody
from aligner.pipeline.placing import Sentence
from aligner.pipeline.reviewing import Desk
from aligner.review.annotations import ErrorAnnotation
from aligner.review.figures import Figure
from aligner.review.layers import PUBLISHED
from aligner.review.scores import (
    Evaluated,
    RenderingScore,
    Settings,
    esa_mean,
    esa_overall,
    google_score,
    score_reviewers,
)
from aligner.review.typologies import Typology, Uncounted, convert, load

GOOGLE = "google-mqm"

FORMULAS = ("council", "google", "esa")
"""What can be computed: the MQM Council's scores, Google's, and means of the reviewers' own scores."""


@dataclass(frozen=True)
class Asked:
    """Which scores: of one `reviewer`, of what is published, or of each reviewer and their mean (neither).

    The Council's scores count errors as `typology` has them.
    """

    typology: Typology = field(default_factory=load)
    settings: Settings = field(default_factory=Settings)
    reviewer: str | None = None
    published: bool = False
    formulas: tuple[str, ...] = FORMULAS

    def __post_init__(self) -> None:
        for name in self.formulas:
            if name not in FORMULAS:
                raise UnknownNameError("formula", name, FORMULAS)


@dataclass(frozen=True)
class Scored:
    """One line of scores; `of` names a reviewer, or is `published` or `mean`.

    `judged` are rendered sentences that were judged, by one reviewer at least; `unstated` are those who marked errors
    and neither scored a sentence nor called any done, so that nothing is known of the others. `left_out` are errors in
    sentences that the article does not render and that cost nothing; `uncounted` those that the Council's typology
    cannot take, and `uncounted_by_google` those that Google's cannot. What was not asked for, or cannot be said, is
    None.
    """

    of: str
    reviewers: tuple[str, ...]
    judged: int
    council: RenderingScore | None = None
    google: Figure | None = None
    esa: Figure | None = None
    esa_overall: Figure | None = None
    left_out: tuple[ErrorAnnotation, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    uncounted_by_google: tuple[Uncounted, ...] = ()
    unstated: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoredRendering:
    """The scores of one rendering; none where nobody judged it. `unsettled` and `orphans` as in `Hearing`."""

    rendering: str
    sentences: tuple[Sentence, ...]
    rows: tuple[Scored, ...]
    unsettled: Mapping[str, int]
    orphans: int

    @property
    def rendered(self) -> int:
        """How many sentences of the letter it renders."""
        return sum(sentence.linked for sentence in self.sentences)


def score_letter(
    desk: Desk, letter_id: str, renderings: Sequence[str] = (), asked: Asked | None = None
) -> tuple[ScoredRendering, ...]:
    """The scores of a letter's renderings, or of those named, by their published alignment.

    Raises UnknownNameError for an unknown id or a reviewer who judged none of them; AlignerError where nobody did.
    """
    asked = asked or Asked()
    heard = hear(desk, letter_id, renderings)
    names = sorted({name for hearing in heard for name in hearing.layers})
    if not names:
        raise nobody(letter_id, desk.store.where)
    if asked.reviewer is not None and asked.reviewer not in names:
        raise UnknownNameError("reviewer", asked.reviewer, names, where=f"letter {letter_id}")
    return tuple(score_hearing(hearing, asked) for hearing in heard)


def score_hearing(hearing: Hearing, asked: Asked) -> ScoredRendering:
    """The scores of one rendering by what was said of it."""
    return ScoredRendering(
        hearing.rendering,
        hearing.placing.sentences,
        tuple(_rows(hearing, asked)),
        hearing.unsettled,
        len(hearing.orphans),
    )


def evaluated(
    judged: Judged, hearing: Hearing, typology: Typology, *, complete: bool = False
) -> tuple[tuple[Evaluated, ...], tuple[Uncounted, ...]]:
    """The sentences that were judged with their errors in `typology`, and the errors that it cannot take.

    Where the article claims to be complete, who called it done is taken to have judged what it leaves out, too.
    """
    found: list[Evaluated] = []
    uncounted: list[Uncounted] = []
    for sentence in hearing.placing.sentences:
        if sentence.id in judged.sentences or (complete and judged.whole):
            made = convert(judged.errors.get(sentence.id, ()), typology)
            if sentence.linked or complete:
                uncounted += made.uncounted
            found.append(
                Evaluated(sentence.id, sentence.words, sentence.characters, made.errors, linked=sentence.linked)
            )
    return tuple(found), tuple(uncounted)


def _rows(hearing: Hearing, asked: Asked) -> list[Scored]:
    if not hearing.layers:
        return []
    if asked.published:
        return [_scored(PUBLISHED, {PUBLISHED: hearing.published}, hearing, asked)]
    names = [name for name in hearing.layers if asked.reviewer in (None, name)]
    rows = [_scored(name, {name: hearing.layers[name]}, hearing, asked) for name in names]
    return rows + ([_scored("mean", hearing.layers, hearing, asked)] if len(names) > 1 else [])


def _scored(of: str, layers: Mapping[str, Judged], hearing: Hearing, asked: Asked) -> Scored:
    complete, resampling = asked.settings.complete, asked.settings.resampling
    marked = {name: each for name, each in layers.items() if each.marked}
    council = google = None
    uncounted: tuple[Uncounted, ...] = ()
    by_google: tuple[Uncounted, ...] = ()
    if marked and "council" in asked.formulas:
        sentences, uncounted, void = _evaluated(marked, hearing, asked.typology, complete)
        council = score_reviewers(sentences, asked.typology, asked.settings)
        council = _without_figures(council, uncounted) if void else council
    if marked and "google" in asked.formulas:
        sentences, by_google, void = _evaluated(marked, hearing, load(GOOGLE), complete)
        google = google_score(sentences, load(GOOGLE), complete=complete, resampling=resampling)
        google = _undefined(google, by_google) if void else google
    scores = [score for each in layers.values() for score in each.scores]
    esa = "esa" in asked.formulas
    unlinked = [] if complete else [s.id for s in hearing.placing.sentences if not s.linked]
    judged = frozenset().union(*(each.sentences for each in layers.values()))
    reviewers = hearing.layers if of == PUBLISHED else layers
    return Scored(
        of,
        tuple(reviewers),
        sum(sentence.linked and sentence.id in judged for sentence in hearing.placing.sentences),
        council,
        google,
        esa_mean(scores, resampling) if esa else None,
        esa_overall(scores, resampling) if esa else None,
        tuple(error for each in marked.values() for name in unlinked for error in each.errors.get(name, ())),
        uncounted,
        by_google,
        tuple(each.reviewer for each in reviewers.values() if each.marked and not each.stated),
    )


def _evaluated(
    layers: Mapping[str, Judged], hearing: Hearing, typology: Typology, complete: bool
) -> tuple[dict[str, tuple[Evaluated, ...]], tuple[Uncounted, ...], bool]:
    """The sentences of each reviewer, the errors that cannot be taken, and whether that leaves nothing to say.

    Who marked errors of which none counts has not found the rendering perfect: such a layer counts with no other's.
    """
    found = {name: evaluated(judged, hearing, typology, complete=complete) for name, judged in layers.items()}
    lost = tuple(each for _, uncounted in found.values() for each in uncounted)
    heard = {
        name: sentences
        for name, (sentences, uncounted) in found.items()
        if not uncounted or any(each.errors and (each.linked or complete) for each in sentences)
    }
    return heard or {name: sentences for name, (sentences, _) in found.items()}, lost, not heard


def _without_figures(score: RenderingScore, uncounted: Sequence[Uncounted]) -> RenderingScore:
    """The counts of a rendering without any score: nothing of what was marked is in them."""
    sentences = (
        replace(each, rate=_undefined(each.rate, uncounted), raw=_undefined(each.raw, uncounted))
        for each in score.sentences
    )
    return replace(
        score,
        error_rate=_undefined(score.error_rate, uncounted),
        penalty_rate=_undefined(score.penalty_rate, uncounted),
        raw=_undefined(score.raw, uncounted),
        calibrated=_undefined(score.calibrated, uncounted),
        passed=None,
        sentences=tuple(sentences),
    )


def _undefined(figure: Figure, uncounted: Sequence[Uncounted]) -> Figure:
    what = "the only error is" if len(uncounted) == 1 else f"all {len(uncounted)} errors are"
    return replace(figure, value=None, interval=None, remark=f"{what} not counted: {uncounted[0].reason}")
