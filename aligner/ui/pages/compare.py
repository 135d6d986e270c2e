"""Compare: the renderings of a letter held against one another."""

from __future__ import annotations

from typing import Any

import streamlit as st

from aligner.ui import comparing, session, wordwise
from aligner.ui.components import COMPARE, COMPARE_MORE, texts_for
from aligner.ui.session import Place

KEY = "la_compare"


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter cannot be read."""
    view = session.compare_view(place)
    dates = {date for pair in view.get("sharing", []) for date in pair.get("summary", {}).get("dates", [])}
    data = {
        "view": view,
        "finding": st.query_params.get("finding", ""),
        "day": {date: place.say.day(date) for date in dates},
        **texts_for(place.say, "compare", "differ", "errors", "severity", "severity_is", "category", "finding"),
    }
    _panels(data, place)
    if view["built"]:
        wordwise.lights(place)


@st.fragment
def _panels(data: dict[str, Any], place: Place) -> None:
    def nothing() -> None:
        """What a component sends is read from its result."""

    result = COMPARE(key=KEY, data=data, on_sentence_change=nothing, on_review_change=nothing, on_pick_change=nothing)
    if result.review:
        session.go("review", place.entry.id)
    if isinstance(result.sentence, dict):
        session.go("read", place.entry.id, result.sentence.get("n"), result.sentence.get("finding"))
    view = data["view"]
    if not view["built"]:
        return
    # Each in a component of its own behind the page: what is quick is not kept waiting.
    COMPARE_MORE(key=f"{KEY}_scores", data={"name": "scores", "state": comparing.scores_of(place)})
    start = session.start(place.entry.id)
    words = comparing.words_of(place, view, result.pick, start["sentence"] if start else None)
    COMPARE_MORE(key=f"{KEY}_words", data={"name": "words", "state": words})
