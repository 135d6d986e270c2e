"""Words of a letter and its renderings for the pages: which correspond, a batch of sentences at a time."""

from __future__ import annotations

import hashlib
import time
from functools import partial
from threading import Event, Thread
from typing import Any

import streamlit as st

from aligner.checks.words import cedict
from aligner.comparison import Comparison
from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.pipeline.wordwise import Renderings
from aligner.text.names import chinese_skeleton
from aligner.text.tokens import words
from aligner.ui import gently, parts, published, session
from aligner.ui.components import WORDS
from aligner.ui.session import Place
from aligner.ui.vectors import encoder
from aligner.ui.views.versions import misfit
from aligner.ui.views.words import BATCH, batch

KEY = "la_words"
BREATH = 0.3
"""Seconds until what the first page shows is on its way to the browser."""


def renderings_of(place: Place) -> tuple[Renderings, Comparison | None]:
    """A letter's renderings as published, and the comparison that was built; raises AlignerError for the letter."""
    return _renderings(place.corpus, place.entry.id, session.stamp(place))


def ready(place: Place) -> bool:
    """Whether dictionaries and model are there; if not, they are read beside the pages, of which none waits."""
    return _reading(place).is_set()


@parts.part("words")
def lights(place: Place) -> None:
    """Light what corresponds to the word pointed at, on the page that is shown.

    The browser asks for a batch of sentences when it needs one, so that no page waits for words; a fault (no encoder,
    say) leaves the page without lights, and nothing else.
    """
    asked = st.session_state.get(KEY, {}).get("want")
    stamp = session.stamp(place)
    data: dict[str, Any] = {
        "letter": place.entry.id,
        "version": hashlib.sha256(repr(stamp).encode()).hexdigest()[:16],
        "size": BATCH,
    }
    if isinstance(asked, dict) and asked.get("letter") == place.entry.id and isinstance(asked.get("batch"), int):
        known = ready(place)
        # Not yet: the browser asks again, with another turn.
        data |= {"batch": asked["batch"], "turn": asked.get("turn", 0)}
        data["words"] = _words(place, place.entry.id, stamp, asked["batch"]) if known else None
    WORDS(key=KEY, data=data, on_want_change=parts.hear("words", KEY))


@st.cache_resource(show_spinner=False)
def _reading(_place: Place) -> Event:
    done = Event()

    def read() -> None:
        try:
            time.sleep(BREATH)
            first = partial(_words, _place, _place.entry.id, session.stamp(_place), 0)
            gently.load(
                [partial(words, "一", "zh"), partial(cedict.glosses, "一"), partial(chinese_skeleton, "一"), first]
            )
        finally:
            done.set()

    Thread(target=read, daemon=True).start()
    return done


@st.cache_resource(show_spinner=False, max_entries=64)
def _words(_place: Place, letter_id: str, stamp: Any, number: int) -> list[Any]:  # noqa: ARG001 - the key
    try:
        return batch(renderings_of(_place)[0], number, encoder())
    except AlignerError:
        return []


@st.cache_resource(show_spinner=False, max_entries=8)
def _renderings(_opened: Corpus, letter_id: str, stamp: Any) -> tuple[Renderings, Comparison | None]:  # noqa: ARG001
    letter = published.letter(_opened, letter_id)
    made = {
        version.id: version.made
        for version in published.versions(_opened, letter_id)
        if version.made and not version.problem and not misfit(letter, version.made)
    }
    try:
        comparison = _opened.comparison(letter_id)
    except AlignerError:
        comparison = None
    alignments = {name: each.alignment for name, each in made.items()}
    return Renderings(letter, alignments, {name: each.document for name, each in made.items()}), comparison
