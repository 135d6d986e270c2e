"""What a page needs beyond its view: the corpus, the language, the letter and sentence of the address.

The address is written by hand (`st.query_params`), and only when somebody chooses: a page that
wrote it on its own would keep the browser's Back button from leaving.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

import streamlit as st

from aligner.corpus import COMPARISON, MANIFEST, Corpus, LetterEntry
from aligner.errors import AlignerError
from aligner.model import Letter
from aligner.ui import parts, published
from aligner.ui.messages import LANGUAGES, Catalogue
from aligner.ui.shelves import Stamp, corpus, stamp_of
from aligner.ui.views.collation import collation
from aligner.ui.views.compare import compare
from aligner.ui.views.reading import reading

LANGUAGE = "la_language"
LETTER = "la_letter"
_SHOWN = "la_letter_shown"
_SEEN = "la_seen_"
_START = "la_start"
_LAST = "la_last"
_FINDING = "la_finding"
_PAGE = "la_page"
_SPOKEN = "la_language_chosen"
_MOST_DIGITS = 9
"""A number of a sentence in the address has no more."""


@dataclass(frozen=True)
class Place:
    """Where the reader is: corpus, letter, and the words the interface speaks in."""

    corpus: Corpus
    entry: LetterEntry
    say: Catalogue


def catalogue() -> Catalogue:
    """The messages in the reader's language: as chosen, else as the address says, else as the browser does."""
    if LANGUAGE not in st.session_state:
        locale = (st.context.locale or "").lower()
        wanted = st.query_params.get("lang", "zh" if locale.startswith("zh") else "en")
        st.session_state[LANGUAGE] = wanted if wanted in LANGUAGES else "en"
    return _catalogue(st.session_state[LANGUAGE])


def keep_language() -> None:
    """Write the language that was chosen into the address, with the sentence chosen just before.

    The browser sends the address along as it was when the reader clicked: what was chosen less than
    a round trip earlier is not in it yet, and would be lost.
    """
    parts.due()
    st.session_state[_SPOKEN] = True
    kept = st.session_state.get(_LAST)
    if kept and st.session_state.get(_PAGE) == kept[2]:
        _write("letter", kept[0])
        _write("sentence", str(kept[1]))
    _write_language()


def _write_language() -> None:
    if st.session_state.get(_SPOKEN) and st.query_params.get("lang") != st.session_state[LANGUAGE]:
        st.query_params["lang"] = st.session_state[LANGUAGE]


def warm() -> None:
    """Read the first letter into the caches before anybody asks for it; what is wrong with it shows then."""
    with contextlib.suppress(AlignerError):
        opened = corpus()
        for entry in opened.manifest.letters[:1]:
            read_view(Place(opened, entry, _catalogue("en")))


def follow_address(known: list[str]) -> str | None:
    """Take the letter from the address when it changed there; a name that does not exist is given back."""
    wanted = _news("letter")
    if wanted in known:
        st.session_state[LETTER] = wanted
        if (last := st.session_state.get(_LAST)) and last[0] != wanted:
            del st.session_state[_LAST]
    elif wanted:
        return wanted
    return None


def letter_id(known: list[str]) -> str:
    """The letter that is shown, the one chosen, else the first; from now on choosing it is no choice."""
    chosen: str = st.session_state.get(LETTER, "")
    shown = st.session_state[_SHOWN] = chosen if chosen in known else known[0]
    return shown


def keep_letter(key: str) -> None:
    """Write the letter chosen in widget `key` into the address; the sentence belonged to the letter before.

    A message under way while the language changes names the widget of the other language once more, with what it
    shows: that is no choice.
    """
    parts.due()
    if st.session_state[key] == st.session_state.get(_SHOWN):
        return
    st.session_state[LETTER] = st.session_state[key]
    _write("letter", st.session_state[LETTER])
    _write("sentence", None)
    _write_language()
    st.session_state.pop(_START, None)
    st.session_state.pop(_LAST, None)


def start(letter: str) -> dict[str, Any] | None:
    """The sentence (from 1) to open a letter at: the one chosen last, by the reader or in the address.

    With it goes the `finding` that the address names, as long as no other sentence was chosen.

    A component that is there already keeps its place, since it only moves with another `turn`: that
    is counted on when a sentence comes from the address anew (a link, the browser's Back), even the
    same one. One that Streamlit had to put up again finds here where the reader was.
    """
    wanted, finding = _news("sentence"), _news("finding")
    if finding:
        wanted = st.query_params.get("sentence")
    if wanted and wanted.isdecimal() and len(wanted) <= _MOST_DIGITS and int(wanted) > 0:
        _start_at(letter, int(wanted))
        _note(letter, int(wanted))
        st.session_state[_FINDING] = (letter, int(wanted), st.query_params.get("finding"))
    kept, last = st.session_state.get(_START), st.session_state.get(_LAST)
    turn = kept[2] if kept and kept[0] == letter else 0
    if last and last[0] == letter:
        named = st.session_state.get(_FINDING) or ("", 0, None)
        return {"sentence": last[1], "turn": turn} | ({"finding": named[2]} if named[:2] == last[:2] else {})
    return {"sentence": kept[1], "turn": turn} if kept and turn else None


def astray(sentences: int) -> bool:
    """Whether the address names a sentence anew that a letter of so many has not; it leads nowhere from then on."""
    wanted = st.query_params.get("sentence")
    if wanted is None or wanted == st.session_state.get(_SEEN + "sentence"):
        return False
    if wanted.isdecimal() and len(wanted) <= _MOST_DIGITS and 0 < int(wanted) <= sentences:
        return False
    st.session_state[_SEEN + "sentence"] = wanted
    st.session_state[_SEEN + "finding"] = st.query_params.get("finding")
    return True


