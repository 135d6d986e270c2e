"""Changes of an alignment in the words of the Align page: what was done, to which sentences, and what it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aligner.model import Letter, Quoted
from aligner.review.decisions import Decision
from aligner.review.edits import Action, Edit, edit_of
from aligner.ui.views.placement import touched

WORDS = 36
"""Characters of a segment in the history."""
MOST_LEFT = 8
"""So much of what a change leaves is shown where two are compared; the rest is counted."""


def told(decision: Decision, letter: Letter) -> dict[str, Any]:
    """A change in a few words: who, when, what (`kind`, and what it `was`), the `rows` and the article's words.

    `kind` is `[group, name]`, a mode, an absence or a kind of residue; None where the action says it all.
    """
    edit = edit_of(decision)
    parts = (edit.after, edit.before)
    targets = [q for part in parts for bead in part.beads for q in bead.target]
    targets += [Quoted(r.start, r.end, r.text) for part in parts for r in part.residue]
    sources = [gap.source for part in parts for gap in part.gaps]
    words = (targets or sources or [Quoted(0, 0, "")])[0]
    kind, was = _kinds(edit)
    return {
        "id": decision.id,
        "by": decision.reviewer,
        "time": decision.time,
        "rendering": decision.rendering,
        "action": edit.action.value,
        "kind": kind,
        "was": was,
        "rows": _rows((q for bead in (edit.after.beads or edit.before.beads) for q in bead.source), letter)
        or _rows(sources, letter),
        "text": words.text[:WORDS] + ("…" if len(words.text) > WORDS else ""),
    }


def leaves(decision: Decision, letter: Letter) -> dict[str, Any]:
    """The same with what it `leaves` of the place: links, sentences that are not rendered, stretches of residue."""
    after = edit_of(decision).after
    left: list[dict[str, Any]] = [
        {
            "rows": _rows(bead.source, letter),
            "kind": ["mode", bead.mode.value],
            "text": " … ".join(q.text for q in bead.target),
        }
        for bead in after.beads
    ]
    left += [
        {"rows": _rows([gap.source], letter), "kind": ["mode", gap.kind.value], "text": ""}
        for gap in after.gaps
        if gap.part is None
    ]
    left += [{"rows": [], "kind": ["residue", each.kind.value], "text": each.text} for each in after.residue]
    return {**told(decision, letter), "leaves": left[:MOST_LEFT], "more": max(0, len(left) - MOST_LEFT)}


def _kinds(edit: Edit) -> tuple[list[str] | None, list[str] | None]:
    """What a change makes of its place, and what was there, where the action alone does not say it."""
    before, after = edit.before, edit.after
    if edit.action is Action.MODE and after.beads:
        was = ["mode", before.beads[0].mode.value] if before.beads else None
        return ["mode", after.beads[0].mode.value], was
    if edit.action is Action.ABSENCE and (gaps := [gap for gap in after.gaps if gap not in before.gaps]):
        return ["mode", gaps[0].kind.value], None
    if edit.action is Action.RESIDUE and (new := [each for each in after.residue if each not in before.residue]):
        return ["residue", new[0].kind.value], None
    return None, None


def _rows(quoted: Iterable[Quoted], letter: Letter) -> list[int]:
    return sorted({n for each in quoted for n in touched(each, letter.segments)})
