"""Compare: the renderings of a letter held against one another."""

from __future__ import annotations

import streamlit as st

from aligner.ui import session
from aligner.ui.components import COMPARE, texts_for
from aligner.ui.session import Place

KEY = "la_compare"


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter cannot be read."""
    view = session.compare_view(place)
    dates = {date for pair in view.get("sharing", []) for date in pair.get("summary", {}).get("dates", [])}
    data = {
        "view": view,
        "day": {date: place.say.day(date) for date in dates},
        **texts_for(place.say, "compare", "severity", "severity_is", "category"),
    }
    _panels(data, place.entry.id)


@st.fragment
def _panels(data: dict[str, object], letter: str) -> None:
    result = COMPARE(key=KEY, data=data, on_sentence_change=lambda: None)
    if result.sentence:
        session.go("read", letter, int(result.sentence))
