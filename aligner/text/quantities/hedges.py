"""Words that leave a number open: about, at least; 约, 左右, 以上."""

from __future__ import annotations

import re

_HEDGE = re.compile(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|at least|at most|up to|no more than|no fewer than|"
    r"no less than|more than|over|fewer than|less than|barely|well over|just over|just under)\s+(?:a |an |the )?$"
    r"|~\s*$",
    re.IGNORECASE,
)
_REACH = 24
_LOOSE = re.compile(
    "约|大概|大致|勉强|仅|只有|才|刚|最高|最低|最长|最短|最大|最小|最迟|最晚|上限|下限|封顶|为限|左右|上下|近|将近|接近|几乎|差不多|来|多|余|以上|以下|以内|之内|不到|不足|"
    "至少|最少|起码|少说|至多|最多|顶多|不超过|不低于|不少于|不止|超|逾|或许|估|许|好几|数|几"
)
_BEFORE, _AFTER = 12, 4


def hedge_before(text: str, start: int) -> re.Match[str] | None:
    """The English hedge that ends right before the number at `start`."""
    return _HEDGE.search(text, max(0, start - _REACH), start)


def is_left_open(text: str, start: int, end: int) -> bool:
    """Whether a word near the number at `[start, end)` of a Chinese text (Simplified) leaves it open."""
    return bool(_LOOSE.search(text[max(0, start - _BEFORE) : end + _AFTER]))
