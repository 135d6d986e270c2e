"""A letter being made, watched: how far it is, and what came of it."""

from __future__ import annotations

import streamlit as st

from aligner.errors import AlignerError
from aligner.ui import faults, session
from aligner.ui.bringing import tray as trays
from aligner.ui.bringing.job import Job
from aligner.ui.messages import Catalogue, plain

_JOB = "la_job"
_TOLD = "la_told"
EVERY = 0.4  # seconds between two looks


def begin(job: Job) -> None:
    """Start the work and draw the page anew."""
    st.session_state[_JOB] = job.start()
    st.session_state.pop(_TOLD, None)
    st.rerun()


def tell(key: str, detail: str | AlignerError = "", *, good: bool = False, place: str = "top") -> None:
    """Have something told at a place of the page until the next work begins: a message, and plain text or a fault."""
    st.session_state[_TOLD] = (key, detail, good, place)


def told(say: Catalogue, place: str) -> None:
    """Draw what is to be told at this place."""
    key, detail, good, where = st.session_state.get(_TOLD) or ("", "", False, "")
    if where == place:
        with st.container(key="la_told"):
            (st.success if good else st.error)(say(key))
            if detail:
                st.text(plain(faults.told(say, detail) if isinstance(detail, AlignerError) else detail))


def watched(say: Catalogue) -> bool:
    """Draw what is being made, or what came of it; whether it is still being made."""
    job: Job | None = st.session_state.get(_JOB)
    if job is not None and not job.done:
        _progress(say, job)
        return True
    if job is not None:
        st.session_state.pop(_JOB)
        _landed(job)
    told(say, "top")
    return False


def _landed(job: Job) -> None:
    """What came of the work; a letter that was made is shown."""
    if job.fault is not None:
        tell("letters.failed", job.fault)
    elif job.broken:
        tell("letters.broken")
    elif job.stopped:
        tell("letters.stopped")
    elif job.made is not None:
        trays.clear(job.scope)
        if job.made.empty:
            tell("letters.found_nothing", "\n".join(job.made.empty))
        elif job.landing == "read":
            session.go("read", job.made.letter)
        else:
            tell("letters.done", good=True)


def _progress(say: Catalogue, job: Job) -> None:
    st.text(say("letters.working"))

    @st.fragment(run_every=EVERY)
    def look() -> None:
        if job.done:
            st.rerun()
        st.progress(job.share, text=say(f"letters.doing_{job.step}"))

    look()
    if st.button(say("letters.stop"), key="la_stop"):
        job.stop()
