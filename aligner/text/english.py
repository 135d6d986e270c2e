"""English sentences: nltk's Punkt with parameters of our own, and what Punkt cannot know."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any

from aligner.model import Span
from aligner.text.forms import leads_to_name
from aligner.text.lines import lines, pieces

_ABBREVIATIONS = """
mr mrs ms mx dr prof rev hon gov sen rep pres gen col lt sgt capt cmdr adm maj st ste sr jr messrs mme mlle
inc ltd corp co cos bros llc plc dept univ assn ave blvd rd mt ft u.s u.k u.n e.u d.c u.s.a n.y l.a
wash calif mass penn conn fla ariz colo minn wis mich ill ore tenn
a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri
no nos vol ed eds pp fig figs sec ch approx est ca min max hrs ext a.d b.c b.c.e c.e
e.g i.e etc vs viz cf al resp incl excl ph.d m.d b.a m.a b.s m.s m.b.a j.d ll.b p.s p.p.s ps pps n.b q.v op cit
"""

_STARTERS = """
i he she it we they you this that these those there here the a an my our your his her its their
but and so yet if when while after before although because since however meanwhile for in on at as
what why how who where today yesterday tomorrow now then also some most many all no not nobody
please thank thanks let last next first finally
"""

_TITLES = (
    "p.s p.p.s ps pps n.b mr mrs ms mx dr prof rev hon gov sen rep gen col lt sgt capt st messrs no nos vol e.g i.e vs"
)

ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Words that a full stop follows without ending the sentence, lower case, without the last stop."""

STARTERS = frozenset(_STARTERS.split())
"""Words that begin a sentence even after an abbreviation when they are capitalised: `at 3 p.m. He left.`"""

TITLES = frozenset(_TITLES.split())
"""Abbreviations that something always follows, so that no sentence ends with them."""

_NUMERALS_FOLLOW = frozenset({"no", "nos", "vol", "fig", "figs", "pp", "ch", "sec", "approx", "ca"})

_SALUTATION = re.compile(
    r"(?:(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day))\b[^,.;:!?–—\n]{0,40}"
    r"|(?:team|all|everyone|everybody|friends|colleagues|folks|ladies and gentlemen))"
    r"[ \t]*(?:[,:!–—]|[ ]?--?)(?=\s)",
    re.IGNORECASE,
)
_ENDER = re.compile(r"""(?:[.?!…]+)["'”’»)\]]*(?=\s)""")
_SPOKEN = re.compile(
    r"(?:(?:[A-Z][\w.’'\-]*|the|a|an|my|our|his|her|one)\s+){1,4}"
    r"(?:said|says|asked|asks|added|adds|wrote|writes|replied|replies|told|answered|continued|shouted|cried)\b(?!\s+that\b)"
)
_OPENERS = {"(": ")", "[": "]"}
_LONGEST_PARENTHESIS = 400
"""Characters; an unclosed bracket must not swallow the rest of the paragraph."""

_LOOK = 400
"""Characters looked at on either side of a boundary."""

