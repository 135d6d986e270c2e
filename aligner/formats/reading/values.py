"""What a file of an alignment says, before it is laid over documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aligner.errors import AlignerError


class ReadingError(AlignerError):
    """A file that is not what it was announced as; `where` is `file:line` where there are lines."""


@dataclass(frozen=True, slots=True)
class ImportedPair:
    """Two texts that render each other; `props` is what else the file says of them.

    `id` is `<rendering>.<link>` where this program wrote the file, else the file's own name for it.
    """

    source: str
    target: str
    source_lang: str = ""
    target_lang: str = ""
    note: str = ""
    props: Mapping[str, str] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """The pairs of a file of the format `kind`; `remarks` say, in English, what was passed over and why."""

    kind: str
    pairs: tuple[ImportedPair, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedBead:
    """0-based numbers of sentences that render each other; one side of a null bead is empty."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ImportedTexts:
    """Two texts sentence by sentence, and the beads between them; `name` is the rendering's, where the file says it."""

    kind: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: tuple[ImportedBead, ...]
    source_lang: str = ""
    target_lang: str = ""
    remarks: tuple[str, ...] = ()
    name: str = ""
