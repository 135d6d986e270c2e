"""The way back: alignments and annotations that other programs, or this one, wrote.

`PAIRS` are files of pairs of texts, `read_intertext_zip` and `read_beads` of beads between two texts,
`ANNOTATIONS` what reviewers said, laid over the export that they had before them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from aligner.errors import UnknownNameError
from aligner.formats.base import LetterExport
from aligner.formats.reading.alignments import Made, as_alignment, pairs_as_texts
from aligner.formats.reading.edited import Change, Returned, edited
from aligner.formats.reading.judged import Annotations
from aligner.formats.reading.label_studio import read_label_studio
from aligner.formats.reading.mqm import read_google, read_metrics, read_own
from aligner.formats.reading.pearmut import read_pearmut
from aligner.formats.reading.tables import read_csv, read_tsv, read_xlsx
from aligner.formats.reading.texts import read_beads, read_beads_zip, read_intertext, read_intertext_zip
from aligner.formats.reading.tmx import read_tmx
from aligner.formats.reading.values import Imported, ImportedBead, ImportedPair, ImportedTexts, ReadingError
from aligner.formats.reading.xliff import read_xliff

__all__ = [
    "ANNOTATIONS",
    "PAIRS",
    "Annotations",
    "Change",
    "Imported",
    "ImportedBead",
    "ImportedPair",
    "ImportedTexts",
    "Made",
    "ReadingError",
    "Returned",
    "as_alignment",
    "edited",
    "kind_of",
    "pairs_as_texts",
    "read_annotations",
    "read_beads",
    "read_beads_zip",
    "read_intertext",
    "read_intertext_zip",
    "read_pairs",
]

PAIRS: dict[str, Callable[[bytes, str, tuple[str, str] | None], Imported]] = {
    "tmx": read_tmx,
    "xliff": read_xliff,
    "csv": read_csv,
    "tsv": read_tsv,
    "xlsx": read_xlsx,
}
"""Files of pairs by the name of their format."""

ANNOTATIONS: dict[str, Callable[[bytes, LetterExport, str], Annotations]] = {
    "annotations": read_own,
    "mqm": read_google,
    "mqm-jsonl": read_metrics,
    "pearmut": read_pearmut,
    "label-studio": read_label_studio,
}
"""Files of annotations by the name of their format."""

_SUFFIXES = {
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".csv": "csv",
    ".tsv": "tsv",
    ".txt": "tsv",
    ".xlsx": "xlsx",
}


def kind_of(name: str) -> str:
    """The format of a file of pairs by its name; raises UnknownNameError with the known suffixes."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _SUFFIXES:
        raise UnknownNameError("kind of file", suffix or name, _SUFFIXES, where=name)
    return _SUFFIXES[suffix]


def read_pairs(kind: str, data: bytes, where: str = "import", languages: tuple[str, str] | None = None) -> Imported:
    """The pairs of a file of the format `kind`; raises UnknownNameError, and ReadingError with the line."""
    if kind not in PAIRS:
        raise UnknownNameError("format of pairs", kind, PAIRS)
    return PAIRS[kind](data, where, languages)


def read_annotations(kind: str, data: bytes, export: LetterExport, where: str = "import") -> Annotations:
    """The annotations of a file of the format `kind`, laid over `export`.

    Raises UnknownNameError, and ReadingError with the line.
    """
    if kind not in ANNOTATIONS:
        raise UnknownNameError("format of annotations", kind, ANNOTATIONS)
    return ANNOTATIONS[kind](data, export, where)
