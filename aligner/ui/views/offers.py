"""The Export page's files: what can be exported of a letter, and one file of it made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from aligner.formats import Format, LetterExport, RenderingExport, RenderingInfo
from aligner.formats.mqm.pearmut import PROTOCOLS
from aligner.model import Letter
from aligner.review.typologies import TYPOLOGIES
from aligner.ui.messages import LANGUAGES
from aligner.ui.views import coverage
from aligner.ui.views.placement import place
from aligner.ui.views.versions import Version, misfit

CHOICES: dict[str, tuple[str, ...]] = {
    "language": tuple(LANGUAGES),
    "protocol": PROTOCOLS,
    "typology": tuple(TYPOLOGIES),
}
"""Settings of formats that are chosen from a few values."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be exported of a letter, None when nothing is aligned; and why each other rendering cannot."""

    letter: LetterExport | None
    left_out: dict[str, str]
    order: tuple[str, ...] = ()
    """The renderings that can be, as they stand on every page; in a file of all they are in the manifest's order."""

    def of(self, rendering: str) -> LetterExport | None:
        """The letter with this rendering alone; the whole letter for an empty or unknown id."""
        if self.letter is None:
            return None
        chosen = [each for each in self.letter.renderings if each.id == rendering]
        return self.letter.only(chosen[0]) if chosen else self.letter


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a format as a widget asks for it: `kind` is `choice`, `bool`, `float` or `str`."""

    name: str
    kind: str
    default: Any
    choices: tuple[str, ...] = ()


def offer(
    letter: Letter, versions: Sequence[Version], words: Callable[[LetterExport], LetterExport] = lambda data: data
) -> Offer:
    """What can be exported of `letter`; `words` adds what reviewers said.

    Raises AlignerError when what was made does not belong to the letter.
    """
    left_out = {v.id: v.problem or misfit(letter, v.made) for v in versions}
    exports = [
        RenderingExport(v.made.alignment, RenderingInfo(v.outlet, v.date))
        for v in versions
        if v.made and not left_out[v.id]
    ]
    ready = {each.id for each in exports}
    whole = words(LetterExport(letter, tuple(exports))) if exports else None
    order = coverage.ordered({v.id: place(letter, v.made.alignment) for v in versions if v.made and v.id in ready})
    return Offer(whole, {name: why for name, why in left_out.items() if name not in ready}, tuple(order))


def settings(form: Format, language: str) -> tuple[Setting, ...]:
    """What can be set of a format, switches first; what is said in a language is said in `language` by default."""
    found = []
    for field in fields(form.options):
        default = language if field.name == "language" else field.default
        if field.name in CHOICES:
            found.append(Setting(field.name, "choice", default, CHOICES[field.name]))
        else:
            found.append(Setting(field.name, type(field.default).__name__, default))
    return tuple(sorted(found, key=lambda setting: setting.kind != "bool"))


def file_name(form: Format, export: LetterExport, *, single: bool) -> str:
    """The name that a file is saved under: the letter's id or, of a `single` rendering, that one's."""
    return (export.renderings[0].id if single else export.letter.id) + form.suffix


def make(form: Format, export: LetterExport, options: Any, *, single: bool) -> bytes:
    """The file. Raises AlignerError when the format refuses the letter."""
    write = form.per_rendering if single else form.per_letter
    return (write or form.per_letter)(export, options)
