"""Export: files of a letter or of one rendering, with what each is for."""

from __future__ import annotations

import streamlit as st

from aligner.ui import session
from aligner.ui.messages import Catalogue
from aligner.ui.session import Place
from aligner.ui.views.downloads import File, Group, size


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when a format refuses the letter."""
    say = place.say
    groups, left_out = session.downloads_view(place)
    with st.container(key="la_export"):
        if not groups:
            st.info(say("export.nothing"))
            return
        st.caption(say("export.intro"))
        outlets = {item.id: item.outlet for item in place.entry.renderings}
        for group in groups:
            with st.container(key=f"la_group_{group.rendering or 'whole'}", gap=None):
                _group(say, group, outlets.get(group.rendering or "", ""))
        if left_out:
            st.caption(say("export.left_out", names=say("card.comma").join(left_out)))


def _group(say: Catalogue, group: Group, outlet: str) -> None:
    st.text(group.rendering or say("export.whole"))
    if detail := outlet if group.rendering else say("export.whole_is", n=group.count):
        st.text(detail)
    for file in group.files:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"la_file_{file.name}"):
            st.text(_title(say, file), width=110)
            st.markdown(_is(say, file), width="stretch")
            st.text(_size(say, len(file.data)), width=70)
            st.download_button(
                file.name,
                file.data,
                file_name=file.name,
                mime=file.media_type,
                key=f"la_download_{file.name}",
                on_click="ignore",
                icon=":material/download:",
                width=220,
            )


def _title(say: Catalogue, file: File) -> str:
    return say(file.title) if file.title in say.messages else file.format_name


def _is(say: Catalogue, file: File) -> str:
    key = file.title.replace("format.", "format_is.", 1)
    return say(key) if key in say.messages else say("format_is.other", name=file.format_name)


def _size(say: Catalogue, count: int) -> str:
    unit, number = size(count)
    return say(f"export.size_{unit}", n=number)
