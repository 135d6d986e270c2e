"""Own letters and what reviewers decided, in one archive: to keep, to restore, to take to another computer.

An archive comes from a stranger until it was looked at: its size is limited (`archives`), only files of the names that
this program gives are taken out of it, and every document must have the sha256 that its manifest states.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import aligner
from aligner import archives
from aligner.corpus import AUTOMATIC, ID, MANIFEST, Corpus, LetterEntry, Manifest, parse
from aligner.corpus import own as shelf
from aligner.corpus.manifest_text import write
from aligner.errors import AlignerError, DocumentError
from aligner.pipeline.bringing import names_of
from aligner.pipeline.drafts import SUFFIXES
from aligner.pipeline.exchange import KNOWN, REFUSED, take_in
from aligner.review.decisions import WHOLE, dumps
from aligner.store import Store

FORMAT = "aligner/letters-backup@1"
HEAD, LETTERS, DECISIONS = "backup.json", "letters/", "decisions.jsonl"
_MADE = (".json", ".tmx", ".csv", ".txt")
_DATE = (1980, 1, 1, 0, 0, 0)
"""Of every file in an archive, so that the same letters give the same bytes."""

AS_MADE = "take the file as this program made it"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out of an archive: ids of letters, of those that were there already, and how many decisions."""

    letters: tuple[str, ...]
    there: tuple[str, ...]
    decisions: int


def back_up(folder: Path, store: Store | None) -> bytes:
    """The own letters in `folder`, and what the store holds, as an archive that `restore` takes.

    Raises AlignerError for letters that are too large for one archive or have names that it does not take.
    """
    files: dict[str, bytes] = {}
    own = shelf.open_own(folder)
    if own is not None:
        files[LETTERS + MANIFEST] = (folder / MANIFEST).read_bytes()
        for place in _places(folder, own.manifest):
            name = LETTERS + place.relative_to(folder).as_posix()
            _check_name(name, own.manifest)
            files[name] = place.read_bytes()
    if store is not None:
        with store.export() as lines:
            files[DECISIONS] = "".join(lines).encode()
    if sum(map(len, files.values())) > archives.UNPACKED_BYTES:
        most = archives.UNPACKED_BYTES // archives.MB
        raise AlignerError(f"has more than {most} MB", where=str(folder), hint="copy this folder as it is")
    head = {"format": FORMAT, "aligner": aligner.__version__}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {HEAD: json.dumps(head).encode(), **files}.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def read(file: Path) -> bytes:
    """The bytes of an archive on this computer; raises AlignerError when it cannot be read or is too large."""
    try:
        with file.expanduser().open("rb") as held:
            data = held.read(archives.UNPACKED_BYTES + 1)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AlignerError(f"cannot be read ({reason})", where=str(file), hint="check the path") from None
    if len(data) > archives.UNPACKED_BYTES:
        raise AlignerError("is too large for a copy of letters", where=str(file), hint=AS_MADE)
    return data


