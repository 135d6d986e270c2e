"""The corpora whose letters are shown: the one that the program was started with, and the reader's own letters.

They are opened again when a manifest changes, in whichever session or program.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import streamlit as st

from aligner import home
from aligner.corpus import MANIFEST, Corpus, LetterEntry
from aligner.errors import AlignerError
from aligner.ui.launch import VARIABLE

Stamp = tuple[tuple[str, int, int], ...]
"""Names, times and sizes of files: another stamp means that something was built in the meantime."""

Shelves = dict[str, tuple[Corpus, LetterEntry]]
"""Letters by id, each with the corpus that it belongs to."""


def corpus() -> Corpus:
    """The corpus that the launcher or the environment names.

    Raises ManifestError when it cannot be read.
    """
    folder = _folder(os.environ.get(VARIABLE, ""), str(Path.cwd()))
    return _corpus(folder, stamp_of([folder / MANIFEST]))


def own() -> Corpus | None:
    """The corpus of own letters, None while there is none; raises ManifestError when it cannot be read."""
    folder = home.letters_dir()
    stamp = stamp_of([folder / MANIFEST])
    return _corpus(folder, stamp) if stamp else None


def shelved(named: Corpus, mine: Corpus | None) -> Shelves:
    """Every letter of both; of two with one id the one that the program was started with."""
    found: Shelves = {entry.id: (named, entry) for entry in named.manifest.letters}
    if mine is not None and mine.folder != named.folder:
        found = {entry.id: (mine, entry) for entry in mine.manifest.letters} | found
        found = {entry.id: found[entry.id] for entry in (*named.manifest.letters, *mine.manifest.letters)}
    return found


def offered(opened: Corpus) -> Shelves:
    """The letters that can be chosen; `opened` is one of the corpora. Own ones that cannot be read are left out."""
    mine = None
    with contextlib.suppress(AlignerError):
        mine = own()
    named = corpus() if mine is not None and mine.folder == opened.folder else opened
    return {name: found for name, found in shelved(named, mine).items() if not found[1].archived}


def stamp_of(paths: list[Path]) -> Stamp:
    """The stamp of those of `paths` that are there."""
    found = []
    for path in paths:
        try:
            facts = path.stat()
        except OSError:
            continue
        found.append((path.name, facts.st_mtime_ns, facts.st_size))
    return tuple(found)


@st.cache_resource(show_spinner=False)
def _folder(named: str, here: str) -> Path:  # noqa: ARG001 - without a name, the current folder decides
    return Corpus.open(Path(named) if named else None).folder.absolute()


@st.cache_resource(show_spinner=False, max_entries=8)
def _corpus(folder: Path, stamp: Stamp) -> Corpus:  # noqa: ARG001 - the stamp is the key
    return Corpus.open(folder)
