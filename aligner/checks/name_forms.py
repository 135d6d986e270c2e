"""The forms that names take in Chinese: Latin kept, or written by sound."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aligner.checks.context import Rendering, Unit
from aligner.checks.words.tokens import Token, is_english
from aligner.text.names import latin_skeleton, skeleton_by_character

SOUNDS = frozenset(
    "阿埃艾爱安奥巴白拜班邦贝本比彼宾波伯勃博布查达大戴丹当道德登邓迪蒂丁东杜多顿恩尔法凡范菲费芬弗福夫佛盖冈高戈格哥葛古瓜圭哈海汉豪赫黑亨洪"
    "胡华怀惠霍基吉季加贾简杰金京卡凯坎康考科克肯孔库夸奎拉莱兰朗劳勒雷蕾里丽利莉林琳龙隆卢鲁路伦罗洛吕马玛迈麦曼芒毛梅蒙米密明莫默姆穆纳娜奈南内"
    "尼妮宁纽农努诺欧帕潘庞佩彭皮匹平珀普齐奇契钱强乔切琼丘让热仁日荣瑞若萨塞赛桑瑟森沙莎山尚绍舍申生圣施诗石史士寿舒斯思丝松苏索塔泰坦汤唐陶特滕"
    "提廷通图托瓦万旺威韦维魏温文翁沃乌武伍西希锡夏香肖谢辛欣休许雪逊雅亚延扬杨耶叶伊易因英尤于约泽扎詹张哲珍朱卓兹佐赖厄茨菲维贡伽列捷鲍缪芭芙黛"
    "妲嘉珊蓓薇茜婭婷娅妍瓊珂米嫣邁厄奇沙克夸茲"
)
"""Characters (Simplified) that names are written with by their sound."""
_RUN = re.compile(f"[{''.join(sorted(SOUNDS))}]+(?:[·・．•‧\\-－—–]?[{''.join(sorted(SOUNDS))}]+)*")
PART_BY_SOUND = re.compile(f"[{''.join(sorted(SOUNDS))}]+")
ALIKE = 0.7
"""Likeness of two skeletons from which a Chinese word may be the name."""
NO_NAMES = frozenset(
    "i i'm i've i'll i'd mr mrs ms dr sir monday tuesday wednesday thursday friday saturday sunday january"
    " february march april may june july august september october november december"
    " ps ceo cto cfo coo svp vp agi ai api utc gmt usa us uk eu hi hello dear".split()
)


@dataclass(frozen=True, slots=True)
class Form:
    """One occurrence of a name: where it stands on both sides of a unit, and in which form."""

    name: str
    unit: Unit
    source: tuple[int, int]
    target: tuple[int, int]
    text: str
    latin: bool
    glossed: bool


def names_of(tokens: Sequence[Token], known: Collection[str] = ()) -> list[tuple[int, str]]:
    """The words of an English passage that look like names of persons or places, with where they begin.

    Parts of a double name (Okafor-Bright) are names of their own. A capital at the beginning of a
    sentence proves nothing unless the name is `known`, or another name follows and no dictionary has the word.
    """
    found = []
    for number, token in enumerate(tokens):
        if not token.text.isascii() or token.text.isupper() or token.quantity is not None:
            continue
        for part in re.finditer(r"[A-Z][A-Za-z'’.]+", token.text):
            name = bare(part[0])
            first = not token.name and name not in known
            if first and (is_english(name) or not _goes_on(tokens, number)):
                continue
            if len(name) >= 3 and name.lower() not in NO_NAMES:
                found.append((token.start + part.start(), name))
    return found


def _goes_on(tokens: Sequence[Token], number: int) -> bool:
    """Whether another name follows a word directly: Tobias Wennerlund."""
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    return after is not None and after.name and after.start - tokens[number].end == 1


def in_brackets(text: str, start: int) -> bool:
    """Whether a place stands in brackets, as the gloss of what is before them does: 乔什 (Josh)."""
    before = text[:start]
    return max(before.rfind("("), before.rfind("（")) > max(before.rfind(")"), before.rfind("）"))


def bare(word: str) -> str:
    """A name without the ending of the genitive."""
    return word.removesuffix("'s").removesuffix("’s").removesuffix("s'")


def forms(rendering: Rendering, words: Sequence[Sequence[Token]]) -> Iterator[Form]:
    """Every occurrence of a name of the letter whose form in the rendering is found.

    `words` are the source words of the rendering's units.
    """
    known = {name for tokens in words for _, name in names_of(tokens)}
    for unit, tokens in zip(rendering.units, words, strict=True):
        if unit.source.chinese or not unit.target.chinese:
            continue
        for start, name in names_of(tokens, known):
            found = _form(unit, start, name)
            if found:
                yield found


def _form(unit: Unit, start: int, name: str) -> Form | None:
    text, place = unit.target.simplified, (start, start + len(name))
    coined = not name[1:].islower()  # YouTube, eBay: such names keep their letters
    latin = re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", text, re.IGNORECASE)
    written = None if coined else by_sound(name, text)
    if written:
        return Form(name, unit, place, written, text[slice(*written)], False, latin is not None)
    if latin:
        return Form(name, unit, place, latin.span(), latin[0], True, False)
    return None


def by_sound(name: str, text: str) -> tuple[int, int] | None:
    """Where a Chinese text (Simplified) writes a name by its sound, None where it does not."""
    wanted = skeleton(name)
    if len(wanted) < 2:
        return None
    if name[0] in "JY" and (soft := _written(wanted[1:], text, whole=True)):
        return soft  # Jonas as 约纳斯: the first sound is a vowel in Chinese
    found = _written(wanted, text)
    if found is None and (name[0] == "S" or (name[0] in "GHCZ" and name[1:2] in set("eiyu"))):
        return _written("q" + wanted[1:], text)  # Simon as 西蒙, Gibson as 吉布森, Hillary as 希拉里
    return found


def _written(wanted: str, text: str, *, whole: bool = False) -> tuple[int, int] | None:
    """Where characters that write sounds come nearest to a skeleton; with `whole` only a run that is the name."""
    if len(wanted) < 2:
        return None
    best: tuple[float, int, tuple[int, int]] | None = None
    for run in _RUN.finditer(text):
        for part in PART_BY_SOUND.finditer(run[0]):
            start = run.start() + part.start()
            for first, last in _windows(part[0], len(wanted)):
                if whole and not (
                    part[0][first] in "雅亚耶约尤" and skeleton_by_character(part[0][first:last]) == wanted
                ):
                    continue
                value = likeness(wanted, part[0][first:last])
                if len(wanted) == 2 and value < 1.0:
                    continue  # two consonants prove nothing unless they are the same
                edge = (first == 0) + (last == len(part[0]))
                if value >= ALIKE and (best is None or (value + 0.05 * edge, last - first) > best[:2]):
                    best = (value + 0.05 * edge, last - first, (start + first, start + last))
    return best[2] if best else None


def _windows(part: str, size: int) -> Iterator[tuple[int, int]]:
    for first in range(len(part)):
        for last in range(first + 2, min(len(part), first + size + 3) + 1):
            yield first, last


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The consonants of a Latin name as classes of sounds, silent letters left out."""
    plain = re.sub(r"^wr", "r", re.sub(r"^kn", "n", name.lower()))
    plain = re.sub(r"gh(?=t|$)", "", plain)
    plain = re.sub(r"(?<=[aeo])w(?![aeiouy])", "", plain)  # Tallow, Brown: part of the vowel
    return latin_skeleton(plain)


@lru_cache(maxsize=65536)
def likeness(wanted: str, written: str) -> float:
    """How alike a skeleton and a Chinese word sound, 0 to 1; both must begin alike."""
    sound = skeleton_by_character(written)
    if not sound or sound[0] != wanted[0]:
        return 0.0
    firm = [re.sub("[lnh]", "", s[1:]) for s in (wanted, sound)]
    if firm[0] and not firm[1]:
        return 0.0
    return 2 * _common(wanted, sound) / (len(wanted) + len(sound))


def _common(one: str, other: str) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for a in one:
        before = 0
        for k, b in enumerate(other, 1):
            before, row[k] = row[k], before + 1 if a == b else max(row[k], row[k - 1])
    return row[-1]
