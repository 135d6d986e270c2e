"""Word documents: paragraphs, tables, text boxes and notes in order, as they read with all changes accepted.

python-docx opens the package and knows its parts and styles; its own `Paragraph.text` leaves out
tracked insertions and content controls, so the words are read from the XML.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any

from lxml import etree

from aligner.archives import open_zip
from aligner.documents.docx_words import W, Words, text_of, value_of
from aligner.documents.extraction import Dropped, Found, Passage
from aligner.documents.trees import check_depth, xml_tree
from aligner.errors import DocumentError
from aligner.model import BlockKind

_THROUGH = frozenset(W + name for name in "sdt sdtContent customXml ins moveTo smartTag".split())
_STYLES = (
    ("heading", BlockKind.HEADING),
    ("title", BlockKind.HEADING),
    ("subtitle", BlockKind.HEADING),
    ("toc", BlockKind.FURNITURE),
    ("caption", BlockKind.IMAGE),
    ("quote", BlockKind.QUOTATION),
    ("intense quote", BlockKind.QUOTATION),
    ("block text", BlockKind.QUOTATION),
    ("list", BlockKind.LIST_ITEM),
)
"""How the names of Word's own styles begin (they are English in every language) -> what such a paragraph is."""

_BASES = 10
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


def docx(where: str, data: bytes, encoding: str | None = None) -> Found:  # noqa: ARG001 - the XML says its encoding
    """What a Word document says; headers, footers, comments, hidden and deleted words are listed as dropped.

    Raises DocumentError: encrypted, damaged, a bomb, no Word document; and on damage whatever
    python-docx raises.
    """
    open_zip(data).close()
    document = _opened(where, data)
    body = document.element.find(W + "body")
    if body is None:
        raise DocumentError("has no body", where=where, hint="open it and save it anew")
    check_depth(document.element, "the document")
    story = _Story(_kinds(document))
    story.read(body)
    passages = story.finish()
    parts = _parts(document)
    notes = _Notes(story)
    for name in ("footnote", "endnote"):
        for root in parts.get(f"{name}s", []):
            passages += notes.read(root, name)
    dropped = [*story.dropped(), *notes.dropped]
    for kind, why in (("header", "page header"), ("footer", "page footer"), ("comments", "comment")):
        texts = dict.fromkeys(text for root in parts.get(kind, []) for text in _paragraphs(root))
        dropped += [Dropped(text, why) for text in texts]
    return Found(f"python-docx {version('python-docx')}", "docx", tuple(passages), tuple(dropped), story.remarks())


def _opened(where: str, data: bytes) -> Any:
    import docx as library
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return library.Document(io.BytesIO(data))
    except ValueError as error:
        if "content type" in str(error):
            hint = "open it and save it as .docx"
            raise DocumentError(
                "is a template or macro document, not a Word document", where=where, hint=hint
            ) from None
        raise
    except (KeyError, PackageNotFoundError):
        hint = "open it and save it as an ordinary .docx (not as Strict Open XML)"
        raise DocumentError("lacks the parts of a Word document", where=where, hint=hint) from None


