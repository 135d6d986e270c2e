"""Documents: bytes as received to a text with its layout. One module per input format.

`READERS` maps a file name's suffix to what turns its bytes into a text; a new format is a new entry.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath

from aligner.documents.decode import decode
from aligner.documents.layout import layout
from aligner.errors import DocumentError
from aligner.model import Document, sha256_of
from aligner.text.lines import is_blank

Reader = Callable[[str, bytes, str | None], tuple[str, str]]
"""`(name, data, encoding or None) -> (text, encoding used)`; raises DocumentError."""

READERS: dict[str, Reader] = {".txt": decode, ".md": decode, ".markdown": decode}
"""Suffix in lower case -> reader."""

OTHER_KINDS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
}
"""How files begin that are no text, and what they are."""

__all__ = ["READERS", "load", "read"]


def load(path: Path, *, encoding: str | None = None) -> Document:
    """The document in the file `path`, named after it.

    Raises DocumentError: no such file, a folder, not readable, and all that `read` raises.
    """
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise DocumentError("no such file", where=str(path), hint="check the path") from None
    except IsADirectoryError:
        raise DocumentError("is a folder, not a document", where=str(path), hint="name a file in it") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentError(f"cannot be read ({reason})", where=str(path), hint="check its permissions") from None
    return read(Path(path).name, data, encoding=encoding, where=str(path))


def read(name: str, data: bytes, *, encoding: str | None = None, where: str | None = None) -> Document:
    """The document that `data` is, by the suffix of `name`; `where` stands in messages in place of `name`.

    The text keeps its line ends. Raises DocumentError: unknown suffix, undecodable, binary, empty.
    """
    place = where or name
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        known = ", ".join(sorted(READERS))
        what = f"no reader for {suffix!r} files" if suffix else "a name without a suffix does not say what it is"
        raise DocumentError(what, where=place, hint=f"known: {known}; save it as text")
    for head, kind in OTHER_KINDS.items():
        if data.startswith(head):
            raise DocumentError(f"is {kind}, whatever its name says", where=place, hint="save its text as a .txt file")
    text, used = reader(place, data, encoding)
    if is_blank(text):
        raise DocumentError("the document is empty", where=place, hint="give a file with text in it")
    return Document(name=name, text=text, sha256=sha256_of(data), encoding=used, blocks=layout(text))
