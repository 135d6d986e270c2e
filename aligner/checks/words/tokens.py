"""The words of a passage with the weight that each carries."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from aligner.checks.passages import Passage
from aligner.checks.words.english import stem
from aligner.text.quantities import Quantity, quantities
from aligner.text.tokens import chinese_rarity, words

ENTRIES = 122_000
"""Entries of the dictionary that English frequencies were counted in."""
FULL_ENGLISH, FULL_CHINESE = 8.0, 10.0
"""Inverse document frequencies of a word of weight 1."""
LIGHT = 0.1
"""Share of its weight that a function word keeps."""

ENGLISH_FUNCTION = frozenset(
    """
    a an the and or but if so as at by for from in into of off on onto out over to up with about upon within per
    after all also am any are aren be been before being both can could did do does doing down each few
    had has have having he her here hers him his how i i'm i've i'll i'd it it's its just may me
    might more most must my no nor not now of only other our ours own same shall she should some such
    than that that's the their theirs them then there there's these they they're this those through too
    under until very was we we're we've we'd we'll were what when where which while who whom whose why
    will would won't don't didn't doesn't isn't wasn't weren't can't cannot couldn't wouldn't shouldn't haven't hasn't
    hadn't you you're you've you'll you'd your yours us yet still even ever let let's much many one ones else
    myself yourself himself herself itself ourselves themselves yourselves i’m because although though
    since unless whether while during between among against without across around back get got going go make made
    """.split()
)
CHINESE_FUNCTION = frozenset(
    """
    的 了 在 是 和 与 及 也 都 就 而 但 并 对 为 以 将 把 被 从 到 向 于 由 等 着 过 地 得 之 其 这
    那 该 此 有 没有 我 你 您 他 她 它 我们 你们 他们 她们 它们 大家 一个 一种 这个 那个 这些 那些 自己
    不 没 还 又 很 更 最 会 能 可以 可能 要 让 使 给 跟 同 或 或者 因为 所以 如果 虽然 但是 然而
    不过 而且 以及 上 下 中 里 时 后 前 来 去 说 称 表示 一 人 个 们 所 则 却 才 只 便 且 若 虽 即 至
    吧 呢 吗 啊 呀 嘛 么 了解 做 用 这样 那样 这么 那么 什么 怎么 如何 并且 从而 以便 为了 对于 关于 由于 通过
    进行 其中 之中 之后 之前 之间 期间 时候 已 已经 正在 正 曾 曾经 将会 能够 需要 想 觉得 认为 起来 出来 下去
    一样 一起 一些 一下 位 次 件 条 种 项 名 家 些 点 年 月 日 号 天 各 每 某 任何 所有 整个 全部 便是 就是 都是 也是
    还是 而是 不是 还有 只有 只是 而言 来说 以来 以后 以前 方面 当中 当时 此时 此外 同时 与此同时 因此 于是 那 哪 哪里
    """.split()
)
_LATIN = re.compile(r"[A-Za-z]")
_CAPITAL = re.compile(r"[A-Z][\w.’'&-]*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `[start, end)` of its passage.

    `text` is in Simplified characters; `weight` is 0 to about 1.3, by how rare the word is; `light` says
    that it is a function word; `name` that it looks like a name (Latin with a capital, not only because
    it begins the sentence); `quantity` is the quantity it belongs to.
    """

    start: int
    end: int
    text: str
    weight: float
    light: bool
    name: bool = False
    quantity: Quantity | None = None

    @property
    def latin(self) -> bool:
        """Whether it is written in Latin letters."""
        return bool(_LATIN.match(self.text))


def tokens(passage: Passage) -> tuple[Token, ...]:
    """The words and numbers of a passage in order."""
    text = passage.simplified
    amounts = quantities(text, passage.language)
    found = []
    for word in words(text, passage.language):
        if not any(c.isalnum() for c in word.text):
            continue
        amount = next((q for q in amounts if q.start < word.end and word.start < q.end), None)
        light = is_light(word.text, chinese=passage.chinese)
        weight = weight_of(word.text, chinese=passage.chinese) * (LIGHT if light else 1.0)
        name = bool(_CAPITAL.fullmatch(word.text)) and not _begins(text, word.start) and not light
        found.append(Token(word.start, word.end, word.text, weight, light, name, amount))
    return tuple(found)


def is_light(word: str, *, chinese: bool) -> bool:
    """Whether a word is a function word."""
    return word in CHINESE_FUNCTION if chinese else word.lower().replace("’", "'") in ENGLISH_FUNCTION


def weight_of(word: str, *, chinese: bool) -> float:
    """Inverse frequency of a word, 1 for a rare one: how much content it carries."""
    if chinese and not _LATIN.match(word):
        return min(1.3, chinese_rarity(word) / FULL_CHINESE)
    count = max((_counts().get(stem(part), 1) for part in re.split(r"[-–]", word) if part), default=1)
    return min(1.3, math.log(ENTRIES / (1 + count)) / FULL_ENGLISH)


def is_english(word: str) -> bool:
    """Whether the dictionary's explanations use an English word: it is no foreign word and no name."""
    return stem(word) in _counts()


@cache
def _counts() -> dict[str, int]:
    text = (resources.files("aligner.checks.words") / "english_counts.json").read_text(encoding="utf-8")
    held: dict[str, int] = json.loads(text)
    return held


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'“‘(*_\n")
    return not before or before[-1] in ".!?:;–—"
