"""A letter's text found in a document by its first and last words."""

from __future__ import annotations

import difflib
import re

from aligner.errors import WitnessError
from aligner.model import Document, Witness

_SAME = ("'‘’‛ʼ`´", '"“”„‟«»', "-‐‑‒–—―−", "…")
"""Characters that are written for one another: which one a copy has depends on the program that made it."""

_NEAR = 0.6
"""Below this likeness a passage is not worth quoting as what may have been meant: it shares a word or two."""

_SHOWN = 80

_PIECE = re.compile(r"[^\s\u3000-\u9fff\uff00-\uffef]+|\S")
"""A word, or one Chinese character or mark: in Chinese nothing shows where words end."""


def cut(document: Document, from_words: str, to_words: str, id: str) -> Witness:  # noqa: A002
    """The witness `id` that begins with `from_words` and ends with `to_words` in `document`.

    White space and line breaks, straight and curly quotation marks and the kinds of dashes match
    each other; capitals do not match small letters. The first words must stand in the document
    once, the last words once after them.

    Raises WitnessError, quoting the words, when they are not there or stand there several times.
    """
    start = _only(document, from_words, "first words", 0)[0]
    return Witness(id, document, start, _only(document, to_words, "last words", start)[1])


def pattern(words: str) -> re.Pattern[str]:
    """What finds `words` whatever their white space, quotation marks and dashes."""
    return re.compile(r"\s+".join("".join(_class(character) for character in word) for word in words.split()))


def _class(character: str) -> str:
    for same in _SAME[:3]:
        if character in same:
            return "[" + re.escape(same) + "]"
    return r"(?:…|\.\.\.)" if character == "…" else re.escape(character)


def _only(document: Document, words: str, what: str, after: int) -> tuple[int, int]:
    if not words.strip():
        raise WitnessError(f"the {what} are empty", where=document.name, hint="quote a few words of the letter")
    places = [match.span() for match in pattern(words).finditer(document.text, after)]
    if len(places) == 1:
        return places[0]
    if places:
        offsets = ", ".join(str(start) for start, _ in places[:5]) + (" ..." if len(places) > 5 else "")
        further = "further" if what == "last words" else "earlier"
        raise WitnessError(
            f"the {what} {_short(words)} stand there {len(places)} times (at {offsets})",
            where=document.name,
            hint="quote more of the letter's " + ("beginning" if further == "earlier" else "end"),
        )
    near = _nearest(document.text[after:], words)
    if near:
        hint = f"did you mean {_short(near)}?"
    elif pattern(words).search(document.text):
        hint = "they stand only before the first words; check that the two belong to one letter"
    else:
        hint = "copy them from the document; capitals count, line breaks do not"
    raise WitnessError(f"does not have the {what} {_short(words)}", where=document.name, hint=hint)


def _nearest(text: str, words: str) -> str | None:
    """The passage of `text` most like `words`, as many words long, if any is near."""
    wanted = _PIECE.findall(words)
    spans = [match.span() for match in _PIECE.finditer(text)]
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(" ".join(words.split()))
    best, found = _NEAR, None
    for first in range(max(0, len(spans) - len(wanted)) + 1 if spans else 0):
        last = min(first + len(wanted), len(spans)) - 1
        passage = text[spans[first][0] : spans[last][1]]
        matcher.set_seq1(" ".join(passage.split()))
        # The two upper bounds cost little and throw out nearly every passage of a long document.
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, found = ratio, passage
    return found


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return f"“{flat}”" if len(flat) <= _SHOWN else f"“{flat[: _SHOWN // 2]} … {flat[-_SHOWN // 2 :]}”"
