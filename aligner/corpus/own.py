"""The reader's own letters: a corpus that the program writes, every change of it whole or not at all.

A letter that comes is made in a folder of its own beside the others (`staging`), which is a corpus of one letter; then
its parts are moved to their places and the manifest is replaced in one step. Nobody sees a letter before that step, and
a fault before it moves everything back. A letter that is deleted goes the same way back, into `.trash`.
"""

from __future__ import annotations

import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.corpus.folder import Corpus
from aligner.corpus.manifest import MANIFEST, DocumentEntry, LetterEntry, Manifest, parse
from aligner.corpus.manifest_text import write
from aligner.corpus.moving import Moves, alone, told
from aligner.errors import AlignerError, ManifestError
from aligner.formats.files import write_atomic

DOCUMENTS = "documents"
TRASH = ".trash"
CORRECTED = ".corrected.txt"
"""The end of the name of a document whose text somebody corrected; its original is beside it, under the same stem."""

_TAKEN_OUT = "taken-out"
"""The file in the trash that says which rendering of the letter beside it was taken out."""

_STAGING = ".new-"
_STALE = 24 * 60 * 60  # seconds after which nobody works in a staging folder any more
_SLUG = 40
_HEAD = (
    "The program writes this file: letters that were brought with the page Letters. `aligner build --corpus` and the",
    "other commands take this folder as they take any corpus.",
)


@dataclass(frozen=True, slots=True)
class Trashed:
    """A letter that was deleted, or the id of a `rendering` that was taken out of one, and the folder where it lies."""

    folder: Path
    entry: LetterEntry
    rendering: str = ""


def open_own(folder: Path) -> Corpus | None:
    """The corpus of own letters, None while there is none; raises ManifestError for one that cannot be read."""
    return Corpus.open(folder) if (folder / MANIFEST).exists() else None


