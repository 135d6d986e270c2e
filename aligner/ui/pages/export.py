"""Export: one file at a time - of what, in which format, with which settings - and what it will hold."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.formats import FORMATS, Format, LetterExport
from aligner.ui import faults, parts, published, session
from aligner.ui.messages import Catalogue, plain
from aligner.ui.session import Place
from aligner.ui.views import coverage
from aligner.ui.views.offers import Offer, Setting, file_name, make, settings
from aligner.ui.views.offers import offer as made_of
from aligner.ui.views.preview import Preview, preview, reasons, table

WHAT, FORMAT = "la_export_what", "la_export_format"


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter cannot be exported."""
    stamp = session.stamp_of_words(place)
    offer = _offer(place.corpus, place.entry.id, stamp)
    with st.container(key="la_export"):
        if offer.letter is None:
            st.info(place.say("export.nothing"))
            _left_out(place, offer)
            return
        _chosen(place, offer, stamp)


@parts.part("chosen")
def _chosen(place: Place, offer: Offer, stamp: object) -> None:
    # A fragment: a setting changes this part alone.
    say = place.say
    rendering, form = _choice(place, offer)
    export = offer.of(rendering)
    if export is None:
        return
    try:
        options = form.configure(_settings(say, form))
        key = (stamp, place.entry.id, rendering, form.name, str(options))
        found = _preview(export, form, options, bool(rendering), key)
    except AlignerError as error:
        st.error(say("export.refused", format=_title(say, form)))
        st.text(plain(faults.told(say, error)))
        return
    name = file_name(form, export, single=bool(rendering))
    st.download_button(
        say("export.download", file=name),
        partial(make, form, export, options, single=bool(rendering)),
        file_name=name,
        mime=form.media_type,
        key="la_download",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
    )
    _contents(place, form, found)
    _left_out(place, offer)


def _choice(place: Place, offer: Offer) -> tuple[str, Format]:
    say = place.say
    names = {"": say("export.whole", n=len(offer.order)), **_names(place)}
    first, second = st.columns(2, gap="medium")
    # A key for each language: Streamlit keeps the words an open choice was made in.
    what, format_key = f"{WHAT}_{place.entry.id}_{say.language}", f"{FORMAT}_{say.language}"
    rendering = first.selectbox(say("export.what"), ["", *offer.order], format_func=names.__getitem__, key=what)
    if format_key not in st.session_state and (kept := st.session_state.get(FORMAT)):
        st.session_state[format_key] = kept
    chosen = second.selectbox(say("export.format"), list(FORMATS), format_func=partial(_named, say), key=format_key)
    st.session_state[FORMAT] = chosen
    form = FORMATS[chosen]
    st.markdown(_said(say, "format_is", form))
    st.caption(_said(say, "format_without", form))
    return rendering, form


def _named(say: Catalogue, name: str) -> str:
    return say("export.file", title=_title(say, FORMATS[name]), suffix=FORMATS[name].suffix)


def _title(say: Catalogue, form: Format) -> str:
    return say(form.title) if form.title in say.messages else form.name


def _said(say: Catalogue, section: str, form: Format) -> str:
    key = form.title.replace("format.", f"{section}.", 1)
    return say(key) if key in say.messages else say(f"{section}.other", name=form.name)


def _settings(say: Catalogue, form: Format) -> dict[str, Any]:
    asked = settings(form, say.language)
    if not asked:
        return {}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="la_export_settings"):
        return {setting.name: _widget(say, form, setting) for setting in asked}


def _widget(say: Catalogue, form: Format, setting: Setting) -> Any:
    key = f"la_export_{form.name}_{setting.name}_{say.language}"
    name = f"option.{setting.name}"
    label = say(name) if name in say.messages else setting.name
    if setting.kind == "bool":
        return st.toggle(label, setting.default, key=key, width="content")
    if setting.kind == "float":
        return st.slider(label, 0.0, 1.0, float(setting.default), 0.05, key=key, width=200)
    if setting.kind == "choice":
        names = {choice: f"choice.{choice}" for choice in setting.choices if f"choice.{choice}" in say.messages}
        return st.selectbox(
            label,
            setting.choices,
            setting.choices.index(setting.default),
            format_func=lambda choice: say(names[choice]) if choice in names else choice,
            key=key,
            width=200,
        )
    shape = "20250131T090000Z" if setting.name == "creation_date" else None
    return st.text_input(label, setting.default, key=key, placeholder=shape, width=200)


def _names(place: Place) -> dict[str, str]:
    """Renderings by their numbers on every page, and their outlets."""
    chips = coverage.short_names(place.entry.id, [item.id for item in place.entry.renderings])
    outlets = {item.id: item.outlet or place.say("card.unstated") for item in place.entry.renderings}
    return {name: place.say("export.named", number=chips[name], outlet=outlet) for name, outlet in outlets.items()}


def _contents(place: Place, form: Format, found: Preview) -> None:
    say, names = place.say, _names(place)
    if form.holds == "judgements":
        st.text(say("export.said", errors=found.said[0], scores=found.said[1], comments=found.said[2]))
    else:
        st.text("\n".join((say("export.units", n=found.units), *reasons(found, say, names))))
    if found.first:
        with st.container(key="la_preview"):
            n = len(found.first)
            st.caption(say("export.first_of_each", n=n) if found.parted else say("export.first", n=n))
            st.html(table(found, say, names))
    if found.begins:
        with st.expander(say("export.begins"), expanded=not found.first):
            st.code(found.begins, language=None, wrap_lines=True)


def _left_out(place: Place, offer: Offer) -> None:
    say, names = place.say, _names(place)
    for rendering, why in offer.left_out.items():
        st.text(say("export.left_out", rendering=names[rendering], why=why or say("export.unbuilt")))


@st.cache_resource(show_spinner=False, max_entries=4)
def _offer(_opened: Corpus, letter_id: str, stamp: object) -> Offer:  # noqa: ARG001
    words = partial(published.with_words, _opened)
    return made_of(published.letter(_opened, letter_id), published.versions(_opened, letter_id), words)


@st.cache_resource(show_spinner=False, max_entries=32)
def _preview(_export: LetterExport, _form: Format, _options: Any, single: bool, key: object) -> Preview:  # noqa: ARG001
    return preview(_export, _form, _options, single=single)
