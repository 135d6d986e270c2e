"""Where everything lies; a copy to keep or to take elsewhere, and back from one."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from aligner import home
from aligner.errors import AlignerError
from aligner.pipeline import backup
from aligner.pipeline.apart import Task
from aligner.ui import published, shelves
from aligner.ui.bringing.bring import taken
from aligner.ui.bringing.job import Job
from aligner.ui.bringing.watch import begin, tell, told
from aligner.ui.desk import store
from aligner.ui.messages import Catalogue

_THERE = "la_there"
"""The archive that was taken in last, with the letters of it that were here already, by id: their titles."""


def show(say: Catalogue) -> None:
    """Draw the places, the copy and the way back."""
    st.subheader(say("letters.places"), anchor=False)
    folder, database = home.letters_dir(), published.database()
    megabytes = f"{backup.size(folder) / 1_000_000:.1f}" if folder.is_dir() else "0"
    st.text(say("letters.place_letters", size=megabytes))
    st.code(str(folder), language=None)
    st.text(say("letters.place_database"))
    st.code(database or str(home.database_file()), language=None)
    st.text(say("letters.place_cache"))
    st.code(str(home.cache_dir()), language=None)
    st.subheader(say("letters.back_up"), anchor=False)
    st.text(say("letters.back_up_is"))
    st.download_button(
        say("letters.back_up_now"),
        partial(backup.back_up, folder, store() if database else None),
        file_name=f"letters-{date.today().isoformat()}.zip",
        mime="application/zip",
        key="la_back_up",
        on_click="ignore",
        icon=":material/download:",
    )
    st.subheader(say("letters.restore"), anchor=False)
    st.text(say("letters.restore_is"))
    turn = st.session_state.get("la_restored", 0)
    file = st.file_uploader(say("letters.archive_file"), type=["zip"], key=f"la_restore_{turn}")
    path = st.text_input(
        say("letters.archive_path"), key=f"la_restore_path_{turn}", placeholder="/home/ann/letters.zip"
    )
    if (file is not None or path.strip()) and st.button(
        say("letters.restore_now"), key="la_restore_now", type="primary"
    ):
        with st.spinner(say("letters.reading")):
            _restore(say, file.getvalue() if file is not None else Path(path.strip()))
        st.session_state["la_restored"] = turn + 1
        st.rerun()
    told(say, "restore")
    _again(say)


def _restore(say: Catalogue, given: bytes | Path) -> None:
    """Take an archive in, and have told what came of it."""
    st.session_state.pop(_THERE, None)
    try:
        data = backup.read(given) if isinstance(given, Path) else given
        needed = store() if backup.has_decisions(data) else None
        found = backup.restore(home.letters_dir(), data, shelves.corpus().manifest, needed)
    except AlignerError as error:
        tell("letters.failed", error, place="restore")
        return
    st.session_state[_THERE] = (data, backup.titles(data, found.there))
    came = bool(found.letters) or not found.there
    lines = [say("letters.restored", n=len(found.letters)), *found.letters] if came else []
    lines += [say("letters.there_already", n=len(found.there)), *found.there] if found.there else []
    lines += [say("letters.decisions_came", n=found.decisions)] if found.decisions else []
    tell("letters.done", "\n".join(lines), good=True, place="restore")


def _again(say: Catalogue) -> None:
    """Letters of the archive whose ids are taken: never put in place of what is here, but beside it when wanted."""
    data, there = st.session_state.get(_THERE) or (b"", {})
    if not there:
        return
    st.text(say("letters.beside_is"))
    for letter, title in there.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"la_beside_{letter}"):
            st.text(title or letter)
            if st.button(say("letters.beside"), key=f"la_beside_{letter}_now"):
                named = say("letters.beside_title", title=title or letter)
                given = {"data": data, "letter_id": letter, "title": named, "taken": taken()}
                st.session_state.pop(_THERE)
                begin(Job(Task("bring_copy", home.letters_dir(), given)))