def _start_at(letter: str, number: int) -> None:
    turn = st.session_state["la_turn"] = st.session_state.get("la_turn", 0) + 1
    st.session_state[_START] = (letter, number, turn)


def keep_sentence(letter: str, number: int) -> None:
    """Write the sentence that was chosen into the address, with its letter."""
    _write("letter", letter)
    _write("sentence", str(number))
    _write_language()
    _note(letter, number)


def _note(letter: str, number: int) -> None:
    st.session_state[_LAST] = (letter, number, st.session_state.get(_PAGE))


def told(letter: str) -> dict[str, str]:
    """What the address would say of where the reader is; from now on it says nothing new when it does say so."""
    last = st.session_state.get(_LAST)
    found = {"letter": letter} | ({"sentence": str(last[1])} if last and last[0] == letter else {})
    for name in ("letter", "sentence"):
        st.session_state[_SEEN + name] = found.get(name)
    return found | ({"lang": st.session_state[LANGUAGE]} if st.session_state.get(_SPOKEN) else {})


def enter(page: str) -> None:
    """Note which page is shown; one that is left and entered again opens where the reader was."""
    if page != st.session_state.get(_PAGE):
        parts.leave()
    last = st.session_state.get(_LAST)
    if last and page == last[2] != st.session_state.get(_PAGE):
        _start_at(*last[:2])
    st.session_state[_PAGE] = page


def know_pages(pages: dict[str, Any]) -> None:
    """Keep Streamlit's pages by name, for `go`."""
    st.session_state["la_pages"] = pages


def path(page: str) -> str:
    """The page's name in the address; empty for the one that opens first."""
    return str(st.session_state["la_pages"][page].url_path)


def go(page: str, letter: str, sentence: object = None, finding: object = None) -> None:
    """Show another page with its letter in the address, and the sentence and the finding that a component named."""
    where = {"letter": letter}
    if isinstance(sentence, int | float) and sentence >= 1:
        where["sentence"] = str(int(sentence))
    if isinstance(finding, str) and finding:
        where["finding"] = finding
    st.switch_page(st.session_state["la_pages"][page], query_params=where)


def read_view(place: Place) -> dict[str, Any]:
    """The Read page's view of a letter, made again when its files change.

    Raises AlignerError when the letter itself cannot be read.
    """
    return _read_view(place.corpus, place.entry.id, stamp(place))


def collation_view(place: Place) -> dict[str, Any]:
    """The Collation page's view of a letter; raises AlignerError when it cannot be read."""
    return collation(letter(place))


def compare_view(place: Place) -> dict[str, Any]:
    """The Compare page's view of a letter, made again when its files change; raises AlignerError."""
    return _compare_view(place.corpus, place.entry.id, _key(place, 0))


def letter(place: Place) -> Letter:
    """The letter itself, emended as reviewers left it; raises AlignerError when it cannot be read."""
    return published.letter(place.corpus, place.entry.id)


def stamp_of_words(place: Place) -> tuple[str, Stamp]:
    """As `stamp`, and it changes with every word of a reviewer too."""
    return _key(place, published.revision(place.entry.id))


def stamp(place: Place) -> tuple[str, Stamp]:
    """What changes when the letter's files do, or the corrections of its alignments: a key for what is made of them."""
    return _key(place, published.corrections(place.entry.id))


def _news(name: str) -> str | None:
    """A parameter of the address when it is not what it was when it was last read or written."""
    value = st.query_params.get(name)
    if value == st.session_state.get(_SEEN + name):
        return None
    st.session_state[_SEEN + name] = value
    return value


def _write(name: str, value: str | None) -> None:
    st.session_state[_SEEN + name] = value
    if st.query_params.get(name) == value:
        return
    # In one step, which is one entry of the history; a finding belonged to the sentence before.
    dropped = {name, "finding"} if name in ("letter", "sentence") else {name}
    kept = {key: kept for key, kept in st.query_params.to_dict().items() if key not in dropped}
    st.query_params.from_dict(kept | ({name: value} if value is not None else {}))
    if "finding" in dropped:
        st.session_state[_SEEN + "finding"] = None


def _key(place: Place, revision: int) -> tuple[str, Stamp]:
    """A key that changes with the letter's files and with the `revision` of the decisions that are of account."""
    folder = place.corpus.folder
    said: Stamp = (("", revision, 0),)
    files = [folder / place.entry.id / f"{item.id}.json" for item in place.entry.renderings]
    return str(folder), said + stamp_of([folder / MANIFEST, folder / place.entry.id / COMPARISON, *files])


@st.cache_resource(show_spinner=False)
def _catalogue(language: str) -> Catalogue:
    return Catalogue.load(language)


@st.cache_resource(show_spinner=False, max_entries=16)
def _read_view(_opened: Corpus, letter_id: str, stamp: tuple[str, Stamp]) -> dict[str, Any]:  # noqa: ARG001
    return reading(published.letter(_opened, letter_id), published.versions(_opened, letter_id))


@st.cache_resource(show_spinner=False, max_entries=8)
def _compare_view(_opened: Corpus, letter_id: str, stamp: tuple[str, Stamp]) -> dict[str, Any]:  # noqa: ARG001
    made, problem = None, ""
    try:
        made = _opened.comparison(letter_id)
    except AlignerError as error:
        problem = str(error)
    # The comparison is of what was built.
    return compare(_opened.letter(letter_id), published.versions(_opened, letter_id, built=True), made, problem)
