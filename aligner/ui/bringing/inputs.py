"""The inputs of the page Letters: an inbox for files and pasted texts, and what was read beside what was left out."""

from __future__ import annotations

import json
from typing import Any, Literal

import streamlit as st

from aligner.pipeline.drafts import SUFFIXES, Draft
from aligner.ui import faults
from aligner.ui.bringing import tray as trays
from aligner.ui.bringing.tray import ARTICLES, ENGLISH, Item, Tray
from aligner.ui.messages import Catalogue, plain
from aligner.ui.views.extract import panel
from aligner.ui.views.original import original

MOST_TO_CORRECT = 200_000
"""Characters that a browser edits without trouble."""

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252")
_FORMATS = {".docx": "Word", ".epub": "EPUB", ".htm": "HTML", ".html": "HTML", ".xhtml": "HTML", ".pdf": "PDF"}
_HOW: tuple[Literal["upload", "paste"], ...] = ("upload", "paste")


def field(label: str, held: Any, name: str, scope: str, **settings: Any) -> None:
    """A line of text that keeps `held.<name>`, also while its reader looks at other pages."""
    key = f"la_{scope}_{name}"
    if key not in st.session_state:
        st.session_state[key] = getattr(held, name)
    st.text_input(label, key=key, max_chars=300, **settings)
    setattr(held, name, st.session_state[key])


def choice(label: str, held: Any, name: str, scope: str, options: list[Any], **settings: Any) -> None:
    """A choice that keeps `held.<name>`."""
    key = f"la_{scope}_{name}"
    if st.session_state.get(key) not in options:
        st.session_state[key] = getattr(held, name)
    st.selectbox(label, options, key=key, **settings)
    setattr(held, name, st.session_state[key])


def inbox(say: Catalogue, held: Tray, which: str) -> None:
    """Files or a pasted text, read as soon as they are there; the inbox is empty again then."""
    scope = f"la_{held.scope}_{which}"
    how = st.segmented_control(
        say("letters.how"),
        list(_HOW),
        key=f"{scope}_how",
        default=_HOW[0],
        format_func=lambda name: say(f"letters.{name}"),
        label_visibility="collapsed",
        required=True,
    )
    given: list[tuple[str, bytes | str]] = []
    if how == "paste":
        text = st.text_area(say(f"letters.paste_{which}"), key=f"{scope}_text_{held.turn}", height=180)
        if st.button(say("letters.take"), key=f"{scope}_take") and text:
            given = [(say("letters.pasted", n=held.turn + 1), text)]
    else:
        files = st.file_uploader(
            say(f"letters.upload_{which}"),
            type=[suffix.removeprefix(".") for suffix in SUFFIXES],
            accept_multiple_files=which == ARTICLES,
            key=f"{scope}_files_{held.turn}",
        )
        every = files if isinstance(files, list) else [files] if files else []
        given = [(file.name, file.getvalue()) for file in every]
    if given:
        with st.spinner(say("letters.reading")):
            trays.take(held, which, given)
        st.rerun()


def uploader_words(say: Catalogue, *, limit: int) -> str:
    """A stylesheet that says what Streamlit's uploader says in English, in the reader's language."""
    box = '.st-key-la_letters [data-testid="stFileUploaderDropzone"]'
    told = {
        f'{box} [data-testid="stMarkdownContainer"] p': say("letters.choose_files"),
        f'{box} [data-testid="stFileUploaderDropzoneInstructions"] > div > span': say("letters.files_are", mb=limit),
    }
    hidden = "".join(f"{where}{{font-size:0}}" for where in told)
    shown = "".join(
        f"{where}::after{{content:{json.dumps(text, ensure_ascii=False)};font-size:14px}}"
        for where, text in told.items()
    )
    return f"<style>{hidden}{shown}</style>"


def script_name(say: Catalogue, language: str) -> str:
    """Simplified or Traditional; another tag stays as it is."""
    return say.messages.get(f"letters.{language.replace('-', '_').lower()}", language)


def facts(say: Catalogue, item: Item) -> str:
    """What a document was taken for, in one line."""
    if item.draft is None:
        return ""
    read = (item.draft.original or item.draft).extracted
    suffix = (item.draft.original or item.draft).suffix
    parts = [_FORMATS.get(suffix, say("letters.plain")), item.draft.document.encoding]
    parts += [say("letters.paragraphs", n=len(item.draft.document.blocks))]
    parts += [say("letters.gone", n=len(read.dropped))] if read.dropped else []
    parts += [say("letters.is_corrected")] if item.draft.original else []
    # Files of a format of their own name it where texts name their encoding.
    return say("card.comma").join(dict.fromkeys(part for part in parts if part.lower() not in ("docx", "pdf", "epub")))


