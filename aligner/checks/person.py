"""Who speaks, and to whom: the letter's I inside somebody else's report; 您 and 你 for the same readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import Found, RenderingCheck, Threshold
from aligner.checks.context import Context, Rendering
from aligner.checks.name_forms import by_sound
from aligner.model import Mode, Place, Quoted, Severity
from aligner.text.quotes import quotes

FIRST = re.compile(r"(?<![自敌忘])(?:我们|咱们|我)(?!国|校|院|司|党|市|省)")
THIRD = re.compile(r"(?<!其)[他她](?![人日国乡])|其(?![中他实余次间它])|该公司|公司(?=[称表宣])")
POLITE, PLAIN = re.compile(r"您们?"), re.compile(r"(?<![迷])[你妳]们?")
WITH_AS = re.compile(
    r"\b(?:with|alongside) ([A-Z][a-z]+)(?: [A-Z][a-z]+)? as (?:the |our |its )?([A-Za-z][\w ]{2,40}?)(?=[,.;]|$)"
)
"""Somebody beside the subject who is given an office: with Jane as treasurer."""
COMPANY = re.compile(
    r"(?:合作|一起|共同|携手|搭档|联手|一同|联袂)?[^，。；、,;.]{0,2}(?:担任|出任|任职|身兼|兼任)[^，。；,;.]{2,12}"
)
YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves|you['’](?:re|ve|ll|d))\b", re.IGNORECASE)


def find(rendering: Rendering, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """The letter's first person left standing in reported speech (他说我的…), and readers called 您 here and 你 there.

    The first only outside quotation marks, and only where the same sentence speaks of the author in the third
    person; the second in what is translated as direct speech of the letter, one finding for a rendering.
    """
    yield from _address(rendering)
    yield from _attached(rendering)
    if rendering.document is None:
        return
    spans = [(q.start, q.end) for q in quotes(rendering.document.text)]
    for unit in rendering.units:
        if unit.mode is not Mode.INDIRECT or not unit.target.chinese:
            continue
        text = unit.target.simplified
        if not THIRD.search(text):
            continue
        for match in FIRST.finditer(text):
            at = unit.target.at[match.start()]
            if any(start <= at < end for start, end in spans):
                continue
            quoted = unit.target.quoted(match.start(), match.end())
            if quoted:
                yield Found(
                    "mixed",
                    "linguistic conventions/grammar",
                    Severity.MINOR,
                    0.7,
                    None,
                    quoted,
                    {"text": quoted.text},
                    unit=unit.id,
                )
                break


def _attached(rendering: Rendering) -> Iterator[Found]:
    """An office of the subject's partner in the letter, given to the subject: with Jane as chair, 与简合作担任主席."""
    for unit in rendering.units:
        if unit.source.chinese or not unit.target.chinese:
            continue
        text = unit.target.simplified
        for match in WITH_AS.finditer(unit.source.text):
            name = match[1]
            place = by_sound(name, text) or next(((m.start(), m.end()) for m in re.finditer(name, text)), None)
            if place is None or text[max(0, place[0] - 1) : place[0]] not in {"与", "和", "同", "跟"}:
                continue
            rest = COMPANY.match(text, place[1])
            source = unit.source.quoted(match.start(), match.end())
            target = unit.target.quoted(place[0] - 1, rest.end()) if rest else None
            if source and target:
                words = {"name": name, "text": target.text, "office": match[2]}
                yield Found(
                    "attached", "accuracy/mistranslation", Severity.MAJOR, 0.8, source, target, words, unit=unit.id
                )


def _address(rendering: Rendering) -> Iterator[Found]:
    """One finding at the rarer of the two forms, with a place of the other; none where only one is used.

    您 beside 你们 is for information: a letter to many readers may turn to one of them.
    """
    seen: dict[str, list[tuple[str, Quoted]]] = {"polite": [], "plain": []}
    for unit in rendering.units:
        if unit.mode is not Mode.DIRECT or not unit.target.chinese or not YOU.search(unit.source.text):
            continue
        for name, pattern in (("polite", POLITE), ("plain", PLAIN)):
            for match in pattern.finditer(unit.target.simplified):
                if quoted := unit.target.quoted(*match.span()):
                    seen[name].append((unit.id, quoted))
    rare, usual = sorted(seen.values(), key=len)
    if not rare:
        return
    single = all(len(quoted.text) == 1 for _, quoted in [*rare, *usual])
    places = [*(quoted for _, quoted in rare[1:]), usual[0][1]]
    yield Found(
        "address",
        "style/inconsistent style",
        Severity.MINOR if single else Severity.INFO,
        0.7,
        None,
        rare[0][1],
        {"text": rare[0][1].text, "usual": usual[0][1].text, "count": len(rare), "of": len(rare) + len(usual)},
        {"forms": {rare[0][1].text: len(rare), usual[0][1].text: len(usual)}},
        tuple(Place(rendering.id, "target", q.start, q.end, q.text) for q in places),
        unit=rare[0][0],
    )


_GOLD = "benchmarks/letters"
CHECK = RenderingCheck(
    name="person",
    find=find,
    thresholds={
        "mixed": Threshold(0.6, "both persons stand in one sentence outside quotation marks", _GOLD),
        "attached": Threshold(0.6, "the partner of the letter stands behind 与, and the office behind both", _GOLD),
        "address": Threshold(0.6, "both forms stand in one rendering's direct speech to you", _GOLD),
    },
    limits="Does not see who is meant: he and she are compared by the check contrary, names by the check names.",
)
