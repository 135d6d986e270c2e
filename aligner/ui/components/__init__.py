"""The components of the pages: one for each page whose body Streamlit's widgets cannot draw.

Scripts and styles are files beside this one and are joined here: Streamlit takes one script and one
stylesheet for a component. They are registered once, when this module is imported.
"""

from __future__ import annotations

from importlib import resources

import streamlit as st

from aligner.ui.messages import HTML_LANGUAGES, Catalogue


def style(*names: str) -> str:
    """The stylesheets `names`, joined."""
    return _joined(names)


def texts_for(say: Catalogue, *sections: str) -> dict[str, object]:
    """What every component is given: its messages and the language they are in."""
    shared = ("empty", "legend", "keys", "review_keys", "page")
    return {"messages": say.section(*sections, *shared), "language": HTML_LANGUAGES[say.language]}


def _joined(names: tuple[str, ...]) -> str:
    folder = resources.files(__name__)
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


_PARTS = ("dom.js", "keys.js", "marks.js", "chunks.js")
_READ = (
    "card.js", "bar.js", "findings.js", "grid.js", "inspector.js", "legend.js", "choice.js", "word_step.js",
    "tour.js", "reader.js",
)  # fmt: skip
_ALIGN = (
    "outbox.js", "reviewer.js",
    "align_held.js", "align_lanes.js", "align_ribbons.js", "align_side.js", "align_do.js", "align_bar.js", "align.js",
)  # fmt: skip

_REVIEW = (
    "review_select.js", "review_text.js", "review_cards.js", "review_panel.js", "review_bar.js",
    "review_words.js", "review_draft.js", "review_work.js", "review.js",
)  # fmt: skip
_OVERVIEW = (
    "card.js", "findings.js", "outbox.js", "reviewer.js",
    "overview_letter.js", "overview_people.js", "overview_disputes.js", "overview.js",
)  # fmt: skip

# Not isolated in a shadow root: offsets of a selection can then be read in every browser.
WORDS = st.components.v2.component("letter_aligner_words", js=_joined(("dom.js", "words.js")))
READER = st.components.v2.component(
    "letter_aligner_reader",
    css=_joined(("tokens.css", "base.css", "reader.css", "grid.css", "findings.css", "words.css", "reader_print.css")),
    js=_joined((*_PARTS, *_READ)),
    isolate_styles=False,
)
COLLATION = st.components.v2.component(
    "letter_aligner_collation",
    css=_joined(("tokens.css", "base.css", "collation.css")),
    js=_joined((*_PARTS, "collation.js")),
    isolate_styles=False,
)
COMPARE = st.components.v2.component(
    "letter_aligner_compare",
    css=_joined(("tokens.css", "base.css", "findings.css", "compare.css", "differ.css", "words.css")),
    js=_joined((*_PARTS, "findings.js", "pairs.js", "differ.js", "errors.js", "matrix.js", "compare.js")),
    isolate_styles=False,
)
COMPARE_MORE = st.components.v2.component("letter_aligner_compare_more", js=_joined(("compare_more.js",)))
ALIGN = st.components.v2.component(
    "letter_aligner_align",
    css=_joined(("tokens.css", "base.css", "align.css")),
    js=_joined((*_PARTS, *_ALIGN)),
    isolate_styles=False,
)
REVIEW = st.components.v2.component(
    "letter_aligner_review",
    css=_joined(("tokens.css", "base.css", "findings.css", "review.css", "words.css")),
    js=_joined((*_PARTS, "card.js", "findings.js", "outbox.js", "reviewer.js", *_REVIEW)),
    isolate_styles=False,
)
HELP = st.components.v2.component(
    "letter_aligner_help",
    css=_joined(("tokens.css", "base.css", "help.css")),
    js=_joined(("dom.js", "keys.js", "help.js")),
    isolate_styles=False,
)
REVIEW_STATE = st.components.v2.component("letter_aligner_review_state", js=_joined(("review_state.js",)))
OVERVIEW = st.components.v2.component(
    "letter_aligner_overview",
    css=_joined(("tokens.css", "base.css", "findings.css", "overview.css")),
    js=_joined((*_PARTS, *_OVERVIEW)),
    isolate_styles=False,
)
ADDRESS = st.components.v2.component("letter_aligner_address", js=_joined(("address.js",)))
