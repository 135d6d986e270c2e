"""Text that somebody put between or into the letter's sentences: advertisements, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.model import Quoted, ResidueKind, Severity, Span
from aligner.text.normalise import to_simplified

STRONG = re.compile(
    r"[【\[［〔(（]?(?:广告|赞助|推广|促销|热门推荐|好康)[】\]］〕)）]?|优惠码|折扣码|手刀|立即(?:领取|下单|预约|购买|注册|逛逛|抢购)|免费领取|点我|戳这里|扫码|扫描\S{0,4}二维码|早鸟[价票]|限时开抢|立减|秒杀|注册[即就]送|开奖|竞猜金|彩金"
    r"|点[此击这]?(?:链接)?(?:购买|下单|选购|抢购)|第二件半价|后台回复|回复[“\"「『]|推荐阅读|延伸阅读|相关阅读|往期(?:回顾|推荐)|小程序(?:直达|购买)"
    r"|识别(?:下方|图中)?二维码|长按(?:识别|扫码|二维码|图片)|专[享属]价|独享价|到手价|团购|送完[即为]止|售完即止|一键(?:下单|购买)|直播间|荐股|点击?此处?(?:加入|订阅|查看|领取|下载|报名|进入)|立即下载|应用商店|读者群|加群|再减\s?[0-9]|电子游戏|棋牌|投注"
)
WEAK = re.compile(
    r"优惠|[0-9一二三四五六七八九]+\s?折|限时|限量|免运|包邮|满千|下单|抢购|报名|点击|加入|会员|订阅|关注|公众号|小助手|加微信|客服|热线|特价"
    r"|只要\s?[0-9,]+\s?元|NT\$|官网|https?://|www\.|\.com|APP|下载|开户|博彩|彩票|娱乐城|贷款|套组|课程|线上课|二维码|早鸟|开抢|会议预告|直播预告|名额|抽奖|红包|返现|好礼|试用|上新|补货|预售|周边|半价|新品|新到|首发|原价|现价|仅剩|仅售|数量有限|专享|独享|好物|选购|购买|门店|小店|商城|专栏|训练营|开课|试听|文末|小程序|仅需|续订|老用户|新用户|资讯|APP】|收益率|理财|年卡|套餐|[★☆▌▍👉➤🔥]|>>|<<<"
)
"""What sells something or sends the reader elsewhere; one of these alone proves nothing."""
NOTE = re.compile(
    r"[（(〔\[【][^（）()〔〕\[\]【】]{0,60}?(?:译者?[注按]|编者?[注按]|小编|——译者|笔者注|注[:：])"
    r"[^（）()〔〕\[\]【】]{0,300}[）)〕\]】]"
)
SELLING = re.compile(
    r"\b(?:discounts?|coupons?|promo|code|order now|subscribe|\d+ ?% off|click|download|sponsor(?:ed)?"
    r"|free shipping|sale)\b",
    re.I,
)
"""A letter that sells something itself."""
INJECTED = 0.7
"""Score of a line that the alignment takes for nobody's in the article: a site's name, a game's."""
LABEL = re.compile(r"[^。！？，、；：,;:!?“”\"《》\n]{2,40}")
"""What names something and says nothing, as a line smuggled in does; sentences are the article's own more often."""
LONGEST = 160
"""Characters of the longest line that is taken for an advertisement."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Advertisements and sponsored lines between the letter's sentences, and notes of translators inside them.

    Lines are looked at from the first to the last rendered sentence; an advertisement sells something
    or sends the reader elsewhere in at least two ways.
    """
    document, alignment = rendering.document, rendering.alignment
    if document is None or alignment is None or alignment.target.region is None:
        yield from _in_pairs(rendering)
        return
    text, region = document.text, alignment.target.region
    sold: list[Span] = []
    rendered = [Span(segment.start, segment.end) for segment in alignment.target_segments]
    for line in _lines(text, region):
        score = advertises(line.of(text))
        if score and not _mostly(line, rendered):
            quoted = Quoted(line.start, line.end, line.of(text))
            sold.append(line)
            yield _found("advertisement", score, quoted, Severity.MINOR)
    for rest in alignment.residue:
        inside = region.start < rest.start and rest.end < region.end
        if any(line.start < rest.end and rest.start < line.end for line in sold):
            continue
        if rest.kind is ResidueKind.INJECTED and inside and LABEL.fullmatch(rest.text):
            quoted = Quoted(rest.start, rest.end, text[rest.start : rest.end])
            yield _found("injected", INJECTED, quoted, Severity.MINOR)
    plain = to_simplified(text)
    if len(plain) == len(text):
        for match in NOTE.finditer(plain, region.start, region.end):
            quoted = Quoted(match.start(), match.end(), text[match.start() : match.end()])
            yield _found("note", 0.9, quoted, Severity.INFO)


def _mostly(line: Span, rendered: Sequence[Span]) -> bool:
    """Whether most of a line renders the letter."""
    inside = sum(max(0, min(line.end, each.end) - max(line.start, each.start)) for each in rendered)
    return 2 * inside > line.end - line.start


def _in_pairs(rendering: Rendering) -> Iterator[Found]:
    for unit in rendering.units:
        for line in _lines(unit.target.text, Span(0, len(unit.target.text))):
            quoted = unit.target.quoted(line.start, line.end)
            if quoted and (score := advertises(quoted.text)) and not SELLING.search(unit.source.text):
                yield _found("advertisement", score, quoted, Severity.MINOR, unit.id)


def _lines(text: str, region: Span) -> Iterator[Span]:
    """The lines of the region, and the stretches between its sentences that begin with a sign (★ ... ★)."""
    for match in re.finditer(r"[^\n]+", text[region.start : region.end]):
        first, last = region.start + match.start(), region.start + match.end()
        signs = list(re.finditer(r"[【★☆▌▍👉🔥〖][^。！？\n“”]{8,}|>>>[^<\n]{8,}<<<", text[first:last]))
        for sign in signs:
            yield Span(first + sign.start(), first + len(text[first : first + sign.end()].rstrip()))
        if not signs and last - first <= LONGEST:
            yield Span(first, last)


def advertises(text: str) -> float:
    """How surely a line is an advertisement, 0 where nothing says so."""
    plain = to_simplified(text)
    strong, weak = len(set(STRONG.findall(plain))), len(set(WEAK.findall(plain)))
    points = 2 * strong + weak
    return 0.0 if points < 2 else min(1.0, 0.35 + 0.12 * points)


def _found(kind: str, score: float, quoted: Quoted, severity: Severity, unit: str = "") -> Found:
    return Found(
        kind, "accuracy/addition", severity, score, None, quoted, {"text": quoted.text}, {}, unit=unit
    )  # fmt: skip


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="insertion",
    find=find,
    thresholds={
        "advertisement": Threshold(0.65, "three signs of an advertisement, or one that nothing else carries", _GOLD),
        "injected": Threshold(0.6, "the alignment is sure of it, or it would be narration", _GOLD),
        "note": Threshold(0.5, "marked notes are legitimate: shown as a difference", _GOLD),
    },
    limits="Knows advertisements by their words; the check addition may see a plain sentence that was smuggled in.",
)
