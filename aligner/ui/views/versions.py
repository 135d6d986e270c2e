"""A letter's renderings as the pages get them, and those of them that can be shown beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.errors import AlignmentError
from aligner.model import Alignment, Document, Letter
from aligner.ui.views import coverage, findings
from aligner.ui.views.findings import Listed
from aligner.ui.views.placement import Cell, place


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a rendering, with its article."""

    document: Document
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Version:
    """One rendering as the manifest states it, with what was made of it.

    `made` is None when it is not built yet, or cannot be read: then `problem` says why.
    """

    id: str
    outlet: str
    date: str
    language: str
    made: Made | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What can be shown, in the order of its coverage, with a cell for each sentence; the rest is `unbuilt`.

    `unbuilt` has `id`, `chip` and `problem` (empty where nothing was made yet), so that one does not take the others
    away; `chips` are the short names of all.
    """

    chips: dict[str, str]
    ready: dict[str, tuple[Version, Made]]
    placed: dict[str, tuple[Cell, ...]]
    unbuilt: list[dict[str, str]]

    def findings(self, letter: Letter) -> tuple[Listed, ...]:
        """What the checks found in what can be shown."""
        made = {name: (each.alignment, self.placed[name]) for name, (_, each) in self.ready.items()}
        return findings.listed(letter.segments, made)


def fitted(letter: Letter, versions: Sequence[Version]) -> Fitted:
    """Sort out what can be shown beside `letter`."""
    chips = coverage.short_names(letter.id, [version.id for version in versions])
    ready: dict[str, tuple[Version, Made]] = {}
    unbuilt = []
    for version in versions:
        problem = version.problem or misfit(letter, version.made)
        if version.made and not problem:
            ready[version.id] = (version, version.made)
        else:
            unbuilt.append({"id": version.id, "chip": chips[version.id], "problem": problem})
    placed = {name: place(letter, made.alignment) for name, (_, made) in ready.items()}
    return Fitted(chips, {name: ready[name] for name in coverage.ordered(placed)}, placed, unbuilt)


def misfit(letter: Letter, made: Made | None) -> str:
    """Why an alignment does not belong to the texts that are there now, else an empty text."""
    if made is None:
        return ""
    pairs = (
        ("letter", made.alignment.source.text_sha256, letter.base.document.text_sha256),
        ("article", made.alignment.target.text_sha256, made.document.text_sha256),
    )
    for what, made_of, now in pairs:
        if made_of != now:
            where, hint = f"rendering {made.alignment.rendering}", "make it again with `aligner build`"
            return str(AlignmentError(f"was aligned with another text of its {what}", where=where, hint=hint))
    return ""
