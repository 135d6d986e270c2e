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
        out = [each.rendering for each in shelf.trashed(folder) if each.rendering]
        return replace(entry, renderings=entry.renderings + renderings_of(documents, entry, articles, work, out))

    return _remade(folder, letter_id, work, change)


def take_out(folder: Path, letter_id: str, rendering: str, work: Work) -> Brought:
    """Without one rendering, whose document goes too; it can be put back from the trash. Raises as `bring` does."""

    def change(entry: LetterEntry, documents: Documents) -> LetterEntry:
        rest = tuple(item for item in entry.renderings if item.id != rendering)
        if not rest or len(rest) == len(entry.renderings):
            hint = "delete the letter" if not rest else f"known: {', '.join(item.id for item in rest)}"
            raise AlignerError("cannot be taken out", where=f"rendering {rendering}", hint=hint)
        after = replace(entry, renderings=rest)
        documents.entries[:] = shelf.documents_for(Manifest(tuple(documents.entries), ()), after)
        return after

    kept = shelf.keep(folder, letter_id, rendering)
    try:
        return _remade(folder, letter_id, work, change, align=False)
    except BaseException:
        shelf.destroy(kept)
        raise


def put_back(folder: Path, trash: Path, work: Work) -> Brought:
    """Undo `take_out`: the rendering in the trash is where it was. Aligned again only where the English is another now.

    Raises as `bring` does.
    """
    gone = next((each for each in shelf.trashed(folder) if each.folder == trash and each.rendering), None)
    if gone is None:
        raise AlignerError("is not there any more", where=str(trash), hint="look at what was deleted again")
    then, kept = gone.entry, Corpus.open(trash)
    at, item = next((n, each) for n, each in enumerate(then.renderings) if each.id == gone.rendering)
    copies = Corpus.open(folder).entry(then.id).witnesses

    def change(entry: LetterEntry, documents: Documents) -> LetterEntry:
        if any(item.id == each.id or item.document == each.document for each in entry.renderings):
            raise AlignerError("is there already", where=f"rendering {item.id}")
        for each in shelf.documents_for(kept.manifest, replace(then, witnesses=(), renderings=(item,))):
            if each not in documents.entries:
                shutil.copyfile(trash / shelf.DOCUMENTS / each.file, documents.folder / shelf.DOCUMENTS / each.file)
                documents.entries.append(each)
        return replace(entry, renderings=(*entry.renderings[:at], item, *entry.renderings[at:]))

    made = _remade(folder, then.id, work, change, align=copies != then.witnesses, also=kept)
    shelf.destroy(trash)
    return made


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
    also: Corpus | None = None,
) -> Brought:
    """A letter made anew after `change`, in a copy, and exchanged for the old one when all is well.

    Without `align`, alignments are those that are there, or in `also`.
    """
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
        aligned = () if align else (own, also) if also else (own,)
        return made_of(folder, place, documents, change(before, documents), work, aligned, before)
