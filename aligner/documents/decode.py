"""Bytes to text: which encoding it is, and what is wrong when it is none."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

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
_CHINESE_MARK = re.compile("[\u3000-\u303f\uff00-\uffef\u2010-\u203a·]")
_SURELY_HAN = 0.85
_ORDINARY_SHARE = 0.08
"""Share of the 60 commonest characters among ideographs: 0.2-0.3 in prose, next to nothing in a wrong decoding."""

_SURELY_COMMON = 0.85
"""Share of ideographs of a national standard's first level, the 3,755 (GB 2312) or 5,401 (Big5) commonest."""

_FIRST_LEVEL = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}
"""Encoding -> lead bytes of the first level."""

_WIDE = ("utf-16-le", "utf-16-be")
_SURELY_WIDE = 0.95

_SAMPLE = 200_000
"""Characters of a text by which its encoding is judged; all of it must be valid."""

_WINDOWS_MARKS = frozenset(b"\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0")
"""Quotation marks, dashes and dots of Windows-1252: all that is not ASCII in many an English letter."""

_HINT = "save it as UTF-8, or name its encoding (gb18030, big5, utf-16, ...)"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what is doubtful about that (None: nothing)."""

    text: str
    encoding: str
    remark: str | None = None


def decoded(where: str, data: bytes, encoding: str | None = None) -> Decoded:
    """`data` as text; line ends untouched, nothing replaced.

    A byte order mark decides and is not part of the text (`utf-8-sig`, `utf-16`, `utf-32`). Otherwise
    UTF-16 when NUL bytes say so, then UTF-8; only when that fails GB 18030, Big5 or UTF-16 when nearly
    all that is not ASCII turns out as ideographs with the common ones as frequent as in prose; texts
    too short for that, and those that could be two of them, by the vote of charset-normalizer, with a
    remark. English whose only other bytes are the typographic marks of Windows-1252 is that. An
    encoding named by the caller is taken at its word.

    Raises DocumentError: unknown encoding, undecodable bytes (with line and column), NUL characters.
    """
    if not data:
        raise DocumentError("the document is empty", where=where, hint="give a file with text in it")
    if encoding is None:
        encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    found = _guessed(where, data) if encoding is None else Decoded(*_named(where, data, encoding))
    if "\0" in found.text:
        raise DocumentError("holds NUL characters: it is binary, not text", where=where, hint=_HINT)
    return found


def _named(where: str, data: bytes, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
        if name == "utf-8" and data.startswith(codecs.BOM_UTF8):
            name = "utf-8-sig"
        return data.decode(name), name if name == "utf-8-sig" else encoding
    except LookupError:
        known = "utf-8, utf-16, gb18030, big5, ..."
        raise DocumentError(f"unknown encoding {encoding!r}", where=where, hint=f"known: {known}") from None
    except UnicodeDecodeError as error:
        raise _undecodable(where, data, encoding, error) from None
    except UnicodeError as error:
        raise DocumentError(f"not valid {encoding}: {error}", where=where, hint=_HINT) from None


def _guessed(where: str, data: bytes) -> Decoded:
    if b"\0" in data and (wide := _if_wide(data)):
        return wide
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        likely = [(text, name) for name in _OLD_CHINESE + _WIDE if (text := _if_prose(data, name)) is not None]
        if len(likely) == 1 and (likely[0][1] not in _WIDE or len(data) % 2 == 0):
            return Decoded(*likely[0])
        if b"\0" in data:
            raise DocumentError("holds NUL bytes: it is binary, not text", where=where, hint=_HINT) from None
        if guess := _if_windows(data) or _vote(data):
            return guess
        raise _undecodable(where, data, "utf-8", error) from None


def _if_wide(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: one byte order gives Latin letters, ideographs and their marks, the other does not."""
    found = []
    for name in _WIDE:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        sample = _sample(text)
        known = sum((c.isascii() and (c.isprintable() or c in "\t\r\n")) or _is_chinese(c) for c in sample)
        if known >= _SURELY_WIDE * len(sample) and "\0" not in text:
            found.append(Decoded(text, name))
    return found[0] if len(found) == 1 else None


def _if_windows(data: bytes) -> Decoded | None:
    high = {byte for byte in data if byte > 0x7F}
    if not high <= _WINDOWS_MARKS:
        return None
    remark = "taken for Windows-1252 by its quotation marks and dashes; name its encoding if it is another"
    return Decoded(data.decode("cp1252"), "cp1252", remark)


def _vote(data: bytes) -> Decoded | None:
    """The old Chinese encoding in which the ideographs are common ones; charset-normalizer decides between two."""
    likely = {name: text for name in _OLD_CHINESE if (text := _if_common(data, name)) is not None}
    if len(likely) > 1:
        best = from_bytes(data, cp_isolation=list(likely)).best()
        likely = {best.encoding: likely[best.encoding]} if best and best.encoding in likely else {}
    for name, text in likely.items():
        return Decoded(text, name, f"taken for {name}, but the text is too short to be sure; check it")
    return None


def _if_common(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    foreign = [c for c in _sample(text) if not c.isascii()]
    first, last = _FIRST_LEVEL[encoding]
    han = [c for c in foreign if "\u4e00" <= c <= "\u9fff"]
    common = sum(len(code := c.encode(encoding)) == 2 and first <= code[0] <= last for c in han)
    known = sum(map(_is_chinese, foreign))
    sure = len(han) > 1 and known == len(foreign) and common >= _SURELY_COMMON * len(han)
    return text if sure else None


def _sample(text: str) -> str:
    """The beginning of a long text, if there are other characters than ASCII in it."""
    return text if text[:_SAMPLE].isascii() else text[:_SAMPLE]


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or bool(_CHINESE_MARK.match(character))


def _if_prose(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    foreign = [c for c in _sample(text) if not c.isascii()]
    han = [c for c in foreign if "\u4e00" <= c <= "\u9fff"]
    marks = sum(bool(_CHINESE_MARK.match(c)) for c in foreign)
    if not han or (len(han) + marks) < _SURELY_HAN * len(foreign):
        return None
    return text if sum(c in _FREQUENT for c in han) >= _ORDINARY_SHARE * len(han) else None


def _undecodable(where: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> DocumentError:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode(encoding, "replace")) + 1
    byte = f"0x{data[error.start]:02x}" if error.start < len(data) else "its end"
    return DocumentError(f"not valid {encoding} at byte {byte}", where=f"{where}:{line}:{column}", hint=_HINT)
