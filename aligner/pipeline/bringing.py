"""Letters that somebody brings, into the corpus of own letters: made beside it, and taken over when all is well."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aligner.corpus import (
    MANIFEST,
    Corpus,
    DocumentEntry,
    LetterEntry,
    Manifest,
    RenderingEntry,
    WitnessEntry,
)
from aligner.corpus import own as shelf
from aligner.corpus.manifest_text import write
from aligner.encoders import Encoder
from aligner.errors import AlignerError
from aligner.model import Alignment
from aligner.pipeline.building import build, checked_files
from aligner.pipeline.drafts import Draft, check_english, corrected, doubles, pins
from aligner.pipeline.letters import Progress, silent
from aligner.pipeline.output import write_all
from aligner.pipeline.reviewed import as_reviewed
from aligner.review.decisions import Decision

MOST_ARTICLES = 40
"""Renderings of a letter that are aligned together: more are not compared by anybody at once."""


@dataclass(frozen=True)
class English:
    """A copy of the letter: its document and where it stands there, as offsets."""

    draft: Draft
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """An article that carries a rendering, and what the manifest is to say of it."""

    draft: Draft
    language: str
    outlet: str = ""
    date: str = ""


@dataclass(frozen=True)
class Work:
    """What making takes: an encoder, the log of reviewers' decisions, and somebody who watches."""

    encoder: Encoder
    decisions: Sequence[Decision] = ()
    progress: Progress = silent


@dataclass(frozen=True)
class Brought:
    """A letter that was made, and its renderings that nothing of it was found in."""

    letter: str
    empty: tuple[str, ...] = ()


@dataclass
class Documents:
    """The documents of a letter that is being made, stored in `folder` under names the program chooses."""

    folder: Path
    entries: list[DocumentEntry] = field(default_factory=list)

    def add(self, stem: str, draft: Draft, article: Article | None = None) -> str:
        """Store a document with its original; its name. One that is there already is not stored again."""
        known = next((each.file for each in self.entries if each.sha256 == draft.document.sha256), None)
        if known:
            return known
        if draft.original is not None:
            self._store(f"{stem}{draft.original.suffix}", draft.original, article)
            return self._store(f"{stem}{shelf.CORRECTED}", draft, article, draft.original.heading)
        return self._store(f"{stem}{draft.suffix}", draft, article)

    def _store(self, file: str, draft: Draft, article: Article | None, title: str = "") -> str:
        (self.folder / shelf.DOCUMENTS / file).write_bytes(draft.data)
        outlet, date = (article.outlet, article.date) if article else ("", "")
        title = title or draft.heading
        self.entries.append(DocumentEntry(file, draft.document.sha256, draft.encoding, title, outlet=outlet, date=date))
        return file


def bring(
    folder: Path, about: LetterEntry, english: English, articles: Sequence[Article], work: Work, taken: Collection[str]
) -> Brought:
    """A new letter with its renderings, aligned and checked, into the own letters in `folder`.

    Of `about` title, author and date count; `taken` are ids that letters and renderings elsewhere have. Raises
    AlignerError, and passes on whatever stops it; then nothing was stored.
    """
    check_articles(articles, 0)
    own = shelf.open_own(folder)
    known = {name for entry in (own.manifest.letters if own else ()) for name in names_of(entry)}
    known |= {each.entry.id for each in shelf.trashed(folder)}
    name = shelf.new_letter_id(about.title, {*known, *taken})
    with shelf.staging(folder) as place:
        documents = Documents(place)
        witness = witness_of(documents, f"{name}-en", "A", english)
        entry = LetterEntry(name, about.title, about.author, about.date, "en", (replace(witness, base=True),), ())
        entry = replace(entry, renderings=renderings_of(documents, entry, articles, work))
        return made_of(folder, place, documents, entry, work)


def names_of(entry: LetterEntry) -> tuple[str, ...]:
    """The ids that a letter takes: its own and those of its renderings."""
    return entry.id, *(item.id for item in entry.renderings)


