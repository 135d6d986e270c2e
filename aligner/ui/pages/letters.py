"""Letters: what there is, a letter of one's own, and where it all lies."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from aligner.ui import shelves
from aligner.ui.bringing import bring, data, manage
from aligner.ui.bringing.inputs import uploader_words
from aligner.ui.bringing.watch import watched
from aligner.ui.messages import Catalogue

PARTS: dict[str, Callable[[Catalogue], None]] = {"list": manage.show, "bring": bring.show, "data": data.show}
_PART = "la_letters_part"


def show(say: Catalogue) -> None:
    """Draw the page; raises AlignerError when a corpus cannot be read."""
    with st.container(key="la_letters"):
        st.html(uploader_words(say, limit=int(st.get_option("server.maxUploadSize"))))
        if watched(say):
            return
        key = f"{_PART}_{say.language}"
        if st.session_state.get(key) not in PARTS:
            st.session_state[key] = st.session_state.get(_PART, _first())
        part = st.segmented_control(
            say("letters.parts"),
            list(PARTS),
            key=key,
            format_func=lambda name: say(f"letters.part_{name}"),
            label_visibility="collapsed",
            required=True,
        )
        st.session_state[_PART] = part
        PARTS[str(part)](say)


def _first() -> str:
    """Who has letters sees them; who has none is shown how to bring one."""
    return next(iter(PARTS)) if shelves.own() else "bring"
