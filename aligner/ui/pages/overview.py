"""Overview: a letter's renderings, its sentences at a glance, findings, reviewers and what is to be settled."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from aligner.ui import access, faults, overviewing, parts, session
from aligner.ui.components import OVERVIEW, texts_for
from aligner.ui.desk import adjudicator, settles
from aligner.ui.outbox import Acknowledged, Operation
from aligner.ui.session import Place
from aligner.ui.views.overview_charts import agreement_alt, agreement_chart, findings_alt, findings_chart

KEY = "la_overview"
ANSWERS = "la_overview_answers"
PART_OF = {"top": "top", "middle": "people", "bottom": "people", "letters": "letters"}
"""Which part of the page each component stands in."""
TEXTS = (
    *("page", "overview", "agreement", "agreement_is", "agreement_not", "extent"),
    *("mode", "explain", "card", "severity", "severity_is", "category", "check", "reviewer", "saved"),
)


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter cannot be read."""
    with st.spinner(place.say("overview.reading")):
        view = overviewing.letter_view(place)
    with st.container(key="la_over", gap=None):
        _letter(place, view)
        _people(place, view)
        _letters(place, view)


def _reviews() -> bool:
    """Whether who is before the page may review; who only reads is shown nothing of the reviewers, not their names."""
    return access.person().role >= access.Role.REVIEWER


@parts.part("top")
def _letter(place: Place, view: dict[str, Any]) -> None:
    _follow(place, "top")
    _part(place, "top", ["bar", "renderings", "strip", "findings"], {"view": view})
    chart = findings_chart(view, place.say, _theme())
    if chart is not None:
        with st.container(key="la_over_findings"):
            st.altair_chart(chart, theme="streamlit", alt=findings_alt(view, place.say))


@parts.part("people")
def _people(place: Place, view: dict[str, Any]) -> None:
    # A fragment: settling a disagreement runs these lines again, not the whole page.
    _follow(place, "middle", "bottom")
    if not _reviews():
        _part(place, "middle", ["checks", "list"], {"view": view})
        return
    answer = _apply(place)
    with st.spinner(place.say("overview.comparing")):
        found = overviewing.people_view(place)
    _part(place, "middle", ["checks", "list", "people", "agreement"], {"view": view, "people": found})
    figures = found["agreement"]
    rows = [row for row in figures["rows"] if not row["chip"]] if figures and figures["enough"] else []
    chart = agreement_chart(rows, place.say, _theme())
    if chart is not None:
        with st.container(key="la_over_agreement"):
            st.altair_chart(chart, theme="streamlit", alt=agreement_alt(rows, place.say))
    _part(place, "bottom", ["figures", "disputes"], {"view": view, "people": found, "answer": answer})


@parts.part("letters")
def _letters(place: Place, view: dict[str, Any]) -> None:
    # A large corpus comes in parts: the component asks again as long as a letter is pending.
    _follow(place, "letters")
    _part(place, "letters", ["letters"], {"view": view, "letters": overviewing.letters_view(place)})


def _part(place: Place, name: str, holds: list[str], more: dict[str, Any]) -> None:
    dates = {each.entry.date for each in overviewing.letters(place)} | {item.date for item in place.entry.renderings}
    day = {date: place.say.day(date) for date in dates}
    may = {"review": _reviews(), "settle": settles()}
    data = {"parts": holds, "letter": place.entry.id, "day": day, "signed": access.person().name, "may": may}
    data |= more | texts_for(place.say, *TEXTS)
    key = f"{KEY}_{name}"
    sent = parts.hear(PART_OF[name], key, "go")
    OVERVIEW(key=key, data=data, on_go_change=sent, on_outbox_change=sent, on_more_change=sent)


def _follow(place: Place, *names: str) -> None:
    """Show the page, letter and sentence that were chosen in one of these components; before they are drawn again."""
    known = [each.entry.id for each in overviewing.letters(place)]
    for name in names:
        to = parts.heard(f"{KEY}_{name}", "go")
        if not isinstance(to, dict):
            continue
        page, letter = to.get("page"), to.get("letter")
        if page in st.session_state["la_pages"] and letter in known:
            session.go(str(page), str(letter), to.get("sentence"), to.get("finding"))


def _apply(place: Place) -> dict[str, Any] | None:
    """Do what the disagreements' outbox sent; the answer is for the component."""
    state = st.session_state.get(f"{KEY}_bottom")
    sent = state.get("outbox") if state else None

    def do(operation: Operation) -> str | None:
        return overviewing.apply(place, operation, adjudicator(operation.args.get("who")))

    words = partial(faults.told, place.say)
    answer: dict[str, Any] | None = st.session_state.setdefault(ANSWERS, Acknowledged()).take(sent, do, words=words)
    return answer


def _theme() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"
