"""The Overview page's work: figures read and kept until something changes, and disagreements settled at the desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Any

import streamlit as st

from aligner.errors import AlignerError
from aligner.ui import published, session, shelves
from aligner.ui.outbox import Operation
from aligner.ui.session import Place
from aligner.ui.views import overview, overview_people
from aligner.ui.views.coverage import short_names

if TYPE_CHECKING:
    from aligner.pipeline.agreeing import Agreement
    from aligner.pipeline.placing import Placing
    from aligner.pipeline.reviewing import Desk
    from aligner.pipeline.surveying import Progress

Json = dict[str, Any]
Key = tuple[str, shelves.Stamp, int]

AT_ONCE = 0.4
"""Seconds that a reader waits for the lines of letters; what is left of a large corpus comes afterwards."""


@dataclass(frozen=True)
class Heard:
    """What reviewers said of a letter, as far as rulings on it change nothing; `rendered` has what each rendering makes
    of a sentence, by its number."""

    progress: tuple[Progress, ...]
    agreement: Agreement | None
    placings: dict[str, Placing]
    rendered: dict[str, dict[int, str]]


def letter_view(place: Place) -> Json:
    """What was found out about the letter of `place`; raises AlignerError when it cannot be read."""
    return _letter_view(place, place.entry.id, _key(place))


def letters(place: Place) -> list[Place]:
    """Every letter that there is, each with where it is read."""
    offered = shelves.offered(place.corpus).values()
    return [replace(place, corpus=opened, entry=entry) for opened, entry in offered]


def letters_view(place: Place, seconds: float = AT_ONCE) -> list[Json]:
    """A line for each letter; one that cannot be read says why.

    What takes longer than so many seconds is `pending`, and there when it is asked for again.
    """
    kept, until = _kept(), monotonic() + seconds
    found = []
    for each in letters(place):
        key = _key(each)
        line = kept.get((key[0], each.entry.id))
        if (line is None or line[0] != key) and (monotonic() < until or each.entry.id == place.entry.id):
            line = kept[key[0], each.entry.id] = (key, _line(each))
        found.append(line[1] if line and line[0] == key else {**_head(each), "pending": True})
    return found


def people_view(place: Place) -> Json:
    """What reviewers did with the letter: progress, agreement, disagreements, words that wait.

    `problem` says what cannot be told. Nothing is made where there is no database.
    """
    nothing: Json = {"people": [], "agreement": None, "disputes": None, "conflicts": [], "problem": ""}
    try:
        desk = published.desk(place.corpus)
        return nothing | (_people(place, desk) if desk else {})
    except AlignerError as fault:
        return nothing | {"problem": str(fault)}


def apply(place: Place, operation: Operation, who: str) -> str | None:
    """Settle a disagreement, or take a ruling of one's own back. Raises AlignerError for what cannot be done."""
    from aligner.pipeline.adjudicating import reopen, settle

    if not who:
        raise AlignerError(place.say("align.no_name"))
    args = operation.args
    # The letter that it was said of, which need not be the one that is shown by now.
    about = next((each for each in letters(place) if each.entry.id == args.get("letter")), None)
    desk = published.desk(about.corpus) if about else None
    if about is None or desk is None:
        raise AlignerError("there is no such letter, or nobody said anything of it", hint="reload the page")
    where = (about.entry.id, str(args.get("rendering", "")))
    kept, dropped = (_names(args.get(name)) for name in ("kept", "dropped"))
    if operation.kind == "settle":
        settle(desk, who, where, kept, dropped, str(args.get("reason") or "").strip()[:1000], operation.id)
    elif operation.kind == "reopen":
        reopen(desk, who, where, kept)
    else:
        raise AlignerError(f"unknown operation {operation.kind!r}", hint="known: settle, reopen")
    return None


def _names(given: Any) -> list[str]:
    return [each for each in given if isinstance(each, str)] if isinstance(given, list) else []


@st.cache_resource(show_spinner=False)
def _kept() -> dict[tuple[str, str], tuple[Key, Json]]:
    """Lines of letters with what they were made of, for all sessions."""
    return {}


def _line(place: Place) -> Json:
    try:
        return overview.line(letter_view(place), place.entry.date)
    except AlignerError as fault:
        return {**_head(place), "problem": str(fault)}


