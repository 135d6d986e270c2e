"""Where quotations are open between sentences, and which sentences stop without a full stop."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

OPENING, CLOSING = "「『", "」』"
DIRECTED = {"“": 1, "‘": 1, "”": -1, "’": -1}  # in Chinese; elsewhere „so“ and ‘so’ are told by their place
MARKS = re.compile("[\"'“”‘’„‚«»‹›「」『』]")
BEFORE_OPENING = "([{-—–\"'“‘„«:：，,"
FINAL = re.compile(r"[.。!！?？…][\"'“”’»«」』)）\]]*\s*$")


def quotations(sentences: Sequence[str], language: str) -> tuple[Floats, Floats]:
    """1 before each sentence (and behind the last) that a quotation is open there, `(n + 1,)`; and how many
    begin in each, `(n,)`.

    An opening mark inside a quotation begins none (a new paragraph repeats it), nor does an apostrophe.
    """
    inside = False
    before = np.zeros(len(sentences) + 1)
    begun = np.zeros(len(sentences))
    for k, sentence in enumerate(sentences):
        before[k] = inside
        for match in MARKS.finditer(sentence):
            direction = _direction(sentence, match.start(), language)
            begun[k] += direction > 0 and not inside
            if direction:
                inside = direction > 0
    before[-1] = inside
    return before, begun


def unfinished(sentences: Sequence[str]) -> Floats:
    """1 for each sentence that ends without the mark of an end, `(n,)`."""
    return np.array([not FINAL.search(sentence) for sentence in sentences], dtype=np.float64)


def _direction(text: str, at: int, language: str) -> int:
    """1 for a mark that opens, -1 for one that closes, 0 for an apostrophe or one that cannot be told."""
    mark = text[at]
    if mark in OPENING:
        return 1
    if mark in CLOSING:
        return -1
    if language.startswith("zh") and mark in DIRECTED:
        return DIRECTED[mark]
    before = text[at - 1] if at else " "
    behind = text[at + 1] if at + 1 < len(text) else " "
    if before.isalnum() and behind.isalnum():
        return 0
    if (before.isspace() or before in BEFORE_OPENING) and not behind.isspace():
        return 1
    return 0 if before.isspace() else -1