@dataclass
class _Story:
    """The body, a note or a text box on its way to be passages."""

    kinds: dict[str, BlockKind]
    words: Words = field(default_factory=Words)
    passages: list[Passage] = field(default_factory=list)
    count: int = 0
    tables: int = 0
    carried: str = ""  # a paragraph whose end was deleted: the next one goes on with it
    foreign: bool = False
    gone: list[Dropped] = field(default_factory=list)

    def read(self, parent: etree._Element, cell: str = "") -> None:
        """Take in what stands in a body, cell or note; `cell` says where in which table."""
        for child in parent:
            if child.tag == W + "p":
                self._paragraph(child, cell)
            elif child.tag == W + "tbl":
                self._table(child, cell)
            elif child.tag in _THROUGH:
                self.read(child, cell)
            elif child.tag == W + "altChunk":
                self.foreign = True

    def finish(self) -> list[Passage]:
        """The passages; the last paragraph has no next one to go on in."""
        if self.carried.strip():
            self._add(self.carried, None, "")
        self.carried = ""
        return self.passages

    def dropped(self) -> list[Dropped]:
        """Deleted and hidden words."""
        deleted = [Dropped(text, "deleted (tracked change)") for text in self.words.deleted]
        return [*self.gone, *deleted, *(Dropped(text, "hidden text") for text in self.words.hidden)]

    def remarks(self) -> tuple[str, ...]:
        """What a person should know about how it was read."""
        found = []
        if self.words.inserted or self.words.removed or self.gone:
            removed = self.words.removed + len(self.gone)
            found.append(f"tracked changes are read as accepted: {self.words.inserted} inserted, {removed} deleted")
        if self.words.fields:
            found.append("a field begins and never ends: words after it may be missing")
        if self.foreign:
            found.append("holds an inserted file that is not read")
        return tuple(found)

    def _paragraph(self, element: etree._Element, cell: str) -> None:
        before = len(self.words.boxes)
        self.words.read(element)
        text = self.carried + self.words.take()
        look = element.find(W + "pPr")
        mark = look.find(W + "rPr") if look is not None else None
        joined = mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)
        self.carried = text if joined else ""
        if not joined and text.strip():
            self._add(text, self._kind(look, cell), cell)
        for box in self.words.boxes[before:]:
            inner = _Story(self.kinds, self.words)
            inner.read(box)
            label = f"text box at paragraph {max(1, self.count)}"
            self.passages += [replace(each, lines=((0, label),)) for each in inner.finish()]

    def _add(self, text: str, kind: BlockKind | None, cell: str) -> None:
        self.count += not cell
        self.passages.append(Passage(text.strip(" \t\n\u3000"), ((0, cell or f"paragraph {self.count}"),), kind))

    def _kind(self, look: etree._Element | None, cell: str) -> BlockKind | None:
        found = None
        if look is not None:
            found = self.kinds.get(value_of(look.find(W + "pStyle")) or "")
            number = look.find(f"{W}numPr/{W}numId")
            if found is None and number is not None and value_of(number) not in (None, "0"):
                found = BlockKind.LIST_ITEM
            if found is None and value_of(look.find(W + "outlineLvl")) in tuple("012345678"):
                found = BlockKind.HEADING
        return BlockKind.BODY if found is None and cell else found

    def _table(self, table: etree._Element, outer: str) -> None:
        self.tables += not outer
        name = outer or f"table {self.tables}"
        for row, tr in enumerate(_inside(table, W + "tr"), 1):
            if tr.find(f"{W}trPr/{W}del") is not None:
                self.gone.append(Dropped(text_of(tr), "deleted (tracked change)", f"{name}, row {row}"))
                continue
            for column, tc in enumerate(_inside(tr, W + "tc"), 1):
                self.read(tc, f"{name}, row {row}, column {column}")


@dataclass
class _Notes:
    """Footnotes and endnotes in the order in which the text refers to them."""

    story: _Story
    dropped: list[Dropped] = field(default_factory=list)

    def read(self, root: etree._Element, name: str) -> list[Passage]:
        held = {note.get(W + "id") or "": note for note in root.iter(W + name)}
        wanted = dict.fromkeys(number for kind, number in self.story.words.notes if kind == name)
        passages = []
        for number, key in enumerate(wanted, 1):
            if key not in held:
                continue
            inner = _Story(self.story.kinds)
            inner.read(held[key])
            label = ((0, f"{name} {number}"),)
            found = [replace(each, lines=label, kind=BlockKind.BODY) for each in inner.finish()]
            passages += [replace(each, mark="" if i else f"[{number}] ") for i, each in enumerate(found)]
            self.dropped += inner.dropped()
        for key, note in held.items():
            if key not in wanted and note.get(W + "type") not in _SEPARATORS:
                self.dropped.append(Dropped(text_of(note), f"{name} that nothing refers to"))
        return passages


def _inside(parent: etree._Element, tag: str) -> list[etree._Element]:
    """Rows of a table or cells of a row, those in content controls too."""
    found = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag in _THROUGH:
            found += _inside(child, tag)
    return found


def _kinds(document: Any) -> dict[str, BlockKind]:
    """Style id -> what its paragraphs are, by its name or that of a style it is based on."""
    names, bases = {}, {}
    for style in document.styles.element.iter(W + "style"):
        key = style.get(W + "styleId") or ""
        names[key] = (value_of(style.find(W + "name")) or "").lower()
        bases[key] = value_of(style.find(W + "basedOn")) or ""
    found = {}
    for key in names:
        at = key
        for _ in range(_BASES):
            name = names.get(at, "")
            kind = next((kind for start, kind in _STYLES if name == start or name.startswith(f"{start} ")), None)
            if kind is not None:
                found[key] = kind
                break
            at = bases.get(at, "")
    return found


def _parts(document: Any) -> dict[str, list[etree._Element]]:
    """The roots of the parts that the document refers to, by the last word of the relation's name."""
    found: dict[str, list[etree._Element]] = {}
    for relation in document.part.rels.values():
        name = (relation.reltype or "").rpartition("/")[2]
        if name in {"footnotes", "endnotes", "header", "footer", "comments"} and not relation.is_external:
            found.setdefault(name, []).append(xml_tree(relation.target_part.blob, f"its {name} part"))
    return found


def _paragraphs(root: etree._Element) -> list[str]:
    return [text for paragraph in root.iter(W + "p") if (text := text_of(paragraph).strip())]
