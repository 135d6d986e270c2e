"""The words of the project as frozen values that refuse to be wrong.

Offsets are Unicode code points into a document's decoded text, end exclusive, line ends untouched.
Nothing here knows a file, a database or a screen.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from aligner.errors import AlignmentError


class BlockKind(StrEnum):
    """What a stretch of a document is, by its layout alone."""

    HEADING = "heading"
    BODY = "body"
    QUOTATION = "quotation"  # a whole block set off as somebody's words: **"..."**, > ...
    LIST_ITEM = "list_item"
    IMAGE = "image"  # image links and captions
    FURNITURE = "furniture"  # by-lines, related links, rules, sharing requests, share buttons


class Mode(StrEnum):
    """How a link renders its source."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    FRAGMENT = "fragment"


class AbsenceKind(StrEnum):
    """How a source segment is missing."""

    OMITTED = "omitted"  # its neighbours are rendered
    OUTSIDE = "outside"  # the excerpt starts later or ends earlier
    PARTIAL = "partial"  # a clause or words of a linked segment are missing


class ResidueKind(StrEnum):
    """Target text near the letter that renders nothing of it."""

    COMMENTARY = "commentary"
    NARRATION = "narration"
    HEADING = "heading"
    TRANSLATOR_NOTE = "translator_note"
    ADDITION = "addition"
    INJECTED = "injected"
    ECHO = "echo"
    SOURCE_QUOTE = "source_quote"
    FURNITURE = "furniture"


INSIDE_SEGMENTS = frozenset({ResidueKind.TRANSLATOR_NOTE, ResidueKind.ADDITION})
"""Residue that may lie inside a linked segment."""


class Status(StrEnum):
    """Who stands behind a link."""

    AUTO = "auto"
    NEEDS_REVIEW = "needs_review"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"


class Severity(StrEnum):
    """How grave a finding is; `info` is a difference worth knowing, not an error."""

    INFO = "info"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


