"""Lines of a printed paragraph to one line: with a space or without, hyphens mended."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from aligner.errors import MissingExtraError
from aligner.text.vocabulary import english_pieces

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3000-\u303f\uff00-\uffef"
_SPACED = re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")
_CLOSE = re.compile(f"(?<=[{_HAN}])(?=[{_HAN}])")
_MIXED_SPACED = re.compile(f"[{_HAN}] [A-Za-z0-9]|[A-Za-z0-9] [{_HAN}]")
_MIXED_CLOSE = re.compile("[\u3400-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u3400-\u9fff]")
_IS_HAN = re.compile(f"[{_HAN}]")
_LEFT = re.compile(r"([A-Za-z]{2,}(?:-[A-Za-z]+)*)[-\u2010\u00ad]$")
_RIGHT = re.compile(r"[a-z]{2,}")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_ENDING = re.compile(r"(?:ing|ied|ed|ies|es|s|ly|ier|er|est|ness)$")

Known = Callable[[str], bool]
"""Whether a word in small letters is one."""

_PRESENTED = {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xFB00, 0xFB07))
}
"""Ligatures and radicals -> the letters and ideographs that they stand for, by Unicode's own tables."""

# Unicode has no such table for these; each looks the same as its ideograph.
_PRESENTED |= dict(
    zip(
        "⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺠⻄⻘⻑⻁⺟⻣",
        "见角贝车长门韦页风飞食马鬼鱼鸟卤麦黄齐齿龙龟民西青長虎母骨",
        strict=True,
    )
)
_TABLE = str.maketrans(_PRESENTED)


def unpresented(text: str) -> str:
    """`text` with ligatures (U+FB01) and radicals (U+2F00) as the letters and ideographs that they stand for.

    Fonts lead PDFs to them where the page has `fi` and 一. Every other character is left as it is:
    no general normalisation, which would change quotation marks and full-width letters.
    """
    return text.translate(_TABLE)


def unspaced(line: str) -> str:
    """A line of Chinese without the gaps that justification made: where most neighbours are set apart."""
    spaced, close = len(_SPACED.findall(line)), len(_CLOSE.findall(line))
    return _SPACED.sub("", line) if spaced > 1 and spaced > close else line


@dataclass
class Joiner:
    """Joins the lines of one document; the document itself is the first evidence of how its words are written."""

    lines: list[str] = field(repr=False)
    known: Known | None = None

    def join(self, left: str, right: str) -> str:
        """`left` as it stands before `right` in one line: without its hyphen, or with a space at its end."""
        if not left or not right:
            return left
        if left[-1] in "-\u2010\u00ad":
            return self._mended(left, right)
        if left[-1] == "—" or right[0] == "—":
            return left
        han = bool(_IS_HAN.match(left[-1])), bool(_IS_HAN.match(right[0]))
        if all(han) or (any(han) and not self._spaces_latin):
            return left
        if (han[0] and right[0] in "“‘…") or (han[1] and left[-1] in "”’…"):
            return left
        return f"{left} "

    def _mended(self, left: str, right: str) -> str:
        before, after = _LEFT.search(left), _RIGHT.match(right)
        if before is None or after is None:
            # A dash set as hyphen between spaces, a range of numbers, a capital: nothing was divided.
            return left if left[-2:-1].strip() or not right[0].isalpha() else f"{left} "
        first, second = before.group(1), after.group()
        whole, divided = f"{first}{second}".lower(), f"{first}-{second}".lower()
        if left[-1] == "\u00ad" or self._keeps(whole, divided, first, second) is False:
            return left[:-1]
        return f"{left[:-1]}-"

    def _keeps(self, whole: str, divided: str, first: str, second: str) -> bool:
        """Whether the hyphen belongs to the word: as the document writes it elsewhere, else as the word list has it."""
        if self._words[whole] or self._words[divided]:
            return self._words[divided] > self._words[whole]
        if "-" in first:
            return True
        if self._is_word(whole):
            return False
        return self._is_word(first.lower()) and self._is_word(second)

    def _is_word(self, word: str) -> bool:
        known = self.known or _vocabulary()
        ending = _ENDING.search(word)
        stems = [word[: ending.start()] + end for end in ("", "e", "y")] if ending and ending.start() > 2 else []
        return known(word) or any(map(known, stems))

    @cached_property
    def _words(self) -> Counter[str]:
        # The last word of a line may be half of one, and so may the first.
        return Counter(word.lower() for line in self.lines for word in _WORD.findall(line)[1:-1])

    @cached_property
    def _spaces_latin(self) -> bool:
        text = "\n".join(self.lines)
        return len(_MIXED_SPACED.findall(text)) > len(_MIXED_CLOSE.findall(text))


_held: list[frozenset[str]] = []


def _vocabulary() -> Known:
    if not _held:
        try:
            _held.append(frozenset(english_pieces()))
        except MissingExtraError:
            _held.append(frozenset())
    return _held[0].__contains__
