"""What each reviewer said of a rendering, sentence by sentence, and what is published of it after adjudication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aligner.errors import AlignerError, UnknownNameError
from aligner.pipeline.placing import Placing, place
from aligner.pipeline.publishing import of_rendering
from aligner.pipeline.reviewing import Desk
from aligner.review.annotations import ErrorAnnotation, EsaScore
from aligner.review.decisions import Decision
from aligner.review.history import standing
from aligner.review.judgements import DONE, Judgements, Texts, judgements
from aligner.review.layers import PUBLISHED
from aligner.review.replay import Orphaned
from aligner.review.said import Score


@dataclass(frozen=True)
class Judged:
    """One reviewer's word on a rendering, or the published one.

    `sentences` are ids of those that were judged: that were scored or called done, and those with an error, be it
    marked or a finding that was accepted. Who called the rendering done judged every rendered sentence (`whole`). Who
    neither scored nor called done any says nothing of the others (not `stated`). `errors` are by the sentence that
    they are counted with; `marked` is false for who gave scores alone.
    """

    reviewer: str
    sentences: frozenset[str]
    errors: Mapping[str, tuple[ErrorAnnotation, ...]] = field(default_factory=dict)
    scores: tuple[EsaScore, ...] = ()
    marked: bool = True
    stated: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Hearing:
    """A rendering with its sentences and what everybody said of it.

    `unsettled` counts the published errors that no adjudicator decided on, by reviewer; `orphans` are words that lost
    their place and count nowhere.
    """

    rendering: str
    placing: Placing
    layers: Mapping[str, Judged]
    published: Judged
    unsettled: Mapping[str, int] = field(default_factory=dict)
    orphans: tuple[Orphaned, ...] = ()


def hear(desk: Desk, letter_id: str, renderings: Sequence[str] = ()) -> tuple[Hearing, ...]:
    """Every rendering of a letter, or those named, in the manifest's order.

    Raises UnknownNameError for an unknown id; AlignerError for one that is named and not aligned yet, or where none is.
    """
    known = [entry.id for entry in desk.corpus.entry(letter_id).renderings]
    for name in renderings:
        if name not in known:
            raise UnknownNameError("rendering", name, known, where=f"letter {letter_id}")
    wanted = [name for name in known if name in renderings]
    wanted = wanted or [name for name in known if desk.corpus.automatic(letter_id, name) is not None]
    if not wanted:
        raise AlignerError("no rendering is aligned yet", where=f"letter {letter_id}", hint="run 'aligner build' first")
    log = desk.log(letter_id)
    letter = desk.letter(letter_id)
    return tuple(
        hearing(
            name,
            place(letter, desk.state(letter_id, name).alignment),
            standing(of_rendering(log, name)),
            desk.texts(letter_id, name),
        )
        for name in wanted
    )


def nobody(letter_id: str, where: str) -> AlignerError:
    """The fault of asking for judgements where there are none."""
    return AlignerError(
        f"nobody has marked an error, judged a finding or scored a sentence of {letter_id} yet",
        where=where,
        hint="review it on the page or with `aligner review`, or name another database with --database",
    )


def hearing(rendering: str, placing: Placing, log: Sequence[Decision], texts: Texts) -> Hearing:
    """What the standing decisions about one rendering say of it."""
    every = judgements(log, texts)
    layers = {}
    for name in every.reviewers:
        own = judgements((each for each in log if each.reviewer == name), texts)
        layers[name] = _judged(name, rendering, own, placing)
    return Hearing(
        rendering, placing, layers, _published(rendering, every, layers, placing), _unsettled(every), every.orphans
    )


def _judged(name: str, rendering: str, said: Judgements, placing: Placing) -> Judged:
    errors = by_sentence(said.annotations(), placing)
    scores = _scores(rendering, said.scores, placing)
    done = [work.sentence for _, work in said.work if work.state == DONE]
    stated = {placing.sentence(quoted).id for quoted in done if quoted}
    stated |= {score.sentence for score in scores if score.sentence}
    whole = None in done
    if whole:
        stated |= {sentence.id for sentence in placing.sentences if sentence.linked}
    return Judged(
        name,
        frozenset(stated | errors.keys()),
        errors,
        scores,
        bool(said.errors or said.verdicts or done),
        bool(stated),
        whole,
    )


def _published(rendering: str, every: Judgements, layers: Mapping[str, Judged], placing: Placing) -> Judged:
    errors = by_sentence(every.published(), placing)
    settled = {name for _, each in every.adjudications for name in each.settles}
    scores = [pair for pair in every.scores if pair[0].id not in settled]
    outcomes = [(d, a.outcome) for d, a in every.adjudications if d.id not in settled and isinstance(a.outcome, Score)]
    judged = [frozenset(errors), *(each.sentences for each in layers.values())]
    return Judged(
        PUBLISHED,
        frozenset().union(*judged),
        errors,
        # An adjudicator may have scored the same sentence as a reviewer too.
        _scores(rendering, scores, placing) + _scores(rendering, outcomes, placing, " (adjudicated)"),
        any(each.marked for each in layers.values()) or bool(errors),
        bool(layers) and all(each.stated for each in layers.values()),
        any(each.whole for each in layers.values()),
    )


def by_sentence(annotations: Sequence[ErrorAnnotation], placing: Placing) -> dict[str, tuple[ErrorAnnotation, ...]]:
    """Every error with the one sentence that it is counted with."""
    found: dict[str, tuple[ErrorAnnotation, ...]] = {}
    for annotation in annotations:
        name = placing.home(annotation).id
        found[name] = (*found.get(name, ()), annotation)
    return found


def _scores(
    rendering: str, said: Sequence[tuple[Decision, Score]], placing: Placing, note: str = ""
) -> tuple[EsaScore, ...]:
    """One score for each reviewer and sentence: the last, where two spans have become one sentence."""
    found = {}
    for decision, score in said:
        sentence = placing.sentence(score.sentence).id if score.sentence else None
        name = decision.reviewer + note
        found[name, sentence] = EsaScore(name, rendering, score.score, sentence)
    return tuple(found.values())


def _unsettled(every: Judgements) -> dict[str, int]:
    decided = {decision.id for decision, _ in every.adjudications}
    return dict(Counter(error.reviewer for error in every.published() if error.id not in decided))
