"""Whether a Chinese word sounds like a Latin name: `马克` and Mark, `巴雷特` and Barret."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Sounds that transliteration does not keep apart, as one sign each. Longest spelling first.
MERGED = [
    ("x", "ks"), ("tch", "q"), ("sch", "x"), ("ch", "q"), ("sh", "x"), ("zh", "q"), ("th", "s"), ("ph", "f"),
    ("ck", "k"), ("qu", "k"), ("gh", "g"), ("ts", "c"), ("tz", "c"), ("cz", "q"), ("sz", "x"),
]  # fmt: skip
CLASSES = str.maketrans(
    {"b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "c": "k", "v": "f", "f": "f", "w": "f",
     "z": "s", "s": "s", "j": "q", "q": "q", "x": "q", "r": "l", "l": "l", "m": "n", "n": "n", "h": "h"}
)  # fmt: skip
READ_IN_NAMES = {"加": "ga", "伽": "ga", "基": "ki"}
"""Characters that are read otherwise in names than elsewhere."""
VOWELS = re.compile(r"[aeiouyü]+")


def latin_skeleton(name: str) -> str:
    """The consonants of a Latin name as classes of sounds: `Barret` -> `plt`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z]", "", plain)
    if plain.startswith(("j", "g")) and plain[1:2] in "aeiouy" and plain.startswith("j"):
        plain = "q" + plain[1:]
    for spelling, sign in MERGED:
        plain = plain.replace(spelling, sign)
    plain = re.sub(r"c(?=[eiy])", "s", plain)
    return VOWELS.sub("", re.sub(r"(.)\1", r"\1", plain)).translate(CLASSES)


@lru_cache(maxsize=4096)
def chinese_skeleton(word: str) -> str:
    """The initials and finals of a Chinese word as the same classes: `巴雷特` -> `plt`."""
    from pypinyin import lazy_pinyin  # a second of tables, for Chinese words only

    out = []
    syllables = [READ_IN_NAMES[word]] if word in READ_IN_NAMES else lazy_pinyin(word, errors="ignore")
    for syllable in syllables:
        final_n = syllable.endswith(("n", "ng"))
        initial = re.match(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcsw]?", syllable)
        head = initial[0] if initial else ""
        head = {"zh": "q", "ch": "q", "sh": "x", "z": "s", "c": "s"}.get(head, head)
        out.append(head.translate(CLASSES) + ("n" if final_n else ""))
    return "".join(out)


def skeleton_by_character(word: str) -> str:
    """`chinese_skeleton` of each character by itself: for many stretches of one text, much faster.

    A character that is read in two ways gets its usual reading.
    """
    return "".join(map(chinese_skeleton, word))


@lru_cache(maxsize=65536)
def sound_keys(word: str) -> frozenset[str]:
    """Two words with a key in common can be one name; a Latin or a Chinese word of two or more characters.

    By consonants alone, so short skeletons are believed only when they agree wholly; `l`, `r`, `n`, `h`
    behind the first consonant may be lost or added, as in `马克` and Mark.
    """
    return keys_of(latin_skeleton(word) if word.isascii() else chinese_skeleton(word))


def keys_of(skeleton: str) -> frozenset[str]:
    """The keys of a skeleton; see `sound_keys`."""
    if len(skeleton) < 2:
        return frozenset()
    firm = skeleton[0] + re.sub("[lnh]", "", skeleton[1:])
    return frozenset({"=" + skeleton, firm} if len(firm) >= 2 else {"=" + skeleton})


def sounds_alike(name: str, word: str) -> bool:
    """Whether `word` (Chinese, two or more characters) can be a transliteration of `name`."""
    return bool(sound_keys(name) & sound_keys(word))
