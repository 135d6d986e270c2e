"""What lies on the desk: every decision with how it fares, what waits to be settled, and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from aligner.errors import AlignerError
from aligner.model import Quoted, Severity
from aligner.pipeline.places import FoundFinding, decision, finding, findings
from aligner.pipeline.reviewing import Desk
from aligner.review.conversion import part_of_alignment
from aligner.review.decisions import REFERRING, WHOLE, Decision, Kind
from aligner.review.history import standing
from aligner.review.judgements import Judgements
from aligner.review.layers import TOGETHER
from aligner.review.replaced import replaced
from aligner.review.replay import placed
from aligner.store import Parked, Stored

GRAVEST = tuple(reversed(Severity))
GONE = "the checks do not find it any more"


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision and how it fares: `holds`, `adapted`, `orphaned` or `replaced` by a later one (with the reason),
    `taken back`, or `done` for an undo and its like."""

    stored: Stored
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """What a reviewer is to look at: a finding, or a sentence that they are not done with; `left` counts both kinds."""

    finding: FoundFinding | None
    rendering: str
    sentence: Quoted | None
    name: str
    left: tuple[int, int]


def entries(desk: Desk, letter_id: str, rendering: str | None = None) -> tuple[Entry, ...]:
    """Every decision about a letter, or about one rendering of it, in order."""
    log = desk.store.decisions(letter_id, rendering)
    numbers = {each.decision.id: each.seq for each in log}
    holds = standing(each.decision for each in log)
    fates = _Fates()
    for name in dict.fromkeys(each.rendering for each in holds):
        _judge(desk, letter_id, name, [each for each in holds if each.rendering == name], fates)
    ids = {each.id for each in holds}
    return tuple(_entry(each, ids, fates, numbers) for each in log)


@dataclass
class _Fates:
    """What became of standing decisions, by their ids: why orphaned, by which replaced, which adapted."""

    orphans: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    adapted: set[str] = field(default_factory=set)


def _entry(stored: Stored, holds: set[str], fates: _Fates, numbers: dict[str, int]) -> Entry:
    name = stored.decision.id
    if stored.decision.kind in REFERRING:
        return Entry(stored, "done")
    if name not in holds:
        return Entry(stored, "taken back")
    if name in fates.orphans:
        return Entry(stored, "orphaned", fates.orphans[name])
    if name in fates.replaced:
        return Entry(stored, "replaced", f"#{numbers[fates.replaced[name]]} came later")
    return Entry(stored, "adapted" if name in fates.adapted else "holds")


def _judge(desk: Desk, letter_id: str, rendering: str, ours: Sequence[Decision], fates: _Fates) -> None:
    """What became of the standing decisions about one rendering."""
    try:
        said = desk.judgements(letter_id, rendering)
    except AlignerError as fault:  # a rendering that the manifest lost, or a document that is not there
        fates.orphans |= {each.id: str(fault) for each in ours}
        return
    fates.orphans |= {each.decision.id: each.reason for each in said.orphans}
    fates.replaced |= dict(said.replaced)
    if dismissed := [(each, verdict) for each, verdict in said.verdicts if not verdict.accepted]:
        known = {each.finding.id for each in findings(desk.corpus, [letter_id], rendering)}
        fates.orphans |= {each.id: GONE for each, verdict in dismissed if verdict.finding not in known}
    if rendering == WHOLE or desk.corpus.automatic(letter_id, rendering) is None:
        return
    layers: dict[str | None, list[Decision]] = {}
    for each in ours:
        if each.kind is Kind.REPLACE:
            layers.setdefault(None if each.layer in TOGETHER else each.layer, []).append(each)
    for layer, edits in layers.items():
        _replay(desk, (letter_id, rendering, layer), edits, fates)


