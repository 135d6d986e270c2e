"""The frame around every page: menu, letter, language. Pages get a `Place` and draw what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from typing import Any

import streamlit as st

from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.ui import access, address, faults, keymap, parts, published, session, shelves
from aligner.ui.components import HELP, style, texts_for
from aligner.ui.messages import LANGUAGES, Catalogue, plain
from aligner.ui.pages import align, collation, compare, export, letters, overview, read, review
from aligner.ui.session import Place

PAGES: dict[str, Callable[[Place], None]] = {
    "read": read.show,
    "align": align.show,
    "review": review.show,
    "compare": compare.show,
    "collation": collation.show,
    "overview": overview.show,
    "export": export.show,
}
"""The menu: the name in the address and in the catalogues, and what draws the page."""

ALWAYS: dict[str, Callable[[Catalogue], None]] = {"letters": letters.show}
"""The rest of it: pages that are of use without a letter."""


def names() -> list[str]:
    """Every page of the menu in its order."""
    return [*PAGES, *ALWAYS]


NEEDS = {"align": access.Role.REVIEWER, "review": access.Role.REVIEWER, "letters": access.Role.ADMIN}
"""The least role that a page is there for, where readers do not have it."""


def main() -> None:
    """Draw the app once; Streamlit calls this for every run of a session."""
    parts.whole()
    say = session.catalogue()
    try:
        who = access.person()
    except AlignerError as error:
        _fault(say, say("app.error"), error)
        return
    chosen: list[str] = []
    pages = _pages(say, chosen, who.role)
    session.know_pages(pages)
    page = st.navigation(list(pages.values()), position="top" if who.role else "hidden")
    st.set_page_config(page_title=f"{page.title} · {say('app.name')}", page_icon=_icon(), layout="wide")
    chinese = ["frame_zh.css"] if say.language == "zh" else []
    st.html(f"<style>{style(*chinese, 'frame.css')}</style>")
    page.run()
    if not _may(chosen[0], who.role):
        _door(say, who)
        return
    session.enter(chosen[0])
    try:
        if chosen[0] in ALWAYS:
            _bare_top(say, who, chosen[0])
            ALWAYS[chosen[0]](say)
            return
        place = _top(say, shelves.corpus(), who, chosen[0])
    except AlignerError as error:
        _fault(say, say("app.error"), error)
        return
    if place is None:
        st.info(say("app.no_letters"))
        return
    try:
        if session.astray(n := len(session.letter(place).segments)):
            st.toast(say("app.no_sentence", n=n), icon=":material/info:")
        PAGES[chosen[0]](place)
        address.keep(chosen[0], place.entry.id)
    except AlignerError as error:
        _fault(say, say("app.letter_error"), error)


def _pages(say: Catalogue, chosen: list[str], role: access.Role) -> dict[str, Any]:
    """Streamlit's pages by name. All are there, so that a link to one leads to it after sign-in."""
    return {
        name: st.Page(
            _chooser(chosen, name),
            title=say(f"page.{name}"),
            url_path=name,
            default=not index,
            visibility="visible" if _may(name, role) else "hidden",
        )
        for index, name in enumerate(names())
    }


def _may(page: str, role: access.Role) -> bool:
    return role >= NEEDS.get(page, access.Role.READER)


def _door(say: Catalogue, who: access.Person) -> None:
    """All that is shown to whoever may not see a page: nothing of the letters, not even their names."""
    with st.container(key="la_door"):
        if who.role:
            st.text(say("sign_in.not_here"))
        elif st.user.is_logged_in:
            st.text(say("sign_in.no_role", name=str(st.user.to_dict().get("email") or "")))
            st.button(say("sign_in.out"), on_click=st.logout)
        else:
            st.text(say("sign_in.why"))
            st.button(say("sign_in.in"), on_click=st.login, type="primary")


def _icon() -> str:
    return str(resources.files("aligner.ui.components") / "icon.svg")


def _chooser(chosen: list[str], name: str) -> Callable[[], None]:
    """A page for Streamlit that only notes its name: the frame draws the page after its own top row."""

    def choose() -> None:
        chosen.append(name)

    choose.__name__ = name
    return choose


def _top(say: Catalogue, corpus: Corpus, who: access.Person, page: str) -> Place | None:
    """The row above every page: which letter, which language. None when there is no letter."""
    mine, trouble = _own(say)
    every = shelves.shelved(corpus, mine)
    entries = {name: entry for name, (_, entry) in every.items() if not entry.archived}
    names = list(entries)
    unknown = session.follow_address(names)
    # A key for each language: Streamlit keeps the words an open choice was made in.
    key = f"{session.LETTER}_{say.language}"
    if names:
        st.session_state[key] = session.letter_id(names)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="la_top"):
        if names:
            st.selectbox(
                say("app.letter"),
                names,
                key=key,
                format_func=lambda name: _option(say, name, entries[name].title, entries[name].date),
                label_visibility="collapsed",
                on_change=session.keep_letter,
                args=(key,),
                width=430,
            )
        _right(say, who, page)
    # What the address says is shown as plain text: a message is Markdown, and could load a picture from elsewhere.
    why = say("app.archived_letter") if unknown in every else say("app.unknown_letter")
    told = {why: unknown, say("app.own_error"): trouble}
    _troubles({**told, say("app.store_error"): published.trouble()})
    if not names:
        return None
    opened, entry = every[session.letter_id(names)]
    return Place(opened, entry, say)


def _bare_top(say: Catalogue, who: access.Person, page: str) -> None:
    """The same row on a page that is about no letter."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="la_top"):
        st.text(say("app.letters"))
        _right(say, who, page)


def _right(say: Catalogue, who: access.Person, page: str) -> None:
    """The right end of the row: the list of keys where the page has none of its own, the language, the way out."""
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="la_top_right"):
        if page not in keymap.PAGES:
            told = keymap.for_help([name for name in keymap.PAGES if _may(name, who.role)])
            data = {**told, **texts_for(say), "strip": page == "overview"}
            HELP(key=f"la_help_{page}", data=data, width="content")
        _language(say, who.name)


def _language(say: Catalogue, signed: str) -> None:
    st.segmented_control(
        say("app.language"),
        list(LANGUAGES),
        key=session.LANGUAGE,
        format_func=lambda name: LANGUAGES[name],
        label_visibility="collapsed",
        on_change=session.keep_language,
        required=True,
    )
    if signed:
        st.button(say("sign_in.out_of", name=signed), key="la_sign_out", on_click=st.logout, type="tertiary")


def _own(say: Catalogue) -> tuple[Corpus | None, str | None]:
    """The own letters, or why they cannot be read."""
    try:
        return shelves.own(), None
    except AlignerError as error:
        return None, faults.told(say, error)


def _troubles(told: dict[str, str | None]) -> None:
    """What cannot be read, above a page that is shown without it."""
    if found := {title: trouble for title, trouble in told.items() if trouble}:
        with st.container(key="la_trouble"):
            for title, trouble in found.items():
                st.warning(title)
                st.text(plain(trouble))


def _option(say: Catalogue, name: str, title: str, date: str) -> str:
    return say("app.letter_option", title=title or name, date=say.day(date)).strip()


def _fault(say: Catalogue, title: str, error: AlignerError) -> None:
    """A fault in place of what it prevents: what, where, and what to try, as plain text."""
    with st.container(key="la_fault"):
        st.error(title)
        st.text(plain(faults.told(say, error)))