_LONGEST_CLOSING_LINE = 6
"""Words in a line that ends with a comma and is a salutation or closing by its place alone."""


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of one paragraph `text[start:end]` without list markers.

    Punkt proposes; a salutation, a closing line and a lead-in line are cut off; what goes on in lower
    case after a closing quotation mark, or inside brackets opened in mid-sentence, is joined again.
    """
    cuts = _line_cuts(text, start, end)
    if salutation := _SALUTATION.match(text, start, end):
        cuts.add(salutation.end())
    brackets = _brackets(text, start, end)
    for cut in _candidates(text, start, end):
        if not any(first < cut < last for first, last in brackets) and _breaks(text, start, end, cut):
            cuts.add(cut)
    return _join_wordless(text, pieces(text, start, end, cuts))


def _candidates(text: str, start: int, end: int) -> set[int]:
    part = text[start:end]
    cuts = {start + last for _, last in _punkt().span_tokenize(part)}
    # Punkt leaves out the ellipsis character, an initial before a pronoun and quotes it does not know.
    cuts.update(match.end() for match in _ENDER.finditer(text, start, end) if _sure(text, start, match, end))
    return cuts


def _sure(text: str, start: int, match: re.Match[str], end: int) -> bool:
    following = re.compile(r"\s+[\"'“‘(\[]*([A-Za-z]+)").match(text, match.end(), end)
    if not following or not following[1][0].isupper():
        return False
    if match.group()[0] in "…?!" or match.group().startswith(".."):
        return True
    word = _word_before(text, start, match.start())
    if word in TITLES:
        return False
    known = word in ABBREVIATIONS or len(word) == 1
    return not known or (following[1].lower() in STARTERS and not (len(word) == 1 and following[1] == "I"))


def _breaks(text: str, start: int, end: int, cut: int) -> bool:
    """Whether a sentence really ends before `cut`, a candidate."""
    before = text[start:cut].rstrip() if cut - start < _LOOK else text[cut - _LOOK : cut].rstrip()
    after = text[cut : min(end, cut + _LOOK)].lstrip()
    if not after or not before:
        return False
    if re.match(r"[,;:)\]}”’»]|\.(?:\s|$|[’”'\"])", after):
        return False  # a closing mark, or the next point of a spaced ellipsis (`. . .`)
    last_mark = before.rstrip("\"'”’»)]")[-1:]
    if after[0].islower():
        # `"Really?" he said`; a writer who begins sentences in lower case still ends them with a full stop.
        return last_mark == "." and before[-1] not in "\"'”’»)]" and not before.endswith("..")
    if last_mark in "?!" and before[-1] in "\"”’'" and _SPOKEN.match(after):
        return False
    word = _word_before(before, 0, len(before) - 1) if before[-1] == "." else ""
    if word in TITLES - _NUMERALS_FOLLOW or (word in _NUMERALS_FOLLOW and after[0].isdigit()):
        return False
    return not (word in ABBREVIATIONS and re.match(r"[(\d&$€£–—-]", after))


def _word_before(text: str, start: int, stop: int) -> str:
    match = re.search(r"[A-Za-z][A-Za-z.]*$", text[max(start, stop - 20) : stop])
    return match.group().lower() if match else ""


def _line_cuts(text: str, start: int, end: int) -> set[int]:
    """Cuts after lines that are a salutation, a closing or a lead-in by their shape and place."""
    cuts: set[int] = set()
    every = list(lines(text, start, end))
    longest = max((line.end - line.start for line in every), default=0)
    written = [text[line.start : line.end] for line in every]
    for i, (line, following) in enumerate(pairwise(every)):
        body = text[line.start : line.end].rstrip()
        next_words = text[following.start : following.end].split()
        # Had the text been wrapped here, the next word would still have stood on this line.
        deliberate = not next_words or len(body) + 1 + len(next_words[0]) <= longest
        short = len(body.split()) <= _LONGEST_CLOSING_LINE
        if leads_to_name(body, written[i + 1 :]) or (
            deliberate and (body.endswith((":", "!")) or (short and body.endswith((",", "–", "—"))))
        ):
            cuts.add(line.end)
    return cuts


def _brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Bracketed stretches that open in mid-sentence: no sentence ends inside."""
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for at in range(start, end):
        if text[at] in _OPENERS:
            stack.append((_OPENERS[text[at]], at))
        elif stack and text[at] == stack[-1][0]:
            _, opened = stack.pop()
            before = text[start:opened].rstrip()
            inside = bool(before) and before.rstrip("\"'”’")[-1:] not in {".", "?", "!", "…", ""}
            if inside and at - opened <= _LONGEST_PARENTHESIS:
                found.append((opened, at + 1))
    return found


def _join_wordless(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join what has no letter (`1.`, a stray mark) to the sentence after it, or before it at the end."""
    joined: list[Span] = []
    pending: int | None = None
    for span in spans:
        begin = span.start if pending is None else pending
        if not any(c.isalpha() for c in span.of(text)):
            pending = begin
            continue
        joined.append(Span(begin, span.end))
        pending = None
    if pending is not None:
        if joined:
            joined[-1] = Span(joined[-1].start, spans[-1].end)
        else:
            joined.append(Span(pending, spans[-1].end))
    return tuple(joined)


@cache
def _punkt() -> Any:
    # nltk takes a second to import, and Chinese text never needs it.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    parameters.sent_starters = set(STARTERS)
    return PunktSentenceTokenizer(parameters)
