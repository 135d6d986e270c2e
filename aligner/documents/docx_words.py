"""The words of one paragraph of a Word document: tracked changes accepted, fields as their results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OFF = {"0", "false", "off", "none"}

_THROUGH = frozenset(
    W + name
    for name in "ins moveTo hyperlink smartTag sdt sdtContent customXml fldSimple dir bdo ruby rubyBase".split()
)
_SIGNS = {
    W + "tab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "ptab": "\t",
}
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_PRIVATE = range(0xE000, 0xF900)


@dataclass
class Words:
    """What a story's paragraphs hold, gathered run by run. Fields can run over several paragraphs."""

    text: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnote", id) as they are referred to
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    inserted: int = 0
    removed: int = 0
    fields: list[bool] = field(default_factory=list)  # per open field: whether its result has begun

    def read(self, element: etree._Element) -> None:
        """Take in a paragraph, or what stands inside one."""
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _THROUGH:
                self.inserted += tag in (W + "ins", W + "moveTo")
                self.read(child)
            elif tag == W + "del":
                self.removed += 1
                self.deleted.append(text_of(child))
            elif tag == _MC + "AlternateContent":
                self.read(_alternative(child))
            elif isinstance(tag, str) and tag.startswith(_M):
                self.text += [part.text or "" for part in child.iter(_M + "t")]

    def take(self) -> str:
        """The text gathered since it was last taken."""
        text, self.text = "".join(self.text), []
        return text

    def _run(self, run: etree._Element) -> None:
        look = run.find(W + "rPr")
        hidden = look is not None and is_on(look.find(W + "vanish"))
        raised = "" if look is None else (value_of(look.find(W + "vertAlign")) or "")
        for child in run:
            self._piece(child, hidden=hidden, raised=raised)

    def _piece(self, piece: etree._Element, *, hidden: bool, raised: str) -> None:
        tag = piece.tag
        if tag == W + "fldChar":
            self._field(piece.get(W + "fldCharType") or "")
        elif tag in (W + "drawing", W + "pict", W + "object"):
            self.boxes += boxes_in(piece)
        elif tag == _MC + "AlternateContent":
            for inner in _alternative(piece):
                self._piece(inner, hidden=hidden, raised=raised)
        elif tag == W + "ruby":
            self.read(piece)
        elif not all(self.fields):
            return  # the code of a field, not its result
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            self.notes.append((tag.removeprefix(W).removesuffix("Reference"), piece.get(W + "id") or ""))
        else:
            text = _text(piece, raised)
            (self.hidden if hidden else self.text).append(text)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()


def _text(piece: etree._Element, raised: str) -> str:
    tag = piece.tag
    if tag == W + "t":
        text = piece.text or ""
        small = text.strip("0123456789+-") == ""
        # `10` and a raised `2` are not 102, and a raised `1` typed as a note's mark is no part of a number.
        if raised == "superscript" and small:
            return text.translate(_RAISED)
        return text.translate(_LOWERED) if raised == "subscript" and small else text
    if tag == W + "br":
        return "\n" if piece.get(W + "type") in (None, "textWrapping") else ""
    if tag == W + "sym":
        try:
            code = int(piece.get(W + "char") or "", 16)
        except ValueError:
            return ""
        # Signs of Symbol and Wingdings have private numbers that say nothing outside their font.
        return chr(code) if 0x20 <= code < 0xD800 or (code not in _PRIVATE and 0xE000 <= code < 0x110000) else ""
    return _SIGNS.get(tag, "")


def boxes_in(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a drawing, each once though it is stored in two ways for old programs."""
    todo = [element]
    while todo:
        each = todo.pop()
        if each.tag == W + "txbxContent":
            yield each
        elif each.tag == _MC + "AlternateContent":
            todo += reversed(_alternative(each))
        else:
            todo += reversed(each)


def text_of(element: etree._Element) -> str:
    """All text below an element, that of tracked deletions too."""
    return "".join(each.text or "" for each in element.iter(W + "t", W + "delText"))


def is_on(element: etree._Element | None) -> bool:
    """Whether a property stands there and is not switched off."""
    return element is not None and (value_of(element) or "1") not in _OFF


def value_of(element: etree._Element | None) -> str | None:
    """The value of a property, None without one."""
    return None if element is None else element.get(W + "val")


def _alternative(element: etree._Element) -> etree._Element:
    """The first form of what is stored in several; the element itself, empty of text, when there is none."""
    return next((child for child in element if child.tag in (_MC + "Choice", _MC + "Fallback")), element)
