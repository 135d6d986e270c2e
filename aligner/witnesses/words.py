"""The words of a witness: as written, beside the form that is compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from aligner.model import Witness

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’‘ʼ][^\W_]+)*|\.{3}|[-‐-―−]{2,3}|\S")
_QUOTES = str.maketrans({**dict.fromkeys("‘’‛ʼ`´", "'"), **dict.fromkeys("“”„‟«»", '"')})
_DASHES = re.compile(r"[-‐-―−]+")
_SENTENCE_END = frozenset(".!?:…")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or punctuation mark at `[start, end)` of its document; `key` is what comparisons see."""

    start: int
    end: int
    text: str
    key: str

    @property
    def spoken(self) -> bool:
        """Whether it has letters or digits, so that losing it loses content."""
        return self.key[0].isalnum()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def words(witness: Witness) -> tuple[Word, ...]:
    """The words and punctuation marks of a witness; hyphens separate words.

    >>> [word.key for word in words(witness)]  # of: I’m  “cutting-\\nedge”…
    ["i'm", '"', 'cutting', '-', 'edge', '"', '...']
    """
    matches = _TOKEN.finditer(witness.document.text, witness.start, witness.end)
    return tuple(Word(match.start(), match.end(), match.group(), compared(match.group())) for match in matches)


def compared(text: str) -> str:
    """The form that is compared: no capitals, ligatures undone, one kind of quotation mark and dash.

    >>> compared("Oﬃce’s"), compared("–"), compared("…")
    ("office's", '-', '...')
    """
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold())


def opens_sentence(sequence: tuple[Word, ...], index: int) -> bool:
    """Whether the word begins a sentence, as far as marks tell: only then does its capital say nothing."""
    before = index - 1
    while before >= 0 and not sequence[before].spoken and sequence[before].text not in _SENTENCE_END:
        if sequence[before].text not in "\"'“”‘’()[]":
            return False
        before -= 1
    return before < 0 or sequence[before].text in _SENTENCE_END
