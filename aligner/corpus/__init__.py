"""What there is to read: the manifest, and the corpus that it describes."""

from aligner.corpus.folder import AUTOMATIC, COMPARISON, GLOSSARY, Corpus
from aligner.corpus.manifest import (
    ID,
    MANIFEST,
    DocumentEntry,
    LetterEntry,
    Manifest,
    RenderingEntry,
    WitnessEntry,
    parse,
)

__all__ = [
    "AUTOMATIC",
    "COMPARISON",
    "GLOSSARY",
    "ID",
    "MANIFEST",
    "Corpus",
    "DocumentEntry",
    "LetterEntry",
    "Manifest",
    "RenderingEntry",
    "WitnessEntry",
    "parse",
]
