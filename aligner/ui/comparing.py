"""What the Compare page shows beyond what was built: words of the sentence in hand, and what reviewers said.

Both follow the page, which is painted without them: the first words cost the loading of dictionaries and model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from aligner.errors import AlignerError
from aligner.pipeline.reviewing import Desk
from aligner.pipeline.scoring import Asked, score_letter
from aligner.review.typologies import load
from aligner.ui import published, session
from aligner.ui.session import Place
from aligner.ui.vectors import encoder
from aligner.ui.views import compare_scores
from aligner.ui.views.compare_words import words
from aligner.ui.wordwise import ready, renderings_of

SHOWN = ("council", "esa")
"""The scores that the page draws."""


def words_of(place: Place, view: Mapping[str, Any], pick: object, sentence: int | None) -> dict[str, Any]:
    """The words of the sentence that was picked, else of `sentence`, else of the one that varies most.

    `view` is the page's. Before dictionaries and model are there, `later` says so: the page asks again. Where the words
    cannot be compared, `problem` says why.
    """
    chosen = pick if isinstance(pick, dict) and pick.get("letter") == place.entry.id else {}
    number = _number(chosen.get("sentence"), view) or _number(sentence, view) or view.get("widest") or 1
    columns = [column["id"] for column in view["columns"]]
    if not ready(place):
        # The browser hears only of what differs from the answer before.
        return {"letter": place.entry.id, "sentence": number, "later": True, "turn": chosen.get("turn", 0)}
    try:
        made, comparison = renderings_of(place)
        order = [name for name in columns if name in made.alignments]
        return words(made, order, number, encoder(), pick=chosen, comparison=comparison)
    except AlignerError as fault:
        return {"letter": place.entry.id, "sentence": number, "problem": str(fault)}


def _number(value: object, view: Mapping[str, Any]) -> int:
    return int(value) if isinstance(value, int | float) and 1 <= value <= view["sentences"] else 0


def scores_of(place: Place) -> dict[str, Any]:
    """What reviewers said of the letter's renderings in figures, and what the checks found that nobody judged."""
    return _scores(place, place.entry.id, session.stamp_of_words(place))


@st.cache_resource(show_spinner=False, max_entries=8)
def _scores(_place: Place, letter_id: str, stamp: Any) -> dict[str, Any]:  # noqa: ARG001 - the key
    typology = load()
    found: dict[str, Any] = {"letter": letter_id, "lines": [], "problem": "", "level": 95}
    made = renderings_of(_place)[0].alignments
    judged: dict[str, frozenset[str]] = {}
    try:
        desk = published.desk(_place.corpus)
        if desk and published.revision(letter_id) > 0:
            found["lines"] = _lines(desk, letter_id)
            for name in made:
                verdicts = desk.judgements(letter_id, name).verdicts
                judged[name] = frozenset(verdict.finding for _, verdict in verdicts)
    except AlignerError as fault:
        found["problem"] = str(fault)
    found["program"] = compare_scores.open_profile({n: each.findings for n, each in made.items()}, judged)
    found["typology"] = {"names": dict(typology.names), "version": typology.version}
    return found


def _lines(desk: Desk, letter_id: str) -> list[dict[str, Any]]:
    """Nobody said anything yet: no lines."""
    names = [item.id for item in desk.corpus.entry(letter_id).renderings]
    if not any(desk.judgements(letter_id, name).reviewers for name in names):
        return []
    each = score_letter(desk, letter_id, asked=Asked(formulas=SHOWN))
    together = score_letter(desk, letter_id, asked=Asked(formulas=SHOWN, published=True))
    return compare_scores.scores(each, together, load())
