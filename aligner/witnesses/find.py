"""A letter found in a document without being told where: from its salutation to its signature.

What is looked at is how letters look: a salutation on a line of its own or opening a paragraph, a
closing formula and a short signature, `P.S.` after it. A letter without closing formula ends with
the one line that is only a name, else before text in another script, a heading or links. A document
without salutation is taken for the letter itself: its longest stretch of paragraphs in the letter's
script, without headings and furniture.
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
    r"|good (?:morning|afternoon|evening))\b[^.?!;:\n]{0,100})[,:!–—-]",
    re.IGNORECASE,
)
"""`To the whole team,` `Friends —`: only when it is a paragraph."""

_HEADS = re.compile(r"(?:an? (?:open )?letter )?to (?:our|the|my|all|every)[^.?!;:,\n]{1,40}", re.IGNORECASE)
"""`To our readers` without a mark is a heading; the letter begins below it."""

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

_CLOSING, _SIGNATURE, _LINES, _NAMES = 80, 70, 4, 4
"""Characters of the longest closing formula and signature line; lines of the longest signature, words of a name."""

_BODY = 80
"""A letter has at least this many characters between salutation and signature."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    foreign: bool  # another script than the letter's
    letterlike: bool  # not heading, image or furniture
    opens: bool  # the first of its paragraph
    named: bool  # layout has it for a heading, but the document elsewhere for a name


def find(document: Document, language: str | None = None) -> tuple[int, int]:
    """Where the letter stands in `document`, as offsets; `language` is the letter's, English unless it says zh.

    Raises WitnessError when the document has no text in that language's script.
    """
    lines = _lines(document, bool(language and language.startswith(("zh", "ja", "ko"))))
    for first, line in enumerate(lines):
        headed = line.opens and _HEADS.fullmatch(line.text) is not None
        if not line.foreign and ((line.letterlike and _salutes(line)) or headed):
            last = _end(lines, first)
            if lines[last].end - line.end >= _BODY:
                return lines[first + 1 if headed else _lead_in(lines, first)].start, lines[last].end
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
        heading = block is not None and inside and block.kind is BlockKind.HEADING
        named = heading and _SIGNED.fullmatch(text) is not None and _used_as_name(document.text, text)
        found.append(_Line(start, start + len(text), text, foreign, letterlike, blank, named))
        blank = False
    return found


def _used_as_name(text: str, line: str) -> bool:
    """Whether every word of a line stands with its capital inside sentences as well."""
    return all(re.search(rf"[a-z,] {re.escape(word)}\b", text) for word in line.split())


def _salutes(line: _Line) -> bool:
    begins = _OPENS.match(line.text) if line.opens else _OPENS.fullmatch(line.text)
    return begins is not None or (line.opens and _ADDRESSES.fullmatch(line.text) is not None)


def _lead_in(lines: Sequence[_Line], first: int) -> int:
    """A line `I sent this note today:` belongs to the letter where the document begins with it."""
    lead = first == 1 and lines[0].text.endswith(":") and not lines[0].foreign and lines[0].letterlike
    return 0 if lead else first


def _end(lines: Sequence[_Line], first: int) -> int:
    """The number of the letter's last line."""
    last = stop = first
    names: list[int] = []
    for place in range(first + 1, len(lines)):
        line = lines[place]
        body = line.start - lines[first].end
        if line.foreign or (line.opens and _salutes(line)):
            break
        if body >= _BODY and (signed := _closed(lines, place)) is not None:
            return _postscript(lines, signed)
        if body >= _BODY and not stop > first and (line.letterlike or line.named) and _is_name(line):
            names.append(place)
        if not line.letterlike and body >= _BODY and not stop > first:
            stop = last  # a formula further down may still close the letter: it can have headings inside
        if line.letterlike:
            last = place
    if len(names) == 1:
        return _postscript(lines, _signature(lines, names[0]))
    return stop if stop > first else last


def _closed(lines: Sequence[_Line], place: int) -> int | None:
    """The last line of the signature when the line at `place` is a closing formula, or a name after a dash."""
    line = lines[place]
    if not line.opens or not line.letterlike:
        return None
    if line.text[0] in "–—-" and len(line.text) > 1 and _signs(line):
        return _signature(lines, place)
    if len(line.text) > _CLOSING or line.text[-1] in ".?:;":
        return None
    following = lines[place + 1] if place + 1 < len(lines) else None
    formula = _CLOSES.match(line.text) is not None
    if following and following.letterlike and _signs(following) and (formula or line.text[-1] in ",–—"):
        return _signature(lines, place + 1)
    return place if formula and line.text[-1] in ",–—!" and len(line.text) <= _CLOSING // 2 else None


def _signs(line: _Line) -> bool:
    return len(line.text) <= _SIGNATURE and not line.foreign and _SIGNED.fullmatch(line.text) is not None


def _is_name(line: _Line) -> bool:
    return line.opens and len(line.text.split()) <= _NAMES and _signs(line) and not line.text.isupper()


def _signature(lines: Sequence[_Line], place: int) -> int:
    """The signature's last line: office, place and date follow the name without a blank line."""
    last = place
    for further in range(place + 1, min(len(lines), place + _LINES)):
        line = lines[further]
        if line.opens or line.foreign or not line.letterlike or len(line.text) > _CLOSING or line.text[-1] in ".?!:":
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
