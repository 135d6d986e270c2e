"""Laws of any session at the desk: undoing all gives the automatic alignment, and a log says the same elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_cli import Sums, in_order, write_corpus

from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.formats import alignment_json
from aligner.model import AbsenceKind, Mode, ResidueKind
from aligner.pipeline.exchange import KNOWN, STORED, take_in
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.settling import last_word
from aligner.review.decisions import Kind, dumps
from aligner.review.edits import Edit, Editor
from aligner.review.said import Score
from aligner.store import Stored, open_store

LETTER, RENDERING = "farewell", "farewell-north"
PLACE = (LETTER, RENDERING)
REVIEWERS = ("ada", "ben")
TAKE_BACK = {"undo": Kind.UNDO, "redo": Kind.REDO}
EDITS: dict[str, Callable[[Editor, int], Edit]] = {
    "confirm": lambda e, n: e.confirm([e.part.beads[n]]),
    "mode": lambda e, n: e.set_mode(e.part.beads[n], list(Mode)[n % 3]),
    "reject": lambda e, n: e.reject(e.part.beads[n]),
    "merge": lambda e, n: e.merge(e.part.beads[n : n + 2]),
    "move": lambda e, n: e.move(e.part.beads[n].target[0], e.part.beads[n], e.part.beads[n - 1]),
    "split": lambda e, n: e.split(e.part.beads[n], None, e.part.beads[n].target[0].start + 2),
    "absent": lambda e, n: e.mark_absent(sorted(e.part.source, key=lambda q: q.start)[n], AbsenceKind.OMITTED),
    "residue": lambda e, n: e.mark_residue(e.part.beads[n].target[0], ResidueKind.NARRATION),
}
STEPS = st.tuples(
    st.sampled_from(REVIEWERS), st.sampled_from([*EDITS, "score", "undo", "undo", "redo"]), st.integers(0, 4)
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    opened = Corpus.open(write_corpus(tmp_path_factory.mktemp("laws") / "corpus"))
    (opened.folder / LETTER).mkdir()
    document = opened.document("north.txt")
    alignment = in_order(opened.letter(LETTER), document, Sums(), rendering=RENDERING)
    (opened.folder / LETTER / f"{RENDERING}.json").write_text(alignment_json.dumps(alignment), encoding="utf-8")
    return opened


def step(desk: Desk, reviewer: str, name: str, number: int) -> None:
    """One step of a session; what cannot be done there is left out."""
    if name in TAKE_BACK:
        found = last_word(desk, reviewer, PLACE, None, undone=name == "redo")
        if found is not None:
            desk.refer(TAKE_BACK[name], found, reviewer)
        return
    try:
        value = Score(number) if name == "score" else EDITS[name](desk.editor(*PLACE), number)
    except (AlignerError, IndexError):
        return
    assert isinstance(desk.say(value, reviewer, *PLACE), Stored)


@settings(max_examples=25)
@given(session=st.lists(STEPS, min_size=1, max_size=12))
def test_undoing_all_gives_the_automatic_alignment_and_a_log_says_the_same_elsewhere(
    corpus: Corpus, session: list[tuple[str, str, int]]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(str(Path(folder) / "a.db")) as store,
        open_store(str(Path(folder) / "b.db")) as other,
    ):
        desk, elsewhere = Desk(corpus, store), Desk(corpus, other)
        for reviewer, name, number in session:
            step(desk, reviewer, name, number)
        lines = dumps(desk.log(LETTER))
        count = len(desk.log(LETTER))
        assert [each.state for each in take_in(corpus, other, lines, "log")] == [STORED] * count
        assert [each.state for each in take_in(corpus, other, lines, "log")] == [KNOWN] * count
        assert elsewhere.state(*PLACE) == desk.state(*PLACE)
        assert elsewhere.judgements(*PLACE) == desk.judgements(*PLACE)
        for reviewer in REVIEWERS:
            while (last := last_word(desk, reviewer, PLACE, None)) is not None:
                desk.refer(Kind.UNDO, last, reviewer)
        assert desk.state(*PLACE).alignment == desk.automatic(*PLACE)
        assert desk.judgements(*PLACE).scores == ()
