"""What an extractor gives: text with its layout, where every stretch of it stands, and what was left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from aligner.documents.layout import kinds
from aligner.errors import DocumentError
from aligner.model import Block, BlockKind, Document, sha256_of
from aligner.text.lines import is_blank, trim

BETWEEN = "\n\n"
"""What separates paragraphs in an extracted text."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NOTHING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\ufeff\ufffe\uffff]")
"""Control characters, soft hyphens, byte order marks: no part of what a page shows."""


@dataclass(frozen=True, slots=True)
class Place:
    """`text[start:end]` stands at `label` of the original: `page 3, line 12`, `paragraph 14`, `footnote 1`."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the original that are not in the text, why, and where they stood (may be empty)."""

    text: str
    why: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as an extractor found it.

    `kind` None leaves it to the look of the text what it is. `mark` stands before the content and
    is no part of its block (`[1] ` before a note). `lines` says from which offset of `text` on which
    label holds; the first offset is 0.
    """

    text: str
    lines: tuple[tuple[int, str], ...]
    kind: BlockKind | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All that an extractor found in a file, before it is put together to one text."""

    extractor: str
    encoding: str
    passages: tuple[Passage, ...]
    dropped: tuple[Dropped, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extracted:
    """A document with how it was read.

    Offsets are code points into `document.text`. Places are in order and do not overlap; what lies
    between them is white space. `extractor` names library and version, because another version may
    read another text.
    """

    document: Document
    extractor: str
    places: tuple[Place, ...]
    dropped: tuple[Dropped, ...] = ()
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        last, text = 0, self.document.text
        for place in self.places:
            if place.start < last or place.end <= place.start or place.end > len(text):
                fault = f"place [{place.start}, {place.end}) overlaps or leaves the text"
                raise DocumentError(fault, where=self.document.name)
            if not is_blank(text[last : place.start]):
                fault = f"[{last}, {place.start}) has no place in the original"
                raise DocumentError(fault, where=self.document.name)
            last = place.end
        if not is_blank(text[last:]):
            raise DocumentError(f"[{last}, {len(text)}) has no place in the original", where=self.document.name)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values, to come from another process."""
        document = self.document
        return {
            "text": document.text,
            "encoding": document.encoding,
            "blocks": [[block.start, block.end, block.kind] for block in document.blocks],
            "extractor": self.extractor,
            "places": [[place.start, place.end, place.label] for place in self.places],
            "dropped": [[each.text, each.why, each.label] for each in self.dropped],
            "remarks": list(self.remarks),
        }

    @classmethod
    def from_json(cls, name: str, data: bytes, held: dict[str, Any]) -> Extracted:
        """What `to_json` gave of the file `data`."""
        blocks = tuple(Block(start, end, BlockKind(kind)) for start, end, kind in held["blocks"])
        return cls(
            Document(name, held["text"], sha256_of(data), held["encoding"], blocks),
            held["extractor"],
            tuple(Place(*place) for place in held["places"]),
            tuple(Dropped(*each) for each in held["dropped"]),
            tuple(held["remarks"]),
        )

    def place_at(self, offset: int) -> Place:
        """The place of the character at `offset`; white space after a place belongs to it. IndexError outside."""
        if not 0 <= offset < len(self.document.text):
            raise IndexError(f"offset {offset} lies outside {self.document.name}")
        found = bisect_right([place.start for place in self.places], offset)
        return self.places[max(0, found - 1)]

    def place_of(self, offset: int) -> str:
        """Where the character at `offset` stands in the original, in words: `page 3, line 12`."""
        return self.place_at(offset).label

    def position_of(self, offset: int) -> str:
        """The same to the character, from 1: `page 3, line 12, character 5`."""
        place = self.place_at(offset)
        return f"{place.label}, character {max(0, offset - place.start) + 1}"


def assemble(name: str, where: str, data: bytes, found: Found) -> Extracted:
    """The document of what was found in `data`: paragraphs set apart by blank lines, a line end at the end.

    Raises DocumentError when there is no text.
    """
    text, pieces, places = "", [], []
    parts: list[str] = []
    at = 0
    for passage in map(_clean, found.passages):
        if is_blank(passage.text):
            continue
        start = at + len(passage.mark)
        parts.append(passage.mark + passage.text)
        span = trim(passage.text, 0, len(passage.text))
        if span is not None:
            pieces.append((start + span.start, start + span.end, passage.kind))
        edges = [at, *(start + offset for offset, _ in passage.lines[1:]), start + len(passage.text)]
        labels = [label for _, label in passage.lines]
        places += [Place(a, b, label) for (a, b), label in zip(pairwise(edges), labels, strict=True) if a < b]
        at = start + len(passage.text) + len(BETWEEN)
    if not parts:
        raise DocumentError("no text was found in it", where=where, hint="open it and save its text as a .txt file")
    text = BETWEEN.join(parts) + "\n"
    blocks = tuple(Block(start, end, kind) for start, end, kind in kinds(text, pieces))
    document = Document(name=name, text=text, sha256=sha256_of(data), encoding=found.encoding, blocks=blocks)
    dropped = tuple(replace(each, text=_plain(each.text).strip()) for each in found.dropped)
    return Extracted(document, found.extractor, tuple(places), tuple(d for d in dropped if d.text), found.remarks)


def _clean(passage: Passage) -> Passage:
    """The passage with one kind of line end and without what is no text; offsets follow."""
    cuts = [offset for offset, _ in passage.lines] + [len(passage.text)]
    parts = [_plain(passage.text[a:b]) for a, b in pairwise(cuts)]
    lines, at = [], 0
    for part, (_, label) in zip(parts, passage.lines, strict=True):
        lines.append((at, label))
        at += len(part)
    return replace(passage, text="".join(parts), lines=tuple(lines))


def _plain(text: str) -> str:
    # Halves of characters outside the basic plane come from PDF fonts and broken JSON; pairs of them are joined.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _NOTHING.sub("", _LINE_ENDS.sub("\n", whole))
