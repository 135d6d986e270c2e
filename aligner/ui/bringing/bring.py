"""Bring a letter: its English text, the articles, and side by side."""

from __future__ import annotations

import streamlit as st

from aligner import home
from aligner.corpus import LetterEntry
from aligner.corpus.manifest import is_date
from aligner.pipeline import bringing
from aligner.pipeline.apart import Task
from aligner.pipeline.bringing import English
from aligner.ui import shelves
from aligner.ui.bringing import inputs
from aligner.ui.bringing import tray as trays
from aligner.ui.bringing.job import Job
from aligner.ui.bringing.tray import ARTICLES, ENGLISH, NEW, Tray
from aligner.ui.bringing.watch import begin
from aligner.ui.messages import Catalogue


def show(say: Catalogue) -> None:
    """Draw the three steps."""
    held = trays.tray(NEW)
    st.subheader(say("letters.step_english"), anchor=False)
    _english(say, held)
    st.subheader(say("letters.step_articles"), anchor=False)
    inputs.inbox(say, held, ARTICLES)
    inputs.articles(say, held)
    st.subheader(say("letters.step_align"), anchor=False)
    _align(say, held)


def _english(say: Catalogue, held: Tray) -> None:
    item = held.english
    if item is None or item.draft is None:
        inputs.inbox(say, held, ENGLISH)
        if item is not None:
            inputs.fault(say, item)
        return
    english_item(say, held)
    title, author, date = st.columns([3, 2, 1.4])
    with title:
        inputs.field(say("letters.title"), held, "title", held.scope)
    with author:
        inputs.field(say("letters.author"), held, "author", held.scope)
    with date:
        inputs.field(say("letters.date"), held, "date", held.scope, placeholder="2025-01-31")


def english_item(say: Catalogue, held: Tray) -> None:
    """The English document that was taken in, with the letter in it; it can be exchanged for another."""
    item = held.english
    if item is None or item.draft is None:
        return
    with st.container(key=f"la_item_{item.id}", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.text(item.name)
            if st.button(say("letters.another"), key=f"la_{item.id}_another", type="tertiary"):
                held.english = None
                st.rerun()
        st.text(inputs.facts(say, item))
        inputs.fault(say, item)
        inputs.ends(say, item)
        with st.expander(say("letters.look_english"), key=f"la_{item.id}_look"):
            inputs.extraction(say, item, ENGLISH)


def _align(say: Catalogue, held: Tray) -> None:
    english = held.english_made()
    missing = _missing(held, english)
    if missing:
        st.text(
            say("letters.missing", what=say("card.semicolon").join(say(f"letters.missing_{name}") for name in missing))
        )
    elif len(held.sound()) < len(held.articles):
        st.text(say("letters.left_aside", n=len(held.articles) - len(held.sound())))
    if st.button(say("letters.align"), key="la_align_now", type="primary", disabled=bool(missing)) and english:
        about = LetterEntry("", held.title.strip(), held.author.strip(), held.date.strip(), "en", (), ())
        given = {"about": about, "english": english, "articles": held.articles_made(), "taken": taken()}
        begin(Job(Task("bring", home.letters_dir(), given), held.scope))


def taken() -> set[str]:
    """The ids of the corpus that the program was started with."""
    return {name for entry in shelves.corpus().manifest.letters for name in bringing.names_of(entry)}


def _missing(held: Tray, english: English | None) -> list[str]:
    dates = [held.date, *(item.date for item in held.sound())]
    wanted = {
        "english": english is None,
        "title": english is not None and not held.title.strip(),
        "articles": not held.sound(),
        "date": any(date.strip() and not is_date(date.strip()) for date in dates),
    }
    return [name for name, lacking in wanted.items() if lacking]
