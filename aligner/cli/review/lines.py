"""Decisions, links and findings in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aligner.cli.console import printable
from aligner.review.decisions import WHOLE

if TYPE_CHECKING:
    from aligner.model import Alignment, Quoted, Residue
    from aligner.review.decisions import Decision
    from aligner.review.edits import Edit
    from aligner.review.parts import Bead, Gap, Part
    from aligner.store import Stored

SHORT = 30
"""Characters of a quotation in a line."""
AROUND = 40
"""Characters of a document on either side of the words in question."""


def place_name(decision: Decision) -> str:
    """The rendering that a decision is about, or the letter as a whole."""
    whole = decision.rendering == WHOLE
    return printable(f"letter {decision.letter}" if whole else decision.rendering)


def short(text: str, most: int = SHORT) -> str:
    """The words in quotation marks, the middle left out when they are many."""
    flat = " ".join(printable(text).split())
    if len(flat) > most:
        flat = f"{flat[: most - most // 3]}…{flat[-(most // 3) :]}"
    return f"“{flat}”"


def quotes(side: Iterable[Quoted], most: int = SHORT) -> str:
    """Several places, side by side."""
    return " + ".join(short(each.text, most) for each in side)


def in_context(text: str, quoted: Quoted, around: int = AROUND) -> str:
    """The words between » and «, with what stands around them, on one line."""
    first, last = max(0, quoted.start - around), min(len(text), quoted.end + around)
    line = f"{text[first : quoted.start]}»{text[quoted.start : quoted.end]}«{text[quoted.end : last]}"
    return f"{'…' if first else ''}{' '.join(printable(line).split())}{'…' if last < len(text) else ''}"


def link_line(bead: Bead, name: str = "", now: Bead | None = None) -> str:
    """`l3 “...” = “...” (direct, confirmed)`; with `now`, what became of the same link behind an arrow."""
    head = f"{name} " if name else ""
    change = f" -> {_manner(now)}" if now else ""
    return f"{head}{quotes(bead.source)} = {quotes(bead.target)} ({_manner(bead)}{change})"


def _manner(bead: Bead) -> str:
    sure = f" {bead.confidence:.2f}" if bead.status.value != "confirmed" else ""
    return f"{bead.mode.value}, {bead.status.value.replace('_', ' ')}{sure}"


def gap_line(gap: Gap) -> str:
    """`“...” omitted`, or which words of it are missing."""
    if gap.part is not None:
        return f"{short(gap.source.text)} without {short(gap.part.text)}"
    return f"{short(gap.source.text)} {gap.kind.value}"


def residue_line(residue: Residue) -> str:
    """`“...” commentary`."""
    return f"{short(residue.text)} {residue.kind.value}"


def part_lines(part: Part, names: Mapping[Any, str] | None = None) -> list[str]:
    """One line for each link, absence and stretch of residue; `names` gives the ids of links."""
    return [
        *(link_line(bead, (names or {}).get(bead.key, "")) for bead in part.beads),
        *map(gap_line, part.gaps),
        *map(residue_line, part.residue),
    ]


def edit_lines(edit: Edit, before: Alignment | None = None, after: Alignment | None = None) -> list[str]:
    """What stood there and what stands there now, `before -> after` where both are one line."""
    names = {**link_names(after), **link_names(before)}
    now = {bead.key: bead for bead in edit.after.beads}
    kept = {bead.key: bead for bead in edit.before.beads if bead.key in now}
    same = [f"  {link_line(bead, names.get(key, ''), now[key])}" for key, bead in kept.items()]
    old = part_lines(replace(edit.before, beads=tuple(b for b in edit.before.beads if b.key not in kept)), names)
    new = part_lines(replace(edit.after, beads=tuple(b for b in edit.after.beads if b.key not in kept)), names)
    if len(old) <= 1 and len(new) <= 1 and old + new:
        return [*same, f"  {old[0] if old else 'nothing'} -> {new[0] if new else 'nothing'}"]
    return [*same, *(f"  before  {line}" for line in old), *(f"  after   {line}" for line in new)]


def link_names(alignment: Alignment | None) -> dict[Any, str]:
    """The id of every link by its spans."""
    from aligner.review.conversion import part_of_alignment

    if alignment is None:
        return {}
    beads = part_of_alignment(alignment).beads
    return {bead.key: link.id for bead, link in zip(beads, alignment.links, strict=True)}


def decision_line(decision: Decision, numbers: Mapping[str, int]) -> str:
    """What a decision says, in one line; `numbers` gives those of the decisions it names."""
    from aligner.errors import AlignerError
    from aligner.review.decisions import REFERRING
    from aligner.review.edits import Edit
    from aligner.review.payloads import said

    if decision.kind in REFERRING:
        what = "re-attach" if decision.kind.value == "reattach" else decision.kind.value
        name = decision.payload.get("settles") or decision.payload["decision"]
        return f"{what} {_numbered(str(name), numbers)}" + (" (settles it)" if "settles" in decision.payload else "")
    try:
        value = said(decision)
    except AlignerError as fault:
        return f"{decision.kind}: {printable(fault.what)}"
    settled = decision.payload.get("settles")
    line = said_line(value, numbers)
    if isinstance(value, Edit):
        line = action_name(value, decision.layer) + line.removeprefix(value.action.value)
    return line + (f" (settles parked {str(settled)[:8]})" if settled else "")


def action_name(edit: Edit, layer: str) -> str:
    """What was done to an alignment; a reviewer's layer that was taken over whole is published."""
    from aligner.review.edits import Action
    from aligner.review.layers import PUBLISHED

    return "publish" if edit.action is Action.IMPORT and layer == PUBLISHED else edit.action.value


