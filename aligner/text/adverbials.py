"""English adverbials: adverbs, fixed phrases and phrases with a preposition, which translators drop most easily."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIXED = """
around the clock|day and night|at once|at last|at least|at most|at all|in full|in part|in person|in public|in private|in advance
in time|in the end|in particular|in general|in the meantime|in return|in vain|in turn|in silence|so far|for now|for good|for once
for the first time|for the time being|from now on|from time to time|once again|once more|over and over|again and again|more or less
sooner or later|on time|on purpose|on my own|on its own|by myself|by heart|by far|by then|by now|as soon as possible|as well|after all
of course|no doubt|without reservation|without delay|without question|no questions asked|among other things|most importantly|above all
first of all|to be honest|to be clear|in my view|in my opinion|as far as i know|to my surprise|with all my heart|on the spot|in a hurry
little by little|step by step|side by side|face to face|hand in hand|all at once|all day|all night|every day|every night|each day
this morning|this week|this year|last year|last week|last night|next year|next week|next month|tomorrow|today|yesterday|tonight|soon|later
again|ever|forever|twice|together|alone|perhaps|maybe|abroad|everywhere|anywhere|overnight|someday|one day|afterwards|meanwhile|indeed|instead
""".strip().replace("\n", "|")
NO_ADVERBS = frozenset(
    "only family early reply apply supply italy july lovely friendly likely daily weekly monthly ugly holy assembly really actually"
    " simply just ally rely fully anomaly butterfly jelly belly bully folly rally tally elderly costly orderly lonely".split()
)
_ADVERB = re.compile(rf"\b(?:{FIXED}|[a-z]{{4,}}ly)\b", re.IGNORECASE)
_PREPOSITION = (
    "in|on|at|with|without|by|before|after|from|during|since|until|under|across|through|beyond|within|outside|inside|against"
    "|behind|for|around|between|among|over|throughout"
)
_GOES_ON = (
    "and|but|or|that|which|who|because|if|when|while|as|so|than|to|is|was|are|were|will|would|has|have|had|"
    + _PREPOSITION
)
_PHRASE = re.compile(
    rf"\b(?:{_PREPOSITION})\s+(?:(?:a|an|the|my|our|your|his|her|their|its|this|that|these|those|all|every|each|no|any|some)\s+)?"
    rf"(?:[A-Za-z’'-]+\s+){{0,3}}?[A-Za-z’'-]+(?=[,.;:)!?—–]|$|\s+(?:{_GOES_ON})\b)"
)


@dataclass(frozen=True, slots=True)
class Adverbial:
    """An adverbial at `[start, end)`; `phrase` says that it is one with a preposition, found by its form alone."""

    start: int
    end: int
    phrase: bool


def adverbials(text: str) -> tuple[Adverbial, ...]:
    """The adverbials of an English text in order, without overlap; those with numbers or names are left out."""
    found = [
        Adverbial(m.start(), m.end(), False) for m in _ADVERB.finditer(text) if m[0].lower() not in NO_ADVERBS
    ]  # fmt: skip
    for match in _PHRASE.finditer(text):
        if re.search(r"\d|[A-Z]", match[0][1:]):
            continue
        if not any(a.start < match.end() and match.start() < a.end for a in found):
            found.append(Adverbial(match.start(), match.end(), True))
    return tuple(sorted(found, key=lambda a: a.start))