def sha256_of(data: bytes | str) -> str:
    """Hex SHA-256 of bytes, or of a text's UTF-8 bytes."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch `[start, end)` of a text, in code points. Never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise AlignmentError(f"span [{self.start}, {self.end}) is empty or negative")

    def of(self, text: str) -> str:
        """The stretch of `text` it covers."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """How many code points both spans cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's layout.

    `start`/`end` is the content without its markup (`###`, `**"`, `* a)`); blocks are in order and
    do not overlap; what lies between them is markup and white space.
    """

    start: int
    end: int
    kind: BlockKind

    @property
    def span(self) -> Span:
        """Its offsets."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Document:
    """A file as received: its decoded text, never edited, and its layout."""

    name: str
    text: str
    sha256: str  # of the bytes
    encoding: str
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for block in self.blocks:
            if block.start < last or block.end <= block.start or block.end > len(self.text):
                raise AlignmentError(f"block [{block.start}, {block.end}) overlaps or leaves the text", where=self.name)
            last = block.end

    @cached_property
    def text_sha256(self) -> str:
        """Hex SHA-256 of the decoded text, as UTF-8."""
        return sha256_of(self.text)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or a piece of one, as offsets into its document; `text` is exactly what stands there."""

    id: str
    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or self.start < 0 or not self.text.strip():
            raise AlignmentError(f"segment {self.id} [{self.start}, {self.end}) is blank or does not fit its text")

    @property
    def span(self) -> Span:
        """Its offsets."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Witness:
    """One copy of a letter inside a document: `document.text[start:end]`."""

    id: str
    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The witness as it stands in its document."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one witness has at one place; an empty text (start == end) is a gap there."""

    witness: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A place where two witnesses differ; `kind` says how (`substantive`, `typography`, `scan_error`, ...)."""

    id: str
    kind: str
    base: Reading
    other: Reading


@dataclass(frozen=True, slots=True)
class Emendation:
    """A correction of the base witness: `text` at `[start, end)` of its document reads `replacement`.

    `evidence` names a rule (`homoglyph`, `lost_ligature`) or `witness`; `witness` is the id of the
    witness that has the replacement; `rejected` ones are recorded and not applied.
    """

    id: str
    start: int
    end: int
    text: str
    replacement: str
    evidence: str
    witness: str | None = None
    rejected: bool = False


@dataclass(frozen=True)
class Letter:
    """An English letter, ready to be aligned: its base witness, segments and reading text.

    `readings[i]` is what encoders and checks see for `segments[i]`: the witness with the accepted
    emendations applied and line breaks inside it turned to spaces.
    """

    id: str
    language: str
    base: Witness
    segments: tuple[Segment, ...]
    readings: tuple[str, ...]
    title: str = ""
    author: str = ""
    date: str = ""
    witnesses: tuple[Witness, ...] = ()
    variants: tuple[Variant, ...] = ()
    emendations: tuple[Emendation, ...] = ()

    def __post_init__(self) -> None:
        if len(self.segments) != len(self.readings):
            raise AlignmentError(f"letter {self.id}: {len(self.segments)} segments but {len(self.readings)} readings")
        check_segments(self.segments, self.base.document.text, f"letter {self.id}")


@dataclass(frozen=True, slots=True)
class Link:
    """A bead: source and target segments that render each other."""

    id: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    mode: Mode
    confidence: float
    status: Status = Status.AUTO

    def __post_init__(self) -> None:
        if not self.source or not self.target:
            raise AlignmentError(f"link {self.id} has an empty side")
        if not 0.0 <= self.confidence <= 1.0:
            raise AlignmentError(f"link {self.id} has confidence {self.confidence}, which is not between 0 and 1")
        for side in (self.source, self.target):
            if len(set(side)) < len(side):
                raise AlignmentError(f"link {self.id} names a segment twice")


@dataclass(frozen=True, slots=True)
class Absence:
    """A source segment, or (`partial`) the stretch `[start, end)` of one, without rendering."""

    source: str
    kind: AbsenceKind
    confidence: float
    start: int | None = None
    end: int | None = None
    text: str | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise AlignmentError(f"absence of {self.source} has confidence {self.confidence}, not between 0 and 1")
        part = (self.start, self.end, self.text)
        if self.kind is not AbsenceKind.PARTIAL:
            if part != (None, None, None):
                raise AlignmentError(f"{self.kind} absence of {self.source} names a part of the segment")
        elif self.start is None or self.end is None or self.text is None or self.end - self.start != len(self.text):
            raise AlignmentError(f"partial absence of {self.source} does not fit its text")


@dataclass(frozen=True, slots=True)
class Residue:
    """A stretch of the target near the letter that renders nothing of it."""

    start: int
    end: int
    text: str
    kind: ResidueKind

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or self.start < 0 or not self.text:
            raise AlignmentError(f"residue {self.kind} [{self.start}, {self.end}) does not fit its text")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one side of one rendering, for findings that point to several places."""

    rendering: str
    side: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A span with its text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Finding:
    """A check's claim about a link, absence or residue."""

    id: str
    check: str
    category: str
    severity: Severity
    source: Quoted | None
    target: Quoted | None
    score: float
    messages: dict[str, str]
    places: tuple[Place, ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """Which document one side of an alignment stands in; `region` is the linked stretch of the target."""

    document: str
    sha256: str
    text_sha256: str
    language: str
    region: Span | None = None


@dataclass(frozen=True)
class Signature:
    """How a result was made."""

    aligner: str
    engine: str
    encoder: str
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Alignment:
    """One rendering aligned with its letter; cannot be built unless it accounts for every segment.

    Rules: ids are unique in the file; segments are in order, do not overlap and carry their text;
    every source segment stands in a link or in one whole absence, never in both; every target
    segment stands in exactly one link; residue does not overlap target segments, but notes and
    additions may lie wholly inside one.
    """

    letter: str
    rendering: str
    source: Side
    target: Side
    signature: Signature
    source_segments: tuple[Segment, ...]
    target_segments: tuple[Segment, ...]
    links: tuple[Link, ...]
    absences: tuple[Absence, ...] = ()
    residue: tuple[Residue, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        where = f"rendering {self.rendering}"
        check_segments(self.source_segments, None, where)
        check_segments(self.target_segments, None, where)
        source = {segment.id: segment for segment in self.source_segments}
        target = {segment.id: segment for segment in self.target_segments}
        every = [segment.id for segment in self.source_segments + self.target_segments]
        _unique(every, "segment", where)
        _unique([link.id for link in self.links], "link", where)
        linked: set[str] = set()
        taken: set[str] = set()
        for link in self.links:
            for name in link.source:
                if name not in source:
                    raise AlignmentError(f"link {link.id} names unknown source segment {name}", where=where)
                linked.add(name)
            for name in link.target:
                if name not in target:
                    raise AlignmentError(f"link {link.id} names unknown target segment {name}", where=where)
                if name in taken:
                    raise AlignmentError(f"target segment {name} stands in two links", where=where)
                taken.add(name)
        if loose := set(target) - taken:
            raise AlignmentError(f"target segment {min(loose)} stands in no link", where=where)
        self._check_absences(source, linked, where)
        self._check_residue(where)
        ends = (self.target_segments[0].start, self.target_segments[-1].end) if self.target_segments else None
        if ends != (self.target.region and (self.target.region.start, self.target.region.end)):
            raise AlignmentError("the region does not run from the first to the last linked character", where=where)

    def _check_absences(self, source: dict[str, Segment], linked: set[str], where: str) -> None:
        absent: set[str] = set()
        for absence in self.absences:
            segment = source.get(absence.source)
            if segment is None:
                raise AlignmentError(f"absence names unknown source segment {absence.source}", where=where)
            if absence.kind is AbsenceKind.PARTIAL:
                start, end = absence.start, absence.end
                if start is None or end is None or not segment.start <= start < end <= segment.end:
                    raise AlignmentError(f"partial absence of {segment.id} lies outside the segment", where=where)
                if absence.source not in linked:
                    raise AlignmentError(f"partial absence of {segment.id}, which has no link", where=where)
            elif absence.source in linked:
                raise AlignmentError(f"source segment {segment.id} is both linked and {absence.kind}", where=where)
            elif absence.source in absent:
                raise AlignmentError(f"source segment {segment.id} is absent twice", where=where)
            else:
                absent.add(absence.source)
        if skipped := set(source) - linked - absent:
            raise AlignmentError(f"source segment {min(skipped)} is neither linked nor absent", where=where)

    def _check_residue(self, where: str) -> None:
        last = 0
        pieces = [(s.start, s.end, s.id) for s in self.target_segments]
        for residue in self.residue:
            inside = residue.kind in INSIDE_SEGMENTS and any(
                s.start <= residue.start and residue.end <= s.end for s in self.target_segments
            )
            if not inside:
                pieces.append((residue.start, residue.end, f"residue {residue.kind}"))
        for start, end, name in sorted(pieces):
            if start < last or end <= start:
                raise AlignmentError(f"{name} [{start}, {end}) overlaps what stands before it", where=where)
            last = end


def _unique(ids: list[str], what: str, where: str) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise AlignmentError(f"two {what}s have the id {name}", where=where)
        seen.add(name)


def check_segments(segments: tuple[Segment, ...], text: str | None, where: str) -> None:
    """Segments are in order, do not overlap and, when `text` is given, are what stands there.

    Raises AlignmentError, naming the segment.
    """
    last = 0
    for segment in segments:
        if segment.start < last:
            raise AlignmentError(f"segment {segment.id} overlaps or precedes the one before it", where=where)
        if text is not None and text[segment.start : segment.end] != segment.text:
            raise AlignmentError(f"segment {segment.id} is not what stands at its offsets", where=where)
        last = segment.end
