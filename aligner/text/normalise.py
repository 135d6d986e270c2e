"""Copies of a text made for comparing and encoding. The text itself is never changed."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_BREAK = re.compile(r"[ \t\u3000]*(?:\r\n|[\r\n\u2028\u2029])[ \t\u3000]*(?:>[ \t]?)?")
_SPACES = re.compile(r"\s+")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″「」『』«»", '"'),
        **dict.fromkeys("‐‑‒–—―−─－", "-"),
        "。": ".",
        "、": ",",
        "…": "...",
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"),
    }
)


def fold(text: str) -> str:
    """A copy for comparison only: NFKC, one kind of quotes and dashes, lower case, single spaces.

    The length changes, so offsets into the copy mean nothing in the text.

    >>> fold("“Well—Known”，Ｖ２")
    '"well-known",v2'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text.translate(_FOLDED)).casefold()).strip()


def unwrap(text: str) -> str:
    """A copy in which line breaks inside a sentence are gone.

    A break turns to one space, to nothing between two CJK characters or after a hyphen inside a word
    (the hyphen stays: a scan does not tell whether it belongs to the word). A Markdown quotation mark
    (`>`) that a wrapped line repeats goes with the break.

    >>> unwrap("Model\\nX2")
    'Model X2'
    >>> unwrap("机器\\n人")
    '机器人'
    """
    return _BREAK.sub(_joint, text)


def _joint(match: re.Match[str]) -> str:
    text = match.string
    before, after = text[: match.start()][-2:], text[match.end() : match.end() + 1]
    if not before or not after:
        return " "
    if re.match(f"[{_WIDE}]", before[-1]) and re.match(f"[{_WIDE}]", after):
        return ""
    if re.fullmatch(r"\w-", before) and after.isalpha():
        return ""
    return " "


def to_simplified(text: str) -> str:
    """A copy in Simplified characters (OpenCC `t2s`); what is Simplified already stays."""
    return str(_converter("t2s").convert(text))


def to_traditional(text: str) -> str:
    """A copy in Traditional characters (OpenCC `s2t`)."""
    return str(_converter("s2t").convert(text))


@cache
def _converter(name: str) -> OpenCC:
    # A loaded dictionary, not a cache of results: opening one takes milliseconds, converting microseconds.
    return OpenCC(name)
