"""Clauses: the pieces of a sentence that can be rendered, moved or dropped on their own."""

from __future__ import annotations

import re

from aligner.model import Span
from aligner.text.lines import pieces, trim
from aligner.text.scripts import HAN, is_chinese, script_counts

_CLOSING = "”’」』〞》）)】〕］]\"'"

_CHINESE_MARK = re.compile(r"[，；：？！。?!;:,]+|——|—|[–-](?=\s)|…+")
_LONG_ASIDE = 6
"""Ideographs, or words, from which a bracket is a clause of its own; shorter ones gloss a word: 马克(Mark)."""

_SUBJECT = (
    r"(?:I|we|you|he|she|it|they|this|that|these|those|there|nobody|nothing|everyone|everybody|everything"
    r"|someone|somebody|something|anyone|anybody|anything|each|both|what|whatever|whoever|whichever)(?:['’]\w+)?"
)
_SUBORDINATOR = (
    r"(?:because|although|though|while|whereas|unless|if|when|where|which|who|whom|whose|so that|so|as if"
    r"|even if|even though|as long as|since|once|whenever|wherever|until|after|before|in order to|provided|given"
    r"|especially|particularly|notably|rather than|instead of)"
)
_VERB = (
    r"(?:am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|shall|should|may|might|must"
    r"|won['’]t|can['’]t|cannot|don['’]t)"
)
_AFTER_COMMA = re.compile(
    rf"\s+(?:(?:and|but|or|nor|yet|so)\s+(?P<joined>\w+)|(?P<bare>{_SUBJECT})\s|{_SUBORDINATOR}\s"
    r"|(?P<participle>[a-z]{2,}ing|having)\s)",
    re.IGNORECASE,
)
_NOT_PARTICIPLE = frozenset(
    {"during", "including", "according", "regarding", "concerning", "morning", "evening", "nothing", "spring", "king"}
)
_WITHOUT_COMMA = re.compile(
    r"(?<!\bis)(?<!\bwas)(?<!\bnot)(?<!\bonly)\s"
    r"(?=(?:because|although|unless|whereas|so that|even if|even though|as long as)\s"
    rf"|if\s+{_SUBJECT}\s|having\s+\w+|(?:and|but)\s+(?:(?:for|by|to)\s+\w+ing\s|{_VERB}\s|{_SUBJECT}\s+\w))",
    re.IGNORECASE,
)
_INITIAL = re.compile(
    r"[\"“‘(]*(?:while|when|whenever|although|though|if|as|because|since|after|before|unless|once|until|given"
    r"|despite|with|even if|even though|where|wherever|having|[a-z]+ing)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(r";(?=\s|$)|:(?=\s|$)|—|–(?=\s|[A-Za-z])|(?<=\s)-{1,2}(?=\s)|--|[?!…]+(?=\s)|\.{3}(?=\s)")
_SERIES = 4
"""Words between two commas up to which the second is taken for one of a list (`robust, aligned, and ...`)."""

_SHORT = 2
"""Words up to which a piece of English is no clause (`For now,`), except in front of a strong mark."""


def clauses(text: str, language: str, start: int, end: int) -> tuple[Span, ...]:
    """The clauses of the sentence `text[start:end]`: in order, without overlap, leaving out white space only.

    Chinese is cut after ，；：？！ and dashes (、 joins a list and does not cut), also where ASCII marks
    stand in their place, but not inside numbers (`1,240`, `10:30`), addresses or Latin lists. English is
    cut after `;`, `:`, dashes, and at commas and conjunctions that begin a clause; lists of nouns stay
    whole. In both, a longer bracket is a clause of its own. Heuristics: no grammar is parsed.
    """
    if is_chinese(language):
        counts = script_counts(text[start:end])
        if counts.han + counts.kana or not counts.latin:
            return _joined(text, pieces(text, start, end, _chinese_cuts(text, start, end)))
    return _joined(text, pieces(text, start, end, _english_cuts(text, start, end)))


def _chinese_cuts(text: str, start: int, end: int) -> set[int]:
    cuts = _asides(text, start, end)
    for match in _CHINESE_MARK.finditer(text, start, end):
        at = match.end()
        if not _ascii_separates(text, start, end, match):
            continue
        while at < end and text[at] in _CLOSING and not _opens_here(text, start, at):
            at += 1
        cuts.add(at)
    return cuts


def _ascii_separates(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """Whether an ASCII mark stands for a Chinese one: never inside numbers, addresses, Latin phrases."""
    mark = match.group()
    if not mark.isascii():
        return True
    before = text[match.start() - 1] if match.start() > start else ""
    after = text[match.end()] if match.end() < end else ""
    if mark in {",", ":"} and before.isdigit() and after.isdigit():
        return bool(mark == "," and not re.match(r"\d{3}(?!\d)", text[match.end() : end]))
    if mark == "-":
        return before.isspace()
    latin_before = before.isascii() and before.isalnum()
    if latin_before and after.isascii() and not after.isspace() and mark != ",":
        return after in "\"'("  # http:, ?key=, 10:30am
    # `CEO,COO` separates clauses; `Mark, Jakub` is a Latin list inside one.
    latin_after = re.match(r"\s+[A-Za-z]", text[match.end() : end])
    return not (mark == "," and latin_before and latin_after)


def _opens_here(text: str, start: int, at: int) -> bool:
    """Whether the straight quote at `at` opens a quotation rather than closing one."""
    if text[at] not in "\"'":
        return False
    return text.count(text[at], start, at) % 2 == 0


def _asides(text: str, start: int, end: int) -> set[int]:
    cuts: set[int] = set()
    for match in re.finditer(r"[（(]([^（()）]*)[)）][,，;；:：.。!！?？]*", text[start:end]):
        inner = match.group(1)
        size = len(re.findall(f"[{HAN}]", inner)) or len(inner.split())
        needed = _LONG_ASIDE if re.search(f"[{HAN}]", inner) else 3
        if size >= needed:
            cuts.update((start + match.start(), start + match.end()))
    return cuts


def _english_cuts(text: str, start: int, end: int) -> set[int]:
    cuts = _asides(text, start, end)
    for match in _STRONG.finditer(text, start, end):
        at = match.end()
        while at < end and text[at] in "”’)]\"'" and not _opens_here(text, start, at):
            at += 1
        cuts.add(at)
    commas = [match.start() for match in re.finditer(r",[”’\"']?(?=\s)", text[start:end])]
    for index, offset in enumerate(commas):
        at = start + offset
        if _comma_cuts(text, start, end, at, start + commas[index - 1] if index else None):
            while text[at] in ",”’\"'":
                at += 1
            cuts.add(at)
    for match in _WITHOUT_COMMA.finditer(text, start, end):
        words = re.split(r"[,;:—(]", text[start : match.start()])[-1].split()
        if len(words) > _SHORT:
            cuts.add(match.start())
    return cuts


def _comma_cuts(text: str, start: int, end: int, at: int, previous: int | None) -> bool:
    if len(text[start:at].split()) <= _SHORT:
        return False
    if previous is None and _INITIAL.match(text, start, at):
        return True
    after = at
    while after < end and text[after] in ",”’\"'":
        after += 1
    match = _AFTER_COMMA.match(text, after, end)
    if not match:
        return False
    if match["participle"] and match["participle"].lower() in _NOT_PARTICIPLE:
        return False
    in_series = previous is not None and len(text[previous + 1 : at].split()) <= _SERIES
    if match["joined"]:
        return not in_series or bool(re.fullmatch(_SUBJECT, match["joined"]))
    return True


def _joined(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join pieces without a letter or digit to the clause before them, or after them at the start."""
    joined: list[Span] = []
    for span in spans:
        wordless = not any(c.isalnum() for c in span.of(text))
        if joined and (wordless or not any(c.isalnum() for c in joined[-1].of(text))):
            whole = trim(text, joined[-1].start, span.end)
            joined[-1] = whole or span
        else:
            joined.append(span)
    return tuple(joined)
