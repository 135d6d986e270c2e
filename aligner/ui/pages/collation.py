"""Collation: the English witnesses, their variants, the emendations and their evidence."""

from __future__ import annotations

from aligner.ui import parts, session
from aligner.ui.components import COLLATION, texts_for
from aligner.ui.session import Place

KEY = "la_collation"


def show(place: Place) -> None:
    """Draw the page; raises AlignerError when the letter cannot be read."""
    data = {"view": session.collation_view(place), **texts_for(place.say, "collation", "evidence")}
    _table(data, place.entry.id)


@parts.part("table")
def _table(data: dict[str, object], letter: str) -> None:
    COLLATION(key=KEY, data=data, on_sentence_change=parts.hear("table", KEY, "sentence"))
    if number := parts.heard(KEY, "sentence"):
        session.go("read", letter, int(number))
