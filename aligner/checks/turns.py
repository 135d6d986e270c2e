"""Statements moved from one degree or time to another, clause by clause.

Planned to retire that became 已经退休, has sold that became 将出售, some of us that became 我们都.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from aligner.checks.base import Found
from aligner.checks.certainty import SEEN, rendering_clause, turned
from aligner.checks.context import Unit
from aligner.checks.words.alignment import WordAlignment
from aligner.model import Span


@dataclass(frozen=True)
class Turn:
    """Words of the letter, what in a Chinese clause renders them or leaves them open, and what says another thing."""

    said: re.Pattern[str]
    carried: re.Pattern[str]
    against: re.Pattern[str]
    near: bool = False
    """Whether `against` has to stand right before the counterpart of the word behind `said`."""
    counted: re.Pattern[str] | None = None
    """What in the whole rendering makes up for as many `said`."""


_ALL = r"全都|全部|所有|一律|全体|统统|每一?[个位名家]|都(?![市不没未]|会区|城|无法)"
TURNS = (
    Turn(
        re.compile(
            r"\b(?:plan(?:s|ned|ning)?|hop(?:e[sd]?|ing)|intend(?:s|ed|ing)?|want(?:s|ed)?|aim(?:s|ed|ing)?"
            r"|expect(?:s|ed|ing)?|propos(?:e[sd]?|ing)|prefer(?:s|red)?) to (?=\w+)",
            re.IGNORECASE,
        ),
        re.compile(
            r"计划|打算|准备|希望|想|盼|期望|愿|拟|预计|有意|争取|期待|指望|本来|原定|预定|要(?![求点素])|会(?!议)|将|旨在|力图"
            r"|试图|以便|考虑|提出|建议|提议|主动|倾向|宁|目标|力求|企[图望]|欲"
        ),
        re.compile(r"已经?(?![知故])|必须|务必"),
        near=True,
    ),
    Turn(
        re.compile(
            r"\b(?:ha[sd]|have|['’]ve) (?:\w+ly |already |just |also )?(?P<at>\w+ed|sold|sent|left|kept|paid|made|done"
            r"|given|taken|written|built|bought|told|held|lost|won|met|gone|come|become|begun|chosen|found|put|set|cut"
            r"|seen|said)\b|\balready\b"
        ),
        re.compile(r"已|了|过(?![程去度分失])|曾|刚|完"),
        # 将 before a verb speaks of what is to come, before a noun it only turns the sentence round.
        re.compile(
            r"将(?:会|要|于|在|由|被|再)|即将"
            r"|将(?=[出销]售|卖|购|收购|买|公布|发布|宣布|离|辞|出任|担任|成为|推出|关闭|开放|提交|通过|支付|完成|签)"
        ),
        counted=re.compile(r"已|曾|过(?![程去度分失])"),
    ),
    Turn(
        re.compile(r"\b(?:not|n['’]t) yet\b|\bnot (?=\w+ \w+ yet\b)|\byet to\b"),
        re.compile(r"尚|还|未|没|不|无|仍|暂|非"),
        re.compile(r"已经?(?![知故])"),
    ),
    Turn(
        re.compile(r"\b(?-i:should|ought to)\b(?! (?:have|be able|feel free|not have))", re.IGNORECASE),
        re.compile(r"应|该|宜|最好|不妨|建议|理当|本来|需|要(?![求点素])|会|可|若|如果"),
        re.compile(r"必须|务必|非得|一定要"),
    ),
    Turn(
        re.compile(r"\b(?:must|shall|(?:is|are) (?:required|obliged) to)\b(?! (?:have|be (?:a|the|some)\b))"),
        re.compile(
            r"必|须|得(?![到了出])|务|一定|要求|不[得准许容能可会再]|禁|绝|一律|强制|应当|应该|需|概|勿|要(?![求点素])|[切万]勿|方可|才[能可]|有义务"
        ),
        re.compile(r"尽量|最好|尽可能|不妨|(?<!不)可以|建议|不宜|希望|有望|预计|争取|力争"),
    ),
    Turn(
        re.compile(
            r"\b(?:some|several|a few|most|half)(?= of )|\b(?:almost|nearly) (?=(?:all|every\w*)\b)", re.IGNORECASE
        ),
        re.compile(r"有[些的]|一些|部分|几|若干|多|大半|过半|半|不少|一批|数|近|差不多|基本|成(?=以上)|主要"),
        re.compile(_ALL),
    ),
)
NEAR = 8
"""Characters between a word of time or duty and the verb that it bends."""
FEW_CLAUSES = 2
"""A rendering of no more clauses is looked at as a whole where no word shows the place."""


def turns(unit: Unit, words: WordAlignment) -> Iterator[Found]:
    """Intentions that became facts or duties, facts that became announcements, some or most that became all."""
    if unit.source.chinese or not unit.target.chinese:
        return
    text = unit.target.simplified
    for turn in TURNS:
        for match in turn.said.finditer(unit.source.simplified):
            place = match.start("at") if match.groupdict().get("at") else match.end()
            piece = rendering_clause(unit, words, place) or _whole(unit)
            if piece is None or turn.carried.search(text, piece.start, piece.end):
                continue
            if turn.counted and len(turn.counted.findall(text)) >= len(turn.said.findall(unit.source.simplified)):
                continue
            other = turn.against.search(text, piece.start, piece.end)
            if other and (not turn.near or _before(words, match.end(), other.end())):
                found = turned(unit, match, other)
                exact = unit.source.quoted(*match.span()) if match.groupdict().get("at") else found.source
                yield replace(found, source=exact)
                break


def _before(words: WordAlignment, place: int, end: int) -> bool:
    """Whether the next word of the letter is rendered right behind `end`."""
    k = next((k for k, t in enumerate(words.source) if t.start >= place and not t.light), None)
    if k is None or not words.target:
        return False
    j = int(words.strength[k].argmax())
    return bool(words.strength[k, j] >= SEEN) and 0 <= words.target[j].start - end <= NEAR


def _whole(unit: Unit) -> Span | None:
    return Span(0, len(unit.target.text)) if len(unit.target.clauses) <= FEW_CLAUSES else None
