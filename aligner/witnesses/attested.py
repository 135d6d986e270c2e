"""What the documents themselves show of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_LATIN = re.compile(r"[A-Za-z0-9]+")
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
"""A part of a word with capitals inside: `Deep` and `AI` of `DeepAI`."""


@dataclass(frozen=True)
class Attested:
    """What the documents of a letter show: how often each Latin word and part of one (`Deep`, `AI`) stands there."""

    counts: Counter[str]
    parts: Counter[str]
    people: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Attested:
        """What `texts` show; `people` are words like `Al` that stand before a capitalised word (`Al Gore`)."""
        counts: Counter[str] = Counter()
        people: set[str] = set()
        for text in texts:
            counts.update(_LATIN.findall(text))
            people.update(re.findall(r"\b([A-Z][a-z]{1,2}) (?=[A-Z][a-z]+\b)", text))
        parts: Counter[str] = Counter()
        for word, count in counts.items():
            for part in PART.findall(word):
                parts[part] += count
        return cls(counts, parts, frozenset(people))
