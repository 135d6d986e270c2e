"""What was brought and is not stored yet: it stays in the session while its reader looks at other pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from aligner.errors import AlignerError
from aligner.model import Span
from aligner.pipeline.bringing import MOST_ARTICLES, Article, English
from aligner.pipeline.drafts import Draft, Reach, chinese_of, corrected, doubles, propose, read_paste, read_upload

ENGLISH, ARTICLES = "english", "articles"
NEW = "new"
"""The tray of a letter that is not there yet; others are named by their letter."""


@dataclass
class Item:
    """A document that was brought, or why it could not be read.

    `first` and `last` count pieces of `reach`; `turn` counts how often it was read.
    """

    name: str
    draft: Draft | None = None
    fault: AlignerError | None = None
    language: str = "zh-Hans"
    outlet: str = ""
    date: str = ""
    reach: Reach | None = None
    first: int = 0
    last: int = 0
    turn: int = 0
    pasted: bool = False
    id: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def letter(self) -> Span | None:
        """Where the letter stands in an English document; None when it would end before it begins."""
        if self.reach is None or self.last < self.first:
            return None
        return Span(self.reach.pieces[self.first].start, self.reach.pieces[self.last].end)


@dataclass
class Tray:
    """One letter, or what is added to one. `turn` counts what was taken in, so that inboxes begin anew."""

    scope: str
    english: Item | None = None
    articles: list[Item] = field(default_factory=list)
    title: str = ""
    author: str = ""
    date: str = ""
    turn: int = 0

    def sound(self) -> list[Item]:
        """The articles that could be read."""
        return [item for item in self.articles if item.draft is not None]

    def articles_made(self) -> list[Article]:
        """The articles as the pipeline takes them."""
        return [
            Article(item.draft, item.language, item.outlet.strip(), item.date.strip())
            for item in self.articles
            if item.draft is not None
        ]

    def english_made(self) -> English | None:
        """The English copy as the pipeline takes it, None when there is none or its ends are wrong."""
        item = self.english
        if item is None or item.draft is None or item.letter is None:
            return None
        return English(item.draft, item.letter.start, item.letter.end)


def tray(scope: str = NEW) -> Tray:
    """The session's tray for a letter."""
    trays: dict[str, Tray] = st.session_state.setdefault("la_trays", {})
    return trays.setdefault(scope, Tray(scope))


def clear(scope: str) -> None:
    """Empty a tray, after its letter was made."""
    st.session_state.setdefault("la_trays", {}).pop(scope, None)


def take(held: Tray, which: str, given: Sequence[tuple[str, bytes | str]]) -> None:
    """Read what was given, files as bytes or pasted texts, into the tray; each tells its own fault."""
    for name, data in given:
        item = Item(name, pasted=isinstance(data, str))
        read(item, which, partial(_draft, name, data))
        if which == ENGLISH:
            held.english = item
            if item.draft is not None and not held.title:
                held.title = item.draft.heading
                st.session_state.pop(f"la_{held.scope}_title", None)
        else:
            held.articles.append(item)
            _refuse_more(held, item)
    held.turn += 1


def read(item: Item, which: str, how: Callable[[], Draft]) -> None:
    """Put what `how` reads into the item, with what is proposed for it; a fault leaves what was there."""
    try:
        draft = how()
        if which == ENGLISH:
            item.reach = propose(draft.document)
            item.first, item.last = item.reach.first, item.reach.last
        else:
            item.language = chinese_of(draft.document)
        item.draft, item.fault = draft, None
        item.turn += 1
    except AlignerError as error:
        item.fault = error


def correct(item: Item, which: str, text: str) -> None:
    """Put another text in place of what was extracted."""
    if item.draft is not None:
        read(item, which, partial(corrected, item.draft, text))


def decode(item: Item, which: str, encoding: str | None) -> None:
    """Read the bytes of an item in another encoding."""
    if item.draft is not None:
        original = item.draft.original or item.draft
        read(item, which, partial(read_upload, item.name, original.data, encoding))


def _draft(name: str, data: bytes | str) -> Draft:
    return read_paste(data, name) if isinstance(data, str) else read_upload(name, data)


def _refuse_more(held: Tray, item: Item) -> None:
    sound = held.sound()
    if item.draft is None:
        return
    if len(sound) > MOST_ARTICLES:
        item.fault = AlignerError(f"a letter has at most {MOST_ARTICLES} renderings here", where=item.name)
        item.draft = None
    elif (last := len(sound) - 1) in (same := doubles([each.draft for each in sound if each.draft is not None])):
        first = sound[same[last]].name
        item.fault = AlignerError(f"is the same document as {first}", where=item.name, hint="it is there once already")
        item.draft = None
