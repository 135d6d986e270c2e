"""Align: the letter with a lane for each rendering, corrected link by link."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from aligner.errors import AlignerError
from aligner.ui import access, faults, keymap, parts, session
from aligner.ui.aligning import Aligning
from aligner.ui.components import ALIGN, texts_for
from aligner.ui.desk import desk, keep_reviewer, settles
from aligner.ui.messages import plain
from aligner.ui.outbox import Acknowledged
from aligner.ui.session import Place

KEY = "la_align"
TEXTS = ("card", "mode", "term", "residue", "align", "did", "reviewer", "saved")


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter or the store cannot be read."""
    opened, letter = desk(place), place.entry.id
    work = st.session_state.get("la_aligning")
    if not isinstance(work, Aligning) or work.letter != letter or work.desk.corpus is not place.corpus:
        work = Aligning(opened, letter, place.say)
    work.desk, work.say = opened, place.say
    work.whole = None  # the page may be another one than the last time
    st.session_state["la_aligning"] = work
    acknowledged = st.session_state.setdefault("la_align_acknowledged", Acknowledged())
    _lanes(place, work, acknowledged, session.start(letter))


@parts.part("lanes")
def _lanes(place: Place, work: Aligning, acknowledged: Acknowledged, start: dict[str, int] | None) -> None:
    # A fragment: an operation runs these lines again, not the whole page.
    letter = place.entry.id

    def chosen() -> None:
        parts.due("lanes")
        if number := st.session_state[KEY].get("sentence"):
            session.keep_sentence(letter, int(number))

    sent = st.session_state[KEY].get("outbox") if KEY in st.session_state else None
    ours = isinstance(sent, Mapping) and sent.get("letter") == letter
    answer = acknowledged.take(sent, work.apply, work.knows, partial(faults.told, place.say)) if ours else None
    keep_reviewer(work.who)
    try:
        view = work.sent(st.session_state[KEY].get("whole") if KEY in st.session_state else None)
    except AlignerError as error:
        # The frame hears of no fault in a fragment that runs alone; what is not stored yet waits in the browser.
        st.error(place.say("app.letter_error"))
        st.text(plain(faults.told(place.say, error)))
        return
    data = {
        "view": view,
        "answer": answer,
        "start": start,
        "signed": access.person().name,
        "settles": settles(),
        **keymap.for_component("align"),
        **texts_for(place.say, *TEXTS),
    }
    sent = parts.hear("lanes", KEY)
    ALIGN(key=KEY, data=data, on_outbox_change=sent, on_sentence_change=chosen, on_whole_change=sent)
