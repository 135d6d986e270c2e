"""Review: errors marked in the words, suggestions judged, sentences scored."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from aligner.pipeline.reviewing import Desk
from aligner.review.typologies import Typology, load
from aligner.ui import access, faults, keymap, parts, published, session, wordwise
from aligner.ui.components import REVIEW, REVIEW_STATE, texts_for
from aligner.ui.desk import desk as open_desk
from aligner.ui.desk import keep_reviewer, last_reviewer, reviewer, typology
from aligner.ui.outbox import Acknowledged, Operation
from aligner.ui.session import Place
from aligner.ui.views import review_apply
from aligner.ui.views.review import review
from aligner.ui.views.review_mine import mine

KEY = "la_review"
ANSWERS = "la_review_answers"
TEXTS = ("review", "reviewer", "saved", "finding", "category", "mode", "term", "explain")


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter, or the database, cannot be read."""
    desk, kind = open_desk(place), typology()
    view = _view(desk, kind, place.entry.id, (kind.id, kind.version, session.stamp(place)))
    data = {
        "view": view,
        **keymap.for_component("review"),
        "signed": access.person().name,
        **texts_for(place.say, *TEXTS),
    }
    _work(data, desk, kind, place, session.start(place.entry.id))
    wordwise.lights(place)


@parts.part("work")
def _work(data: dict[str, Any], desk: Desk, kind: Typology, place: Place, start: dict[str, int] | None) -> None:
    # Two components: the texts of the letter go to the browser once, what changes with every key is small.
    letter, words = place.entry.id, partial(faults.told, place.say)

    def chosen() -> None:
        parts.due("work")
        if number := st.session_state[KEY].get("sentence"):
            session.keep_sentence(letter, int(number))

    sent = parts.hear("work", KEY)
    result = REVIEW(key=KEY, data=data, on_sentence_change=chosen, on_outbox_change=sent, on_reviewer_change=sent)

    def apply(operation: Operation) -> str | None:
        return review_apply.do(desk, operation, reviewer(operation.args.get("who")), kind)

    def known(operation: Operation) -> bool:
        return desk.store.knows(operation.id)

    answer = st.session_state.setdefault(ANSWERS, Acknowledged()).take(result.outbox, apply, known, words)
    keep_reviewer(result.reviewer)
    name = reviewer(last_reviewer())
    texts = {column["id"]: desk.texts(letter, column["id"]) for column in data["view"]["columns"]}
    held = mine(desk.log(letter), name, texts, desk.corpus.letter(letter).segments) if name else None
    REVIEW_STATE(key=f"{KEY}_state", data={"letter": letter, "answer": answer, "mine": held, "start": start})


@st.cache_resource(show_spinner=False, max_entries=8)
def _view(_desk: Desk, _kind: Typology, letter: str, stamp: Any) -> dict[str, Any]:  # noqa: ARG001 - the key
    return review(_desk.letter(letter), published.versions(_desk.corpus, letter), _kind, load("esa"))
