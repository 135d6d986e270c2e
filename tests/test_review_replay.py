"""Decisions over alignments: what is replayed, undone, and carried to another engine's alignment."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_replay import Texts, alignments, as_decision, editor_of, empty, said, some_edit, texts

from aligner.formats import alignment_json
from aligner.model import AbsenceKind, Alignment, Mode, Quoted, Residue, ResidueKind
from aligner.review.conversion import alignment_of, part_of_alignment
from aligner.review.decisions import Kind, dumps, loads
from aligner.review.edits import Action, Edit
from aligner.review.ground import Ground
from aligner.review.history import standing
from aligner.review.parts import Bead, Gap, Part
from aligner.review.replay import Replaying, apply, replay
from aligner.review.stretches import Stretches

Case = tuple[Texts, Alignment, list[Edit], list[Alignment]]


@st.composite
def sessions(draw: st.DrawFn) -> Case:
    """Texts, an alignment of them, edits made one after the other, and every state between."""
    over = draw(texts())
    states = [draw(alignments(over))]
    edits: list[Edit] = []
    for _ in range(draw(st.integers(1, 6))):
        edit = some_edit(draw, editor_of(states[-1], over), over)
        if edit is not None:
            edits.append(edit)
            states.append(apply(states[-1], edit, over.source, over.target))
    return over, states[0], edits, states


def state(alignment: Alignment) -> Part:
    return Ground(part_of_alignment(alignment)).part


@given(sessions())
def test_each_edit_is_taken_back_exactly(case: Case) -> None:
    over, _, edits, states = case
    for edit, (before, after) in zip(edits, pairwise(states), strict=True):
        back = apply(after, edit.inverse(), over.source, over.target)
        assert state(back) == state(before)
        assert {(s.id, s.text) for s in back.source_segments} >= {
            (s.id, s.text) for s in before.source_segments if s in after.source_segments
        }


@given(sessions())
def test_replay_gives_the_live_state_and_undoing_all_the_first(case: Case) -> None:
    over, base, edits, states = case
    log = [as_decision(str(number), edit, over) for number, edit in enumerate(edits)]
    again = replay(base, standing(loads(dumps(log))), over.source, over.target)
    assert state(again.alignment) == state(states[-1])
    assert not again.adapted
    assert not again.orphans
    undo = [said(f"u{d.id}", Kind.UNDO, {"decision": d.id}, over) for d in reversed(log)]
    assert replay(base, standing(log + undo), over.source, over.target).alignment == base
    redo = [said(f"r{d.id}", Kind.REDO, {"decision": d.id}, over) for d in log]
    assert replay(base, standing(log + undo + redo), over.source, over.target) == again


@given(sessions(), st.data())
def test_any_subset_gives_a_valid_alignment_and_keeps_every_decision(case: Case, data: st.DataObject) -> None:
    over, base, edits, _ = case
    log = [as_decision(str(number), edit, over) for number, edit in enumerate(edits)]
    left = [d for d in log if data.draw(st.booleans())]
    result = replay(base, left, over.source, over.target)
    assert {o.decision.id for o in result.orphans} | set(result.adapted) <= {d.id for d in left}
    covers_letter(base, result.alignment)


@given(sessions(), st.data())
def test_decisions_hold_on_another_engine_and_segmentation(case: Case, data: st.DataObject) -> None:
    over, _, edits, _ = case
    other = data.draw(alignments(over))
    log = [as_decision(str(number), edit, over) for number, edit in enumerate(edits)]
    result = replay(other, log, over.source, over.target)
    covers_letter(other, result.alignment)
    assert not result.orphans
    if not edits:
        return
    there = part_of_alignment(result.alignment)
    for bead in edits[-1].after.beads:
        held = [each for each in there.beads if set(each.target) & set(bead.target)]
        assert [each.target for each in held] == [bead.target]
        assert characters(held[0].source) == characters(bead.source)
    for each in edits[-1].after.residue:
        assert each in there.residue


def test_two_kinds_of_note_on_the_same_words_do_not_both_outlive_their_link() -> None:
    over = Texts("aaaa", "字字字字")
    both = (Residue(0, 1, "字", ResidueKind.TRANSLATOR_NOTE),)
    bead = Bead((Quoted(0, 4, "aaaa"),), (Quoted(0, 4, "字字字字"),), Mode.DIRECT)
    base = alignment_of(Part((bead,), (), both), empty(over))
    edit = Edit(
        Action.UNLINK,
        Part((bead,)),
        Part(
            (),
            (Gap(Quoted(0, 4, "aaaa"), AbsenceKind.OMITTED),),
            (Residue(0, 1, "字", ResidueKind.ADDITION), Residue(1, 4, "字字字", ResidueKind.ADDITION)),
        ),
    )
    result = replay(base, [as_decision("1", edit, over)], over.source, over.target)
    assert not result.orphans
    assert result.alignment.residue == edit.after.residue


def covers_letter(before: Alignment, after: Alignment) -> None:
    """No character of the letter is lost or gained."""

    def marked(alignment: Alignment) -> set[int]:
        return characters(part_of_alignment(alignment).source)

    assert marked(after) >= marked(before)


def characters(side: frozenset[Quoted] | tuple[Quoted, ...]) -> set[int]:
    return {at for q in side for at, sign in enumerate(q.text, q.start) if sign.strip()}


@given(sessions(), st.integers(0, 6), st.data())
def test_a_replay_written_down_goes_on_as_if_it_had_not_stopped(case: Case, at: int, data: st.DataObject) -> None:
    over, _, edits, _ = case
    other = data.draw(alignments(over))
    log = [as_decision(str(number), edit, over) for number, edit in enumerate(edits)]
    first = Replaying.begin(other, over.source, over.target)
    for decision in log[:at]:
        first.take(decision)
    second = Replaying.again(first.written(), other, over.source, over.target)
    assert second.written() == first.written()
    for decision in log[at:]:
        second.take(decision)
    assert second.result() == replay(other, log, over.source, over.target)


@pytest.mark.parametrize("path", sorted(Path("corpus").glob("*/*-0*.json")), ids=lambda path: path.stem)
def test_the_alignments_of_the_corpus_come_back_whole_from_their_spans(path: Path) -> None:
    alignment = alignment_json.loads(path.read_text(encoding="utf-8"), path.name)
    assert alignment_of(state(alignment), alignment) == replace(alignment, findings=())


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))), st.integers(0, 30), st.integers(1, 9))
def test_stretches_over_another_are_those_that_share_a_character(
    given_spans: list[tuple[int, int]], start: int, size: int
) -> None:
    spans = [(at, at + length) for at, length in given_spans]
    over = [n for n, (a, b) in enumerate(spans) if a < start + size and start < b]
    found = Stretches(spans)
    assert found.over(start, start + size) == sorted(spans[n] for n in over)
    assert sorted(found.numbers(start, start + size)) == over