def fault(say: Catalogue, item: Item) -> None:
    """Why a document could not be read, as plain text, where it stands."""
    if item.fault is not None:
        st.error(say("letters.unreadable"))
        st.text(plain(faults.told(say, item.fault)))


def extraction(say: Catalogue, item: Item, which: str) -> None:
    """The text beside what was left out of it, to be corrected."""
    if item.draft is None:
        return
    came = item.draft.original or item.draft
    for remark in came.extracted.remarks:
        st.text(remark)
    language = "en" if which == ENGLISH else item.language
    beside = original(came.data, came.suffix, came.extracted, say, language)
    st.html(panel(item.draft.extracted, say, language, item.letter, beside))
    _encoding(say, item, which)
    _correction(say, item, which, item.draft)


def _encoding(say: Catalogue, item: Item, which: str) -> None:
    original = (item.draft.original or item.draft) if item.draft else None
    if original is None or item.pasted or original.suffix in (".docx", ".pdf", ".epub"):
        return
    options = ["", *ENCODINGS]
    named = original.named_encoding or ""
    chosen = st.selectbox(
        say("letters.encoding"),
        options,
        index=options.index(named) if named in options else 0,
        key=f"la_{item.id}_encoding",
        format_func=lambda name: name or say("letters.recognised"),
        width=260,
    )
    if chosen != named:
        trays.decode(item, which, chosen or None)
        st.rerun()


def _correction(say: Catalogue, item: Item, which: str, draft: Draft) -> None:
    text = draft.document.text
    if len(text) > MOST_TO_CORRECT:
        return
    with st.expander(say("letters.correct"), key=f"la_{item.id}_correct"):
        st.caption(say("letters.correct_is"))
        changed = st.text_area(
            say("letters.correct"),
            text,
            height=320,
            key=f"la_{item.id}_text_{item.turn}",
            label_visibility="collapsed",
        )
        with st.container(horizontal=True):
            if st.button(say("letters.use_correction"), key=f"la_{item.id}_use"):
                trays.correct(item, which, changed)
                st.rerun()
            if draft.original and st.button(say("letters.use_original"), key=f"la_{item.id}_original"):
                trays.correct(item, which, draft.original.document.text)
                st.rerun()


def ends(say: Catalogue, item: Item) -> None:
    """Where the letter begins and ends: proposed, to be changed."""
    if item.draft is None or item.reach is None:
        return
    text, pieces = item.draft.document.text, item.reach.pieces
    options = list(range(len(pieces)))
    for column, name in zip(st.columns(2), ("first", "last"), strict=True):
        with column:
            choice(
                say(f"letters.{name}"),
                item,
                name,
                f"{item.id}_{item.turn}",
                options,
                format_func=lambda n: f"{n + 1}  {' '.join(pieces[n].of(text).split())[:110]}",
            )
    if item.letter is None:
        st.error(say("letters.ends_before"))


def articles(say: Catalogue, held: Tray) -> None:
    """Every article with what it was taken for; one that could not be read says why."""
    for item in list(held.articles):
        with st.container(key=f"la_item_{item.id}", border=True):
            _article(say, held, item)


def _article(say: Catalogue, held: Tray, item: Item) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.text(item.name)
        if st.button(say("letters.remove"), key=f"la_{item.id}_remove", type="tertiary", icon=":material/close:"):
            held.articles.remove(item)
            st.rerun()
    fault(say, item)
    if item.draft is None:
        return
    st.text(facts(say, item))
    outlet, date, script = st.columns([3, 1.4, 1.6])
    with outlet:
        field(say("letters.outlet"), item, "outlet", item.id)
    with date:
        field(say("letters.date"), item, "date", item.id, placeholder="2025-01-31")
    with script:
        languages = ["zh-Hans", "zh-Hant"]
        choice(
            say("letters.script"),
            item,
            "language",
            f"{item.id}_{item.turn}",
            languages,
            format_func=lambda tag: script_name(say, tag),
        )
    with st.expander(say("letters.look"), key=f"la_{item.id}_look"):
        extraction(say, item, ARTICLES)
