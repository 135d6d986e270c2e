"""Adverbs and adverbial phrases that a rendering drops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.bends import has
from aligner.checks.context import Context, Rendering
from aligner.checks.words.evidence import Evidence
from aligner.model import Mode, Severity
from aligner.text.markers import Bend, markers
from aligner.text.set_phrases import SetPhrase, set_phrases

_OF_WHOM = re.compile(r"(?: of)?(?: (?:the|my|our|your|his|her|their|us|them|you|these|those))?(?: [\w’-]+)?")
"""What stands behind `both`, which alone tells a reader nothing."""
USUAL = 0.62
"""Cosine of an adverbial to its rendering in other renderings, where there are none."""
MET, PEERS, TOP = 0.4, 0.5, 0.8
"""Weights of the words' own counterparts and of the other renderings beside the nearest stretch; see `find`."""
LISTED, WEAK = 0.7, 0.5
"""Score of a set phrase none of whose Chinese words is there, before other renderings are asked; of a weak one."""
AGREED, ALL_WITHOUT = 0.15, 0.3
"""What it gains with the share of other renderings that have one, and loses when at least two have none."""


def find(rendering: Rendering, context: Context) -> Iterator[Found]:
    """Adverbs and adverbial phrases (twice, in full, around the clock, without reservation) that nothing renders.

    Common ones are looked up: any of their Chinese words renders them. Of others the phrase is compared with
    every stretch of up to four words of the rendering; the score grows with its distance from the nearest,
    and with how near other renderings come.
    """
    evidence = context.evidence
    known: dict[int, tuple[SetPhrase, ...]] = {
        k: set_phrases(item.source.text)
        for k, item in enumerate(evidence.items)
        if item.rendering == rendering.id
        and item.mode is not Mode.FRAGMENT
        and not item.source.chinese
        and item.target.chinese
    }
    for number, listed in known.items():
        yield from _listed(evidence, number, listed)
    for phrase in context.phrases:
        item = evidence.items[phrase.item]
        if item.rendering != rendering.id or item.mode is Mode.FRAGMENT:
            continue
        if any(p.start < phrase.place.end and phrase.place.start < p.end for p in known.get(phrase.item, ())):
            continue
        quoted = item.source.quoted(phrase.place.start, phrase.place.end)
        if quoted is None:
            continue
        peers = USUAL if phrase.in_peers is None else phrase.in_peers
        score = TOP - phrase.nearest - MET * phrase.met + PEERS * peers
        facts = {"nearest": round(phrase.nearest, 4)}
        if phrase.in_peers is not None:
            facts["in_others"] = round(phrase.in_peers, 4)
        reported = item.mode is Mode.INDIRECT
        yield Found(
            "reported" if reported else _kind(quoted.text) if phrase.place.phrase else "adverb",
            "accuracy/omission",
            Severity.INFO if reported else Severity.MINOR,
            min(1.0, max(0.0, score)),
            quoted,
            None,
            {"text": quoted.text},
            facts,
            unit=item.unit,
        )


def _kind(text: str) -> str:
    """`In a very impressive way` can be nothing but an adverbial; other phrases are taken for one by their form."""
    return "manner" if re.search(r"\b(?:way|manner|fashion)$", text) else "phrase"


def _listed(evidence: Evidence, number: int, listed: tuple[SetPhrase, ...]) -> Iterator[Found]:
    item = evidence.items[number]
    for phrase in listed:
        more = _OF_WHOM.match(item.source.text, phrase.end) if phrase.end - phrase.start == len("both") else None
        quoted = item.source.quoted(phrase.start, more.end() if more else phrase.end)
        if quoted is None or phrase.chinese.search(item.target.simplified):
            continue
        if _turned(quoted.text, item.target.simplified):
            continue  # not dropped, as the check polarity tells
        place = item.source.at[phrase.start]
        peers = [evidence.items[j] for j in evidence.peers[number] if place in evidence.items[j].source.at]
        votes = [bool(phrase.chinese.search(peer.target.simplified)) for peer in peers]
        share = sum(votes) / len(votes) if votes else 0.0
        score = (
            (WEAK if phrase.weak else LISTED)
            + AGREED * share
            - (ALL_WITHOUT if len(votes) > 1 and not any(votes) else 0.0)
        )
        reported = item.mode is Mode.INDIRECT
        facts = {"kept_by": [p.rendering for p, has in zip(peers, votes, strict=True) if has]} if any(votes) else {}
        yield Found(
            "reported_phrase" if reported else "set_phrase",
            "accuracy/omission",
            Severity.INFO if reported else Severity.MINOR,
            score,
            quoted,
            None,
            {"text": quoted.text},
            facts,
            unit=item.unit,
        )


def _turned(phrase: str, chinese: str) -> bool:
    """Whether a phrase is one of doubt, and the rendering one of assurance."""
    return has(markers(phrase, chinese=False), (Bend.HEDGE,)) and has(markers(chinese, chinese=True), (Bend.SURE,))


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="adverbial",
    find=find,
    thresholds={
        "adverb": Threshold(0.63, "below as many are put another way as are dropped", _GOLD),
        "manner": Threshold(0.55, "as for adverbs; the letters have none, its cases do", _GOLD),
        "phrase": Threshold(0.75, "found by form alone, so that only the plainest count", _GOLD),
        "set_phrase": Threshold(0.68, "no word of a wide list is there, nor do all others do without", _GOLD),
        "reported_phrase": Threshold(0.6, "a report sums up: a difference, not an error", _GOLD),
        "reported": Threshold(0.66, "a report sums up: a difference, not an error", _GOLD),
    },
    limits="English to Chinese only. An adverb that the verb itself renders (恳求 for ask earnestly) looks dropped.",
)
