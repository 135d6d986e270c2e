"""The manifest (`letters.toml`): which documents there are, which letters they carry, which renderings.

It is TOML; its keys are explained at the top of the seeds' one. A key that is not known is an error,
so that a typing error cannot silently change a corpus.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from aligner.errors import ManifestError

MANIFEST = "letters.toml"

ID = re.compile(r"\w[\w.-]{0,98}(?<!\.)")
"""What an id may be: it becomes the name of a file."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")

# Windows cannot name a file so; the others are files the program itself keeps beside the renderings'.
_TAKEN = {"con", "prn", "aux", "nul", "collation", "comparison", "documents"}


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document of the manifest; an empty text means that the manifest does not state it."""

    file: str
    sha256: str = ""
    encoding: str | None = None
    title: str = ""
    url: str = ""
    outlet: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class WitnessEntry:
    """One copy of a letter: its document, and its first and last words there."""

    id: str
    document: str
    from_words: str
    to_words: str
    base: bool = False


@dataclass(frozen=True, slots=True)
class RenderingEntry:
    """One Chinese version of a letter; `from_words` and `to_words` pin it, usually both are None."""

    id: str
    document: str
    language: str
    outlet: str = ""
    date: str = ""
    from_words: str | None = None
    to_words: str | None = None


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """A letter of the manifest; exactly one of `witnesses` is the base. The pages' list leaves `archived` ones out."""

    id: str
    title: str
    author: str
    date: str
    language: str
    witnesses: tuple[WitnessEntry, ...]
    renderings: tuple[RenderingEntry, ...]
    rejected_emendations: tuple[str, ...] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a corpus holds, in the manifest's order."""

    documents: tuple[DocumentEntry, ...]
    letters: tuple[LetterEntry, ...]


class _Table:
    """One TOML table being read: every key is taken once, `done` refuses what is left."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise ManifestError("not a table", where=where.rstrip("."))
        self._left: dict[str, Any] = dict(data)
        self._known: list[str] = []
        self.where = where

    def fault(self, key: str, what: str, hint: str | None = None) -> ManifestError:
        return ManifestError(what, where=f"{self.where}{key}", hint=hint)

    def take(self, key: str, kind: type) -> Any:
        self._known.append(key)
        value = self._left.pop(key, None)
        if value is not None and not isinstance(value, kind):
            raise self.fault(key, f"is {value!r}", f"write a {_KINDS[kind]}")
        return value

    def text(self, key: str, *, needed: bool = True, form: re.Pattern[str] | None = None, example: str = "") -> str:
        value: str = self.take(key, str) or ""
        if needed and not value.strip():
            raise self.fault(key, "is missing or empty", f"add {key} = " + (example or '"..."'))
        if value and form and not form.fullmatch(value):
            raise self.fault(key, f"is {value!r}", f"write it like {example}")
        return value

    def day(self, key: str) -> str:
        # TOML has dates of its own: date = 2024-09-25 means the same without quotation marks.
        if isinstance(self._left.get(key), date):
            self._left[key] = self._left[key].isoformat()[:10]
        return self.text(key, needed=False, form=_DATE, example='"2024-09-25"')

    def name(self, key: str) -> str:
        value = self.text(key, form=ID, example='"letters-digits_and.dots"')
        if value.casefold().split(".")[0] in _TAKEN:
            raise self.fault(key, f"is {value!r}, which the program or the system keeps for itself", "choose another")
        return value

    def tables(self, key: str, *, needed: bool = True) -> list[_Table]:
        items = self.take(key, list) or []
        if needed and not items:
            raise self.fault(key, "there is none", f"add a [[{key}]]")
        return [_Table(item, f"{self.where}{key}[{n}].") for n, item in enumerate(items, 1)]

    def done(self) -> None:
        for key in self._left:
            near = difflib.get_close_matches(key, self._known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(self._known))}"
            raise self.fault(key, "unknown key", hint)


_KINDS = {str: "text in quotation marks", list: "list in [ ]", bool: "true or false"}


def is_date(text: str) -> bool:
    """Whether a manifest takes `text` as a date: a year, a month, a day (2024, 2024-09, 2024-09-25)."""
    return _DATE.fullmatch(text) is not None


def parse(text: str, where: str = MANIFEST) -> Manifest:
    """The manifest that `text` (TOML) holds; `where`, its file, begins every message.

    Raises ManifestError, naming file and key: bad TOML, unknown, missing or ill-formed keys, ids
    that are used twice or cannot name a file, documents that are not in the manifest, letters
    without exactly one base witness.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"not valid TOML: {error}", where=where) from error
    top = _Table(data, f"{where}:")
    manifest = Manifest(
        tuple(_document(table) for table in top.tables("document")),
        tuple(_letter(table) for table in top.tables("letter", needed=False)),
    )
    top.done()
    _check_names(manifest, where)
    return manifest


