"""How much a rendering carries and how far reviewers are, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support_cli import LETTER
from support_judging import NORTH, SOUTH, at, built_folder, desk_of, done, fill, say, score

from aligner.model import Absence, AbsenceKind, Mode, Status
from aligner.pipeline.placing import place
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.surveying import Extent, progress, survey
from aligner.review.layers import own_layer
from aligner.review.said import Assignment, Verdict, Work
from aligner.store import open_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("built"))


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Iterator[Desk]:
    with open_store(str(tmp_path / "reviews.db")) as store:
        yield desk_of(folder, store)


def test_words_links_and_extent_of_a_rendering_by_hand(desk: Desk) -> None:
    letter = desk.corpus.letter("farewell")
    north, south = desk.automatic("farewell", NORTH), desk.automatic("farewell", SOUTH)
    whole = survey(letter, north)
    assert (whole.words, whole.words_rendered, whole.extent) == (19, 19, Extent.WHOLE)
    part = survey(letter, south)
    assert (part.sentences, part.rendered, part.words_rendered, part.extent) == (5, 3, 13, Extent.PARTIAL)
    # "Thank you" is missing in the third sentence.
    source = south.source_segments[2]
    there = at(LETTER, "Thank you")[0]
    gap = Absence(source.id, AbsenceKind.PARTIAL, 0.9, there.start, there.end, there.text)
    confirmed = (replace(south.links[0], status=Status.CONFIRMED), *south.links[1:])
    less = survey(letter, replace(south, absences=(*south.absences, gap), links=confirmed))
    assert (less.words_rendered, less.rendered, less.confirmed, less.links) == (11, 3, 1, 3)
    assert less.share == pytest.approx(11 / 19)


@pytest.mark.parametrize(
    ("modes", "extent"),
    [
        ("dii", Extent.REPORTED),  # 2 words directly, 11 reported
        ("idd", Extent.PARTIAL),
        ("dfi", Extent.REPORTED),  # 6 of 13 words quoted, 5 reported
        ("dff", Extent.QUOTED),
    ],
)
def test_what_most_words_stand_in_names_a_rendering(desk: Desk, modes: str, extent: Extent) -> None:
    south = desk.automatic("farewell", SOUTH)
    named = {"d": Mode.DIRECT, "i": Mode.INDIRECT, "f": Mode.FRAGMENT}
    links = tuple(replace(link, mode=named[mode]) for link, mode in zip(south.links, modes, strict=True))
    found = survey(desk.corpus.letter("farewell"), replace(south, links=links))
    assert found.extent is extent
    assert sum(found.modes.values()) == 3


def test_nothing_linked_is_no_rendering(desk: Desk) -> None:
    south = desk.automatic("farewell", SOUTH)
    gone = tuple(Absence(s.id, AbsenceKind.OUTSIDE, 0.9) for s in south.source_segments)
    bare = replace(south, links=(), target_segments=(), absences=gone, target=replace(south.target, region=None))
    found = survey(desk.corpus.letter("farewell"), bare)
    assert (found.extent, found.share) == (Extent.NONE, 0.0)


def test_each_reviewers_work_is_their_own(desk: Desk) -> None:
    fill(desk)
    say(desk, "ann", NORTH, done("We close"), Work("skipped", at(LETTER, "Thank you")[0]), layer=own_layer("ann"))
    say(desk, "ann", NORTH, score(80, "We close"), Verdict("f1", "numbers", None, "fine"))
    say(desk, "ben", NORTH, done(), layer=own_layer("ben"))
    say(desk, "ben", NORTH, Work("in_work", at(LETTER, "Thank you")[0]), layer=own_layer("ben"))
    say(desk, "cy", NORTH, done("We close"))
    say(desk, "cy", SOUTH, Assignment("dora"))
    editor = desk.editor("farewell", NORTH)
    say(desk, "ben", NORTH, editor.confirm(editor.part.beads[:1]))
    letter = desk.corpus.letter("farewell")
    placings = {name: place(letter, desk.state("farewell", name).alignment) for name in (NORTH, SOUTH)}
    rows = {(each.reviewer, each.rendering): each for each in progress(desk, "farewell", placings)}
    assert list(rows) == [("ann", NORTH), ("ann", SOUTH), ("ben", NORTH), ("cy", NORTH), ("dora", SOUTH)]
    ann, ben, dora = rows["ann", NORTH], rows["ben", NORTH], rows["dora", SOUTH]
    assert (ann.done, ann.skipped, ann.in_work, ann.sentences) == (4, 1, 0, 5)
    assert (rows["cy", NORTH].done, rows["cy", NORTH].errors) == (1, 0)
    assert (ann.errors, ann.accepted, ann.dismissed, ann.scores, ann.corrections) == (2, 0, 1, 1, 0)
    assert (ben.done, ben.in_work, ben.errors, ben.corrections) == (4, 1, 1, 1)
    assert (dora.assigned, dora.done, dora.last) == (True, 0, "")
    assert not ann.assigned
