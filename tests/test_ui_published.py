"""The pages that only show: what reviewers decided is seen at once, and a broken database does not hide the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
import support_ui
from streamlit.testing.v1 import AppTest

from aligner import home
from aligner.corpus import Corpus
from aligner.pipeline.reviewing import Desk
from aligner.review.layers import own_layer
from aligner.review.said import Comment, Verdict, Work
from aligner.store import open_store
from aligner.ui import published, session
from aligner.ui.launch import VARIABLE
from aligner.ui.messages import Catalogue
from aligner.ui.session import Place

APP = str(Path(__file__).parent.parent / "app.py")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setenv(home.VARIABLE, str(tmp_path / "home"))
    monkeypatch.delenv(home.DATABASE_VARIABLE, raising=False)
    folder = support_ui.build(tmp_path)
    monkeypatch.setenv(VARIABLE, str(folder))
    return Corpus.open(folder)


def first(corpus: Corpus) -> tuple[str, str]:
    entry = corpus.manifest.letters[0]
    return entry.id, entry.renderings[0].id


def test_without_a_database_what_was_built_is_shown_and_none_is_made(corpus: Corpus) -> None:
    letter, rendering = first(corpus)
    assert published.alignment(corpus, letter, rendering) == corpus.alignment(letter, rendering)
    assert (published.revision(letter), published.trouble()) == (0, None)
    assert not home.database_file().exists()


def test_a_database_that_is_named_and_absent_is_not_made(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, rendering = first(corpus)
    for name in (str(tmp_path / "none.db"), f"sqlite:///{tmp_path}/none.db"):
        monkeypatch.setenv(home.DATABASE_VARIABLE, name)
        assert published.alignment(corpus, letter, rendering) == corpus.alignment(letter, rendering)
        assert (published.revision(letter), published.trouble()) == (0, None)
    assert not (tmp_path / "none.db").exists()


def test_a_decision_is_seen_without_a_build_and_goes_when_it_is_undone(corpus: Corpus) -> None:
    letter, rendering = first(corpus)
    built = corpus.alignment(letter, rendering)
    assert built is not None
    with open_store() as store:
        desk = Desk(corpus, store)
        editor = desk.editor(letter, rendering)
        desk.say(Comment("hm"), "ann", letter, rendering)
        assert published.alignment(corpus, letter, rendering) == built
        bead = editor.part.beads[0]
        desk.say(editor.unlink(bead), "ann", letter, rendering)
        now = published.alignment(corpus, letter, rendering)
        assert now is not None
        assert len(now.links) == len(built.links) - 1
        assert now.findings == built.findings
        desk.undo("ann", letter, rendering)
        assert published.alignment(corpus, letter, rendering) == built


def test_views_are_made_again_by_corrections_alone_and_what_compares_builds_never(corpus: Corpus) -> None:
    letter, rendering = first(corpus)
    place = Place(corpus, corpus.entry(letter), Catalogue.load("en"))
    with open_store() as store:
        desk = Desk(corpus, store)
        read, compared = session.read_view(place), session.compare_view(place)
        editor = desk.editor(letter, rendering)
        desk.say(Comment("hm"), "ann", letter, rendering)
        desk.say(Work("done"), "ann", letter, rendering)
        assert session.read_view(place) is read
        desk.say(editor.unlink(editor.part.beads[0]), "ann", letter, rendering)
        corrected = session.read_view(place)
        assert corrected is not read
        desk.undo("ann", letter, rendering)
        assert session.read_view(place) is not corrected
        assert session.compare_view(place) is compared


def test_what_holds_of_findings_is_read_anew_with_every_verdict(corpus: Corpus) -> None:
    letter, rendering = first(corpus)
    assert published.judged(corpus, letter) == {}
    with open_store() as store:
        desk = Desk(corpus, store)
        finding = desk.published(letter, rendering).findings[0]
        desk.say(Verdict(finding.id, finding.check, None, "fine"), "ann", letter, rendering)
        assert published.judged(corpus, letter) == {rendering: {finding.id: "dismissed"}}
        desk.undo("ann", letter, rendering, own_layer("ann"))
        assert published.judged(corpus, letter) == {}


def test_a_broken_database_is_told_and_the_letter_is_still_read(corpus: Corpus) -> None:
    home.database_file().parent.mkdir(parents=True, exist_ok=True)
    home.database_file().write_bytes(b"no database" * 1000)
    letter, rendering = first(corpus)
    assert published.alignment(corpus, letter, rendering) == corpus.alignment(letter, rendering)
    assert "aligner.db" in str(published.trouble())
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert not app.exception
    assert [warning.value for warning in app.warning] != []
    assert len(app.get("bidi_component")) == 2
