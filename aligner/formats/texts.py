"""How a document's text becomes the text of a cell or segment in another program.

Documents break lines inside sentences and carry characters that XML forbids. Exported text has
neither; the offsets and the alignment file lead back to what was received.
"""

from __future__ import annotations

import re

SEPARATOR = " … "
"""Stands between pieces of one side that do not follow each other in the document."""

# XML 1.0, production 2 (Char), complemented: one such character makes most programs refuse a whole file.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Radicals to Unified Ideographs (with CJK punctuation), Compatibility Ideographs, compatibility and
# full-width forms, planes 2 and 3.
_CJK = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFFEF), (0x20000, 0x3FFFF))
_BREAK = re.compile(r"[^\S\r\n\v\f\x85\u2028\u2029]*[\r\n\v\f\x85\u2028\u2029]\s*")


def clean(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids: controls, lone surrogates, U+FFFE, U+FFFF.

    >>> clean("a\\x00b\\ufffe c")
    'ab c'
    """
    return _ILLEGAL.sub("", text)


def flat(text: str) -> str:
    """`text` on one line: line breaks are mended, tabs are blanks, the ends are stripped, all is legal in XML.

    A line break (with the blanks around it) becomes nothing beside a Chinese character, unless a
    letter or digit of another script stands on its other side; everywhere else it becomes one blank.

    >>> flat("这台 Model\\nT2，\\n昨天\\n到了")
    '这台 Model T2，昨天到了'
    """
    # Lines first: \v and \f break lines but are illegal in XML.
    whole = ""
    for line in _BREAK.split(text):
        legal = clean(line).replace("\t", " ")
        if whole and legal:
            whole += seam(whole[-1], legal[0])
        whole += legal
    return whole.strip()


def seam(left: str, right: str) -> str:
    """What mends a line break between two characters: a blank or nothing."""
    if left.isspace() or right.isspace():
        return ""
    if is_cjk(left):
        return "" if is_cjk(right) or not right.isalnum() else " "
    return "" if is_cjk(right) and not left.isalnum() else " "


def is_cjk(character: str) -> bool:
    """Whether it is a Han character or a full-width or CJK punctuation mark.

    >>> [is_cjk(c) for c in "的，𠮷a,"]
    [True, True, True, False, False]
    """
    code = ord(character)
    return any(first <= code <= last for first, last in _CJK)
