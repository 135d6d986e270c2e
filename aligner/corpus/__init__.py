"""What there is to read: the manifest, and the corpus that it describes."""

from aligner.corpus.folder import COMPARISON, Corpus
from aligner.corpus.manifest import (
    MANIFEST,
    DocumentEntry,
    LetterEntry,
    Manifest,
    RenderingEntry,
    WitnessEntry,
    parse,
)

__all__ = [
    "COMPARISON",
    "MANIFEST",
    "Corpus",
    "DocumentEntry",
    "LetterEntry",
    "Manifest",
    "RenderingEntry",
    "WitnessEntry",
    "parse",
]