def _replay(desk: Desk, place: tuple[str, str, str | None], edits: Sequence[Decision], fates: _Fates) -> None:
    """What became of the corrections of an alignment in one layer, or in those that are published together (None)."""
    letter_id, rendering, _ = place
    try:
        state = desk.state(*place)
    except AlignerError as fault:  # built from other documents
        fates.orphans |= {each.id: str(fault) for each in edits}
        return
    fates.adapted |= set(state.adapted)
    fates.orphans |= {each.decision.id: each.reason for each in state.orphans}
    applied, texts = set(state.applied), desk.texts(letter_id, rendering)
    automatic = desk.automatic(letter_id, rendering)
    today = [(e.id, placed(e, automatic, texts.source, texts.target)) for e in edits if e.id in applied]
    fates.replaced |= replaced(today, part_of_alignment(state.alignment))


def open_findings(
    desk: Desk, reviewer: str, letters: Iterable[str], rendering: str | None = None
) -> tuple[FoundFinding, ...]:
    """The findings on which this reviewer has given no verdict, the gravest first."""
    found: list[FoundFinding] = []
    for letter in letters:
        every = findings(desk.corpus, [letter], rendering)
        names = dict.fromkeys(each.rendering for each in every)
        found += _open(every, reviewer, {name: desk.judgements(letter, name) for name in names})
    return _gravest(found)


def _open(every: Iterable[FoundFinding], reviewer: str, said: Mapping[str, Judgements]) -> list[FoundFinding]:
    judged = {
        (name, verdict.finding)
        for name, each in said.items()
        for decision, verdict in each.verdicts
        if decision.reviewer == reviewer
    }
    return [each for each in every if (each.rendering, each.finding.id) not in judged]


def _gravest(found: Iterable[FoundFinding]) -> tuple[FoundFinding, ...]:
    return tuple(sorted(found, key=lambda each: GRAVEST.index(each.finding.severity)))


def waiting(desk: Desk, letter_id: str | None = None) -> tuple[Parked, ...]:
    """Contradicting decisions that nobody has settled."""
    return tuple(each for each in desk.store.parked(letter_id) if each.settled_by is None)


def next_for(desk: Desk, reviewer: str, letter_id: str, rendering: str | None = None) -> Next | None:
    """The gravest open finding, then the first sentence that the reviewer is not done with; None when nothing is left.

    Who has renderings assigned is shown those alone, unless one is named.
    """
    every = [rendering] if rendering else [item.id for item in desk.corpus.entry(letter_id).renderings]
    said = {name: desk.judgements(letter_id, name) for name in every}
    if not rendering:
        every = [name for name in every if reviewer in said[name].assigned] or every
        said[WHOLE] = desk.judgements(letter_id, WHOLE)
    shown = {*every, *([] if rendering else [WHOLE])}
    here = [each for each in findings(desk.corpus, [letter_id], rendering) if each.rendering in shown]
    found = _gravest(_open(here, reviewer, said))
    loose = [each for name in every for each in _sentences(desk, letter_id, name, said[name], reviewer)]
    left = (len(found), len(loose))
    if found:
        return Next(found[0], found[0].rendering, None, found[0].finding.id, left)
    if loose:
        name, quoted, number = loose[0]
        return Next(None, name, quoted, number, left)
    return None


def _sentences(
    desk: Desk, letter_id: str, rendering: str, said: Judgements, reviewer: str
) -> list[tuple[str, Quoted, str]]:
    if desk.corpus.automatic(letter_id, rendering) is None:
        return []
    return [
        (rendering, Quoted(each.start, each.end, each.text), each.id)
        for each in desk.state(letter_id, rendering).alignment.source_segments
        if not said.finished(each, reviewer)
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
            if name in letters:
                hint = f"'aligner review list {name}' lists what was decided about it, 'aligner list' its renderings"
                raise AlignerError(f"{name!r} is a letter", hint=hint) from fault
            raise AlignerError(f"no decision, finding or rendering {name!r}", hint=fault.hint) from fault
    log = desk.store.decisions() if name.isdecimal() else ()
    if any(str(each.seq) == name for each in log):
        return decision(log, name)
    return finding(every, name)
