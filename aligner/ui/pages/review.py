"""Review: errors marked in the words, suggestions judged, sentences scored."""

from __future__ import annotations

from typing import Any

import streamlit as st

from aligner.errors import AlignerError
from aligner.pipeline.publishing import TOGETHER
from aligner.pipeline.reviewing import Desk
from aligner.review.typologies import load
from aligner.ui import keymap, published, session, wordwise
from aligner.ui.components import REVIEW, REVIEW_STATE, texts_for
from aligner.ui.desk import desk as open_desk
from aligner.ui.desk import reviewer
from aligner.ui.outbox import Acknowledged, Operation
from aligner.ui.session import Place
from aligner.ui.views import review_apply
from aligner.ui.views.reading import Made, Version
from aligner.ui.views.review import review
from aligner.ui.views.review_mine import mine

KEY = "la_review"
ANSWERS = "la_review_answers"
TEXTS = ("review", "review_keys", "reviewer", "saved", "category", "mode", "term", "explain")


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter, or the database, cannot be read."""
    desk = open_desk(place)
    view = _view(desk, place.entry.id, session.stamp(place), _edits(desk, place.entry.id))
    data = {"view": view, "keys": keymap.for_component(keymap.REVIEW), **texts_for(place.say, *TEXTS)}
    _work(data, desk, place.entry.id, session.start(place.entry.id))
    wordwise.lights(place)


@st.fragment
def _work(data: dict[str, Any], desk: Desk, letter: str, start: dict[str, int] | None) -> None:
    # Two components: the texts of the letter go to the browser once, what changes with every key is small.
    def chosen() -> None:
        if number := st.session_state[KEY].get("sentence"):
            session.keep_sentence(letter, int(number))

    result = REVIEW(
        key=KEY, data=data, on_sentence_change=chosen, on_outbox_change=lambda: None, on_reviewer_change=lambda: None
    )
    typology = load()

    def apply(operation: Operation) -> str | None:
        return review_apply.do(desk, operation, reviewer(operation.args.get("who")), typology)

    answer = st.session_state.setdefault(ANSWERS, Acknowledged()).take(result.outbox, apply)
    name = reviewer(result.reviewer)
    texts = {column["id"]: desk.texts(letter, column["id"]) for column in data["view"]["columns"]}
    held = mine(desk.log(letter), name, texts) if name else None
    REVIEW_STATE(key=f"{KEY}_state", data={"letter": letter, "answer": answer, "mine": held, "start": start})


def _edits(desk: Desk, letter: str) -> int:
    """The last decision that may have changed what is published of a letter's alignments."""
    return max((each.seq for each in desk.store.decisions(letter) if each.decision.layer in TOGETHER), default=0)


@st.cache_resource(show_spinner=False, max_entries=8)
def _view(_desk: Desk, letter: str, stamp: Any, edits: int) -> dict[str, Any]:  # noqa: ARG001 - the key
    versions, problems = [], {}
    for version in published.versions(_desk.corpus, letter):
        made = version.made
        if made:
            try:
                made = Made(made.document, _desk.state(letter, version.id).alignment)
            except AlignerError as error:
                problems[version.id] = str(error)
        versions.append(Version(version.id, version.outlet, version.date, version.language, made, version.problem))
    return review(_desk.corpus.letter(letter), versions, load(), load("esa"), problems)
