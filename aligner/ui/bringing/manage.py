"""What there is: every letter, and for one's own what can be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from aligner import home
from aligner.corpus import LetterEntry, own
from aligner.errors import AlignerError
from aligner.ui import session, shelves
from aligner.ui.bringing import change
from aligner.ui.bringing.watch import tell
from aligner.ui.messages import Catalogue, plain

_OPEN = "la_open"
MOST_NAMED = 50
"""Letters of the other corpus that are listed: the list above every page has all of them."""


def show(say: Catalogue) -> None:
    """Draw the lists: own letters, archived ones, those of the other corpus, deleted ones."""
    _undo(say)
    mine = shelves.own()
    entries = mine.manifest.letters if mine else ()
    if not entries:
        st.text(say("letters.none_yet"))
    for entry in (each for each in entries if not each.archived):
        _own(say, entry)
    _listed(say, "letters.archived", [entry for entry in entries if entry.archived])
    _named(say)
    _trash(say)


def _listed(say: Catalogue, title: str, entries: list[LetterEntry]) -> None:
    if entries:
        st.subheader(say(title), anchor=False)
        for entry in entries:
            _own(say, entry)


def _own(say: Catalogue, entry: LetterEntry) -> None:
    opened = st.session_state.get(_OPEN) == entry.id
    with st.container(key=f"la_own_{entry.id}", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            _about(say, entry)
            with st.container(horizontal=True, width="content"):
                if not entry.archived and st.button(say("letters.read"), key=f"la_{entry.id}_read"):
                    session.go("read", entry.id)
                if st.button(say("letters.close" if opened else "letters.change"), key=f"la_{entry.id}_open"):
                    st.session_state[_OPEN] = None if opened else entry.id
                    st.rerun()
        if opened:
            change.show(say, entry)
            _away(say, entry)


def _about(say: Catalogue, entry: LetterEntry) -> None:
    """Title, and who wrote it when and how many render it, as plain text."""
    parts = [entry.author, say.day(entry.date), say("card.renderings", n=len(entry.renderings))]
    outlets = say("card.comma").join(item.outlet for item in entry.renderings if item.outlet)
    with st.container(gap=None, width="stretch"):
        st.text(entry.title or entry.id)
        st.text(plain(say("card.semicolon").join(part for part in (*parts, outlets) if part)))


def _away(say: Catalogue, entry: LetterEntry) -> None:
    """Out of the list, or into the trash; both can be undone."""
    folder = home.letters_dir()
    with st.container(horizontal=True, horizontal_alignment="right", key=f"la_away_{entry.id}"):
        name = "letters.unarchive" if entry.archived else "letters.archive"
        if st.button(say(name), key=f"la_{entry.id}_archive", type="tertiary", help=say("letters.archive_is")):
            _done(lambda: own.edit(folder, entry, replace(entry, archived=not entry.archived)))
        if st.button(
            say("letters.delete"), key=f"la_{entry.id}_delete", type="tertiary", help=say("letters.delete_is")
        ):
            _done(lambda: st.session_state.update({change.GONE: own.discard(folder, entry.id)}))


def _undo(say: Catalogue) -> None:
    """Right after a letter was deleted or a rendering taken out: a way back at once."""
    last = st.session_state.get(change.GONE)
    every = own.trashed(home.letters_dir()) if last else ()
    gone = next((each for each in every if last in (each.folder, each.rendering)), None)
    if gone is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="la_undo", border=True):
        title = gone.entry.title or gone.entry.id
        if gone.rendering:
            name = change.rendering_name(say, gone.entry, gone.rendering)
            st.text(say("letters.was_taken_out", name=name, title=title))
        else:
            st.text(say("letters.was_deleted", title=title))
        if st.button(say("letters.undo"), key="la_undo_now"):
            _bring_back(gone)


def _bring_back(gone: own.Trashed) -> None:
    """Put a letter back at once; a rendering is checked again beside the others first."""
    if not gone.rendering:
        _done(partial(own.bring_back, home.letters_dir(), gone.folder))
    try:
        change.put_back(gone)
    except AlignerError as error:
        tell("letters.not_done", error)
        st.rerun()


def _named(say: Catalogue) -> None:
    named = shelves.corpus()
    if named.folder == home.letters_dir():
        return
    st.subheader(say("letters.named"), anchor=False)
    st.text(say("letters.named_is", folder=str(named.folder)))
    for entry in named.manifest.letters[:MOST_NAMED]:
        with st.container(key=f"la_named_{entry.id}"):
            _about(say, entry)


def _trash(say: Catalogue) -> None:
    deleted = own.trashed(home.letters_dir())
    if not deleted:
        return
    st.subheader(say("letters.deleted"), anchor=False)
    for each in deleted:
        with st.container(
            key=f"la_trash_{each.folder.name}", horizontal=True, horizontal_alignment="distribute", border=True
        ):
            _gone(say, each)
            with st.container(horizontal=True, width="content"):
                if st.button(say("letters.bring_back"), key=f"la_{each.folder.name}_back"):
                    _bring_back(each)
                if st.button(say("letters.destroy"), key=f"la_{each.folder.name}_destroy"):
                    _confirm(say, each)


def _gone(say: Catalogue, each: own.Trashed) -> None:
    if not each.rendering:
        _about(say, each.entry)
        return
    with st.container(gap=None, width="stretch"):
        st.text(each.entry.title or each.entry.id)
        st.text(say("letters.one_rendering", name=change.rendering_name(say, each.entry, each.rendering)))


def _confirm(say: Catalogue, each: own.Trashed) -> None:
    """Ask once more before a letter is gone for good."""

    @st.dialog(say("letters.destroy"))
    def ask() -> None:
        st.text(each.entry.title or each.entry.id)
        st.text(say("letters.destroy_is"))
        if st.button(say("letters.destroy"), key="la_destroy_now", type="primary"):
            _done(lambda: own.destroy(each.folder))

    ask()


def _done(what: Callable[[], object]) -> None:
    """Do it and draw the page anew; why it could not be done is told above it."""
    try:
        what()
    except AlignerError as error:
        tell("letters.not_done", error)
    st.rerun()
