"""Which words there are: what tells a damaged word from a rare one.

No English word list comes with the libraries, and none is downloaded. What is here already is the
vocabulary of the default encoder, a unigram model of 128,000 pieces over 16 languages: the pieces
that begin a word and consist of Latin letters, 45,000 of them, are words or beginnings of words,
each with its log probability. It knows about five of six words of English prose, and knows German
`stil` and Spanish `al` as well. So it is good evidence for a word, never evidence against one:
the rules ask it whether a repaired form is a word, and a word it does not know stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from aligner.text.vocabulary import english_pieces

_SUFFIX = re.compile(r"(?<=n)'t$|'(?:s|re|ve|ll|d|m)$", re.IGNORECASE)
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ied|ed|ies|es|s|ly|ier|er|est|ness)$")

RARE = -11.5
"""Log probability below which a piece can be a foreign word or a beginning: `stil` has -13, `field` -10.5."""

MARGIN = 3.5
"""By how much a word must be likelier than a rare form for the form to be its damage: e^3.5 is 33 times."""


@dataclass(frozen=True)
class Lexicon:
    """Known words with their log probabilities; capitals as in running text (`office`, `AI`, `Friday`)."""

    scores: Mapping[str, float] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls) -> Lexicon:
        """The one that is described above. Raises MissingExtraError when the encoder's package changed."""
        return cls(english_pieces())

    def score(self, word: str) -> float | None:
        """The log probability of `word`, or of its small-letter form; None when unknown.

        Contractions and possessives (`I'll`, `didn't`, `Anna's`) count as their stems.
        """
        stem = _SUFFIX.sub("", word.replace("’", "'"))
        found = [self.scores[form] for form in (stem, stem.lower()) if form in self.scores]
        return max(found) if found else None

    def knows(self, word: str) -> bool:
        """Whether it is a word, or the beginning of one."""
        return self.score(word) is not None

    def could_have(self, word: str) -> bool:
        """Whether it is a word or looks like an inflected form of one (`uttered`, `butterflies`)."""
        form = _SUFFIX.sub("", word.replace("’", "'")).lower()
        ending = _ENDING.search(form)
        stems = [form[: ending.start()] + vowel for vowel in ("", "e", "y")] if ending else []
        return self.knows(form) or any(stem in self.scores for stem in stems)

    def damaged(self, form: str, word: str) -> bool:
        """Whether `word` is a word and `form` hardly one: unknown, or rare and far less likely."""
        right, wrong = self.score(word), self.score(form)
        if right is None:
            return False
        return wrong is None or (wrong < RARE and right - wrong >= MARGIN)