def size(folder: Path) -> int:
    """Bytes of the letters in `folder`, those in the trash too."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _places(folder: Path, manifest: Manifest) -> Iterable[Path]:
    yield from (folder / shelf.DOCUMENTS / entry.file for entry in manifest.documents)
    for letter in manifest.letters:
        yield from (path for path in sorted((folder / letter.id).rglob("*")) if path.is_file())


def restore(folder: Path, data: bytes, named: Manifest, store: Store | None) -> Restored:
    """Take the letters of an archive that are not there yet into `folder`, and its decisions into the store.

    Nothing is overwritten: a letter whose id is there, in `folder` or in the corpus `named`, is left as it is.
    Without a store decisions are left out. Raises AlignerError for whatever is wrong with the archive; then nothing
    was stored.
    """
    try:
        archive = archives.open_zip(data)
        manifest = manifest_in(archive)
        own = shelf.open_own(folder)
        mine = own.manifest.letters if own else ()
        known = {name.casefold() for letter in (*mine, *named.letters) for name in names_of(letter)}
        fresh = [each for each in manifest.letters if not known & {name.casefold() for name in names_of(each)}]
        there = tuple(each.id for each in manifest.letters if each not in fresh)
        with shelf.staging(folder) as place:
            for letter in fresh:
                _unpack(archive, manifest, letter, place)
            documents = {each.file: each for letter in fresh for each in shelf.documents_for(manifest, letter)}
            (place / MANIFEST).write_text(write(Manifest(tuple(documents.values()), tuple(fresh))), encoding="utf-8")
            if fresh:
                _check(Corpus.open(place))
            every = Manifest((), (*named.letters, *mine, *fresh))
            decided = _decisions(archive, Corpus(place, every), store) if store is not None else 0
            letters = shelf.adopt(folder, place) if fresh else ()
    except DocumentError as error:
        raise AlignerError(error.what, where=error.where, hint=AS_MADE) from error
    return Restored(letters, there, decided)


def has_decisions(data: bytes) -> bool:
    """Whether an archive holds decisions, so that a database is needed."""
    return DECISIONS in (archives.names_in(data) or ())


def titles(data: bytes, letters: Iterable[str]) -> dict[str, str]:
    """The titles of some letters of an archive, by id; raises AlignerError."""
    wanted = set(letters)
    return {each.id: each.title for each in manifest_in(archives.open_zip(data)).letters if each.id in wanted}


def manifest_in(archive: zipfile.ZipFile) -> Manifest:
    """What the manifest of an archive says, every name in it checked; raises AlignerError."""
    head = archives.member(archive, HEAD)
    try:
        form = json.loads(head or b"")["format"]
    except (ValueError, KeyError, TypeError):
        form = None
    if form != FORMAT:
        raise AlignerError("is no backup of this program, or one of a later version", hint=AS_MADE)
    text = archives.member(archive, LETTERS + MANIFEST)
    manifest = parse(_utf8(text, MANIFEST), MANIFEST) if text is not None else Manifest((), ())
    for name in archive.namelist():
        if name not in (HEAD, DECISIONS, LETTERS + MANIFEST):
            _check_name(name, manifest)
    return manifest


def _utf8(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AlignerError("is not UTF-8", where=name, hint=AS_MADE) from None


def _check_name(name: str, manifest: Manifest) -> None:
    """Raise AlignerError unless a member is one of the manifest's documents or a file made of one of its letters."""
    first, *rest = name.removeprefix(LETTERS).split("/")
    last = rest[-1] if rest else ""
    if first == shelf.DOCUMENTS:
        sound = len(rest) == 1 and last in {each.file for each in manifest.documents}
        sound = sound and Path(last).suffix.lower() in SUFFIXES
    else:
        sound = first in {each.id for each in manifest.letters} and rest[:-1] in ([], [AUTOMATIC])
        sound = sound and Path(last).suffix in _MADE
    if not (sound and name.startswith(LETTERS) and ID.fullmatch(last)):
        raise AlignerError(f"holds a file that is none of its letters': {name[:200]!r}", hint=AS_MADE)


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, letter: LetterEntry, place: Path) -> None:
    """The files of one letter; their names were checked."""
    wanted = {f"{LETTERS}{shelf.DOCUMENTS}/{each.file}" for each in shelf.documents_for(manifest, letter)}
    for name in archive.namelist():
        if name in wanted or name.startswith(f"{LETTERS}{letter.id}/"):
            path = place / name.removeprefix(LETTERS)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archives.member(archive, name) or b"")


def _check(staged: Corpus) -> None:
    """Read everything of the letters once; raises AlignerError for what is damaged."""
    for document in staged.manifest.documents:
        if not document.sha256:
            raise AlignerError("has no sha256", where=document.file, hint=AS_MADE)
        staged.document(document.file)
    for letter in staged.manifest.letters:
        staged.letter(letter.id)
        staged.alignments(letter.id)
        staged.comparison(letter.id)


def _decisions(archive: zipfile.ZipFile, every: Corpus, store: Store) -> int:
    """Take the decisions over, into an empty store as they were; how many came."""
    from aligner.store.transfer import decisions_in

    text = archives.member(archive, DECISIONS)
    if text is None:
        return 0
    lines = re.findall(r"[^\n]*\n", _utf8(text, DECISIONS))
    given = decisions_in(lines, DECISIONS)
    if not store.revision() and not store.reviewers():
        store.import_lines(lines, DECISIONS)
        return len(given)
    names = {letter.id: names_of(letter) for letter in every.manifest.letters}
    ours = [each for each in given if each.letter in names and each.rendering in (WHOLE, *names[each.letter])]
    report = take_in(every, store, dumps(ours), DECISIONS)
    if refused := [each for each in report if each.state == REFUSED]:
        raise AlignerError(refused[0].reason, where=f"{DECISIONS}, line {refused[0].number}", hint=AS_MADE)
    return sum(each.state != KNOWN for each in report)