def check_articles(articles: Sequence[Article], there: int) -> None:
    """Raise AlignerError for none, the same twice, or too many beside the renderings that are there."""
    if not articles:
        raise AlignerError("no article was given", hint="bring at least one that carries a rendering")
    if len(articles) + there > MOST_ARTICLES:
        raise AlignerError(f"a letter has at most {MOST_ARTICLES} renderings here", hint="leave some out")
    same = doubles([article.draft for article in articles])
    for place, first in same.items():
        names = [articles[n].draft.document.name for n in (place, first)]
        raise AlignerError(f"is the same document as {names[1]}", where=names[0], hint="leave one of them out")


def witness_of(documents: Documents, stem: str, name: str, english: English) -> WitnessEntry:
    """A copy of the letter, its document stored; raises LanguageError, or AlignerError where it cannot be pinned."""
    draft, start, end = english.draft, english.start, english.end
    check_english(draft.document, start, end)
    words = pins(draft.document, start, end)
    if words is None:
        # The letter stands in its document twice: its text becomes a document of its own.
        draft = corrected(draft, draft.document.text[start:end])
        text = draft.document.text
        words = pins(draft.document, 0, len(text.rstrip()))
    if words is None:
        raise AlignerError("its beginning and end cannot be told apart", where=draft.document.name, hint="paste it")
    return WitnessEntry(name, documents.add(stem, draft), *words)


def renderings_of(
    documents: Documents, entry: LetterEntry, articles: Sequence[Article], work: Work, out: Sequence[str] = ()
) -> tuple[RenderingEntry, ...]:
    """Further renderings of a letter, their documents stored; raises AlignerError for one that is there already.

    `out` has the ids of those that were taken out and can come back.
    """
    # One that was taken out may have decisions, which another must not meet.
    used = [item.id for item in entry.renderings] + [each.rendering for each in work.decisions] + [*out]
    names = shelf.new_rendering_ids(entry.id, len(articles), used)
    made = []
    for name, article in zip(names, articles, strict=True):
        file = documents.add(name, article.draft, article)
        if any(file == item.document for item in entry.renderings):
            raise AlignerError("is an article that is there already", where=article.draft.document.name)
        made.append(RenderingEntry(name, file, article.language, article.outlet, article.date))
    return tuple(made)


def made_of(
    folder: Path,
    place: Path,
    documents: Documents,
    entry: LetterEntry,
    work: Work,
    aligned: Sequence[Corpus] = (),
    before: LetterEntry | None = None,
) -> Brought:
    """Everything of a letter in `place`, then taken over; with `aligned`, the alignments there are only checked."""
    (place / MANIFEST).write_text(write(Manifest(tuple(documents.entries), (entry,))), encoding="utf-8")
    staged = Corpus.open(place)
    if not aligned:
        report = build(staged, place, encoder=work.encoder, progress=work.progress, decisions=work.decisions)
        alignments = report.alignments
    else:
        alignments = _checked(staged, aligned, entry, place, work)
    work.progress("storing", 1, 1)
    shelf.adopt(folder, place, before)
    return Brought(entry.id, tuple(each.rendering for each in alignments if not each.links))


def _checked(
    staged: Corpus, aligned: Sequence[Corpus], entry: LetterEntry, place: Path, work: Work
) -> tuple[Alignment, ...]:
    work.progress(f"checking {entry.id}", 0, 1)
    letter = as_reviewed(staged, entry.id, work.decisions)
    found = [_automatic(aligned, entry.id, item.id) for item in entry.renderings]
    missing = [item.id for item, made in zip(entry.renderings, found, strict=True) if made is None]
    if missing:
        raise AlignerError(f"{', '.join(missing)} not built yet", where=f"letter {entry.id}", hint="align it again")
    alignments = [each for each in found if each is not None]
    made = checked_files(staged, entry, letter, alignments, place, encoder=work.encoder, decisions=work.decisions)
    write_all(made.files)
    return made.alignments


def _automatic(places: Sequence[Corpus], letter_id: str, rendering: str) -> Alignment | None:
    """The engine's alignment of a rendering from the first of `places` that names it."""
    for place in places:
        if any(rendering == item.id for item in place.entry(letter_id).renderings):
            return place.automatic(letter_id, rendering)
    return None
