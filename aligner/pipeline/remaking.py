"""Letters that are there, changed: each made anew in a copy, and exchanged for the old one when all is well."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from aligner.corpus import GLOSSARY, Corpus, LetterEntry, Manifest
from aligner.corpus import own as shelf
from aligner.errors import AlignerError, UnknownNameError
from aligner.pipeline.bringing import (
    Article,
    Brought,
    Documents,
    English,
    Work,
    check_articles,
    made_of,
    renderings_of,
    witness_of,
)
from aligner.pipeline.pair_files import Terms, glossary_text


def add_renderings(folder: Path, letter_id: str, articles: Sequence[Article], work: Work) -> Brought:
    """More renderings of an own letter; all are aligned again, since they inform each other. Raises as `bring` does."""

    def change(entry: LetterEntry, documents: Documents) -> LetterEntry:
        check_articles(articles, len(entry.renderings))
        return replace(entry, renderings=entry.renderings + renderings_of(documents, entry, articles, work))

    return _remade(folder, letter_id, work, change)


def take_out(folder: Path, letter_id: str, rendering: str, work: Work) -> Brought:
    """Without one rendering, whose document goes too; what reviewers decided of it stays. Raises as `bring` does."""

    def change(entry: LetterEntry, documents: Documents) -> LetterEntry:
        rest = tuple(item for item in entry.renderings if item.id != rendering)
        if not rest or len(rest) == len(entry.renderings):
            hint = "delete the letter" if not rest else f"known: {', '.join(item.id for item in rest)}"
            raise AlignerError("cannot be taken out", where=f"rendering {rendering}", hint=hint)
        after = replace(entry, renderings=rest)
        documents.entries[:] = shelf.documents_for(Manifest(tuple(documents.entries), ()), after)
        return after

    return _remade(folder, letter_id, work, change, align=False)


def add_witness(folder: Path, letter_id: str, english: English, work: Work) -> Brought:
    """Another copy of an own letter's English text; raises as `bring` does."""

    def change(entry: LetterEntry, documents: Documents) -> LetterEntry:
        used = {witness.id for witness in entry.witnesses}
        name = next(letter for letter in map(chr, range(ord("A"), 0x10000)) if letter.isalnum() and letter not in used)
        witness = witness_of(documents, f"{letter_id}-en-{len(entry.witnesses) + 1}", name, english)
        if any(witness.document == known.document for known in entry.witnesses):
            raise AlignerError("is a copy that is there already", where=english.draft.document.name)
        return replace(entry, witnesses=(*entry.witnesses, witness))

    return _remade(folder, letter_id, work, change)


def change_base(folder: Path, letter_id: str, witness: str, work: Work) -> Brought:
    """Another copy of the letter as the one that is shown and aligned; raises as `bring` does."""

    def change(entry: LetterEntry, _: Documents) -> LetterEntry:
        known = [each.id for each in entry.witnesses]
        if witness not in known:
            raise UnknownNameError("witness", witness, known, where=f"letter {letter_id}")
        # Rejected emendations are those of the base that was.
        witnesses = tuple(replace(each, base=each.id == witness) for each in entry.witnesses)
        return replace(entry, witnesses=witnesses, rejected_emendations=())

    return _remade(folder, letter_id, work, change)


def change_words(folder: Path, before: LetterEntry, after: LetterEntry, work: Work) -> Brought:
    """Other names, dates and languages of a letter and its renderings; its files say so at once. Raises as `bring`."""
    languages = [item.language for item in before.renderings] == [item.language for item in after.renderings]
    return _remade(folder, before.id, work, lambda _entry, _documents: after, seen=before, align=not languages)


def change_glossary(folder: Path, letter_id: str, terms: Terms, work: Work) -> Brought:
    """Another glossary of a letter, whose alignments are checked again; raises as `bring` does."""
    return _remade(folder, letter_id, work, lambda entry, _: entry, align=False, glossary=glossary_text(terms))


def _remade(
    folder: Path,
    letter_id: str,
    work: Work,
    change: Callable[[LetterEntry, Documents], LetterEntry],
    *,
    seen: LetterEntry | None = None,
    align: bool = True,
    glossary: str | None = None,
) -> Brought:
    """A letter made anew after `change`, in a copy, and exchanged for the old one when all is well."""
    own = Corpus.open(folder)
    before = seen or own.entry(letter_id)
    with shelf.staging(folder) as place:
        documents = Documents(place, list(shelf.documents_for(own.manifest, before)))
        for each in documents.entries:
            shutil.copyfile(folder / shelf.DOCUMENTS / each.file, place / shelf.DOCUMENTS / each.file)
        (place / letter_id).mkdir()
        kept = own.glossary(letter_id)
        text = glossary if glossary is not None else kept.read_text(encoding="utf-8") if kept else ""
        if text:
            (place / letter_id / GLOSSARY).write_text(text, encoding="utf-8")
        return made_of(folder, place, documents, change(before, documents), work, own if not align else None, before)
