"""Bytes to text: which encoding it is, and what is wrong when it is none."""

from __future__ import annotations

import codecs
import re

from aligner.errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD_CHINESE = ("gb18030", "big5")
_FREQUENT = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會也你对對生能而子那得于於着著下自之年过過"
)
_SURELY_HAN = 0.85
_ORDINARY_SHARE = 0.08
"""Share of the 60 commonest characters among ideographs: 0.2-0.3 in prose, next to nothing in a wrong decoding."""

_HINT = "save it as UTF-8, or name its encoding (gb18030, big5, utf-16, ...)"


def decode(where: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """`data` as text and the encoding used; line ends untouched, nothing replaced.

    A byte order mark decides and is not part of the text (`utf-8-sig`, `utf-16`, `utf-32`). Otherwise
    UTF-8; only when that fails GB 18030 or Big5, and only when nearly all that is not ASCII turns out
    as ideographs with the common ones as frequent as in prose, and the other of the two does not. An
    encoding named by the caller is taken at its word.

    Raises DocumentError: unknown encoding, undecodable bytes (with line and column), NUL characters.
    """
    if not data:
        raise DocumentError("the document is empty", where=where, hint="give a file with text in it")
    if encoding is None:
        encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if encoding is not None:
        text = _named(where, data, encoding)
    else:
        text, encoding = _guessed(where, data)
    if "\0" in text:
        raise DocumentError("holds NUL characters: it is binary, not text", where=where, hint=_HINT)
    return text, encoding


def _named(where: str, data: bytes, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        if name == "utf-8" and data.startswith(codecs.BOM_UTF8):
            name = "utf-8-sig"
        return data.decode(name)
    except LookupError:
        known = "utf-8, utf-16, gb18030, big5, ..."
        raise DocumentError(f"unknown encoding {encoding!r}", where=where, hint=f"known: {known}") from None
    except UnicodeDecodeError as error:
        raise _undecodable(where, data, encoding, error) from None
    except UnicodeError as error:
        raise DocumentError(f"not valid {encoding}: {error}", where=where, hint=_HINT) from None


def _guessed(where: str, data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise DocumentError("holds NUL bytes: it is binary, not text", where=where, hint=_HINT) from None
        likely = [(text, name) for name in _OLD_CHINESE if (text := _if_prose(data, name)) is not None]
        if len(likely) == 1:
            return likely[0]
        raise _undecodable(where, data, "utf-8", error) from None


def _if_prose(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    foreign = [c for c in text if not c.isascii()]
    han = [c for c in foreign if "\u4e00" <= c <= "\u9fff"]
    marks = sum(bool(re.match("[\u3000-\u303f\uff00-\uffef\u2010-\u203a·]", c)) for c in foreign)
    if not han or (len(han) + marks) < _SURELY_HAN * len(foreign):
        return None
    return text if sum(c in _FREQUENT for c in han) >= _ORDINARY_SHARE * len(han) else None


def _undecodable(where: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> DocumentError:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode(encoding, "replace")) + 1
    byte = f"0x{data[error.start]:02x}" if error.start < len(data) else "its end"
    return DocumentError(f"not valid {encoding} at byte {byte}", where=f"{where}:{line}:{column}", hint=_HINT)
