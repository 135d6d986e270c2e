"""Disagreements settled: what holds afterwards, and that no reviewer's word is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support_judging import NORTH, built_folder, desk_of, done, mark, say, score

from aligner.errors import AlignerError
from aligner.pipeline.adjudicating import Contested, contested, reopen, settle
from aligner.pipeline.agreeing import agreement
from aligner.pipeline.placing import place
from aligner.pipeline.reviewing import Desk
from aligner.review.figures import Resampling
from aligner.review.layers import own_layer
from aligner.review.said import Verdict
from aligner.store import open_store

FEW = Resampling(resamples=20)
HERE = ("farewell", NORTH)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("built"))


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Iterator[Desk]:
    with open_store(str(tmp_path / "reviews.db")) as store:
        yield desk_of(folder, store)


def listed(desk: Desk) -> tuple[Contested, ...]:
    disputes = agreement(desk, "farewell", [NORTH], resampling=FEW).disputes
    placing = place(desk.corpus.letter("farewell"), desk.state(*HERE).alignment)
    return contested(disputes, {NORTH: desk.judgements(*HERE)}, {NORTH: placing})


def disagree(desk: Desk) -> tuple[list[str], list[str]]:
    """Ann marks two errors in the second sentence where Ben marks one; both say that they are done."""
    anns = say(desk, "ann", NORTH, mark(NORTH, "accuracy/mistranslation", "major", "周五"))
    anns += say(desk, "ann", NORTH, mark(NORTH, "style/awkward style", "minor", "关店"), done())
    bens = say(desk, "ben", NORTH, mark(NORTH, "accuracy/mistranslation", "minor", "周五"), done())
    return anns[:2], bens[:1]


def published(desk: Desk) -> list[tuple[str, str, str]]:
    return sorted((e.reviewer, e.category, e.severity) for e in desk.judgements(*HERE).published())


def test_one_version_is_kept_and_everything_has_an_outcome(desk: Desk) -> None:
    anns, bens = disagree(desk)
    (dispute,) = listed(desk)
    assert dispute.open
    assert [[decision.id for decision, _ in side] for side in dispute.sides] == [anns, bens]
    settle(desk, "cy", HERE, anns, bens, "Ann saw more", "event")
    settle(desk, "cy", HERE, anns, bens, "Ann saw more", "event")
    assert published(desk) == [("cy", "accuracy/mistranslation", "major"), ("cy", "style/awkward style", "minor")]
    (after,) = listed(desk)
    assert not after.open
    assert {ruling.reason for _, ruling in after.settled} == {"Ann saw more"}
    assert len(desk.judgements(*HERE).errors) == 3  # as their authors left them
    reopen(desk, "dora", HERE, after.ids)
    assert not listed(desk)[0].open
    reopen(desk, "cy", HERE, after.ids)
    assert listed(desk)[0].open
    assert len(published(desk)) == 3


def test_neither_version_holds(desk: Desk) -> None:
    anns, bens = disagree(desk)
    settle(desk, "cy", HERE, [], [*anns, *bens], "both misread it", "event")
    assert published(desk) == []
    assert not listed(desk)[0].open


def test_a_score_is_settled_by_one_of_the_two(desk: Desk) -> None:
    say(desk, "ann", NORTH, score(90, "We close"))
    say(desk, "ben", NORTH, score(40, "We close"))
    dispute = next(each for each in listed(desk) if each.dispute.about == ("score",))
    (ann,), (ben,) = dispute.sides
    settle(desk, "cy", HERE, [ben[0].id], [ann[0].id], "", "event")
    assert not next(each for each in listed(desk) if each.dispute.about == ("score",)).open


def test_who_dismissed_a_finding_contradicts_who_accepted_it(desk: Desk) -> None:
    error = mark(NORTH, "accuracy/mistranslation", "major", "周五")
    (theirs,) = say(desk, "ann", NORTH, Verdict("f1", "numbers", error))
    mine, _ = say(desk, "ben", NORTH, Verdict("f1", "numbers", None, "it is a Friday"), done())
    (dispute,) = listed(desk)
    assert dispute.ids == (theirs, mine)
    settle(desk, "cy", HERE, [mine], [theirs], "", "event")
    assert published(desk) == []
    assert not listed(desk)[0].open


def test_only_standing_words_about_the_rendering_are_settled(desk: Desk) -> None:
    anns, bens = disagree(desk)
    with pytest.raises(AlignerError, match="no decision 'nowhere'"):
        settle(desk, "cy", HERE, ["nowhere"], bens, "", "event")
    with pytest.raises(AlignerError, match="nothing to settle"):
        settle(desk, "cy", HERE, [], [], "", "event")
    for _ in ("the mark that the sentence is done", "the error"):
        desk.undo("ben", *HERE, own_layer("ben"))
    with pytest.raises(AlignerError):
        settle(desk, "cy", HERE, anns, bens, "", "event")
    assert not desk.judgements(*HERE).adjudications


def test_what_the_engine_alone_has_is_nobodys_disagreement(desk: Desk) -> None:
    editor = desk.editor(*HERE)
    say(desk, "ann", NORTH, editor.unlink(editor.part.beads[0]))
    assert agreement(desk, "farewell", [NORTH], resampling=FEW).disputes
    assert listed(desk) == ()
    for name in ("ann", "ben"):
        own = desk.editor(*HERE, own_layer(name))
        say(desk, name, NORTH, own.unlink(own.part.beads[1 if name == "ann" else 2]), layer=own_layer(name))
    links = listed(desk)
    assert links
    assert all(each.open and not each.ids for each in links)
