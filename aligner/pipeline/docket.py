"""What lies on the desk: every decision with how it fares, what waits to be settled, and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.errors import AlignerError
from aligner.model import Quoted, Severity
from aligner.pipeline.places import FoundFinding, decision, finding, findings
from aligner.pipeline.publishing import TOGETHER
from aligner.pipeline.reviewing import Desk
from aligner.review.decisions import REFERRING, WHOLE, Kind
from aligner.review.history import standing
from aligner.review.replay import Orphaned
from aligner.store import Parked, Stored

GRAVEST = tuple(reversed(Severity))
GONE = "the checks do not find it any more"


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision and how it fares: `holds`, `adapted`, `orphaned` (with the reason), `taken back`, or `done` for an
    undo and its like."""

    stored: Stored
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """What a reviewer is to look at: a finding, or a sentence nobody is done with; `left` counts both kinds."""

    finding: FoundFinding | None
    rendering: str
    sentence: Quoted | None
    name: str
    left: tuple[int, int]


def entries(desk: Desk, letter_id: str, rendering: str | None = None) -> tuple[Entry, ...]:
    """Every decision about a letter, or about one rendering of it, in order."""
    log = [each for each in desk.store.decisions(letter_id) if rendering in (None, each.decision.rendering)]
    holds = {each.id for each in standing(desk.log(letter_id))}
    adapted: set[str] = set()
    lost: dict[str, str] = {}
    for name in dict.fromkeys(each.decision.rendering for each in log):
        for layer in dict.fromkeys(each.decision.layer for each in log if each.decision.rendering == name):
            changed, orphans = _fares(desk, letter_id, name, layer)
            adapted |= changed
            lost |= {each.decision.id: each.reason for each in orphans}
    return tuple(_entry(each, holds, adapted, lost) for each in log)


def _entry(stored: Stored, holds: set[str], adapted: set[str], lost: dict[str, str]) -> Entry:
    name = stored.decision.id
    if stored.decision.kind in REFERRING:
        return Entry(stored, "done")
    if name not in holds:
        return Entry(stored, "taken back")
    if name in lost:
        return Entry(stored, "orphaned", lost[name])
    return Entry(stored, "adapted" if name in adapted else "holds")


def _fares(desk: Desk, letter_id: str, rendering: str, layer: str) -> tuple[set[str], list[Orphaned]]:
    """Ids of adapted decisions of a layer about a rendering, and its orphans."""
    try:
        said = desk.judgements(letter_id, rendering)
    except AlignerError as fault:  # a rendering that the manifest lost, or a document that is not there
        every = [each for each in standing(desk.log(letter_id)) if (each.rendering, each.layer) == (rendering, layer)]
        return set(), [Orphaned(each, str(fault)) for each in every]
    orphans = [each for each in said.orphans if each.decision.layer == layer]
    known = {each.finding.id for each in findings(desk.corpus, [letter_id], rendering)}
    orphans += [
        Orphaned(each, GONE)
        for each, verdict in said.verdicts
        if each.layer == layer and not verdict.accepted and verdict.finding not in known
    ]
    if rendering == WHOLE or desk.corpus.automatic(letter_id, rendering) is None:
        return set(), orphans
    try:
        state = desk.state(letter_id, rendering, None if layer in TOGETHER else layer)
    except AlignerError as fault:  # built from other documents
        edits = [each for each in standing(desk.log(letter_id)) if each.kind is Kind.REPLACE]
        ours = [each for each in edits if (each.rendering, each.layer) == (rendering, layer)]
        return set(), orphans + [Orphaned(each, str(fault)) for each in ours]
    return set(state.adapted), orphans + list(state.orphans)


def open_findings(
    desk: Desk, reviewer: str, letters: Iterable[str], rendering: str | None = None
) -> tuple[FoundFinding, ...]:
    """The findings on which this reviewer has given no verdict, the gravest first."""
    found: list[FoundFinding] = []
    for letter in letters:
        every = findings(desk.corpus, [letter], rendering)
        names = dict.fromkeys(each.rendering for each in every)
        judged = {
            (name, verdict.finding)
            for name in names
            for decision, verdict in desk.judgements(letter, name).verdicts
            if decision.reviewer == reviewer
        }
        found += [each for each in every if (each.rendering, each.finding.id) not in judged]
    return tuple(sorted(found, key=lambda each: GRAVEST.index(each.finding.severity)))


def waiting(desk: Desk, letter_id: str | None = None) -> tuple[Parked, ...]:
    """Contradicting decisions that nobody has settled."""
    return tuple(each for each in desk.store.parked(letter_id) if each.settled_by is None)


def next_for(desk: Desk, reviewer: str, letter_id: str, rendering: str | None = None) -> Next | None:
    """The gravest open finding, then the first sentence not done or skipped; None when nothing is left.

    Who has renderings assigned is shown those alone, unless one is named.
    """
    names = [rendering] if rendering else _assigned(desk, reviewer, letter_id)
    found: list[FoundFinding] = []
    loose: list[tuple[str, Quoted, str]] = []
    for name in names:
        found += open_findings(desk, reviewer, [letter_id], name)
        loose += _sentences(desk, letter_id, name)
    if not rendering:
        found += open_findings(desk, reviewer, [letter_id], WHOLE)
    found.sort(key=lambda each: GRAVEST.index(each.finding.severity))
    left = (len(found), len(loose))
    if found:
        return Next(found[0], found[0].rendering, None, found[0].finding.id, left)
    if loose:
        name, quoted, number = loose[0]
        return Next(None, name, quoted, number, left)
    return None


def _assigned(desk: Desk, reviewer: str, letter_id: str) -> Sequence[str]:
    every = [item.id for item in desk.corpus.entry(letter_id).renderings]
    mine = [name for name in every if reviewer in desk.judgements(letter_id, name).assigned]
    return mine or every


def _sentences(desk: Desk, letter_id: str, rendering: str) -> list[tuple[str, Quoted, str]]:
    if desk.corpus.automatic(letter_id, rendering) is None:
        return []
    held = desk.judgements(letter_id, rendering)
    return [
        (rendering, Quoted(each.start, each.end, each.text), each.id)
        for each in desk.state(letter_id, rendering).alignment.source_segments
        if not held.finished(each)
    ]


def verdicts_on(desk: Desk, found: FoundFinding) -> tuple[Stored, ...]:
    """The verdicts on a finding that hold."""
    said = desk.judgements(found.letter, found.rendering).verdicts
    ids = {decision.id for decision, verdict in said if verdict.finding == found.finding.id}
    return tuple(each for each in desk.store.decisions(found.letter) if each.decision.id in ids)


def look_up(desk: Desk, name: str, rendering: str | None = None) -> Stored | FoundFinding:
    """The decision or the finding called `name`. Raises AlignerError when there is neither, or both."""
    letters = [entry.id for entry in desk.corpus.manifest.letters]
    every = findings(desk.corpus, letters, rendering)
    if not any(each.finding.id.startswith(name) for each in every):
        try:
            return decision(desk.store.decisions(), name)
        except AlignerError as fault:
            raise AlignerError(f"no decision, finding or rendering {name!r}", hint=fault.hint) from fault
    if name.isdecimal() and any(str(each.seq) == name for each in desk.store.decisions()):
        return decision(desk.store.decisions(), name)
    return finding(every, name)
