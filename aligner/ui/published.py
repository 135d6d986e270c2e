"""What reviewers made of the built alignments, for the pages that only show: the state of now, not of the last build.

Without a database nothing is made, and no database library is loaded.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from aligner import home
from aligner.corpus import Corpus, RenderingEntry
from aligner.errors import AlignerError
from aligner.formats import LetterExport
from aligner.model import Alignment, Letter
from aligner.ui.views.versions import Made, Version

if TYPE_CHECKING:
    from aligner.pipeline.reviewing import Desk
    from aligner.review.decisions import Decision
    from aligner.store import Store


def revision(letter_id: str) -> int:
    """The newest revision of a letter's decisions; 0 without a database, -1 when it cannot be read."""
    try:
        store = _store()
        return store.revision(letter_id) if store else 0
    except AlignerError:
        return -1


def decisions(letter_id: str) -> tuple[Decision, ...]:
    """What reviewers decided about a letter, in order; raises StoreError when the database cannot be read."""
    store = _store()
    return tuple(each.decision for each in store.decisions(letter_id)) if store else ()


def database() -> str | None:
    """Where the database is, without password; None while there is none. Raises StoreError."""
    store = _store()
    return store.where if store else None


def corrections(letter_id: str) -> int:
    """The same of the decisions that can change its published alignments or its reading text; no annotation is one."""
    try:
        store = _store()
        if store is None:
            return 0
        from aligner.pipeline.publishing import CORRECTING
        from aligner.review.layers import TOGETHER

        return store.revision(letter_id, TOGETHER, CORRECTING)
    except AlignerError:
        return -1


def trouble() -> str | None:
    """Why the database cannot be read, None when all is well or there is none yet."""
    try:
        store = _store()
        if store:
            store.revision()
    except AlignerError as fault:
        return str(fault)
    return None


def alignment(opened: Corpus, letter_id: str, rendering: str) -> Alignment | None:
    """A rendering's alignment as published, with the findings of the last build; None when it is not built.

    Where the database cannot be read (`trouble`), as built. Raises UnknownNameError; AlignerError for a broken file.
    """
    built = opened.alignment(letter_id, rendering)
    if built is None or corrections(letter_id) <= 0:
        return built
    work = desk(opened)
    return work.published(letter_id, rendering) if work else built


def letter(opened: Corpus, letter_id: str) -> Letter:
    """The letter with its reading text as reviewers left it; as the manifest has it where the database is none.

    Raises what `Corpus.letter` raises.
    """
    as_received = opened.letter(letter_id)
    if corrections(letter_id) <= 0:
        return as_received
    work = desk(opened)
    return work.letter(letter_id) if work else as_received


def desk(opened: Corpus) -> Desk | None:
    """Where reviewers decided about a corpus; None without a database. Raises StoreError."""
    store = _store()
    if store is None:
        return None
    from aligner.pipeline.reviewing import Desk

    return Desk(opened, store)


def judged(opened: Corpus, letter_id: str) -> dict[str, dict[str, str]]:
    """What holds of the findings that reviewers judged, by rendering and the finding's id (`Judgements.findings`)."""
    now = revision(letter_id)
    return _judged(opened, str(opened.folder), letter_id, now) if now > 0 else {}


@st.cache_resource(show_spinner=False, max_entries=16)
def _judged(_opened: Corpus, folder: str, letter_id: str, revision: int) -> dict[str, dict[str, str]]:  # noqa: ARG001
    work = desk(_opened)
    if work is None:
        return {}
    found = {}
    for entry in _opened.entry(letter_id).renderings:
        # What cannot be read of a rendering, the page tells.
        with contextlib.suppress(AlignerError):
            found[entry.id] = work.judgements(letter_id, entry.id).findings()
    return {name: each for name, each in found.items() if each}


def versions(opened: Corpus, letter_id: str, *, built: bool = False) -> list[Version]:
    """A letter's renderings with what is published of them, or was `built`; a broken one leaves the others."""
    read = Corpus.alignment if built else alignment
    return [_version(opened, letter_id, item, read) for item in opened.entry(letter_id).renderings]


def _version(
    opened: Corpus, letter_id: str, item: RenderingEntry, read: Callable[[Corpus, str, str], Alignment | None]
) -> Version:
    made, problem = None, ""
    try:
        if found := read(opened, letter_id, item.id):
            made = Made(opened.document(item.document), found)
    except AlignerError as error:
        problem = str(error)
    return Version(item.id, item.outlet, item.date, item.language, made, problem)


def with_words(opened: Corpus, data: LetterExport) -> LetterExport:
    """`data` with what reviewers said of its renderings; raises StoreError."""
    store = _store()
    if store is None or revision(data.letter.id) <= 0:
        return data
    from aligner.pipeline.exporting import with_words as added

    return added(opened, data, [stored.decision for stored in store.decisions(data.letter.id)], store.typologies())


def _store() -> Store | None:
    if not home.existing():
        return None
    from aligner.ui.desk import store

    return store()
