"""Compare: the renderings of a letter held against one another."""

from __future__ import annotations

from typing import Any

import streamlit as st

from aligner.ui import comparing, parts, session, wordwise
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


@parts.part("panels")
def _panels(data: dict[str, Any], place: Place) -> None:
    hear = parts.hear("panels", KEY, "sentence", "review")
    result = COMPARE(key=KEY, data=data, on_sentence_change=hear, on_review_change=hear, on_pick_change=hear)
    if parts.heard(KEY, "review"):
        session.go("review", place.entry.id)
    if isinstance(to := parts.heard(KEY, "sentence"), dict):
        session.go("read", place.entry.id, to.get("n"), to.get("finding"))
    view = data["view"]
    if not view["built"]:
        return
    # Each in a component of its own behind the page: what is quick is not kept waiting.
    COMPARE_MORE(key=f"{KEY}_scores", data={"name": "scores", "state": comparing.scores_of(place)})
    start = session.start(place.entry.id)
    words = comparing.words_of(place, view, result.pick, start["sentence"] if start else None)
    COMPARE_MORE(key=f"{KEY}_words", data={"name": "words", "state": words})
