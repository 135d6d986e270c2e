"""Export: tables of files, a row for the letter and each rendering, a column for each of a few formats."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from aligner.corpus import RenderingEntry
from aligner.formats import FORMATS, Format
from aligner.ui import session
from aligner.ui.messages import Catalogue
from aligner.ui.session import Place
from aligner.ui.views.downloads import File, Group

COLUMNS = 5
"""Formats beside each other; the others follow below in tables of their own."""


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter cannot be exported."""
    say = place.say
    groups, left_out = session.downloads_view(place)
    with st.container(key="la_export", gap=None):
        if not groups:
            st.info(say("export.nothing"))
            return
        st.text(say("export.intro"))
        entries = {item.id: item for item in place.entry.renderings}
        forms = tuple(FORMATS.values())
        for first in range(0, len(forms), COLUMNS):
            part = forms[first : first + COLUMNS]
            _head(say, part)
            for group in groups:
                _row(say, group, entries.get(group.rendering or ""), part)
        if left_out:
            st.caption(say("export.left_out", names=say("card.comma").join(left_out)))


def _columns(key: str, forms: Sequence[Format]) -> list[st.delta_generator.DeltaGenerator]:
    """Columns for `forms`; `key` is made this part's own by the first format's name."""
    with st.container(key=f"{key}_{forms[0].name}", gap=None):
        return st.columns([1.25, *(1 for _ in range(COLUMNS))], gap="medium", vertical_alignment="top")


def _head(say: Catalogue, forms: Sequence[Format]) -> None:
    """What each format is, once, above its files."""
    _, *cells = _columns("la_formats", forms)
    for cell, form in zip(cells, forms, strict=False):
        cell.text(_title(say, form))
        cell.markdown(_is(say, form))


def _row(say: Catalogue, group: Group, entry: RenderingEntry | None, forms: Sequence[Format]) -> None:
    first, *cells = _columns(f"la_files_{group.rendering or 'whole'}", forms)
    first.text(group.rendering or say("export.whole"))
    first.text(_detail(say, group, entry))
    files = {file.format_name: file for file in group.files}
    for cell, form in zip(cells, forms, strict=False):
        if form.name in files:
            _button(cell, files[form.name], form.suffix)


def _detail(say: Catalogue, group: Group, entry: RenderingEntry | None) -> str:
    if entry is None:
        return say("export.whole_is", n=group.count)
    outlet, day = entry.outlet or say("card.unstated"), say.day(entry.date)
    return say("card.join", a=outlet, b=day) if day else outlet


def _button(cell: st.delta_generator.DeltaGenerator, file: File, suffix: str) -> None:
    # Where there is no room for the whole name its ending is left, which tells the formats apart.
    stem = re.sub(r"([^\w\s-]|_)", r"\\\1", file.name.removesuffix(suffix))
    cell.download_button(
        f"**{stem}**{suffix}",
        file.make,
        file_name=file.name,
        mime=file.media_type,
        key=f"la_download_{file.name}",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )


def _title(say: Catalogue, form: Format) -> str:
    return say(form.title) if form.title in say.messages else form.name


def _is(say: Catalogue, form: Format) -> str:
    key = form.title.replace("format.", "format_is.", 1)
    return say(key) if key in say.messages else say("format_is.other", name=form.name)
