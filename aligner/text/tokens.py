"""Words with their offsets: jieba for Chinese, a pattern for everything written with spaces."""

from __future__ import annotations

import functools
import logging
import math
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.home import cache_dir
from aligner.text.normalise import to_simplified
from aligner.text.scripts import HAN, is_chinese

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|%|[^\W\d_]{1,2}\b)?"  # 6.5, 1,240, 10:30, 26th, 38%
    r"|[^\W_]+(?:[’'\-&.][^\W_]+)*"  # we’ve, well-being, R&D, gpt-4.5
)

_HAN_RUN = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number; `text` is exactly what stands at `[start, end)`."""

    start: int
    end: int
    text: str


def words(text: str, language: str, *, cache: Path | None = None) -> tuple[Token, ...]:
    """The words and numbers of `text` in order, without punctuation; offsets into `text`.

    Traditional text is cut by the words of its Simplified copy, which jieba knows better. `cache` is
    where jieba keeps its compiled dictionary (4 MB); None means `aligner.home.cache_dir()`. A folder
    that cannot be written costs a second at the next start, nothing else.
    """
    if not is_chinese(language):
        return tuple(Token(match.start(), match.end(), match.group()) for match in _WORD.finditer(text))
    simplified = to_simplified(text)
    if len(simplified) != len(text):
        simplified = text
    tokenizer = _jieba(cache if cache is not None else cache_dir())
    found: list[Token] = []
    last = 0
    for run in [*_HAN_RUN.finditer(text), None]:
        begin, end = (run.start(), run.end()) if run else (len(text), len(text))
        found.extend(Token(m.start(), m.end(), m.group()) for m in _WORD.finditer(text, last, begin))
        for _, first, stop in tokenizer.tokenize(simplified[begin:end]) if run else ():
            found.append(Token(begin + first, begin + stop, text[begin + first : begin + stop]))
        last = end
    return tuple(found)


def chinese_rarity(word: str, *, cache: Path | None = None) -> float:
    """How rare a Chinese word (in Simplified characters) is: the negative logarithm of its share of a large corpus.

    About 3 for 的, 16 for a word that the dictionary does not know.
    """
    tokenizer = _jieba(cache if cache is not None else cache_dir())
    return math.log(tokenizer.total / max(1, tokenizer.FREQ.get(word) or 1))


@functools.cache
def _jieba(folder: Path) -> Any:
    # A loaded dictionary, not a cache of results: reading it takes the better part of a second.
    with warnings.catch_warnings():
        # Its sources have invalid escapes and import pkg_resources; neither is the reader's concern.
        warnings.simplefilter("ignore")
        import jieba

    logger = logging.getLogger("jieba")
    logger.handlers.clear()
    logger.setLevel(logging.CRITICAL + 1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        logger.debug("no folder for the dictionary cache: %s", folder)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    return tokenizer
