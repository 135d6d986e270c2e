"""What stands between and around the renderings and renders nothing, with its kind."""

from __future__ import annotations

import re

from aligner.engines.article.atoms import LETTERS, has_han, trim
from aligner.model import Block, BlockKind, Document, Residue, ResidueKind, Segment, Span
from aligner.text.normalise import to_simplified

NOTE = re.compile(r"编者[按注]|译者[注按]|译注|(?:^|[（(])注[：:]?|editor'?s note|translator'?s note", re.I)
BRACKETED = re.compile(r"（[^（）]{1,80}）|\([^()]{1,80}\)|\[[^\[\]]{1,80}\]|［[^［］]{1,80}］")
NOTE_WORDS = re.compile(r"注|编者|译者|未[写说点指注明]|应为|疑|即|原文|指的是|意为")
# An advertisement that slipped into the page: what it sells, or where it sends the reader.
ADVERTISEMENT = re.compile(
    r"官网|娱乐城|博彩|彩票|棋牌|开户|下载APP|点击下载|点击领取|扫码|加微信|优惠券|限时优惠|立即注册|免费领取|"
    r"广告|推广|购买链接|包邮|www\.|https?://|\.com\b|\.cn\b|客服|热线|抢购|促销|贷款|会员",
    re.I,
)
SHORT = 40  # characters; an injected line is short
ECHO_SHARE = 0.6  # of a stretch's quoted characters that stand in a linked segment
CLOSED = tuple('。！？!?…”』」"')


def residue(document: Document, segments: tuple[Segment, ...], language: str) -> tuple[Residue, ...]:
    """The unlinked stretches from the block of the first link to the block of the last, in order."""
    if not segments:
        return ()
    blocks = document.blocks or (Block(0, len(document.text), BlockKind.BODY),)
    first, last = segments[0].start, segments[-1].end
    inside = [b for b in blocks if b.end > first and b.start < last]
    linked = to_simplified("".join(segment.text for segment in segments))
    out: list[Residue] = []
    for block in inside:
        own = [s for s in segments if s.start < block.end and block.start < s.end]
        for gap in _gaps(document.text, block, own):
            kind = _kind(document.text, gap, block, own, linked, language)
            out.append(Residue(gap.start, gap.end, gap.of(document.text), kind))
    out += [note for segment in segments for note in _notes(segment)]
    return tuple(sorted(out, key=lambda r: (r.start, r.end)))


def _gaps(text: str, block: Block, own: list[Segment]) -> list[Span]:
    edges = [
        block.start,
        *(edge for s in own for edge in (max(s.start, block.start), min(s.end, block.end))),
        block.end,
    ]
    found = [trim(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    gaps = []
    for gap in found:
        if gap is None:
            continue
        start, end = gap.start, gap.end
        while start < end and not LETTERS.match(text[start]) and text[start] not in '“"「『（([《':
            start += 1
        if start < end:
            gaps.append(Span(start, end))
    return gaps


def _kind(text: str, gap: Span, block: Block, own: list[Segment], linked: str, language: str) -> ResidueKind:
    stretch = to_simplified(gap.of(text))
    if block.kind is BlockKind.HEADING:
        return ResidueKind.HEADING
    if block.kind in (BlockKind.FURNITURE, BlockKind.IMAGE):
        return ResidueKind.FURNITURE
    if NOTE.search(stretch):
        return ResidueKind.TRANSLATOR_NOTE
    if language.startswith("zh") and not has_han(stretch) and len(stretch) > 20:
        return ResidueKind.SOURCE_QUOTE
    if len(stretch) <= SHORT and ADVERTISEMENT.search(stretch):
        return ResidueKind.INJECTED
    if own:
        return ResidueKind.NARRATION
    if is_echo(stretch, linked):
        return ResidueKind.ECHO
    return ResidueKind.COMMENTARY


def is_echo(stretch: str, linked: str) -> bool:
    """Whether a stretch mostly repeats linked text: by its pairs of neighbouring characters."""
    letters = re.sub(r"\W", "", stretch)
    pairs = [letters[i : i + 2] for i in range(len(letters) - 1)]
    known = re.sub(r"\W", "", linked)
    return len(pairs) >= 3 and sum(pair in known for pair in pairs) >= ECHO_SHARE * len(pairs)


def _notes(segment: Segment) -> list[Residue]:
    """Bracketed notes of the translator inside a linked segment."""
    found = []
    for match in BRACKETED.finditer(segment.text):
        if NOTE_WORDS.search(to_simplified(match[0])):
            start = segment.start + match.start()
            found.append(Residue(start, start + len(match[0]), match[0], ResidueKind.TRANSLATOR_NOTE))
    return found
