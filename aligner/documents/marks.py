"""Markdown and the look of lines: patterns that say what a line is by its signs alone."""

from __future__ import annotations

import re

from aligner.model import Span
from aligner.text.forms import closes, greets, signs
from aligner.text.lines import LIST_MARKER, Line, trim, width

RULE = re.compile(r"(?:[-*_=~—－·•]\s*){3,}")
HEADING = re.compile(r"#{1,6}[ \t\u3000]+")
QUOTED = re.compile(r"(?:>[ \t]?)+(?!.*<\s*$)")
LABEL = re.compile(r"\*\*(?P<label>[^*\n]{0,20}[:：][^*\n]{0,4})\*\*[:：]?\s*(?=\S)")
BARE_URL = re.compile(r"<?(?:https?|ftp)://\S+>?")

_LINK = re.compile(r"\[[^\[\]]*\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_IMAGE = re.compile(
    r"\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?|<img\b[^>]*>|[\[【](?:图片|圖片|相片|照片|视频|影片|image|photo|video)[\]】]",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十][、线線流等])|第[一二三四五六七八九十\d]{1,3}(?:章|节|節|部分|点|點|条|條|封|段)(?=[:：、，,\s]|$)|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|(?:part|chapter|section|step)\s+\w+\b)",
    re.IGNORECASE,
)
_ENDING = "。.!！:：,，;；…–—-、”\"」』’'）)"


def is_whole_line(body: str) -> bool:
    """Whether a line is a rule, a Markdown heading or an image: complete by itself."""
    return bool(RULE.fullmatch(body) or HEADING.match(body) or is_image(body) or mostly_links(body))


def begins(text: str, line: Line) -> bool:
    """Whether a line begins a block that the next line may continue: a list item, an image or a link."""
    body = text[line.start : line.end].lstrip()
    return bool(LIST_MARKER.match(text, line.start, line.end) or body.startswith(("![", "[", "#")))


def is_image(body: str) -> bool:
    """Whether a paragraph is nothing but images."""
    return bool(_IMAGE.search(body)) and not _IMAGE.sub("", body).strip(" \t\r\n*_")


def mostly_links(body: str) -> bool:
    """Whether a paragraph is links with next to no words between them; `[1、[Title](address)` is one too."""
    if "](" not in body:
        return False
    rest = _LINK.sub("", body)
    words = sum(c.isalnum() for c in rest)
    return words <= 3 or words * 5 < sum(c.isalnum() for c in re.sub(r"\]\([^)]*\)", "]", body))


def navigation(body: str) -> bool:
    """Whether a line is a row of page sections: short names set apart by gaps, bars or dots."""
    names = [name for name in re.split(r"\s{2,}|\t|\s*[|｜•]\s*", body) if name]
    return len(names) >= 3 and all(width(name) <= 30 for name in names) and not re.search(r"[。.!?]\s*$", body)


def emphasised(text: str, start: int, end: int) -> Span | None:
    """The inside of a paragraph that is one stretch of bold or italics as a whole, or None."""
    span = trim(text, start, end)
    if span is None or text[span.start] not in "*_" or text[span.end - 1] not in "*_":
        return None
    match = re.fullmatch(r"[*_]+[ \t]*(?P<inner>[^*]*?)[ \t]*[*_]+", span.of(text), re.DOTALL)
    if match is None:
        return None
    inner = trim(text, span.start + match.start("inner"), span.start + match.end("inner"))
    return inner if inner and any(c.isalnum() for c in inner.of(text)) else None


def unbalanced(text: str, start: int, end: int) -> Span | None:
    """`[start, end)` trimmed, without a bold mark that is opened or closed in another paragraph."""
    span = trim(text, start, end)
    if span is None or span.of(text).count("**") % 2 == 0:
        return span
    first = span.start + 2 if text.startswith("**", span.start) else span.start
    last = span.end - 2 if first == span.start and span.of(text).endswith("**") else span.end
    return trim(text, first, last) if first < last else None


def numbered(body: str) -> bool:
    """Whether a line is a numbered section heading: `一、...` without final punctuation."""
    return "\n" not in body and width(body) <= 120 and bool(_NUMBERED.match(body)) and body[-1] not in _ENDING


def titled(body: str) -> bool:
    """Whether a line looks like a heading: no final punctuation but `?`, no greeting, no closing."""
    if "\n" in body or body[-1] in _ENDING or greets(body) or closes(body) or signs(body):
        return False
    if body[-1] in "?？" and re.search(r"[，,。.!！;；]|[我你您]", body):
        return False
    first = body.lstrip("\"“‘'([*_#")[:1]
    return not first.islower() and any(c.isalnum() for c in body)
