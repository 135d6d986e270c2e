"""The desk of a session: the corpus with the store of decisions, opened once for all sessions of this process."""

from __future__ import annotations

import os
from contextlib import suppress

import streamlit as st

from aligner.errors import AlignerError
from aligner.home import DATABASE_VARIABLE, home
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.typologies import known
from aligner.review.typologies import Typology, load
from aligner.store import Store, open_store
from aligner.ui import access
from aligner.ui.launch import TYPOLOGY_VARIABLE
from aligner.ui.session import Place

LONGEST_NAME = 80
_REVIEWER = "la_reviewer"


def desk(place: Place) -> Desk:
    """Where a reviewer works on the letter of `place`; raises StoreError when the database cannot be used."""
    return Desk(place.corpus, store())


def store() -> Store:
    """The database of decisions; raises StoreError when it cannot be used."""
    return _store(os.environ.get(DATABASE_VARIABLE, ""), str(home()))


def typology() -> Typology:
    """The typology that errors are marked with: the one that the launcher names, else the default one.

    Raises UnknownNameError for one that nobody knows; StoreError.
    """
    name = os.environ.get(TYPOLOGY_VARIABLE)
    return known(name, store()) if name else load()


def reviewer(name: object) -> str:
    """The reviewer's name: who signed in, else as a component sent it, on one line; empty when there is none yet.

    Raises SignInError when whoever signed in is no reviewer.
    """
    who = access.person()
    if who.role < access.Role.REVIEWER:
        raise access.SignInError("only reviewers correct and annotate", hint="ask for the role of a reviewer")
    if who.name:
        _remember(who.name, who.role.name.lower(), os.environ.get(DATABASE_VARIABLE, ""), str(home()))
        return who.name
    return " ".join(str(name).split())[:LONGEST_NAME] if isinstance(name, str) else ""


def keep_reviewer(name: object) -> None:
    """Note the name that a component said last."""
    if isinstance(name, str) and name:
        st.session_state[_REVIEWER] = name


def last_reviewer() -> str:
    """That name, for a page that has not said one yet: it says the same as a rule, and need not be waited for."""
    return str(st.session_state.get(_REVIEWER, ""))


def adjudicator(name: object) -> str:
    """The same of who settles what reviewers disagree about. Raises SignInError when whoever signed in may not."""
    if not settles():
        raise access.SignInError("only adjudicators settle disagreements", hint="ask for the role of an adjudicator")
    return reviewer(name)


def settles() -> bool:
    """Whether who is before the page may settle what reviewers disagree about."""
    return access.person().role >= access.Role.ADJUDICATOR


@st.cache_resource(show_spinner=False, max_entries=1000)
def _remember(name: str, role: str, address: str, place: str) -> None:  # noqa: ARG001 - a store has its own people
    """Keep in the database who reviews there in which role: once, and again when the role is another one."""
    with suppress(AlignerError):  # a database that cannot be written says so when something is decided
        store().add_reviewer(name, role)


@st.cache_resource(show_spinner=False)
def _store(address: str, place: str) -> Store:  # noqa: ARG001 - what the store is found by is the key
    return open_store()
