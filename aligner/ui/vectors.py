"""The encoder of the pages, opened once for all sessions of this process."""

from __future__ import annotations

import streamlit as st

from aligner.encoders import Encoder, open_encoder
from aligner.home import vectors_dir


@st.cache_resource(show_spinner=False)
def encoder() -> Encoder:
    """The one of `aligner build`; its model is loaded when it is first asked. Raises MissingExtraError."""
    return open_encoder(cache=vectors_dir())