def said_line(value: Any, numbers: Mapping[str, int]) -> str:
    """What is said, in one line."""
    from aligner.review import said
    from aligner.review.edits import Edit

    if isinstance(value, Edit):
        apart = value.action.value in ("unlink", "reject", "unmark")
        lines = part_lines(value.before if apart or not value.after else value.after)
        more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
        return f"{value.action.value} {lines[0]}{more}"
    if isinstance(value, said.Mark):
        return f"error {_mark(value)}"
    if isinstance(value, said.Verdict):
        if value.mark is None:
            return f"dismiss finding {value.finding} [{value.check}]: {printable(value.reason)}"
        return f"accept finding {value.finding} [{value.check}] as {_mark(value.mark)}"
    if isinstance(value, said.Score):
        return f"score {value.score:g} for {short(value.sentence.text) if value.sentence else 'the rendering'}"
    if isinstance(value, said.Adjudication):
        about = ", ".join(_numbered(each, numbers) for each in value.settles)
        outcome = said_line(value.outcome, numbers) if value.outcome else "none of it holds"
        return f"adjudicate {about}: {outcome}" + (f" ({printable(value.reason)})" if value.reason else "")
    return _other(value)


def _other(value: Any) -> str:
    from aligner.review import said

    if isinstance(value, said.Comment):
        return f"comment: {printable(value.text)}{_places(value)}"
    if isinstance(value, said.Suggestion):
        return f"suggest “{printable(value.text)}” for {quotes((*value.source, *value.target))}"
    if isinstance(value, said.Emended):
        verb = "accept" if value.accepted else "reject"
        return f"{verb} emendation {short(value.emendation.text)}] {printable(value.replacement)}"
    if isinstance(value, said.Work):
        return f"work {value.state}: {short(value.sentence.text) if value.sentence else 'the rendering'}"
    if isinstance(value, said.Assignment):
        return f"{'assign to' if value.assigned else 'take from'} {printable(value.reviewer)}"
    return "nothing"


def _mark(mark: Any) -> str:
    head = f"{mark.category or 'error'}, {mark.severity}{_places(mark)}"
    head += f" -> “{printable(mark.correction)}”" if mark.correction else ""
    return head + (f": {printable(mark.comment)}" if mark.comment else "")


def _places(value: Any) -> str:
    sides = [quotes(side) for side in (value.source, value.target) if side]
    return f" at {' / '.join(sides)}" if sides else ""


def _numbered(name: str, numbers: Mapping[str, int]) -> str:
    return f"#{numbers[name]}" if name in numbers else name[:8]


def stored_line(stored: Stored, numbers: Mapping[str, int]) -> str:
    """Number, time, author and words of a decision."""
    each = stored.decision
    when = each.time[:16].replace("T", " ")
    return f"#{stored.seq} {when} {printable(each.reviewer)}: {decision_line(each, numbers)}"
