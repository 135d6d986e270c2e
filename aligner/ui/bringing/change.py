"""One of one's own letters changed: renderings, copies of the English, names, glossary."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from aligner import home
from aligner.corpus import Corpus, LetterEntry
from aligner.corpus.manifest import is_date
from aligner.corpus.own import Trashed
from aligner.pipeline.apart import Task
from aligner.pipeline.pair_files import read_glossary
from aligner.ui import published, shelves
from aligner.ui.bringing import bring, inputs
from aligner.ui.bringing import tray as trays
from aligner.ui.bringing.job import Job
from aligner.ui.bringing.tray import ARTICLES, ENGLISH
from aligner.ui.bringing.watch import begin
from aligner.ui.messages import Catalogue

GONE = "la_gone"
"""What was taken away last: the folder of a letter in the trash, or the id of a rendering."""

TABS = ("add", "copies", "names", "glossary")


def show(say: Catalogue, entry: LetterEntry) -> None:
    """Draw what can be changed, each in a tab."""
    drawn = {"add": _add, "copies": _copies, "names": _names, "glossary": _glossary}
    for tab, name in zip(st.tabs([say(f"letters.tab_{name}") for name in TABS]), TABS, strict=True):
        with tab:
            drawn[name](say, entry)


def rendering_name(say: Catalogue, entry: LetterEntry, rendering: str) -> str:
    """A rendering by its number and outlet."""
    number = rendering.removeprefix(f"{entry.id}-")
    outlet = next(item.outlet for item in entry.renderings if item.id == rendering)
    return say("card.join", a=number, b=outlet) if outlet else number


def put_back(gone: Trashed) -> None:
    """Have a rendering put back into its letter; raises StoreError when decisions about it cannot be read."""
    given = {"trash": gone.folder}
    begin(Job(Task("put_back", home.letters_dir(), given, published.decisions(gone.entry.id)), gone.entry.id, "list"))


def _begin(entry: LetterEntry, task: str, landing: str = "list", **arguments: Any) -> None:
    """Have a task done, with what reviewers decided about the letter; raises StoreError when that cannot be read."""
    given = arguments if task == "change_words" else {"letter_id": entry.id, **arguments}
    begin(Job(Task(task, home.letters_dir(), given, published.decisions(entry.id)), entry.id, landing))


def _add(say: Catalogue, entry: LetterEntry) -> None:
    held = trays.tray(entry.id)
    inputs.inbox(say, held, ARTICLES)
    inputs.articles(say, held)
    wrong = any(item.date.strip() and not is_date(item.date.strip()) for item in held.sound())
    if wrong:
        st.text(say("letters.missing", what=say("letters.missing_date")))
    if held.articles and st.button(say("letters.add"), key=f"la_{entry.id}_add", type="primary", disabled=wrong):
        _begin(entry, "add_renderings", "read", articles=held.articles_made())


def _take_out(say: Catalogue, entry: LetterEntry) -> None:
    """Without one of several renderings, asked for once more."""

    def name(rendering: str) -> str:
        return rendering_name(say, entry, rendering)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            say("letters.rendering"),
            [item.id for item in entry.renderings],
            key=f"la_{entry.id}_out",
            format_func=name,
            width=420,
        )
        asked = st.button(say("letters.take_out"), key=f"la_{entry.id}_take_out", type="tertiary")

    @st.dialog(say("letters.take_out"))
    def ask() -> None:
        st.text(name(chosen))
        st.text(say("letters.take_out_is"))
        if st.button(say("letters.take_out"), key="la_out_now", type="primary"):
            st.session_state[GONE] = chosen
            _begin(entry, "take_out", rendering=chosen)

    if asked:
        ask()


def _copies(say: Catalogue, entry: LetterEntry) -> None:
    st.text(say("letters.copies_is"))
    names = [witness.id for witness in entry.witnesses]
    base = next(witness.id for witness in entry.witnesses if witness.base)
    if len(names) > 1:
        chosen = st.radio(
            say("letters.base"),
            names,
            index=names.index(base),
            key=f"la_{entry.id}_base",
            format_func=lambda name: say("card.base", name=name) if name == base else name,
            horizontal=True,
        )
        if st.button(say("letters.make_base"), key=f"la_{entry.id}_make_base", disabled=chosen == base):
            _begin(entry, "change_base", "read", witness=chosen)
    held = trays.tray(entry.id)
    if held.english is None or held.english.draft is None:
        inputs.inbox(say, held, ENGLISH)
        if held.english is not None:
            inputs.fault(say, held.english)
        return
    bring.english_item(say, held)
    made = held.english_made()
    if st.button(say("letters.add_copy"), key=f"la_{entry.id}_copy", type="primary", disabled=made is None):
        _begin(entry, "add_witness", "read", english=made)


def _names(say: Catalogue, entry: LetterEntry) -> None:
    with st.form(f"la_{entry.id}_names", border=False):
        columns = st.columns([3, 2, 1.4])
        title, author, date = (
            column.text_input(
                say(f"letters.{name}"), getattr(entry, name), max_chars=300, key=f"la_{entry.id}_new_{name}"
            ).strip()
            for column, name in zip(columns, ("title", "author", "date"), strict=True)
        )
        renderings = []
        for item in entry.renderings:
            outlet, day, script = st.columns([3, 2, 1.4])
            label = say("letters.outlet_of", name=item.id.removeprefix(f"{entry.id}-"))
            languages = list(dict.fromkeys(["zh-Hans", "zh-Hant", item.language]))
            renderings.append(
                replace(
                    item,
                    outlet=outlet.text_input(label, item.outlet, key=f"la_{item.id}_outlet", max_chars=300).strip(),
                    date=day.text_input(say("letters.date"), item.date, key=f"la_{item.id}_date", max_chars=10).strip(),
                    language=script.selectbox(
                        say("letters.script"),
                        languages,
                        index=languages.index(item.language),
                        key=f"la_{item.id}_language",
                        format_func=lambda tag: inputs.script_name(say, tag),
                    ),
                )
            )
        saved = st.form_submit_button(say("letters.save"), type="primary")
    if len(entry.renderings) > 1:
        _take_out(say, entry)
    if not saved:
        return
    after = replace(entry, title=title, author=author, date=date, renderings=tuple(renderings))
    if not after.title or not all(is_date(day) for day in [after.date, *(r.date for r in renderings)] if day):
        missing = "missing_date" if after.title else "missing_title"
        st.error(say("letters.missing", what=say(f"letters.{missing}")))
    elif after != entry:
        _begin(entry, "change_words", before=entry, after=after)


def _glossary(say: Catalogue, entry: LetterEntry) -> None:
    st.text(say("letters.glossary_is"))
    opened = shelves.own() or Corpus.open(home.letters_dir())
    file = opened.glossary(entry.id)
    terms = read_glossary(file) if file else ()
    columns = {"source": say("letters.term"), "target": say("letters.term_rendering")}
    rows = [{"source": source, "target": target} for source, target in terms] or [{"source": "", "target": ""}]
    edited = st.data_editor(
        rows,
        num_rows="dynamic",
        hide_index=True,
        key=f"la_{entry.id}_glossary_{len(terms)}",
        column_config={name: st.column_config.TextColumn(label) for name, label in columns.items()},
        width="stretch",
    )
    if st.button(say("letters.check_again"), key=f"la_{entry.id}_check", type="primary"):
        wanted = [(str(row.get("source") or ""), str(row.get("target") or "")) for row in edited]
        _begin(entry, "change_glossary", terms=wanted)
