"""What a rendering says that the letter does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering, Unit
from aligner.checks.name_forms import in_brackets
from aligner.checks.words.evidence import FEATURES, Gap, Item
from aligner.checks.words.tokens import Token
from aligner.model import Mode, Severity
from aligner.text.stressing import Stressing, stressing

COUNTED = FEATURES.index("counted")
NUMBER = 0.4
"""What remains of the score of a gap with a number in it: the check numbers knows better."""


STRESS = frozenset(
    """
    非常 极其 十分 巨大 极大 无比 无限 不断 持续 始终 彻底 完全 深深 衷心 真正
    更加 更 越来越 尤其 特别 真的 正好 全额 全部 简直 实在 太 极 最 相当 严重
    大量 纷纷 坚定 深刻 重大 伟大 强烈 仅仅 几乎 必然 绝对 一定 立即 立刻 马上
    迅速 大大 深入 积极 努力 充分 高度 全面 切实 认真 宝贵 珍贵 由衷 无疑 肯定
    """.split()
)
"""Chinese words that strengthen what they stand with, and that translators like to add."""
UNENTITLED, AGREED = 0.6, 0.3
"""Score of a stressing word without a reason in the letter, and what it loses where all other renderings have it."""
UNKNOWN = 0.5
"""How surely other renderings have a word where there are none."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Words, clauses and intensifiers in a rendering that render nothing of the letter.

    What has no counterpart in the letter and stands in no other rendering either.
    """
    yield from _gaps(rendering, context)
    yield from _stressed(rendering, context)


def _stressed(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Intensifiers (非常, 巨大, 不断) that no word of the letter's sentence comes near."""
    evidence = context.evidence
    for unit in rendering.units:
        i = context.places[rendering.id, unit.id]
        if not unit.target.chinese or evidence.items[i].mode in {Mode.FRAGMENT, Mode.INDIRECT}:
            continue
        words, support = evidence.words[i], evidence.support[i].mean(source=False)
        known = () if unit.source.chinese else stressing(unit.source.text, unit.target.simplified)
        yield from _unentitled(unit, words.target, known, [evidence.items[j] for j in evidence.peers[i]])
        for k, token in enumerate(words.target):
            if token.text not in STRESS or any(s.start < token.end and token.start < s.end for s in known):
                continue
            near = float(np.max(words.strength[:, k], initial=0.0))
            had = UNKNOWN if support is None else float(support[k])
            quoted = unit.target.quoted(token.start, _phrase_end(words.target, k))
            if quoted:
                yield Found(
                    "stress",
                    "accuracy/addition",
                    Severity.MINOR,
                    (1 - near) * (1 - had),
                    None,
                    quoted,
                    {"text": quoted.text},
                    {"nearest": round(near, 4), "in_others": round(had, 4)},
                    unit=unit.id,
                )


def _unentitled(
    unit: Unit, tokens: Sequence[Token], known: Sequence[Stressing], peers: Sequence[Item]
) -> Iterator[Found]:
    """Words like 更, 不断, 巨大 for which the sentence of the letter gives no reason; other renderings excuse them."""
    for each in known:
        word = unit.target.simplified[each.start : each.end]
        after = next((k for k, t in enumerate(tokens) if t.end >= each.end), None)
        quoted = unit.target.quoted(
            each.start, each.end if after is None else max(each.end, _phrase_end(tokens, after))
        )
        if each.entitled or quoted is None:
            continue
        had = [word in peer.target.simplified for peer in peers]
        score = UNENTITLED - AGREED * (sum(had) / len(had) if had else 0.0)
        words = {"text": quoted.text, "word": word}
        yield Found("unentitled", "accuracy/addition", Severity.MINOR, score, None, quoted, words, {}, unit=unit.id)


def _phrase_end(tokens: Sequence[Token], k: int) -> int:
    """Where the word ends that an intensifier strengthens: 巨大的损失."""
    for before, token in pairwise(tokens[k : k + 4]):
        if token.start - before.end > 1 or token.text == "是":
            break
        if not token.light:
            return token.end
    return tokens[k].end


def _gaps(rendering: Rendering, context: Context) -> Iterator[Found]:
    evidence, scores = context.evidence, context.gap_scores
    for gap, score in zip(evidence.gaps, scores, strict=True):
        item = evidence.items[gap.item]
        if gap.source or item.rendering != rendering.id or item.mode is Mode.FRAGMENT:
            continue
        quoted = item.target.quoted(gap.stretch.start, gap.stretch.end)
        if quoted is None:
            continue
        kind = "reported" if item.mode is Mode.INDIRECT else "clause" if gap.stretch.whole else "words"
        if gap.features[COUNTED]:
            score = score * NUMBER
        if _completes(item.target.text, gap):
            kind = "completed"
        severity = Severity.INFO if kind in {"reported", "completed"} else Severity.MINOR
        yield Found(
            kind, "accuracy/addition", severity, float(score), None, quoted, {"text": quoted.text}, unit=item.unit
        )


def _completes(text: str, gap: Gap) -> bool:
    """Whether a gap is the rest of a name that a gloss in brackets writes out: 马克 (Mark Chen)."""
    stretch = text[gap.stretch.start : gap.stretch.end]
    before = text[: gap.stretch.start].rstrip()
    return (
        stretch.isascii() and stretch[:1].isupper() and before[-1:].isascii() and in_brackets(text, gap.stretch.start)
    )


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="addition",
    find=find,
    thresholds={
        "clause": Threshold(0.4, "letters left out in turn, from here six in ten are planted", _GOLD),
        "words": Threshold(0.45, "single words are rarely additions: almost none lies above", _GOLD),
        "completed": Threshold(0.3, "a name written out in full: a difference worth knowing, no error", _GOLD),
        "stress": Threshold(0.45, "below most only say in Chinese what the letter implies", _GOLD),
        "unentitled": Threshold(0.44, "no word of the letter's sentence is a reason for it", _GOLD),
        "reported": Threshold(0.6, "a report says things its own way: a difference, not an error", _GOLD),
    },
    limits=(
        "Few planted additions are clauses without counterpart; added adjectives and intensifiers go unseen where they "
        "resemble the words around them."
    ),
)
