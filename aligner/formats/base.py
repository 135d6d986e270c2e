"""What every exporter takes and what a format is.

An exporter is a pure function from a `LetterExport` (or one of its renderings) and options to bytes.
A format that joins later brings one file with its options and functions, and one line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from aligner.errors import AlignmentError, UnknownNameError
from aligner.model import Alignment, Finding, Letter, Link, Mode, Quoted, Status, check_segments
from aligner.review.annotations import ErrorAnnotation, EsaScore
from aligner.review.typologies import Typology


@dataclass(frozen=True, slots=True)
class RenderingInfo:
    """What is known of a rendering's article: who published it, when (ISO 8601), under which title."""

    outlet: str = ""
    date: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reviewer said without marking an error: of the link `link`, or of the whole rendering (None)."""

    reviewer: str
    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class RenderingExport:
    """One rendering to export, with what reviewers said of it.

    `judged` are ids of findings on which a reviewer has a verdict: an accepted one is among the annotations, a
    dismissed one is none. `done` says who called a sentence of the letter done, or with None all that is rendered.
    Raises AlignmentError when an annotation or a score is of another rendering.
    """

    alignment: Alignment
    info: RenderingInfo = RenderingInfo()
    annotations: tuple[ErrorAnnotation, ...] = ()
    scores: tuple[EsaScore, ...] = ()
    comments: tuple[Comment, ...] = ()
    judged: frozenset[str] = frozenset()
    done: tuple[tuple[str, Quoted | None], ...] = ()

    def __post_init__(self) -> None:
        for name in (*(item.rendering for item in self.annotations), *(item.rendering for item in self.scores)):
            if name != self.id:
                what = f"a reviewer's judgement of {name} was given for it"
                raise AlignmentError(what, where=f"rendering {self.id}")

    @property
    def id(self) -> str:
        """The rendering's id."""
        return self.alignment.rendering

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What checks found and nobody judged yet."""
        return tuple(item for item in self.alignment.findings if item.id not in self.judged)


@dataclass(frozen=True, slots=True)
class LetterExport:
    """A letter and those of its renderings that are exported, in the order given.

    Raises AlignmentError when a rendering is of another letter or another state of this letter's
    document, or stands here twice. `typologies` are a team's own, by which errors were marked.
    """

    letter: Letter
    renderings: tuple[RenderingExport, ...]
    typologies: tuple[Typology, ...] = ()

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for rendering in self.renderings:
            alignment = rendering.alignment
            where = f"rendering {rendering.id}"
            if alignment.letter != self.letter.id:
                raise AlignmentError(f"is of letter {alignment.letter}, not of {self.letter.id}", where=where)
            if rendering.id in seen:
                raise AlignmentError("stands in the export twice", where=where)
            seen.add(rendering.id)
            check_segments(alignment.source_segments, self.letter.base.document.text, where)

    def only(self, rendering: RenderingExport) -> LetterExport:
        """The same letter with one rendering."""
        return LetterExport(self.letter, (rendering,), self.typologies)


@dataclass(frozen=True, slots=True)
class LinkFilter:
    """Which links are exported; options of formats of links derive from it.

    `min_confidence` is between 0 and 1; a link at it is kept.
    """

    only_confirmed: bool = False
    min_confidence: float = 0.0
    direct_only: bool = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.min_confidence <= 1.0:
            raise AlignmentError(f"min_confidence is {self.min_confidence}", hint="give a number between 0 and 1")

    def refused(self, link: Link) -> tuple[str, str] | None:
        """What of `link` leaves it out (`status`, `mode` or `confidence`) and its value; None when it is kept."""
        if self.only_confirmed and link.status is not Status.CONFIRMED:
            return "status", link.status.value
        if self.direct_only and link.mode is not Mode.DIRECT:
            return "mode", link.mode.value
        if link.confidence < self.min_confidence:
            return "confidence", number(link.confidence)
        return None

    def refusal(self, link: Link) -> str | None:
        """The same in a few English words."""
        found = self.refused(link)
        return " ".join(found) if found else None


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a format that has none."""


Holds = Literal["links", "pairs", "judgements"]
"""Links and absences; links alone, so that a sentence without a counterpart has no unit; or what reviewers said."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way out of the program.

    `per_letter` writes any number of renderings into one file; `per_rendering`, where the format has
    files of one rendering, takes an export that holds just one (`LetterExport.only`). `options` is
    the frozen dataclass that both take; `title` is a key of the message catalogues; `suffix` begins
    with a dot and is not that of another format's files. `chunks` writes piece by piece: it takes any
    number of letters one after the other and keeps none of them; joined, its pieces for one letter are
    what `per_letter` gives. `binary` says that the bytes are no text, `holds`
    what a file is of.
    """

    name: str
    suffix: str
    media_type: str
    title: str
    options: type[Any]
    per_letter: Callable[[LetterExport, Any], bytes]
    per_rendering: Callable[[LetterExport, Any], bytes] | None
    chunks: Callable[[Iterable[LetterExport], Any], Iterator[bytes]]
    binary: bool = False
    holds: Holds = "links"

    def configure(self, settings: Mapping[str, object]) -> Any:
        """The options with `settings`; raises UnknownNameError for a setting the format does not have."""
        known = [item.name for item in fields(self.options)]
        for name in settings:
            if name not in known:
                raise UnknownNameError("setting", name, known, where=f"format {self.name}")
        return self.options(**settings)


def streamed(
    name: str,
    suffix: str,
    media_type: str,
    options: type[Any],
    chunks: Callable[[Iterable[LetterExport], Any], Iterator[bytes]],
    *,
    binary: bool = False,
    holds: Holds = "links",
) -> Format:
    """A format that is written piece by piece, a letter and a rendering alike."""

    def whole(export: LetterExport, settings: Any) -> bytes:
        return b"".join(chunks((export,), settings))

    return Format(name, suffix, media_type, title(name), options, whole, whole, chunks, binary, holds)


def title(name: str) -> str:
    """The key of the title of the format called `name`."""
    return f"format.{name.replace('-', '_')}"


def number(value: float) -> str:
    """A confidence as every text format writes it, like the alignment file: 4 places at most.

    >>> number(0.98), number(2 / 3)
    ('0.98', '0.6667')
    """
    return repr(round(float(value), 4))
