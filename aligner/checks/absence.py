"""Whole sentences of the letter that a rendering does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.model import AbsenceKind, Mode, Quoted, Segment, Severity
from aligner.text.forms import closes, greets
from aligner.text.normalise import to_simplified
from aligner.text.quotes import quotes

CLAIM = re.compile(
    r"全文(?:如下|编译|翻译|中译|译|刊|转载|发布|公布|照登|[:：]|[)）]|由|翻)|(?:完整|全部)(?:编译|译文|内容|信件|原文|版本如下)|原文如下|译文如下|信件全文|公开信全文"
    r"|full text|in full[:：]",
    re.IGNORECASE,
)
"""Words by which an article promises the whole letter."""
_SIGNATURE = re.compile(r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|der|la))+(?:\s*[,\n]\s*[A-Z][^.!?]{2,60})?")
"""A name with an office, at the end of a letter: articles name the author in their own words."""
MOST = 0.6
"""Share of the letter's sentences rendered in its own voice from which a promise is believed."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Sentences left out between sentences that are rendered, above all where the article promises the full text.

    An article may choose what it quotes: without such a promise a gap counts only where it lies inside
    one quotation, or in a rendering that has nearly everything else.
    """
    alignment = rendering.alignment
    if alignment is None or rendering.document is None:
        return
    segments = {segment.id: segment for segment in alignment.source_segments}
    promised = claims(rendering.document.text) if rendering.complete >= MOST else None
    for absence in alignment.absences:
        if absence.kind is AbsenceKind.PARTIAL:
            continue
        segment = segments[absence.source]
        kind, score = _judged(rendering, segment, absence.kind, promised is not None)
        evidence: dict[str, object] = {"kind": absence.kind.value, "rendered": round(rendering.complete, 4)}
        if promised:
            evidence["promise"] = promised
        yield Found(
            kind,
            "accuracy/omission",
            _severity(kind, segment),
            score * absence.confidence,
            Quoted(segment.start, segment.end, segment.text),
            None,
            {"text": segment.text, "promise": promised or ""},
            evidence,
        )


def _severity(kind: str, segment: Segment) -> Severity:
    """A salutation or a closing line is no loss: articles have their own, often so free that none is found."""
    if greets(segment.text) or closes(segment.text) or _SIGNATURE.fullmatch(segment.text.strip()):
        return Severity.INFO
    if kind == "promised":
        return Severity.MAJOR
    return Severity.MINOR if kind == "quoted" else Severity.INFO


def claims(text: str) -> str | None:
    """The words by which an article promises the whole letter, None without any."""
    match = CLAIM.search(to_simplified(text))
    return (
        text[match.start() : match.end()]
        if match and len(to_simplified(text)) == len(text)
        else (match[0] if match else None)
    )


def _judged(rendering: Rendering, segment: Segment, kind: AbsenceKind, promised: bool) -> tuple[str, float]:
    if kind is AbsenceKind.OUTSIDE:
        return ("promised", 0.7) if promised else ("excerpt", 0.3)
    if promised:
        return "promised", 0.95
    if _inside_quotation(rendering, segment) or rendering.complete >= 0.85:
        return "quoted", 0.8
    return "excerpt", 0.5


def _inside_quotation(rendering: Rendering, segment: Segment) -> bool:
    """Whether the sentences before and after stand in one quotation, or follow each other, in the letter's voice."""
    alignment, document = rendering.alignment, rendering.document
    if alignment is None or document is None:
        return False
    order = [s.id for s in alignment.source_segments]
    place = order.index(segment.id)
    target = {s.id: s for s in alignment.target_segments}
    sides = []
    for near in (order[:place][::-1], order[place + 1 :]):
        links = [
            link for name in near[:3] for link in alignment.links if name in link.source and link.mode is Mode.DIRECT
        ]
        if not links:
            return False
        sides.append([target[name] for name in links[0].target])
    before, after = max(s.end for s in sides[0]), min(s.start for s in sides[1])
    if not before <= after or re.search(r"…|\.\.\.|（略）|\[…\]|⋯", document.text[max(0, before - 3) : after + 3]):
        return False
    gap = document.text[before:after]
    if not any(character.isalnum() for character in gap) and "\n" not in gap.strip(" "):
        return True
    return any(q.start <= sides[0][0].start and after < q.end for q in quotes(document.text))


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="absence",
    find=find,
    thresholds={
        "promised": Threshold(0.3, "a promise of the full text makes every gap an error", _GOLD),
        "quoted": Threshold(0.4, "a cut inside one quotation without a mark", _GOLD),
        "excerpt": Threshold(
            0.6, "an article may choose what it quotes; the alignment itself shows what it left", _GOLD
        ),
    },
    limits="Believes the alignment: a sentence that was rendered and not found counts as left out.",
)
