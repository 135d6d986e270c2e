"""Parts of a page that run again alone, and what is due elsewhere on it.

What is acted on within one tick of the browser reaches the server in one message, in which Streamlit's browser code
names the first fragment that it meets: all callbacks are called, but the lines of that one fragment alone run. A
language chosen just as Read reports its sentence would leave the page in the old one. So callbacks say what is `due`
and keep what was `heard`; a part that has run has the whole page run when something else is still due.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec

import streamlit as st

PAGE = "page"
"""What stands in no part: the row above the page, say."""

_DUE = "la_due"
_HEARD = "la_heard"

P = ParamSpec("P")


def part(name: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Make a function a fragment of its page, which its components' callbacks know as `name`."""

    def made(function: Callable[P, None]) -> Callable[P, None]:
        @st.fragment
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            _due().discard(name)
            function(*args, **kwargs)
            if _due():
                st.rerun()

        return run

    return made


def due(name: str = PAGE) -> None:
    """Note that the lines of part `name` have to run; for callbacks."""
    _due().add(name)


def hear(name: str, key: str, *fields: str) -> Callable[[], None]:
    """A callback of component `key` in part `name`: what it sent in `fields` is kept for `heard`."""

    def callback() -> None:
        due(name)
        sent = st.session_state.get(key) or {}
        kept = st.session_state.setdefault(_HEARD, {})
        kept.update({(key, field): sent[field] for field in fields if sent.get(field) is not None})

    return callback


def heard(key: str, field: str) -> Any:
    """What component `key` sent in `field` and nobody has taken yet; None when there is nothing."""
    return st.session_state.get(_HEARD, {}).pop((key, field), None)


def whole() -> None:
    """All of a page is about to run: nothing is due."""
    _due().clear()


def leave() -> None:
    """Another page is shown: what the components of the last one sent is nobody's."""
    st.session_state.pop(_HEARD, None)


def _due() -> set[str]:
    found: set[str] = st.session_state.setdefault(_DUE, set())
    return found
