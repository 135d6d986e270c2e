"""The visible paragraphs of a page in HTML or XHTML: what pages and chapters of EPUBs are read by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from aligner.documents.extraction import Dropped
from aligner.model import BlockKind

UNSEEN = frozenset(
    "script style template noscript head title svg iframe object embed applet video audio canvas select datalist option"
    " textarea rt rp map area frame frameset noframes base link meta param source track".split()
)
"""Elements whose text nobody sees on the page, or that are no text."""

BLOCKS = frozenset(
    "address article aside blockquote body br button caption center col colgroup dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre"
    " search section summary table tbody td tfoot th thead tr ul".split()
) - {"br"}

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.BODY),
    "blockquote": BlockKind.QUOTATION,
    "figcaption": BlockKind.IMAGE,
}
REGIONS = {
    "nav": "navigation",
    "footer": "page footer",
    "aside": "beside the text",
    "header": "page header",
    "form": "form",
    "button": "button",
}

_BREAK = "\0"
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff]"
_WRAPPED = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n\s*(?={_WIDE})")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NEW_PARAGRAPH = re.compile(f"{_BREAK}(?:\\s*{_BREAK})+|{_BREAK}(?=[ \t\r\n]*[\u3000\u2003]{{2}})")
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MARK = re.compile(r"\s*[\[【(（〔]?\s*(?:\d{1,3}|[*†‡§]{1,3}|[ivx]{1,5}|注\d{0,3}|[①-⑳])\s*[\]】)）〕]?\s*")
_BACK = re.compile(r"\s*[↩↑^⏎\ufe0e]{1,3}\s*")
_UNIT = re.compile(r"(?:[\d)]|(?<![a-zA-Z])[kcmdµ]?m)$")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_NOTES = {"footnote", "endnote", "rearnote", "footnotes", "endnotes", "doc-footnote", "doc-endnote", "doc-endnotes"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A paragraph of the page: its text, the same with footnote marks, its line in the file, and its region."""

    text: str
    raw: str
    line: int
    kind: BlockKind | None
    region: str | None
    note: bool


@dataclass
class _Walk:
    """A page on its way to be paragraphs."""

    seen: list[Seen] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    open: list[etree._Element] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.text.append(text)
        self.raw.append(text)

    def flush(self) -> None:
        """Close the paragraph that is open."""
        names = [name_of(element) for element in self.open]
        pre = "pre" in names
        kind = next((_KINDS[name] for name in reversed(names) if name in _KINDS), None)
        region = next((REGIONS[name] for name in names if name in REGIONS), None)
        note = any(_types(element) & _NOTES for element in self.open)
        line = next((number for element in reversed(self.open) if (number := line_of(element))), 0)
        # An article's own header holds its title.
        if region == REGIONS["header"] and ("article" in names or "main" in names):
            region = None
        parts = [_tidy(part, pre=pre) for part in _NEW_PARAGRAPH.split("".join(self.text))]
        raw = "".join(self.raw) if len(parts) == 1 else None
        for part in parts:
            if part.strip():
                self.seen.append(Seen(part, raw or part, line, kind, region, note))
        self.text, self.raw = [], []


def seen_on(root: etree._Element) -> tuple[list[Seen], list[Dropped]]:
    """The visible paragraphs below `root` in order, and the marks of footnotes and hidden words left out."""
    walk = _Walk()
    todo: list[tuple[str, etree._Element | str]] = [("start", root)]
    while todo:
        what, item = todo.pop()
        if isinstance(item, str):
            walk.add(item)
        elif what == "end":
            _leave(walk, item)
        elif _enter(walk, item):
            todo.append(("end", item))
            for child in reversed(item):
                todo += [("text", child.tail or ""), ("start", child)]
            todo.append(("text", item.text or ""))
    walk.flush()
    return walk.seen, walk.dropped


def _enter(walk: _Walk, element: etree._Element) -> bool:
    """Take note of an element's start; whether what is in it is to be read."""
    name = name_of(element)
    if not name or name in UNSEEN:
        return False
    if name == "br":
        walk.add(_BREAK)
        return False
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        walk.dropped.append(Dropped(" ".join(words_of(element).split()), "hidden on the page", _line(element)))
        return False
    if name in {"sup", "a"} and (mark := _mark(walk, element, name)) is not None:
        walk.raw.append(mark)
        walk.dropped.append(Dropped(mark, "footnote mark", _line(element)))
        return False
    if name == "sup" and (power := words_of(element)).strip("0123456789+-") == "" and len(power) < 5:
        walk.text.append(power.translate(_RAISED))
        walk.raw.append(power)
        return False
    if name in BLOCKS:
        walk.flush()
        walk.open.append(element)
    return True


def _leave(walk: _Walk, element: etree._Element) -> None:
    if name_of(element) in BLOCKS:
        walk.flush()
        walk.open.pop()


def _mark(walk: _Walk, element: etree._Element, name: str) -> str | None:
    """The words of a footnote's mark or of the arrow that leads back from it, None for anything else."""
    text = words_of(element)
    inner = element if name == "a" else next((child for child in element.iter("{*}a")), None)
    linked = inner is not None and (
        "#" in (inner.get("href") or "") or bool(_types(inner) & {"noteref", "doc-noteref"})
    )
    if linked and (_MARK.fullmatch(text) or _BACK.fullmatch(text)):
        return text
    before = "".join(walk.text).rstrip()
    if name == "sup" and _MARK.fullmatch(text) and not (text.strip().isdigit() and _UNIT.search(before)):
        return text
    return None


def _tidy(text: str, *, pre: bool) -> str:
    """White space as a browser shows it; a line break inside Chinese is none."""
    if not pre:
        text = _SPACE.sub(" ", _WRAPPED.sub("", text))
        text = re.sub(f" *{_BREAK} *", _BREAK, text)
    return text.replace(_BREAK, "\n").strip(" \t\r\n\f\u3000\u2003")


def name_of(element: etree._Element) -> str:
    """The local name in small letters; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def words_of(element: etree._Element) -> str:
    """All text below an element but that of scripts and styles."""
    return "".join(_texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    for each in element.iter():
        unseen = name_of(each) in UNSEEN or not name_of(each)
        if not unseen and each.text:
            yield each.text
        if each is not element and each.tail:
            yield each.tail


def _types(element: etree._Element) -> set[str]:
    """What an element says it is: `epub:type` and `role`."""
    held = element.get("{http://www.idpf.org/2007/ops}type") or element.get("epub:type") or ""
    return set(f"{held} {element.get('role') or ''}".split())


def _line(element: etree._Element) -> str:
    return f"line {number}" if (number := line_of(element)) else ""


def line_of(element: etree._Element) -> int:
    """The line of the file that an element starts on, 0 when unknown."""
    number: Any = element.sourceline
    return number or 0
