"""Statements of the letter that are denied, and rendered without a denial: clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from aligner.checks.base import Found
from aligner.checks.bends import DENIALS, Sides, found_of, phrase
from aligner.checks.context import Unit
from aligner.checks.words.alignment import WordAlignment
from aligner.checks.words.english import looks_like_verb, stem
from aligner.checks.words.links import WordLink, word_links
from aligner.model import Quoted, Span
from aligner.text.markers import Bend, Marker

SURE = 0.75
"""How sure a word's counterpart has to be to show where the letter's statement is rendered: what dictionary, letters
or value say, not vectors alone."""
REACH = 4
"""Content words behind `no` or `nobody` among which its verb stands."""
LONG = 16
"""Characters up to which a clause is shown whole."""
_CONTRARY = re.compile(
    r"[不没未无毋非勿别莫否毫拒免缺难禁停反失错漏谁哪岂怎何仅少弃假绝才隐匿太撤搁]|最早|两回事|除(?!名)|以外|之外|宁愿|宁可|与其|[上下]限|为限"
    r"|头一|首[次回]|第一次|初次|方[可能]|照[常旧]|如常|绕[开过]|永久|最快|[顶至最]多|封顶|退出|取消|推迟|作罢"
)
"""What can say no in a Chinese clause in one way or another: where one of these stands, nothing is claimed."""
_HARMLESS = re.compile(
    r"不过|不仅|不但|不断|不同|不久|不管|不论|不少|不妨|不错|不禁|不由|不止|没错|未来|无论|无数|非常|别人|别的|特别|分别|级别|仅仅|刚才|才能|人才"
    r"|绝对|如何|任何|何时|灾难|停车|反馈|反映"
)
"""Words with such characters that deny nothing."""
_WHOLE = re.compile(r"\b(?:nobody|no[ -]one|nothing|none|no|not (?:one|a single|a|any))\b", re.IGNORECASE)
"""Denials that stand before what they count: the verb comes after it."""
_ANY = re.compile(r"(?:任何|所有|每一?[个位名]?|凡是?)[^，。；]{0,2}$")
"""Before what `no` counts: 任何高管都可以 for `no executive can`."""
_ALONE = re.compile(r"\b(?:neither|nor)\b", re.IGNORECASE)
"""Denials of what was said before."""
_WITHOUT = re.compile(r"without [\w-]+ing\b", re.IGNORECASE)
_OTHER = re.compile(r" (?:at|by|in|for|on|with|from|as|because|until|through|about|of|that|yet|just|only)\b")
"""Behind `not`: what is denied is no statement but one of its circumstances."""
_MORE_SO = re.compile(
    r" (?:(?:be|have been|feel|agree) (?:any )?(?:more|less|prouder|happier|better|\w{3,}er)\b|help\b|wait\b|overstate"
    r"|stress|imagine|(?:\w+ ){1,3}enough|fail to|deny|ignore|forget|miss)"
)
"""Behind `cannot`: what is denied is affirmed all the more (I couldn't be more pleased)."""


_OPPOSITE = re.compile(
    r"绝迹|灭绝|消失|消亡|不复|停止|中止|终止|取消|作废|失效|告吹|落空|匿名|隐|免[费于去]|绝[于无]|断[绝了]"
    r"|错误|困难|艰难|失望"
)
"""Words that say by themselves what English says by a denial: no longer, not named, not right."""


def says_opposite(text: str) -> bool:
    """Whether a word of a Chinese text (Simplified) says by itself what English says by a denial."""
    return bool(_OPPOSITE.search(text))


def may_deny(text: str) -> bool:
    """Whether anything in a Chinese text (Simplified) can say no."""
    return bool(_CONTRARY.search(_blanked(text)))


def clause_end(text: str, piece: Span) -> int:
    """Where a clause ends without the marks behind it."""
    return piece.start + len(text[piece.start : piece.end].rstrip("，。；：！？、,.;:!?…—”’」』》）) \n"))


def _blanked(text: str) -> str:
    return _HARMLESS.sub(lambda match: "＿" * len(match[0]), text)


def affirmed(unit: Unit, here: Sides, words: WordAlignment) -> Iterator[Found]:
    """`I have not accepted` that became 我已经接受: what is denied is rendered for sure, and its clause denies nothing.

    A denial that follows in the next clause (我走，不是因为…) is that of the one before.
    """
    denials = _denials(here)
    if unit.source.chinese or not unit.target.chinese or not denials:
        return
    sure = {link.source: link for link in word_links(words) if link.confidence >= SURE and _once(words, link.source)}
    for marker in denials:
        part = unit.source.clause_at(marker.start)
        heads = _heads(unit, words, sure, marker, part) if part else []
        if part is None or not heads:
            continue
        first = min(words.target[head.target].start for head in heads)
        end = max(words.target[head.target].end for head in heads)
        inside = [piece for piece in unit.target.clauses if piece.start < end and first < piece.end]
        shared = sum(part.start <= other.start < part.end for other in denials) > 1
        if shared and not all(_verb(words, head) for head in heads):
            continue
        if not inside or _denied(unit, here, inside, end if shared else None):
            continue
        target = _clause(unit, inside, first, end)
        score = min(head.confidence for head in heads)
        found = found_of(unit, "affirmed", score, phrase(unit.source, marker), target, Bend.NEGATION)
        # A report may choose its words, but does not say the contrary: no discount for it.
        yield replace(found, score=score)


def _denials(here: Sides) -> list[Marker]:
    """The letter's denials, `not one` and its `not` as one of them."""
    found: list[Marker] = []
    for marker in here.source:
        if marker.bend in DENIALS and not (found and marker.start < found[-1].end):
            found.append(marker)
    return found


def _heads(
    unit: Unit, words: WordAlignment, sure: Mapping[int, WordLink], marker: Marker, part: Span
) -> list[WordLink]:
    """The sure counterparts of what a marker denies: of its next content word; of two where it counts somebody."""
    found = [k for k, t in enumerate(words.source) if not t.light and marker.end <= t.start < part.end]
    if any(each.match(unit.source.text, marker.end) for each in (_OTHER, _MORE_SO)) or _ALONE.match(
        unit.source.text, marker.start
    ):
        return []
    if _WHOLE.match(unit.source.text, marker.start):
        heads = [sure[k] for k in found[:REACH] if k in sure]
        if len(heads) >= 2 or any(_verb(words, head) for head in heads):
            return heads
        counted = words.target[heads[0].target].start if heads and heads[0].source == found[0] else 0
        return heads if _ANY.search(unit.target.simplified[:counted]) else []
    if _WITHOUT.match(unit.source.text, marker.start):
        return [sure[k] for k in found[:2] if k in sure][:1]
    return [sure[found[0]]] if found and found[0] in sure else []


def _once(words: WordAlignment, number: int) -> bool:
    """Whether no other word of the sentence has the same stem, or begins alike (late, later)."""
    text = words.source[number].text.lower()
    others = [t.text.lower() for k, t in enumerate(words.source) if k != number]
    return not any(stem(other) == stem(text) or (len(text) >= 4 and other.startswith(text[:4])) for other in others)


def _verb(words: WordAlignment, head: WordLink) -> bool:
    """Whether the letter's word looks like a verb."""
    before = words.source[head.source - 1].text if head.source else ""
    return looks_like_verb(words.source[head.source].text, before)


def _denied(unit: Unit, here: Sides, inside: Sequence[Span], until: int | None) -> bool:
    """Whether the clauses `inside` of the rendering, or the one after them, can say no.

    Where the letter's clause denies twice, only what stands before the place `until`, or right behind it, counts: in
    Chinese a verb is denied before it.
    """
    end = inside[-1].end if until is None else min(inside[-1].end, until + 1)
    if _CONTRARY.search(_blanked(unit.target.simplified), inside[0].start, end):
        return True
    if until is not None:
        return False
    after = next((piece for piece in unit.target.clauses if piece.start >= inside[-1].end), None)
    return after is not None and any(m.bend in DENIALS and after.start <= m.start < after.end for m in here.target)


def _clause(unit: Unit, inside: Sequence[Span], first: int, end: int) -> Quoted | None:
    """The clauses that should have denied it; of long ones the words from `first` to `end` and some around them."""
    text = unit.target.text
    start, stop = inside[0].start, inside[-1].end
    stop = max(end, clause_end(text, inside[-1]))
    if stop - start > LONG:
        start, stop = max(start, first - 4), min(stop, end + 4)
    return unit.target.quoted(start, stop)