def _head(place: Place) -> Json:
    """What the manifest says of a letter."""
    entry = place.entry
    known = {"id": entry.id, "title": entry.title, "author": entry.author, "language": entry.language}
    return {"letter": known, "date": entry.date, "renderings": len(entry.renderings), "built": 0, "problem": ""}


def _key(place: Place) -> Key:
    """What the figures rest on: files, and the last word that is no ruling on others' and no comment."""
    return (*session.stamp(place), _said(place))


def _said(place: Place) -> int:
    from aligner.review.decisions import Kind

    apart = {Kind.ADJUDICATION, Kind.COMMENT, Kind.SUGGESTION, Kind.EMENDATION}
    try:
        desk = published.desk(place.corpus)
        return desk.store.revision(place.entry.id, kinds=frozenset(Kind) - apart) if desk else 0
    except AlignerError:
        return -1


@st.cache_resource(show_spinner=False, max_entries=256)
def _letter_view(_place: Place, letter_id: str, key: Key) -> Json:  # noqa: ARG001
    opened = _place.corpus
    made = published.versions(opened, letter_id)
    try:
        comparison = opened.comparison(letter_id)
    except AlignerError:  # the Compare page tells it
        comparison = None
    together = comparison.findings if comparison else ()
    return overview.overview(published.letter(opened, letter_id), made, _judged(_place), together)


def _judged(place: Place) -> dict[str, frozenset[str]]:
    """The ids of the findings that somebody judged, by rendering; none where the database cannot be read."""
    from aligner.review.decisions import WHOLE

    try:
        desk = published.desk(place.corpus)
        if desk is None or published.revision(place.entry.id) <= 0:
            return {}
        names = [*(item.id for item in place.entry.renderings), WHOLE]
        said = {name: desk.judgements(place.entry.id, name).verdicts for name in names}
    except AlignerError:
        return {}
    return {name: frozenset(verdict.finding for _, verdict in verdicts) for name, verdicts in said.items()}


def _people(place: Place, desk: Desk) -> Json:
    from aligner.pipeline.adjudicating import contested
    from aligner.pipeline.docket import waiting

    letter_id = place.entry.id
    chips = short_names(letter_id, [item.id for item in place.entry.renderings])
    names = tuple(column["id"] for column in letter_view(place)["columns"])
    heard = _heard(desk, letter_id, _key(place), names)
    letter = place.corpus.letter(letter_id)
    view: Json = {
        "people": overview_people.people(heard.progress, chips),
        "conflicts": overview_people.conflicts(waiting(desk, letter_id), letter.segments, chips),
    }
    if heard.agreement is None:
        return view
    said = {name: desk.judgements(letter_id, name) for name in names}
    listed = contested(heard.agreement.disputes, said, heard.placings)
    return view | {
        "agreement": overview_people.figures(heard.agreement, chips),
        "disputes": overview_people.disputes(listed, chips, heard.rendered, desk.store.typologies()),
    }


@st.cache_resource(show_spinner=False, max_entries=16)
def _heard(_desk: Desk, letter_id: str, key: Key, names: tuple[str, ...]) -> Heard:  # noqa: ARG001
    from aligner.pipeline.agreeing import agreement
    from aligner.pipeline.placing import place
    from aligner.pipeline.surveying import progress
    from aligner.review.decisions import Kind
    from aligner.review.history import standing

    letter = _desk.letter(letter_id)
    placings = {name: place(letter, _desk.state(letter_id, name).alignment) for name in names}
    compared = {Kind.ERROR, Kind.FINDING, Kind.SCORE, Kind.REPLACE}
    said = any(each.kind in compared and each.rendering in names for each in standing(_desk.log(letter_id)))
    found = agreement(_desk, letter_id, names) if said else None
    rendered = {name: _rendered(placing, _desk.texts(letter_id, name).target) for name, placing in placings.items()}
    return Heard(progress(_desk, letter_id, placings), found, placings, rendered)


def _rendered(placing: Placing, text: str) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for span, row in placing.targets:
        found.setdefault(row + 1, []).append(span.of(text))
    return {number: " … ".join(pieces) for number, pieces in found.items()}
