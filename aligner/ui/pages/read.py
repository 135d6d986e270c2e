"""Read: the letter beside its renderings, sentence by sentence."""

from __future__ import annotations

import streamlit as st

from aligner.ui import keymap, parts, published, session, wordwise
from aligner.ui.components import READER, texts_for
from aligner.ui.session import Place

KEY = "la_reader"
TEXTS = ("mode", "term", "explain", "residue", "evidence", "card", "bar", "grid", "inspect", "tour")
FINDING_TEXTS = ("severity", "severity_is", "category", "check", "finding", "proof", "bound", "bend", "unit")


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter cannot be read."""
    view = session.read_view(place)
    data = {
        "view": view,
        "judged": published.judged(place.corpus, place.entry.id),
        "start": session.start(place.entry.id),
        "day": {date: place.say.day(date) for date in {view["letter"]["date"], *(c["date"] for c in view["columns"])}},
        **keymap.for_component("read"),
        **texts_for(place.say, *TEXTS, *FINDING_TEXTS),
    }
    _reader(data, place.entry.id)
    wordwise.lights(place)


@parts.part("reader")
def _reader(data: dict[str, object], letter: str) -> None:
    # A fragment: choosing a sentence runs these lines again, not the whole page.
    def chosen() -> None:
        parts.due("reader")
        if number := st.session_state[KEY].get("sentence"):
            session.keep_sentence(letter, int(number))

    READER(key=KEY, data=data, on_sentence_change=chosen, on_go_change=parts.hear("reader", KEY, "go"))
    if page := parts.heard(KEY, "go"):
        session.go(str(page), letter)
