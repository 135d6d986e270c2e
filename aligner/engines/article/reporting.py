"""Reporting words around what is reported: `他承认`, `据报道，`, `主席 说：`.

A list of verbs and the shape of the words before them; nothing about any letter. Traditional text is
compared by its Simplified copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from aligner.text.normalise import to_simplified
from aligner.text.tokens import words

# Verbs that can close a clause of reporting words.
VERBS = """
    表示 称 说 指出 强调 承认 透露 宣布 写道 认为 提到 坦言 补充 解释 告诉 声称 宣称 回应 呼吁 坚称 介绍 谈到 回忆
    重申 直言 感叹 提醒 警告 证实 披露 预计 承诺 保证 希望 明言 自述 提出 说明 讲道 问道 答道 暗示 声明 坦承 总结
    归纳 形容 描述 比喻 引用 表明 感谢 报道 接着说 写下 说道 表达
    """.split()
# Verbs that a Chinese journalist puts straight before reported content, with no comma.
STRAIGHT = """
    表示 称 说 指出 强调 承认 透露 宣布 写道 认为 提到 坦言 补充说 解释说 声称 宣称 坚称 重申 直言 提醒 警告 承诺
    保证 暗示 坦承 表明 表示说 表示称 接着说 说道 补充道 说到 提及 回应称 坦言称
    """.split()
SUBJECT = r"[^，。；：、！？,;:!?“”\"「」『』（）()]{0,16}?"


def _either(verbs: list[str]) -> str:
    return "|".join(sorted(verbs, key=len, reverse=True))


STRAIGHT_CARRIER = re.compile(rf"^{SUBJECT}(?:{_either(STRAIGHT)})(?:(?:了|道|到|过)?[，,：:]\s*|(?=\S))")
WHOLE_CARRIER = re.compile(rf"(?:{_either(VERBS)})(?:了|道|到|说|称)?\s*[：:，,]?\s*$")
# Who speaks: somebody other than the letter's author, or the letter itself.
OTHER_VOICE = re.compile(
    "分析师|分析人士|知情|消息人士|人士|发言人|专家|网友|评论|业内|业界|教授|学者|律师|记者|博主|投资人|同行|公开资料|"
    "资料显示|公开信息|数据显示|据报道|媒体|不愿具名|匿名|居民|目击|市场|机构|观察|[一有][名位个]|有人|官网"
)
LETTER_VOICE = re.compile(
    "信中|信里|信内|公开信|内部信|来信|信的|信件|信末|信尾|全文|备忘录|声明中|写道|邮件|文中|原话|公告"
)
# Words of carriers that name nobody.
REPORTS = re.compile(
    f"{_either(VERBS)}|信|文|自己|同时|此外|随后|接着|最后|目前|他们|对于|关于|其中|方面|时候|已经|进一步"
)
PRONOUN = re.compile("[他她其并也还]")
# What stands before somebody's whole words; a clause that ends otherwise builds a quotation into itself.
SPEAKING = re.compile(
    "(?:表示|称|说|指出|强调|承认|透露|宣布|写道|坦言|补充|解释|回应|重申|直言|感叹|提醒|警告|证实|说道|反问|答道|反驳|写下|提到|"
    "(?:回答|答复|答案|原话|说法|一句话)是)(?:了|道|说|称)?\\s*[：:，,]?\\s*$"
)
FIRST_OR_SECOND_PERSON = re.compile(r"[我你您咱]")
SUBORDINATE = re.compile(
    r"\s*(?:当|如果|虽然|尽管|因为|既然|要是|假如|除非|每当|无论|不管|即使)"
)  # a clause of the letter
# Words that hold a verb of reporting and report nothing.
OTHER_WORDS = re.compile(
    "小说|传说|学说|说明书|说法|说服|说不定|说起|名称|职称|简称|昵称|统称|俗称|称呼|称号|称赞|称职|称为|称作|称得上|"
    "[就这那也都便]说明|足以说明|来说|怎么说|地说|老实说|坦白说|坦率说|换句话说|也就是说|比如说|比方说|总的说|接下来说|不用说"
)
LONGEST = 30  # characters of reporting words in one clause
SHORTEST_CONTENT = 3


def carrier_end(clause: str, language: str) -> int:
    """How many characters at the head of a clause are reporting words; 0 if none, its length if all.

    `clause` stands outside quotation marks. Deliberately left alone: clauses whose reporting verb has
    a first-person subject, which is how a letter itself speaks (`我想说`), and subordinate clauses.
    """
    if not language.startswith("zh"):
        return 0
    simple = to_simplified(clause)
    if len(simple) != len(clause):
        simple = clause
    simple = OTHER_WORDS.sub(lambda match: "□" * len(match[0]), simple)
    if SUBORDINATE.match(simple):
        return 0
    if WHOLE_CARRIER.search(simple) and len(simple.strip()) <= LONGEST and not FIRST_OR_SECOND_PERSON.search(simple):
        return len(clause)
    match = STRAIGHT_CARRIER.match(simple)
    if match and not FIRST_OR_SECOND_PERSON.search(match[0]) and len(simple) - match.end() >= SHORTEST_CONTENT:
        return match.end()
    return 0


def voices(unquoted: str) -> tuple[bool, bool]:
    """Whether the words around a quotation name somebody else as speaker, and whether they name the letter."""
    simple = to_simplified(unquoted)
    return bool(OTHER_VOICE.search(simple)), bool(LETTER_VOICE.search(simple))


def main_speaker(carriers: Iterable[str]) -> str | None:
    """The word that most often stands in reporting words, twice at least: in such articles the letter's author."""
    counts: Counter[str] = Counter()
    for carrier in carriers:
        names = {token.text for token in words(carrier, "zh") if len(token.text) >= 2}
        counts.update(name for name in names if not REPORTS.search(to_simplified(name)))
    common = counts.most_common(1)
    return common[0][0] if common and common[0][1] >= 2 else None


def by_author(unquoted: str, speaker: str | None) -> bool:
    """Whether the words around a quotation name the main speaker, or go on with nobody named: `他还说`, `并称`."""
    simple = to_simplified(unquoted).strip()
    return bool(PRONOUN.match(simple)) or (speaker is not None and speaker in unquoted)


def ends_in_reporting(clause: str) -> bool:
    """Whether a clause ends in a reporting verb, so that what follows is all that is said."""
    return bool(SPEAKING.search(to_simplified(clause)))
