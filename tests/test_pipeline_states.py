"""States that were kept give what replaying from the beginning gives, whatever was undone since."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_replay import Texts as Both
from support_replay import as_decision, said
from test_review_replay import Case, sessions

from aligner.model import Alignment, sha256_of
from aligner.pipeline import states
from aligner.review.decisions import Decision, Kind
from aligner.review.history import standing
from aligner.review.judgements import Texts
from aligner.review.layers import PUBLISHED, TOGETHER
from aligner.review.replay import Replayed, replay
from aligner.store import Store, open_store


@st.composite
def logs(draw: st.DrawFn) -> tuple[Both, Alignment, list[Decision]]:
    """A session of edits with undoing and redoing between them."""
    case: Case = draw(sessions())
    over, base, edits, _ = case
    log: list[Decision] = []
    for number, edit in enumerate(edits):
        log.append(as_decision(str(number), edit, over))
        for _ in range(draw(st.integers(0, 2))):
            named = draw(st.sampled_from([d.id for d in log]))
            kind = draw(st.sampled_from([Kind.UNDO, Kind.REDO, Kind.RETRACT]))
            log.append(said(f"x{len(log)}", kind, {"decision": named}, over))
    return over, base, log


def texts_of(over: Both) -> Texts:
    return Texts(over.source, over.target, sha256_of(over.source), sha256_of(over.target))


def read(store: Store, base: Alignment, over: Both) -> Replayed:
    return states.read_state(store, base, texts_of(over), TOGETHER, PUBLISHED)


@settings(max_examples=20)
@given(logs())
def test_reading_at_every_moment_gives_what_replay_gives(case: tuple[Both, Alignment, list[Decision]]) -> None:
    over, base, log = case
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(states, "EVERY", 1)
        with open_store(str(Path(folder) / "a.db")) as store:
            for number, decision in enumerate(log, 1):
                store.append(replace(decision, revision=number - 1))
                wanted = replay(base, standing(log[:number]), over.source, over.target)
                assert read(store, base, over).alignment == wanted.alignment
                assert read(store, base, over).bans == wanted.bans
            known = {sha256_of(text): text for text in (over.source, over.target)}
            again = states.replayer(lambda _: (base, texts_of(over)))
            assert store.check(known.get, again) == ()


def test_a_kept_state_of_another_alignment_or_a_broken_one_is_not_used(tmp_path: Path) -> None:
    over = Both("abc. def.", "字字。𠀀𠀀。")
    from support_replay import editor_of, empty

    from aligner.model import AbsenceKind, Quoted
    from aligner.review.conversion import alignment_of
    from aligner.review.parts import Gap, Part

    gaps = (Gap(Quoted(0, 4, "abc."), AbsenceKind.OMITTED), Gap(Quoted(5, 9, "def."), AbsenceKind.OMITTED))
    base = alignment_of(Part((), gaps), empty(over))
    edit = editor_of(base, over).link([gaps[0].source], [Quoted(0, 3, "字字。")])
    with open_store(str(tmp_path / "a.db")) as store:
        store.append(as_decision("1", edit, over))
        good = read(store, base, over)
        assert [link.source for link in good.alignment.links] == [("s1",)]
        for body in (
            "no json",
            "{}",
            '{"over": "x", "state": "{}"}',
            f'{{"over": "{states.key_of(base, texts_of(over))}", "state": "{{}}"}}',
        ):
            store.put_snapshot("l", "r", PUBLISHED, 1, body)
            assert read(store, base, over) == good


def test_a_text_that_was_not_aligned_is_refused_where_nobody_decided_anything_too(tmp_path: Path) -> None:
    from support_replay import empty

    from aligner.errors import AlignmentError
    from aligner.model import AbsenceKind, Quoted
    from aligner.review.conversion import alignment_of
    from aligner.review.parts import Gap, Part

    over = Both("abc. def.", "字字。𠀀𠀀。")
    gaps = (Gap(Quoted(0, 4, "abc."), AbsenceKind.OMITTED), Gap(Quoted(5, 9, "def."), AbsenceKind.OMITTED))
    base = alignment_of(Part((), gaps), empty(over))
    with open_store(str(tmp_path / "a.db")) as store:
        assert read(store, base, over) == Replayed(base)
        with pytest.raises(AlignmentError, match="segment s2"):
            read(store, base, Both("abc. xyz.", over.target))
