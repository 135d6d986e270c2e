"""Titles that lost what makes them a deputy's, an acting or a former one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import Found
from aligner.checks.context import Rendering
from aligner.model import Mode, Severity

RANK = 0.7
"""Score of a title whose rank no word of the rendering has."""
RANKS = (
    (re.compile(r"\b(?:[Dd]eputy|[Vv]ice)[ -](?=(?!Chancellor)[A-Z]|chair|president|captain|head|mayor)"),
     re.compile("副|次长|次席|代理")),
    (re.compile(r"\b(?:[Aa]cting|[Ii]nterim)(?= [A-Z]| (?:head|chief|chair|president|director|manager|editor))"),
     re.compile("代|临时|暂|署理|过渡")),
    (re.compile(r"\b(?:[Ff]ormer|[Ee]x-)(?= ?[A-Z]| ?(?:head|chief|chair|president|director|manager|editor))"),
     re.compile("前|原|曾|卸任|昔|时任|旧")),
    (re.compile(r"\b[Aa]s(?:sistant|sociate)(?= [A-Z]| (?:head|coach|chief|dean|secretary|\w+(?:or|er|ist|ian)\b))"),
     re.compile("助理|助教|副|协理|助")),
    (re.compile(r"\b[Cc]o-(?=[A-Z]|founder|chair|director|head|president)"), re.compile("联|共同|联合|共|两位|双")),
    (re.compile(r"\b[Ee]xecutive(?= (?:[Cc]hair|[Vv]ice|[Dd]irector|[Ee]ditor))"), re.compile("执行|常务|行政|总")),
)  # fmt: skip
"""Words that make a title a smaller, a former or a shared one, and what renders them."""
_TITLE_REST = re.compile(r"[ -]?\w+(?: (?:of|for|and) \w+|(?: [A-Z]\w+))*")


def lost_ranks(rendering: Rendering) -> Iterator[Found]:
    """Titles whose deputy, acting, former, assistant or co- has no word in the rendering of the sentence."""
    for unit in rendering.units:
        if unit.source.chinese or not unit.target.chinese or unit.mode is Mode.FRAGMENT:
            continue
        for english, chinese in RANKS:
            match = english.search(unit.source.text)
            if match is None or chinese.search(unit.target.simplified):
                continue
            rest = _TITLE_REST.match(unit.source.text, match.end())
            source = unit.source.quoted(match.start(), rest.end() if rest else match.end())
            words = {"term": source.text if source else "", "word": match[0].strip(" -")}
            yield Found(
                "rank",
                "accuracy/mistranslation",
                Severity.MAJOR,
                RANK,
                source,
                None,
                words,
                {},
                (),
                rendering.id,
                unit.id,
            )
