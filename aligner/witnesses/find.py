"""A letter found in a document without being told where: from its salutation to its signature.

What is looked at is how letters look: a salutation on a line of its own or opening a paragraph, a
closing formula and a short signature, `P.S.` after it; text in another script, a heading or links
end a letter that has no signature. A document without salutation is taken for the letter itself:
its longest stretch of paragraphs in the letter's script, without headings and furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.errors import WitnessError
from aligner.model import BlockKind, Document

_NOT_LETTER = frozenset({BlockKind.HEADING, BlockKind.FURNITURE, BlockKind.IMAGE})

_OPENS = re.compile(r"(?:dear|hi|hello|hey)\b[^.?!;:,–—\n]{0,60}(?:[,:!–—]|-(?!\w))", re.IGNORECASE)
"""`Dear colleagues,` `Hi All–`: also when the letter goes on in the same line."""

_ADDRESSES = re.compile(
    r"(?:(?:to|team|teammates|friends|colleagues|everyone|everybody|all|folks|greetings|ladies"
    r"|good (?:morning|afternoon|evening))\b[^.?!;:\n]{0,60})[,:!–—-]",
    re.IGNORECASE,
)
"""`To the whole team,` `Friends —`: only when it is the whole line."""

_CLOSES = re.compile(
    r"(?:(?:very )?sincerely|yours|(?:all (?:the|my) )?best|(?:kind(?:est)?|warm(?:est)?|best) (?:regards|wishes)"
    r"|regards|with|warmly|respectfully|gratefully|cordially|cheers|thank you|thanks|many thanks|love|onwards?|forward"
    r"|in|faithfully|take care|until|see you|always|ever)\b",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"P\.? ?(?:P\.? ?)?S\b", re.IGNORECASE)
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_]")
_SIGNED = re.compile(r"(?:[–—-]{1,2}\s*)?[A-Z][\w.'’-]*(?:[ ,]+(?:[A-Z][\w.'’&-]*|of|and|the|for|de|von|van|&)){0,9}")

_SHARE = 0.2
"""A line with more than this share of Chinese among its letters is Chinese: each stands for a word or half of one."""

_CLOSING, _SIGNATURE, _LINES = 80, 70, 4
"""Characters of the longest closing formula and signature line; lines of the longest signature."""

_BODY = 150
"""A letter has at least this many characters between salutation and signature."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    foreign: bool  # another script than the letter's
    letterlike: bool  # not heading, image or furniture
    opens: bool  # the first of its paragraph


def find(document: Document, language: str | None = None) -> tuple[int, int]:
    """Where the letter stands in `document`, as offsets; `language` is the letter's, English unless it says zh.

    Raises WitnessError when the document has no text in that language's script.
    """
    lines = _lines(document, bool(language and language.startswith(("zh", "ja", "ko"))))
    for first, line in enumerate(lines):
        if line.letterlike and not line.foreign and _salutes(line):
            last = _end(lines, first)
            if lines[last].end - line.end >= _BODY:
                return lines[_lead_in(lines, first)].start, lines[last].end
    runs = _runs(lines)
    if not runs:
        raise WitnessError(
            "no text in the letter's language",
            where=document.name,
            hint="name the letter's first and last words (--source-from, --source-to)",
        )
    best = max(runs, key=lambda run: sum(len(line.text) for line in run))
    return best[0].start, best[-1].end


def _lines(document: Document, cjk: bool) -> list[_Line]:
    starts = [block.start for block in document.blocks]
    found: list[_Line] = []
    blank = True
    for match in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|$)", document.text):
        text = match.group().strip()
        if not text:
            blank = True
            continue
        start = match.start() + match.group().index(text)
        near = bisect_right(starts, start + len(text) - 1) - 1
        block = document.blocks[near] if near >= 0 else None
        inside = block is not None and block.end > start
        letterlike = not (block is not None and inside and block.kind in _NOT_LETTER)
        letters = len(_LETTER.findall(text))
        foreign = letters > 0 and (len(_CJK.findall(text)) > _SHARE * letters) != cjk
        found.append(_Line(start, start + len(text), text, foreign, letterlike, blank))
        blank = False
    return found


def _salutes(line: _Line) -> bool:
    begins = _OPENS.match(line.text) if line.opens else _OPENS.fullmatch(line.text)
    return begins is not None or _ADDRESSES.fullmatch(line.text) is not None


def _lead_in(lines: Sequence[_Line], first: int) -> int:
    """A line `I sent this note today:` belongs to the letter where the document begins with it."""
    lead = first == 1 and lines[0].text.endswith(":") and not lines[0].foreign and lines[0].letterlike
    return 0 if lead else first


def _end(lines: Sequence[_Line], first: int) -> int:
    """The number of the letter's last line."""
    last = first
    for place in range(first + 1, len(lines)):
        line = lines[place]
        body = line.start - lines[first].end
        if line.foreign or (not line.letterlike and body >= _BODY) or (line.opens and _salutes(line)):
            break
        if not line.letterlike:
            continue
        last = place
        if body >= _BODY and (signed := _signed(lines, place)) is not None:
            return _postscript(lines, signed)
    return last


def _signed(lines: Sequence[_Line], place: int) -> int | None:
    """The last line of the signature when the line at `place` is a closing formula or a signature by itself."""
    line = lines[place]
    if line.opens and line.text[0] in "–—-" and _signs(line) and len(line.text) > 1:
        return _signature(lines, place)
    if len(line.text) > _CLOSING or line.text[-1] in ".?:;":
        return None
    following = lines[place + 1] if place + 1 < len(lines) else None
    signs = following is not None and _signs(following) and not following.foreign and following.letterlike
    formula = _CLOSES.match(line.text) is not None and line.opens
    if signs and (formula or (line.text[-1] in ",–—" and line.opens)):
        return _signature(lines, place + 1)
    return place if formula and line.text[-1] in ",–—!" and len(line.text) <= _CLOSING // 2 else None


def _signs(line: _Line) -> bool:
    return len(line.text) <= _SIGNATURE and _SIGNED.fullmatch(line.text) is not None


def _signature(lines: Sequence[_Line], place: int) -> int:
    last = place
    for further in range(place + 1, min(len(lines), place + _LINES)):
        # Lines of one signature follow each other without a blank line; after one comes the article.
        if lines[further].opens or not _signs(lines[further]) or not lines[further].letterlike:
            break
        last = further
    return last


def _postscript(lines: Sequence[_Line], last: int) -> int:
    place = last + 1
    while place < len(lines) and not lines[place].foreign and lines[place].letterlike:
        if lines[place].opens and not _POSTSCRIPT.match(lines[place].text):
            break
        if not lines[place].opens and place == last + 1:
            break
        last, place = place, place + 1
    return last


def _runs(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Stretches of the letter's script; headings and furniture inside one do not end it, but are not its ends."""
    runs: list[list[_Line]] = [[]]
    for line in lines:
        if line.foreign:
            runs.append([])
        elif line.letterlike and (runs[-1] or _LETTER.search(line.text)):
            runs[-1].append(line)
    return [run for run in runs if run]