def _document(table: _Table) -> DocumentEntry:
    file = table.text("file", example='"article.txt"')
    if "\\" in file or file.startswith("/") or ".." in file.split("/"):
        raise table.fault("file", f"is {file!r}", "name a file inside the documents' folder, with / between folders")
    entry = DocumentEntry(
        file=file,
        sha256=table.text("sha256", needed=False, form=_SHA256, example="64 hexadecimal digits in lower case"),
        encoding=table.text("encoding", needed=False) or None,
        title=table.text("title", needed=False),
        url=table.text("url", needed=False),
        outlet=table.text("outlet", needed=False),
        date=table.day("date"),
    )
    table.done()
    return entry


def _letter(table: _Table) -> LetterEntry:
    entry = LetterEntry(
        id=table.name("id"),
        title=table.text("title", needed=False),
        author=table.text("author", needed=False),
        date=table.day("date"),
        language=table.text("language", needed=False, form=_LANGUAGE, example='"en"') or "en",
        witnesses=tuple(_witness(item) for item in table.tables("witnesses")),
        renderings=tuple(_rendering(item) for item in table.tables("renderings", needed=False)),
        rejected_emendations=tuple(str(item) for item in table.take("rejected_emendations", list) or ()),
        archived=bool(table.take("archived", bool)),
    )
    table.done()
    bases = sum(witness.base for witness in entry.witnesses)
    if bases != 1:
        raise table.fault("witnesses", f"{bases} witnesses of {entry.id!r} are the base", "put base = true on one")
    return entry


def _witness(table: _Table) -> WitnessEntry:
    entry = WitnessEntry(
        table.name("id"),
        table.text("document"),
        table.text("from", example='"the letter\'s first words"'),
        table.text("to", example='"the letter\'s last words"'),
        bool(table.take("base", bool)),
    )
    table.done()
    return entry


def _rendering(table: _Table) -> RenderingEntry:
    entry = RenderingEntry(
        id=table.name("id"),
        document=table.text("document"),
        language=table.text("language", form=_LANGUAGE, example='"zh-Hans"'),
        outlet=table.text("outlet", needed=False),
        date=table.day("date"),
        from_words=table.text("from", needed=False) or None,
        to_words=table.text("to", needed=False) or None,
    )
    table.done()
    return entry


def _check_names(manifest: Manifest, where: str) -> None:
    files = {entry.file for entry in manifest.documents}
    _unique("document", "document.file", (entry.file for entry in manifest.documents), where)
    _unique("letter", "letter.id", (entry.id for entry in manifest.letters), where)
    _unique(
        "rendering",
        "letter.renderings.id",
        (entry.id for letter in manifest.letters for entry in letter.renderings),
        where,
    )
    for letter in manifest.letters:
        _unique(f"witness of {letter.id!r}", "letter.witnesses.id", (entry.id for entry in letter.witnesses), where)
        named = [("witnesses", entry.id, entry.document) for entry in letter.witnesses]
        named += [("renderings", entry.id, entry.document) for entry in letter.renderings]
        for key, name, document in named:
            if document not in files:
                raise ManifestError(
                    f"{name!r} of letter {letter.id!r} stands in {document!r}, which is no [[document]]",
                    where=f"{where}:letter.{key}.document",
                    hint=f"known: {', '.join(sorted(files))}",
                )
        if letter.id.casefold() in {entry.id.casefold() for entry in letter.renderings}:
            # Their TMX files would have one name.
            raise ManifestError(f"{letter.id!r} is both a letter and its rendering", where=f"{where}:letter.id")


def _unique(what: str, key: str, names: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for name in names:
        # Some file systems do not tell capitals from small letters.
        if name.casefold() in seen:
            raise ManifestError(f"two entries for {what} {name!r}", where=f"{where}:{key}", hint="rename one")
        seen.add(name.casefold())