def new_letter_id(title: str, taken: Collection[str]) -> str:
    """An id made of the title's Latin letters and a number by chance, so that none ever comes again.

    Decisions of reviewers are kept by letter: a new letter must not meet those of one that was deleted.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG].strip("-") or "letter"
    known = {name.casefold() for name in taken}
    while True:
        name = f"{slug}-{secrets.token_hex(2)}"
        if name not in known:
            return name


def new_rendering_ids(letter_id: str, count: int, used: Iterable[str]) -> list[str]:
    """The next ids `<letter>-001`, ... of a letter, after the highest of those that are or were used."""
    numbers = [int(match[1]) for name in used if (match := _number(letter_id, name))]
    first = max(numbers, default=0) + 1
    return [f"{letter_id}-{number:03}" for number in range(first, first + count)]


def _number(letter_id: str, name: str) -> re.Match[str] | None:
    return re.fullmatch(re.escape(letter_id) + r"-(\d+)", name)


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A new folder inside `folder` to make something in; it is removed at the end, whatever is left in it."""
    place = folder / f"{_STAGING}{secrets.token_hex(6)}"
    with told(folder):
        (place / DOCUMENTS).mkdir(parents=True)
        for old in folder.glob(f"{_STAGING}*"):  # a process that was killed has left it
            if old != place and time.time() - old.stat().st_mtime > _STALE:
                shutil.rmtree(old, ignore_errors=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def adopt(folder: Path, staged: Path, instead_of: LetterEntry | None = None) -> tuple[str, ...]:
    """Take the letters of a staged corpus over; their ids. With `instead_of` they replace that letter as it was seen,
    whose documents go if nobody names them any more.

    Raises ManifestError for a name that is there already, AlignerError when the letter was changed in the meantime or
    a file cannot be moved; then nothing has changed.
    """
    with alone(folder):
        addition = Corpus.open(staged).manifest
        current = _manifest(folder)
        fresh = _fresh(current, addition, folder)
        gone: set[DocumentEntry] = set()
        if instead_of is None:
            letters = current.letters + addition.letters
        else:
            _check_unchanged(current, instead_of)
            (new,) = addition.letters
            gone = set(documents_of(current, instead_of)) - set(addition.documents)
            letters = tuple(new if entry.id == instead_of.id else entry for entry in current.letters)
        kept = tuple(entry for entry in current.documents if entry not in gone)
        text = _checked(folder, Manifest(kept + fresh, letters))
        with Moves.together(folder) as moves:
            for document in fresh:
                moves.file(staged / DOCUMENTS / document.file, folder / DOCUMENTS / document.file)
            for letter in addition.letters:
                if instead_of is not None:
                    moves.tree(folder / letter.id, staged / f".old-{letter.id}")
                moves.tree(staged / letter.id, folder / letter.id)
            write_atomic(folder / MANIFEST, text.encode())
        for document in gone:
            (folder / DOCUMENTS / document.file).unlink(missing_ok=True)
        return tuple(letter.id for letter in addition.letters)


def edit(folder: Path, before: LetterEntry, after: LetterEntry) -> None:
    """Change what the manifest says of a letter; raises AlignerError when it is no longer `before`."""
    with alone(folder):
        current = _manifest(folder)
        _check_unchanged(current, before)
        letters = tuple(after if entry.id == before.id else entry for entry in current.letters)
        write_atomic(folder / MANIFEST, _checked(folder, replace(current, letters=letters)).encode())


def discard(folder: Path, letter_id: str) -> Path:
    """Move a letter with its documents into the trash; the folder where it lies. Raises AlignerError."""
    with alone(folder):
        current = _manifest(folder)
        entry = Corpus(folder, current).entry(letter_id)
        rest = tuple(other for other in current.letters if other.id != letter_id)
        own, every = documents_of(current, entry), documents_for(current, entry)
        trash = folder / TRASH / f"{letter_id}.{secrets.token_hex(2)}"
        kept = Manifest(tuple(each for each in current.documents if each not in own), rest)
        with Moves.together(folder) as moves:
            moves.folder(trash)
            (trash / MANIFEST).write_text(write(Manifest(every, (entry,))), encoding="utf-8")
            (trash / DOCUMENTS).mkdir()
            for document in every:
                if document in own:
                    moves.file(folder / DOCUMENTS / document.file, trash / DOCUMENTS / document.file)
                else:
                    shutil.copyfile(folder / DOCUMENTS / document.file, trash / DOCUMENTS / document.file)
            moves.tree(folder / letter_id, trash / letter_id)
            if rest:
                write_atomic(folder / MANIFEST, write(kept, _HEAD).encode())
            else:
                (folder / MANIFEST).unlink()
    return trash


def keep(folder: Path, letter_id: str, rendering: str) -> Path:
    """Put a copy of a letter as it is into the trash, since `rendering` is about to be taken out; where it lies.

    Raises AlignerError.
    """
    with alone(folder):
        current = _manifest(folder)
        entry = Corpus(folder, current).entry(letter_id)
        trash = folder / TRASH / f"{rendering}.{secrets.token_hex(2)}"
        (trash / DOCUMENTS).mkdir(parents=True)
        for document in documents_for(current, entry):
            shutil.copyfile(folder / DOCUMENTS / document.file, trash / DOCUMENTS / document.file)
        shutil.copytree(folder / letter_id, trash / letter_id)
        (trash / _TAKEN_OUT).write_text(rendering, encoding="utf-8")
        (trash / MANIFEST).write_text(write(Manifest(documents_for(current, entry), (entry,))), encoding="utf-8")
    return trash


def trashed(folder: Path) -> tuple[Trashed, ...]:
    """What is in the trash, what was deleted last first; what cannot be read is passed over."""
    found = []
    places = [place for place in (folder / TRASH).glob("*") if (place / MANIFEST).is_file()]
    for place in sorted(places, key=lambda each: -(each / MANIFEST).stat().st_mtime):
        try:
            mark = place / _TAKEN_OUT
            rendering = mark.read_text(encoding="utf-8") if mark.is_file() else ""
            letters = Corpus.open(place).manifest.letters
            if not rendering or any(rendering == item.id for entry in letters for item in entry.renderings):
                found += [Trashed(place, entry, rendering) for entry in letters]
        except (AlignerError, OSError, UnicodeDecodeError):
            continue
    return tuple(found)


def bring_back(folder: Path, trash: Path) -> tuple[str, ...]:
    """Undo `discard` of a letter; raises what `adopt` raises."""
    names = adopt(folder, trash)
    destroy(trash)
    return names


def destroy(trash: Path) -> None:
    """Delete what lies in the trash for good."""
    with told(trash):
        shutil.rmtree(trash)


def documents_for(manifest: Manifest, entry: LetterEntry) -> tuple[DocumentEntry, ...]:
    """The documents that a letter names, and the originals of corrected ones."""
    named = _named(entry)
    stems = {file.removesuffix(CORRECTED) for file in named if file.endswith(CORRECTED)}
    return tuple(
        each for each in manifest.documents if each.file in named or each.file.rpartition(".")[0] in stems - {""}
    )


def documents_of(manifest: Manifest, entry: LetterEntry) -> tuple[DocumentEntry, ...]:
    """The documents that only this letter names, with the originals of corrected ones."""
    others = {file for other in manifest.letters if other.id != entry.id for file in _named(other)}
    return tuple(each for each in documents_for(manifest, entry) if each.file not in others)


def _named(entry: LetterEntry) -> set[str]:
    return {item.document for item in entry.witnesses} | {item.document for item in entry.renderings}


def _fresh(current: Manifest, addition: Manifest, folder: Path) -> tuple[DocumentEntry, ...]:
    """The documents that are not there yet; raises ManifestError for another one of a name that is taken."""
    known = {entry.file: entry.sha256 for entry in current.documents}
    for entry in addition.documents:
        if known.get(entry.file, entry.sha256) != entry.sha256:
            raise ManifestError(f"two documents would be named {entry.file!r}", where=str(folder / MANIFEST))
    return tuple(entry for entry in addition.documents if entry.file not in known)


def _manifest(folder: Path) -> Manifest:
    opened = open_own(folder)
    return opened.manifest if opened else Manifest((), ())


def _checked(folder: Path, manifest: Manifest) -> str:
    text = write(manifest, _HEAD)
    parse(text, str(folder / MANIFEST))
    return text


def _check_unchanged(current: Manifest, seen: LetterEntry) -> None:
    if seen not in current.letters:
        raise AlignerError("was changed or deleted in the meantime", where=f"letter {seen.id}", hint="look at it again")
