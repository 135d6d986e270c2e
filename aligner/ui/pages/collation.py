"""Collation: the English witnesses, their variants, the emendations and their evidence."""

from __future__ import annotations

import streamlit as st

from aligner.ui import session
from aligner.ui.components import COLLATION, texts_for
from aligner.ui.session import Place

KEY = "la_collation"


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter cannot be read."""
    data = {"view": session.collation_view(place), **texts_for(place.say, "collation", "evidence")}
    _table(data, place.entry.id)


@st.fragment
def _table(data: dict[str, object], letter: str) -> None:
    result = COLLATION(key=KEY, data=data, on_sentence_change=lambda: None)
    if result.sentence:
        session.go("read", letter, int(result.sentence))
