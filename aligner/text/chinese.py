"""Chinese sentences by rules: enders, closing marks, and the ASCII punctuation used in their place."""

from __future__ import annotations

import re

from aligner.model import Span
from aligner.text.forms import leads_to_name
from aligner.text.lines import lines, pieces
from aligner.text.quotes import Quote, quotes
from aligner.text.scripts import HAN

_ENDERS = "。！？!?｡．…⋯"
_CLOSING = "”’」』〞》）)】〕］]"
_RUN = re.compile(rf"[{re.escape(_ENDERS)}]+|(?<=\w)[.](?=\s|$|[{HAN}”’」』）\"'(（“「])|(?<=[{HAN}])[.](?![0-9])")
_GOES_ON = re.compile(r"[，,、；;：:的地得之]")
_SALUTATION = re.compile(
    r"[“\"「『]?(?:"
    r"(?:大家|各位|你们|你們|同事们|同事們|伙伴们|夥伴們|朋友们|朋友們)好"
    r"|(?:你|您)好(?=[，,！!：:])|(?:嗨|嘿|哈喽|哈囉|(?:Hi|Hello|Hey|Dear)(?![a-z]))[^，,。；;！!？?：:\n]{0,12}"
    r"|(?:亲爱的|親愛的|尊敬的|敬爱的|敬愛的)[^，,。；;！!？?：:\n]{1,14}"
    r"|(?:各位|诸位|諸位)(?:亲爱的|親愛的|尊敬的)?[^，,。；;！!？?：:\n都将將应應可要会會知能请請]{1,6}"
    r")\s*(?:[，,：:！!。]|[—–]{1,2})"
)
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc|e\.g|i\.e|U\.S|U\.K|a\.m|p\.m))$"
)
_LONGEST_INSIDE = 60
"""Characters of a bracket or an embedded quotation in which no sentence ends; longer ones are speech."""

_TOO_SHORT_FOR_ELLIPSIS = 4
"""Characters before an ellipsis that are a hesitation (`嗯……我想`), not a sentence."""


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of one paragraph `text[start:end]` without list markers; line breaks are white space.

    Closing quotation marks and brackets stay on the sentence they close. Speech is cut inside its
    marks, and the words that carry it are a sentence of their own: `“A。B。”他说。` gives `“A。`, `B。”`,
    `他说。`, and `他说：“A。B。”` gives `他说：“A。`, `B。”`. A short quotation that is a part of its
    sentence (`他问“为什么？”就走了。`) and brackets opened in mid-sentence are not cut, nor is speech at an
    ellipsis that hesitates.
    """
    spoken = quotes(text, start, end)
    inside = _brackets(text, start, end) + [(q.start, q.end) for q in spoken if _embedded(text, start, q)]
    closers = {q.inner_end for q in spoken if q.closed}
    cuts: set[int] = set()
    last = start
    if salutation := _SALUTATION.match(text, start, end):
        last = salutation.end()
        cuts.add(last)
    rows = list(lines(text, start, end))
    written = [text[row.start : row.end] for row in rows]
    cuts.update(row.end for i, row in enumerate(rows) if leads_to_name(written[i], written[i + 1 :]))
    for match in _RUN.finditer(text, start, end):
        if match.start() < last or not _is_end(text, start, end, match):
            continue
        cut = _past_closers(text, match.end(), end, closers)
        if any(first < match.start() and cut <= until for first, until in inside):
            continue
        following = text[cut : min(end, cut + _LONGEST_INSIDE)].lstrip()
        if _GOES_ON.match(following) and (cut > match.end() or match.group()[0] in "…⋯"):
            continue
        within_speech = any(quote.start < match.start() and cut < quote.end for quote in spoken)
        if match.group()[0] in "…⋯" and cut == match.end() and (within_speech or _hesitates(text, last, match)):
            continue
        cuts.add(cut)
        last = cut
    return _join_marks(text, pieces(text, start, end, cuts))


def _is_end(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    mark = match.group()
    before = text[match.start() - 1] if match.start() > start else ""
    after = text[match.end()] if match.end() < end else ""
    if mark == ".":
        if not before or re.match(f"[{HAN}]", before):
            return bool(before)
        if _ABBREVIATION.search(text[max(start, match.start() - 6) : match.start()]):
            return False
        if after.isspace():  # Latin, full stop, space: ends before a capital, a quotation or an ideograph
            rest = text[match.end() : end].lstrip()
            return not rest or not (rest[0].islower() or rest[0].isdigit())
        return True
    if mark in {"?", "!"} and before.isascii() and after.isascii() and (after.isalnum() or after in "_=&/%#-"):
        return before.isspace() or not before  # a URL's query, not a question
    return not (mark == "．" and before.isdigit() and after.isdigit())


def _past_closers(text: str, at: int, end: int, closers: set[int]) -> int:
    """Where the closing marks that follow an ender stop; a straight quote counts only if it closes one."""
    while at < end:
        if text[at] in _CLOSING or at in closers or (text[at] in _ENDERS and text[at - 1] in _CLOSING + "\"'"):
            at += 1
            continue
        spaced = re.compile(r"\s+(?=[”’」』])").match(text, at, end)
        if not spaced or spaced.end() not in closers:
            break
        at = spaced.end()
    return at


def _embedded(text: str, start: int, quote: Quote) -> bool:
    if not quote.closed or quote.end - quote.start > _LONGEST_INSIDE:
        return False
    before = text[start : quote.start].rstrip("*_ \t\r\n\u3000")
    return bool(before) and before[-1] not in "：:，,。！？!?…；;.“”\"'"


def _brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    for at in range(start, end):
        if text[at] in "（(【[《〈":
            stack.append(at)
        elif text[at] in "）)】]》〉" and stack:
            opened = stack.pop()
            before = text[start:opened].rstrip()
            title = text[opened] in "《〈"
            if (title or (before and before[-1] not in "。！？!?…”")) and at - opened <= 5 * _LONGEST_INSIDE:
                found.append((opened, at + 1))
    return found


def _hesitates(text: str, last: int, match: re.Match[str]) -> bool:
    rest = text[match.end() :].lstrip()
    return bool(rest) and len(text[last : match.start()].strip()) < _TOO_SHORT_FOR_ELLIPSIS


def _join_marks(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join a piece that is nothing but marks to the sentence before it, or after it at the start."""
    joined: list[Span] = []
    for span in spans:
        wordless = not any(c.isalnum() for c in span.of(text))
        if joined and (wordless or not any(c.isalnum() for c in joined[-1].of(text))):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)
