"""Documents: bytes as received to a text with its layout. One module per input format.

A file name's suffix says how it is read: `READERS` has those of plain texts, `FORMATS` those of files
that a text is extracted from, by the extractors of `reading.EXTRACTORS`.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from aligner.documents import child, limits, sniff
from aligner.documents.extraction import Dropped, Extracted, Place
from aligner.documents.inspection import Inspection, inspected
from aligner.documents.layout import layout
from aligner.documents.reading import READERS, read_plain
from aligner.documents.stored import stored
from aligner.errors import DocumentError
from aligner.model import Document, sha256_of
from aligner.text.lines import is_blank

FORMATS: dict[str, tuple[str, str]] = {
    ".docx": ("docx", sniff.DOCX),
    ".epub": ("epub", sniff.EPUB),
    ".htm": ("html", sniff.HTML),
    ".html": ("html", sniff.HTML),
    ".pdf": ("pdf", sniff.PDF),
    ".xhtml": ("html", sniff.HTML),
}
"""Suffix in lower case -> extractor, and what the file must be."""

__all__ = [
    "FORMATS",
    "READERS",
    "Dropped",
    "Extracted",
    "Inspection",
    "Place",
    "extracted",
    "inspect",
    "load",
    "load_extracted",
    "read",
    "read_extracted",
    "read_pasted",
    "stored",
]


def load(path: Path, *, encoding: str | None = None) -> Document:
    """The document in the file `path`, named after it; raises what `load_extracted` raises."""
    return load_extracted(path, encoding=encoding).document


def load_extracted(path: Path, *, encoding: str | None = None) -> Extracted:
    """The document in the file `path`, named after it, with how it was read.

    Raises DocumentError: no such file, a folder, not readable, and all that `read_extracted` raises.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(limits.FILE_BYTES + 1)
    except FileNotFoundError:
        raise DocumentError("no such file", where=str(path), hint="check the path") from None
    except IsADirectoryError:
        raise DocumentError("is a folder, not a document", where=str(path), hint="name a file in it") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentError(f"cannot be read ({reason})", where=str(path), hint="check its permissions") from None
    return read_extracted(Path(path).name, data, encoding=encoding, where=str(path))


def read(name: str, data: bytes, *, encoding: str | None = None, where: str | None = None) -> Document:
    """The document that `data` is; raises what `read_extracted` raises."""
    return read_extracted(name, data, encoding=encoding, where=where).document


def read_extracted(name: str, data: bytes, *, encoding: str | None = None, where: str | None = None) -> Extracted:
    """The document that `data` is, by the suffix of `name`, with how it was read.

    `where` stands in messages in place of `name`. A plain text keeps its line ends, and the text of
    another format is that which its extractor finds; `encoding` concerns plain texts and HTML.
    Raises DocumentError: unknown suffix, not what the suffix says, too big, undecodable, binary,
    encrypted, damaged, empty.
    """
    place = where or name
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS and suffix not in FORMATS:
        known = ", ".join(sorted([*READERS, *FORMATS]))
        what = f"no reader for {suffix!r} files" if suffix else "a name without a suffix does not say what it is"
        raise DocumentError(what, where=place, hint=f"known: {known}; save it as text")
    if len(data) > limits.FILE_BYTES:
        most = f"{limits.FILE_BYTES // limits.MB} MB"
        raise DocumentError(f"is larger than {most}", where=place, hint="split it, or save its text as a .txt file")
    if suffix in FORMATS:
        extractor, wanted = FORMATS[suffix]
        _check_kind(place, data, wanted)
        return child.read_apart(extractor, name, place, data, encoding)
    _check_kind(place, data, None)
    if len(data) > limits.HERE_BYTES:
        return child.read_apart(suffix, name, place, data, encoding)
    return read_plain(suffix, name, place, data, encoding)


def read_pasted(text: str, name: str = "pasted.txt") -> Document:
    """The document that somebody pasted: the text exactly, its sha256 of its UTF-8 bytes.

    Raises DocumentError: blank, NUL characters, halves of characters, too big.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        what = f"holds half a character (U+{ord(text[error.start]):04X}) at {error.start}"
        raise DocumentError(what, where=name, hint="copy the text anew") from None
    if len(data) > limits.FILE_BYTES:
        raise DocumentError(f"is larger than {limits.FILE_BYTES // limits.MB} MB", where=name, hint="split it")
    if "\0" in text:
        raise DocumentError("holds NUL characters: it is binary, not text", where=name, hint="copy the text anew")
    if is_blank(text):
        raise DocumentError("the document is empty", where=name, hint="paste some text")
    return Document(name=name, text=text, sha256=sha256_of(data), encoding="utf-8", blocks=layout(text))


def inspect(name: str, data: bytes, *, encoding: str | None = None) -> Inspection:
    """What a file is taken for and what would come of it, for a page or command that imports it.

    Raises what `read_extracted` raises.
    """
    suffix = PurePath(name).suffix.lower()
    return inspected(
        FORMATS[suffix][1] if suffix in FORMATS else "a text", read_extracted(name, data, encoding=encoding)
    )


def extracted(name: str) -> bool:
    """Whether the text of a file of this name is extracted, and so is not the file itself."""
    return PurePath(name).suffix.lower() in FORMATS


def _check_kind(place: str, data: bytes, wanted: str | None) -> None:
    """Raise DocumentError when `data` is something else; `wanted` None is a plain text."""
    kind = sniff.kind_of(data)
    if kind == wanted:
        return
    if kind is None:
        if not data:
            raise DocumentError("the document is empty", where=place, hint="give a file with text in it")
        if wanted == sniff.HTML:
            return  # a page may begin with anything
        raise DocumentError(f"is not {wanted}, whatever its name says", where=place, hint="check where it comes from")
    if kind == sniff.ENCRYPTED_OFFICE:
        raise DocumentError("is encrypted", where=place, hint="open it and save a copy without password")
    suffix = next((suffix for suffix, (_, known) in FORMATS.items() if known == kind), None)
    hint = f"rename it to end in {suffix}" if suffix else "save its text as a .txt file"
    if kind == sniff.ZIP and wanted in (sniff.DOCX, sniff.EPUB):
        what = f"is a zip archive, but not {wanted}, or damaged"
        raise DocumentError(what, where=place, hint="open it in the program that made it and save it anew")
    nature = "not text: it holds NUL bytes" if wanted is None and b"\0" in data else "whatever its name says"
    raise DocumentError(f"is {kind}, {nature}", where=place, hint=hint)
