"""A letter of an archive beside the one that is there under its id: under ids of its own, nothing overwritten."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from aligner import archives
from aligner.corpus import GLOSSARY, LetterEntry
from aligner.corpus import own as shelf
from aligner.errors import AlignerError, DocumentError, UnknownNameError
from aligner.pipeline.backup import AS_MADE, LETTERS, manifest_in
from aligner.pipeline.bringing import Brought, Documents, Work, made_of


def bring_copy(folder: Path, data: bytes, letter_id: str, title: str, taken: Collection[str], work: Work) -> Brought:
    """The letter `letter_id` of an archive as another letter with this title, aligned anew; `taken` has ids that are.

    What reviewers decided belongs to the letter that is there, and does not come. Raises as `restore` and `bring` do.
    """
    try:
        archive = archives.open_zip(data)
        manifest = manifest_in(archive)
        known = [each.id for each in manifest.letters]
        if letter_id not in known:
            raise UnknownNameError("letter", letter_id, known)
        old = manifest.letters[known.index(letter_id)]
        own = shelf.open_own(folder)
        here = {each.id for each in own.manifest.letters} if own else set()
        name = shelf.new_letter_id(old.title, here | set(taken))
        with shelf.staging(folder) as place:
            documents = Documents(place)
            for each in shelf.documents_for(manifest, old):
                if not each.sha256:
                    raise AlignerError("has no sha256", where=each.file, hint=AS_MADE)
                file = _renamed(each.file, old.id, name)
                content = archives.member(archive, f"{LETTERS}{shelf.DOCUMENTS}/{each.file}") or b""
                (place / shelf.DOCUMENTS / file).write_bytes(content)
                documents.entries.append(replace(each, file=file))
            (place / name).mkdir()
            if glossary := archives.member(archive, f"{LETTERS}{old.id}/{GLOSSARY}"):
                (place / name / GLOSSARY).write_bytes(glossary)
            return made_of(folder, place, documents, _as(old, name, title), work)
    except DocumentError as error:
        raise AlignerError(error.what, where=error.where, hint=AS_MADE) from error


def _renamed(text: str, old: str, new: str) -> str:
    return f"{new}{text.removeprefix(old)}" if text.startswith(old) else f"{new}-{text}"


def _as(old: LetterEntry, name: str, title: str) -> LetterEntry:
    return replace(
        old,
        id=name,
        title=title,
        archived=False,
        witnesses=tuple(replace(each, document=_renamed(each.document, old.id, name)) for each in old.witnesses),
        renderings=tuple(
            replace(each, id=_renamed(each.id, old.id, name), document=_renamed(each.document, old.id, name))
            for each in old.renderings
        ),
    )
