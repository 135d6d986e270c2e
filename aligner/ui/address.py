"""The address of a page from the menu, whose links name no letter: a reload would show the first one."""

from __future__ import annotations

import streamlit as st

from aligner.ui import session
from aligner.ui.components import ADDRESS

_ENTERED = "la_entered"


def keep(page: str, letter: str) -> None:
    """Have letter, sentence and language written into the address where they are missing; after the page is drawn.

    The browser does it, in place of the menu's own address. Written by `st.query_params` it would be one more entry of
    the history, and Back would lead to the one before, which would be answered by the same again.
    """
    before, by_menu = st.session_state.get(_ENTERED, ("", False))
    if page != before:
        by_menu = bool(before) and "letter" not in st.query_params
        st.session_state[_ENTERED] = (page, by_menu)
    if by_menu and "letter" not in st.query_params:
        ADDRESS(key="la_address", data={"page": session.path(page), "wanted": session.told(letter)})
